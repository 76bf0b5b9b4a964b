//! Where was a repeated TOML key written first?
//!
//! The library tells the second place only, and a key's table may be spread over headers, dotted
//! keys and braces. So the keys are walked once more, each with its full path. This happens only
//! when something is repeated.

use super::token::{Kind, Tokens};
use crate::diagnostic::Span;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// For each of the (ascending) repeated keys, the place where the same path is met first.
pub(super) fn first_places(text: &str, repeated: &[Span]) -> Vec<(Span, Option<Span>)> {
    if repeated.is_empty() {
        return Vec::new();
    }
    let mut paths = HashMap::new();
    walk(text, |path, span| {
        if repeated.binary_search(&span).is_ok() {
            paths.insert(span, path);
        }
    });
    let mut firsts: HashMap<u64, Option<Span>> = paths.values().map(|&path| (path, None)).collect();
    walk(text, |path, span| {
        if let Some(first) = firsts.get_mut(&path) {
            first.get_or_insert(span);
        }
    });
    let first = |span: &Span| {
        let first = firsts.get(paths.get(span)?).copied().flatten()?;
        (first < *span).then_some(first)
    };
    repeated.iter().map(|span| (*span, first(span))).collect()
}

/// A key without its quotes.
pub(super) fn bare(key: &str) -> &str {
    key.trim_matches(['"', '\''])
}

/// A path as a number: the path of the parent and the key.
fn joined(parent: u64, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    parent.hash(&mut hasher);
    key.hash(&mut hasher);
    hasher.finish()
}

/// The tables and lists around a key.
struct Scope {
    path: u64,
    /// The items so far, in a list.
    items: Option<u64>,
    /// The path of the key being read or just read.
    key: u64,
    in_value: bool,
}

/// Calls `met` with the path of every key and every part of a dotted key.
fn walk(text: &str, mut met: impl FnMut(u64, Span)) {
    let mut lists: HashMap<u64, u64> = HashMap::new();
    let mut scopes = vec![Scope { path: 0, items: None, key: 0, in_value: false }];
    let mut header: Option<bool> = None;
    let mut at_start = true;
    let mut tokens = Tokens::new(text).peekable();
    while let Some((kind, span)) = tokens.next() {
        let depth = scopes.len();
        let Some(scope) = scopes.last_mut() else { return };
        match kind {
            Kind::Newline if depth == 1 => {
                (header, at_start) = (None, true);
                (scope.key, scope.in_value) = (scope.path, false);
            }
            Kind::Blank | Kind::Comment | Kind::Newline => {}
            Kind::Sign(b'[') if at_start && depth == 1 => {
                let is_list = matches!(tokens.peek(), Some((Kind::Sign(b'['), _)));
                if is_list {
                    tokens.next();
                }
                (header, at_start) = (Some(is_list), false);
                (scope.key, scope.in_value) = (0, false);
            }
            Kind::Sign(b']') if header.is_some() => {
                if header == Some(true) && !scope.in_value {
                    let count = lists.entry(scope.key).or_default();
                    *count += 1;
                }
                scope.path = current(&lists, scope.key);
                scope.in_value = true;
            }
            Kind::Sign(b'=') => scope.in_value = true,
            Kind::Sign(b',') => {
                scope.in_value = false;
                scope.key = scope.path;
                scope.items = scope.items.map(|items| items + 1);
            }
            Kind::Sign(b'[' | b'{') => {
                let path = match scope.items {
                    Some(items) => joined(scope.path, &items.to_string()),
                    None => scope.key,
                };
                let items = (kind == Kind::Sign(b'[')).then_some(0);
                scopes.push(Scope { path, items, key: path, in_value: false });
            }
            Kind::Sign(b']' | b'}') if depth > 1 => {
                scopes.pop();
            }
            Kind::Quoted | Kind::Bare if !scope.in_value && scope.items.is_none() => {
                at_start = false;
                // A further part of a header stands in the last table of the list before it.
                let parent = if header.is_some() { current(&lists, scope.key) } else { scope.key };
                scope.key = joined(parent, bare(&text[span.start..span.end]));
                // The name of a list of tables may come again and again.
                let repeats = header == Some(true) && lists.contains_key(&scope.key);
                if !repeats {
                    met(scope.key, span);
                }
            }
            Kind::Sign(_) | Kind::Quoted | Kind::Bare => at_start = false,
        }
    }
}

/// The path of a list's last table, or the path itself.
fn current(lists: &HashMap<u64, u64>, path: u64) -> u64 {
    lists.get(&path).map_or(path, |count| joined(path, &count.to_string()))
}
