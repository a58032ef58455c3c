//! What a generator leaves out of the script for its shell: lists after their first comma, values
//! after `--flag=`, and values that are known by their place.

use crate::text::is_control;
use clap::builder::PossibleValue;
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;
use std::fmt::Write;

/// An argument of a command.
struct Place<'c> {
    command: &'c str,
    arg: &'c Arg,
}

/// The generator's script for this command line, with what the generator leaves out.
pub(super) fn completed(script: String, shell: Shell, command: &Command) -> String {
    let places = places(command);
    match shell {
        Shell::Bash => bash(script, &places),
        Shell::Zsh => zsh(script, &places),
        Shell::Fish => fish(script, &places),
        Shell::Elvish => elvish(script, &places),
        Shell::PowerShell => powershell(script, &places),
        _ => script,
    }
}

/// Without the quotes and substitutions of some shell, which not every generator escapes.
pub(super) fn plain(meaning: &str) -> String {
    meaning.replace(|c: char| "\"'`$\\’[]".contains(c) || is_control(c), "")
}

/// The arguments of each command.
fn places(command: &Command) -> Vec<Place<'_>> {
    let commands = command.get_subcommands();
    let places = commands.flat_map(|own| {
        let command = own.get_name();
        own.get_arguments().map(move |arg| Place { command, arg })
    });
    places.collect()
}

impl Place<'_> {
    fn values(&self) -> Vec<PossibleValue> {
        self.arg.get_possible_values()
    }

    /// Whether it takes several values in one word, with commas between them.
    fn is_list(&self) -> bool {
        self.arg.get_value_delimiter() == Some(',') && !self.values().is_empty()
    }

    /// Its values as a shell has them, with what they mean.
    fn list(&self, gap: &str, each: impl Fn(&str, &str) -> String) -> String {
        let values = self.values();
        let written = values.iter().map(|value| {
            let meaning = value.get_help().map(|help| plain(&help.to_string()));
            each(value.get_name(), &meaning.unwrap_or_default())
        });
        written.collect::<Vec<_>>().join(gap)
    }

    /// What stands before its values on the command line: the command, and a flag unless it is
    /// known by its place.
    fn before(&self) -> Vec<String> {
        let Place { command, arg } = self;
        if arg.is_positional() {
            return vec![(*command).to_owned()];
        }
        let long = arg.get_long().map(|long| format!("{command} --{long}"));
        let short = arg.get_short().map(|short| format!("{command} -{short}"));
        long.into_iter().chain(short).collect()
    }
}

/// The generator completes the first value of a list, and none after `--flag=`; the others do here.
fn bash(mut script: String, places: &[Place<'_>]) -> String {
    for place in places.iter().filter(|place| place.is_list()) {
        let words = place.list(" ", |word, _| word.to_owned());
        let first = format!(r#"compgen -W "{words}" -- "${{cur}}""#);
        let each =
            format!(r#"compgen -P "${{cur%"${{cur##*,}}"}}" -W "{words}" -- "${{cur##*,}}""#);
        script = script.replace(&first, &each);
    }
    let before = "    prev=\"$3\"\n";
    let flag = "    [[ $prev == '=' ]] && prev=\"${COMP_WORDS[COMP_CWORD-2]}\"\n";
    script.replacen(before, &format!("{before}{flag}"), 1)
}

/// As in [`bash`].
fn zsh(mut script: String, places: &[Place<'_>]) -> String {
    for place in places.iter().filter(|place| place.is_list()) {
        let escaped = |meaning: &str| meaning.replace(':', "\\:");
        let first = place.list("\n", |word, meaning| {
            format!(r#"{word}\:"{}""#, escaped(meaning))
        });
        let each = place.list(" ", |word, meaning| {
            format!(r#""{word}[{}]""#, escaped(meaning))
        });
        script = script.replace(
            &format!(":(({first}))'"),
            &format!(": _values -s , key {each}'"),
        );
    }
    script
}

/// The generator leaves out what is known by its place, and lists as in [`bash`].
fn fish(mut script: String, places: &[Place<'_>]) -> String {
    script += r"
# The words, each after what stands before the last comma.
function __fish_ahm_after_comma
    set -l before (commandline -ct | string replace -r -- '^--[^=]*=' '' | string match -r -- '^.*,')
    and printf '%s\n' $before$argv
end
";
    for place in places {
        let Place { command, arg } = place;
        let words = place.list(" ", |word, meaning| format!(r"{word}\t'{meaning}'"));
        let words = match place.is_list() {
            true => format!("(__fish_ahm_after_comma {words})"),
            false => words,
        };
        let flags = match (arg.is_positional(), arg.get_long()) {
            (true, _) if !place.values().is_empty() => String::new(),
            (true, _) if arg.get_value_hint() == ValueHint::Other => String::new(),
            (false, Some(long)) if place.is_list() => {
                let short = arg.get_short().map(|short| format!(" -s {short}"));
                format!("{} -l {long} -r", short.unwrap_or_default())
            }
            _ => continue,
        };
        let _ = writeln!(
            script,
            r#"complete -c ahm -n "__fish_ahm_using_subcommand {command}"{flags} -f -a "{words}""#
        );
    }
    script
}

/// The generator completes no values.
fn elvish(mut script: String, places: &[Place<'_>]) -> String {
    script += "
var flags~ = $edit:completion:arg-completer[ahm]
set edit:completion:arg-completer[ahm] = {|@words|
    var values = [
";
    for (before, values) in known(places, " ") {
        let _ = writeln!(script, "        &'{before}'=[{values}]");
    }
    script += "    ]
    var before = ''
    if (> (count $words) 2) {
        set before = $words[1]' '$words[-2]
    }
    if (has-key $values $before) {
        all $values[$before]
    } else {
        if (and (not-eq $before '') (has-key $values $words[1])) {
            all $values[$words[1]]
        }
        flags $@words
    }
}
";
    script
}

/// The generator completes no values.
fn powershell(script: String, places: &[Place<'_>]) -> String {
    let start = "param($wordToComplete, $commandAst, $cursorPosition)\n";
    let mut values = String::from("\n    $values = @{}\n");
    for (before, words) in known(places, ", ") {
        let _ = writeln!(values, "    $values['{before}'] = @({words})");
    }
    values += r#"    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { $_.ToString() })
    if ($words.Count -gt 1) {
        $known = $values["$($words[1]) $($words[-1])"]
        if ($null -eq $known -and $wordToComplete -notlike '-*') {
            $known = $values[$words[1]]
        }
        if ($null -ne $known) {
            return $known | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                [CompletionResult]::new($_, $_, [CompletionResultType]::ParameterValue, $_)
            }
        }
    }
"#;
    script.replacen(start, &format!("{start}{values}"), 1)
}

/// What stands before values, and the values in quotes.
fn known(places: &[Place<'_>], gap: &str) -> Vec<(String, String)> {
    let known = places.iter().filter(|place| !place.values().is_empty());
    let pairs = known.flat_map(|place| {
        let values = place.list(gap, |word, _| format!("'{word}'"));
        let before = place.before().into_iter();
        before.map(move |before| (before, values.clone()))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_meaning_runs_a_command() {
        assert_eq!(plain("a model's $(rm) `cost`"), "a models (rm) cost");
    }
}
