//! From one version of a case to another: what changed, input by input?
//!
//! Both files are read into trees and compared key by key; what has an id is found by it, whatever
//! its place. Then the old case becomes the new one in stages, one change at a time in the order of
//! the new file, what was taken out last. A change that cannot stand by itself (a control without the
//! risk that it acts on) waits for those that it needs and is one stage with them. So what each stage
//! does to a figure adds up to the whole change. See `docs/model/compare.md`.

use std::fmt::Write;

use super::syntax::{self, Entry, Node, Table, Value};
use super::{Source, parse, parse_alone, syntax_of};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::Scenario;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key path.
    pub path: String,
    /// As it was written; nothing where it is new.
    pub before: Option<String>,
    /// As it is written; nothing where it was taken out.
    pub after: Option<String>,
}

/// A case between the old one and the new one.
#[derive(Debug, Clone)]
pub struct Stage {
    /// What changed since the stage before; nothing in the first.
    pub changes: Vec<Change>,
    /// The case.
    pub scenario: Scenario,
}

/// Keys that no figure depends on.
const RECORDS: [&str; 17] = [
    "source",
    "owner",
    "date",
    "why",
    "example",
    "fitted_to",
    "title",
    "name",
    "goal",
    "mitigates",
    "obligations",
    "decision",
    "valued_at",
    "appetite",
    "schema",
    "case",
    "milestones",
];
/// Keys that make a table one estimate.
const ESTIMATE: [&str; 24] = [
    "low",
    "high",
    "min",
    "likely",
    "max",
    "p10",
    "p50",
    "p90",
    "value",
    "mean",
    "sd",
    "at_least",
    "tail",
    "samples",
    "p05",
    "p25",
    "p75",
    "p95",
    "median",
    "mu",
    "sigma",
    "years",
    "each",
    "clustering",
];

/// The faults of a file that cannot be read, and whether it is the old one.
pub type Unread = (bool, Vec<Diagnostic>);

/// The stages from one file to another; the first is the old case, the last the new one. With them
/// the advice about the new file.
///
/// # Errors
/// The faults of the file that cannot be read: of the old one first.
pub fn stages(old: &Source, new: &Source) -> Result<(Vec<Stage>, Vec<Diagnostic>), Unread> {
    let (before, after) = (parse(old).map_err(|faults| (true, faults))?, parse(new).map_err(|faults| (false, faults))?);
    let tree = |source: &Source, is_old| syntax::parse(&source.bytes, syntax_of(source)).map_err(|f| (is_old, f));
    let (mut root, goal) = (tree(old, true)?, tree(new, false)?);
    let mut edits = Vec::new();
    compare(&root, &goal, &mut Vec::new(), &mut edits);
    let mut stages = vec![Stage { changes: Vec::new(), scenario: before.scenario }];
    let mut waiting = Vec::new();
    for edit in edits {
        apply(&mut root, &edit.way, edit.to.as_ref());
        waiting.push(edit.change);
        let mut text = String::new();
        write_json(&root, &mut text);
        let mut source = Source::new("stage.json", text);
        source.attachments = new.attachments.clone();
        source.attachments.extend(old.attachments.clone());
        // What the stages state besides moves no figure.
        if let Ok(parsed) = parse_alone(&source) {
            stages.push(Stage { changes: std::mem::take(&mut waiting), scenario: parsed.scenario });
        }
    }
    // The order of things and the files beside them come last.
    stages.push(Stage { changes: waiting, scenario: after.scenario });
    Ok((stages, after.warnings))
}

/// A step of a way through a tree.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    /// The element of a list that is known by this.
    Element(String),
}

struct Edit {
    change: Change,
    way: Vec<Step>,
    /// What then stands there; nothing where it is taken out.
    to: Option<Node>,
}

fn compare(old: &Node, new: &Node, way: &mut Vec<Step>, edits: &mut Vec<Edit>) {
    match (&old.value, &new.value) {
        (Value::Table(a), Value::Table(b)) if !is_estimate(a) && !is_estimate(b) => tables(a, b, way, edits),
        (Value::List(a), Value::List(b)) if names(a).is_some() && names(b).is_some() => lists(a, b, way, edits),
        _ if same(old, new) => {}
        _ => edits.push(edit(way, Some(old), Some(new))),
    }
}

fn tables(old: &Table, new: &Table, way: &mut Vec<Step>, edits: &mut Vec<Edit>) {
    for entry in new.entries.iter().filter(|entry| !is_record(&entry.key)) {
        way.push(Step::Key(entry.key.clone()));
        match old.get(&entry.key) {
            Some(before) => compare(before, &entry.node, way, edits),
            None => edits.push(edit(way, None, Some(&entry.node))),
        }
        way.pop();
    }
    for entry in old.entries.iter().filter(|entry| !is_record(&entry.key) && new.get(&entry.key).is_none()) {
        way.push(Step::Key(entry.key.clone()));
        edits.push(edit(way, Some(&entry.node), None));
        way.pop();
    }
}

fn lists(old: &[Node], new: &[Node], way: &mut Vec<Step>, edits: &mut Vec<Edit>) {
    let (before, after) = (names(old).unwrap_or_default(), names(new).unwrap_or_default());
    for (place, name) in after.iter().enumerate() {
        way.push(Step::Element(name.clone()));
        match before.iter().position(|other| other == name) {
            Some(index) => compare(&old[index], &new[place], way, edits),
            None => edits.push(edit(way, None, Some(&new[place]))),
        }
        way.pop();
    }
    for (index, name) in before.iter().enumerate().filter(|(_, name)| !after.contains(name)) {
        way.push(Step::Element(name.clone()));
        edits.push(edit(way, Some(&old[index]), None));
        way.pop();
    }
}

fn edit(way: &[Step], old: Option<&Node>, new: Option<&Node>) -> Edit {
    let names = way.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::Element(name) => name.clone(),
    });
    let change = Change { path: names.collect::<Vec<_>>().join("."), before: old.map(shown), after: new.map(shown) };
    Edit { change, way: way.to_vec(), to: new.cloned() }
}

fn is_record(key: &str) -> bool {
    RECORDS.contains(&key)
}

fn is_estimate(table: &Table) -> bool {
    table.entries.iter().any(|entry| ESTIMATE.contains(&entry.key.as_str()))
}

/// What the elements of a list are known by; nothing where they are not known apart by a name.
fn names(nodes: &[Node]) -> Option<Vec<String>> {
    let names: Option<Vec<String>> = nodes.iter().enumerate().map(|(place, node)| name(node, place)).collect();
    let names = names?;
    let unlike = (1..names.len()).all(|place| !names[..place].contains(&names[place]));
    unlike.then_some(names)
}

fn name(node: &Node, place: usize) -> Option<String> {
    let Value::Table(table) = &node.value else {
        return match &node.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
    };
    let text = |key: &str| match &table.get(key)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    match (text("id"), text("risk"), text("on")) {
        (Some(id), ..) => Some(id),
        (None, Some(risk), Some(on)) => Some(format!("{risk}.{on}")),
        (None, Some(risk), None) => Some(risk),
        (None, None, _) => text("name").or_else(|| Some((place + 1).to_string())),
    }
}

/// Whether two values say the same to the figures.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Table(a), Value::Table(b)) => {
            let counted = |table: &Table| table.entries.iter().filter(|entry| !is_record(&entry.key)).count();
            let mut kept = a.entries.iter().filter(|entry| !is_record(&entry.key));
            counted(a) == counted(b)
                && kept.all(|entry| b.get(&entry.key).is_some_and(|other| same(&entry.node, other)))
        }
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (a, b) => a == b,
    }
}

/// Puts a value at the end of a way, or takes it out.
fn apply(node: &mut Node, way: &[Step], to: Option<&Node>) {
    let Some((step, rest)) = way.split_first() else {
        if let Some(to) = to {
            *node = to.clone();
        }
        return;
    };
    match (step, &mut node.value) {
        (Step::Key(key), Value::Table(table)) => {
            let place = table.entries.iter().position(|entry| entry.key == *key);
            match (place, rest.is_empty(), to) {
                (Some(place), true, None) => {
                    table.entries.remove(place);
                }
                (Some(place), ..) => apply(&mut table.entries[place].node, rest, to),
                (None, true, Some(to)) => {
                    table.entries.push(Entry { key: key.clone(), key_span: Span::default(), node: to.clone() });
                }
                (None, ..) => {}
            }
        }
        (Step::Element(known), Value::List(nodes)) => {
            let place = nodes.iter().enumerate().position(|(place, node)| name(node, place).as_ref() == Some(known));
            match (place, rest.is_empty(), to) {
                (Some(place), true, None) => {
                    nodes.remove(place);
                }
                (Some(place), ..) => apply(&mut nodes[place], rest, to),
                (None, true, Some(to)) => nodes.push(to.clone()),
                (None, ..) => {}
            }
        }
        _ => {}
    }
}

/// A value as a person would write it, in short.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => "nothing".to_owned(),
        Value::List(nodes) => nodes.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Table(table) => {
            let counted = table.entries.iter().filter(|entry| !is_record(&entry.key));
            if is_estimate(table) || table.entries.iter().all(|entry| !matches!(entry.node.value, Value::Table(_))) {
                let parts = counted.map(|entry| format!("{} {}", entry.key, shown(&entry.node)));
                return parts.collect::<Vec<_>>().join(", ");
            }
            match table.get("name").map(|name| &name.value) {
                Some(Value::Text(name)) => name.clone(),
                _ => counted.map(|entry| entry.key.clone()).collect::<Vec<_>>().join(", "),
            }
        }
    }
}

fn write_json(node: &Node, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        // TOML and YAML know signs, grouping and points that JSON does not.
        Value::Number(number) => match number.replace('_', "").trim_start_matches('+') {
            plain if plain.starts_with('.') => text.push_str(&format!("0{plain}")),
            plain => text.push_str(plain.strip_suffix('.').unwrap_or(plain)),
        },
        Value::Text(words) => write_text(words, text),
        Value::List(nodes) => {
            text.push('[');
            for (place, node) in nodes.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_json(node, text);
            }
            text.push(']');
        }
        Value::Table(table) => {
            text.push('{');
            for (place, entry) in table.entries.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write_text(&entry.key, text);
                text.push(':');
                write_json(&entry.node, text);
            }
            text.push('}');
        }
    }
}

fn write_text(words: &str, text: &mut String) {
    text.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            c if c.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}
