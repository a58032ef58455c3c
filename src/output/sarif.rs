//! SARIF, the format of static analysis: one document for a run, with its rules and results.

use super::bibtex::escape_url;
use super::{Finding, Level, Output, write_json};
use crate::error::{Error, Position};
use serde_json::{Value, json};

/// Writes the document.
pub(super) fn write(findings: &[Finding<'_>], out: &mut Output) -> Result<(), Error> {
    write_json(&document(findings), out)
}

fn document(findings: &[Finding<'_>]) -> Value {
    let mut driver =
        json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
    let mut rules: Vec<(&str, &str)> = Vec::new();
    for finding in findings {
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
        }
    }
    let rules = rules.into_iter();
    driver["rules"] = rules
        .map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } }))
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "results": results }],
    })
}

fn result(finding: &Finding<'_>) -> Value {
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    let mut result = json!({
        "ruleId": finding.rule.0,
        "level": level,
        "message": { "text": finding.message },
    });
    if let Some((file, Position { line, column })) = finding.place {
        let region = json!({ "startLine": line, "startColumn": column });
        let artifact = json!({ "uri": uri(file) });
        result["locations"] =
            json!([{ "physicalLocation": { "artifactLocation": artifact, "region": region } }]);
    }
    result
}

/// The path of a file as an address.
fn uri(path: &str) -> String {
    let mut path = path.replace('%', "%25");
    for (sign, code) in [("?", "%3F"), ("#", "%23"), (":", "%3A")] {
        path = path.replace(sign, code);
    }
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    scheme.to_owned() + &escape_url(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri("data/models.csv"), "data/models.csv");
        assert_eq!(uri("/a b/c#1%.csv"), "file:///a%20b/c%231%25.csv");
        assert_eq!(uri("a:ü?"), "a%3A%C3%BC%3F");
    }

    #[test]
    fn a_rule_is_described_once_and_a_place_may_be_missing() {
        let finding = || Finding {
            place: None,
            level: Level::Error,
            rule: ("r", "a rule"),
            message: "a message".to_owned(),
        };
        let document = document(&[finding(), finding()]);
        let run = &document["runs"][0];
        assert_eq!(
            run["tool"]["driver"]["rules"].as_array().map(Vec::len),
            Some(1)
        );
        assert_eq!(run["results"].as_array().map(Vec::len), Some(2));
        assert_eq!(run["results"][0].get("locations"), None);
    }
}
