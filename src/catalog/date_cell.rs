//! Dates as tables write them, of which the month counts.

use crate::model::month::{Month, Period};

/// The month of a date: `2025-04`, `2025-04-03`, with a time, or with other separators.
pub(super) fn month(text: &str) -> Result<String, String> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    let day = day.replace(['/', '.'], "-");
    let written = in_words(text).or_else(|| {
        let period: Period = day.parse().ok()?;
        (period.first == period.last).then_some(period.first)
    });
    let month = written.ok_or_else(|| match text.parse::<u16>() {
        Ok(_) => format!("`{text}` names no month"),
        Err(_) => format!("`{text}` is not a date such as `2021-06` or `2021-06-15`"),
    })?;
    Ok(month.to_string())
}

/// A month in words: `April 2025`, `Apr 3, 2025`, `3 April 2025`.
fn in_words(text: &str) -> Option<Month> {
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|w| !w.is_empty())
        .collect();
    let is_name = |word: &&&str| word.len() >= 3 && word.chars().all(char::is_alphabetic);
    let [name] = words.iter().filter(is_name).collect::<Vec<_>>()[..] else {
        return None;
    };
    let year = words
        .iter()
        .find(|word| word.len() == 4 && word.parse::<u16>().is_ok())?;
    (words.len() <= 3).then_some(())?;
    (1..=12)
        .filter_map(|number| format!("{year}-{number:02}").parse::<Month>().ok())
        .find(|month| {
            month
                .words()
                .to_lowercase()
                .starts_with(&name.to_lowercase())
        })
}
