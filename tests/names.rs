//! Which models names mean: over the embedded catalog and over generated ones.

use std::collections::BTreeMap;
use std::io::Write;

use ahm::catalog::Catalog;
use ahm::catalog::names::{Named, Nameless};
use ahm::catalog::record_reader::View;
use ahm::catalog::source::Source;
use ahm::model::Keys;
use ahm::model::name::Words;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A model as its catalog has it.
type Entry = Map<String, Value>;

fn text<'e>(entry: &'e Entry, key: &str) -> &'e str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn aliases(entry: &Entry) -> Vec<&str> {
    let aliases = entry.get("aliases").and_then(Value::as_array);
    let aliases = aliases.into_iter().flatten();
    aliases.filter_map(Value::as_str).collect()
}

fn name_and_aliases(entry: &Entry) -> Vec<&str> {
    std::iter::once(text(entry, "name"))
        .chain(aliases(entry))
        .collect()
}

/// The addresses of a model, and the identifiers in them as people type those.
fn identifiers(entry: &Entry) -> Vec<String> {
    let links = entry.get("links").and_then(Value::as_object);
    let links = links.into_iter().flat_map(Map::values);
    let paper = entry.get("paper").and_then(|paper| paper.get("url"));
    let mut found = Vec::new();
    for address in links.chain(paper).filter_map(Value::as_str) {
        for host in ["https://huggingface.co/", "https://arxiv.org/abs/"] {
            let id = address.strip_prefix(host);
            let is_model = |id: &str| id.split('/').count() == 2 && !id.starts_with("blog/");
            let is_id = |id: &&str| is_model(id) || host.contains("arxiv");
            found.extend(id.filter(is_id).map(str::to_owned));
        }
        let is_known = ["huggingface.co", "github.com", "arxiv.org"];
        if is_known.iter().any(|host| address.contains(host)) {
            found.push(address.to_owned());
        }
    }
    found
}

/// The embedded catalog and its models, corrected.
fn embedded() -> (Catalog, Vec<Entry>) {
    let catalog = Catalog::open(Some(Source::Embedded), &[], View::Full).expect("a catalog");
    let models = catalog.scan(
        Keys::ALL,
        Vec::new(),
        |models: &mut Vec<Entry>, model, _| {
            let model = serde_json::to_value(model).expect("JSON");
            models.extend(model.as_object().cloned());
        },
    );
    let models = models.expect("models");
    (catalog, models)
}

fn generated(models: &[Entry]) -> Catalog {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let text = serde_json::to_string(models).expect("JSON");
    file.write_all(text.as_bytes()).expect("room");
    let path = file.path().to_path_buf();
    Catalog::open(None, &[path], View::Full).expect("a catalog")
}

/// The ids of the models that were found, or the error.
fn answers(catalog: &Catalog, typed: &[&str]) -> Vec<Result<(String, Option<String>), String>> {
    let found = catalog.find(typed).expect("a catalog");
    let answer = |found: Result<Named, Nameless>| match found {
        Ok(named) => {
            let records = [named.record];
            let id = catalog.models(&records).expect("a model")[0].id.to_string();
            Ok((id, named.note))
        }
        Err(nameless) => Err(nameless.into_error().to_string()),
    };
    found.into_iter().map(answer).collect()
}

/// Whether an error names all these models, or the newest ten and how many there are more.
fn names_all(error: &str, models: &[&Entry]) -> bool {
    let named = models
        .iter()
        .filter(|model| error.contains(text(model, "name")));
    let more = models.len().saturating_sub(10);
    let says_more = more == 0 || error.ends_with(&format!(", and {more} more"));
    error.contains("is ambiguous: ") && named.count() >= models.len().min(10) && says_more
}

#[test]
fn every_model_has_its_id_and_its_name_to_itself() {
    let (catalog, models) = embedded();
    for key in ["id", "name"] {
        let typed: Vec<&str> = models.iter().map(|model| text(model, key)).collect();
        for (answer, model) in answers(&catalog, &typed).into_iter().zip(&models) {
            let (id, note) = answer.expect("its model");
            assert_eq!((&*id, note), (text(model, "id"), None));
        }
    }
}

#[test]
fn every_alias_means_its_model_or_is_ambiguous() {
    let (catalog, models) = embedded();
    let mut owners: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for model in &models {
        for alias in aliases(model) {
            owners.entry(alias).or_default().push(model);
        }
    }
    let typed: Vec<&str> = owners.keys().copied().collect();
    for (answer, (alias, owners)) in answers(&catalog, &typed).into_iter().zip(&owners) {
        match (answer, &owners[..]) {
            (Ok((id, note)), [one]) => assert_eq!((&*id, note), (text(one, "id"), None)),
            (Err(error), several) => assert!(names_all(&error, several), "{alias}: {error}"),
            (Ok((id, _)), several) => panic!("{alias}: {id} of {}", several.len()),
        }
    }
}

#[test]
fn every_identifier_means_its_model_or_is_ambiguous() {
    let (catalog, models) = embedded();
    let typed: Vec<(String, &Entry)> = models
        .iter()
        .flat_map(|model| identifiers(model).into_iter().map(move |own| (own, model)))
        .collect();
    let texts: Vec<&str> = typed.iter().map(|(typed, _)| &**typed).collect();
    assert!(texts.len() > 500);
    for (answer, (typed, model)) in answers(&catalog, &texts).into_iter().zip(&typed) {
        match answer {
            Ok((id, None)) => assert_eq!(id, text(model, "id"), "{typed}"),
            // Models of one family share it; the largest is meant.
            Ok((id, Some(note))) => {
                let meant = models.iter().find(|own| text(own, "id") == id);
                let family = text(meant.expect("a model"), "family");
                assert_eq!(family, text(model, "family"), "{typed}: {note}");
                assert!(!family.is_empty(), "{typed}: {note}");
            }
            Err(error) => assert!(names_all(&error, &[model]), "{typed}: {error}"),
        }
    }
}

#[test]
fn every_family_means_one_of_its_models_or_several() {
    let (catalog, models) = embedded();
    for model in models.iter().filter(|model| model.contains_key("family")) {
        let family = text(model, "family");
        match answers(&catalog, &[family]).remove(0) {
            Ok((id, note)) => {
                let own = models.iter().find(|model| text(model, "id") == id);
                let own = own.expect("a model");
                let is_name = name_and_aliases(own).contains(&family) || note.is_none();
                assert!(is_name || text(own, "family") == family, "{family}: {id}");
            }
            Err(error) => assert!(error.contains("is ambiguous: "), "{family}: {error}"),
        }
    }
}

#[test]
fn no_alias_is_the_beginning_of_another_models_name() {
    let (_, models) = embedded();
    let names: Vec<(&str, Words<'_>, &str)> = models
        .iter()
        .flat_map(|model| {
            let id = text(model, "id");
            let own = name_and_aliases(model).into_iter();
            own.map(move |name| (id, Words::new(name), name))
        })
        .collect();
    let mut offenders = Vec::new();
    for model in &models {
        for alias in aliases(model) {
            let words = Words::new(alias);
            let count = words.iter().count();
            for (id, other, name) in &names {
                if *id != text(model, "id") && words.likeness(other, count).is_some() {
                    offenders.push(format!("`{alias}` of {}: `{name}`", text(model, "id")));
                }
            }
        }
    }
    assert!(offenders.is_empty(), "{offenders:#?}");
}

/// The beginnings of a name that end inside a word or a number.
fn cut(name: &str) -> Vec<&str> {
    let places = name.char_indices().skip(1).filter(|(at, next)| {
        let last = name[..*at].chars().next_back().unwrap_or(' ');
        let after = name[*at..].chars().nth(1).unwrap_or(' ');
        let is_point = |point: char, one: char, other: char| {
            point == '.' && one.is_numeric() && other.is_numeric()
        };
        let before = name[..*at].chars().nth_back(1).unwrap_or(' ');
        let is_inside = last.is_alphanumeric() && next.is_alphanumeric();
        is_inside || is_point(*next, last, after) || is_point(last, before, *next)
    });
    places.map(|(at, _)| &name[..at]).collect()
}

/// Asserts that what ends inside a word of a model's name does not mean that model, unless it is
/// an id, a name, an alias or a family itself.
fn parts_of_words_mean_nothing(catalog: &Catalog, models: &[Entry]) {
    let own: Vec<String> = models
        .iter()
        .flat_map(|model| {
            name_and_aliases(model)
                .into_iter()
                .chain([text(model, "id"), text(model, "family")])
        })
        .map(|name| Words::new(name).joined())
        .collect();
    let parts: Vec<(&str, &Entry)> = models
        .iter()
        .flat_map(|model| {
            cut(text(model, "name"))
                .into_iter()
                .map(move |part| (part, model))
        })
        .filter(|(part, _)| !part.contains('/') && !own.contains(&Words::new(part).joined()))
        .collect();
    let typed: Vec<&str> = parts.iter().map(|(part, _)| *part).collect();
    for (answer, (part, model)) in answers(catalog, &typed).into_iter().zip(&parts) {
        if let Ok((id, _)) = answer {
            assert_ne!(id, text(model, "id"), "{part}");
        }
    }
}

#[test]
fn a_part_of_a_word_never_means_a_model() {
    let (catalog, models) = embedded();
    parts_of_words_mean_nothing(&catalog, &models);
}

/// Names made of parts that models' names are made of.
fn name() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "GPT", "Llama", "R+", "R", "α", "É", "2", "2.0", "2.5", "3", "70B", "7B", "8x7B", "A22B",
        "Base", "it", "Pro", "🤗", "*",
    ]);
    let between = prop::sample::select(vec!["", " ", "-", "_", "·", "/"]);
    prop::collection::vec((part, between), 1..5).prop_map(|parts| {
        let name: String = parts
            .into_iter()
            .flat_map(|(part, between)| [part, between])
            .collect();
        name.trim_matches([' ', '-', '_', '·', '/']).to_owned()
    })
}

fn models() -> impl Strategy<Value = Vec<Entry>> {
    let model = (
        name(),
        prop::option::of(name()),
        prop::option::of(name()),
        1u32..400,
    );
    prop::collection::vec(model, 1..12).prop_map(|models| {
        let model = |(at, (name, alias, family, params))| {
            let mut entry = json!({ "id": format!("model-{at:02}"), "name": name });
            if let Some(alias) = alias {
                entry["aliases"] = json!([alias]);
            }
            if let Some(family) = family {
                entry["family"] = json!(family);
            }
            entry["params"] = json!(f64::from(params) * 1e9);
            entry.as_object().cloned().unwrap_or_default()
        };
        models.into_iter().enumerate().map(model).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn ids_names_and_aliases_find_all_that_have_them(models in models()) {
        let catalog = generated(&models);
        for model in &models {
            let id = text(model, "id");
            let answer = answers(&catalog, &[id]).remove(0).map(|(found, _)| found);
            prop_assert_eq!(answer, Ok(id.to_owned()));
            // To the letter a name comes before an alias.
            let mut owners: Vec<&Entry> = Vec::new();
            let name = text(model, "name");
            owners.extend(models.iter().filter(|other| text(other, "name") == name));
            let answer = answers(&catalog, &[name]).remove(0);
            match (&owners[..], answer) {
                ([_], Ok((found, note))) => {
                    prop_assert_eq!((&*found, note), (id, None));
                }
                ([_, _, ..], Err(error)) => prop_assert!(names_all(&error, &owners), "{}", error),
                (_, answer) => prop_assert!(false, "{}: {:?}", name, answer),
            }
        }
    }

    #[test]
    fn spellings_of_a_name_are_the_name(models in models(), at in 0usize..12) {
        let catalog = generated(&models);
        let name = text(&models[at % models.len()], "name");
        // A pattern has no other spelling.
        if Words::new(name).is_empty() || name.contains('*') {
            return Ok(());
        }
        let answer = |typed: &str| answers(&catalog, &[typed]).remove(0).map(|(id, _)| id).ok();
        let known = answer(name);
        let is_own = |model: &&Entry| name_and_aliases(model).iter().any(|other| {
            Words::new(other).joined() == Words::new(name).joined()
        });
        // Others may have the same name in another spelling.
        if models.iter().filter(is_own).count() == 1 {
            prop_assert!(known.is_some());
            prop_assert_eq!(&answer(&name.to_lowercase()), &known);
            prop_assert_eq!(&answer(&name.replace(['-', '_', '·'], " ")), &known);
            prop_assert_eq!(&answer(&format!(" {name} ")), &known);
        }
    }

    #[test]
    fn parts_of_words_mean_nothing_in_any_catalog(models in models()) {
        // Of a name alone: its family or an alias may be what is left of it.
        let mut models = models;
        for model in &mut models {
            model.remove("aliases");
            model.remove("family");
        }
        parts_of_words_mean_nothing(&generated(&models), &models);
    }

    #[test]
    fn many_names_are_what_each_of_them_is(models in models(), typed in prop::collection::vec(name(), 1..9)) {
        let catalog = generated(&models);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        let together = answers(&catalog, &typed);
        for (typed, answer) in typed.iter().zip(together) {
            prop_assert_eq!(&answers(&catalog, &[typed])[0], &answer);
        }
    }

    #[test]
    fn whatever_is_typed_is_answered(models in models(), typed in ".{0,20}") {
        let catalog = generated(&models);
        let _ = answers(&catalog, &[&typed]);
    }
}

#[test]
fn what_a_name_was_read_as_is_said_on_standard_error_only() {
    let run = |name: &str| {
        let catalog = "tests/catalogs/families.json";
        let args = [
            "show",
            name,
            "-f",
            "names",
            "--no-embedded",
            "--catalog",
            catalog,
        ];
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_ahm"))
            .args(args)
            .output()
            .expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(ran.stdout), text(ran.stderr))
    };
    let note = "note: llama 3.1 is a family of 3; shown: Llama 3.1 405B\n";
    assert_eq!(
        run("llama 3.1"),
        ("Llama 3.1 405B\n".to_owned(), note.to_owned())
    );
    assert_eq!(
        run("llama-3.1-405b"),
        ("Llama 3.1 405B\n".to_owned(), String::new())
    );
}
