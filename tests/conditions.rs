//! What holds for every condition: printed and read again it is the same, and no text panics.

use ahm::column::{ColumnRef, Words};
use ahm::columns::COLUMNS;
use ahm::condition::{Bound, Comparison, Condition, Tag};
use ahm::value::Kind;
use proptest::prelude::*;

fn column(fits: fn(Kind) -> bool) -> impl Strategy<Value = ColumnRef> {
    let fitting = COLUMNS
        .iter()
        .filter(move |column| fits(column.heading.kind));
    proptest::sample::select(fitting.collect::<Vec<ColumnRef>>())
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop_oneof![
        Just(Comparison::Equal),
        Just(Comparison::Less),
        Just(Comparison::AtMost),
        Just(Comparison::Greater),
        Just(Comparison::AtLeast),
    ]
}

/// Conditions as the language writes them: no list of parts has fewer than two.
fn condition() -> impl Strategy<Value = Condition> {
    let number = (column(Kind::is_number), comparison(), 1.0f64..1e25)
        .prop_map(|(column, how, bound)| Condition::Compare(column, how, Bound::Number(bound)));
    let month = (
        column(|kind| kind == Kind::Month),
        comparison(),
        1950u16..2100,
        0u8..=12,
    )
        .prop_map(|(column, how, year, month)| {
            let text = match month {
                0 => format!("{year}"),
                month => format!("{year}-{month:02}"),
            };
            Condition::Compare(column, how, Bound::Period(text.parse().expect("a period")))
        });
    let words = |kind| matches!(kind, Kind::Word | Kind::Tags | Kind::Address);
    let tag = (column(words), "\\PC{1,12}").prop_map(|(column, typed)| {
        // Access has two words only.
        let typed = match column.words {
            Words::Only(words) => words[0].to_owned(),
            _ => typed,
        };
        Condition::Tag(Tag::new(column, &typed))
    });
    let text = |kind: Kind| !kind.is_number();
    let matching = (column(text), "[a-z'\"|.()\\\\]{1,8}")
        .prop_filter_map("a pattern", |(c, p)| {
            p.parse().ok().map(|pattern| Condition::Match(c, pattern))
        });
    let has = column(|_| true).prop_map(Condition::Has);
    prop_oneof![number, month, tag, matching, has].prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::Any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn printed_and_read_again_it_is_the_same(condition in condition()) {
        let text = condition.to_string();
        let again = text.parse::<Condition>();
        let again = again.map_err(|mistake| TestCaseError::fail(format!("{text}: {mistake}")))?;
        prop_assert_eq!(again, condition, "{}", text);
    }

    #[test]
    fn no_text_panics(text in ".{0,40}") {
        if let Err(mistake) = text.parse::<Condition>() {
            prop_assert!(mistake.to_string().contains('^'));
        }
    }

    #[test]
    fn no_text_of_its_own_words_panics(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "params", "name", "announced", "org", "open", "has", "missing", "not", "and", "or",
                "in", "(", ")", ",", "=", "!=", ">=", "<", "~", "!~", "ge", "1B", "2021", "'a", "\"b\"", "é",
            ]),
            0..12,
        ),
        gap in prop::sample::select(vec!["", " "]),
    ) {
        let _ = words.join(gap).parse::<Condition>();
    }
}

#[test]
fn deep_nesting_is_refused_not_overflowed() {
    let text = "(".repeat(100_000);
    assert!(text.parse::<Condition>().is_err());
    let text = "not ".repeat(100_000);
    assert!(text.parse::<Condition>().is_err());
}

#[test]
fn spellings_of_one_condition() {
    let same = [
        ("params>=100B", "params ge 1e11"),
        ("org != google", "not org=google"),
        ("name !~ gpt", "NOT name~'gpt'"),
        ("missing params", "not has params"),
        ("org in (google, 'meta')", "org=google or org=meta"),
        (
            "open and closed or open",
            "(access=open and access=closed) or access=open",
        ),
        ("compute>310M", "compute_flop>3.1e8"),
        ("cost>=$1M", "cost_usd >= 1000000"),
        ("announced<2021", "date lt 2021"),
    ];
    for (a, b) in same {
        let (x, y) = (a.parse::<Condition>(), b.parse::<Condition>());
        let (x, y) = (x.expect(a).to_string(), y.expect(b).to_string());
        assert_eq!(x, y, "{a} and {b}");
    }
}

#[test]
fn depth_is_counted_where_it_is_and_no_longer() {
    let text = vec!["not (open)"; 200].join(" or ");
    assert!(text.parse::<Condition>().is_ok());
}

#[test]
fn a_caret_stands_under_its_place_whatever_was_typed() {
    for text in ["params>\tx", "open\nand 5", "open and\u{85} 5"] {
        let mistake = text.parse::<Condition>().expect_err(text).to_string();
        let mut lines = mistake.lines().skip(2);
        let (line, caret) = (
            lines.next().expect("the condition"),
            lines.next().expect("a caret"),
        );
        let at = caret.find('^').expect("a caret");
        assert!(matches!(line.as_bytes()[at], b'x' | b'5'), "{mistake}");
        assert_eq!(lines.next(), None);
    }
}
