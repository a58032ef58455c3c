//! Tips for flags that do not exist: what the same is called here. clap suggests whatever flag has
//! similar letters, such as `--stated` for `--estimate`.

use crate::model::name::is_typo;
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::ffi::OsString;

/// What other tools call a flag, and what it is here: the first that the command has, or a text.
const OTHER_NAMES: [(&str, &str); 31] = [
    ("order order-by sort-by s by", "--sort KEY"),
    ("desc descending", "--sort KEY:desc"),
    ("asc ascending", "--sort KEY:asc"),
    ("group group-by groupby", "--split KEY"),
    (
        "company lab maker organisation organization vendor",
        "--org NAME",
    ),
    ("developer publisher author provider", "--org NAME"),
    ("csv", "--format csv"),
    ("latex tex", "--format latex"),
    ("bibtex bib", "--format bibtex"),
    ("ids id", "--format ids"),
    ("names name", "--format names"),
    ("json", "--format json"),
    ("jsonl ndjson", "--format jsonl"),
    ("tsv", "--format tsv"),
    ("markdown md", "--format markdown"),
    ("html web", "--format html"),
    ("year date", "--since YEAR --until YEAR"),
    ("from after start", "--since DATE"),
    ("to before end", "--until DATE"),
    ("top head max first num", "--limit N"),
    ("state status", "--access ACCESS"),
    ("count total", "to count models, use 'ahm stats'"),
    ("filter condition if query", "--where CONDITION"),
    ("grep find text contains q", "--search TEXT"),
    ("params size parameters min-size", "--min-params N"),
    ("column cols keys select", "--columns KEY,…"),
    ("task domain category type modality topic", "--field FIELD"),
    ("file input data", "--catalog FILE"),
    ("colour no-color no-colour", "--color never"),
    ("arch", "--architecture TAG"),
    (
        "o out output output-file",
        "to write to a file, use '> FILE'",
    ),
];
/// What people type for a format of 'ahm cite', which has one only.
const FORMATS: [&str; 8] = [
    "format", "f", "json", "jsonl", "csv", "tsv", "markdown", "html",
];

/// The error of parsing with better tips.
pub(super) fn improved(mut error: Error, arguments: &[OsString], mut program: Command) -> Error {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let Some(typed) = text(ContextKind::InvalidArg) else {
                return error;
            };
            program.build();
            let mut commands = words[1..].iter();
            let command = commands.find_map(|word| program.find_subcommand(word));
            let command = command.unwrap_or(&program);
            let tip = match typed.strip_prefix('-') {
                None => argument_tip(&typed, &words, command),
                Some(flag) => {
                    let flag = flag.trim_start_matches('-').to_lowercase();
                    tip(&flag, command, &program)
                }
            };
            let usage = command.clone().render_usage();
            error.remove(ContextKind::SuggestedArg);
            error.remove(ContextKind::Suggested);
            insert(tip, &mut error);
            error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
        }
        ErrorKind::InvalidSubcommand if error.get(ContextKind::SuggestedSubcommand).is_none() => {
            let name = text(ContextKind::InvalidSubcommand);
            let tip = name.map(|name| format!("for a model, use 'ahm show {}'", quoted(&name)));
            insert(tip, &mut error);
        }
        _ => {}
    }
    error
}

fn insert(tip: Option<String>, error: &mut Error) {
    if let Some(tip) = tip {
        let tips = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
}

/// A word of a shell.
fn quoted(name: &str) -> String {
    match name.contains(char::is_whitespace) {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    }
}

/// What an argument too many is: the key of a figure, or a part of the argument before it.
fn argument_tip(typed: &str, words: &[&str], command: &Command) -> Option<String> {
    let at = words.iter().rposition(|word| *word == typed)?;
    let before = words.get(at.checked_sub(1)?)?;
    match command.get_name() {
        _ if before.starts_with('-') || command.find_subcommand(before).is_some() => None,
        "explain" => Some(format!(
            "did you mean 'ahm explain {}'?",
            quoted(&format!("{before}.{typed}"))
        )),
        name if name == *before => None,
        _ => Some(format!(
            "to pass one argument with a space, quote it: \"{before} {typed}\""
        )),
    }
}

/// What a flag, typed without its dashes, is called here.
fn tip(typed: &str, command: &Command, program: &Command) -> Option<String> {
    let flags = |command: &'_ Command| -> Vec<String> {
        let flags = command.get_arguments().filter_map(|arg| arg.get_long());
        flags.map(str::to_owned).collect()
    };
    let own = flags(command);
    if command.get_name() == "cite" && FORMATS.contains(&typed) {
        let what =
            "'ahm cite' prints BibTeX only: see 'ahm list -f bibtex' and 'ahm show NAME --json'";
        return Some(what.to_owned());
    }
    // A key to sort or to group by is `--by` in the commands that do nothing else.
    let by = match command.get_name() {
        "sort" => ["order", "order-by", "sort-by", "sort", "s"].as_slice(),
        "stats" => ["group", "group-by", "groupby"].as_slice(),
        _ => &[],
    };
    if by.contains(&typed) {
        return Some("use '--by KEY'".to_owned());
    }
    let other_names = OTHER_NAMES.iter();
    let other_names = other_names.filter(|(names, _)| names.split(' ').any(|name| name == typed));
    for (_, here) in other_names {
        match here.strip_prefix("--") {
            None => return Some((*here).to_owned()),
            Some(flag) if own.iter().any(|own| flag.split(' ').next() == Some(own)) => {
                return Some(format!("use '{here}'"));
            }
            Some(_) => {}
        }
    }
    let is_similar = |flag: &&String| {
        let longer = typed.strip_prefix(flag.as_str());
        let is_longer = longer.is_some_and(|rest| rest.starts_with('-'));
        let is_shorter = typed.len() > 3 && flag.starts_with(typed);
        is_typo(typed, flag) || is_longer || is_shorter
    };
    if let Some(flag) = own.iter().find(is_similar) {
        return Some(format!("a similar flag exists: '--{flag}'"));
    }
    let mut commands = program.get_subcommands();
    let other = commands.find(|other| flags(other).iter().any(|flag| flag == typed))?;
    Some(format!(
        "'--{typed}' is a flag of 'ahm {}'",
        other.get_name()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_tip_names_a_flag_of_some_command() {
        let mut program = Cli::command();
        program.build();
        let longs: Vec<&str> = program
            .get_subcommands()
            .flat_map(Command::get_arguments)
            .filter_map(|arg| arg.get_long())
            .collect();
        for (names, here) in OTHER_NAMES {
            let flag = here
                .strip_prefix("--")
                .and_then(|here| here.split(' ').next());
            assert!(flag.is_none_or(|flag| longs.contains(&flag)), "{here}");
            let is_own = |name| flag == Some(name);
            assert!(!names.split(' ').any(is_own), "{here}");
        }
    }
}
