//! What does a JSON or YAML file of another tool say at a key, and where?

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Context;
use super::number::{Style, amount, is_blank_cell};
use super::place::{Code, Finding, Place};
use super::tools::{Figures, Number};
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
    /// How many lines of the file stand before it.
    before: usize,
    text: String,
    figures: Cell<Figures>,
    /// What was found wrong with numbers while it was read.
    faults: RefCell<Vec<Finding>>,
}

impl Document {
    /// Reads a text: YAML may hold several documents, with lines of --- between them.
    pub fn all(name: &str, text: String, syntax: Syntax) -> Result<Vec<Self>, Finding> {
        let mut parts = vec![(0, String::new())];
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let divides = syntax == Syntax::Yaml && line.trim_end() == "---";
            match parts.last_mut() {
                Some((_, part)) if !divides || !says_something(part) => part.push_str(line),
                _ => parts.push((number, line.to_owned())),
            }
        }
        if parts.len() == 1 {
            return Self::read(name, text, syntax, 0).map(|document| vec![document]);
        }
        let parts = parts.into_iter().filter(|(_, part)| says_something(part));
        parts.map(|(before, part)| Self::read(name, part, syntax, before)).collect()
    }

    fn read(name: &str, text: String, syntax: Syntax, before: usize) -> Result<Self, Finding> {
        let root = parse_any(text.as_bytes(), syntax).map_err(|faults| {
            let lines: Vec<usize> = line_starts(&text);
            let first = faults.into_iter().next();
            let span = first.as_ref().and_then(|fault| fault.span);
            let row = span.map_or(0, |span| before + line_of(&lines, span.start));
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
        let (figures, faults) = (Cell::default(), RefCell::default());
        Ok(Self { name: name.into(), root, lines, before, text, figures, faults })
    }

    /// Judges how numbers are written in it, before it is read.
    pub fn judge(&self, context: &Context) {
        fn texts<'a>(node: &'a Node, out: &mut Vec<&'a str>) {
            match &node.value {
                Value::Text(text) => out.push(text),
                Value::List(nodes) => nodes.iter().for_each(|node| texts(node, out)),
                // "1.0" of a version shows no style.
                Value::Table(table) => table
                    .entries
                    .iter()
                    .filter(|entry| !entry.key.contains("version") && !entry.key.starts_with("crml"))
                    .for_each(|entry| texts(&entry.node, out)),
                _ => {}
            }
        }
        let mut found = Vec::new();
        texts(&self.root, &mut found);
        self.figures.set(Figures::of(found.into_iter(), context.mapping.numbers, &context.draft));
    }

    /// What was found wrong with its numbers, each place once.
    pub fn faults(&self) -> Vec<Finding> {
        let mut faults = self.faults.take();
        let mut seen = Vec::new();
        faults.retain(|fault| {
            let new = !seen.contains(&fault.place);
            seen.push(fault.place.clone());
            new
        });
        faults
    }

    /// The root.
    pub fn root(&self) -> Branch<'_> {
        Branch { node: &self.root, file: self, path: String::new() }
    }
}

fn says_something(part: &str) -> bool {
    part.lines().any(|line| !matches!(line.trim(), "" | "---" | "...") && !line.trim_start().starts_with('#'))
}

/// Where each line begins.
pub fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The line of a byte, the first being 1.
pub fn line_of(lines: &[usize], at: usize) -> usize {
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

    /// The text that stands here, where it is one.
    pub fn text_here(&self) -> Option<&'a str> {
        if let Value::Text(text) = &self.node.value { Some(text) } else { None }
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
            row: self.file.before + line_of(&self.file.lines, at),
            heading: self.path.as_str().into(),
            text: self.written().unwrap_or_default(),
            ..Place::default()
        }
    }

    /// The number that stands here: as a program writes it, or as somebody typed it. What cannot be read is noted.
    pub fn number(&self, kind: Number) -> Option<Decimal> {
        let text = match &self.node.value {
            Value::Number(text) => {
                return amount(text, Some(Style::Point)).ok().map(|found| found.value);
            }
            Value::Text(text) if !is_blank_cell(text) => text,
            _ => return None,
        };
        let read = self.file.figures.get().read(text, kind, &self.place());
        read.map_err(|fault| self.file.faults.borrow_mut().push(fault)).ok()
    }

    fn at_key(&self, key: &str, kind: Number) -> Option<(Decimal, Place)> {
        let branch = self.get(key)?;
        Some((branch.number(kind)?, branch.place()))
    }

    /// The number of a key; a percentage counts as a part of one.
    pub fn number_at(&self, key: &str) -> Option<(Decimal, Place)> {
        self.at_key(key, Number::Number)
    }

    /// The amount of money of a key.
    pub fn money_at(&self, key: &str) -> Option<(Decimal, Place)> {
        self.at_key(key, Number::Money)
    }

    /// The number of percent of a key.
    pub fn percent_at(&self, key: &str) -> Option<(Decimal, Place)> {
        self.at_key(key, Number::Percent)
    }

    /// The years of a key.
    pub fn years_at(&self, key: &str) -> Option<(Decimal, Place)> {
        self.at_key(key, Number::Years)
    }
}
