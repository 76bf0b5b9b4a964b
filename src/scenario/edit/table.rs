//! Values within a table, whatever it is written like: on one line in braces, under a header, or as indented lines.

use std::collections::BTreeSet;

use super::super::grammar::{Form, SCENARIO, TableDef};
use super::super::place::node_of;
use super::super::syntax::{Entry, Node, Syntax, Table, Value};
use super::{Editor, nowhere};
use crate::diagnostic::{Diagnostic, Span};

/// What an estimate has beside its value.
const ASIDE: [&str; 6] = ["source", "owner", "date", "why", "example", "doubt"];

impl Editor {
    /// The value of a table in another form: its keys take the place of those that told it before; source and owner stay.
    pub(super) fn set_in_table(&mut self, node: &Node, table: &Table, pairs: &[(String, String)]) {
        let told: Vec<&Entry> = table.entries.iter().filter(|entry| !ASIDE.contains(&entry.key.as_str())).collect();
        let is_flow = self.is_flow(node, table);
        for (entry, (key, value)) in told.iter().zip(pairs) {
            // `value = 60` stays a number.
            let value = match entry.key == *key {
                true => self.literal(Some(&entry.node), value),
                false if matches!(key.as_str(), "events" | "years" | "mu" | "sigma") => value.clone(),
                false => self.literal(None, value),
            };
            if entry.key == *key {
                self.replace(entry.node.span, value);
            } else {
                self.replace(Span::new(entry.key_span.start, entry.node.span.end), self.pair_of(key, &value));
            }
        }
        for gone in told.iter().skip(pairs.len()) {
            let span = match is_flow {
                false => Span::new(self.line_start(gone.key_span.start), self.line_end(gone.node.span.end)),
                true => {
                    let before = table.entries.iter().take_while(|entry| entry.key != gone.key).last();
                    Span::new(before.map_or(gone.key_span.start, |entry| entry.node.span.end), gone.node.span.end)
                }
            };
            self.replace(span, "");
        }
        let more: Vec<String> = pairs.iter().skip(told.len()).map(|(key, value)| self.pair(key, value)).collect();
        if let Some(last) = told.last().or(table.entries.last().as_ref()).filter(|_| !more.is_empty()) {
            self.append(last, is_flow, &more);
        }
    }

    /// Writes pairs behind an entry of the same table.
    pub(super) fn append(&mut self, last: &Entry, is_flow: bool, pairs: &[String]) {
        let end = last.node.span.end;
        if is_flow {
            return self.replace(Span::new(end, end), format!(", {}", pairs.join(", ")));
        }
        let start = self.line_start(last.key_span.start);
        let prefix = self.text[start..last.key_span.start].replace("- ", "  ");
        let mut at = self.line_end(end);
        let mut lines = String::new();
        if !self.text[..at].ends_with('\n') {
            at = self.text.len();
            lines.push_str(self.new_line());
        }
        for pair in pairs {
            lines.push_str(&format!("{prefix}{pair}{}", self.new_line()));
        }
        self.replace(Span::new(at, at), lines);
    }

    /// Whether a table stands in braces.
    pub(super) fn is_flow(&self, node: &Node, table: &Table) -> bool {
        let first = table.entries.first().map_or(node.span.start, |entry| entry.key_span.start);
        self.syntax == Syntax::Json || self.text[..first].trim_end().ends_with('{')
    }

    /// Replaces numbers within an estimate: each at its key below the estimate's.
    pub(super) fn set_numbers(
        &mut self,
        root: &Node,
        node: &Node,
        key: &str,
        pairs: &[(String, String)],
    ) -> Result<(), Diagnostic> {
        let below = |sub: &str| node_of(root, &format!("{key}.{sub}"));
        let is_there = pairs.iter().all(|(sub, _)| below(sub).is_some());
        if !matches!(node.value, Value::Table(_)) || !is_there {
            // One value, or a range of no width, or counts written in words.
            return match (&node.value, pairs) {
                (Value::Number(_), [(only, value)]) => self.set(root, key, &[(only.clone(), number_alone(value))]),
                _ => self.set(root, key, pairs),
            };
        }
        for (sub, value) in pairs {
            let Some(place) = below(sub) else { return Err(nowhere(root, key)) };
            let value = match place.value {
                Value::Number(_) => number_alone(value),
                _ => value.clone(),
            };
            let written = self.literal(Some(place), &value);
            self.replace(place.span, written);
        }
        Ok(())
    }

    /// Adds a key that the grammar knows and the file does not have.
    pub(super) fn add(&mut self, root: &Node, key: &str, pairs: &[(String, String)]) -> Result<(), Diagnostic> {
        let written = match pairs {
            [(only, value)] if only == "value" => match known_form(root, key) {
                Some(Form::Integer(..) | Form::Flag) => value.clone(),
                _ => super::quoted(value),
            },
            pairs => self.flow(pairs),
        };
        self.add_written(root, key, &written)
    }

    /// The same with what is written already.
    pub(super) fn add_written(&mut self, root: &Node, key: &str, written: &str) -> Result<(), Diagnostic> {
        let (parent, last) = key.rsplit_once('.').unwrap_or(("", key));
        if known_form(root, key).is_none() {
            return Err(nowhere(root, key));
        }
        let Some(node) = node_of(root, parent) else {
            let table = format!("{{ {} }}", self.pair_of(last, written));
            return self.add_written(root, parent, &table);
        };
        // A planned control is named by its id alone until it has a start.
        if let Value::Text(id) = &node.value {
            let pairs = [self.pair_of("id", &super::quoted(id)), self.pair_of(last, written)];
            self.replace(node.span, format!("{{ {} }}", pairs.join(", ")));
            return Ok(());
        }
        let Value::Table(table) = &node.value else { return Err(nowhere(root, key)) };
        let is_flow = !parent.is_empty() && self.is_flow(node, table) || self.syntax == Syntax::Json;
        let stands_alone = |entry: &&Entry| {
            let between = self.text.get(entry.key_span.end..entry.node.span.start);
            self.syntax != Syntax::Toml || is_flow || between.is_some_and(|between| between.trim() == "=")
        };
        let Some(after) = table.entries.iter().rfind(stands_alone) else {
            return Err(nowhere(root, key));
        };
        let pair = self.pair_of(last, written);
        self.append(after, is_flow, &[pair]);
        Ok(())
    }
}

/// The form of a key that the grammar knows.
fn known_form(root: &Node, key: &str) -> Option<Form> {
    fn below(def: &'static TableDef, node: Option<&Node>, key: &str) -> Option<Form> {
        let (step, rest) = key.split_once('.').unwrap_or((key, ""));
        let field = def.field(step)?;
        if rest.is_empty() {
            return Some(field.form);
        }
        let inner = node.and_then(|node| match &node.value {
            Value::Table(table) => table.get(step),
            _ => None,
        });
        match field.form {
            Form::Table(def) | Form::FixedOrTable(_, def) | Form::WordOrTable(_, def) => below(def, inner, rest),
            Form::Tables(def) | Form::TableOrTables(def) | Form::RefsOrTables(_, def) => {
                // The next step is an id, which may hold points, or a number; or it is left out.
                let Some(Value::List(nodes)) = inner.map(|node| &node.value) else { return below(def, inner, rest) };
                let ids = nodes.iter().filter_map(|node| match &node.value {
                    Value::Text(id) => Some((id.as_str(), node)),
                    Value::Table(table) => ["id", "name"].iter().find_map(|key| match &table.get(key)?.value {
                        Value::Text(id) => Some((id.as_str(), node)),
                        _ => None,
                    }),
                    _ => None,
                });
                for (id, node) in ids {
                    if let Some(rest) = rest.strip_prefix(id).and_then(|rest| rest.strip_prefix('.')) {
                        return below(def, Some(node), rest);
                    }
                }
                match rest.split_once('.') {
                    Some((number, after)) if number.parse::<usize>().is_ok() => below(def, None, after),
                    _ => below(def, nodes.first(), rest),
                }
            }
            _ => None,
        }
    }
    below(&SCENARIO, Some(root), key)
}

/// The keys that the grammar knows behind a path, written or not.
pub(super) fn known_keys(root: &Node, before: &str) -> Vec<&'static str> {
    fn collect(def: &'static TableDef, keys: &mut BTreeSet<&'static str>) {
        for field in def.fields {
            keys.insert(field.key);
            match field.form {
                Form::Table(def) | Form::FixedOrTable(_, def) | Form::WordOrTable(_, def) => collect(def, keys),
                Form::Tables(def) | Form::TableOrTables(def) | Form::RefsOrTables(_, def) => collect(def, keys),
                _ => {}
            }
        }
    }
    let mut keys = BTreeSet::new();
    collect(&SCENARIO, &mut keys);
    keys.retain(|key| known_form(root, &format!("{before}{key}")).is_some());
    keys.into_iter().collect()
}

/// A quantity without its unit, for a key that names it.
fn number_alone(text: &str) -> String {
    text.split(' ').next().unwrap_or(text).to_owned()
}
