//! The one tree that every syntax is read into.

use crate::diagnostic::Span;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A value as written. Numbers keep their text, so that no digit is lost on the way to money.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// JSON or YAML null.
    Null,
    /// true or false.
    Bool(bool),
    /// A number, as written in the file (`1.10`, `1_000`, `.inf`, `-0.0`).
    Number(String),
    /// Text; also an unquoted TOML date.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A table of keys.
    Table(Table),
}

/// Keys and values in the order of the file; every key once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The entries in file order.
    pub entries: Vec<Entry>,
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }
}
