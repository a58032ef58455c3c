//! The list as it is printed: under which of its own keys it prints what this catalog has.

use crate::model::{Key, Map};

/// The texts that hold a figure, and a part of each that shows it where other figures share the
/// text.
const FIGURES: [(Key, &[&str], &[&str]); 6] = [
    (Key::params, &["Params"], &[""]),
    (
        Key::tokens,
        &["Training Data", "Params"],
        &["token", "Token"],
    ),
    (Key::compute_flop, &["Training petaFLOPs"], &[""]),
    (
        Key::hardware,
        &["Training Time", "Training Cost"],
        &["hour", "day"],
    ),
    (Key::cost_usd, &["Training Cost"], &["$"]),
    (Key::energy_mwh, &["Training Power Consumption"], &[""]),
];

/// Whether an entry of the list prints a figure, so that a source of the figure says where the list
/// has it from. Other values with a source are additions to the list.
pub(crate) fn prints(listed: &Map, key: Key) -> bool {
    let figures = FIGURES.iter().filter(|(own, ..)| *own == key);
    let mut texts = figures.flat_map(|(_, texts, parts)| {
        let printed = texts.iter().filter_map(|text| listed.get(*text)?.as_str());
        printed.map(move |text| parts.iter().any(|part| text.contains(part)))
    });
    texts.any(|found| found)
}

/// Whether a paper that the list links counts as the source of a figure. What a run cost is often
/// printed after others.
pub(crate) fn is_of_paper(key: Key) -> bool {
    ![Key::compute_flop, Key::cost_usd, Key::energy_mwh].contains(&key)
}

/// The keys, misspelled ones too, under which the list prints what a column reads.
pub(crate) fn texts_of(key: &str) -> &'static [&'static str] {
    match key {
        "name" => &["name"],
        "organizations" => &["organization"],
        "announced" | "year" => &["date"],
        "access" => &["status"],
        "params" | "active_params" | "embedding_params" | "sizes" => &["Params"],
        "tokens" | "samples_count" | "samples_unit" | "data_bytes" | "dataset" | "languages" => {
            &["Training Data"]
        }
        "compute_flop" => &["Training petaFLOPs"],
        "hardware" => &["Training Time", "Training Cost"],
        "cost_usd" => &["Training Cost"],
        "energy_mwh" => &["Training Power Consumption"],
        "fields" => &["Field"],
        "architecture" => &["Architecture", "Achitecture", "Architecutre"],
        "objective" => &["Objective", "Obective"],
        "training_framework" => &["Training Framework"],
        "paper_title" => &["title"],
        "venue" => &["venue"],
        _ => &[],
    }
}
