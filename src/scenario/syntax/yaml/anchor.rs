//! What does an alias stand for, and how much may aliases repeat?
//!
//! A few lines of aliases to aliases can stand for billions of values. So what is copied is counted
//! in values and in bytes before it is copied.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::syntax::limit::{MAX_BYTES, MAX_LEVELS, MAX_VALUES, alias_bomb, too_deep};
use crate::scenario::syntax::tree::{Node, Value};
use std::collections::HashMap;

/// The values that bear an anchor, and what was copied so far.
#[derive(Default)]
pub(super) struct Anchors {
    nodes: HashMap<usize, (Node, Size)>,
    copied: Size,
}

/// How much a value holds.
#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
    levels: usize,
}

impl Anchors {
    /// Keeps the value of an anchor.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node) -> Result<(), Diagnostic> {
        let size = size(node);
        self.grow(size, node.span)?;
        self.nodes.insert(anchor, (node.clone(), size));
        Ok(())
    }

    /// A copy of an anchor's value for an alias at `span`, under `levels` open lists and tables.
    ///
    /// The copy stands where the alias does; what is in it stands where it is written.
    pub(super) fn copy(&mut self, anchor: usize, span: Span, levels: usize) -> Result<Node, Diagnostic> {
        let Some((node, size)) = self.nodes.get(&anchor) else {
            return Err(Diagnostic::new(Code::Syntax, "an alias within what it stands for")
                .at(span, "this would repeat itself for ever"));
        };
        let (node, size) = (node.clone(), *size);
        if levels + size.levels > MAX_LEVELS {
            return Err(too_deep(span));
        }
        self.grow(size, span)?;
        Ok(Node { span, ..node })
    }

    fn grow(&mut self, size: Size, span: Span) -> Result<(), Diagnostic> {
        self.copied.values += size.values;
        self.copied.bytes += size.bytes;
        if self.copied.values > MAX_VALUES || self.copied.bytes > MAX_BYTES {
            return Err(alias_bomb(span));
        }
        Ok(())
    }
}

/// Counts a value with all it holds; the tree is at most 64 levels deep.
fn size(node: &Node) -> Size {
    let parts: &mut dyn Iterator<Item = (usize, &Node)> = match &node.value {
        Value::List(items) => &mut items.iter().map(|item| (0, item)),
        Value::Table(table) => &mut table.entries.iter().map(|entry| (entry.key.len(), &entry.node)),
        Value::Text(text) | Value::Number(text) => return Size { values: 1, bytes: text.len(), levels: 0 },
        Value::Null | Value::Bool(_) => return Size { values: 1, bytes: 0, levels: 0 },
    };
    let mut total = Size { values: 1, bytes: 0, levels: 0 };
    for (key, part) in parts {
        let part = size(part);
        total.values += part.values;
        total.bytes += part.bytes + key;
        total.levels = total.levels.max(part.levels);
    }
    Size { levels: total.levels + 1, ..total }
}
