//! Units: numbers with a unit, as people type and read them; one `f64` in its base unit.

use crate::model::figure::{Literal, exact};

/// What a number counts. It decides which suffixes are understood and how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things: parameters, tokens, samples. `B` is a billion.
    Count,
    /// Bytes. `GB` is 1e9, `GiB` is 2^30.
    Bytes,
    /// Floating-point operations. `PF` is a petaFLOP, 1e15 of them.
    Flop,
    /// US dollars.
    Usd,
    /// Megawatt-hours.
    Mwh,
    /// Power in watts.
    Watts,
    /// Nothing: one number over another. `40%` is 0.4.
    Ratio,
}

impl Unit {
    /// Reads a quantity such as `175B`, `1e23`, `1_000_000`, `525GiB`, `$4.6M`, `310M PF`, `449MWh`.
    ///
    /// # Errors
    /// When the text is not one finite number from 0 on with a suffix of this unit.
    pub fn parse(self, text: &str) -> Result<f64, String> {
        let (value, _, factor) = self.split(text)?;
        Ok(value * factor)
    }

    /// The same, with the digits that were typed.
    ///
    /// # Errors
    /// When the text is not one finite number from 0 on with a suffix of this unit.
    pub fn literal(self, text: &str) -> Result<Literal, String> {
        let (value, digits, factor) = self.split(text)?;
        Literal::new(value, digits, factor)
            .ok_or_else(|| self.bad_quantity(text.trim(), text.trim()))
    }

    /// A quantity as a finite number, how many significant digits it has, and what it is multiplied
    /// by.
    fn split(self, text: &str) -> Result<(f64, usize, f64), String> {
        let bad = |rest: &str| self.bad_quantity(text.trim(), rest.trim());
        let start = text.trim_start();
        let digits = match self {
            Unit::Usd => start.strip_prefix('$').map_or(start, str::trim_start),
            _ => start,
        };
        let (mantissa, exponent, suffix) = split_number(digits).ok_or_else(|| bad(start))?;
        let trimmed = suffix.trim();
        let (power, factor) = self
            .suffix(trimmed)
            .ok_or_else(|| bad(suffix.trim_start()))?;
        // The scale joins the exponent as text, so that `4.6M` is the number nearest to 4600000.
        let exponent = exponent.checked_add(power).ok_or_else(|| bad(start))?;
        let value = format!("{mantissa}e{exponent}").parse::<f64>();
        let value = value.map_err(|_| bad(start))?;
        // `355000000000` is exact; `1000B` is no more so than `1T`, nor is what has no scale.
        let scales = matches!(self, Unit::Count | Unit::Bytes | Unit::Flop | Unit::Usd);
        let in_full = scales && exponent == 0 && trimmed.is_empty();
        let significant = match in_full || mantissa.contains('.') {
            true => &*mantissa,
            false => mantissa.trim_end_matches('0'),
        };
        let significant = significant.replace('.', "");
        let digits = significant.trim_start_matches('0').len();
        // What is too small for a number is not 0.
        match (value * factor).is_finite() && (value > 0.0 || digits == 0) {
            true => Ok((value, digits, factor)),
            false => Err(bad(start)),
        }
    }

    /// The shortest text that reads as this number and its digits.
    pub fn written(self, literal: &Literal) -> String {
        let human = self.human(literal.value).replace(' ', "");
        let texts = [human, exact(literal.value)];
        let reads = |text: &String| self.literal(text).as_ref() == Ok(literal);
        texts.into_iter().find(reads).unwrap_or_else(|| {
            let prefix = PREFIXES.iter().find(|p| binary(p) == Some(literal.factor));
            let suffix = prefix.map_or_else(String::new, |prefix| format!("{prefix}iB"));
            let number = literal.value / literal.factor;
            format!("{number:.*e}{suffix}", literal.digits - 1)
        })
    }

    /// A suffix as a power of ten and a further factor.
    fn suffix(self, text: &str) -> Option<(i32, f64)> {
        let lower = text.to_ascii_lowercase();
        let power = match self {
            Unit::Ratio if lower == "%" => -2,
            Unit::Count | Unit::Usd | Unit::Ratio => scale(&lower)?,
            Unit::Bytes => match (lower.strip_suffix("ib"), lower.strip_suffix('b')) {
                (Some(prefix), _) => return Some((0, binary(prefix)?)),
                (None, prefix) => metric(prefix.unwrap_or(&lower))?,
            },
            Unit::Flop => {
                let lower = lower.strip_suffix('s').unwrap_or(&lower);
                let names = [("petaflop", 15), ("pflop", 15), ("pf", 15), ("flop", 0)];
                let mut counts = names
                    .iter()
                    .filter_map(|(name, power)| Some((lower.strip_suffix(name)?, power)));
                let (count, power) = counts.next().unwrap_or((lower, &0));
                power + scale(count.trim_end())?
            }
            Unit::Watts => metric(lower.strip_suffix('w').unwrap_or(&lower))?,
            Unit::Mwh => match lower.strip_suffix("wh") {
                Some(prefix) => metric(prefix)? - 6,
                None => scale(&lower)?,
            },
        };
        Some((power, 1.0))
    }

    /// The figure for a person: three significant digits and a scale, `1.56T`, `564 GB`, `$4.6M`.
    ///
    /// The unit's name is left to the column's title where it would repeat on every line.
    pub fn human(self, value: f64) -> String {
        match self {
            Unit::Count => scaled(value, "", &["", "K", "M", "B", "T"]),
            Unit::Usd => format!("${}", scaled(value, "", &["", "K", "M", "B", "T"])),
            Unit::Bytes => scaled(value, " ", &["B", "kB", "MB", "GB", "TB", "PB", "EB"]),
            // Compute over a large number.
            Unit::Flop if (1e-3..1e3).contains(&value.abs()) => three(value),
            Unit::Flop => {
                let text = format!("{value:.2e}");
                let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
                format!("{}e{exponent}", exact(digits.parse().unwrap_or(value)))
            }
            Unit::Mwh => scaled(value, "", &[""]),
            Unit::Watts => scaled(value, " ", &["W", "kW", "MW", "GW"]),
            Unit::Ratio => three(value),
        }
    }

    /// What follows the figure when no title names the unit.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Flop => "FLOP",
            Unit::Mwh => "MWh",
            Unit::Count | Unit::Bytes | Unit::Usd | Unit::Watts | Unit::Ratio => "",
        }
    }

    /// Why a text is no quantity, from the part of it that cannot be read on.
    fn bad_quantity(self, text: &str, rest: &str) -> String {
        let examples = match self {
            Unit::Count => "`175B`, `1.5T` or `1e12`",
            Unit::Bytes => "`800GB`, `4TB` or `525GiB`",
            Unit::Flop => "`3e23` or `310M PF`",
            Unit::Usd => "`$4.6M` or `43000`",
            Unit::Mwh => "`449MWh` or `1.2GWh`",
            Unit::Watts => "`25MW` or `2.5e7`",
            Unit::Ratio => "`20`, `0.4` or `40%`",
        };
        match rest {
            "" => format!("expected a quantity such as {examples}, found nothing"),
            _ if rest == text => {
                format!("cannot read `{rest}`; expected a quantity such as {examples}")
            }
            _ => {
                format!("cannot read `{rest}` in `{text}`; expected a quantity such as {examples}")
            }
        }
    }
}

/// Splits `1_000.5e3xyz` into the digits, the exponent and what follows.
fn split_number(text: &str) -> Option<(String, i32, &str)> {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '_' | ',')))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let mut groups = digits.split([',', '_']);
    let first = groups.next()?;
    let mut mantissa = first.to_owned();
    for group in groups {
        // `1,5` is a decimal comma to half the world: only whole groups of three are read.
        let whole = group.split('.').next()?;
        if whole.len() != 3 || first.is_empty() || first.contains('.') {
            return None;
        }
        mantissa.push_str(group);
    }
    mantissa.parse::<f64>().ok()?;
    let exponent = rest.strip_prefix(['e', 'E']).and_then(|tail| {
        let is_sign = tail.starts_with(['+', '-']);
        let digits = tail[usize::from(is_sign)..].bytes();
        let count = digits.take_while(u8::is_ascii_digit).count();
        let (exponent, rest) = tail.split_at(usize::from(is_sign) + count);
        Some((exponent.parse().ok()?, rest))
    });
    let (exponent, rest) = exponent.unwrap_or((0, rest));
    Some((mantissa, exponent, rest))
}

/// Scales of counts and money, as exponents of ten.
fn scale(text: &str) -> Option<i32> {
    Some(match text {
        "" => 0,
        "k" | "thousand" => 3,
        "m" | "million" => 6,
        "b" | "bn" | "g" | "billion" => 9,
        "t" | "tn" | "trillion" => 12,
        _ => return None,
    })
}

/// Metric prefixes, as exponents of ten.
fn metric(text: &str) -> Option<i32> {
    let place = match text {
        "" => 0,
        prefix => 1 + PREFIXES.iter().position(|own| *own == prefix)?,
    };
    i32::try_from(place * 3).ok()
}

const PREFIXES: [&str; 6] = ["k", "m", "g", "t", "p", "e"];

/// Binary prefixes (`Gi`), as factors.
fn binary(prefix: &str) -> Option<f64> {
    let place = PREFIXES.iter().position(|p| *p == prefix)?;
    Some(1024f64.powi(i32::try_from(place).ok()? + 1))
}

/// A number without a unit for a person: three significant digits, `0.025`, `1.84`, `2690`.
pub fn three(number: f64) -> String {
    let rounded = format!("{number:.2e}").parse().unwrap_or(number);
    exact(rounded)
}

/// How many times larger, `5.07×`.
pub fn factor(number: f64) -> String {
    match number {
        number if number == 0.0 || (1e-3..1e4).contains(&number) => format!("{}×", three(number)),
        // Digits by the dozen say no more than a power of ten.
        number if number.is_finite() => format!("{}×", Unit::Flop.human(number)),
        _ => "∞".to_owned(),
    }
}

/// Three significant digits with the largest scale that leaves at least one before the point.
fn scaled(value: f64, gap: &str, scales: &[&str]) -> String {
    let text = format!("{value:.2e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: usize = exponent.parse().unwrap_or_default();
    let step = (exponent / 3).min(scales.len() - 1);
    // As text, so that the digits stay these.
    let number = match step {
        0 => text.parse(),
        _ => format!("{digits}e{}", exponent - 3 * step).parse(),
    };
    [&exact(number.unwrap_or(value)), gap, scales[step]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(unit: Unit, text: &str, value: f64) {
        assert_eq!(unit.parse(text), Ok(value), "{text}");
    }

    #[test]
    fn quantities_as_people_type_them() {
        case(Unit::Count, "1.5T", 1.5e12);
        case(Unit::Count, "175B", 175e9);
        case(Unit::Count, "350M", 350e6);
        case(Unit::Count, "1e23", 1e23);
        case(Unit::Count, "1_000_000", 1e6);
        case(Unit::Count, "1,022,362", 1_022_362.0);
        case(Unit::Count, " 4.6 M ", 4_600_000.0);
        case(Unit::Count, "0", 0.0);
        case(Unit::Count, "0.0", 0.0);
        case(Unit::Bytes, "800GB", 800e9);
        case(Unit::Bytes, "180G", 180e9);
        case(Unit::Bytes, "525GiB", 525.0 * 1_073_741_824.0);
        case(Unit::Bytes, "12B", 12.0);
        case(Unit::Usd, "$4.6M", 4.6e6);
        case(Unit::Usd, "43k", 43_000.0);
        case(Unit::Flop, "310M PF", 3.1e23);
        case(Unit::Flop, "310M petaFLOPs", 3.1e23);
        case(Unit::Flop, "1e23 FLOP", 1e23);
        case(Unit::Flop, "2.5e24", 2.5e24);
        case(Unit::Mwh, "449MWh", 449.0);
        case(Unit::Mwh, "1.2 GWh", 1200.0);
        case(Unit::Mwh, "449", 449.0);
    }

    #[test]
    fn what_is_no_quantity_says_where() {
        for text in [
            "", "B", "-5", "1e400", "1e-400", "nan", "inf", "1,5", "1.2.3",
        ] {
            assert!(Unit::Count.parse(text).is_err(), "{text}");
        }
        let error = Unit::Count.parse("12 Q").expect_err("no such scale");
        assert!(error.contains("`Q` in `12 Q`"), "{error}");
        assert!(Unit::Count.parse("5GB").is_err());
        assert!(Unit::Bytes.parse("$5").is_err());
    }

    #[test]
    fn figures_as_people_read_them() {
        assert_eq!(Unit::Count.human(65e9), "65B");
        assert_eq!(Unit::Count.human(1.55e9), "1.55B");
        assert_eq!(Unit::Count.human(999_950_000.0), "1B");
        assert_eq!(Unit::Count.human(174e12), "174T");
        assert_eq!(Unit::Count.human(2.5e15), "2500T");
        assert_eq!(Unit::Count.human(604.0), "604");
        assert_eq!(Unit::Count.human(0.5), "0.5");
        assert_eq!(Unit::Bytes.human(563_714_457_600.0), "564 GB");
        assert_eq!(Unit::Usd.human(4.6e6), "$4.6M");
        assert_eq!(Unit::Flop.human(3.39e22), "3.39e22");
        assert_eq!(Unit::Flop.human(1e20), "1e20");
        assert_eq!(Unit::Mwh.human(449.0), "449");
        assert_eq!(Unit::Mwh.human(27_500.0), "27500");
        assert_eq!(factor(5.071), "5.07×");
        assert_eq!(factor(123_456.0), "1.23e5×");
        assert_eq!([0.0, f64::INFINITY].map(factor), ["0×", "∞"]);
    }
}
