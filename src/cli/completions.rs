//! `ahm completions`: a script that completes commands, flags and the catalog's words in a shell.
//!
//! The scripts are the generator's, told what can be typed: each argument of the whole command
//! line is looked up by its id, so that a new command that asks for `names` or `--by` completes
//! them without a word here.

mod script;

use crate::catalog::Catalog;
use crate::error::{Error, Found};
use crate::model::columns::COLUMNS;
use crate::model::keys::Keys;
use crate::model::name::Folded;
use crate::model::{Key, Model};
use crate::output::Output;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Args, Command, ValueHint};
use clap_complete::Shell;
use std::collections::BTreeMap;
use std::io::Write;

/// Print a script that completes commands, flags, names and keys in a shell
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The names, keys and values are those of the catalog that the program has when it prints the
script: print it again after an update.

Examples:
  ahm completions bash > ~/.local/share/bash-completion/completions/ahm
  ahm completions zsh > ~/.zfunc/_ahm     with ~/.zfunc in $fpath before compinit
  ahm completions fish > ~/.config/fish/completions/ahm.fish
")]
pub struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Arguments that ask for models, by their ids.
const NAMES: [&str; 2] = ["name", "names"];

/// Arguments that ask for keys.
const KEYS: [&str; 5] = ["columns", "sort", "by", "has", "missing"];

/// Arguments that ask for a word of a column, and the column.
const FACETS: [(&str, &str); 6] = [
    ("field", "fields"),
    ("section", "sections"),
    ("org", "organizations"),
    ("architecture", "architecture"),
    ("objective", "objective"),
    ("framework", "training_framework"),
];

/// What can be typed for the arguments of an id.
type Words = BTreeMap<&'static str, Vec<PossibleValue>>;

impl Completions {
    /// Answers; `command` is the whole command line.
    ///
    /// # Errors
    /// When the catalog is broken, or the answer cannot be written.
    pub fn run(
        self,
        command: Command,
        catalog: &Catalog,
        out: &mut Output,
    ) -> Result<Found, Error> {
        let Completions { shell } = self;
        let mut command = told(command, &words(catalog)?);
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut command, "ahm", &mut script);
        let script = String::from_utf8_lossy(&script).into_owned();
        let script = script::completed(script, shell, &command);
        out.write_all(script.as_bytes())?;
        Ok(Found::Some)
    }
}

/// The words of the catalog, by the arguments that they can be typed for.
fn words(catalog: &Catalog) -> Result<Words, Error> {
    let column = |key| COLUMNS.iter().find(|column| column.heading.key == key);
    let facets = FACETS.map(|(id, key)| (id, column(key)));
    let needs = facets.iter().filter_map(|(_, column)| *column);
    let needs = needs.fold(Keys::of(&[Key::id, Key::name]), |needs, column| {
        needs.and(column.needs)
    });
    type Known = Vec<(Option<usize>, String, String)>;
    let known = catalog.gather(needs, Vec::new, |known: &mut Known, _, model| {
        known.push((None, slug(&model.id), by_whom(model)));
        for (facet, (_, column)) in facets.iter().enumerate() {
            let words = column.map_or_else(Vec::new, |column| column.words(model));
            known.extend(
                words
                    .into_iter()
                    .map(|word| (Some(facet), slug(&word), word)),
            );
        }
    })?;
    let mut models = BTreeMap::new();
    let mut tags = FACETS.map(|_| BTreeMap::new());
    for (facet, slug, words) in known {
        match facet {
            None => models.insert(slug, words),
            Some(facet) => tags[facet].insert(slug, words),
        };
    }
    let keys = COLUMNS.iter().map(|c| (c.heading.key, c.meaning));
    let keys = values(keys.map(|(key, meaning)| (key.to_owned(), meaning.to_owned())));
    let models = values(models);
    let mut words = Words::new();
    words.extend(KEYS.map(|id| (id, keys.clone())));
    words.extend(NAMES.map(|id| (id, models.clone())));
    words.extend(FACETS.map(|(id, _)| id).into_iter().zip(tags.map(values)));
    let chips = catalog.known_chips()?;
    let chips = chips.iter().map(|chip| {
        let aliases: Vec<&str> = chip.aliases.iter().map(|alias| &**alias).collect();
        (slug(&chip.chip), aliases.join(", "))
    });
    words.insert("chip", values(chips));
    let all = PossibleValue::new("all").help("every key");
    words.entry("columns").or_default().push(all);
    Ok(words)
}

fn by_whom(model: &Model<'_>) -> String {
    let organizations: Vec<&str> = model.organizations.iter().map(|name| &**name).collect();
    match organizations.as_slice() {
        [] => model.name.to_string(),
        makers => format!("{} by {}", model.name, makers.join(", ")),
    }
}

/// A word in letters that no shell takes for its own; it folds as the word does.
fn slug(word: &str) -> String {
    let parts = word.split(|c: char| !c.is_alphanumeric()).map(Folded::new);
    let parts: Vec<Folded> = parts.filter(|part| !part.as_str().is_empty()).collect();
    let parts: Vec<&str> = parts.iter().map(Folded::as_str).collect();
    parts.join("-")
}

/// Words with what they mean, where that says more than the word.
fn values(words: impl IntoIterator<Item = (String, String)>) -> Vec<PossibleValue> {
    let value = |(word, meaning): (String, String)| {
        let meaning = script::plain(&meaning);
        match meaning.to_lowercase() == word {
            true => PossibleValue::new(word),
            false => PossibleValue::new(word).help(meaning),
        }
    };
    words.into_iter().map(value).collect()
}

/// The command line, its arguments told what can be typed for them.
fn told(command: Command, words: &Words) -> Command {
    command
        .mut_args(|arg| tell(arg, words))
        .mut_subcommands(|command| told(command, words))
}

fn tell(arg: Arg, words: &Words) -> Arg {
    if !arg.get_action().takes_values() || !arg.get_possible_values().is_empty() {
        return arg;
    }
    let mut names = arg.get_value_names().unwrap_or_default().iter();
    let is_file = names.any(|name| name.contains("FILE"));
    match (words.get(arg.get_id().as_str()), arg.get_value_hint()) {
        (Some(words), _) => arg
            .value_parser(PossibleValuesParser::new(words.clone()))
            .default_value(None),
        // A number or a date is no file, which is what shells offer for what they do not know.
        (None, ValueHint::Unknown) if !is_file => arg.value_hint(ValueHint::Other),
        (None, ValueHint::Unknown) => arg.value_hint(ValueHint::FilePath),
        _ => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::reading::Reading;
    use crate::catalog::source::Source;

    #[test]
    fn a_slug_means_the_same_and_needs_no_quotes() {
        for word in ["Stability AI", "DALL·E 2", "PanGu-α", "NÜWA", "MAE->WSP-2B"] {
            let slug = slug(word);
            let bare = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(slug.chars().all(bare), "{slug}");
            assert_eq!(Folded::new(&slug), Folded::new(word));
        }
        assert_eq!(slug("Stability AI"), "stability-ai");
    }

    #[test]
    fn arguments_of_commands_to_come_are_told_by_their_ids() {
        let command = Command::new("ahm").subcommand(
            Command::new("weigh")
                .arg(Arg::new("names").num_args(2..).required(true))
                .arg(Arg::new("by").long("by").default_value("nothing"))
                .arg(Arg::new("top").long("top").value_name("N"))
                .arg(Arg::new("catalog").long("catalog").value_name("FILE")),
        );
        let catalog = Catalog::open(Some(Source::Embedded), &[], Reading::Whole);
        let catalog = catalog.expect("a catalog");
        let words = words(&catalog).expect("words");
        let mut command = told(command, &words);
        command.build();
        let weigh = command.find_subcommand("weigh").expect("the command");
        let of = |id| weigh.get_arguments().find(|arg| arg.get_id() == id);
        let names = |id| of(id).expect("it").get_possible_values().len();
        let models = crate::catalog::embedded::models().count();
        assert_eq!([names("names"), names("by")], [models, COLUMNS.len()]);
        let hint = |id| of(id).expect("it").get_value_hint();
        assert_eq!(hint("top"), ValueHint::Other);
        assert_eq!(hint("catalog"), ValueHint::FilePath);
    }
}
