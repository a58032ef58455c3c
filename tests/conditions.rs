//! What holds for every condition: printed and read again it is the same, and no text panics.

use ahm::model::Model;
use ahm::model::column::{ColumnRef, Vocabulary};
use ahm::model::figure::Figure;
use ahm::model::schema::COLUMNS;
use ahm::model::unit::Unit;
use ahm::model::value::Kind;
use ahm::query::comparison::{Bound, Comparison};
use ahm::query::condition::Condition;
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

/// Numbers as people type them, in whatever unit.
fn number() -> impl Strategy<Value = String> {
    let suffix = prop::sample::select(vec![
        "", "K", "M", "B", "T", "e3", "e-2", "e21", "GB", "GiB", "TiB", "PF", "M PF", "MWh", "GWh",
        "%",
    ]);
    let digits = prop_oneof![
        "[0-9]{1,19}",
        "[0-9]{1,4}\\.[0-9]{1,9}",
        Just("1000".to_owned())
    ];
    (digits, suffix).prop_map(|(digits, suffix)| digits + suffix)
}

/// Conditions as the language writes them: no list of parts has fewer than two.
fn condition() -> impl Strategy<Value = Condition> {
    let number = (column(Kind::is_number), comparison(), number()).prop_filter_map(
        "a number of the unit",
        |(column, how, text)| {
            let bound = column.unit().literal(&text).ok()?;
            Some(Condition::Compare(column, how, Bound::Number(bound)))
        },
    );
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
    let words = (column(words), prop::collection::vec("\\PC{1,12}", 1..12));
    let words = words.prop_map(|(column, typed)| {
        // Access has two words only.
        let typed = match column.vocabulary {
            Vocabulary::Only(words) => words.iter().map(|word| word.to_string()).collect(),
            _ => typed,
        };
        Condition::any_word(column, &typed)
    });
    let text = |kind: Kind| !kind.is_number();
    let matching = (column(text), "[a-z'\"|.()\\\\]{1,8}")
        .prop_filter_map("a pattern", |(c, p)| {
            p.parse().ok().map(|pattern| Condition::Match(c, pattern))
        });
    let has = column(|_| true).prop_map(Condition::Has);
    prop_oneof![number, month, words, matching, has].prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::all),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::any),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

/// A figure of each unit, and how people type numbers of it.
fn figures() -> impl Strategy<Value = (&'static str, Unit)> {
    prop::sample::select(vec![
        ("params", Unit::Count),
        ("data_bytes", Unit::Bytes),
        ("compute_flop", Unit::Flop),
        ("cost_usd", Unit::Usd),
        ("energy_mwh", Unit::Mwh),
    ])
}

/// A model of one figure.
fn model(key: &str, figure: f64) -> Model<'static> {
    let figure = Some(Figure(figure));
    let mut model = Model::default();
    match key {
        "params" => model.params = figure,
        "data_bytes" => model.data_bytes = figure,
        "compute_flop" => model.compute_flop = figure,
        "cost_usd" => model.cost_usd = figure,
        "energy_mwh" => model.energy_mwh = figure,
        _ => unreachable!("no figure of these tests"),
    }
    model
}

fn holds(condition: &str, model: &Model<'_>) -> bool {
    let condition = condition.parse::<Condition>();
    let condition = condition.unwrap_or_else(|mistake| panic!("{mistake}"));
    condition.test(model).expect("a known figure")
}

/// Of less, equal and greater, one is true; the other comparisons follow from them.
fn compares(key: &str, bound: &str, model: &Model<'_>) -> Result<(), TestCaseError> {
    let is = |operator: &str| holds(&format!("{key}{operator}{bound}"), model);
    let (less, equal, greater) = (is("<"), is("="), is(">"));
    let held = [less, equal, greater];
    prop_assert_eq!(held.iter().filter(|held| **held).count(), 1, "{:?}", held);
    prop_assert_eq!(is("<="), less || equal);
    prop_assert_eq!(is(">="), greater || equal);
    prop_assert_eq!(is("!="), !equal);
    prop_assert_eq!(holds(&format!("{key} in ({bound})"), model), equal);
    prop_assert_eq!(holds(&format!("not {key} ne {bound}"), model), equal);
    Ok(())
}

proptest! {
    #[test]
    fn a_figure_is_less_than_a_number_or_equal_to_it_or_greater(
        (key, unit) in figures(),
        typed in number(),
        off in prop_oneof![Just(0.0), -1e-2f64..1e-2, -1f64..9.0],
    ) {
        prop_assume!(unit.parse(&typed).is_ok());
        let near = unit.parse(&typed).expect("a number") * (1.0 + off);
        prop_assume!(near > 0.0);
        compares(key, &typed, &model(key, near))?;
    }

    #[test]
    fn what_a_table_shows_finds_the_figure(
        (key, unit) in figures(),
        digits in 1.0f64..1000.0,
        scale in 0i32..6,
    ) {
        let figure = digits * 1000f64.powi(scale);
        let shown = unit.human(figure);
        let model = model(key, figure);
        let equal = format!("{key}={shown}");
        prop_assert!(holds(&equal, &model), "{} is shown as {}", figure, shown);
        let greater = format!("{key}>{shown}");
        prop_assert!(!holds(&greater, &model), "{}", greater);
        let exact = format!("{key}={}", ahm::model::figure::exact(figure));
        prop_assert!(holds(&exact, &model), "{}", exact);
    }

    #[test]
    fn a_month_is_before_a_period_or_in_it_or_after(
        month in (1998u16..2003, 1u8..=12),
        period in prop_oneof!["(199[89]|200[0-2])", "(199[89]|200[0-2])-(0[1-9]|1[0-2])(|-15)"],
    ) {
        let announced = format!("{}-{:02}", month.0, month.1).parse().expect("a month");
        let model = Model { announced: Some(announced), ..Model::default() };
        compares("announced", &period, &model)?;
    }

    #[test]
    fn a_mistake_steers_no_terminal(text in "[ -~\\PC\u{0}-\u{9f}\u{202e}\u{2066}]{0,30}", key in prop::bool::ANY) {
        let text = if key { format!("params={text}") } else { text };
        if let Err(mistake) = text.parse::<Condition>() {
            let mistake = mistake.to_string().replace('\n', "");
            prop_assert!(!mistake.contains(ahm::text::is_control), "{mistake:?}");
        }
    }

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
        ("cost>=$1M", "cost_usd >= 1.0e6"),
        ("tokens > 10 T and open", "tokens>10T and open"),
        ("tokens in (10 T, 2 trillion)", "tokens in (10T, 2T)"),
        ("compute > 310 M PF", "compute>310M PF"),
        ("tokens=1000B", "tokens=1T"),
        ("params>=0.0", "params>=0"),
        ("date=2021-06-15", "announced=2021-06"),
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
