//! Where in the file does a key path such as `control.mfa.effect.2.on` stand?

use super::syntax::{Node, Table, Value};
use crate::diagnostic::Span;

/// The place of a key path. For a whole table it is the place of its first key, not of all lines.
pub fn place_of(root: &Node, path: &str) -> Option<Span> {
    let node = node_of(root, path)?;
    Some(match &node.value {
        Value::Table(Table { entries }) => entries.first().map_or(node.span, |entry| entry.key_span),
        Value::List(nodes) if nodes.iter().any(|node| matches!(node.value, Value::Table(_))) => {
            return nodes.first().and_then(|first| place_of(first, ""));
        }
        _ => node.span,
    })
}

/// What stands at a key path.
pub(super) fn node_of<'n>(root: &'n Node, path: &str) -> Option<&'n Node> {
    let mut node = root;
    let mut rest = path;
    while !rest.is_empty() {
        (node, rest) = step(node, rest)?;
    }
    Some(node)
}

/// How far a key path leads, and what is left of it.
pub(super) fn deepest<'n, 'p>(root: &'n Node, path: &'p str) -> (&'n Node, &'p str) {
    let (mut node, mut rest) = (root, path);
    while let Some(next) = Some(rest).filter(|rest| !rest.is_empty()).and_then(|rest| step(node, rest)) {
        (node, rest) = next;
    }
    (node, rest)
}

/// What an element of a list is known by.
pub(super) fn name_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        Value::Table(table) => ["id", "name", "risk"].into_iter().find_map(|key| match &table.get(key)?.value {
            Value::Text(name) => Some(name.as_str()),
            _ => None,
        }),
        _ => None,
    }
}

/// What is written at each of several keys of a source, in short; nothing where nothing is.
pub fn written_at(source: &super::Source, keys: &[&str]) -> Vec<Option<String>> {
    fn said(node: &Node) -> String {
        match &node.value {
            Value::Null => String::new(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(text) | Value::Text(text) => text.clone(),
            Value::List(nodes) => nodes.iter().map(said).collect::<Vec<_>>().join(", "),
            Value::Table(table) => match table.get("id") {
                Some(id) => said(id),
                None => {
                    let pair = |entry: &super::syntax::Entry| format!("{} {}", entry.key, said(&entry.node));
                    table.entries.iter().map(pair).collect::<Vec<_>>().join(", ")
                }
            },
        }
    }
    let Ok(root) = super::syntax::parse(&source.bytes, super::syntax_of(source)) else { return vec![None; keys.len()] };
    keys.iter().map(|key| node_of(&root, key).map(said)).collect()
}

/// One step down: into a key of a table, or an element of a list by its id or its number.
///
/// Names may hold points, so a step takes the longest known name that the path begins with.
fn step<'n, 'p>(node: &'n Node, path: &'p str) -> Option<(&'n Node, &'p str)> {
    let after = |name: &str| -> Option<&'p str> {
        let rest = path.strip_prefix(name)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
    };
    match &node.value {
        Value::Table(table) => table.entries.iter().find_map(|entry| after(&entry.key).map(|rest| (&entry.node, rest))),
        Value::List(nodes) => {
            let named = nodes.iter().find_map(|node| {
                if let Value::Text(text) = &node.value {
                    return after(text).map(|rest| (node, rest));
                }
                let Value::Table(table) = &node.value else { return None };
                ["id", "name", "risk"].into_iter().find_map(|key| match &table.get(key)?.value {
                    Value::Text(name) => after(name).map(|rest| (node, rest)),
                    _ => None,
                })
            });
            named
                .or_else(|| {
                    nodes
                        .iter()
                        .enumerate()
                        .find_map(|(index, node)| after(&(index + 1).to_string()).map(|rest| (node, rest)))
                })
                .or_else(|| match nodes.as_slice() {
                    // A list of one is left out of paths.
                    [only] => step(only, path),
                    _ => None,
                })
        }
        _ => None,
    }
}
