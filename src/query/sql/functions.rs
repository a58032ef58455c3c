//! The functions that questions need, as each engine spells them.

use crate::model::figure::exact;
use crate::model::value::Kind;
use crate::output::sql::Dialect;
use crate::text::greek_letters;
use once_cell::sync::Lazy;
use unicode_normalization::UnicodeNormalization;

/// The Latin letters with accents and the same without, which Spark cannot take off.
static ACCENTS: Lazy<[String; 2]> = Lazy::new(|| {
    let letters = ('\u{c0}'..='\u{17f}').filter_map(|letter| {
        let plain = letter.nfd().next().filter(char::is_ascii_alphabetic);
        plain.map(|plain| (letter, plain))
    });
    let (accented, plain) = letters.unzip();
    [accented, plain]
});

/// A number; one with a point gets an exponent, so that engines read it as binary.
pub(super) fn number(value: f64) -> String {
    match exact(value) {
        text if text.contains(['.', 'e']) => format!("{value:e}"),
        text => text,
    }
}

impl Dialect {
    /// Whether an element of a list, called `x`, passes a test; `NULL` for no list.
    pub(super) fn any_of(self, list: &str, test: &str) -> String {
        match self {
            Dialect::Duckdb => format!("len([x for x in {list} if {test}]) > 0"),
            Dialect::Spark => format!("exists({list}, x -> {test})"),
        }
    }

    /// A text without accents.
    fn unaccented(self, text: &str) -> String {
        match self {
            Dialect::Duckdb => format!("strip_accents({text})"),
            Dialect::Spark => {
                let [from, to] = &*ACCENTS;
                format!("translate({text}, '{from}', '{to}')")
            }
        }
    }

    /// A text as names are compared with `sought` ones: its letters and digits, in lower case without
    /// accents. A plus and Greek letters are spelled out if one of the names may have them.
    pub(super) fn normalized(self, text: &str, sought: &[&str]) -> String {
        let mut text = format!("lower({})", self.unaccented(text));
        if sought.iter().any(|own| own.contains("plus")) {
            text = format!("replace({text}, '+', 'plus')");
        }
        for (letter, name) in greek_letters() {
            if sought.iter().any(|own| own.contains(name)) {
                text = format!("replace({text}, '{letter}', '{name}')");
            }
        }
        // EMDR² is EMDR2.
        if sought.iter().any(|own| own.contains(['1', '2', '3'])) {
            text = format!("translate({text}, '¹²³', '123')");
        }
        let other = self.text(r"[^\p{L}\p{N}+]");
        match self {
            Dialect::Duckdb => format!("regexp_replace({text}, {other}, '', 'g')"),
            Dialect::Spark => format!("regexp_replace({text}, {other}, '')"),
        }
    }

    /// Whether some part of a text matches a regular expression without accents, in whatever case.
    pub(super) fn matches(self, text: &str, pattern: &str) -> String {
        let text = self.unaccented(text);
        match self {
            Dialect::Duckdb => format!("regexp_matches({text}, {}, 'i')", self.text(pattern)),
            Dialect::Spark => format!("{text} RLIKE {}", self.text(&format!("(?iu){pattern}"))),
        }
    }

    /// The largest number of a list.
    pub(super) fn largest(self, list: &str) -> String {
        match self {
            Dialect::Duckdb => format!("list_max({list})"),
            Dialect::Spark => format!("array_max({list})"),
        }
    }

    /// Whether a list has elements that are not known.
    pub(super) fn has_gaps(self, list: &str) -> String {
        match self {
            Dialect::Duckdb => format!("list_count({list}) < len({list})"),
            Dialect::Spark => format!("exists({list}, x -> x IS NULL)"),
        }
    }

    /// The tags of a list and the parts of them that hyphens and blanks separate.
    pub(super) fn with_parts(self, list: &str) -> String {
        match self {
            Dialect::Duckdb => format!(
                "flatten([list_prepend(x, regexp_split_to_array(x, '[- ]')) for x in {list}])"
            ),
            Dialect::Spark => {
                format!("flatten(transform({list}, x -> concat(array(x), split(x, '[- ]'))))")
            }
        }
    }

    /// The elements of several lists, of which some may be missing.
    pub(super) fn concatenated(self, lists: &[&str]) -> String {
        match self {
            Dialect::Duckdb => format!("list_concat({})", lists.join(", ")),
            Dialect::Spark => {
                let lists = lists
                    .iter()
                    .map(|list| format!("coalesce({list}, array())"));
                format!("concat({})", lists.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The texts of the notes of a model.
    pub(super) fn note_texts(self) -> &'static str {
        match self {
            Dialect::Duckdb => r#"[n."text" for n in notes]"#,
            Dialect::Spark => "notes.text",
        }
    }

    /// The value of a user's key, which records have in `extra`.
    pub(super) fn of_user(self, key: &str, kind: Kind) -> String {
        let key = self.text(key);
        match (self, kind) {
            (Dialect::Duckdb, Kind::Tags) => format!("TRY_CAST(extra->{key} AS VARCHAR[])"),
            (Dialect::Spark, Kind::Tags) => format!("from_json(extra[{key}], 'ARRAY<STRING>')"),
            (Dialect::Duckdb, kind) if kind.is_number() => {
                format!("TRY_CAST(extra->>{key} AS DOUBLE)")
            }
            (Dialect::Spark, kind) if kind.is_number() => {
                format!("TRY_CAST(extra[{key}] AS DOUBLE)")
            }
            (Dialect::Duckdb, _) => format!("(extra->>{key})"),
            (Dialect::Spark, _) => format!("extra[{key}]"),
        }
    }

    /// The tags of a list as one text that sorts as they do.
    pub(super) fn joined(self, list: &str) -> String {
        match self {
            Dialect::Duckdb => format!("array_to_string({list}, chr(1))"),
            Dialect::Spark => format!("array_join({list}, chr(1))"),
        }
    }

    /// A row for each tag of a list, each once, and one for a model without any.
    pub(super) fn unnested(self, list: &str) -> String {
        match self {
            Dialect::Duckdb => format!("unnest(coalesce(list_distinct({list}), [NULL]))"),
            Dialect::Spark => format!("explode(coalesce(array_distinct({list}), array(NULL)))"),
        }
    }
}
