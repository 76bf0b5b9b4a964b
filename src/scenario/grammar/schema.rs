//! Which JSON Schema describes the file, for editors?
//!
//! Written from the same tables as the reader. What a schema cannot tell (that an id exists,
//! that low is below high, which currency) only the reader checks; everything else agrees both
//! ways, and a test holds it (`tests/suite/schema.rs`).

use serde_json::{Map, Value, json};

use super::estimate::{EstimateForm, FORMS};
use super::{ESTIMATE, Field, Form, Need, RECORD, SCENARIO, TableDef};
use crate::model::Factor;
use crate::units::Kind;
use crate::units::reading::pattern;

/// The JSON Schema (draft 2020-12) of a scenario.
pub fn schema() -> Value {
    let mut defs = Map::new();
    for (kind, name) in KINDS {
        defs.insert(format!("{name}_estimate"), estimate_schema(kind, name, false));
    }
    defs.insert("count_estimate".into(), estimate_schema(Kind::Frequency, "frequency", true));
    defs.insert("yearly_estimate".into(), yearly_schema());
    let mut root = table_schema(&SCENARIO);
    if let Value::Object(root) = &mut root {
        let mut head = Map::new();
        head.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        head.insert("title".into(), json!("rosi scenario"));
        head.append(root);
        head.insert("$defs".into(), Value::Object(defs));
        return Value::Object(head);
    }
    root
}

/// Kinds that have estimates, with the stem of their definition's name.
const KINDS: [(Kind, &str); 7] = [
    (Kind::Money, "money"),
    (Kind::Revenue, "revenue"),
    (Kind::Wage, "wage"),
    (Kind::Frequency, "frequency"),
    (Kind::Chance, "chance"),
    (Kind::Period, "period"),
    (Kind::WorkTime, "work_time"),
];

fn table_schema(def: &TableDef) -> Value {
    let mut properties = Map::new();
    for field in def.fields.iter().chain(if def.record { RECORD } else { &[] }) {
        properties.insert(field.key.into(), field_schema(field));
    }
    let required: Vec<&str> = def.fields.iter().filter(|f| f.need == Need::Required).map(|f| f.key).collect();
    let mut schema = json!({
        "type": "object",
        "description": def.doc,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn field_schema(field: &Field) -> Value {
    let mut schema = form_schema(field);
    if let Value::Object(schema) = &mut schema {
        let default = match field.need {
            Need::Default(value) => format!(" Default: {value}."),
            Need::Required | Need::Optional => String::new(),
        };
        schema.insert("description".into(), json!(format!("{}{default} Example: {}", field.doc, field.example)));
    }
    // Null counts as absent, but not where something is due.
    if field.need == Need::Required { schema } else { json!({ "anyOf": [schema, { "type": "null" }] }) }
}

fn form_schema(field: &Field) -> Value {
    match field.form {
        Form::SchemaVersion => json!({ "const": 1 }),
        Form::Text => json!({ "type": "string", "pattern": "\\S" }),
        Form::Id | Form::Ref(_) => id_schema(),
        Form::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$" }),
        Form::Date => {
            json!({ "type": "string", "pattern": "^(19|20|21|22)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" })
        }
        Form::Flag => json!({ "type": "boolean" }),
        Form::Fixed(kind) => json!({ "type": "string", "pattern": pattern(kind) }),
        Form::Estimate { kind, bare } => {
            let stem = KINDS.iter().find(|(known, _)| *known == kind).map_or("money", |(_, name)| name);
            let name = if bare { "count" } else { stem };
            json!({ "$ref": format!("#/$defs/{name}_estimate") })
        }
        Form::EventFrequency => json!({ "$ref": "#/$defs/yearly_estimate" }),
        Form::FactorEstimate => {
            let refs = ["count", "chance", "period", "money"]
                .map(|name| json!({ "$ref": format!("#/$defs/{name}_estimate") }));
            json!({ "anyOf": refs })
        }
        Form::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Form::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Form::Start => {
            json!({ "type": "string", "pattern": "^([Yy][Ee][Aa][Rr]|[Mm][Oo][Nn][Tt][Hh]) (?!0+$)[0-9]{1,3}$" })
        }
        Form::Word(words) => json!({ "enum": words }),
        Form::Factor => json!({ "enum": Factor::all().into_iter().map(Factor::key).collect::<Vec<_>>() }),
        Form::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Form::Refs(_) => json!({ "type": "array", "items": id_schema() }),
        Form::Words(words) => json!({ "type": "array", "items": { "enum": words } }),
        Form::Table(def) => table_schema(def),
        Form::Tables(def) => tables_schema(def, field.need == Need::Required),
        Form::TableOrTables(def) => json!({ "anyOf": [table_schema(def), tables_schema(def, false)] }),
        Form::WordOrTable(words, def) => json!({ "anyOf": [{ "enum": words }, table_schema(def)] }),
        Form::RefsOrTables(_, def) => {
            json!({ "type": "array", "items": { "anyOf": [id_schema(), table_schema(def)] } })
        }
    }
}

fn tables_schema(def: &TableDef, at_least_one: bool) -> Value {
    let mut schema = json!({ "type": "array", "items": table_schema(def) });
    if at_least_one {
        schema["minItems"] = json!(1);
    }
    schema
}

fn id_schema() -> Value {
    json!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$" })
}

/// One quantity of a kind.
fn quantity_schema(kind: Kind, bare: bool) -> Value {
    let text = json!({ "type": "string", "pattern": pattern(kind) });
    if bare {
        let number = json!({ "type": "string", "pattern": pattern(Kind::Number) });
        json!({ "anyOf": [text, number, { "type": "number", "minimum": 0 }] })
    } else {
        text
    }
}

fn estimate_schema(kind: Kind, name: &str, bare: bool) -> Value {
    let quantity = quantity_schema(kind, bare);
    let mut any = vec![quantity.clone()];
    any.extend(FORMS.iter().filter(|form| suits(form, kind)).map(|form| form_schema_of(form, kind, &quantity, bare)));
    json!({ "description": format!("An estimate: {} or a range.", name.replace('_', " ")), "anyOf": any })
}

/// A frequency, or with `count = "at most one"` a chance.
fn yearly_schema() -> Value {
    let quantity = json!({ "anyOf": [quantity_schema(Kind::Frequency, false), quantity_schema(Kind::Chance, false)] });
    let mut any = vec![quantity.clone()];
    any.extend(FORMS.iter().map(|form| form_schema_of(form, Kind::Frequency, &quantity, false)));
    json!({ "description": "An estimate: a yearly frequency or a range; with count = \"at most one\" a chance.", "anyOf": any })
}

/// Whether a form suits a kind: a chance has no lognormal, an amount no beta.
fn suits(form: &EstimateForm, kind: Kind) -> bool {
    match form.shape {
        Some("beta") => kind == Kind::Chance,
        Some("normal" | "lognormal" | "gamma") => kind != Kind::Chance,
        _ => true,
    }
}

fn form_schema_of(form: &EstimateForm, kind: Kind, quantity: &Value, bare: bool) -> Value {
    let mut properties = Map::new();
    if let Some(shape) = form.shape {
        properties.insert("shape".into(), json!({ "const": shape }));
    }
    for key in form.keys.iter().chain(form.optional) {
        let described = ESTIMATE.field(key).map_or("", |field| field.doc);
        let schema = match *key {
            "tail" => json!({ "type": "number", "exclusiveMinimum": 1 }),
            "samples" => json!({ "anyOf": [
                { "type": "string" },
                { "type": "array", "minItems": 2, "items": { "anyOf": [quantity_schema(kind, true), quantity] } },
            ]}),
            _ => quantity.clone(),
        };
        let mut schema = schema;
        schema["description"] = json!(described);
        properties.insert((*key).into(), schema);
    }
    let _ = bare;
    let doubt = json!({ "type": "string", "pattern": pattern(Kind::Rate), "description": "By which part its average may be off." });
    properties.insert("doubt".into(), json!({ "anyOf": [doubt, { "type": "null" }] }));
    for field in RECORD {
        properties.insert(field.key.into(), field_schema(field));
    }
    let required: Vec<&str> = form.shape.iter().map(|_| "shape").chain(form.keys.iter().copied()).collect();
    json!({
        "type": "object",
        "description": form.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
