//! What the audit finds in the list as it is printed, held against what is known to be wrong with
//! it.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Map, Value};

/// How a finding stands to the claims of the list that are known to be wrong or doubtful.
#[derive(Debug, PartialEq)]
enum Known {
    /// It is one of them.
    Claim,
    /// It is not, and true: the list has it wrong.
    New,
    /// It is not, and the list is right.
    FalseAlarm,
}
use Known::{Claim, FalseAlarm, New};

/// How many claims of the list about models are known to be wrong or doubtful, by a review of it
/// entry by entry: the catalog's corrections and notes go back to them.
const CLAIMS: usize = 72;

/// Every finding, the key that it is told under, and how it stands to the claims.
const FINDINGS: &[(&str, &str, Known)] = &[
    ("dolly-2-0", "organizations", Claim),
    ("cerebras-gpt", "announced", Claim), // by the paper of another
    ("cerebras-gpt", "paper", Claim),
    ("galactica", "links", Claim),
    ("glm-130b", "hardware", Claim),
    ("glm-130b", "organizations", Claim),
    ("palm", "params", Claim),
    ("gpt-neox", "compute_flop", Claim),
    ("lamda", "compute_flop", New), // it saw a part of its 1.56T words
    ("ernie-vilg", "announced", Claim),
    ("hyperclova", "compute_flop", Claim),
    ("mt5", "announced", Claim),
    ("cpm", "organizations", New), // Tsinghua's, with BAAI
    ("gpt-3", "cost_usd", Claim),
    ("gpt-3", "compute_flop", Claim), // by its tokens
    ("blender", "links", Claim),
    ("blender", "access", Claim),
    ("xlnet", "cost_usd", Claim),
    ("bert", "paper", Claim),
    ("mae-wsp-2b", "params", Claim),
    ("stable-diffusion", "access", Claim),
    ("swinv2-g", "organizations", Claim),
    ("cogview", "organizations", New), // Tsinghua's, with Alibaba and BAAI
    ("m6", "compute_flop", Claim),
    ("clip", "paper", Claim),
    ("vit-h-14", "paper", Claim),
    ("whisper", "access", Claim),
    ("wav2vec-2-0", "compute_flop", Claim),
    ("wav2vec-2-0", "announced", Claim),
    ("deepspeech-2", "paper", Claim),
    ("deepspeech-2", "organizations", Claim),
    ("alphafold-2", "compute_flop", Claim), // by its parameters, too
];

fn audit(args: &[&str]) -> Vec<Map<String, Value>> {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .args(["audit", "-f", "json"])
        .args(args)
        .output()
        .expect("ahm runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn told(findings: &[Map<String, Value>]) -> BTreeSet<(String, String)> {
    let word =
        |finding: &Map<String, Value>, key: &str| finding[key].as_str().expect("a text").to_owned();
    findings
        .iter()
        .map(|f| (word(f, "id"), word(f, "key")))
        .collect()
}

#[test]
fn the_list_is_found_out_where_it_is_wrong() {
    let found = told(&audit(&["--as-listed"]));
    let expected = FINDINGS
        .iter()
        .map(|(id, key, _)| ((*id).to_owned(), (*key).to_owned()));
    assert_eq!(found, expected.collect());
}

#[test]
fn most_findings_are_true_and_a_third_of_the_claims_is_found() {
    let count = |known: Known| FINDINGS.iter().filter(|(.., own)| *own == known).count();
    let (claims, new, wrong) = (count(Claim), count(New), count(FalseAlarm));
    let precision = (claims + new) as f64 / FINDINGS.len() as f64;
    assert!(
        precision >= 0.95,
        "{wrong} false alarms of {}",
        FINDINGS.len()
    );
    let models: Map<String, Value> =
        serde_json::from_str(include_str!("../catalog.json")).expect("JSON");
    let told = |id: &str| {
        let own = models["models"]
            .as_array()
            .expect("models")
            .iter()
            .find(|m| m["id"] == id);
        own.is_some_and(|model| model.get("corrections").or(model.get("notes")).is_some())
    };
    for (id, ..) in FINDINGS.iter().filter(|(.., known)| *known == Claim) {
        assert!(told(id), "{id} is a claim that the catalog says nothing of");
    }
    // Two findings of one claim: Cerebras-GPT's paper and date, Blender's link and access.
    let recall = (claims - 2) as f64 / CLAIMS as f64;
    assert!(recall >= 0.33, "{claims} of {CLAIMS} claims");
}

#[test]
fn slips_are_called_by_their_names() {
    let cause = |id: &str, key: &str| {
        let found = audit(&[id, "--as-listed"]);
        let found = found.iter().find(|f| f["key"] == key).expect(id);
        found["cause"].as_str().expect("a text").to_owned()
    };
    assert!(cause("gpt-neox", "compute_flop").contains("thousand times"));
    assert!(cause("hyperclova", "compute_flop").contains("thousand times"));
    assert!(cause("xlnet", "cost_usd").contains("device of four chips"));
    assert!(cause("glm-130b", "hardware").contains("days"));
    assert!(cause("ernie-vilg", "announced").contains("exactly a year"));
    assert!(cause("cerebras-gpt", "paper").contains("Chinchilla"));
}

#[test]
fn what_epochs_account_for_is_no_finding() {
    for id in ["bert", "meena", "xlnet"] {
        for args in [&[id][..], &[id, "--as-listed"]] {
            let found = told(&audit(args));
            assert!(!found.iter().any(|(_, key)| key == "compute_flop"), "{id}");
        }
    }
}

#[test]
fn corrections_leave_little_to_find() {
    let left = told(&audit(&[]));
    assert!(left.len() <= 30, "{left:?}");
    let catalog = include_str!("../catalog.json");
    let catalog: Map<String, Value> = serde_json::from_str(catalog).expect("JSON");
    let models = catalog["models"].as_array().expect("models");
    for (id, key) in left {
        let model = models
            .iter()
            .find(|model| model["id"] == *id)
            .expect("a model");
        assert!(
            model.get("notes").is_some(),
            "{id}.{key} is found and not explained"
        );
    }
    assert!(
        !audit(&[])
            .iter()
            .any(|finding| finding["severity"] == "error")
    );
}
