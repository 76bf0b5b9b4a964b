//! The figures for other programs are typed, and the types, the schema and the page say the same.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex, OnceLock};

use rosi::figures::{
    self, Assessment, Comparison, DOCUMENTS, Faults, Field, Gate, GroupAssessment, Measure, Optimisation, Record, Shape,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::rosi;
use crate::schema::up_to_date;

const BUNDLED: [&str; 5] = ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"];

fn path(name: &str) -> String {
    format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))
}

/// What the program writes; each question is put to it once.
fn written(arguments: &[&str]) -> String {
    static MADE: Mutex<BTreeMap<String, Arc<OnceLock<String>>>> = Mutex::new(BTreeMap::new());
    let made = Arc::clone(MADE.lock().unwrap().entry(arguments.join("\n")).or_default());
    made.get_or_init(|| String::from_utf8(rosi(arguments).stdout).unwrap()).clone()
}

/// Reads a document as its type: it is the same value, and written again it is the same text.
fn read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(arguments: &[&str]) -> T {
    let text = written(arguments);
    let document: T = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{arguments:?}: {fault}"));
    let again = serde_json::to_string_pretty(&document).unwrap() + "\n";
    assert!(again == text, "{arguments:?} is written otherwise after it was read");
    assert_eq!(serde_json::from_str::<T>(&again).unwrap(), document);
    document
}

#[test]
fn a_document_that_is_read_back_is_the_same_value_and_the_same_text() {
    let (file, other) = (path("small-office"), path("ransomware"));
    for name in BUNDLED {
        let file = path(name);
        let assessment: Assessment = read_back(&["assess", &file, "--format", "json", "--sensitivity"]);
        let plan = &assessment.plans[0];
        let cost = plan.investment.cost.iter().map(|year| year.figure()).sum::<rosi::internal::units::Figure>();
        assert!(cost.is_positive(), "{name}");
        assert!(assessment.risks.iter().all(|risk| risk.plans.get(&plan.id).is_some()), "{name}");
        let _: Optimisation = read_back(&["optimise", &file, "--format", "json", "--budget", "500k"]);
    }
    let changed: Assessment =
        read_back(&["assess", &file, "--format", "json", "--set", "currency=USD", "--method", "expected"]);
    assert_eq!(changed.provenance.set.as_ref().unwrap().len(), 1);
    assert_eq!(changed.today.year.standard_deviation, None);
    let comparison: Comparison = read_back(&["compare", &file, &other, "--format", "json"]);
    assert!(comparison.causes.len() > 3 && comparison.figures.iter().any(|change| change.before.is_none()));
    let gate: Gate = read_back(&["gate", &other, "--format", "json", "--figure", "rosi>=0", "--figure", "payback>=1"]);
    assert_eq!(gate.met, gate.checks.iter().all(|check| check.holds));
    let group = format!("{}/examples/group/group.toml", env!("CARGO_MANIFEST_DIR"));
    let group: GroupAssessment = read_back(&["group", &group, "--format", "json", "--budget", "300k"]);
    assert!(group.best.is_some() && group.entities.len() > 1);
}

#[test]
fn faults_are_told_to_programs_with_line_column_and_cure() {
    let folder = crate::cli::folder("figures-faults");
    let file = folder.join("case.toml").to_str().unwrap().to_owned();
    let text = fs::read_to_string(path("small-office")).unwrap();
    let sound: Faults = read_back(&["check", &path("small-office"), "--format", "json"]);
    assert!(sound.sound && sound.faults.is_empty());
    let wrong = text.replacen("frequency", "frequenzy", 1);
    assert_ne!(wrong, text);
    fs::write(&file, &wrong).unwrap();
    let found: Faults = read_back(&["check", &file, "--format", "json"]);
    let line = wrong.lines().position(|line| line.contains("frequenzy")).unwrap() as u64 + 1;
    assert!(!found.sound && rosi(&["check", &file, "--format", "json"]).status.code() == Some(1));
    let fault = found.faults.iter().find(|fault| fault.line == Some(line)).expect("the fault with its line");
    assert!(fault.help.iter().any(|help| help.contains("frequency")), "{fault:?}");
    assert!(fault.column.is_some() && fault.code.starts_with('E'));
}

#[test]
fn every_document_is_valid_to_the_published_schema() {
    let schema = figures::schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let (file, group) = (path("soc-automation"), format!("{}/examples/group/group.toml", env!("CARGO_MANIFEST_DIR")));
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["optimise", &file, "--format", "json"],
        vec!["compare", &file, &file, "--format", "json"],
        vec!["gate", &file, "--no-sources", "--format", "json"],
        vec!["group", &group, "--format", "json"],
        vec!["check", &file, "--format", "json"],
    ];
    let bundled: Vec<String> = BUNDLED.iter().map(|name| path(name)).collect();
    runs.extend(bundled.iter().map(|file| vec!["assess", file, "--format", "json", "--sensitivity"]));
    for run in runs {
        let document: Value = serde_json::from_str(&written(&run)).unwrap();
        assert!(validator.is_valid(&document), "{run:?}");
        // What is not defined, or is of another kind, is not valid: the schema can say no.
        for spoil in [("schema", Value::from("rosi.other/1")), ("invented", Value::from(1))] {
            let mut spoiled = document.clone();
            spoiled[spoil.0] = spoil.1;
            assert!(!validator.is_valid(&spoiled), "{run:?} {}", spoil.0);
        }
    }
    let mut float: Value =
        serde_json::from_str(&written(&["assess", &file, "--format", "json", "--method", "expected"])).unwrap();
    float["today"]["expected_annual_loss"] = Value::from(5.0);
    assert!(!validator.is_valid(&float), "money is never a float");
}

#[test]
fn the_published_schema_and_page_are_those_of_the_types() {
    up_to_date("output.schema.json", &written(&["schema", "--output"]));
    up_to_date("figures.md", &figures::page());
}

/// Every field of every document that is one figure, with its record.
fn figures_of(record: &'static Record, seen: &mut Vec<&'static str>, found: &mut Vec<(&'static str, &'static Field)>) {
    if seen.contains(&record.name) {
        return;
    }
    seen.push(record.name);
    for field in record.fields {
        let mut shape = (field.shape)();
        while let Shape::Optional(inner) | Shape::List(inner) | Shape::Table(_, inner) = shape {
            shape = *inner;
        }
        match shape {
            Shape::Record(inner) => figures_of(inner, seen, found),
            Shape::Leaf(measure) if !matches!(measure, Measure::Words | Measure::Flag) => {
                found.push((record.name, field));
            }
            _ => {}
        }
    }
}

#[test]
fn every_figure_has_words_a_unit_a_formula_and_a_page_that_exists() {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    DOCUMENTS.iter().for_each(|(_, record)| figures_of(record, &mut seen, &mut found));
    assert!(found.len() > 150, "{}", found.len());
    // What a run was asked, what was counted in a file, and errors, which stand beside the figure they are of.
    let told_elsewhere = ["Provenance", "GroupProvenance", "Assumptions", "YearErrors", "LimitErrors", "Fault"];
    for (record, field) in found {
        assert!(!field.what().is_empty(), "{record}.{}", field.key());
        if !told_elsewhere.contains(&record) {
            assert!(!field.formula.is_empty(), "{record}.{} has no formula", field.key());
        }
        if !field.page.is_empty() {
            let page = format!("{}/docs/model/{}.md", env!("CARGO_MANIFEST_DIR"), field.page);
            assert!(fs::exists(&page).unwrap(), "{record}.{}: {page}", field.key());
        }
    }
}
