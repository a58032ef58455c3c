//! Questions to the list as it is printed, with the answers that the list gives.

use std::process::Command;

/// What `ahm --as-listed …` prints, line by line.
fn ask(args: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_ahm"))
        .arg("--as-listed")
        .args(args)
        .output()
        .expect("ahm runs");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// The question is answered by these names, in any order.
#[track_caller]
fn names(args: &[&str], expected: &[&str]) {
    let mut found = ask(&[args, &["-f", "names"]].concat());
    let mut expected: Vec<&str> = expected.to_vec();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

/// The question is answered by so many models.
#[track_caller]
fn count(args: &[&str], expected: usize) {
    assert_eq!(ask(&[args, &["-f", "names"]].concat()).len(), expected);
}

/// The name means the model.
#[track_caller]
fn shows(name: &str, expected: &str) {
    assert_eq!(ask(&["show", name, "-f", "names"]), [expected], "{name}");
}

const OPEN_VISION: [&str; 11] = [
    "OpenCLIP G/14",
    "InternImage-G",
    "Stable Diffusion",
    "SEER",
    "NUWA",
    "SwinV2-G",
    "CoAtNet",
    "CogView",
    "ViT-H/14",
    "iGPT-XL",
    "BigGAN-deep",
];

const CLOSED_VISION: [&str; 5] = [
    "MAE->WSP-2B",
    "ViT-22B",
    "Flamingo",
    "Zidongtaichu",
    "ERNIE-ViLG",
];

#[test]
fn how_many() {
    count(&["list"], 84);
    count(&["list", "--open"], 45);
    count(&["list", "--closed"], 31);
    count(&["list", "--access", "unstated"], 8);
    count(&["list", "--open", "--closed"], 76);
}

#[test]
fn by_section() {
    for (section, models) in [
        ("language", 53),
        ("vision", 24),
        ("speech", 5),
        ("reinforcement-learning", 2),
        ("science", 1),
    ] {
        count(&["list", "--section", section], models);
    }
}

#[test]
fn stats_count_the_sections() {
    let rows = ask(&[
        "stats",
        "--by",
        "section",
        "-f",
        "csv",
        "-c",
        "sections,models",
    ]);
    let expected = [
        "sections,models",
        "language,53",
        "vision,24",
        "speech,5",
        "reinforcement-learning,2",
        "science,1",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn data_over_a_terabyte() {
    count(&["list", "--where", "data_bytes>1TB"], 10);
}

#[test]
fn vision() {
    names(&["list", "--section", "vision", "--open"], &OPEN_VISION);
    names(&["list", "--section", "vision", "--closed"], &CLOSED_VISION);
    let wide = [&CLOSED_VISION[..], &["GPT-4"]].concat();
    names(&["list", "--field", "vision", "--closed"], &wide);
    names(
        &["list", "--field", "Language-Vision", "--closed"],
        &["GPT-4", "Flamingo"],
    );
}

#[test]
fn how_they_are_built_and_trained() {
    let megatron = [
        "BLOOM",
        "GLM-130B",
        "OPT",
        "GPT-NeoX",
        "Megatron-LM",
        "Megatron-BERT",
    ];
    names(&["list", "--framework", "megatron"], &megatron);
    let mixtures = ["ST-MoE", "GLaM", "Yuan 1.0", "Switch Transformer", "V-MoE"];
    names(&["list", "--architecture", "moe"], &mixtures);
    // Two of these stand under `Obective`.
    count(&["list", "--objective", "mlm"], 10);
    count(&["list", "--objective", "MLM"], 10);
    count(&["list", "--architecture", "En-De"], 7);
}

#[test]
fn by_date_and_size() {
    let early = ["BERT", "GPT", "BigGAN-deep", "DeepSpeech 2"];
    names(&["list", "--until", "2018"], &early);
    let largest = ["GLaM", "Switch Transformer", "BaGuaLu", "M6"];
    names(&["list", "--min-params", "1T"], &largest);
    let unknown = ["GPT-4", "Imagen", "DALL·E 2", "CLIP"];
    names(&["list", "--missing", "params"], &unknown);
    names(&["list", "--max-params", "117M"], &["GPT"]);
}

#[test]
fn sorted() {
    let rows = ask(&[
        "sort",
        "--by",
        "params",
        "-n",
        "5",
        "-f",
        "csv",
        "-c",
        "name,params",
    ]);
    let expected = [
        "name,params",
        "BaGuaLu,174000000000000",
        "M6,10000000000000",
        "Switch Transformer,1600000000000",
        "GLaM,1200000000000",
        "PaLM-E,562000000000",
    ];
    assert_eq!(rows, expected);
    let rows = ask(&[
        "sort",
        "--by",
        "compute_flop",
        "-n",
        "3",
        "-f",
        "tsv",
        "-c",
        "name,compute",
    ]);
    let expected = [
        "name\tcompute_flop",
        "GPT-NeoX\t9.3e25",
        "HyperCLOVA\t6.3e25",
        "PaLM\t2.5e24",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn stated_cost_and_energy() {
    let rows = ask(&[
        "sort",
        "--by",
        "cost",
        "--has",
        "cost_usd",
        "-f",
        "csv",
        "-c",
        "name,cost",
    ]);
    let expected = [
        "name,cost_usd",
        "PaLM,10000000",
        "GPT-3,4600000",
        "T5,1500000",
        "XLNet,245000",
        "GPT-2,43000",
        "BERT,7000",
    ];
    assert_eq!(rows, expected);
    let rows = ask(&[
        "sort",
        "--by",
        "energy",
        "--has",
        "energy_mwh",
        "-f",
        "csv",
        "-c",
        "name,energy",
    ]);
    assert_eq!(
        rows,
        ["name,energy_mwh", "BLOOM,475", "LLaMA,449", "OPT,356"]
    );
}

#[test]
fn one_name_of_many() {
    shows("llama", "LLaMA");
    shows("LLaMA-65B", "LLaMA");
    shows("dall-e", "DALL·E");
    shows("pangu-alpha", "PanGu-α");
    shows("vit-g/14", "ViT-G/14");
    shows("Cerabras-GPT", "Cerebras-GPT");
    shows("nüwa", "NUWA");
}

#[test]
fn what_is_missing_comes_last_both_ways() {
    for order in ["params", "params:asc"] {
        let rows = ask(&["sort", "--by", order, "-f", "csv", "-c", "params,name"]);
        let unknown = rows[rows.len() - 4..].iter();
        assert!(unknown.clone().all(|row| row.starts_with(',')), "{order}");
        assert!(!rows[rows.len() - 5].starts_with(','), "{order}");
    }
    let forth = ask(&["sort", "--by", "params", "-f", "names"]);
    let back = ask(&["sort", "--by", "params", "--reverse", "-f", "names"]);
    assert_eq!(forth.first(), back.get(forth.len() - 5));
}

#[test]
fn frameworks() {
    assert_eq!(ask(&["frameworks", "-f", "jsonl"]).len(), 39);
    let distributed = [
        "PyTorch",
        "JAX",
        "TensorFlow",
        "OneFlow",
        "MindSpore",
        "PaddlePaddle",
    ];
    names(&["frameworks", "--distributed"], &distributed);
}
