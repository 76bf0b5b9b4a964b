//! Which JSON Schema describes the file, for editors?
//!
//! Written from the same tables as the reader, in draft-07, which every editor knows. What no
//! schema can tell (that an id exists, that low is below high, which currency) only the reader
//! checks; everything else agrees both ways, and a test holds it (`tests/suite/schema.rs`).

mod quantity;
mod rule;

use serde_json::{Map, Value, json};

use super::{Field, Form, Need, RECORD, SCENARIO, TableDef};
use crate::model::{Factor, Role};
use crate::scenario::read::number;
use crate::scenario::syntax::{self, Node, Syntax};
use crate::units::reading::{Settings, pattern, read};
use crate::units::{Arithmetic, Currency, Kind};

/// The JSON Schema (draft-07) of a scenario.
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".into(), json!("rosi scenario"));
    schema.extend(table(&SCENARIO, &mut definitions));
    schema.insert("definitions".into(), Value::Object(definitions.0));
    Value::Object(schema)
}

/// What several places of the schema refer to, by name.
#[derive(Default)]
struct Definitions(Map<String, Value>);

impl Definitions {
    /// A reference to a definition, which is made when it is first asked for.
    fn refer(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Map<String, Value>) -> Value {
        if !self.0.contains_key(name) {
            // The place is taken first, so that definitions stand in the order of the file.
            self.0.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.0.insert(name.to_owned(), Value::Object(made));
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn table(&mut self, def: &'static TableDef) -> Value {
        let name = def.name.trim_matches(['[', ']']).replace('.', "_");
        self.refer(&name, |definitions| table(def, definitions))
    }
}

fn table(def: &TableDef, definitions: &mut Definitions) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in def.fields.iter().chain(if def.record { RECORD } else { &[] }) {
        properties.insert(field.key.into(), Value::Object(described(field, definitions)));
    }
    let required: Vec<&str> = def.fields.iter().filter(|f| f.need == Need::Required).map(|f| f.key).collect();
    let mut schema = object(json!({ "description": def.doc, "type": "object", "properties": properties }));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("additionalProperties".into(), json!(false));
    let rules: Vec<Value> = def.rules.iter().filter_map(|rule| rule::schema(*rule, def, definitions)).collect();
    if !rules.is_empty() {
        schema.insert("allOf".into(), Value::Array(rules));
    }
    schema
}

/// A key: what it means, what it is by default, one way to write it, and what may stand there.
fn described(field: &Field, definitions: &mut Definitions) -> Map<String, Value> {
    let default = match field.need {
        Need::Default(value) => format!(" Default: {value}."),
        Need::Required | Need::Optional => String::new(),
    };
    let role = field.form.role_words().map(|words| format!(" {words}")).unwrap_or_default();
    let mut schema = Map::new();
    schema.insert("description".into(), json!(format!("{}{default}{role} Example: {}", field.doc, field.example)));
    if let Some(default) = default_value(field) {
        schema.insert("default".into(), default);
    }
    if let Some(example) = example(field) {
        schema.insert("examples".into(), json!([example]));
    }
    schema.extend(form(field.form, definitions));
    schema
}

/// What may stand at a key.
fn form(form: Form, definitions: &mut Definitions) -> Map<String, Value> {
    object(match form {
        Form::SchemaVersion => json!({ "const": 1 }),
        Form::Text => json!({ "type": "string", "pattern": "\\S", "patternErrorMessage": "This is empty." }),
        Form::Id | Form::Ref(_) => id(),
        Form::Currency => currency(),
        Form::Date => json!({
            "type": "string",
            "pattern": DATE,
            "patternErrorMessage": "Write a day of the calendar, such as 2027-01-31.",
        }),
        Form::Flag => json!({ "type": "boolean" }),
        Form::Fixed(kind) => json!({ "allOf": [definitions.quantity(kind)] }),
        Form::Estimate { kind, bare, role } => json!({ "allOf": [definitions.estimate(kind, bare, role)] }),
        Form::Series(kind) => {
            let estimate = definitions.estimate(kind, false, Role::Knowledge);
            json!({ "anyOf": [estimate, { "type": "array", "items": estimate, "minItems": 1 }] })
        }
        Form::EventFrequency => json!({ "anyOf": [definitions.frequency(), definitions.yearly_chance()] }),
        Form::FactorEstimate => json!({ "anyOf": rule::new_values(definitions) }),
        Form::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Form::Above(bound) => json!({ "type": "number", "exclusiveMinimum": bound }),
        Form::Doubt => json!({ "allOf": [definitions.quantity(Kind::Rate)] }),
        // Every estimate says what its own samples are, and what each of a quantity is.
        Form::Samples | Form::Observed | Form::Each => json!({}),
        Form::Column => json!({ "anyOf": [{ "type": "string" }, { "type": "integer", "minimum": 1 }] }),
        Form::Positive => json!({ "anyOf": [
            { "type": "string", "pattern": pattern(Kind::Number) },
            { "type": "number", "exclusiveMinimum": 0 },
        ] }),
        Form::Plain => json!({ "type": "number" }),
        Form::Seen => json!({ "type": "number", "minimum": 0 }),
        Form::Confidence(words) => json!({ "anyOf": [
            { "enum": words.iter().map(|(word, _)| word).collect::<Vec<_>>() },
            { "type": "number", "exclusiveMinimum": 0, "maximum": 1000 },
        ] }),
        Form::Quantity => json!({ "allOf": [definitions.estimate(Kind::Number, true, Role::Luck)] }),
        Form::Rates(def) => {
            let rate = definitions.table(def);
            let number = json!({ "type": "string", "pattern": pattern(Kind::Number) });
            let rate = json!({ "anyOf": [number, { "type": "number", "exclusiveMinimum": 0 }, rate] });
            json!({ "type": "object", "additionalProperties": false, "patternProperties": { "^[A-Z]{3}$": rate } })
        }
        Form::Start => json!({
            "type": "string",
            "pattern": "^([Yy][Ee][Aa][Rr]|[Mm][Oo][Nn][Tt][Hh]) (0{0,2}[1-9]|0?[1-9][0-9]|[1-9][0-9]{2})$",
            "patternErrorMessage": "Write \"year 2\" or \"month 7\".",
        }),
        Form::Word(words) => json!({ "enum": words }),
        Form::Factor => {
            let factors = Factor::all();
            json!({
                "enum": factors.iter().map(|factor| factor.key()).collect::<Vec<_>>(),
                "enumDescriptions": factors.iter().map(|factor| factor.words(crate::units::Language::English)).collect::<Vec<_>>(),
            })
        }
        Form::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Form::Refs(_) => json!({ "type": "array", "items": id(), "uniqueItems": true }),
        Form::Words(words) => json!({ "type": "array", "items": { "enum": words }, "uniqueItems": true }),
        Form::Table(def) => json!({ "type": "object", "allOf": [definitions.table(def)] }),
        Form::Tables(def) => json!({ "type": "array", "items": definitions.table(def) }),
        Form::TableOrTables(def) => {
            let table = definitions.table(def);
            json!({ "type": ["object", "array"], "anyOf": [table, { "type": "array", "items": table }] })
        }
        Form::WordOrTable(words, def) => json!({ "anyOf": [{ "enum": words }, definitions.table(def)] }),
        Form::FixedOrTable(kind, def) => json!({ "anyOf": [definitions.quantity(kind), definitions.table(def)] }),
        Form::RefsOrTables(_, def) => json!({
            "type": "array",
            "items": { "anyOf": [id(), definitions.table(def)] },
            "uniqueItems": true,
        }),
    })
}

fn id() -> Value {
    json!({
        "type": "string",
        "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
        "patternErrorMessage": "Write letters, digits, - and _ only, and at most 64 of them.",
    })
}

/// Every code that the reader knows, the usual ones first.
fn currency() -> Value {
    let common = Currency::common_codes();
    let rest = Currency::all().map(Currency::code).filter(|code| !common.contains(code));
    let codes: Vec<&str> = common.iter().copied().chain(rest).collect();
    let names: Vec<String> =
        codes.iter().map(|code| Currency::from_code(code).map_or_else(String::new, Currency::name)).collect();
    json!({ "enum": codes, "enumDescriptions": names })
}

/// A day from 1900 to 2200 of the Gregorian calendar, with its leap years; or one with the year last, of which the
/// reader alone can tell whether it exists and has one reading.
const DATE: &str = "^((19[0-9]{2}|2[01][0-9]{2}|2200)-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])\
|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))\
|((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)-02-29\
|[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}\
|[0-9]{4}/[0-9]{2}/[0-9]{2}|[0-9]{4}\\.[0-9]{2}\\.[0-9]{2}\
|[^0-9]{0,4}[0-9]{1,2}[^0-9]*[A-Za-zÀ-ÿ]{3}[^0-9]*[0-9]{4}|[A-Za-zÀ-ÿ]{3}[^0-9]*[0-9]{1,2}[^0-9]+[0-9]{4})$";

/// The default as a value, where it can be written as one.
fn default_value(field: &Field) -> Option<Value> {
    let Need::Default(text) = field.need else { return None };
    match field.form {
        Form::Integer(..) => text.parse::<u64>().ok().map(Value::from),
        Form::Flag => text.parse::<bool>().ok().map(Value::from),
        Form::Word(words) | Form::WordOrTable(words, _) => words.contains(&text).then(|| text.into()),
        Form::Fixed(kind) | Form::Estimate { kind, .. } | Form::Series(kind) => {
            is_quantity(text, kind).then(|| text.into())
        }
        Form::Start => Some(text.into()),
        _ => None,
    }
}

fn is_quantity(text: &str, kind: Kind) -> bool {
    let settings = Currency::from_code("EUR").map(|currency| Settings::new(currency, 220.into()));
    settings.is_some_and(|settings| read(text, kind, &settings).is_ok())
}

/// The example as a value that an editor can offer; tables are offered key by key.
fn example(field: &Field) -> Option<Value> {
    let root = syntax::parse(field.example.as_bytes(), Syntax::Toml).ok()?;
    let syntax::Value::Table(table) = root.value else { return None };
    value(table.get(field.key)?)
}

fn value(node: &Node) -> Option<Value> {
    match &node.value {
        syntax::Value::Bool(flag) => Some(json!(flag)),
        syntax::Value::Number(text) => {
            let number = number(text)?;
            // A whole number stays one: `900`, not `900.0`.
            let whole = u64::try_from(number).ok().filter(|_| number.is_integer());
            Some(whole.map_or_else(|| json!(f64::from_decimal(number)), |whole| json!(whole)))
        }
        syntax::Value::Text(text) => Some(json!(text)),
        syntax::Value::List(nodes) => nodes.iter().map(value).collect(),
        syntax::Value::Null | syntax::Value::Table(_) => None,
    }
}

/// The keys of a schema written as JSON.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
