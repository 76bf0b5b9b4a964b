//! Quantities and estimates of each kind, as definitions of the schema.

use serde_json::{Map, Value, json};

use super::rule::one_of;
use super::{Definitions, described, form, object};
use crate::model::Role;
use crate::scenario::grammar::estimate::{EstimateForm, FORMS, SAMPLES_FILE};
use crate::scenario::grammar::quantities::{Quantity, quantity};
use crate::scenario::grammar::{ESTIMATE, FAMILIES, Form, QUANTILES, RECORD};
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

    /// Whether a quantity times what each costs makes sense.
    fn is_amount(self) -> bool {
        matches!(self.kind, Kind::Money | Kind::YearlyMoney)
    }

    /// Whether it can be known from what was seen.
    fn is_frequency(self) -> bool {
        self.yearly || self.kind == Kind::Frequency
    }

    fn name(self) -> String {
        match self {
            Self { kind: Kind::Number, .. } => quantity(self.kind).stem.into(),
            Self { yearly: true, .. } => "yearly_chance".into(),
            Self { bare: true, .. } => format!("{}_or_number", quantity(self.kind).stem),
            _ => quantity(self.kind).stem.into(),
        }
    }

    /// The regular expression of all texts that are taken.
    fn pattern(self) -> String {
        match self {
            Self { kind: Kind::Number, .. } => pattern(self.kind),
            Self { yearly: true, .. } => format!("(?:{})|(?:{})", pattern(Kind::Chance), pattern(Kind::Frequency)),
            Self { bare: true, .. } => format!("(?:{})|(?:{})", pattern(self.kind), pattern(Kind::Number)),
            _ => pattern(self.kind),
        }
    }

    /// In words, such as `an amount of money`.
    fn words(self) -> String {
        match self {
            Self { kind: Kind::Number, .. } => "a number".into(),
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
            let text = json!({
                "type": "string",
                "pattern": terms.pattern(),
                "patternErrorMessage": advice,
                "errorMessage": format!("{advice} Mind the quotes in TOML and JSON."),
            });
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
    let mut properties = Map::new();
    for field in ESTIMATE.fields {
        let mut schema = Map::new();
        schema.insert("description".into(), json!(field.doc));
        schema.extend(match field.form {
            Form::Doubt | Form::Observed if role == Role::Knowledge => continue,
            Form::Observed => object(observed(terms)),
            Form::Samples => object(samples(terms, definitions)),
            Form::Quantity | Form::Each if !terms.is_amount() => continue,
            Form::Seen if !terms.is_frequency() => continue,
            Form::Above(_) if field.key == "years" && !terms.is_frequency() => continue,
            Form::Each => object(definitions.one_or_range(terms, role)),
            Form::Word(_) => shapes(terms),
            Form::Fixed(_) => object(json!({ "allOf": [definitions.of(terms)] })),
            other => form(other, definitions),
        });
        properties.insert(field.key.into(), Value::Object(schema));
    }
    for field in RECORD {
        properties.insert(field.key.into(), Value::Object(described(field, definitions)));
    }
    let name = match terms {
        Terms { yearly: true, .. } => "forms_of_a_yearly_chance",
        Terms { kind: Kind::Chance, .. } => "forms_of_a_chance",
        Terms { kind: Kind::Frequency, .. } => "forms_of_a_frequency",
        _ if terms.is_amount() => "forms_of_an_amount",
        _ => "forms_of_a_number",
    };
    let forms = definitions.refer(name, |_| forms(terms));
    object(json!({
        "description": format!("A range of {}, in one of several forms; or one value with its source.", bare_words(terms)),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "allOf": [forms],
    }))
}

/// Which keys stand together, by the word at `shape` or without one.
fn forms(terms: Terms) -> Map<String, Value> {
    let suiting: Vec<&EstimateForm> = FORMS.iter().filter(|form| suits(form, terms)).collect();
    let of = |shape: Option<&str>| -> Vec<&[&str]> {
        let of_shape = suiting.iter().filter(|form| form.shape == shape).map(|form| form.keys);
        of_shape.filter(|keys| !is_quantile(keys[0])).collect()
    };
    let shaped: Vec<Value> = families(terms)
        .into_iter()
        .map(|family| {
            json!({ "if": { "properties": { "shape": { "const": family } } }, "then": group(&of(Some(family)), false) })
        })
        .collect();
    object(json!({
        "description": "Which keys of an estimate stand together.",
        "if": { "required": ["shape"] },
        "then": { "allOf": shaped },
        "else": group(&of(None), true),
    }))
}

/// Forms whose keys tell them apart. A key of no form of these needs a `shape`, or is one too many.
fn group(forms: &[&[&str]], plain: bool) -> Map<String, Value> {
    let mut schema = one_of(forms);
    let mut dependencies = schema.remove("dependencies").map(object).unwrap_or_default();
    let mut refused = Map::new();
    if plain {
        quantiles(forms, &mut dependencies);
        if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
            any.extend(QUANTILES.iter().map(|(key, _)| json!({ "required": [key] })));
        }
    }
    for field in ESTIMATE.fields {
        let known =
            forms.iter().any(|keys| keys.contains(&field.key)) || ["shape", "doubt", "fitted_to"].contains(&field.key);
        match (known, plain, field.key) {
            (true, ..) => {}
            (false, true, key) if is_quantile(key) => {}
            (false, true, "confidence") => {
                drop(dependencies.insert("confidence".into(), json!(["min", "likely", "max"])));
            }
            (false, true, "at_most") => drop(dependencies.insert("at_most".into(), json!(["p10", "p50", "p90"]))),
            (false, true, key) => drop(dependencies.insert(key.into(), json!(["shape"]))),
            (false, false, key) => drop(refused.insert(key.into(), json!(false))),
        }
    }
    if !dependencies.is_empty() {
        schema.insert("dependencies".into(), Value::Object(dependencies));
    }
    if !refused.is_empty() {
        schema.insert("properties".into(), Value::Object(refused));
    }
    schema
}

fn is_quantile(key: &str) -> bool {
    QUANTILES.iter().any(|(known, _)| *known == key)
}

/// Two quantiles, or p10, p50 and p90, and no key of another form.
fn quantiles(forms: &[&[&str]], dependencies: &mut Map<String, Value>) {
    let keys: Vec<&str> = QUANTILES.iter().map(|(key, _)| *key).collect();
    let others: Map<String, Value> =
        forms.iter().flat_map(|form| form.iter()).map(|key| ((*key).to_owned(), json!(false))).collect();
    for key in &keys {
        let rest: Vec<&str> = keys.iter().copied().filter(|other| other != key).collect();
        let one_more: Vec<Value> = rest.iter().map(|other| json!({ "required": [other] })).collect();
        let mut then = object(json!({ "anyOf": one_more, "properties": others.clone() }));
        if !["p10", "p50", "p90"].contains(key) {
            let pairs = rest.iter().enumerate().flat_map(|(at, a)| rest[at + 1..].iter().map(move |b| (a, b)));
            let pairs: Vec<Value> = pairs.map(|(a, b)| json!({ "required": [a, b] })).collect();
            then.insert("not".into(), json!({ "anyOf": pairs }));
        }
        dependencies.insert((*key).to_owned(), Value::Object(then));
    }
}

/// The words for `shape` that suit a kind.
fn families(terms: Terms) -> Vec<&'static str> {
    let suiting = |family: &&str| FORMS.iter().any(|form| form.shape == Some(family) && suits(form, terms));
    FAMILIES.iter().copied().filter(suiting).collect()
}

/// The words for `shape`, each with what it means.
fn shapes(terms: Terms) -> Map<String, Value> {
    let families = families(terms);
    let doc = |family: &&str| FORMS.iter().find(|form| form.shape == Some(family)).map(|form| form.doc);
    let docs: Vec<Option<&str>> = families.iter().map(doc).collect();
    object(json!({ "enum": families, "enumDescriptions": docs }))
}

/// Observed values: numbers are in the canonical unit of the kind.
fn samples(terms: Terms, definitions: &mut Definitions) -> Value {
    let most = number(quantity(terms.kind).most);
    let text = if terms.yearly {
        definitions.of(terms)
    } else {
        json!({ "type": "string", "pattern": Terms { bare: terms.bare || terms.kind != Kind::Frequency, ..terms }.pattern() })
    };
    let file = definitions.table(&SAMPLES_FILE);
    // Counts of years could be taken for rates: a frequency says its unit.
    if terms.kind == Kind::Frequency && !terms.bare {
        return json!({ "anyOf": [{ "type": "string" }, file, { "type": "array", "minItems": 2, "items": text }] });
    }
    json!({ "anyOf": [
        { "type": "string" },
        file,
        {
            "type": "array",
            "minItems": 2,
            "items": { "anyOf": [text, { "type": "number", "minimum": 0, "maximum": most }] },
        },
    ]})
}

/// What was observed of each event: a quantity, more than one, less than one, or between two.
fn observed(terms: Terms) -> Value {
    let one = terms.pattern();
    let one = one.trim_start_matches('^').trim_end_matches('$');
    json!({
        "type": "array",
        "minItems": 1,
        "items": { "type": "string", "pattern": format!("^(?:(?:from |> |< )?(?:{one})|(?:{one}) to (?:{one}))$") },
    })
}

/// Whether a form suits a kind: a chance has no lognormal, an amount no beta.
fn suits(form: &EstimateForm, terms: Terms) -> bool {
    let is_chance = terms.kind == Kind::Chance;
    match form.shape {
        Some("beta") => is_chance,
        Some("normal" | "lognormal" | "gamma" | "pareto") => !is_chance,
        _ if form.keys.contains(&"sigma") => !is_chance,
        _ if form.keys.contains(&"each") => terms.is_amount(),
        _ if form.keys.contains(&"events") => terms.is_frequency(),
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
