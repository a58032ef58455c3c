//! What can be read and is still a mistake: a name that holds more than its letters, a month in
//! which no model was announced.

use crate::model::Key;
use crate::model::known;
use crate::model::month::Month;
use crate::text::is_control;
use serde_json::Value;
use std::time::{SystemTime, UNIX_EPOCH};

/// The year of the first models, with some room.
const FIRST: u16 = 1940;

/// What is wrong with a value that its key can hold.
pub(crate) fn mistake(key: Key, json: &str) -> Option<String> {
    let value: Value = serde_json::from_str(json).ok()?;
    match key {
        Key::announced => month(value.as_str()?.parse().ok()?),
        Key::links => value.as_object()?.values().find_map(wrong_address),
        Key::paper => {
            let words = ["title", "venue"].iter().filter_map(|part| value.get(part));
            let wrong = words.filter_map(Value::as_str).find_map(self::text);
            wrong.or_else(|| wrong_address(value.get("url")?))
        }
        Key::sources => {
            let urls = value
                .as_array()?
                .iter()
                .filter_map(|source| source.get("url"));
            urls.filter(|url| url.is_string()).find_map(wrong_address)
        }
        _ => match &value {
            Value::String(text) => self::text(text),
            Value::Array(list) => list.iter().filter_map(Value::as_str).find_map(self::text),
            _ => None,
        },
    }
}

/// What is wrong with an address that no browser would open.
pub(crate) fn no_address(address: &str) -> Option<String> {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    (!is_web || address.contains(|c: char| c.is_whitespace() || is_control(c)))
        .then(|| format!("`{}` is no http(s) address", address.escape_debug()))
}

fn wrong_address(value: &Value) -> Option<String> {
    match value {
        Value::String(address) if !address.is_empty() => no_address(address),
        value if known::is_missing(value) => None,
        other => Some(format!("`{other}` is no http(s) address")),
    }
}

/// What is wrong with a text of one line.
pub(crate) fn text(text: &str) -> Option<String> {
    let shown = text.escape_debug();
    if text.contains(is_control) {
        return Some(format!("`{shown}` holds a control character"));
    }
    match text.trim() == text {
        true => None,
        false => Some(format!("`{shown}` begins or ends with a blank")),
    }
}

fn month(month: Month) -> Option<String> {
    if month.year() < FIRST {
        return Some(format!("`{month}` is before {FIRST}"));
    }
    let now = this_month()?;
    (month.months_since(now) > 12).then(|| format!("`{month}` is more than a year ahead"))
}

/// The month of today, to a day or two.
fn this_month() -> Option<Month> {
    const SECONDS_PER_MONTH: u64 = 2_629_746;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let months = i32::try_from(since.as_secs() / SECONDS_PER_MONTH).ok()?;
    Month::at(1970 * 12 + months)
}
