//! Annotations of GitHub's workflows: commands on standard output, of which its runner makes remarks
//! beside the lines of a change.

use super::{Finding, Level, Output};
use crate::error::Position;
use std::io::{self, Write};

/// Writes a command a line.
pub(super) fn write(findings: &[Finding<'_>], out: &mut Output) -> io::Result<()> {
    findings
        .iter()
        .try_for_each(|finding| writeln!(out, "{}", command(finding)))
}

fn command(finding: &Finding<'_>) -> String {
    let name = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let place = finding.place.map_or_else(String::new, |(file, position)| {
        let Position { line, column } = position;
        format!("file={},line={line},col={column},", property(file))
    });
    let (title, message) = (property(finding.rule.1), escaped(&finding.message));
    format!("::{name} {place}title={title}::{message}")
}

/// A text without what ends a command.
fn escaped(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// A text without what ends a property.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_a_command() {
        let finding = Finding {
            place: Some(("a:b,c%.csv", Position { line: 3, column: 5 })),
            level: Level::Warning,
            rule: ("r", "one, two: three"),
            message: "50 %: a, b\r\n::error::c".to_owned(),
        };
        assert_eq!(
            command(&finding),
            "::warning file=a%3Ab%2Cc%25.csv,line=3,col=5,title=one%2C two%3A three::50 %25: a, b%0D%0A::error::c"
        );
    }
}
