//! What holds between keys, as a schema.

use serde_json::{Value, json};

use super::Definitions;
use crate::model::{Factor, Role};
use crate::scenario::grammar::{Form, Rule, TableDef};
use crate::units::Kind;

/// The schema of a rule; none where only the reader can tell.
pub(super) fn schema(rule: Rule, def: &TableDef, definitions: &mut Definitions) -> Option<Value> {
    Some(match rule {
        Rule::Any([key]) => written(def, key),
        Rule::Any(keys) => json!({ "anyOf": keys.iter().map(|key| written(def, key)).collect::<Vec<_>>() }),
        Rule::One(groups) => json!({ "oneOf": one_of(groups) }),
        Rule::Needs(key, other) => json!({ "dependencies": { key: [other] } }),
        Rule::NotNamed(word) => json!({ "properties": { "id": { "not": { "const": word } } } }),
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

/// Each group with no key of the others. Single keys need no more than `oneOf` itself says.
fn one_of(groups: &[&[&str]]) -> Vec<Value> {
    let single = groups.iter().all(|group| group.len() == 1);
    groups
        .iter()
        .map(|group| {
            if single {
                return json!({ "required": group });
            }
            let others = groups.iter().filter(|other| other != &group).flat_map(|other| other.iter());
            let forbidden: serde_json::Map<String, Value> =
                others.map(|key| ((*key).to_owned(), json!(false))).collect();
            json!({ "required": group, "properties": forbidden })
        })
        .collect()
}

/// The kind of new value of every factor that can be replaced.
fn new_value(factor: Factor, definitions: &mut Definitions) -> Option<Value> {
    Some(match factor {
        Factor::Frequency => definitions.estimate(Kind::Frequency, false, Role::Knowledge),
        Factor::Contacts | Factor::Events => definitions.estimate(Kind::Frequency, true, Role::Knowledge),
        Factor::Action | Factor::Vulnerability => definitions.estimate(Kind::Chance, false, Role::Knowledge),
        Factor::Resistance | Factor::SecondaryChance => definitions.estimate(Kind::Chance, false, Role::Luck),
        Factor::Outage => definitions.estimate(Kind::Period, false, Role::Luck),
        Factor::LossForm(_) | Factor::SecondaryLossForm(_) => definitions.estimate(Kind::Money, false, Role::Luck),
        Factor::Loss | Factor::SecondaryLoss => return None,
    })
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
        if factor == Factor::Resistance {
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
