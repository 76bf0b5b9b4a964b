//! What does a TOML text say?
//!
//! TOML 1.1 by the `toml` crate, which goes on after an error. Its tables are sorted by key, so the
//! order of the file comes back from the spans; numbers and dates come from the text itself.

mod advice;
mod definition;
mod outline;
mod token;

use super::limit::{MAX_DUPLICATES, MAX_LEVELS, MAX_VALUES, too_deep, too_many};
use super::tree::{Entry, Node, Table, Value};
use super::{duplicate, place};
use crate::diagnostic::{Diagnostic, Span};
use std::ops::Range;
use toml::de::{DeTable, DeValue, Error};

/// The tree of a TOML text.
pub(super) fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let unclosed = outline::unclosed(text).map_err(|fault| vec![fault])?;
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(faults(text, &errors, unclosed));
    }
    let mut reader = Reader { text, values: 0 };
    let table = reader.table(root.into_inner(), 1).map_err(|fault| vec![fault])?;
    Ok(Node { value: Value::Table(table), span: Span::new(0, text.len()) })
}

/// Repeated keys with both places, and the first syntax errors in plain words.
fn faults(text: &str, errors: &[Error], unclosed: Option<Span>) -> Vec<Diagnostic> {
    let (repeated, broken): (Vec<_>, Vec<_>) = errors.iter().partition(|error| is_duplicate(error.message()));
    let mut faults = advice::faults(text, &broken, unclosed);
    // What comes after an open bracket is read inside out, so its repetitions are none.
    let end = unclosed.filter(|_| !broken.is_empty()).map_or(text.len(), |open| open.start);
    let mut spans: Vec<Span> =
        repeated.iter().filter_map(|error| error.span()).map(|range| span(text, &range)).collect();
    spans.retain(|span| span.start < end);
    spans.sort_unstable();
    spans.dedup();
    spans.truncate(MAX_DUPLICATES);
    for (span, first) in definition::first_places(text, &spans) {
        let key = definition::bare(&text[span.start..span.end]);
        faults.push(duplicate::fault(key, span, first));
    }
    faults
}

fn is_duplicate(message: &str) -> bool {
    message == "duplicate key" || message.starts_with("cannot extend value")
}

fn span(text: &str, range: &Range<usize>) -> Span {
    place::within(text, range.start, range.end)
}

struct Reader<'a> {
    text: &'a str,
    values: usize,
}

impl Reader<'_> {
    fn table(&mut self, table: DeTable<'_>, level: usize) -> Result<Table, Diagnostic> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = span(self.text, &key.span());
            let span = span(self.text, &value.span());
            let node = self.node(value.into_inner(), span, level + 1)?;
            entries.push(Entry { key: key.into_inner().into_owned(), key_span, node });
        }
        entries.sort_by_key(|entry| entry.key_span.start);
        Ok(Table { entries })
    }

    fn node(&mut self, value: DeValue<'_>, span: Span, level: usize) -> Result<Node, Diagnostic> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(too_many(span));
        }
        let is_nested = matches!(value, DeValue::Array(_) | DeValue::Table(_));
        if is_nested && level > MAX_LEVELS {
            return Err(too_deep(span));
        }
        let written = || self.text[span.start..span.end].to_owned();
        let value = match value {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => Value::Number(written()),
            DeValue::Boolean(is) => Value::Bool(is),
            DeValue::Datetime(_) => Value::Text(written()),
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    let span = self::span(self.text, &item.span());
                    list.push(self.node(item.into_inner(), span, level + 1)?);
                }
                Value::List(list)
            }
            DeValue::Table(table) => Value::Table(self.table(table, level)?),
        };
        Ok(Node { value, span })
    }
}
