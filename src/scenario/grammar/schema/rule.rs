//! What holds between keys, as a schema.

use serde_json::{Map, Value, json};

use super::Definitions;
use crate::model::Factor;
use crate::scenario::grammar::{Form, Rule, TableDef};

/// The schema of a rule; none where only the reader can tell.
pub(super) fn schema(rule: Rule, def: &TableDef, definitions: &mut Definitions) -> Option<Value> {
    Some(match rule {
        Rule::Any([key]) => written(def, key),
        Rule::Any(keys) => json!({ "anyOf": keys.iter().map(|key| written(def, key)).collect::<Vec<_>>() }),
        Rule::One(groups) => Value::Object(one_of(groups)),
        Rule::Needs(key, other) => json!({ "dependencies": { key: [other] } }),
        Rule::DepreciationByMethod => json!({
            "if": { "required": ["depreciation"], "properties": { "depreciation": { "const": "declining" } } },
            "then": { "required": ["depreciation_rate"], "properties": { "depreciation_years": false } },
            "else": {
                "dependencies": { "depreciation": ["depreciation_years"], "depreciation_years": ["depreciation"] },
                "properties": { "depreciation_rate": false },
            },
        }),
        Rule::NotNamed(word) => json!({
            "properties": { "id": { "not": { "const": word }, "errorMessage": format!("\"{word}\" is taken.") } },
        }),
        Rule::AssetIsReplacement => json!({
            "dependencies": { "asset": { "properties": { "loss": { "properties": { "replacement": false } } } } },
        }),
        Rule::FrequencyByCount => json!({
            "if": { "required": ["count"], "properties": { "count": { "const": "at most one" } } },
            "then": { "properties": { "frequency": definitions.yearly_chance() } },
            "else": { "properties": { "frequency": definitions.frequency() } },
        }),
        Rule::NewValueByFactor => json!({ "allOf": by_factor(definitions) }),
        Rule::Told(_) => return None,
    })
}

/// The key is there; a list is not empty.
fn written(def: &TableDef, key: &str) -> Value {
    match def.field(key).map(|field| field.form) {
        Some(Form::Tables(_) | Form::TableOrTables(_) | Form::Refs(_)) => {
            json!({ "required": [key], "properties": { key: { "minItems": 1 } } })
        }
        _ => json!({ "required": [key] }),
    }
}

/// Exactly one of these groups of keys, and all of it.
///
/// Told key by key, because editors then say which key is missing or one too many; of a choice
/// between whole schemas they only say that none or several fit.
pub(super) fn one_of(groups: &[&[&str]]) -> Map<String, Value> {
    let mut dependencies = Map::new();
    for (index, group) in groups.iter().enumerate() {
        for (place, key) in group.iter().enumerate() {
            if dependencies.contains_key(*key) {
                continue;
            }
            // Keys that stand beside this one, in each group that has it.
            let beside: Vec<Vec<&str>> = groups
                .iter()
                .filter(|group| group.contains(key))
                .map(|group| group.iter().copied().filter(|other| other != key).collect())
                .collect();
            let mut then = Map::new();
            match beside.as_slice() {
                [others] if others.is_empty() => {}
                [others] => drop(then.insert("required".into(), json!(others))),
                several => {
                    let several: Vec<Value> = several.iter().map(|others| json!({ "required": others })).collect();
                    then.insert("anyOf".into(), Value::Array(several));
                }
            }
            // Where a group is whole its first key stands, so that this one refuses for all.
            let refused: Map<String, Value> = groups[index + 1..]
                .iter()
                .flat_map(|group| group.iter())
                .filter(|other| place == 0 && !group.contains(other))
                .map(|key| ((*key).to_owned(), json!(false)))
                .collect();
            if !refused.is_empty() {
                then.insert("properties".into(), Value::Object(refused));
            }
            if !then.is_empty() {
                dependencies.insert((*key).to_owned(), Value::Object(then));
            }
        }
    }
    let first: Vec<Value> = groups.iter().map(|group| json!({ "required": [group[0]] })).collect();
    let mut schema = Map::new();
    if !dependencies.is_empty() {
        schema.insert("dependencies".into(), Value::Object(dependencies));
    }
    schema.insert("anyOf".into(), Value::Array(first));
    schema
}

/// The kind of new value of every factor that can be replaced.
fn new_value(factor: Factor, definitions: &mut Definitions) -> Option<Value> {
    let (kind, bare, role) = factor.new_value()?;
    Some(definitions.estimate(kind, bare, role))
}

/// Every kind of new value once.
pub(super) fn new_values(definitions: &mut Definitions) -> Vec<Value> {
    let mut values = Vec::new();
    for factor in Factor::all() {
        if let Some(value) = new_value(factor, definitions)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    values
}

fn by_factor(definitions: &mut Definitions) -> Vec<Value> {
    // Factors of one kind of new value share a condition; only resistance stands alone.
    let mut groups: Vec<(Value, Vec<String>)> = Vec::new();
    for factor in Factor::all() {
        let mut then = new_value(factor, definitions)
            .map_or_else(|| json!({ "becomes": false }), |value| json!({ "becomes": value }));
        if !factor.has_reduction() {
            then["reduction"] = json!(false);
        }
        match groups.iter_mut().find(|(known, _)| *known == then) {
            Some((_, factors)) => factors.push(factor.key()),
            None => groups.push((then, vec![factor.key()])),
        }
    }
    groups
        .into_iter()
        .map(|(then, factors)| {
            json!({
                "if": { "required": ["on"], "properties": { "on": { "enum": factors } } },
                "then": { "properties": then },
            })
        })
        .collect()
}
