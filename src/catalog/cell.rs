//! Cells: a value as another table, or a person, writes it, read as its key has it.

use crate::model::column::Column;
use crate::model::figure::Figure;
use crate::model::month::Month;
use crate::model::schema::COLUMNS;
use crate::model::unit::Unit;
use crate::model::value::Kind;
use crate::model::{Key, Model, known};
use serde_json::{Value, json};

/// Words for a missing value, in lower case.
const MISSING: [&str; 9] = ["", "-", "—", "?", "n/a", "na", "nan", "none", "unknown"];

/// What may follow a quantity: what it counts.
const COUNTED: [&str; 6] = ["param", "token", "flop", "hour", "year", "sample"];

/// How the cells of a column are written, where the column's kind does not say.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct CellFormat {
    /// What numbers are multiplied by.
    pub factor: Option<f64>,
    /// What separates the parts of a list; `;` or else `,` if it is not given.
    pub separator: Option<char>,
    /// Whether a comma in a number is a decimal point.
    pub decimal_comma: bool,
    /// Whether nothing but an empty cell is missing: words such as `none` are words.
    pub is_exact: bool,
}

impl CellFormat {
    /// Whether a value means that nothing is known.
    pub(crate) fn is_missing(self, value: &Value) -> bool {
        match self.is_exact {
            true => known::is_missing(value),
            false => is_missing(value),
        }
    }
}

/// Whether a value means that nothing is known.
pub(crate) fn is_missing(value: &Value) -> bool {
    match value {
        Value::String(text) => MISSING.contains(&&*text.trim().to_lowercase()) || text == "null",
        value => known::is_missing(value),
    }
}

/// Reads a value under a key of a model: as the catalog has it, `None` if it is missing.
///
/// # Errors
/// When it is no value of the key: why.
pub(crate) fn read_key(name: &str, value: &Value) -> Result<Option<Value>, String> {
    let column = COLUMNS.iter().find(|column| column.heading.key == name);
    let value = match column {
        _ if is_missing(value) => return Ok(None),
        Some(column) => read(column, value, CellFormat::default())?,
        None => Some(value.clone()),
    };
    let (Some(key), Some(value)) = (Key::named(name), &value) else {
        return Ok(value);
    };
    let check = Model::check(key, &value.to_string());
    check.map_err(|error| crate::error::Position::of_json_error(&error).1)?;
    Ok(Some(value.clone()))
}

/// Reads a cell of a column: as the catalog has it, `None` if it is missing.
///
/// # Errors
/// When it is no value of the column: why.
pub(crate) fn read(
    column: &Column,
    value: &Value,
    format: CellFormat,
) -> Result<Option<Value>, String> {
    if format.is_missing(value) {
        return Ok(None);
    }
    let is_list = is_list(column);
    match (column.heading.kind, value) {
        (Kind::Quantity(_) | Kind::Number, value) if is_list => {
            let parts = parts(value, format.separator).into_iter();
            let parts = parts.filter(|part| !part.is_empty()).map(Value::from);
            let numbers = parts.map(|part| number(column, &part, format));
            numbers.collect::<Result<_, _>>().map(Value::Array)
        }
        (Kind::Quantity(_) | Kind::Number, value) => number(column, value, format),
        (Kind::Month, Value::String(text)) => {
            Month::of_date(text).map(|m| Value::from(m.to_string()))
        }
        (Kind::Tags, Value::Array(parts)) => {
            let parts = parts
                .iter()
                .filter(|part| !format.is_missing(part))
                .map(word);
            parts.collect::<Result<_, _>>().map(Value::Array)
        }
        (Kind::Tags, value) => {
            let parts = parts(&Value::from(text(value)), format.separator);
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            let parts = match format.is_exact {
                true => parts.collect(),
                false => joined_suffixes(parts),
            };
            let parts = parts.into_iter().map(Value::from);
            Ok(Value::Array(
                parts.filter(|part| !format.is_missing(part)).collect(),
            ))
        }
        (Kind::Word, value) if column.heading.key == "access" => access(value),
        (Kind::Word | Kind::Sentence | Kind::Address, value) => word(value),
        (Kind::Compound, Value::String(text)) => match serde_json::from_str(text) {
            Ok(json @ (Value::Array(_) | Value::Object(_))) => Ok(json),
            _ if column.heading.key == "notes" => Ok(json!([{ "text": text.trim() }])),
            _ => Err(format!(
                "`{}` is not the JSON that this key has",
                short(text)
            )),
        },
        (Kind::Compound | Kind::Month | Kind::Mixed, value) => Ok(value.clone()),
    }
    .map(|value| Some(value).filter(|value| !format.is_missing(value)))
}

/// Whether models have a list under the column's key, not one value.
pub(crate) fn is_list(column: &Column) -> bool {
    column.heading.key == "sizes" || column.heading.kind == Kind::Tags
}

/// Words behind a comma that belong to the name before it.
const SUFFIXES: [&str; 7] = ["inc", "inc.", "ltd", "ltd.", "llc", "co.", "corp."];

/// Names that commas separate, `Acme, Inc.` as one.
fn joined_suffixes(parts: impl Iterator<Item = String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in parts {
        let is_suffix = SUFFIXES.contains(&&*part.to_lowercase());
        match joined.last_mut().filter(|_| is_suffix) {
            Some(name) => *name = format!("{name}, {part}"),
            None => joined.push(part),
        }
    }
    joined
}

/// The parts of a list of texts or numbers, as text; empty ones stay.
pub(crate) fn parts(value: &Value, separator: Option<char>) -> Vec<String> {
    let texts = |text: &str| {
        let separator = separator.unwrap_or(if text.contains(';') { ';' } else { ',' });
        text.split(separator)
            .map(|part| part.trim().to_owned())
            .collect()
    };
    match value {
        Value::Array(parts) => parts.iter().map(text).collect(),
        Value::String(text) if text.trim_start().starts_with('[') => {
            // Some write lists as Python does.
            let json = serde_json::from_str(text);
            let json = json.or_else(|_| serde_json::from_str(&text.replace('\'', "\"")));
            json.map_or_else(|_| texts(text), |list: Value| parts(&list, separator))
        }
        Value::String(text) => texts(text),
        value => vec![value.to_string()],
    }
}

/// A text as it is, another value as JSON.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A positive number of things.
pub(crate) fn count(text: &str, format: CellFormat) -> Result<Value, String> {
    positive(quantity(Unit::Count, text, format)?, text, format)
}

/// A text, or a number or flag as one.
fn word(value: &Value) -> Result<Value, String> {
    match value {
        Value::String(text) => Ok(Value::from(text.trim())),
        Value::Number(number) => Ok(Value::from(number.to_string())),
        Value::Bool(flag) => Ok(Value::from(flag.to_string())),
        value => Err(format!("`{}` is not a text", short(&value.to_string()))),
    }
}

/// `open` or `closed`, in any case; of a flag whether the weights are open.
fn access(value: &Value) -> Result<Value, String> {
    let text = value.as_str().map(|text| text.trim().to_lowercase());
    match (value, text.as_deref()) {
        (Value::Bool(true), _) | (_, Some("open" | "true" | "yes")) => Ok(Value::from("open")),
        (Value::Bool(false), _) | (_, Some("closed" | "false" | "no")) => Ok(Value::from("closed")),
        _ => Err(format!(
            "`{}` is neither `open` nor `closed`",
            short(value.as_str().unwrap_or(&value.to_string()))
        )),
    }
}

/// A positive number in the column's unit.
fn number(column: &Column, value: &Value, format: CellFormat) -> Result<Value, String> {
    let number = match value {
        Value::Number(digits) => match digits.as_f64() {
            Some(number) => number,
            None => return Err(format!("`{}` is too large", short(&digits.to_string()))),
        },
        Value::String(text) => {
            let number = quantity(column.unit(), text, format)?;
            // A scale of its own is the scale.
            if text.trim().parse::<f64>().is_err() && !is_grouped(text) {
                return positive(
                    number,
                    text,
                    CellFormat {
                        factor: None,
                        ..format
                    },
                );
            }
            number
        }
        value => return Err(format!("`{}` is not a number", short(&value.to_string()))),
    };
    positive(number, &text(value), format)
}

/// A positive number, times the factor of its column.
fn positive(number: f64, text: &str, format: CellFormat) -> Result<Value, String> {
    if format.factor.is_some_and(|factor| factor >= 1e6) && number >= 1e6 {
        return Err(format!(
            "`{}` is too large for the scale of its column",
            short(text)
        ));
    }
    let number = match format.factor {
        // A product has no more digits than make sense: 72 hours are 3 days.
        Some(factor) => format!("{:.12e}", number * factor)
            .parse()
            .unwrap_or(number * factor),
        None => number,
    };
    match number > 0.0 && number.is_finite() {
        true => serde_json::to_value(Figure(number)).map_err(|error| error.to_string()),
        false => Err(format!("`{}` is not a positive number", short(text))),
    }
}

/// Whether a number has its thousands separated by commas, and nothing else.
fn is_grouped(text: &str) -> bool {
    text.contains(',') && text.replace(',', "").trim().parse::<f64>().is_ok()
}

/// A quantity with what it counts behind it: `1.4T tokens`.
fn quantity(unit: Unit, text: &str, format: CellFormat) -> Result<f64, String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let words = lower.match_indices(' ');
    let counted = words.map(|(at, _)| at).find(|at| {
        let word = &lower[at + 1..];
        COUNTED.iter().any(|counted| word.starts_with(counted))
    });
    let text = match counted {
        Some(end) if text.is_char_boundary(end) && unit != Unit::Flop => &text[..end],
        _ => text,
    };
    match (format.decimal_comma, text.split_once(',')) {
        (true, Some((whole, part))) if part.len() == 3 && whole.len() <= 3 => Err(format!(
            "`{text}` may be {whole}{part} or {whole}.{part}: write it without the comma"
        )),
        (true, Some((whole, part))) if !part.contains(',') && !whole.contains('.') => {
            unit.parse(&text.replacen(',', ".", 1))
        }
        _ => unit.parse(text),
    }
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    crate::text::cut(text, 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(key: &str, value: Value, expected: Value) {
        let read = read_key(key, &value).map(|read| read.unwrap_or(Value::Null));
        assert_eq!(read, Ok(expected), "{key} {value}");
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        case("params", json!("7B"), json!(7_000_000_000_u64));
        case(
            "params",
            json!("1.5B parameters (dense)"),
            json!(1_500_000_000_u64),
        );
        case("tokens", json!("1.4T tokens"), json!(1_400_000_000_000_u64));
        case("compute_flop", json!("2.1e+25"), json!(2.1e25));
        case("cost_usd", json!("$4.6M"), json!(4_600_000));
        case("announced", json!("2025-04-03"), json!("2025-04"));
        case("announced", json!("2025-04-03T12:00:00Z"), json!("2025-04"));
        case("announced", json!("April 2025"), json!("2025-04"));
        case("announced", json!("3 Apr 2025"), json!("2025-04"));
        case(
            "organizations",
            json!("Meta, Google"),
            json!(["Meta", "Google"]),
        );
        case("access", json!(true), json!("open"));
        case("access", json!("Open"), json!("open"));
        case("notes", json!("2 sizes"), json!([{ "text": "2 sizes" }]));
        for missing in [
            json!(null),
            json!(""),
            json!("N/A"),
            json!("unknown"),
            json!("-"),
        ] {
            case("params", missing, Value::Null);
        }
    }

    #[test]
    fn what_is_no_value_says_why() {
        for (key, value) in [
            ("params", json!("many")),
            ("params", json!(0)),
            ("params", json!(-1)),
            ("announced", json!("2025")),
            ("announced", json!("soon")),
            ("access", json!("ajar")),
            ("hardware", json!("a few GPUs")),
            ("params", json!([7])),
        ] {
            let read = read_key(key, &value);
            assert!(read.is_err_and(|why| !why.is_empty()), "{key} {value}");
        }
    }

    #[test]
    fn a_comma_that_may_be_either_is_not_guessed() {
        let format = CellFormat {
            decimal_comma: true,
            ..CellFormat::default()
        };
        assert_eq!(quantity(Unit::Count, "1,5B", format), Ok(1.5e9));
        assert!(quantity(Unit::Count, "1,500", format).is_err());
        let plain = CellFormat::default();
        assert_eq!(quantity(Unit::Count, "1,500", plain), Ok(1500.0));
    }
}
