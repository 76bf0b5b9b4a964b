//! How is one thing of a file changed, and all else left as it was written?
//!
//! A key path leads to a place in the spanned tree, and only the bytes of that place are replaced: comments, order and
//! the hand of the writer stay, in TOML, YAML and JSON alike. What is written is text, so the changed file is read by
//! [`super::parse`] as any other, and its figures are those of the file that it would be on a disk.

mod list;
mod moved;
mod settings;
mod table;

use std::fmt;

use super::place::{deepest, name_of, node_of};
use super::syntax::{self, Node, Syntax, Value};
use super::{Source, nearest, syntax_of};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::Scenario;

pub use moved::{ends, quantity_text, with_mean};
pub use settings::{Setting, settings};

/// What becomes of the thing at a key.
#[derive(Debug, Clone, PartialEq)]
pub enum To {
    /// One value, as it is typed: `1 in 8 years`, `120k`. Of a range it takes the place of all its ends.
    Value(String),
    /// A range by the keys of one form, such as `low` and `high`.
    Range(Vec<(String, String)>),
    /// Its average, its form kept: every end of a range moves with it. In the unit of its kind.
    Mean(rust_decimal::Decimal),
    /// The controls of a plan: these, in this order; what stood there keeps its start.
    Controls(Vec<String>),
}

/// One change: a key path and what it becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The key, as `rosi explain` knows it.
    pub key: String,
    /// What it becomes.
    pub to: To,
}

impl Change {
    /// A change as it is typed, `KEY=VALUE`: a range as `80k to 120k`. Nothing where no key or no value stands.
    pub fn typed(text: &str) -> Option<Self> {
        let (key, value) = text.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() || value.is_empty() {
            return None;
        }
        let to = match value.split_once(" to ").map(|(low, high)| (low.trim(), high.trim())) {
            Some((low, high)) if !low.is_empty() && !high.is_empty() => {
                To::Range(vec![("low".to_owned(), low.to_owned()), ("high".to_owned(), high.to_owned())])
            }
            _ => To::Value(value.to_owned()),
        };
        Some(Self { key: key.to_owned(), to })
    }
}

/// The change as it is told, the way it is typed.
impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |pairs: &[(String, String)]| {
            pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>().join(", ")
        };
        match &self.to {
            To::Value(value) => write!(out, "{}={value}", self.key),
            To::Range(pairs) => match pairs.as_slice() {
                [(from, low), (to, high)] if from == "low" && to == "high" => {
                    write!(out, "{}={low} to {high}", self.key)
                }
                pairs => write!(out, "{}={{ {} }}", self.key, listed(pairs)),
            },
            To::Mean(mean) => write!(out, "{}={{ mean = {mean} }}", self.key),
            To::Controls(ids) => write!(out, "{}=[{}]", self.key, ids.join(", ")),
        }
    }
}

/// The source with one thing changed.
///
/// # Errors
/// A key that leads to nothing, and what cannot be written there.
pub fn changed(source: &Source, change: &Change) -> Result<Source, Diagnostic> {
    let syntax = syntax_of(source);
    let root = syntax::parse(&source.bytes, syntax).map_err(|faults| {
        faults.into_iter().next().unwrap_or_else(|| Diagnostic::new(Code::Syntax, "the file cannot be read"))
    })?;
    let text = std::str::from_utf8(&source.bytes)
        .map_err(|_| Diagnostic::new(Code::Syntax, "the file is not UTF-8"))?
        .to_owned();
    let mut editor = Editor { text, syntax, changes: Vec::new() };
    match &change.to {
        To::Value(value) => editor.set(&root, &change.key, &[("value".to_owned(), value.trim().to_owned())])?,
        To::Range(pairs) => editor.set(&root, &change.key, pairs)?,
        To::Mean(mean) => {
            let parsed = super::parse(source).map_err(|faults| {
                faults.into_iter().find(Diagnostic::is_error).unwrap_or_else(|| nowhere(&root, &change.key))
            })?;
            editor.move_mean(&root, &parsed.scenario, &change.key, *mean)?;
        }
        To::Controls(ids) => editor.controls(&root, &change.key, ids)?,
    }
    Ok(Source { bytes: editor.done().into_bytes(), ..source.clone() })
}

/// The source with several things changed, one after the other.
///
/// # Errors
/// The first change that cannot be made: its index, and why.
pub fn changed_all(source: &Source, changes: &[Change]) -> Result<Source, (usize, Diagnostic)> {
    let mut source = source.clone();
    for (index, change) in changes.iter().enumerate() {
        source = changed(&source, change).map_err(|fault| (index, fault))?;
    }
    Ok(source)
}

/// A text and what is replaced in it.
struct Editor {
    text: String,
    syntax: Syntax,
    changes: Vec<(Span, String)>,
}

impl Editor {
    /// The text with every replacement made.
    fn done(mut self) -> String {
        self.changes.sort_by_key(|(span, _)| span.start);
        for (span, with) in self.changes.iter().rev() {
            self.text.replace_range(span.start..span.end, with);
        }
        self.text
    }

    fn replace(&mut self, span: Span, with: impl Into<String>) {
        self.changes.push((span, with.into()));
    }

    /// Sets what stands at a key to one value or a range; a key that the file could have is added.
    fn set(&mut self, root: &Node, key: &str, pairs: &[(String, String)]) -> Result<(), Diagnostic> {
        if let Some((_, bad)) = pairs.iter().find(|(_, value)| value.is_empty() || value.chars().any(char::is_control))
        {
            let what = if bad.is_empty() { "nothing is written" } else { "a line break or a tabulator is no value" };
            return Err(Diagnostic::new(Code::BadQuantity, what)
                .help("write a value such as 120k or 1 in 8 years")
                .path(key));
        }
        let Some(node) = node_of(root, key) else { return self.add(root, key, pairs) };
        match &node.value {
            Value::Table(table) => self.set_in_table(node, table, pairs),
            Value::List(_) => {
                return Err(Diagnostic::new(Code::Contradiction, format!("`{key}` is a list"))
                    .help("change one of its values")
                    .path(key));
            }
            _ => {
                let written = match pairs {
                    [(only, value)] if only == "value" => self.literal(Some(node), value),
                    pairs => self.flow(pairs),
                };
                self.replace(node.span, written);
            }
        }
        Ok(())
    }

    /// A value as this syntax writes it: a number stays without quotes where one stood.
    fn literal(&self, before: Option<&Node>, value: &str) -> String {
        let was_number = before.is_some_and(|node| matches!(node.value, Value::Number(_)));
        let was_flag = before.is_some_and(|node| matches!(node.value, Value::Bool(_)));
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && value.bytes().filter(|byte| *byte == b'.').count() < 2
            && !value.starts_with('.')
            && !value.ends_with('.')
            && (value.len() == 1 || !value.starts_with('0') || value.starts_with("0."));
        if was_number && is_number || was_flag && matches!(value, "true" | "false") {
            return value.to_owned();
        }
        quoted(value)
    }

    fn pair(&self, key: &str, value: &str) -> String {
        let value = if matches!(key, "events" | "years" | "mu" | "sigma") { value.to_owned() } else { quoted(value) };
        self.pair_of(key, &value)
    }

    /// A key with what is written already.
    fn pair_of(&self, key: &str, written: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("{key} = {written}"),
            Syntax::Yaml => format!("{key}: {written}"),
            Syntax::Json => format!("{}: {written}", quoted(key)),
        }
    }

    /// A table on one line.
    fn flow(&self, pairs: &[(String, String)]) -> String {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| self.pair(key, value)).collect();
        format!("{{ {} }}", pairs.join(", "))
    }

    /// The start of the line of a place.
    fn line_start(&self, place: usize) -> usize {
        self.text[..place].rfind('\n').map_or(0, |end| end + 1)
    }

    /// One past the line of a place, its end included.
    fn line_end(&self, place: usize) -> usize {
        self.text[place..].find('\n').map_or(self.text.len(), |end| place + end + 1)
    }

    /// How lines end here.
    fn new_line(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn move_mean(
        &mut self,
        root: &Node,
        scenario: &Scenario,
        key: &str,
        mean: rust_decimal::Decimal,
    ) -> Result<(), Diagnostic> {
        let estimate = scenario.estimates().iter().find(|estimate| estimate.path == key && !estimate.worked_out);
        let estimate = estimate.ok_or_else(|| nowhere(root, key))?;
        let pairs = with_mean(estimate, mean, scenario.reading().numbers).ok_or_else(|| {
            Diagnostic::new(Code::Infeasible, format!("the range of `{key}` cannot be moved to that average"))
                .help("write one value, or a range of your own")
                .path(key)
        })?;
        let Some(node) = node_of(root, key) else { return Err(nowhere(root, key)) };
        self.set_numbers(root, node, key, &pairs)
    }
}

/// A text in double quotes: what JSON escapes, TOML and YAML read alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A fault that says that a key leads to nothing, and which one was meant.
fn nowhere(root: &Node, key: &str) -> Diagnostic {
    let fault = Diagnostic::new(Code::UnknownId, format!("the file has nothing at `{key}`")).path(key);
    // A name by itself is most often one of the assumptions of the whole case.
    if !key.contains('.') && table::known_keys(root, "assumptions.").contains(&key) {
        return fault.help(format!("did you mean `assumptions.{key}`?"));
    }
    if let Some(stated) = key.strip_suffix(".ended").filter(|stated| node_of(root, stated).is_some()) {
        return fault.help(format!("it is worked out from `{stated}`, and from how often the control acts: set these"));
    }
    if let Some(meant) = meant(root, key) {
        return fault.help(format!("did you mean `{meant}`?"));
    }
    let (node, rest) = deepest(root, key);
    let names = names_at(node);
    let before = key.strip_suffix(rest).unwrap_or_default().trim_end_matches('.');
    if before.is_empty() || names.is_empty() {
        return fault.help("keys are those of `rosi explain`, such as `risk.phishing.frequency`");
    }
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    fault.help(format!("behind `{before}.` the file has {}{more}", shown.join(", ")))
}

/// Names that a fault lists.
const SHOWN: usize = 8;

/// The key with each of its names that leads nowhere put right, where that leads somewhere.
fn meant(root: &Node, key: &str) -> Option<String> {
    let mut key = key.to_owned();
    // Each round puts the first wrong name right; the last finds none.
    for _ in 0..key.matches('.').count() + 2 {
        let (node, rest) = deepest(root, &key);
        if rest.is_empty() {
            return Some(key);
        }
        let split = |rest| str::split_once(rest, '.').unwrap_or((rest, ""));
        let (mut wrong, mut after) = split(rest);
        let mut before = key.strip_suffix(rest)?.to_owned();
        let mut names = names_at(node);
        let mut known = table::known_keys(root, &before);
        // What the file could have is right, whether it has it or not.
        while known.contains(&wrong) {
            if after.is_empty() {
                return Some(key);
            }
            before = format!("{before}{wrong}.");
            (wrong, after) = split(after);
            (names, known) = (Vec::new(), table::known_keys(root, &before));
        }
        let right = nearest(wrong, names.into_iter().chain(known))?;
        if right == wrong {
            return None;
        }
        key = if after.is_empty() { format!("{before}{right}") } else { format!("{before}{right}.{after}") };
    }
    None
}

/// What the next step from here can be called.
fn names_at(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Table(table) => table.entries.iter().map(|entry| entry.key.as_str()).collect(),
        Value::List(nodes) => {
            // A list of one is left out of paths.
            let inner = nodes.first().filter(|_| nodes.len() == 1).map(names_at);
            nodes.iter().filter_map(name_of).chain(inner.into_iter().flatten()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
