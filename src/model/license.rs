//! Classes of licenses of weights, by the SPDX identifier or the name of the license.

use crate::model::Access;
use crate::model::name::Words;

/// The classes, from the fewest conditions to the most.
pub(crate) const CLASSES: [&str; 4] = ["open-source", "conditions", "non-commercial", "closed"];

/// Identifiers of licenses without conditions on use begin with one of these.
const OPEN_SOURCE: [&str; 13] = [
    "Apache-",
    "MIT",
    "BSD",
    "ISC",
    "CC0-",
    "CC-BY-4.",
    "CC-BY-SA-",
    "OpenMDW",
    "GPL-",
    "AGPL-",
    "LGPL-",
    "MPL-",
    "PDDL-",
];

/// Licenses for research alone whose names do not say so.
const RESEARCH: [&str; 4] = [
    "OPT-175B License",
    "GLM-130B License",
    "AlphaGenome Model Terms",
    "AlphaFold 3 Model Parameters Terms of Use",
];

/// The class of a license; without one, `closed` weights are a class of their own.
pub(crate) fn class(license: Option<&str>, access: Option<Access>) -> Option<&'static str> {
    let Some(license) = license else {
        return (access == Some(Access::Closed)).then_some("closed");
    };
    let words = [
        "NC",
        "Non-Commercial",
        "Non-Production",
        "non-commercial",
        "Research",
    ];
    let is_restricted = words.iter().any(|word| license.contains(word));
    let is_open = OPEN_SOURCE.iter().any(|start| license.starts_with(start));
    Some(match license {
        "Unlicense" => "open-source",
        _ if is_restricted || RESEARCH.contains(&license) => "non-commercial",
        _ if is_open => "open-source",
        _ => "conditions",
    })
}

/// Words of licenses that tell none from others.
const COMMON_WORDS: &str = "license licence agreement community terms of use v version";

/// Whether two licenses are different ones; one may leave out words at the end. One without a name is
/// not open source.
pub(crate) fn are_different(one: &str, other: &str) -> bool {
    let keys = [one, other].map(|license| {
        let words = Words::new(license);
        let words = words.iter().map(|word| word.text.to_lowercase());
        let words = words.filter(|word| !COMMON_WORDS.split(' ').any(|own| own == word));
        words.collect::<String>()
    });
    let is_open = |license: &str| class(Some(license), None) == Some("open-source");
    match keys
        .iter()
        .any(|key| ["custom", "other", "proprietary"].contains(&&**key))
    {
        true => is_open(one) || is_open(other),
        false => !keys[0].starts_with(&*keys[1]) && !keys[1].starts_with(&*keys[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_license_may_leave_words_out() {
        for (one, other, expected) in [
            ("Apache-2.0", "apache 2", false),
            ("Llama 3.1 Community License", "llama3.1", false),
            ("MIT", "Modified MIT License", true),
            ("CC-BY-4.0", "CC-BY-NC-4.0", true),
            ("Gemma Terms of Use", "custom", false),
            ("MIT", "Proprietary", true),
        ] {
            assert_eq!(are_different(one, other), expected, "{one}, {other}");
        }
    }

    #[test]
    fn a_class_follows_from_the_license() {
        for (license, expected) in [
            ("Apache-2.0", "open-source"),
            ("CC-BY-4.0", "open-source"),
            ("CC-BY-NC-4.0", "non-commercial"),
            ("Llama 3.1 Community License", "conditions"),
            ("Modified MIT License", "conditions"),
            ("LLaMA Non-Commercial License", "non-commercial"),
            ("Qwen Research License", "non-commercial"),
        ] {
            assert_eq!(class(Some(license), None), Some(expected), "{license}");
            assert!(CLASSES.contains(&expected));
        }
        assert_eq!(class(None, Some(Access::Closed)), Some("closed"));
        assert_eq!(class(None, Some(Access::Open)), None);
    }
}
