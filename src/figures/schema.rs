//! The JSON Schema of the output, written from the definitions of the documents.

use serde_json::{Map, Value, json};

use super::DOCUMENTS;
use super::node::{Name, Record, Shape, fields};
use super::quantity::Measure;

/// The schema of every document that rosi writes (draft 7).
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let documents: Vec<Value> = DOCUMENTS
        .iter()
        .map(|(id, record)| {
            let of = define(record, &mut definitions);
            json!({ "allOf": [of, { "properties": { "schema": { "const": id } } }] })
        })
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "What rosi writes with --format json",
        "description": "Keys are added, never renamed. A figure that does not exist is null.",
        "anyOf": documents,
        "definitions": definitions,
    })
}

/// A reference to a record, which is defined where it is not yet.
fn define(record: &'static Record, definitions: &mut Map<String, Value>) -> Value {
    let reference = json!({ "$ref": format!("#/definitions/{}", record.name) });
    if definitions.contains_key(record.name) {
        return reference;
    }
    // The name is taken before the fields are looked at: a record may hold one of its own kind.
    definitions.insert(record.name.to_owned(), Value::Null);
    let fields = fields(record);
    let mut properties = Map::new();
    for field in &fields {
        let mut told = Map::new();
        told.insert("description".to_owned(), json!(field.what()));
        let formula = Some(("formula", field.formula.to_owned())).filter(|(_, formula)| !formula.is_empty());
        let page = Some(("page", format!("docs/model/{}.md", field.page))).filter(|_| !field.page.is_empty());
        told.extend(formula.into_iter().chain(page).map(|(key, words)| (key.to_owned(), json!(words))));
        // What stands beside a reference is not looked at in this draft.
        told.insert("allOf".to_owned(), json!([of(&(field.shape)(), definitions)]));
        properties.insert(field.key().to_owned(), Value::Object(told));
    }
    let required: Vec<&str> = fields.iter().filter(|field| field.asked.is_empty()).map(|field| field.key()).collect();
    let about = record.about.trim();
    definitions.insert(
        record.name.to_owned(),
        json!({ "description": about, "type": "object", "properties": properties, "required": required, "additionalProperties": false }),
    );
    reference
}

fn of(shape: &Shape, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Leaf(measure) => leaf(*measure),
        Shape::Optional(inner) => json!({ "anyOf": [of(inner, definitions), { "type": "null" }] }),
        Shape::List(inner) => json!({ "type": "array", "items": of(inner, definitions) }),
        Shape::Record(record) => define(record, definitions),
        Shape::Table(names, inner) => {
            let of = of(inner, definitions);
            match names {
                Name::Level => {
                    json!({ "type": "object", "patternProperties": { "^0\\.[0-9]+$": of }, "additionalProperties": false })
                }
                Name::Plan | Name::Figure => json!({ "type": "object", "additionalProperties": of }),
            }
        }
    }
}

fn leaf(measure: Measure) -> Value {
    let money = json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "unit": "money" });
    let unit = measure.key();
    match measure {
        Measure::Money => money,
        Measure::Chance => json!({ "type": "number", "minimum": 0, "maximum": 1, "unit": unit }),
        Measure::Count => json!({ "type": "integer", "minimum": 0, "unit": unit }),
        Measure::Input => json!({ "anyOf": [money, { "type": "number" }], "unit": unit }),
        Measure::Words => json!({ "type": "string" }),
        Measure::Flag => json!({ "type": "boolean" }),
        Measure::Share | Measure::Rate | Measure::Ratio | Measure::Years | Measure::Hours => {
            json!({ "type": "number", "unit": unit })
        }
    }
}
