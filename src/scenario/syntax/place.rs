//! Where in the text is it?
//!
//! Small answers about byte offsets that every reader needs: the line around an offset, a span cut
//! to letters, a span moved past the byte order mark.

use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Span};

/// The largest boundary between letters that is not after `offset`.
pub(super) fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `start..end` within the text and between letters.
pub(super) fn within(text: &str, start: usize, end: usize) -> Span {
    Span::new(boundary(text, start), boundary(text, end))
}

/// The span of the letter at `offset`; empty at the end of the text.
pub(super) fn letter(text: &str, offset: usize) -> Span {
    let start = boundary(text, offset);
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    Span::new(start, start + length)
}

/// The line around `offset`, without its line break.
pub(super) fn line(text: &str, offset: usize) -> Span {
    let offset = boundary(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    Span::new(start, end.max(start))
}

/// A span without the lines after its first.
pub(super) fn first_line(text: &str, span: Span) -> Span {
    Span::new(span.start, span.end.min(line(text, span.start).end))
}

/// The place of a text in quotes up to its closing quote: a parser may reach over what follows, a remark too.
pub fn quoted(text: &str, span: Span) -> Span {
    let inside = text.get(span.start..span.end).unwrap_or_default();
    let mut letters = inside.char_indices().peekable();
    let Some((_, quote @ ('"' | '\''))) = letters.next() else { return span };
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            // Two apostrophes are one that is meant.
            if quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == quote) {
                letters.next();
                continue;
            }
            return Span::new(span.start, span.start + at + 1);
        }
    }
    span
}

/// The span without white space at both ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.start..span.end];
    let start = span.end - inner.trim_start().len();
    Span::new(start, start + inner.trim().len())
}

/// Text of the file in a message; its length is the file's choice, that of a message is ours.
pub(super) fn short(text: &str) -> String {
    let mut letters = text.chars();
    let head: String = letters.by_ref().take(60).collect();
    if letters.next().is_some() { format!("{head}…") } else { head }
}

/// Moves every span of a tree by the bytes skipped before the text.
pub(super) fn move_node(node: &mut Node, by: usize) {
    if by == 0 {
        return;
    }
    move_span(&mut node.span, by);
    // The tree is at most 64 levels deep, so plain recursion is safe.
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| move_node(item, by)),
        Value::Table(table) => {
            for entry in &mut table.entries {
                move_span(&mut entry.key_span, by);
                move_node(&mut entry.node, by);
            }
        }
        _ => {}
    }
}

/// Moves every span of a diagnostic by the bytes skipped before the text.
pub(super) fn move_diagnostic(diagnostic: &mut Diagnostic, by: usize) {
    diagnostic.span.iter_mut().for_each(|span| move_span(span, by));
    diagnostic.related.iter_mut().for_each(|(span, _)| move_span(span, by));
}

fn move_span(span: &mut Span, by: usize) {
    span.start += by;
    span.end += by;
}
