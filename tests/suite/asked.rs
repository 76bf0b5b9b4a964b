//! What finance asks: the budget with capital and operating expenditure and people apart, stated cases, who does what
//! by when, and papers that follow their file.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use serde_json::Value;

use crate::cli::{folder, rosi, stderr, stdout};
use crate::language::{left_over, without_commands};

const CASE: &str = r#"
schema = 1
title = "Is it worth it?"
currency = "EUR"
[assumptions]
horizon = "4 years"
growth.costs = "3%"
tax_rate = "25%"
[proposal]
first_year = 2027
[decision]
plan = "both"
[[risk]]
id = "fraud"
name = "Invoices are redirected"
frequency = { low = "1 in 4 years", high = "4 per year" }
loss.response = { min = "20k", likely = "60k", max = "300k" }
[[control]]
id = "callback"
name = "Every change of an account is called back"
owner = "Head of accounts payable"
milestones = [{ name = "procedure agreed", by = "2027-02-15" }, { name = "in force", by = "2027-04-01" }]
lifetime = "2 years"
effect = [{ risk = "fraud", on = "frequency", reduction = "60%" }]
cost.initial = { min = "9000.25", likely = "11000.35", max = "19000.95" }
cost.yearly = "5123.45"
cost.people = { time = "3 hours per week", rate = "61.37 per hour" }
[[control]]
id = "filter"
name = "A filter for mail"
effect = [{ risk = "fraud", on = "frequency", reduction = "20%" }]
cost.initial = "3k"
cost.yearly = ["7k", "8k"]
cost.retired = "2500.5"
[[insurance]]
id = "crime"
premium = "4321.09 per year"
limit = "200k"
plans = ["both"]
[[plan]]
id = "one"
name = "Call back"
controls = ["callback"]
[[plan]]
id = "both"
name = "Both"
controls = ["callback", { id = "filter", start = "year 2" }]
[[case]]
name = "Low"
why = "As in the quiet years"
set = ["risk.fraud.frequency = 1 in 5 years", "control.callback.cost.yearly = 6k"]
[[case]]
name = "High"
set = ["risk.fraud.frequency = 1 per year to 8 per year", "assumptions.discount_rate = 4%"]
"#;

fn written(name: &str, text: &str) -> String {
    let file = folder(name).join("case.toml");
    fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

fn assessed(arguments: &[&str]) -> Value {
    let output = rosi(&[&["assess", "--format", "json", "--method", "expected"], arguments].concat());
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn amounts(value: &Value) -> Vec<Decimal> {
    let list = value.as_array().unwrap_or_else(|| panic!("no list: {value}"));
    list.iter().map(|amount| Decimal::from_str(amount.as_str().unwrap()).unwrap()).collect()
}

/// The rows of a table of Markdown under a heading.
fn table(text: &str, title: &str) -> Vec<Vec<String>> {
    let (_, after) = text.split_once(title).unwrap_or_else(|| panic!("no {title}: {text}"));
    let lines = after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('*', "")).collect();
    lines.map(cells).collect()
}

fn shown(cell: &str) -> Decimal {
    let plain: String = cell.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '−')).collect();
    let plain = plain.replace('−', "-");
    if plain.is_empty() { Decimal::ZERO } else { Decimal::from_str(&plain).unwrap_or_else(|_| panic!("{cell:?}")) }
}

#[test]
fn capex_and_opex_are_the_money_paid_of_every_year() {
    let mut files = vec![written("budget", CASE)];
    for name in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")).unwrap() {
        let file = name.unwrap().path().join("scenario.toml");
        files.extend(file.exists().then(|| file.to_str().unwrap().to_owned()));
    }
    assert!(files.len() > 4);
    for file in &files {
        for plan in assessed(&[file])["plans"].as_array().unwrap() {
            let (budget, money) = (&plan["budget_by_year"], &plan["investment"]);
            let (capex, opex) = (amounts(&budget["capex"]), amounts(&budget["opex"]));
            // What each control costs, once more from its own lines.
            let lines = |key: &str, year: usize| -> Decimal {
                plan["controls"].as_array().unwrap().iter().map(|control| amounts(&control[key])[year]).sum()
            };
            for (year, cash) in amounts(&money["cash"]).into_iter().enumerate() {
                let near = |a: Decimal, b: Decimal| (a - b).abs() < Decimal::new(1, 3);
                assert!(near(capex[year] + opex[year], cash), "{file} {year}: {budget} {cash}");
                assert!(near(capex[year], lines("initial", year)), "{file} {year}");
                let runs = lines("yearly", year) - lines("retired", year) + amounts(&money["premiums"])[year];
                assert!(near(opex[year], runs), "{file} {year}");
                assert!(near(amounts(&budget["own_people"])[year], lines("people", year)), "{file} {year}");
            }
        }
    }
}

#[test]
fn the_budget_adds_up_as_it_is_shown_in_each_year_and_in_total() {
    let scaled = |by: &str| CASE.replace("61.37", by).replace("7k", "712k").replace("11000.35", "17000.35");
    for (name, text) in [("shown", CASE.to_owned()), ("shown-in-thousands", scaled("613.7"))] {
        let file = written(name, &text);
        let paper = Path::new(&file).with_extension("md");
        let output = rosi(&["report", &file, "--full", "--out", paper.to_str().unwrap()]);
        assert!(output.status.success(), "{}", stderr(&output));
        let rows = table(&fs::read_to_string(&paper).unwrap(), "The budget by year");
        assert_eq!(rows[0][2..], ["2027", "2028", "2029", "2030", "Total"], "{rows:?}");
        let [capex, opex, paid, people, all] = &rows[2..] else { panic!("{rows:?}") };
        for column in 1..7 {
            let of = |row: &Vec<String>| shown(&row[column]);
            assert_eq!(of(capex) + of(opex), of(paid), "{column}: {rows:?}");
            assert_eq!(of(paid) + of(people), of(all), "{column}: {rows:?}");
        }
        for row in &rows[2..] {
            let years: Decimal = row[1..6].iter().map(|cell| shown(cell)).sum();
            assert_eq!(years, shown(&row[6]), "{row:?}");
        }
    }
}

#[test]
fn a_stated_case_is_the_file_with_its_values() {
    let file = written("stated", CASE);
    let found = assessed(&[&file]);
    let cases = found["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 2);
    for case in cases {
        let mut arguments = vec![file.clone()];
        for set in case["set"].as_array().unwrap() {
            arguments.extend(["--set".to_owned(), set.as_str().unwrap().to_owned()]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let by_hand = assessed(&arguments);
        assert_eq!(case["expected_annual_loss"], by_hand["today"]["expected_annual_loss"]);
        assert_eq!(case["recommended"], by_hand["recommendation"]["plan"]);
        for plan in by_hand["plans"].as_array().unwrap() {
            let stated = &case["plans"][plan["id"].as_str().unwrap()];
            assert_eq!(stated["net_present_value"], plan["investment"]["net_present_value"]);
            assert_eq!(stated["present_value_of_cost"], plan["investment"]["present_value_of_cost"]);
            assert_eq!(stated["expected_annual_loss"], plan["risk"]["expected_annual_loss"]);
        }
    }
    // They move nothing of the file's own.
    let alone = assessed(&[&written("alone", CASE.split("[[case]]").next().unwrap())]);
    for key in ["today", "plans", "recommendation"] {
        assert_eq!(found[key], alone[key]);
    }
    let paper = Path::new(&file).with_extension("md");
    let out = paper.to_str().unwrap();
    assert!(rosi(&["report", &file, "--full", "--out", out]).status.success());
    let text = fs::read_to_string(&paper).unwrap();
    let rows = table(&text, "The stated cases");
    assert_eq!(rows[2..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["Base (as stated)", "Low", "High"]);
    assert!(text.contains("As in the quiet years.") && text.contains("1 in 5 years"), "{text}");
    assert!(!text.contains("risk.fraud.frequency"), "no keys in a board paper");
    let who = table(&text, "Who does what");
    assert_eq!(who[2][1], "Head of accounts payable");
    assert_eq!(who[2][3], "15 February 2027 procedure agreed; 1 April 2027 in force");
    assert_eq!((who[2][2].as_str(), who[3][2].as_str()), ("Now", "2028"));
}

#[test]
fn what_finance_asks_is_answered_in_german_too() {
    let file = written("asked-german", &format!("language = \"de\"\nnumbers = \"1,234.5\"{CASE}"));
    let source = fs::read_to_string(&file).unwrap();
    let paper = Path::new(&file).with_extension("md");
    assert!(rosi(&["report", &file, "--full", "--out", paper.to_str().unwrap()]).status.success());
    let text = fs::read_to_string(&paper).unwrap();
    assert_eq!(left_over(&without_commands(&text), &source), Vec::<String>::new());
    let rows = table(&text, "Festgelegte Fälle");
    assert_eq!(
        rows[2..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["Basis (wie festgelegt)", "Low", "High"]
    );
    assert!(text.contains("1-mal in 5 Jahren") && text.contains("Kalkulationszins: **4 %**"), "{text}");
    let who = table(&text, "Wer macht was");
    assert_eq!(who[2][3], "15. Februar 2027 procedure agreed; 1. April 2027 in force");
    assert_eq!(who[2][2], "Jetzt");
    assert_eq!(table(&text, "Das Budget nach Jahren").len(), 7);
}

#[test]
fn a_fault_of_a_stated_case_stands_at_its_entry_with_a_cure() {
    let faults = [
        (
            "risk.fraud.frequency = 1 in 5 years",
            "risk.fruad.frequency = 1 in 5 years",
            "did you mean `risk.fraud.frequency`",
        ),
        ("risk.fraud.frequency = 1 in 5 years", "risk.fraud.frequency = sometimes", "with the case \"Low\""),
        (
            "risk.fraud.frequency = 1 in 5 years",
            "control.callback.cost.yearly = 7k",
            "sets `control.callback.cost.yearly` twice",
        ),
        ("risk.fraud.frequency = 1 in 5 years", "risk.fraud.frequency", "names no key and value"),
        ("name = \"High\"", "name = \"Low\"", "two cases are called \"Low\""),
    ];
    for (old, new, said) in faults {
        assert!(CASE.contains(old));
        let text = CASE.replacen(old, new, 1);
        let line = text.lines().position(|line| line.contains(new)).unwrap() + 1;
        let line = if new.starts_with("name") { text.lines().count() - 1 } else { line };
        let output = rosi(&["check", &written("faulty", &text)]);
        let told = stderr(&output);
        assert!(!output.status.success() && told.contains(said), "{new}: {told}");
        assert!(told.contains(&format!("case.toml:{line}:")) && told.contains("help"), "{new}, line {line}: {told}");
    }
    let many: String =
        (0..11).map(|n| format!("[[case]]\nname = \"{n}\"\nset = [\"assumptions.discount_rate = {n}%\"]\n")).collect();
    let output = rosi(&["check", &written("many", &format!("{}{many}", CASE.split("[[case]]").next().unwrap()))]);
    assert!(stderr(&output).contains("keep 10 at most"), "{}", stderr(&output));
    assert!(rosi(&["check", &written("right", CASE)]).status.success());
}

#[test]
fn a_comparison_of_a_changed_case_is_that_of_the_file_changed_by_hand() {
    let file = written("compared", CASE);
    let (old, new) =
        ("frequency = { low = \"1 in 4 years\", high = \"4 per year\" }", "frequency = { value = \"2 per year\" }");
    let by_hand = written("by-hand-compared", &CASE.replace(old, new));
    let compared = |arguments: &[&str]| -> Value {
        let output = rosi(&[&["compare", "--format", "json"], arguments].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        let mut found: Value = serde_json::from_str(&stdout(&output)).unwrap();
        found["provenance"].take();
        found
    };
    let change = ["--set", "risk.fraud.frequency=2 per year"];
    let expected = compared(&[&file, &by_hand]);
    assert_eq!(compared(&[&[file.as_str()][..], &change].concat()), expected);
    assert_eq!(compared(&[&[file.as_str(), file.as_str()][..], &change].concat()), expected);
    let told = stdout(&rosi(&["compare", &file, change[0], change[1]]));
    assert!(told.contains("Changed by --set: risk.fraud.frequency=2 per year"), "{told}");
    let output = rosi(&["compare", &file, "--set", "risk.frad.frequency=2 per year"]);
    assert!(stderr(&output).contains("did you mean `risk.fraud.frequency`?"), "{}", stderr(&output));
    assert!(!rosi(&["compare", &file]).status.success(), "one file and no change is no comparison");
}

#[test]
fn a_watched_paper_follows_its_file_through_faults_and_replaced_files() {
    let file = written("watched", CASE);
    let place = Path::new(&file).parent().unwrap();
    let paper = place.join("paper.md");
    let _ = fs::remove_file(&paper);
    let mut watching = Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(["report", &file, "--watch", "--out", paper.to_str().unwrap()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let until = |said: &str| {
        let begin = Instant::now();
        loop {
            let text = fs::read_to_string(&paper).unwrap_or_default();
            if text.contains(said) {
                return;
            }
            assert!(begin.elapsed() < Duration::from_secs(60), "the paper never says {said}: {text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    until("Is it worth it?");
    // Written in place.
    fs::write(&file, CASE.replace("Is it worth it?", "Written in place")).unwrap();
    until("Written in place");
    // A fault leaves the paper as it is.
    fs::write(&file, CASE.replace("1 in 4 years", "sometimes")).unwrap();
    std::thread::sleep(Duration::from_millis(2_500));
    until("Written in place");
    // An editor moves the file away and puts a new one in its place, again and again.
    for round in 0..3 {
        let next = place.join("case.toml.new");
        fs::write(&next, CASE.replace("Is it worth it?", &format!("Replaced {round}"))).unwrap();
        fs::rename(&file, place.join("case.toml.old")).unwrap();
        std::thread::sleep(Duration::from_millis(450));
        fs::rename(&next, &file).unwrap();
        until(&format!("Replaced {round}"));
    }
    assert!(watching.try_wait().unwrap().is_none(), "it goes on until it is ended");
    watching.kill().unwrap();
    watching.wait().unwrap();
    let mut told = String::new();
    watching.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(told.contains("sometimes") && told.contains("is watched"), "{told}");
}
