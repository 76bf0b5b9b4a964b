//! What does the file say in each of the cases that it states: low, high?
//!
//! A case is the file with some of its values in place of others, written as behind `--set`. So it is made as that
//! changes a file, and read as any other: every rule of a file holds for each case, and a fault stands at the entry that
//! brings it.

use std::sync::Arc;

use super::edit::{Change, To, changed};
use super::syntax::{Node, Syntax, Value};
use super::{Source, read_source};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::StatedCase;

/// Each is the whole file once more.
const MOST: usize = 10;

/// The cases of a file whose own values are right.
///
/// # Errors
/// What is wrong with each case, at its place.
pub(super) fn stated(source: &Source, syntax: Syntax, root: &Node) -> Result<Vec<StatedCase>, Vec<Diagnostic>> {
    let Some(list) = at(root, "case") else { return Ok(Vec::new()) };
    let Value::List(nodes) = &list.value else { return Ok(Vec::new()) };
    let mut faults = Vec::new();
    if nodes.len() > MOST {
        let fault = Diagnostic::new(Code::OutOfRange, format!("the file states {} cases", nodes.len()));
        faults.push(fault.at(nodes[MOST].span, "one too many").help(format!("keep {MOST} at most")).path("case"));
        return Err(faults);
    }
    let mut found: Vec<(StatedCase, Span)> = Vec::new();
    for node in nodes {
        let Some(name) = at(node, "name").and_then(text) else { continue };
        match found.iter().find(|(known, _)| known.name == name) {
            Some((_, first)) => faults.push(
                Diagnostic::new(Code::DuplicateId, format!("two cases are called \"{name}\""))
                    .at(at(node, "name").map_or(node.span, |node| node.span), "the second")
                    .also(*first, "the first")
                    .help("give each a name of its own")
                    .path(format!("case.{name}.name")),
            ),
            None => match case(source, syntax, node, name) {
                Ok(case) => found.push((case, node.span)),
                Err(fault) => faults.push(fault),
            },
        }
    }
    if faults.is_empty() { Ok(found.into_iter().map(|(case, _)| case).collect()) } else { Err(faults) }
}

fn case(source: &Source, syntax: Syntax, node: &Node, name: &str) -> Result<StatedCase, Diagnostic> {
    let path = format!("case.{name}.set");
    let entries: &[Node] = match at(node, "set").map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes,
        _ => &[],
    };
    let whole = at(node, "set").map_or(node.span, |node| node.span);
    if entries.is_empty() {
        return Err(Diagnostic::new(Code::Missing, format!("the case \"{name}\" sets nothing"))
            .at(whole, "nothing here")
            .help("write what is assumed instead: `set = [\"risk.phishing.frequency = 1 in 8 years\"]`")
            .path(path));
    }
    let mut changes: Vec<(Change, Span)> = Vec::new();
    let mut with = source.clone();
    for entry in entries {
        let typed = text(entry).unwrap_or_default();
        let change = Change::typed(typed).ok_or_else(|| {
            Diagnostic::new(Code::BadQuantity, format!("\"{typed}\" names no key and value"))
                .at(entry.span, "no equals sign between two")
                .help("write a key as `rosi explain` knows it, an equals sign and a value: \"risk.phishing.frequency = 1 in 8 years\"")
                .path(path.clone())
        })?;
        if let Some((_, first)) = changes.iter().find(|(known, _)| known.key == change.key) {
            return Err(Diagnostic::new(
                Code::Contradiction,
                format!("the case \"{name}\" sets `{}` twice", change.key),
            )
            .at(entry.span, "again")
            .also(*first, "first here")
            .help("keep one of the two")
            .path(path));
        }
        with = changed(&with, &change).map_err(|fault| {
            let told = Diagnostic::new(fault.code, format!("the case \"{name}\": {}", fault.message));
            helped(told.at(entry.span, "not possible").path(path.clone()), &fault)
        })?;
        changes.push((change, entry.span));
    }
    let read = read_source(&with, syntax).map_err(|faults| {
        let fault = faults.into_iter().find(Diagnostic::is_error);
        let fault = fault.unwrap_or_else(|| Diagnostic::new(Code::BadQuantity, "the file cannot be read"));
        let by = changes.iter().find(|(change, _)| fault.path.starts_with(&change.key));
        let told = Diagnostic::new(fault.code, format!("with the case \"{name}\": {}", fault.message));
        helped(told.at(by.map_or(whole, |(_, span)| *span), "brings this").path(path.clone()), &fault)
    })?;
    let value = |change: &Change| match &change.to {
        To::Value(value) => value.clone(),
        // As it was typed.
        _ => change.to_string().split_once('=').map_or_else(String::new, |(_, value)| value.to_owned()),
    };
    Ok(StatedCase {
        name: name.to_owned(),
        why: at(node, "why").and_then(text).map(str::to_owned),
        set: changes.iter().map(|(change, _)| (change.key.clone(), value(change))).collect(),
        scenario: Arc::new(read.scenario),
    })
}

/// The same with the cures of what it is about.
fn helped(told: Diagnostic, fault: &Diagnostic) -> Diagnostic {
    fault.help.iter().fold(told, |told, help| told.help(help.clone()))
}

fn at<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Table(table) => table.get(key),
        _ => None,
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
