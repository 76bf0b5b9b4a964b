//! Is what is read the same in all three syntaxes, in its place, and safe whatever the bytes?

use super::{Entry, Node, Syntax, Table, Value, parse};
use crate::diagnostic::{Code, Diagnostic, Span};

mod faults;
mod hostile;
mod sameness;

const ALL: [Syntax; 3] = [Syntax::Toml, Syntax::Yaml, Syntax::Json];

/// The tree without its places, for comparing.
fn erased(node: &Node) -> Node {
    let value = match &node.value {
        Value::List(items) => Value::List(items.iter().map(erased).collect()),
        Value::Table(table) => {
            let entries = table.entries.iter().map(|entry| Entry {
                key: entry.key.clone(),
                key_span: Span::default(),
                node: erased(&entry.node),
            });
            Value::Table(Table { entries: entries.collect() })
        }
        other => other.clone(),
    };
    Node { value, span: Span::default() }
}

#[track_caller]
fn tree(text: &str, syntax: Syntax) -> Node {
    parse(text.as_bytes(), syntax).unwrap_or_else(|faults| panic!("{text:?}: {faults:#?}"))
}

#[track_caller]
fn faults(text: &str, syntax: Syntax) -> Vec<Diagnostic> {
    check_spans(text.as_bytes(), syntax).expect_err("this text has faults")
}

/// Reads, and sees to it that every place lies within the text and between letters.
#[track_caller]
fn check_spans(bytes: &[u8], syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let text = String::from_utf8_lossy(bytes);
    let result = parse(bytes, syntax);
    for fault in result.as_ref().err().into_iter().flatten() {
        for span in fault.span.iter().chain(fault.related.iter().map(|(span, _)| span)) {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} in {fault:?}");
        }
    }
    result
}

fn codes(faults: &[Diagnostic]) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

/// What the place of each fault covers.
fn places<'a>(text: &'a str, faults: &[Diagnostic]) -> Vec<&'a str> {
    faults.iter().filter_map(|fault| fault.span).map(|span| &text[span.start..span.end]).collect()
}
