//! What is a change, as a page or a script says it?
//!
//! `{"key": "risk.phishing.frequency", "value": "1 in 8 years"}`, or `"low"` and `"high"`, or `"mean"` (in the unit of
//! its kind), or the `"controls"` of a plan. A value `"100k to 400k"` is a range.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Scenario;
use crate::render;
use crate::report::Cell;
use crate::report::live::{Told, term};
use crate::report::texts::{line, texts};
use crate::scenario::edit::{Change, To, settings};
use crate::scenario::{Source, written_at};

/// The most changes at once, and the most letters of a key or a value: more than anybody makes by hand.
const MOST: usize = 500;
const LONGEST: usize = 400;

/// The forms of a range by their keys.
const FORMS: [&[&str]; 3] = [&["low", "high"], &["min", "likely", "max"], &["p10", "p50", "p90"]];

/// Reads a list of changes.
///
/// # Errors
/// What is no change, in words.
pub fn read_changes(list: &Value) -> Result<Vec<Change>, Diagnostic> {
    let fault = |message: &str| {
        Diagnostic::new(Code::NotATable, message)
            .help("a change is {\"key\": \"risk.phishing.frequency\", \"value\": \"1 in 8 years\"}")
    };
    let list = match list {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) if list.len() <= MOST => list,
        Value::Array(_) => return Err(fault(&format!("more than {MOST} changes"))),
        _ => return Err(fault("`changes` is a list")),
    };
    list.iter()
        .map(|item| {
            let Value::Object(item) = item else { return Err(fault("a change is an object with a `key`")) };
            let text = |key: &str| match item.get(key) {
                Some(Value::String(text)) if text.chars().count() <= LONGEST => Some(text.clone()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            };
            let key = text("key").filter(|key| !key.is_empty()).ok_or_else(|| fault("a change without a `key`"))?;
            Ok(Change {
                to: to_of(item, &text).ok_or_else(|| fault(&format!("`{key}` becomes nothing readable")))?,
                key,
            })
        })
        .collect()
}

fn to_of(item: &Map<String, Value>, text: &dyn Fn(&str) -> Option<String>) -> Option<To> {
    if let Some(value) = text("value") {
        for between in [" to ", " bis ", " – ", " — "] {
            if let Some((low, high)) = value.split_once(between) {
                return Some(range(&["low", "high"], [low.trim().to_owned(), high.trim().to_owned()].into_iter()));
            }
        }
        return Some(To::Value(value));
    }
    if let Some(mean) = text("mean") {
        let mean: Decimal = mean.parse().ok().or_else(|| Decimal::from_scientific(&mean).ok())?;
        return Some(To::Mean(mean));
    }
    if let Some(Value::Array(ids)) = item.get("controls") {
        let ids = ids.iter().map(|id| id.as_str().filter(|id| id.len() <= LONGEST).map(str::to_owned));
        return ids.collect::<Option<Vec<String>>>().filter(|ids| ids.len() <= MOST).map(To::Controls);
    }
    let form = FORMS.iter().find(|form| form.iter().all(|key| item.contains_key(*key)))?;
    let values: Option<Vec<String>> = form.iter().map(|key| text(key)).collect();
    Some(range(form, values?.into_iter()))
}

fn range(keys: &[&str], values: impl Iterator<Item = String>) -> To {
    To::Range(keys.iter().map(|key| (*key).to_owned()).zip(values).collect())
}

/// The same changes as JSON.
pub fn changes_of(changes: &[Change]) -> Value {
    let one = |change: &Change| {
        let mut item = json!({ "key": change.key });
        match &change.to {
            To::Value(value) => item["value"] = json!(value),
            To::Mean(mean) => item["mean"] = json!(mean.normalize().to_string()),
            To::Controls(ids) => item["controls"] = json!(ids),
            To::Range(pairs) => pairs.iter().for_each(|(key, value)| item[key.as_str()] = json!(value)),
        }
        item
    };
    Value::Array(changes.iter().map(one).collect())
}

/// What was changed, in words: each key once, with what the file says.
pub(super) fn told(before: &Source, after: &Source, scenario: &Scenario, changes: &[Change]) -> Vec<Told> {
    let mut keys: Vec<&str> = Vec::new();
    for change in changes {
        if !keys.contains(&change.key.as_str()) {
            keys.push(&change.key);
        }
    }
    let Ok(parsed) = crate::scenario::parse(before) else { return Vec::new() };
    let texts = [before, after].map(|source| written_at(source, &keys));
    let said = |scenario: &Scenario, place: usize, texts: &[Option<String>]| {
        let estimate = scenario.estimates().iter().find(|estimate| estimate.path == keys[place]);
        match estimate {
            Some(estimate) => render::cell(&Cell::Estimate(estimate.shape.clone(), estimate.kind), scenario.voice()),
            None => texts[place].clone().unwrap_or_else(|| "–".to_owned()),
        }
    };
    (0..keys.len())
        .map(|place| Told {
            name: name_of(scenario, after, keys[place]),
            before: said(&parsed.scenario, place, &texts[0]),
            now: said(scenario, place, &texts[1]),
        })
        .filter(|told| told.before != told.now)
        .collect()
}

/// What a key is called.
fn name_of(scenario: &Scenario, source: &Source, key: &str) -> String {
    let words = &texts(scenario).live;
    if let Some(estimate) = scenario.estimates().iter().find(|estimate| estimate.path == key) {
        return estimate.name.clone();
    }
    let plan = scenario.plans().iter().find_map(|plan| {
        let rest = key.strip_prefix("plan.")?.strip_prefix(plan.id.as_str())?;
        if rest == ".controls" {
            return Some(line(words.controls_of, &[("plan", &plan.name)]));
        }
        let control = rest.strip_prefix(".controls.")?.strip_suffix(".start")?;
        let control = scenario.controls().iter().find(|other| other.id == control)?;
        Some(line(words.start_of, &[("plan", &plan.name), ("control", &control.name)]))
    });
    let setting = || {
        let found = settings(source).into_iter().find(|setting| setting.key == key)?;
        let label = term(scenario.voice().language, &found).label;
        Some(if found.of.is_empty() { label } else { format!("{}: {label}", found.of) })
    };
    plan.or_else(setting).unwrap_or_else(|| key.replace('_', " "))
}
