//! The catalog's own rules.

use std::collections::{BTreeMap, BTreeSet};

use ahm::model::name::NormalizedName;
use ahm::model::{Key, Model};
use regex::Regex;
use serde_json::{Map, Value};

/// Figures that the list prints and that no number of the entry holds, each with the reason.
const NOT_A_NUMBER_OF_ITS_OWN: &[(&str, &str, &str)] = &[
    (
        "bloom",
        "4",
        "months have no fixed number of days; the hours are stated",
    ),
    ("gpt-3", "95", "years of the same hours, rounded"),
    ("llama", "80G", "the memory that names the chip"),
    ("bloom", "80G", "the memory that names the chip"),
    ("glm-130b", "40G", "the memory that names the chip"),
    ("opt", "80G", "the memory that names the chip"),
];

const SECTIONS: &[&str] = &[
    "language",
    "vision",
    "reinforcement-learning",
    "speech",
    "science",
    "other",
];
const FIELDS: &[&str] = &[
    "language",
    "dialogue",
    "vision",
    "vision-language",
    "image-generation",
    "text-to-image",
    "code-generation",
    "image",
    "video",
    "speech",
    "reinforcement-learning",
    "biology",
    "video-generation",
    "world-model",
    "segmentation",
    "robotics",
    "vision-language-action",
    "games",
    "mathematics",
    "text-to-speech",
    "audio-language",
    "music-generation",
    "weather",
    "genomics",
    "protein",
    "materials",
    "medicine",
    "3d",
    "audio-generation",
    "graphs",
    "optimization",
    "recommendation",
    "representation-learning",
    "search",
    "tabular",
];
const ARCHITECTURES: &[&str] = &[
    "decoder",
    "encoder",
    "encoder-decoder",
    "moe",
    "transformer",
    "convolution",
    "diffusion",
    "gan",
    "dvae",
    "m6",
    "ssm",
    "linear-attention",
    "sparse-attention",
    "gnn",
];
const OBJECTIVES: &[&str] = &[
    "mlm",
    "ltr",
    "nsp",
    "plm",
    "ic",
    "cmcl",
    "mae",
    "swav",
    "supervised",
    "weakly-supervised",
];
const NOTABILITY: &[&str] = &[
    "sota",
    "highly-cited",
    "historical",
    "training-cost",
    "significant-use",
    "discretionary",
];
/// What the samples of a model are.
const UNITS: &[&str] = &[
    "images",
    "words",
    "hours",
    "text-image pairs",
    "text-video pairs",
    "samples",
    "episodes",
    "video clips",
    "videos",
    "frames",
    "positions",
    "action values",
    "steps",
    "tasks",
    "trajectories",
    "materials",
    "protein sequences",
    "proteins",
    "multiple sequence alignments",
    "residues",
    "base pairs",
    "conversations",
    "web pages",
    "books",
    "pairs",
    "signature pairs",
    "synthetic theorems",
    "time series",
    "graphs",
];
const PRECISIONS: &[&str] = &["FP32", "TF32", "FP16", "BF16", "FP8", "NVFP4"];
const ORGANIZATION_KINDS: &[&str] = &["industry", "academia", "government", "collective"];
const TERM_KINDS: &[&str] = &[
    "architecture",
    "objective",
    "field",
    "unit",
    "key",
    "notability",
    "license",
    "organization",
    "country",
    "confidence",
    "source",
];
const FRAMEWORK_KEYS: &[&str] = &[
    "id",
    "name",
    "aliases",
    "section",
    "organizations",
    "announced",
    "access",
    "distributed",
    "embedding_params",
    "paper",
    "links",
    "listed",
    "corrections",
    "notes",
];
const CHIP_KEYS: &[&str] = &[
    "chip",
    "maker",
    "released",
    "aliases",
    "chips_per_device",
    "cores_per_chip",
    "peak_flops",
    "tdp_w",
    "memory_bytes",
    "prices",
    "source",
];
const ORGANIZATION_KEYS: &[&str] = &["name", "aliases", "hosts", "country", "kind"];
const TERM_KEYS: &[&str] = &["term", "aliases", "kind", "meaning", "see", "source"];
const PAPER_KEYS: &[&str] = &["title", "authors", "venue", "year", "url"];
const SOURCE_KEYS: &[&str] = &["keys", "url", "kind", "confidence", "row", "snapshot"];
/// The page of the tables that rows are of: it alone says no figure.
const TABLES: &str = "https://epoch.ai/data/ai-models";
/// Figures and facts that the list never prints.
const NOT_LISTED: &[&str] = &[
    "license",
    "epochs",
    "context",
    "base_model",
    "finetune_flop",
    "utilization_stated",
    "precision",
    "batch_tokens",
    "cost_2023_usd",
    "power_w",
    "notability",
];
const PRICE_KEYS: &[&str] = &["usd_per_hour", "per", "date", "source"];
/// Who makes chips, in the order of the section.
const CHIP_MAKERS: [&str; 6] = ["Google", "NVIDIA", "AMD", "Amazon", "Huawei", "Cerebras"];
/// The address of the list, with which the sources of its prices begin.
const LIST: &str = "https://github.com/zhengzangw/awesome-huge-models";
/// Keys that say what an entry is or how it came about: nothing of it can be corrected.
const NEVER_CORRECTED: &[&str] = &["id", "listed", "corrections", "notes", "sources"];

fn catalog() -> Map<String, Value> {
    serde_json::from_str(include_str!("../catalog.json")).expect("JSON")
}

fn entries(section: &str) -> Vec<Map<String, Value>> {
    let catalog = catalog();
    let list = catalog[section].as_array().expect("a list");
    let object = |entry: &Value| entry.as_object().expect("an object").clone();
    list.iter().map(object).collect()
}

/// The models that the list has.
fn listed() -> Vec<Map<String, Value>> {
    let mut models = entries("models");
    models.retain(|model| model.contains_key("listed"));
    models
}

/// The entries of a section twice: with the list's own values and with the corrected ones.
fn both_readings(section: &str) -> Vec<Map<String, Value>> {
    let listed = entries(section);
    let corrected = listed.iter().cloned().map(|mut entry| {
        for correction in objects(&entry.clone(), "corrections") {
            let key = text(&correction, "key");
            match correction.get("value") {
                Some(value) => entry.insert(key.to_owned(), value.clone()),
                None => entry.remove(key),
            };
        }
        entry
    });
    corrected.chain(listed.iter().cloned()).collect()
}

/// The objects of a list, none where there is no list.
fn objects(entry: &Map<String, Value>, key: &str) -> Vec<Map<String, Value>> {
    let list = entry.get(key).and_then(Value::as_array);
    let object = |value: &Value| value.as_object().expect("an object").clone();
    list.into_iter().flatten().map(object).collect()
}

fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && !text.contains(char::is_whitespace)
}

fn text<'e>(entry: &'e Map<String, Value>, key: &str) -> &'e str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn words<'e>(entry: &'e Map<String, Value>, key: &str) -> Vec<&'e str> {
    let list = entry.get(key).and_then(Value::as_array);
    let list = list.into_iter().flatten();
    list.map(|word| word.as_str().expect("a text")).collect()
}

/// Every value inside another, itself first.
fn inside(value: &Value) -> Vec<&Value> {
    let within: Vec<&Value> = match value {
        Value::Array(list) => list.iter().flat_map(inside).collect(),
        Value::Object(map) => map.values().flat_map(inside).collect(),
        _ => Vec::new(),
    };
    [vec![value], within].concat()
}

#[test]
fn nothing_of_the_list_is_left_out() {
    assert_eq!(listed().len(), 84);
    assert_eq!(entries("surveys").len(), 5);
    let mut sections = BTreeMap::new();
    for framework in entries("frameworks") {
        *sections
            .entry(text(&framework, "section").to_owned())
            .or_insert(0) += 1;
    }
    let expected = [
        ("inference", 11),
        ("other", 4),
        ("pytorch", 6),
        ("recommendation", 9),
        ("xla", 9),
    ];
    let expected = expected.map(|(section, count)| (section.to_owned(), count));
    assert_eq!(sections, BTreeMap::from(expected));
    let distributed = entries("frameworks");
    let distributed = distributed.iter().filter(|f| f.contains_key("distributed"));
    let distributed: Vec<&str> = distributed.map(|f| text(f, "name")).collect();
    let expected = [
        "PyTorch",
        "JAX",
        "TensorFlow",
        "OneFlow",
        "MindSpore",
        "PaddlePaddle",
    ];
    assert_eq!(distributed, expected);
    let mut listed = Vec::new();
    for chip in entries("chips") {
        let mut prices = objects(&chip, "prices");
        prices.retain(|price| text(price, "source").starts_with(LIST));
        listed.extend(prices.iter().map(|price| {
            let usd = price["usd_per_hour"].as_f64().expect("a price");
            let [per, date] = ["per", "date"].map(|key| text(price, key));
            format!("{}: {usd} {per} {date}", text(&chip, "chip"))
        }));
    }
    let expected = [
        "TPUv2: 4.5 device ",
        "TPUv3: 8 device ",
        "V100: 0.55 chip 2022",
        "A100: 1.1 chip 2022",
    ];
    assert_eq!(listed, expected);
    for term in [
        "En", "De", "En-De", "MoE", "MLM", "LTR", "NSP", "PLM", "IC", "VLM", "CMCL",
    ] {
        let explained = |t: &Map<String, Value>| words(t, "aliases").contains(&term);
        assert!(entries("terms").iter().any(explained), "{term}");
    }
}

#[test]
fn ids_are_unique_slugs_and_names_mean_one_model() {
    let slug = Regex::new("^[a-z0-9]+(-[a-z0-9]+)*$").expect("a pattern");
    for section in ["models", "frameworks"] {
        let (mut ids, mut names) = (BTreeSet::new(), BTreeMap::new());
        for entry in entries(section) {
            let id = text(&entry, "id").to_owned();
            assert!(slug.is_match(&id), "{id}");
            assert!(ids.insert(id.clone()), "duplicate id {id}");
            let own = [text(&entry, "id"), text(&entry, "name")];
            for name in own.into_iter().chain(words(&entry, "aliases")) {
                let owner = names
                    .entry(NormalizedName::new(name))
                    .or_insert_with(|| id.clone());
                assert_eq!(*owner, id, "`{name}` names two");
            }
        }
    }
}

#[test]
fn keys_are_known_and_nothing_is_empty() {
    let model_keys: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    for (section, name, keys) in [
        ("models", "id", &model_keys[..]),
        ("frameworks", "id", FRAMEWORK_KEYS),
        ("chips", "chip", CHIP_KEYS),
        ("organizations", "name", ORGANIZATION_KEYS),
        ("terms", "term", TERM_KEYS),
    ] {
        for entry in entries(section) {
            let id = text(&entry, name);
            let order = |key: &String| keys.iter().position(|known| known == key);
            let places: Option<Vec<usize>> = entry.keys().map(order).collect();
            let places = places.unwrap_or_else(|| panic!("{id} has an unknown key"));
            assert!(places.is_sorted(), "{id}: keys are out of order");
            for value in entry.values().flat_map(inside) {
                let empty = match value {
                    Value::Null => true,
                    Value::String(text) => text.trim().is_empty(),
                    Value::Array(list) => list.is_empty(),
                    Value::Object(map) => map.is_empty(),
                    Value::Number(number) => number.as_f64() <= Some(0.0),
                    Value::Bool(_) => false,
                };
                assert!(!empty, "{id} has an empty value: absent means unknown");
            }
        }
    }
}

#[test]
fn a_catalog_says_what_it_is_and_whom_it_owes() {
    let about = catalog()["about"].as_object().expect("an object").clone();
    let keys: Vec<&str> = about.keys().map(String::as_str).collect();
    assert_eq!(keys, ["title", "updated", "origin", "credits"]);
    let origin = about["origin"].as_object().expect("an object").clone();
    assert!(!text(&origin, "commit").is_empty());
    let credits = objects(&about, "credits");
    assert!(!credits.is_empty());
    for credit in std::iter::once(&origin).chain(&credits) {
        let known = ["name", "url", "commit", "license"];
        assert!(credit.keys().all(|key| known.contains(&key.as_str())));
        assert!(is_address(text(credit, "url")), "{credit:?}");
        for key in ["name", "license"] {
            assert!(!text(credit, key).is_empty(), "{credit:?}");
        }
    }
}

#[test]
fn keys_inside_of_links_and_of_frameworks_are_known() {
    for model in both_readings("models") {
        for link in model.get("links").into_iter().filter_map(Value::as_object) {
            let known = |key: &String| ["code", "weights", "home"].contains(&&**key);
            assert!(link.keys().all(known), "{}", text(&model, "id"));
        }
        let paper = model.get("paper").and_then(Value::as_object).cloned();
        let parts = paper.map(|paper| ("paper", PAPER_KEYS, paper)).into_iter();
        let sources = objects(&model, "sources").into_iter();
        let sources = sources.map(|source| ("source", SOURCE_KEYS, source));
        for (name, keys, part) in parts.chain(sources) {
            let order = |key: &String| keys.iter().position(|known| known == key);
            let places: Option<Vec<usize>> = part.keys().map(order).collect();
            let id = text(&model, "id");
            let places = places.unwrap_or_else(|| panic!("{id}: a {name} has an unknown key"));
            assert!(places.is_sorted(), "{id}: {name}: keys are out of order");
        }
    }
    for entry in entries("frameworks") {
        for (key, known) in [
            (
                "corrections",
                &["key", "value", "why", "source", "kind"][..],
            ),
            ("notes", &["text", "source", "keys"]),
        ] {
            for part in objects(&entry, key).iter().flat_map(Map::keys) {
                let id = text(&entry, "id");
                assert!(known.contains(&part.as_str()), "{id}: {key}.{part}");
            }
        }
    }
}

#[test]
fn corrections_change_a_key_to_what_it_can_hold() {
    let model_keys: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    for (section, keys) in [("models", &model_keys[..]), ("frameworks", FRAMEWORK_KEYS)] {
        for entry in entries(section) {
            let (id, mut corrected) = (text(&entry, "id"), BTreeSet::new());
            for correction in objects(&entry, "corrections") {
                let name = text(&correction, "key");
                let known = keys.contains(&name) && !NEVER_CORRECTED.contains(&name);
                assert!(known, "{id}: `{name}` is no key to correct");
                assert!(
                    corrected.insert(name.to_owned()),
                    "{id}: duplicate correction of {name}"
                );
                let value = correction.get("value");
                assert!(
                    !same(entry.get(name), value),
                    "{id}: {name} is the listed one"
                );
                if let Some(value) = value {
                    let key = Key::ALL.iter().find(|key| key.name() == name);
                    let key = key.unwrap_or_else(|| panic!("{id}: {name} has no type"));
                    let json = value.to_string();
                    let read = Model::check(*key, &json);
                    read.unwrap_or_else(|error| panic!("{id}: {name}: {error}"));
                }
            }
        }
    }
}

/// Whether two values, or the lack of them, say the same.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    one == other || number(one).is_some() && number(one) == number(other)
}

#[test]
fn corrections_and_notes_say_why_and_where() {
    for entry in [entries("models"), entries("frameworks")].concat() {
        let id = text(&entry, "id");
        for (key, says) in [("corrections", "why"), ("notes", "text")] {
            for one in objects(&entry, key) {
                let words = text(&one, says);
                assert!(!words.is_empty(), "{id}: {key} without `{says}`");
                assert!(words.chars().count() <= 200, "{id}: {words}");
                let source = text(&one, "source");
                assert!(is_address(source), "{id}: {key}: `{source}`");
            }
        }
    }
}

#[test]
fn listed_costs_energies_and_computes_say_who_states_them() {
    let mut judged = 0;
    for model in listed() {
        let id = text(&model, "id");
        for key in ["cost_usd", "energy_mwh", "compute_flop"] {
            let corrections = objects(&model, "corrections");
            let corrected = corrections.iter().filter(|own| text(own, "key") == key);
            let sources = objects(&model, "sources");
            let sources = sources.iter().filter(|s| words(s, "keys").contains(&key));
            let count = corrected.count() + sources.count();
            let expected = usize::from(model.contains_key(key));
            assert_eq!(count, expected, "{id}: {key}");
            judged += expected;
        }
    }
    assert_eq!(judged, 73);
}

#[test]
fn epochs_have_a_source() {
    // The list prints none.
    for model in entries("models") {
        let sources = objects(&model, "sources");
        let cited = sources.iter().any(|s| words(s, "keys").contains(&"epochs"));
        assert_eq!(
            model.contains_key("epochs"),
            cited,
            "{}",
            text(&model, "id")
        );
    }
}

#[test]
fn chips_are_plausible_and_sourced() {
    for chip in entries("chips") {
        let name = text(&chip, "chip");
        assert!(!name.is_empty(), "{chip:?}");
        let number = |key: &str| {
            let number = |value: &Value| value.as_f64().expect("a number");
            chip.get(key).map(number)
        };
        // Its operations are on integers alone.
        let has_peak = chip.contains_key("peak_flops");
        assert_eq!(has_peak, name != "TPUv1", "{name}");
        for (key, plausible) in [
            ("peak_flops", 5e11..=1e16),
            ("tdp_w", 50.0..=2000.0),
            ("memory_bytes", 5e8..=1e12),
        ] {
            let number = number(key);
            assert!(
                number.is_none_or(|n| plausible.contains(&n)),
                "{name}: {key}"
            );
        }
        assert!(is_address(text(&chip, "source")), "{name}");
        let released = text(&chip, "released");
        assert!(
            released.is_empty() || released.len() == 7,
            "{name}: {released}"
        );
    }
}

#[test]
fn prices_of_chips_are_dated_sourced_and_in_order() {
    let date = Regex::new(r"^20\d\d(-(0[1-9]|1[0-2]))?$").expect("a pattern");
    for chip in entries("chips") {
        let name = text(&chip, "chip");
        let mut last = "";
        let prices = objects(&chip, "prices");
        for price in &prices {
            let order = |key: &String| PRICE_KEYS.iter().position(|known| known == key);
            let places: Option<Vec<usize>> = price.keys().map(order).collect();
            assert!(places.is_some_and(|places| places.is_sorted()), "{name}");
            let usd = price["usd_per_hour"].as_f64().expect("a price");
            assert!((0.02..=100.0).contains(&usd), "{name}: {usd}");
            let is_sized = chip.contains_key("chips_per_device");
            match text(price, "per") {
                "chip" => {}
                "device" => assert!(is_sized, "{name}: a device of how many?"),
                per => panic!("{name}: per {per}"),
            }
            assert!(is_address(text(price, "source")), "{name}");
            // The list dates two of its four prices.
            let when = text(price, "date");
            let is_listed = text(price, "source").starts_with(LIST);
            assert!(
                date.is_match(when) || (is_listed && when.is_empty()),
                "{name}: {when}"
            );
            assert!(when.len() == 7 || is_listed, "{name}: {when}");
            assert!(last <= when, "{name}: {when} after {last}");
            last = when;
        }
    }
}

#[test]
fn chips_are_ordered_by_maker() {
    let makers = entries("chips");
    let order = |chip: &Map<String, Value>| {
        let maker = CHIP_MAKERS
            .iter()
            .position(|maker| *maker == text(chip, "maker"));
        maker.unwrap_or_else(|| panic!("{} is by {}", text(chip, "chip"), text(chip, "maker")))
    };
    assert!(makers.iter().map(order).is_sorted());
}

#[test]
fn a_chips_name_means_one_chip_and_every_run_names_one() {
    let mut names = BTreeSet::new();
    for chip in entries("chips") {
        let own = [text(&chip, "chip")];
        for name in own.into_iter().chain(words(&chip, "aliases")) {
            assert!(
                names.insert(NormalizedName::new(name)),
                "duplicate name `{name}`"
            );
        }
    }
    let mut runs = 0;
    for model in entries("models") {
        let hardware = model.get("hardware").and_then(Value::as_array);
        for run in hardware.into_iter().flatten() {
            if let Some(chip) = run.get("chip") {
                let chip = chip.as_str().expect("a text");
                let id = text(&model, "id");
                assert!(names.contains(&NormalizedName::new(chip)), "{id}: `{chip}`");
                runs += 1;
            }
        }
    }
    assert!(runs >= 12, "only {runs} runs name a chip");
}

#[test]
fn dates_and_access_are_those_that_are_printed() {
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    for entry in [listed(), entries("frameworks")].concat() {
        let id = text(&entry, "id");
        let listed = entry["listed"].as_object().expect("an entry");
        let (month, year) = text(listed, "date")
            .split_once(' ')
            .expect("a month and a year");
        let month = months
            .iter()
            .position(|name| month.starts_with(name))
            .expect("a month");
        assert_eq!(
            text(&entry, "announced"),
            format!("{year}-{:02}", month + 1),
            "{id}"
        );
        let access = match text(listed, "status") {
            "open" | "</>" => "open",
            "close" => "closed",
            _ => "",
        };
        assert_eq!(text(&entry, "access"), access, "{id}");
    }
}

#[test]
fn the_newest_of_a_section_stands_first() {
    // The list prints it among the entries of a year before, where its paper belongs.
    let models = entries("models");
    let models = models
        .iter()
        .filter(|model| text(model, "id") != "ernie-vilg");
    let models: Vec<(&str, &str)> = models
        .map(|model| (words(model, "sections")[0], text(model, "announced")))
        .collect();
    for pair in models.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].1 >= pair[1].1, "{pair:?}");
    }
}

#[test]
fn vocabularies_are_closed() {
    let organizations: BTreeSet<String> = ["models", "frameworks"]
        .into_iter()
        .flat_map(both_readings)
        .flat_map(|e| {
            words(&e, "organizations")
                .iter()
                .map(|o| o.to_string())
                .collect::<Vec<_>>()
        })
        .collect();
    let folded: BTreeSet<NormalizedName> = organizations
        .iter()
        .map(|o| NormalizedName::new(o))
        .collect();
    assert_eq!(folded.len(), organizations.len(), "one spelling each");
    let frameworks = entries("frameworks");
    let frameworks: Vec<&str> = frameworks.iter().map(|f| text(f, "name")).collect();
    for model in both_readings("models") {
        let id = text(&model, "id");
        for (key, vocabulary) in [
            ("sections", SECTIONS),
            ("fields", FIELDS),
            ("architecture", ARCHITECTURES),
            ("objective", OBJECTIVES),
            ("training_framework", &frameworks[..]),
            ("notability", NOTABILITY),
        ] {
            for word in words(&model, key) {
                assert!(vocabulary.contains(&word), "{id}: {key} `{word}`");
            }
        }
        for key in ["sections", "fields", "organizations"] {
            assert!(!words(&model, key).is_empty(), "{id}: {key}");
        }
        let unit = model.get("samples").map(|samples| &samples["unit"]);
        let unit = unit.map(|unit| unit.as_str().expect("a text"));
        assert!(
            unit.is_none_or(|unit| UNITS.contains(&unit)),
            "{id}: {unit:?}"
        );
        let precision = text(&model, "precision");
        let is_known = precision.is_empty() || PRECISIONS.contains(&precision);
        assert!(is_known, "{id}: `{precision}`");
        assert!(
            ["", "open", "closed"].contains(&text(&model, "access")),
            "{id}"
        );
    }
    for term in entries("terms") {
        let kind = text(&term, "kind");
        assert!(
            TERM_KINDS.contains(&kind),
            "{}: {kind}",
            text(&term, "term")
        );
    }
    let mut spellings = BTreeSet::new();
    let mut known = BTreeSet::new();
    for organization in entries("organizations") {
        let name = text(&organization, "name");
        assert!(organizations.contains(name), "nothing is by {name}");
        assert!(known.insert(name.to_owned()), "{name} twice");
        for alias in words(&organization, "aliases") {
            let alias = NormalizedName::new(alias);
            assert!(!folded.contains(&alias), "{name}: `{alias:?}` is a name");
            assert!(spellings.insert(alias), "{name}: an alias of two");
        }
        let kind = text(&organization, "kind");
        let is_known = kind.is_empty() || ORGANIZATION_KINDS.contains(&kind);
        assert!(is_known, "{name}: {kind}");
    }
    // What the list calls an organization and is none.
    let corrected: BTreeSet<&str> = ["Personal", "Vicuna"].into();
    let missing = organizations.iter().filter(|name| !known.contains(*name));
    let missing: BTreeSet<&str> = missing.map(String::as_str).collect();
    assert_eq!(missing, corrected, "organizations without an entry");
}

#[test]
fn months_and_links_are_well_formed() {
    let month = Regex::new("^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$").expect("a pattern");
    for entry in [both_readings("models"), both_readings("frameworks")].concat() {
        let id = text(&entry, "id");
        assert!(month.is_match(text(&entry, "announced")), "{id}");
        let links = entry.get("links").and_then(Value::as_object);
        let links = links.into_iter().flat_map(Map::values);
        let paper = entry.get("paper").and_then(|paper| paper.get("url"));
        let sources = entry.get("sources").and_then(Value::as_array);
        let sources = sources.into_iter().flatten().map(|source| &source["url"]);
        for link in links.chain(paper).chain(sources) {
            let link = link.as_str().expect("a text");
            assert!(is_address(link), "{id}: {link}");
        }
    }
}

#[test]
fn every_figure_that_is_printed_is_held() {
    let printed = Regex::new(r"([0-9][0-9,]*(?:\.[0-9]+)?)( ?[A-Za-z]*)").expect("a pattern");
    let (mut figures, mut reasons) = (0, BTreeSet::new());
    for model in listed() {
        let id = text(&model, "id");
        let listed = model["listed"].as_object().expect("an entry");
        let again = listed.get("again").and_then(Value::as_object);
        let keys = listed.iter().chain(again.into_iter().flatten());
        for (key, raw) in keys.filter(|(key, _)| key.starts_with(char::is_uppercase)) {
            let raw = raw.as_str().expect("a text");
            for figure in printed.captures_iter(raw) {
                let start = figure.get(0).map_or(0, |figure| figure.start());
                if raw[..start].ends_with(|c: char| c.is_alphanumeric()) {
                    continue; // part of a word: A100, T5x, v3
                }
                figures += 1;
                let number: f64 = figure[1].replace(',', "").parse().expect("digits");
                let value = number * scale(figure[2].trim(), key);
                let close = |own: &f64| (own - value).abs() <= value * 1e-9;
                if held(&model, key).iter().any(close) || kept_as_text(&model, &figure[1]) {
                    continue;
                }
                let reason = NOT_A_NUMBER_OF_ITS_OWN
                    .iter()
                    .find(|(owner, figure, _)| *owner == id && raw[start..].starts_with(figure));
                let reason =
                    reason.unwrap_or_else(|| panic!("{id}: `{}` of `{key}: {raw}`", &figure[0]));
                reasons.insert(*reason);
            }
        }
    }
    assert!(figures > 180, "only {figures} figures were looked at");
    let stale = NOT_A_NUMBER_OF_ITS_OWN
        .iter()
        .filter(|r| !reasons.contains(r));
    assert_eq!(stale.count(), 0, "a reason explains nothing");
}

/// The numbers of an entry that a key of the list may print, in every unit that it prints them in.
fn held(model: &Map<String, Value>, listed: &str) -> Vec<f64> {
    let keys: &[&str] = match listed {
        "Params" => &["params", "sizes"],
        "Training Data" => &["tokens", "samples", "data_bytes"],
        "Training Time" => &["hardware"],
        "Training Cost" => &["cost_usd", "hardware"],
        "Training petaFLOPs" => &["compute_flop"],
        "Training Power Consumption" => &["energy_mwh"],
        _ => &[],
    };
    // UL2 alone prints its tokens beside its parameters.
    let keys = match text(model, "id") {
        "ul2" if listed == "Params" => &["params", "tokens"],
        _ => keys,
    };
    let values = keys.iter().filter_map(|key| model.get(*key));
    let numbers = values.flat_map(inside).filter_map(Value::as_f64);
    let mut numbers: Vec<f64> = numbers.collect();
    if keys.contains(&"hardware") {
        // Hours may be printed as days or as years.
        let hours = numbers.clone();
        numbers.extend(
            hours
                .iter()
                .flat_map(|hours| [hours / 24.0, hours / 24.0 / 365.0]),
        );
    }
    numbers
}

/// Details and the data set's name hold some figures as text.
fn kept_as_text(model: &Map<String, Value>, figure: &str) -> bool {
    let texts = [model.get("details"), model.get("dataset")];
    let mut texts = texts.into_iter().flatten().flat_map(inside);
    texts.any(|text| text.as_str().is_some_and(|text| text.contains(figure)))
}

/// The factor that a suffix stands for under a key of the list.
fn scale(suffix: &str, key: &str) -> f64 {
    let peta = if key.contains("petaFLOPs") { 1e15 } else { 1.0 };
    peta * match suffix {
        "K" | "k" => 1e3,
        "M" => 1e6,
        "B" | "G" | "GB" => 1e9,
        "T" | "t" | "TB" => 1e12,
        "GiB" => 1024.0f64.powi(3),
        _ => 1.0,
    }
}

#[test]
fn figures_that_the_list_has_not_say_where_they_come_from() {
    let sourced = [
        "announced",
        "access",
        "license",
        "params",
        "active_params",
        "embedding_params",
        "sizes",
        "tokens",
        "epochs",
        "samples",
        "data_bytes",
        "dataset",
        "languages",
        "compute_flop",
        "hardware",
        "cost_usd",
        "energy_mwh",
        "architecture",
        "objective",
    ];
    let sourced = [&sourced[..], NOT_LISTED].concat();
    let models = entries("models");
    let later = models.iter().filter(|model| !model.contains_key("listed"));
    for model in later {
        let id = text(model, "id");
        let mut cited: Vec<String> = Vec::new();
        for source in objects(model, "sources") {
            assert!(is_address(text(&source, "url")), "{id}");
            cited.extend(words(&source, "keys").into_iter().map(str::to_owned));
        }
        for key in &cited {
            assert!(model.contains_key(key), "{id}: a source for no {key}");
            let count = cited.iter().filter(|own| *own == key).count();
            assert_eq!(count, 1, "{id}: {key} has {count} sources");
        }
        for key in sourced.iter().filter(|key| model.contains_key(**key)) {
            assert!(
                cited.iter().any(|own| own == key),
                "{id}: {key} has no source"
            );
        }
    }
}

#[test]
fn sources_say_who_and_where() {
    let snapshot = Regex::new("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$").expect("a pattern");
    let bare = Regex::new("^https?://[^/]+/?$").expect("a pattern");
    let mut confident = 0;
    for model in entries("models") {
        let id = text(&model, "id");
        for source in objects(&model, "sources") {
            let (url, kind) = (text(&source, "url"), text(&source, "kind"));
            let is_kind = ["stated", "third-party", "derived"].contains(&kind);
            assert!(is_kind, "{id}: {url}: `{kind}`");
            // A page that every entry could name says nothing of this one.
            assert!(!bare.is_match(url), "{id}: {url} is a front page");
            assert!(!url.contains("/pull/"), "{id}: {url} is a proposal");
            let keys = words(&source, "keys");
            let is_printed = |key: &&str| model.contains_key("listed") && !NOT_LISTED.contains(key);
            let is_row = source.contains_key("row") || keys.iter().all(is_printed);
            assert!(url != TABLES || is_row, "{id}: which row has {keys:?}?");
            let has_snapshot = snapshot.is_match(text(&source, "snapshot"));
            assert_eq!(source.contains_key("row"), has_snapshot, "{id}: {source:?}");
            let confidence = text(&source, "confidence");
            let is_known = ["", "confident", "likely", "speculative"].contains(&confidence);
            assert!(is_known, "{id}: `{confidence}`");
            // The makers and arithmetic are as sure as they are.
            assert!(
                confidence.is_empty() || kind == "third-party",
                "{id}: {url}"
            );
            confident += usize::from(!confidence.is_empty());
        }
    }
    assert!(
        confident >= 800,
        "only {confident} sources say how sure they are"
    );
}

#[test]
fn what_the_list_does_not_print_says_where_it_comes_from() {
    for model in listed() {
        let sources = objects(&model, "sources");
        let cited: Vec<&str> = sources.iter().flat_map(|s| words(s, "keys")).collect();
        for key in NOT_LISTED.iter().filter(|key| model.contains_key(**key)) {
            assert!(
                cited.contains(key),
                "{}: {key} has no source",
                text(&model, "id")
            );
        }
    }
}

#[test]
fn a_base_model_is_the_entry_of_that_name() {
    let mut names = BTreeMap::new();
    for model in entries("models") {
        let id = text(&model, "id");
        for name in [id, text(&model, "name")]
            .into_iter()
            .chain(words(&model, "aliases"))
        {
            names.insert(NormalizedName::new(name), id.to_owned());
        }
    }
    let mut bases = 0;
    for model in entries("models")
        .iter()
        .filter(|m| m.contains_key("base_model"))
    {
        let (id, base) = (text(model, "id"), text(model, "base_model"));
        let known = names.get(&NormalizedName::new(base)).map(String::as_str);
        assert!(
            known.is_none_or(|known| known == base),
            "{id}: {base} is {known:?}"
        );
        assert_ne!(id, base);
        let is_slug = base
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(
            known.is_some() || !is_slug,
            "{id}: no model has the id {base}"
        );
        bases += usize::from(known.is_some());
    }
    assert!(bases >= 60, "only {bases} base models are entries");
}

#[test]
fn papers_have_at_most_twenty_five_authors_and_the_year_of_their_venue() {
    let venue_year = Regex::new("'([0-9]{2})").expect("a pattern");
    for model in both_readings("models") {
        let id = text(&model, "id");
        let Some(paper) = model.get("paper").and_then(Value::as_object) else {
            continue;
        };
        let authors = words(paper, "authors");
        assert!(authors.len() <= 26, "{id}: {} authors", authors.len());
        let others = authors.iter().position(|name| *name == "others");
        assert!(
            others.is_none_or(|at| at + 1 == authors.len()),
            "{id}: others"
        );
        let Some(year) = paper.get("year").and_then(Value::as_f64) else {
            continue;
        };
        assert!((1943.0..2030.0).contains(&year), "{id}: {year}");
        if let Some(short) = venue_year.captures(text(paper, "venue")) {
            let is_same = format!("{year}").ends_with(&short[1]);
            assert!(is_same, "{id}: {year}, {}", text(paper, "venue"));
        }
    }
}
