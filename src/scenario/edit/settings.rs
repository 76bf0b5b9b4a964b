//! Which single values of a file can be changed that are no estimates: limits, policies, what holds for the whole case?

use super::super::grammar::{Form, Need, SCENARIO, TableDef};
use super::super::syntax::{self, Value};
use super::super::{Source, syntax_of};

/// The parts of a file whose single values can be changed, with what they are called.
const PARTS: [&str; 3] = ["appetite", "insurance", "assumptions"];

/// One such value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub key: String,
    /// The part of the file: `appetite`, `insurance` or `assumptions`.
    pub part: &'static str,
    /// Whose it is: the name of the limit or policy; nothing for the whole case.
    pub of: String,
    /// The same as its key says it.
    pub id: String,
    /// What is written; nothing where the default holds.
    pub written: Option<String>,
    /// The default, where there is one.
    pub default: Option<&'static str>,
    /// What it means.
    pub doc: &'static str,
    /// The words that it can be, where it is one of some.
    pub words: &'static [&'static str],
    /// How one is written.
    pub example: &'static str,
}

/// Every such value of a file, in the order of the grammar.
pub fn settings(source: &Source) -> Vec<Setting> {
    let mut found = Vec::new();
    let Ok(root) = syntax::parse(&source.bytes, syntax_of(source)) else { return found };
    let Value::Table(root) = &root.value else { return found };
    for part in PARTS {
        match (SCENARIO.field(part).map(|field| field.form), root.get(part).map(|node| &node.value)) {
            (Some(Form::Table(def)), Some(Value::Table(table))) => {
                of_table(def, part, part, ["", ""], Some(table), &mut found)
            }
            (Some(Form::Table(def)), None) => of_table(def, part, part, ["", ""], None, &mut found),
            (Some(Form::Tables(def)), Some(Value::List(nodes))) => {
                for node in nodes {
                    let Value::Table(table) = &node.value else { continue };
                    let text = |key: &str| match &table.get(key)?.value {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    };
                    let Some(id) = text("id").or_else(|| text("name")) else { continue };
                    let name = text("name").unwrap_or_else(|| id.clone());
                    of_table(def, part, &format!("{part}.{id}"), [&name, &id], Some(table), &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

fn of_table(
    def: &'static TableDef,
    part: &'static str,
    path: &str,
    of: [&str; 2],
    table: Option<&syntax::Table>,
    found: &mut Vec<Setting>,
) {
    for field in def.fields {
        let node = table.and_then(|table| table.get(field.key));
        let key = format!("{path}.{}", field.key);
        let words: &'static [&'static str] = match field.form {
            Form::Fixed(_) | Form::Integer(..) | Form::FixedOrTable(..) => &[],
            Form::Word(words) => words,
            Form::Table(inner) => {
                let inner_table = match node.map(|node| &node.value) {
                    Some(Value::Table(table)) => Some(table),
                    _ => None,
                };
                of_table(inner, part, &key, of, inner_table, found);
                continue;
            }
            _ => continue,
        };
        let written = match node.map(|node| &node.value) {
            Some(Value::Text(text) | Value::Number(text)) => Some(text.clone()),
            None => None,
            // A table instead of one value: its values are not single.
            Some(_) => continue,
        };
        let default = match field.need {
            Need::Default(default) => Some(default),
            _ => None,
        };
        let example = field.example.split_once(" = ").map_or("", |(_, example)| example).trim_matches('"');
        let [of, id] = of.map(str::to_owned);
        found.push(Setting { key, part, of, id, written, default, doc: field.doc, words, example });
    }
}
