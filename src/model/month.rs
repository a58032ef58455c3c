//! Dates, as precise as the catalog knows them: a month, never a day.

use crate::model::json_type::{JsonType, typed};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A month of a year. Orders by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

/// A year, a month or a day as it was typed, held as the months that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first month covered.
    pub first: Month,
    /// The last month covered.
    pub last: Month,
}

/// A figure and the month that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub month: Month,
    pub value: f64,
}

const NAMES: &str =
    "January February March April May June July August September October November December";

impl Month {
    /// The calendar year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month of the year, from 1.
    pub fn number(self) -> u8 {
        self.month
    }

    /// Months from an earlier month to this one; negative if it is later.
    pub fn months_since(self, other: Month) -> i32 {
        self.index() - other.index()
    }

    /// How many months the calendar had before it, from the year 0.
    pub fn index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }

    /// The month of an index, if it has a year that can be written.
    pub fn at(index: i32) -> Option<Month> {
        Some(Month {
            year: u16::try_from(index.div_euclid(12))
                .ok()
                .filter(|year| *year <= 9999)?,
            month: u8::try_from(index.rem_euclid(12) + 1).ok()?,
        })
    }

    /// The month in words, `February 2023`.
    pub fn words(self) -> String {
        let mut names = NAMES.split(' ');
        let name = names.nth(usize::from(self.month) - 1).unwrap_or_default();
        format!("{name} {}", self.year)
    }

    /// The month of a date as tables write it: `2025-04`, `2025-04-03`, with a time, or with other separators.
    pub(crate) fn of_date(text: &str) -> Result<Month, String> {
        let text = text.trim();
        let day = text.split(['T', ' ']).next().unwrap_or(text);
        let day = day.replace(['/', '.'], "-");
        let written = in_words(text).or_else(|| {
            let period: Period = day.parse().ok()?;
            (period.first == period.last).then_some(period.first)
        });
        written.ok_or_else(|| match text.parse::<u16>() {
            Ok(_) => format!("`{text}` names no month"),
            Err(_) => format!("`{text}` is not a date such as `2021-06` or `2021-06-15`"),
        })
    }
}

impl Period {
    /// The month in its middle: July for a year.
    pub(crate) fn middle(self) -> Month {
        let months = self.last.months_since(self.first) + 1;
        Month::at(self.first.index() + months / 2).unwrap_or(self.first)
    }

    /// The period in words, `2023` or `February 2023`.
    pub(crate) fn words(self) -> String {
        match self.first == self.last {
            true => self.first.words(),
            false => self.to_string(),
        }
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('-');
        let parts = parts.and_then(|(year, month)| Some((number(year, 4)?, number(month, 2)?)));
        match parts {
            Some((year, month @ 1..=12)) => Ok(Month {
                year,
                month: month as u8,
            }),
            _ => Err(no_date(text)),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || no_date(text);
        let (first, last) = match text.len() {
            4 => {
                let year = number(text, 4).ok_or_else(bad)?;
                (Month { year, month: 1 }, Month { year, month: 12 })
            }
            // Of a day, its month.
            10 => {
                let (month, day) = text.rsplit_once('-').ok_or_else(bad)?;
                let month: Month = month.parse().map_err(|_| bad())?;
                let day = number(day, 2).filter(|day| (1..=days(month)).contains(day));
                day.map(|_| (month, month)).ok_or_else(bad)?
            }
            _ => text.parse().map(|month| (month, month))?,
        };
        Ok(Period { first, last })
    }
}

fn no_date(text: &str) -> String {
    format!("`{text}` is not a date; expected `2021`, `2021-06` or `2021-06-15`")
}

/// How many days a month has.
fn days(Month { year, month }: Month) -> u16 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{:04}", self.first.year),
        }
    }
}

typed! {
    Month => JsonType::Month,
    Period => JsonType::Period,
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a text as a type.
struct TextOf<T>(&'static str, PhantomData<T>);

impl<T: FromStr> de::Visitor<'_> for TextOf<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse()
            .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let month = TextOf("a month such as `2021-06`", PhantomData);
        deserializer.deserialize_str(month)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let period = TextOf("a month or a year such as `2021-06` or `2021`", PhantomData);
        deserializer.deserialize_str(period)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_covers_its_months() {
        let year: Period = "2021".parse().expect("a year");
        assert_eq!(year.first.to_string(), "2021-01");
        assert_eq!(year.last.to_string(), "2021-12");
        let month: Period = "2021-06".parse().expect("a month");
        assert_eq!(month.first, month.last);
        assert_eq!(month.words(), "June 2021");
        assert_eq!(year.words(), "2021");
        assert_eq!(year.middle().to_string(), "2021-07");
        assert_eq!(month.middle(), month.first);
        assert_eq!("2021-06-15".parse(), Ok(month));
        assert!("2024-02-29".parse::<Period>().is_ok());
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "21",
            "2021-6",
            "2021-13",
            "2021-00",
            "2021-06-31",
            "2021-02-29",
            "2021-06-00",
            "2021-06-1",
            "2021/06/15",
            "+021",
            "june",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
        assert!("2021".parse::<Month>().is_err());
        assert!("2021-06-15".parse::<Month>().is_err());
    }
}
