//! Which controls a plan holds: items of a list come and go, the others stay as they are written.

use super::super::place::node_of;
use super::super::syntax::{Node, Value};
use super::{Editor, quoted};
use crate::diagnostic::{Code, Diagnostic, Span};

impl Editor {
    /// Makes a list of ids hold these: what is gone is taken out, what is new comes last.
    pub(super) fn controls(&mut self, root: &Node, key: &str, ids: &[String]) -> Result<(), Diagnostic> {
        let fresh = |ids: &[&String]| format!("[{}]", ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", "));
        let Some(node) = node_of(root, key) else {
            let written = fresh(&ids.iter().collect::<Vec<_>>());
            return self.add_written(root, key, &written);
        };
        let Value::List(items) = &node.value else {
            return Err(Diagnostic::new(Code::Contradiction, format!("`{key}` is no list of controls")).path(key));
        };
        let known: Vec<&str> = items.iter().map(id_of).collect();
        let keeps = |place: usize| ids.iter().any(|id| id == known[place]);
        let kept: Vec<usize> = (0..items.len()).filter(|place| keeps(*place)).collect();
        let new: Vec<&String> = ids.iter().filter(|id| !known.contains(&id.as_str())).collect();
        let is_flow = self.text[node.span.start..].starts_with('[');
        if kept.is_empty() {
            // A list of lines ends with its last item.
            let end = items.last().map_or(node.span.end, |last| last.span.end.max(node.span.end.min(last.span.end)));
            let start = node.span.start;
            let span = if is_flow { node.span } else { Span::new(self.dash(start), end) };
            self.replace(span, fresh(&new));
            return Ok(());
        }
        for place in (0..items.len()).filter(|place| !keeps(*place)) {
            let span = if !is_flow {
                Span::new(
                    self.line_start(items[place].span.start),
                    self.line_end(items[place].span.end.saturating_sub(1)),
                )
            } else if kept.first().is_some_and(|first| place < *first) {
                Span::new(items[place].span.start, items[place + 1].span.start)
            } else {
                Span::new(items[place - 1].span.end, items[place].span.end)
            };
            self.replace(span, "");
        }
        let Some(last) = kept.last().map(|place| &items[*place]).filter(|_| !new.is_empty()) else { return Ok(()) };
        if is_flow {
            let more: String = new.iter().map(|id| format!(", {}", quoted(id))).collect();
            self.replace(Span::new(last.span.end, last.span.end), more);
        } else {
            let start = self.line_start(last.span.start);
            let dash = self.text[start..last.span.start].rfind('-').map_or(start, |dash| start + dash);
            let prefix = self.text[start..dash].to_owned();
            let at = self.line_end(last.span.end.saturating_sub(1));
            let ends = if self.text[..at].ends_with('\n') { "" } else { self.new_line() };
            let lines: String = new.iter().map(|id| format!("{prefix}- {}{}", quoted(id), self.new_line())).collect();
            self.replace(Span::new(at, at), format!("{ends}{lines}"));
        }
        Ok(())
    }

    /// The dash before the first item of a list of lines, or the place itself.
    fn dash(&self, place: usize) -> usize {
        let before = self.text[..place].trim_end();
        if self.text[place..].starts_with('-') {
            place
        } else if before.ends_with('-') {
            before.len() - 1
        } else {
            place
        }
    }
}

fn id_of(node: &Node) -> &str {
    match &node.value {
        Value::Text(id) => id,
        Value::Table(table) => match table.get("id").map(|node| &node.value) {
            Some(Value::Text(id)) => id,
            _ => "",
        },
        _ => "",
    }
}
