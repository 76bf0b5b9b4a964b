//! A gate that a pipeline can trust, and papers that can be confirmed.

use std::fs;
use std::path::Path;

use crate::cli::{folder, rosi};

const CASE: &str = r#"
schema = 1
title = "Gate"
currency = "EUR"
decision = { plan = "p" }
[assumptions]
horizon = "3 years"
discount_rate = "5%"
[[appetite]]
name = "agreed limit"
loss = "150k"
chance = "1 in 10"
[[risk]]
id = "r"
name = "R"
source = "log"
date = "2026-03-01"
frequency = "1 per year"
loss.response = "100k"
[[control]]
id = "c"
name = "C"
source = "offer"
date = "2026-05-01"
effect = [{ risk = "r", on = "frequency", reduction = "90%" }]
cost.yearly = "20k"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = rosi(arguments);
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_gate_is_met_or_not_by_limits_sources_dates_and_figures() {
    let folder = folder("gate");
    let file = path(&folder, "case.toml");
    fs::write(&file, CASE).unwrap();
    // P(more than one event) is 26 % today and 0.5 % with the plan.
    assert_eq!(run(&["gate", &file]).0, Some(0));
    let (code, told, _) = run(&["gate", &file, "--option", "today"]);
    assert_eq!(code, Some(3));
    assert!(told.contains("The gate is not met: agreed limit: today"), "{told}");
    assert_eq!(run(&["gate", &file, "--since", "2026-02-01"]).0, Some(0));
    let (code, told, _) = run(&["gate", &file, "--since", "2026-04-01", "--format", "json"]);
    assert_eq!(code, Some(3));
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((json["met"].as_bool(), json["schema"].as_str()), (Some(false), Some("rosi.gate/1")));
    assert!(told.contains("risk.r.frequency"));
    assert_eq!(run(&["gate", &file, "--figure", "plan.p.net_present_value>=100k"]).0, Some(0));
    assert_eq!(run(&["gate", &file, "--figure", "plan.p.expected_annual_loss<=9k"]).0, Some(3));
    // What is asked in a way that cannot be answered is no failed gate.
    for wrong in ["plan.p.net_present_valu>=1", "plan.p.rosi=1", "plan.p.rosi>=much"] {
        let (code, _, fault) = run(&["gate", &file, "--figure", wrong]);
        assert_eq!(code, Some(1), "{wrong}");
        assert!(!fault.is_empty());
    }
    // An assumption without a source, and one that is an example.
    fs::write(&file, CASE.replace("source = \"offer\"\n", "")).unwrap();
    assert_eq!((run(&["gate", &file]).0, run(&["gate", &file, "--no-sources"]).0), (Some(3), Some(0)));
    let summary = path(&folder, "summary.md");
    assert_eq!(run(&["gate", &file, "--format", "markdown", "--out", &summary]).0, Some(3));
    assert!(fs::read_to_string(summary).unwrap().contains("| Assumptions without a source |"));
}

#[test]
fn a_gate_that_checks_nothing_or_not_what_is_asked_is_a_fault_with_a_cure() {
    let folder = folder("gate-nothing");
    let (file, free) = (path(&folder, "case.toml"), path(&folder, "free.toml"));
    let without = CASE.replace("[[appetite]]\nname = \"agreed limit\"\nloss = \"150k\"\nchance = \"1 in 10\"\n", "");
    assert_ne!(without, CASE);
    fs::write(&file, format!("{CASE}\n[[plan]]\nid = \"q\"\nname = \"Q\"\ncontrols = [\"c\"]\n")).unwrap();
    fs::write(&free, without).unwrap();
    for (arguments, fault, cure) in [
        (&[&free, "--no-sources"][..], "nothing to check", "[[appetite]]"),
        (&[&file, "--method", "expected"], "the agreed limits cannot be checked", "--method expected"),
        (&[&file, "--plan", "q", "--option", "p"], "the plan \"p\"", "add --plan p"),
        // The file asks about a plan that was left out.
        (&[&file, "--plan", "q"], "the agreed limits cannot be checked for the plan \"p\"", "add --plan p"),
        (&[&file, "--since", "2026-13-01"], "no day of the calendar", "2026-01-31"),
    ] {
        let (code, out, told) = run(&[&["gate"], arguments].concat());
        assert_eq!(code, Some(if fault.starts_with("no day") { 2 } else { 1 }), "{arguments:?}");
        assert!(out.is_empty() && told.contains(fault) && told.contains(cure), "{told}");
        assert!(!told.contains("jiff"), "{told}");
    }
    assert_eq!(run(&["gate", &free, "--no-sources", "--since", "2026-01-01"]).0, Some(0));
    assert_eq!(run(&["gate", &free, "--method", "expected"]).0, Some(0));
}

#[test]
fn a_check_that_is_asked_twice_counts_once() {
    let folder = folder("gate-twice");
    let file = path(&folder, "case.toml");
    fs::write(&file, CASE).unwrap();
    let twice = ["--option", "p", "--option", "p"];
    let figures = ["--figure", "plan.p.rosi>=1", "--figure", "plans.p.investment.rosi >= 1"];
    let (code, told, _) = run(&[&["gate", &file, "--no-sources"], &twice[..], &figures].concat());
    assert_eq!(code, Some(0));
    assert!(told.contains("2 of 2 checks hold"), "{told}");
}

#[test]
fn a_bound_fits_its_figure_and_what_was_found_is_rounded_as_elsewhere() {
    let folder = folder("gate-bounds");
    let file = path(&folder, "case.toml");
    fs::write(&file, CASE).unwrap();
    for (bound, found) in [
        ("plan.p.net_present_value>=-5k", "190,627"),
        ("today.expected_annual_loss<=EUR 100k", "100,000"),
        ("today.chance_of_loss>=1 in 2", "63 %"),
        ("plan.p.break_even_reduction<=50%", "20 %"),
        ("plan.p.payback_years<=3 years", "years"),
        ("plan.p.payback_years<=1", "years"),
        ("plan.p.rosi>=3", "3.50"),
        ("appetite.agreed limit.today<=1 in 3", "26 %"),
    ] {
        let (code, told, fault) = run(&["gate", &file, "--no-sources", "--figure", bound]);
        assert_eq!(code, Some(0), "{bound}: {told}{fault}");
        let (key, _) = bound.split_once(['>', '<']).unwrap();
        let line = told.lines().find(|line| line.trim_start().starts_with(&key[..8])).unwrap_or_default();
        assert!(line.contains(found), "{bound}: {line}");
    }
    for (bound, fits) in [
        ("plan.p.net_present_value>=5%", "an amount"),
        ("plan.p.net_present_value>=USD 5k", "an amount"),
        ("plan.p.chance_of_paying_back>=0.8", "a percentage"),
        ("plan.p.chance_of_paying_back>=80k", "a percentage"),
        ("plan.p.payback_years<=20k", "years"),
        ("plan.p.rosi>=5k", "a number"),
        ("plan.p.net_present_valu>=0", "did you mean plan.p.net_present_value"),
        ("plan.p.cost>=0", "is not a number"),
        ("plan.p.rosi", ">="),
    ] {
        let (code, _, told) = run(&["gate", &file, "--figure", bound]);
        assert!(code == Some(1) && told.contains(fits), "{bound}: {told}");
    }
    let help = run(&["gate", "--help"]).1;
    assert!(help.contains("KEY>=VALUE") && !help.contains("VALUE>"), "{help}");
    // What is repeated does not drive the terminal.
    let (_, _, told) = run(&["gate", &file, "--figure", "a\u{1b}[31m\u{202E}b>=1"]);
    assert!(told.contains("ab") || told.contains("a [31mb"), "{told:?}");
    assert!(!told.contains('\u{1b}') && !told.contains('\u{202E}'), "{told:?}");
}

#[test]
fn a_paper_is_confirmed_until_a_figure_or_the_case_is_another() {
    let folder = folder("verify");
    let file = path(&folder, "case.toml");
    fs::write(&file, CASE).unwrap();
    let json = path(&folder, "case.json");
    assert_eq!(run(&["assess", &file, "--format", "json", "--out", &json, "--seed", "7"]).0, Some(0));
    assert_eq!(run(&["verify", &json, &file]).0, Some(0));
    let written = fs::read_to_string(&json).unwrap();
    fs::write(&json, written.replacen("100000", "110000", 1)).unwrap();
    let (code, _, told) = run(&["verify", &json, &file]);
    assert_eq!(code, Some(3));
    assert!(told.contains("110000") && told.contains("100000"), "{told}");
    let mut papers = vec!["case.md"];
    if cfg!(feature = "html") {
        papers.push("case.html");
    }
    if cfg!(feature = "xlsx") {
        papers.push("case.xlsx");
    }
    for name in papers {
        let paper = path(&folder, name);
        assert_eq!(run(&["report", &file, "--out", &paper]).0, Some(0));
        assert_eq!(run(&["verify", &paper, &file]).0, Some(0), "{name}");
        let mut bytes = fs::read(&paper).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&paper, bytes).unwrap();
        assert_eq!(run(&["verify", &paper, &file]).0, Some(3), "{name}");
    }
    // Another case.
    let other = path(&folder, "other.toml");
    fs::write(&other, CASE.replace("100k", "120k")).unwrap();
    fs::write(&json, written).unwrap();
    let (code, _, told) = run(&["verify", &json, &other]);
    assert_eq!(code, Some(3));
    assert!(told.contains("another scenario"), "{told}");
    assert_eq!(run(&["verify", &path(&folder, "case.pdf"), &file]).0, Some(1));
}
