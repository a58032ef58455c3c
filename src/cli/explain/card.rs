//! An explanation as a person reads it.

use crate::analysis::explanation::{Explanation, Print, estimate};
use crate::model::Note;
use crate::model::arxiv::ArxivId;
use crate::model::derivation::Derivation;
use crate::model::estimate::Estimate;
use crate::model::name::Folded;
use crate::model::physics::Interval;
use crate::model::quantity::three;
use crate::model::value::{Kind, Value};
use crate::model::way::Way;
use crate::output::{Card, Fact};

/// All that is known of one figure.
pub(super) fn whole(told: &Explanation<'_>) -> Card {
    let Explanation {
        of, column, key, ..
    } = told;
    let mut groups = Vec::new();
    if estimate(column).is_none() {
        let mut facts = vec![fact("Figure", figure(told))];
        facts.extend(claims(told));
        groups.push(facts);
    }
    groups.push(told.notes.iter().map(|own| note(own)).collect());
    for way in &told.derivations {
        groups.extend(derived(way, told));
    }
    if told.derivations.is_empty() && matches!(column.heading.kind, Kind::Quantity(_)) {
        let none = "not from other figures; no formula here leads to it";
        groups.push(vec![fact("Worked out", none.to_owned())]);
    }
    Card {
        title: format!("{} of {}", column.name(), of.name),
        subtitle: format!("{}: {}", key, column.meaning),
        groups,
    }
}

/// What is known of a figure, in a few lines.
pub(super) fn short(told: &Explanation<'_>) -> Vec<Fact> {
    let label = match told.column.name() {
        name if Folded::new(name).is(told.key) => name.to_owned(),
        name => format!("{name} ({})", told.key),
    };
    if let (Some(_), [way]) = (estimate(told.column), &told.derivations[..]) {
        return vec![fact(&label, brief(way))];
    }
    let mut facts = vec![fact(&label, figure(told))];
    facts.extend(claims(told));
    facts.extend(told.own_notes().map(note));
    let ways = told.derivations.iter();
    facts.extend(ways.map(|way| fact(way.estimate.key(), brief(way))));
    facts
}

fn figure(told: &Explanation<'_>) -> String {
    match (told.value.is_missing(), &told.correction) {
        (true, Some(_)) => "withdrawn".to_owned(),
        (true, None) => match told.of.withheld.meets(told.column.needs) {
            true => "not stated by the makers; left out by `--stated`".to_owned(),
            false => "not stated".to_owned(),
        },
        (false, _) => told.column.words_of(told.of),
    }
}

/// What the list, a correction and other sources say.
fn claims(told: &Explanation<'_>) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(told.own.as_ref().map(|own| fact("Given in", own.clone())));
    let mut print = told.listed.as_ref();
    while let Some(each) = print {
        facts.push(fact("Listed", printed(each)));
        print = each.again.as_deref();
    }
    if let Some(correction) = &told.correction {
        let before = told.of.uncorrected.as_deref().unwrap_or(told.of);
        let (old, new) = (told.column.words_of(before), told.column.words_of(told.of));
        let change = match (old.as_str(), new.as_str()) {
            ("", new) => format!("to {new}"),
            (old, "") => format!("{old} is withdrawn"),
            (old, new) => format!("{old} → {new}"),
        };
        facts.push(fact("Corrected", change));
        facts.push(fact("Why", correction.why.to_owned()));
        let kind = correction.kind.map(|kind| format!(" ({})", kind.word()));
        let kind = kind.unwrap_or_default();
        facts.push(fact("Source", format!("{}{kind}", correction.source)));
    }
    for source in &told.sources {
        let text = format!("{} ({})", source.url, source.kind.word());
        facts.push(fact("Source", text));
    }
    if told.kind == Some("listed") {
        let source = told.paper.map(|url| format!("listed, from {}", paper(url)));
        facts.push(fact(
            "Source",
            source.unwrap_or_else(|| "listed".to_owned()),
        ));
    }
    facts
}

/// A paper by its number on arXiv, or its address.
fn paper(url: &str) -> String {
    match ArxivId::parse(url) {
        Some(arxiv) => format!("arXiv {}", arxiv.id),
        None => url.to_owned(),
    }
}

/// What a reader of the figure must know.
pub(super) fn note(note: &Note<'_>) -> Fact {
    fact("Note", note.words())
}

fn printed(print: &Print) -> String {
    let texts = print.texts.iter().map(|(key, text)| match text.as_str() {
        Some(text) => format!("{key}: {text}"),
        None => format!("{key}: {text}"),
    });
    let texts: Vec<String> = texts.collect();
    let line = print
        .line
        .map_or_else(|| "no line".to_owned(), |line| format!("line {line}"));
    match texts.is_empty() {
        true => format!("{line}, which says nothing of it"),
        false => format!("{line}: {}", texts.join("; ")),
    }
}

/// One way to work a figure out: the result and the formula, then what goes into it.
fn derived(way: &Way, told: &Explanation<'_>) -> Vec<Vec<Fact>> {
    let key = way.estimate.key();
    let meaning = fact("Meaning", way.meaning().to_owned());
    let derivation = match &way.outcome {
        Ok(derivation) => derivation,
        Err(reason) => return vec![vec![fact(key, refused(reason)), meaning]],
    };
    let mut facts = vec![fact(key, result(way.estimate, derivation))];
    facts.extend(compared(way, told));
    facts.push(meaning);
    facts.push(fact("Formula", derivation.formula.to_owned()));
    facts.push(fact("In numbers", derivation.with_numbers()));
    let inputs = derivation.inputs.iter();
    let inputs = inputs.map(|input| {
        let text = format!("{} ({})", input.words(), told.origin(input));
        fact(input.name, text)
    });
    vec![facts, inputs.collect()]
}

/// One way in a line.
fn brief(way: &Way) -> String {
    match &way.outcome {
        Err(reason) => refused(reason),
        Ok(derivation) => {
            let amount = amount(way.estimate, derivation.result.mid);
            let against = way.ratio.map_or_else(String::new, |ratio| {
                format!(", {} the {} figure", times(ratio), way.whose)
            });
            format!("≈{amount} = {}{against}", derivation.with_numbers())
        }
    }
}

fn refused(reason: &str) -> String {
    format!("cannot be worked out: {reason}")
}

fn result(estimate: Estimate, derivation: &Derivation) -> String {
    let Interval { low, mid, high } = derivation.result;
    let amount = |value| amount(estimate, value);
    match low < high {
        true => format!("≈{}, from {} to {}", amount(mid), amount(low), amount(high)),
        false => format!("≈{}", amount(mid)),
    }
}

/// How the result stands to the figure that is stated, and to the one that was.
fn compared(way: &Way, told: &Explanation<'_>) -> Vec<Fact> {
    let Ok(derivation) = &way.outcome else {
        return Vec::new();
    };
    let Interval { low, mid, high } = derivation.result;
    let against = |value: &Value<'_>, whose: &str| {
        let stated = value.number()?;
        let bounds = match low < high {
            true if (low..=high).contains(&stated) => ", within the bounds",
            true => ", out of bounds",
            false => "",
        };
        let times = times(mid / stated);
        let stated = amount(way.estimate, stated);
        Some(fact(
            "Compared",
            format!("{times} the {whose} {stated}{bounds}"),
        ))
    };
    // Of an estimate's own column, the figure is elsewhere.
    let stated = match way.estimate.stated() {
        Some(key) if key != told.key => way.ratio.map(|ratio| Value::Number(mid / ratio)),
        Some(_) => Some(told.value.clone()),
        None => None,
    };
    let listed = told
        .correction
        .as_ref()
        .map(|correction| &correction.listed);
    let listed = listed.filter(|_| way.estimate.stated().is_some());
    let stated = stated.and_then(|value| against(&value, way.whose));
    let listed = listed.and_then(|value| against(value, "listed"));
    stated.into_iter().chain(listed).collect()
}

fn times(ratio: f64) -> String {
    match three(ratio).as_str() {
        "1" => "about the same as".to_owned(),
        ratio => format!("{ratio} times"),
    }
}

/// A figure with its unit.
fn amount(estimate: Estimate, value: f64) -> String {
    let unit = estimate.unit();
    let text = format!("{} {}", unit.human(value), unit.name());
    text.trim_end().to_owned()
}

fn fact(label: &str, value: String) -> Fact {
    Fact {
        label: label.to_owned(),
        value,
    }
}
