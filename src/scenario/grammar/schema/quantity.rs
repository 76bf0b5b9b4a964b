//! Quantities and estimates of each kind, as definitions of the schema.

use serde_json::{Map, Value, json};

use super::{Definitions, described, form, object};
use crate::model::Role;
use crate::scenario::grammar::estimate::{EstimateForm, FORMS};
use crate::scenario::grammar::quantities::{Quantity, quantity};
use crate::scenario::grammar::{ESTIMATE, FAMILIES, Form, RECORD};
use crate::units::Kind;
use crate::units::reading::pattern;

/// A quantity as it may stand in one place.
#[derive(Clone, Copy)]
struct Terms {
    kind: Kind,
    /// The key names the unit, so a number may stand alone.
    bare: bool,
    /// A chance that may also be written as a yearly frequency.
    yearly: bool,
}

impl Terms {
    fn of(kind: Kind) -> Self {
        Self { kind, bare: false, yearly: false }
    }

    fn name(self) -> String {
        match self {
            Self { yearly: true, .. } => "yearly_chance".into(),
            Self { bare: true, .. } => format!("{}_or_number", quantity(self.kind).stem),
            _ => quantity(self.kind).stem.into(),
        }
    }

    /// The regular expression of all texts that are taken.
    fn pattern(self) -> String {
        match self {
            Self { yearly: true, .. } => format!("(?:{})|(?:{})", pattern(Kind::Chance), pattern(Kind::Frequency)),
            Self { bare: true, .. } => format!("(?:{})|(?:{})", pattern(self.kind), pattern(Kind::Number)),
            _ => pattern(self.kind),
        }
    }

    /// In words, such as `an amount of money`.
    fn words(self) -> String {
        match self {
            Self { yearly: true, .. } => "a chance of one event a year".into(),
            Self { bare: true, .. } => format!("{}, or a number a year", self.kind.name()),
            _ => self.kind.name().into(),
        }
    }
}

impl Definitions {
    /// One quantity of a kind, as text.
    pub(super) fn quantity(&mut self, kind: Kind) -> Value {
        self.of(Terms::of(kind))
    }

    /// An estimate: one quantity or a range.
    pub(super) fn estimate(&mut self, kind: Kind, bare: bool, role: Role) -> Value {
        self.one_or_range(Terms { kind, bare, yearly: false }, role)
    }

    /// An estimate of a risk's frequency.
    pub(super) fn frequency(&mut self) -> Value {
        self.one_or_range(Terms::of(Kind::Frequency), Role::Knowledge)
    }

    /// An estimate of a risk's frequency where it can happen only once a year.
    pub(super) fn yearly_chance(&mut self) -> Value {
        self.one_or_range(Terms { kind: Kind::Chance, bare: false, yearly: true }, Role::Knowledge)
    }

    fn of(&mut self, terms: Terms) -> Value {
        self.refer(&terms.name(), |_| {
            let Quantity { examples, most, range, .. } = quantity(terms.kind);
            let shown: Vec<&str> = examples.iter().take(3).map(|(text, _)| *text).collect();
            let advice = format!("Write {}, such as \"{}\".", terms.words(), shown.join("\", \""));
            let text = json!({ "type": "string", "pattern": terms.pattern(), "patternErrorMessage": advice });
            let mut schema = Map::new();
            let words = terms.words();
            let capital = words[..1].to_uppercase();
            schema.insert("description".into(), json!(format!("{capital}{}: {range}.", &words[1..])));
            schema.insert("examples".into(), json!(examples.iter().map(|(text, _)| *text).collect::<Vec<_>>()));
            if terms.bare {
                schema.insert(
                    "anyOf".into(),
                    json!([text, { "type": "number", "minimum": 0, "maximum": number(*most) }]),
                );
            } else {
                schema.extend(object(text));
            }
            schema
        })
    }

    fn one_or_range(&mut self, terms: Terms, role: Role) -> Value {
        let per_event = if role == Role::Luck { "_per_event" } else { "" };
        let name = terms.name();
        self.refer(&format!("{name}_estimate{per_event}"), |definitions| {
            let one = definitions.of(terms);
            let range =
                definitions.refer(&format!("{name}_range{per_event}"), |definitions| range(terms, role, definitions));
            object(json!({
                "description": format!("An estimate: {}, or a table with a range.", terms.words()),
                "anyOf": [one, range],
            }))
        })
    }
}

/// A table with a range: every key with its meaning, and which of them stand together.
fn range(terms: Terms, role: Role, definitions: &mut Definitions) -> Map<String, Value> {
    let families: Vec<&str> = FAMILIES
        .iter()
        .copied()
        .filter(|family| FORMS.iter().any(|form| form.shape == Some(family) && suits(form, terms.kind)))
        .collect();
    let mut properties = Map::new();
    for field in ESTIMATE.fields {
        let mut schema = Map::new();
        schema.insert("description".into(), json!(field.doc));
        schema.extend(match field.form {
            Form::Doubt if role == Role::Knowledge => continue,
            Form::Samples => object(samples(terms, definitions)),
            Form::Word(_) => object(json!({ "enum": families })),
            Form::Fixed(_) => object(json!({ "allOf": [definitions.of(terms)] })),
            other => form(other, definitions),
        });
        properties.insert(field.key.into(), Value::Object(schema));
    }
    for field in RECORD {
        properties.insert(field.key.into(), Value::Object(described(field, definitions)));
    }
    let name = if terms.kind == Kind::Chance { "forms_of_a_chance" } else { "forms_of_an_amount" };
    let forms = definitions.refer(name, |_| {
        let forms: Vec<Value> = FORMS.iter().filter(|form| suits(form, terms.kind)).map(keys_of).collect();
        object(json!({ "description": "Which keys of an estimate stand together.", "anyOf": forms }))
    });
    object(json!({
        "description": format!("A range of {}, in one of several forms; or one value with its source.", bare_words(terms)),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "allOf": [forms],
    }))
}

/// The keys that one form needs, and those that it excludes.
fn keys_of(form: &EstimateForm) -> Value {
    let mut properties = Map::new();
    if let Some(shape) = form.shape {
        properties.insert("shape".into(), json!({ "const": shape }));
    }
    for field in ESTIMATE.fields {
        let stands = form.keys.contains(&field.key) || form.optional.contains(&field.key) || field.key == "doubt";
        if !stands && !properties.contains_key(field.key) {
            properties.insert(field.key.into(), json!(false));
        }
    }
    let required: Vec<&str> = form.shape.iter().map(|_| "shape").chain(form.keys.iter().copied()).collect();
    json!({ "description": form.doc, "required": required, "properties": properties })
}

/// Observed values: numbers are in the canonical unit of the kind.
fn samples(terms: Terms, definitions: &mut Definitions) -> Value {
    let most = number(quantity(terms.kind).most);
    let text = if terms.yearly {
        definitions.of(terms)
    } else {
        json!({ "type": "string", "pattern": Terms { bare: true, ..terms }.pattern() })
    };
    json!({ "anyOf": [
        { "type": "string" },
        {
            "type": "array",
            "minItems": 2,
            "items": { "anyOf": [text, { "type": "number", "minimum": 0, "maximum": most }] },
        },
    ]})
}

/// Whether a form suits a kind: a chance has no lognormal, an amount no beta.
fn suits(form: &EstimateForm, kind: Kind) -> bool {
    match form.shape {
        Some("beta") => kind == Kind::Chance,
        Some("normal" | "lognormal" | "gamma") => kind != Kind::Chance,
        _ => true,
    }
}

fn bare_words(terms: Terms) -> String {
    let words = terms.words();
    words.strip_prefix("an ").or_else(|| words.strip_prefix("a ")).unwrap_or(&words).to_owned()
}

/// A bound as people write it: `1`, not `1.0`.
fn number(bound: f64) -> Value {
    if bound < 1e15 { json!(bound as u64) } else { json!(bound) }
}
