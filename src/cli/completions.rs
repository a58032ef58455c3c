//! `ahm completions`: shell completion of commands, flags and the catalog's words.
//!
//! The script that a shell loads asks `ahm` itself for candidates, so it stays right when the
//! catalog changes. Arguments are recognized by their ids: a new command that takes `names` or
//! `--by` completes them without a change here.

use crate::catalog::Catalog;
use crate::error::{Error, Found};
use crate::model::Keys;
use crate::model::column::ColumnRef;
use crate::model::name::NormalizedName;
use crate::model::schema::{self, COLUMNS};
use crate::model::{Key, Model};
use crate::output::Output;
use crate::text::printable;
use clap::{Arg, Args, Command};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;
use std::io::Write;

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The script asks `ahm` for model names, keys and values, those of AHM_CATALOG included.

Examples:
  ahm completions bash > ~/.local/share/bash-completion/completions/ahm
  ahm completions zsh > ~/.zfunc/_ahm     with ~/.zfunc in $fpath before compinit
  ahm completions fish > ~/.config/fish/completions/ahm.fish
  ahm completions nushell | save -f ($nu.user-autoload-dirs.0 | path join ahm.nu)
")]
pub(crate) struct Completions {
    /// Shell to generate the script for
    #[arg(value_name = "SHELL", value_parser = SHELLS)]
    shell: String,
}

/// The shells of clap, and Nushell.
const SHELLS: [&str; 6] = ["bash", "elvish", "fish", "nushell", "powershell", "zsh"];

/// The environment variable by which a script asks for candidates.
const VARIABLE: &str = "AHM_COMPLETE";

/// clap has no script for Nushell that asks the program. This one reads the lines that fish gets: a
/// candidate, and after a tab what it means.
const NUSHELL: &str = r#"# Completions of ahm, for Nushell 0.108 and later
def "nu-complete ahm" [words: list<string>] {
    with-env { AHM_COMPLETE: fish } { ^ahm -- ...$words }
    | lines
    | split column --number 2 "\t" value description
}

@complete "nu-complete ahm"
extern ahm []
"#;

/// Arguments whose values are the words of a column, by their ids.
const FACETS: [(&str, ColumnRef); 8] = [
    ("field", schema::column("fields")),
    ("section", schema::column("sections")),
    ("org", schema::column("organizations")),
    ("country", schema::column("country")),
    ("license", schema::column("license")),
    ("architecture", schema::column("architecture")),
    ("objective", schema::column("objective")),
    ("framework", schema::column("training_framework")),
];

/// Opens the catalog that candidates come from.
type Open = fn() -> Result<Catalog, Error>;

impl Completions {
    pub(crate) fn run(self, out: &mut Output) -> Result<Found, Error> {
        match Shells::builtins().completer(&self.shell) {
            Some(shell) => shell.write_registration(VARIABLE, "ahm", "ahm", "ahm", out)?,
            None => out.write_all(NUSHELL.as_bytes())?,
        }
        Ok(Found::Some)
    }
}

/// Prints candidates and ends the process, if a shell asks for them.
pub(crate) fn complete(command: fn() -> Command, open: Open) {
    CompleteEnv::with_factory(|| with_candidates(command(), open))
        .var(VARIABLE)
        .complete();
}

fn with_candidates(command: Command, open: Open) -> Command {
    let has_models = matches!(command.get_name(), "list" | "show" | "sort");
    command
        .mut_args(|arg| match arg.get_id().as_str() {
            "columns" if !has_models => arg,
            _ => candidates_of(arg, open),
        })
        .mut_subcommands(|command| with_candidates(command, open))
}

fn candidates_of(arg: Arg, open: Open) -> Arg {
    let id = arg.get_id().as_str();
    if let Some((_, column)) = FACETS.into_iter().find(|(facet, _)| *facet == id) {
        return arg.add(ArgValueCandidates::new(move || words(open, column)));
    }
    match id {
        "name" | "names" => arg.add(ArgValueCandidates::new(move || models(open))),
        "columns" | "sort" | "by" | "has" | "missing" | "key" => {
            arg.add(ArgValueCandidates::new(keys))
        }
        "chip" => arg.add(ArgValueCandidates::new(move || chips(open))),
        _ => arg,
    }
}

fn keys() -> Vec<CompletionCandidate> {
    let keys = COLUMNS.iter().map(|c| (c.heading.key, c.meaning));
    keys.map(|(key, meaning)| CompletionCandidate::new(key).help(Some(meaning.into())))
        .collect()
}

fn models(open: Open) -> Vec<CompletionCandidate> {
    let needs = Keys::of(&[Key::id, Key::name]);
    from_models(open, needs, |model| {
        vec![(slug(&model.id), model.name.to_string())]
    })
}

fn words(open: Open, column: ColumnRef) -> Vec<CompletionCandidate> {
    from_models(open, column.needs, |model| {
        let words = column.words(model).into_iter();
        words.map(|word| (slug(&word), word)).collect()
    })
}

fn chips(open: Open) -> Vec<CompletionCandidate> {
    let Ok(catalog) = open() else {
        return Vec::new();
    };
    let chips = catalog.known_chips().unwrap_or_default();
    let words = chips
        .iter()
        .map(|chip| (slug(&chip.chip), chip.chip.to_string()));
    words.map(candidate).collect()
}

/// Candidates from every model; none if the catalog cannot be read.
fn from_models(
    open: Open,
    needs: Keys,
    words: impl Fn(&Model<'_>) -> Vec<(String, String)> + Sync,
) -> Vec<CompletionCandidate> {
    let found = open().and_then(|catalog| {
        catalog.scan(needs, Vec::new(), |found, model, _| {
            found.extend(words(model));
        })
    });
    let mut found = found.unwrap_or_default();
    found.sort();
    found.dedup_by(|later, earlier| later.0 == earlier.0);
    found.into_iter().map(candidate).collect()
}

/// A candidate with what it means, where that says more than the word.
fn candidate((word, meaning): (String, String)) -> CompletionCandidate {
    let help = (meaning.to_lowercase() != word).then(|| printable(&meaning).into_owned().into());
    CompletionCandidate::new(word).help(help)
}

/// A spelling of the word that needs no quotes in any shell and normalizes to the same.
fn slug(word: &str) -> String {
    let parts = word
        .split(|c: char| !c.is_alphanumeric())
        .map(NormalizedName::new);
    let parts: Vec<NormalizedName> = parts.filter(|part| !part.as_str().is_empty()).collect();
    let parts: Vec<&str> = parts.iter().map(NormalizedName::as_str).collect();
    parts.join("-")
}
