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
        ("today.chance_of_loss>=1 in 2", "63%"),
        ("plan.p.break_even_reduction<=50%", "20%"),
        ("plan.p.payback_years<=3 years", "years"),
        ("plan.p.payback_years<=1", "years"),
        ("plan.p.rosi>=3", "3.50"),
        ("appetite.agreed limit.today<=1 in 3", "26%"),
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
    assert!(help.contains("KEY>=VALUE") && !help.contains("<KEY>"), "{help}");
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

/// Every way of writing a paper of which the bytes are made anew.
fn papers() -> Vec<&'static str> {
    let forms = [("md", true), ("html", cfg!(feature = "html")), ("pdf", cfg!(feature = "pdf"))];
    let forms = forms.into_iter().chain([("xlsx", cfg!(feature = "xlsx"))]);
    forms.filter(|(_, is_made)| *is_made).map(|(form, _)| form).collect()
}

/// A case with two plans, whose years are simulated because an insurer pays, and one whose years are exact.
fn two_plans(folder: &Path) -> [String; 2] {
    let (exact, insured) = (path(folder, "exact.toml"), path(folder, "insured.toml"));
    let text = format!("{CASE}\n[[plan]]\nid = \"q_2\"\nname = \"Q\"\ncontrols = []\n");
    fs::write(&exact, &text).unwrap();
    let policy = "[[insurance]]\nid = \"i\"\nname = \"I\"\npremium = \"5k per year\"\nretention = \"20k\"\nlimit = \"200k\"\ncovers = [\"response\"]\n";
    fs::write(&insured, format!("{text}{policy}")).unwrap();
    [exact, insured]
}

#[test]
fn a_paper_is_confirmed_however_its_figures_were_found() {
    let folder = folder("verify-options");
    let [exact, insured] = two_plans(&folder);
    for file in [&exact, &insured] {
        for options in [
            &[][..],
            &["--seed", "7"],
            &["--years", "3000"],
            &["--method", "simulate", "--years", "3000"],
            &["--method", "simulate", "--precision", "0.7%"],
            &["--precision", "3%", "--seed", "2"],
            &["--method", "expected"],
            &["--plan", "q_2"],
            &["--plan", "q_2", "--plan", "p", "--seed", "3"],
        ] {
            for form in papers() {
                let paper = path(&folder, &format!("paper.{form}"));
                let (code, _, told) = run(&[&["report", file, "--out", &paper], options].concat());
                assert_eq!(code, Some(0), "{told}");
                let (code, _, told) = run(&["verify", &paper, file]);
                assert_eq!(code, Some(0), "{file} {options:?} {form}: {told}");
            }
            for more in [&[][..], &["--sensitivity"]] {
                let json = path(&folder, "paper.json");
                let arguments = [&["assess", file, "--format", "json", "--out", &json], options, more].concat();
                assert_eq!(run(&arguments).0, Some(0));
                let (code, _, told) = run(&["verify", &json, file]);
                assert_eq!(code, Some(0), "{file} {options:?} {more:?}: {told}");
            }
        }
    }
}

#[test]
fn a_paper_of_a_chosen_seed_or_of_few_years_says_so_on_its_face_and_is_remarked() {
    let folder = folder("verify-chosen");
    let [_, insured] = two_plans(&folder);
    for (options, face, remark) in [
        (&["--seed", "7"][..], Some("which was chosen: "), Some("from seed 7, which somebody chose")),
        (&["--years", "3000"], Some("years were simulated: "), Some("3000 simulated years only")),
        (&[], None, None),
    ] {
        let simulated = [&["--method", "simulate"], options].concat();
        for form in papers().into_iter().chain(["json"]) {
            let paper = path(&folder, &format!("paper.{form}"));
            let command: &[&str] = if form == "json" { &["assess", "--format", "json"] } else { &["report"] };
            assert_eq!(run(&[command, &[&insured, "--out", &paper], &simulated].concat()).0, Some(0));
            let text = fs::read(&paper).unwrap();
            let text = String::from_utf8_lossy(&text);
            if ["md", "html"].contains(&form) {
                assert_eq!(face.is_some_and(|face| text.contains(face)), face.is_some(), "{form} {options:?}");
                let says = |words: &str| text.contains(words);
                assert_eq!(says("which was chosen: ") || says("years were simulated: "), face.is_some(), "{form}");
            }
            let (code, _, told) = run(&["verify", &paper, &insured]);
            assert_eq!(code, Some(0), "{form} {options:?}: {told}");
            assert_eq!(remark.is_some_and(|remark| told.contains(remark)), remark.is_some(), "{form}: {told}");
            assert_eq!(told.contains("warning"), remark.is_some(), "{form}: {told}");
        }
    }
}

#[test]
fn a_paper_that_is_none_or_claims_what_is_not_done_again_is_a_fault() {
    let folder = folder("verify-none");
    let [file, _] = two_plans(&folder);
    let json = path(&folder, "paper.json");
    run(&["assess", &file, "--format", "json", "--method", "simulate", "--years", "1000", "--out", &json]);
    let written = fs::read_to_string(&json).unwrap();
    let check = |name: &str, text: &str, why: &str| {
        let paper = path(&folder, name);
        fs::write(&paper, text).unwrap();
        let (code, out, told) = run(&["verify", &paper, &file]);
        assert!(code == Some(1) && out.is_empty() && told.contains(why), "{name}: {told}");
    };
    for name in ["a.json", "a.md", "a.html", "a.pdf", "a.xlsx"] {
        if name.ends_with("json") || papers().iter().any(|form| name.ends_with(form)) {
            check(name, "", "is empty");
        }
    }
    for (name, text) in [
        ("a.json", "[1, 2]"),
        ("a.json", "{}"),
        ("a.json", "7"),
        ("a.md", "# Minutes\nrosi is fine\n"),
        ("a.md", "# T\n\nrosi 0.1.0 · scenario 588e2a662ac8 · seed 1 · exact\n"),
    ] {
        check(name, text, "does not say which run of rosi it came from");
    }
    check("a.json", "{", "no JSON");
    for years in ["99999999999", "-5", "1e30"] {
        for key in ["years", "years_asked"] {
            let claim = written.replacen(&format!("\"{key}\": 1000"), &format!("\"{key}\": {years}"), 1);
            assert_ne!(claim, written);
            check("a.json", &claim, "not done again");
        }
    }
    // No difference prints a tree.
    let json = path(&folder, "tree.json");
    fs::write(&json, written.replacen("\"title\": \"Gate\"", &format!("\"title\": {{\"a\": {:?}}}", vec![1; 5000]), 1))
        .unwrap();
    let (code, _, told) = run(&["verify", &json, &file]);
    assert!(code == Some(3) && told.contains("title") && told.len() < 600, "{told}");
}

#[test]
fn line_ends_are_no_difference_and_nothing_is_said_where_nothing_is_wanted() {
    let folder = folder("verify-lines");
    let [file, _] = two_plans(&folder);
    for form in papers().into_iter().filter(|form| ["md", "html"].contains(form)) {
        let paper = path(&folder, &format!("paper.{form}"));
        assert_eq!(run(&["report", &file, "--out", &paper]).0, Some(0));
        let text = fs::read_to_string(&paper).unwrap();
        for other in [text.replace('\n', "\r\n"), text.trim_end().to_owned(), format!("{text}\n")] {
            fs::write(&paper, &other).unwrap();
            let (code, out, told) = run(&["verify", &paper, &file]);
            assert!(code == Some(0) && out.contains("these are the figures"), "{form}: {told}");
        }
        assert_eq!(run(&["verify", &paper, &file, "--quiet"]), (Some(0), String::new(), String::new()));
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_is_confirmed_by_its_cells_and_a_changed_one_is_named() {
    use std::io::{Read, Write};

    let folder = folder("verify-cells");
    let [file, other] = two_plans(&folder);
    let paper = path(&folder, "paper.xlsx");
    assert_eq!(run(&["report", &file, "--out", &paper, "--seed", "4"]).0, Some(0));
    let (code, _, told) = run(&["verify", &paper, &other]);
    assert!(code == Some(3) && told.contains("another scenario"), "{told}");
    // Packed again, with other bytes and, in one of two, another figure.
    let repacked = |change: &dyn Fn(String) -> String| {
        let mut archive = zip::ZipArchive::new(fs::File::open(&paper).unwrap()).unwrap();
        let mut made = zip::ZipWriter::new(fs::File::create(path(&folder, "again.xlsx")).unwrap());
        for index in (0..archive.len()).rev() {
            let mut part = archive.by_index(index).unwrap();
            let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
            part.read_to_string(&mut text).unwrap();
            let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            made.start_file(&name, stored).unwrap();
            let text = if name == "xl/worksheets/sheet2.xml" { change(text) } else { text };
            made.write_all(text.as_bytes()).unwrap();
        }
        made.finish().unwrap();
        run(&["verify", &path(&folder, "again.xlsx"), &file])
    };
    let (code, _, told) = repacked(&|text| text);
    assert_eq!(code, Some(0), "{told}");
    let (code, _, told) = repacked(&|text| {
        let changed = text.replacen("<v>20000</v>", "<v>21000</v>", 1);
        assert_ne!(changed, text);
        changed
    });
    assert!(code == Some(3) && told.contains("cell ") && told.contains("21000") && told.contains("20000"), "{told}");
}
