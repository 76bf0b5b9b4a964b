//! What does a JSON or YAML file of another tool say at a key, and where?

use std::sync::Arc;

use rust_decimal::Decimal;

use super::number::{Style, amount};
use super::place::{Code, Finding, Place};
use crate::scenario::syntax::{Node, Syntax, Table, Value, parse_any};

/// A node with the path of keys that leads to it.
#[derive(Clone)]
pub struct Branch<'a> {
    node: &'a Node,
    file: &'a Document,
    path: String,
}

/// A parsed file.
pub struct Document {
    name: Arc<str>,
    root: Node,
    /// Where each line begins.
    lines: Vec<usize>,
    text: String,
}

impl Document {
    /// Reads a text.
    pub fn read(name: &str, text: String, syntax: Syntax) -> Result<Self, Finding> {
        let root = parse_any(text.as_bytes(), syntax).map_err(|faults| {
            let lines: Vec<usize> = line_starts(&text);
            let first = faults.into_iter().next();
            let row = first.as_ref().and_then(|fault| fault.span).map_or(0, |span| line_of(&lines, span.start));
            let message = first.map_or_else(|| "the text cannot be read".to_owned(), |fault| fault.message);
            let place = Place { row, ..Place::file(name) };
            Finding::fault(
                Code::Unreadable,
                Some(place),
                message,
                format!("mend the line so that it is {}", syntax.name()),
            )
        })?;
        let lines = line_starts(&text);
        Ok(Self { name: name.into(), root, lines, text })
    }

    /// The root.
    pub fn root(&self) -> Branch<'_> {
        Branch { node: &self.root, file: self, path: String::new() }
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line_of(lines: &[usize], at: usize) -> usize {
    lines.partition_point(|start| *start <= at)
}

impl<'a> Branch<'a> {
    /// The value of a key, unless it is null.
    pub fn get(&self, key: &str) -> Option<Branch<'a>> {
        let Value::Table(table) = &self.node.value else { return None };
        let node = table.get(key).filter(|node| node.value != Value::Null)?;
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Branch { node, file: self.file, path })
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<Branch<'a>> {
        path.iter().try_fold(self.clone(), |branch, key| branch.get(key))
    }

    /// Whether it is a table.
    pub fn table(&self) -> Option<&'a Table> {
        if let Value::Table(table) = &self.node.value { Some(table) } else { None }
    }

    /// The keys of a table with their values.
    pub fn entries(&self) -> Vec<(&'a str, Branch<'a>)> {
        let Some(table) = self.table() else { return Vec::new() };
        table.entries.iter().filter_map(|entry| Some((entry.key.as_str(), self.get(&entry.key)?))).collect()
    }

    /// The elements of a list; a single value is a list of one.
    pub fn items(&self) -> Vec<Branch<'a>> {
        match &self.node.value {
            Value::List(nodes) => nodes
                .iter()
                .enumerate()
                .map(|(index, node)| Branch { node, file: self.file, path: format!("{}[{}]", self.path, index + 1) })
                .collect(),
            Value::Null => Vec::new(),
            _ => vec![self.clone()],
        }
    }

    /// The elements of the list at a key.
    pub fn list(&self, key: &str) -> Vec<Branch<'a>> {
        self.get(key).map(|list| list.items()).unwrap_or_default()
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.node.value, Value::List(_))
    }

    /// What is written: text, number or flag.
    pub fn written(&self) -> Option<String> {
        match &self.node.value {
            Value::Text(text) | Value::Number(text) => Some(text.trim().to_owned()),
            Value::Bool(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
            _ => None,
        }
    }

    /// The text of a key; empty where it is not there.
    pub fn text(&self, key: &str) -> String {
        self.get(key).and_then(|branch| branch.written()).unwrap_or_default()
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        let at = self.node.span.start.min(self.file.text.len());
        Place {
            file: self.file.name.clone(),
            row: line_of(&self.file.lines, at),
            heading: self.path.as_str().into(),
            text: self.written().unwrap_or_default(),
            ..Place::default()
        }
    }

    /// The number that stands here. Programs write a point; `"700 000"` is grouped.
    pub fn number(&self) -> Option<Decimal> {
        amount(&self.written()?, Some(Style::Point)).ok().map(|found| found.value)
    }

    /// The number of a key.
    pub fn number_at(&self, key: &str) -> Option<(Decimal, Place)> {
        let branch = self.get(key)?;
        Some((branch.number()?, branch.place()))
    }
}
