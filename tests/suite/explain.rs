//! Every figure can be explained, and the explanation is right.

use std::fs;

use rosi::internal::engine::{Settings, analyse};
use rosi::internal::report::{Cell, Report, explanation};
use rosi::internal::scenario::{Source, parse};
use serde_json::Value;

use crate::cli::rosi;

fn path(name: &str) -> String {
    format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))
}

fn explained(name: &str, keys: &[String]) -> Result<Report, (String, Vec<String>)> {
    let text = fs::read_to_string(path(name)).unwrap();
    let parsed = parse(&Source::new(path(name), text.clone())).unwrap();
    let analysis = analyse(&parsed.scenario, &Settings::default()).unwrap();
    let line = |place: usize| text[..place].matches('\n').count() + 1;
    explanation(&parsed.scenario, &analysis, &parsed.warnings, keys, &line)
}

/// Every key of the JSON down to its leaves, elements of lists by their id.
fn keys(value: &Value, way: &str, found: &mut Vec<String>) {
    let join = |name: &str| if way.is_empty() { name.to_owned() } else { format!("{way}.{name}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, next)| keys(next, &join(name), found)),
        Value::Array(list) if list.iter().all(Value::is_object) => {
            for next in list {
                let name = ["id", "name", "plan"].iter().find_map(|key| next[key].as_str());
                if let Some(name) = name {
                    keys(next, &join(name), found);
                }
            }
        }
        _ => found.push(way.to_owned()),
    }
}

fn words(report: &Report) -> String {
    format!("{:?}", report.sections)
}

#[test]
fn every_figure_of_every_bundled_case_has_its_explanation() {
    for name in ["ransomware", "soc-automation", "small-office"] {
        let output = rosi(&["assess", &path(name), "--format", "json"]);
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut all = Vec::new();
        for part in ["today", "risks", "plans", "appetite"] {
            keys(&json[part], part, &mut all);
        }
        all.retain(|key| !key.ends_with(".id") && !key.ends_with(".name") && !key.contains(".overlaps"));
        let report = explained(name, &all).unwrap_or_else(|(key, _)| panic!("{name}: {key} is not explained"));
        let facts: Vec<&String> = report
            .sections
            .iter()
            .filter(|section| format!("{:?}", section.lead).contains("A fact about the file"))
            .map(|section| &section.title)
            .filter(|title| !title.starts_with("appetite."))
            .collect();
        assert!(facts.is_empty(), "{name}: without words: {facts:?}");
    }
}

#[test]
fn the_steps_to_a_value_add_up_to_it() {
    let report = explained("small-office", &["plan.both.net_present_value".into()]).unwrap();
    let table = report.sections[0].table.as_ref().unwrap();
    let column = table.columns.iter().position(|column| column == "Today's money").unwrap();
    let amounts: Vec<f64> = table
        .rows
        .iter()
        .map(|row| match &row[column] {
            Cell::Money(figure, _) => figure.to_f64(),
            cell => panic!("{cell:?} is no amount"),
        })
        .collect();
    let (sum, parts) = amounts.split_last().unwrap();
    assert!((sum - parts.iter().sum::<f64>()).abs() < 1e-6);
    assert!((sum - 104_751.32).abs() < 0.005, "{sum}");
}

#[test]
fn an_assumption_is_shown_with_the_line_on_which_it_stands() {
    let text = fs::read_to_string(path("ransomware")).unwrap();
    let report = explained("ransomware", &["plan.core.net_present_value".into()]).unwrap();
    let inputs = report.sections.iter().find(|section| section.title == "What goes in").unwrap();
    let rows = &inputs.table.as_ref().unwrap().rows;
    assert!(rows.len() > 40);
    for row in rows {
        let (Cell::Words(path), Cell::Count(line)) = (&row[0], &row[4]) else { panic!("{row:?}") };
        let key = path.rsplit('.').next().unwrap();
        let line = text.lines().nth(*line as usize - 1).unwrap();
        assert!(line.contains(key), "{path} does not stand in: {line}");
    }
}

#[test]
fn a_key_that_names_nothing_is_told_with_those_that_are_like_it() {
    let (key, like) = explained("ransomware", &["plan.core.net_presant_value".into()]).unwrap_err();
    assert_eq!(key, "plan.core.net_presant_value");
    assert!(like.contains(&"plan.core.net_present_value".to_owned()), "{like:?}");
    let output = rosi(&["explain", &path("ransomware"), "risk.ransom.today.expected_annual_loss"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(error.contains("did you mean risk.ransomware.today.expected_annual_loss"), "{error}");
}

#[test]
fn an_assumption_is_explained_by_its_path() {
    let report = explained("ransomware", &["risk.ransomware.frequency".into()]).unwrap();
    let told = words(&report);
    for wanted in ["Cyentia", "Half lie below", "a tenth higher", "Line"] {
        assert!(told.contains(wanted), "{wanted} is missing: {told}");
    }
}

#[test]
fn a_simulated_amount_has_the_digits_that_its_error_supports_and_says_it() {
    let said = |key: &str| {
        let output = rosi(&["explain", &path("ransomware"), key]);
        String::from_utf8(output.stdout).unwrap().replace('\n', " ")
    };
    let figures: Value =
        serde_json::from_slice(&rosi(&["assess", &path("ransomware"), "--format", "json"]).stdout).unwrap();
    let today = &figures["today"];
    let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let (bad, error) = (number(&today["quantiles"]["0.95"]), number(&today["standard_error"]["quantiles"]["0.95"]));
    assert!(bad > 1e6 && error > 1e4, "{bad} ± {error}");
    let text = said("today.quantiles.0.95");
    let shown = text.split_once("1 in 20: EUR ").unwrap().1.split_once(". Formula").unwrap().0.replace(',', "");
    let shown: f64 = shown.parse().unwrap();
    assert!((shown - bad).abs() < error && shown % 1000.0 == 0.0, "{shown} is {bad} ± {error}");
    assert!(text.contains("Standard error: EUR "), "{text}");
    // What is known exactly has every unit, and no error.
    let text = said("plan.core.present_value_of_cost");
    assert!(!text.contains("error"), "{text}");
}
