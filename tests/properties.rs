//! What holds for every input: quantities, dates, names, patterns, widths.

use std::io::{self, Write};

use ahm::model::figure::exact;
use ahm::model::month::{Month, Period};
use ahm::model::name::{NormalizedName, nearest};
use ahm::model::schema;
use ahm::model::unit::Unit;
use ahm::output::Output;
use ahm::query::SortKey;
use ahm::query::pattern::Pattern;
use ahm::text::{is_control, printable, printable_lines};
use proptest::prelude::*;

mod shared;

use shared::Shared;

const UNITS: [Unit; 5] = [Unit::Count, Unit::Bytes, Unit::Flop, Unit::Usd, Unit::Mwh];

/// Positive numbers of every size that a catalog could hold.
fn figure() -> impl Strategy<Value = f64> {
    (1.0f64..10.0, -3i32..30).prop_map(|(mantissa, power)| mantissa * 10f64.powi(power))
}

proptest! {
    #[test]
    fn an_exact_number_reads_back_as_itself(value in figure()) {
        for unit in UNITS {
            prop_assert_eq!(unit.parse(&exact(value)), Ok(value));
        }
    }

    #[test]
    fn a_human_figure_reads_back_within_its_three_digits(value in figure()) {
        for unit in UNITS {
            let human = unit.human(value);
            let read = unit.parse(&human);
            let read = read.map_err(|error| TestCaseError::fail(format!("{human}: {error}")))?;
            prop_assert!((read / value - 1.0).abs() <= 0.005, "{} is {}", value, human);
        }
    }

    #[test]
    fn scales_are_powers_of_ten(digits in 1u32..100_000) {
        let whole = f64::from(digits);
        for (suffix, factor) in [("K", 1e3), ("M", 1e6), ("B", 1e9), ("T", 1e12)] {
            prop_assert_eq!(Unit::Count.parse(&format!("{digits}{suffix}")), Ok(whole * factor));
        }
        prop_assert_eq!(Unit::Bytes.parse(&format!("{digits}GB")), Ok(whole * 1e9));
        let mebibyte = 1_048_576.0;
        prop_assert_eq!(Unit::Bytes.parse(&format!("{digits}MiB")), Ok(whole * mebibyte));
    }

    #[test]
    fn no_text_panics_and_nothing_negative_is_read(text in ".{0,24}") {
        for unit in UNITS {
            if let Ok(value) = unit.parse(&text) {
                prop_assert!(value >= 0.0 && value.is_finite());
            }
        }
        let _ = text.parse::<Period>();
        let _ = text.parse::<Pattern>();
        let _ = text.parse::<SortKey>();
        let _ = schema::parse_column(&text);
        let _ = nearest(&text, ["LLaMA", "PanGu-α", &text]);
    }

    #[test]
    fn a_month_reads_back_as_itself(year in 1900u16..3000, month in 1u8..=12) {
        let text = format!("{year}-{month:02}");
        prop_assert_eq!(text.parse::<Month>().map(|month| month.to_string()), Ok(text));
    }

    #[test]
    fn folding_twice_is_folding_once(name in "\\PC{0,20}") {
        let folded = NormalizedName::new(&name);
        prop_assert_eq!(NormalizedName::new(folded.as_str()), folded.clone());
        prop_assert!(folded.is(&name));
    }

    #[test]
    fn case_and_punctuation_do_not_matter(name in "[a-zA-Z0-9 .-]{1,20}") {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        prop_assert_eq!(NormalizedName::new(&name), NormalizedName::new(&plain.to_uppercase()));
    }

    #[test]
    fn nothing_printed_steers_a_terminal(text in any::<String>()) {
        prop_assert!(!printable(&text).contains(is_control));
    }

    #[test]
    fn a_terminal_gets_lines_and_a_pipe_every_byte(text in any::<String>(), piece in 1usize..9) {
        let (seen, piped) = (Shared::default(), Shared::default());
        let mut terminal = Output::terminal(Box::new(seen.clone()), Box::new(io::sink()), 80);
        let mut pipe = Output::pipe(Box::new(piped.clone()));
        // However it comes in pieces, inside a character, too.
        for bytes in text.as_bytes().chunks(piece) {
            terminal.write_all(bytes).and_then(|()| pipe.write_all(bytes)).expect("written");
        }
        terminal.finish().and_then(|()| pipe.finish()).expect("written");
        prop_assert_eq!(seen.text(), printable_lines(&text));
        prop_assert!(!seen.text().replace(['\n', '\t'], "").contains(is_control));
        prop_assert_eq!(piped.text(), text);
    }
}
