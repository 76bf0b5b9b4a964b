//! `--set`: the figures are those of the file changed by hand, the file stays as it is, and no paper passes for its own.

use std::fs;

use serde_json::Value;

use crate::cli::{folder, rosi, stderr, stdout};

fn small_office() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/small-office/scenario.toml")).unwrap()
}

/// A figure of the file: its key, what stands there, and how another value of it is written.
type Place = (&'static str, &'static str, fn(u32) -> String);

const PLACES: [Place; 7] = [
    ("risk.malware.frequency", "\"5 per year\"", |n| format!("{} per year", 1 + n % 9)),
    ("risk.server.frequency", "\"1 in 8 years\"", |n| format!("1 in {} years", 2 + n % 30)),
    ("risk.laptop.asset.value", "\"24k\"", |n| format!("{}k", 3 + n % 90)),
    ("control.antivirus.cost.yearly", "\"25k\"", |n| format!("{}k", 1 + n % 60)),
    ("control.backup.cost.initial", "\"2k\"", |n| format!("{}k", 3 + n % 20)),
    ("assumptions.discount_rate", "\"5%\"", |n| format!("{}%", 1 + n % 15)),
    ("assumptions.horizon", "\"3 years\"", |n| format!("{} years", 2 + n % 6)),
];

fn assessed(arguments: &[&str]) -> Value {
    let output = rosi(&[&["assess", "--format", "json"], arguments].concat());
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

#[test]
fn every_figure_of_a_changed_case_is_that_of_the_file_changed_by_hand() {
    let folder = folder("changed");
    let (file, by_hand) = (folder.join("case.toml"), folder.join("by-hand.toml"));
    let text = small_office();
    fs::write(&file, &text).unwrap();
    let mut state = 2_026_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 33).unwrap()
    };
    for _ in 0..6 {
        // Two or three things at once.
        let mut other = text.clone();
        let mut arguments = vec![file.to_str().unwrap().to_owned()];
        let first = next() as usize;
        for place in 0..2 + first % 2 {
            let (key, old, new) = PLACES[(first + 2 * place) % PLACES.len()];
            let value = new(next());
            assert_eq!(other.matches(old).count(), 1, "{old}");
            other = other.replace(old, &format!("\"{value}\""));
            arguments.extend(["--set".to_owned(), format!("{key}={value}")]);
        }
        fs::write(&by_hand, &other).unwrap();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (mut found, mut expected) = (assessed(&arguments), assessed(&[by_hand.to_str().unwrap()]));
        let set = found["provenance"]["set"].as_array().unwrap().len();
        assert_eq!(set, (arguments.len() - 1) / 2);
        found["provenance"].take();
        expected["provenance"].take();
        assert_eq!(found, expected, "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "the file stays as it is");
}

#[test]
fn a_changed_case_stands_beside_its_file_and_says_what_was_changed() {
    let folder = folder("beside");
    let file = folder.join("case.toml");
    fs::write(&file, small_office()).unwrap();
    let file = file.to_str().unwrap();
    let (change, key) = ("risk.malware.frequency=10 per year", "expected_annual_loss");
    let output = rosi(&["assess", file, "--set", change]);
    let text = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    for said in [&format!("Changed by --set: {change}."), "Beside the file", "In the file", "Difference", "· --set \""]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    // Five more events of 15,000 a year.
    let (changed, plain) = (assessed(&[file, "--set", change]), assessed(&[file]));
    let loss = |found: &Value| found["today"][key].as_str().unwrap().parse::<f64>().unwrap();
    assert!((loss(&changed) - loss(&plain) - 75_000.0).abs() < 1e-6, "{} {}", loss(&changed), loss(&plain));
    assert!(text.contains("+75"), "{text}");
    let gate = rosi(&["gate", file, "--no-sources", "--figure", "today.expected_annual_loss<=100k", "--set", change]);
    assert_eq!(gate.status.code(), Some(3), "{}", stdout(&gate));
    let explained = rosi(&["explain", file, "today.expected_annual_loss", "--set", change]);
    assert!(
        stdout(&explained).contains("10 a year") || stdout(&explained).contains("10 per year"),
        "{}",
        stdout(&explained)
    );
}

#[test]
fn no_paper_of_a_changed_case_passes_for_that_of_the_file() {
    let folder = folder("passes");
    let (file, by_hand) = (folder.join("case.toml"), folder.join("by-hand.toml"));
    fs::write(&file, small_office()).unwrap();
    fs::write(&by_hand, small_office().replace("\"5 per year\"", "\"10 per year\"")).unwrap();
    for name in ["paper.md", "paper.json"] {
        let paper = folder.join(name);
        let set = ["--set", "risk.malware.frequency=10 per year", "--out", paper.to_str().unwrap()];
        let command = if name.ends_with("json") { "assess" } else { "report" };
        let made = rosi(&[&[command, file.to_str().unwrap()], &set[..]].concat());
        assert!(made.status.success(), "{}", stderr(&made));
        // Neither for the file nor for one that says the same.
        for other in [&file, &by_hand] {
            let verified = rosi(&["verify", paper.to_str().unwrap(), other.to_str().unwrap()]);
            assert_eq!(verified.status.code(), Some(3), "{name}: {}", stdout(&verified));
            assert!(stderr(&verified).contains("--set"), "{name}: {}", stderr(&verified));
        }
    }
}

#[test]
fn a_change_that_cannot_be_made_is_a_fault_with_a_cure() {
    let folder = folder("unmade");
    let file = folder.join("case.toml");
    fs::write(&file, small_office()).unwrap();
    for (change, cure) in [
        ("risk.malwar.frequency=10 per year", "did you mean `risk.malware.frequency`?"),
        ("risk.malware.frequency", "equals sign"),
        ("risk.malware.frequency=often", "1 in 5 years"),
    ] {
        let output = rosi(&["assess", file.to_str().unwrap(), "--set", change]);
        assert_eq!(output.status.code(), Some(1), "{change}");
        assert!(stderr(&output).contains(cure), "{change}: {}", stderr(&output));
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn what_changed_is_the_difference_of_the_amounts_beside_it() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/card-payments/scenario.toml");
    let output = rosi(&[
        "assess",
        file,
        "--set",
        "control.tokens-everywhere.cost.initial=330k",
        "--set",
        "risk.skimming.frequency=1 per year",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    let table = text.split("Beside the file").nth(1).and_then(|rest| rest.split("The recommendation").next()).unwrap();
    let amount = |word: &str| word.replace(',', "").replace('−', "-").trim_start_matches('+').parse::<f64>();
    let mut compared = 0;
    for row in table.lines() {
        let words: Vec<&str> = row.split_whitespace().collect();
        if let [.., from, to, by] = words[..]
            && let (Ok(from), Ok(to), Ok(by)) = (amount(from), amount(to), amount(by))
        {
            assert!((to - from - by).abs() < 1e-9, "{row}");
            compared += 1;
        }
    }
    assert!(compared >= 3, "{text}");
}
