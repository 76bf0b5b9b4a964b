//! Slips and mischief: changes to a document that may or may not leave it valid.

use serde_json::{Value, json};

use super::choices::Choices;

/// Keys of the format, and some that are none.
const KEYS: &[&str] = &[
    "$schema",
    "schema",
    "title",
    "currency",
    "decision",
    "assumptions",
    "appetite",
    "value_stream",
    "risk",
    "control",
    "plan",
    "insurance",
    "shared_cause",
    "id",
    "name",
    "frequency",
    "threat",
    "count",
    "loss",
    "asset",
    "outage",
    "secondary",
    "leads_to",
    "events",
    "contacts",
    "action",
    "vulnerability",
    "capability",
    "resistance",
    "response",
    "replacement",
    "fines",
    "duration",
    "share",
    "chance",
    "strikes",
    "coverage",
    "reliability",
    "ramp",
    "lifetime",
    "salvage",
    "requires",
    "excludes",
    "one_of",
    "fails_with",
    "in_place",
    "effect",
    "cost",
    "on",
    "reduction",
    "becomes",
    "initial",
    "yearly",
    "people",
    "friction",
    "retired",
    "users",
    "time",
    "rate",
    "controls",
    "drops",
    "exclusive",
    "start",
    "premium",
    "retention",
    "limit",
    "covers",
    "risks",
    "plans",
    "value",
    "low",
    "high",
    "min",
    "likely",
    "max",
    "p10",
    "p50",
    "p90",
    "at_most",
    "shape",
    "mean",
    "sd",
    "at_least",
    "tail",
    "samples",
    "doubt",
    "source",
    "owner",
    "date",
    "why",
    "example",
    "horizon",
    "discount_rate",
    "growth",
    "tax_rate",
    "depreciation",
    "depreciation_years",
    "timing",
    "valued_at",
    "working_days",
    "seed",
    "clustering",
    "goal",
    "revenue",
    "margin",
    "obligations",
    "mitigates",
    "probability",
    "Loss",
    "",
    "risk ",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "x",
    "15%",
    "250%",
    "-5%",
    "250k",
    "1 in 20",
    "1 in 0",
    "1 in 20 years",
    "18 months",
    "4 hours per week",
    "8% per year",
    "65 per hour",
    "1 minute per day",
    "12 per year",
    "12",
    "1e25",
    "5 USD",
    "EUR 5",
    "0.5 FTE",
    "1,5",
    "2027-01-31",
    "2027-02-29",
    "2028-02-29",
    "2100-02-29",
    "2000-02-29",
    "1899-12-31",
    "2201-01-01",
    "2027-1-31",
    "2027-04-31",
    "2027-01-31T10:00:00",
    "year 2",
    "month 0",
    "month 007",
    "YEAR 1",
    "year 60",
    "year  2",
    "poisson",
    "at most one",
    "At most one",
    "today",
    "core",
    "risk-0",
    "risk-9",
    "control_0",
    "control_1",
    "-id",
    "an id",
    "stream0",
    "loss",
    "outage",
    "resistance",
    "frequency",
    "secondary.loss",
    "loss.fines",
    "loss.tax",
    "vulnerability",
    "straight-line",
    "mid-year",
    "uniform",
    "beta",
    "gamma",
    "pareto",
    "lognormal",
    "fines",
    "productivity",
    "EUR",
    "eur",
    "USD",
    "XYZ",
    "true",
    "losses.csv",
    "30%",
    "0%",
    "100%",
    "2 weeks",
    "0 hours",
];

fn pool(c: &mut Choices<'_>) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2.5),
        json!(-1),
        json!(1e3),
        json!(400),
        json!(1e12),
        json!(0.5),
        json!(1.0),
        json!(-0.0),
        json!([]),
        json!({}),
        json!([[]]),
        json!([{}]),
        json!(["x"]),
        json!([1, 2]),
        json!(["risk-0"]),
        json!(["risk-0", "risk-0"]),
        json!(["control_0", { "id": "control_0" }]),
        json!(["today", "today"]),
        json!(["fines", "fines"]),
        json!({ "value": "5k" }),
        json!({ "value": "5%" }),
        json!({ "low": "5k", "high": "9k" }),
        json!({ "low": "9k", "high": "5k" }),
        json!({ "low": "5%" }),
        json!({ "min": "1%", "likely": "5%", "max": "20%", "doubt": "30%" }),
        json!({ "min": 1, "likely": 5, "max": 9 }),
        json!({ "low": "1 per year", "high": "4 per year", "min": "1 per year" }),
        json!({ "example": true }),
        json!({ "shape": "beta", "low": "5%", "high": "20%" }),
        json!({ "shape": "gamma", "low": "5k", "high": "9k" }),
        json!({ "shape": "pareto", "at_least": "5k", "tail": 1 }),
        json!({ "samples": ["5k", 9000] }),
        json!({ "samples": [0.1, 0.2] }),
        json!({ "samples": [1] }),
        json!({ "p10": "1k", "p50": "3k", "p90": "9k" }),
        json!({ "p10": "1k", "p50": "3k", "p90": "9k", "at_most": "8k" }),
        json!({ "clustering": 0 }),
        json!({ "clustering": 1e3 }),
        json!({ "risk": "risk-0", "chance": "5%" }),
        json!({ "id": "control_0" }),
        json!({ "id": "core", "start": "year 1" }),
        json!({ "fines": "5k" }),
        json!({ "group": "x", "share": "5%" }),
        json!({ "value": "5k", "exposure": "5%" }),
        json!({ "duration": "5 hours" }),
        json!({ "events": 5, "vulnerability": "5%" }),
        json!({ "contacts": 5, "vulnerability": "5%" }),
        json!({ "chance": "5%", "loss": { "fines": "5k" } }),
        json!({ "plan": "core" }),
        json!({ "time": "1 hour per week", "rate": "5 per hour" }),
    ];
    match c.below(2) {
        0 => json!(c.pick(TEXTS)),
        _ => values[c.below(values.len())].clone(),
    }
}

/// Every place of a document, as JSON pointers; the root first.
pub fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                places(inner, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// One to three changes.
pub fn mutate(c: &mut Choices<'_>, document: &mut Value) {
    for _ in 0..c.within(1, 3) {
        let mut all = Vec::new();
        places(document, "", &mut all);
        let (place, other) = (c.below(all.len()), c.below(all.len()));
        let copied = document.pointer(&all[other]).cloned().unwrap_or_default();
        let Some(target) = document.pointer_mut(&all[place]) else { continue };
        change(c, target, copied);
    }
}

fn change(c: &mut Choices<'_>, target: &mut Value, copied: Value) {
    match (c.below(8), target) {
        (0 | 1, Value::Object(table)) if !table.is_empty() => {
            let key = table.keys().nth(c.below(table.len())).cloned().unwrap_or_default();
            table.remove(&key);
        }
        (2 | 3, Value::Object(table)) => {
            table.insert(c.pick(KEYS).to_owned(), pool(c));
        }
        (4, Value::Object(table)) if !table.is_empty() => {
            let key = table.keys().nth(c.below(table.len())).cloned().unwrap_or_default();
            if let Some(value) = table.remove(&key) {
                table.insert(c.pick(KEYS).to_owned(), value);
            }
        }
        (5, Value::Object(table)) => {
            table.insert(c.pick(KEYS).to_owned(), copied);
        }
        (0 | 1, Value::Array(list)) => list.clear(),
        (2 | 3, Value::Array(list)) => list.push(pool(c)),
        (4 | 5, Value::Array(list)) if !list.is_empty() => {
            let again = list[c.below(list.len())].clone();
            list.push(again);
        }
        (6, target) => *target = json!([target.take()]),
        (7, target) => *target = copied,
        (_, target) => *target = pool(c),
    }
}
