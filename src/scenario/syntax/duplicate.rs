//! Is a key written twice in one table?
//!
//! A second value would silently win or lose, and with it money; so it is a fault, with both
//! places shown.

use super::limit::MAX_DUPLICATES;
use super::place;
use super::tree::{Entry, Table};
use crate::diagnostic::{Code, Diagnostic, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

/// Up to this many keys, comparing each with each is faster than a map.
const FEW: usize = 12;

/// A table of `entries`; of a repeated key the first stays and the others are faults.
pub(super) fn table(mut entries: Vec<Entry>, faults: &mut Vec<Diagnostic>) -> Table {
    let repeated = if entries.len() <= FEW { compared(&entries) } else { looked_up(&entries) };
    for &(first, again) in &repeated {
        if faults.len() < MAX_DUPLICATES {
            let (first, again) = (&entries[first], &entries[again]);
            faults.push(fault(&again.key, again.key_span, Some(first.key_span)));
        }
    }
    if !repeated.is_empty() {
        let mut again = repeated.iter().map(|&(_, again)| again).peekable();
        let mut index = 0;
        entries.retain(|_| {
            let keep = again.next_if_eq(&index).is_none();
            index += 1;
            keep
        });
    }
    Table { entries }
}

/// The fault of a key at `span` that stands at `first` already.
pub(super) fn fault(key: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let fault = Diagnostic::new(Code::DuplicateKey, format!("`{}` is written twice", place::short(key)))
        .at(span, "written again here");
    match first {
        Some(first) => fault.also(first, "first written here"),
        None => fault,
    }
    .help("keep one of the two")
}

/// Pairs of (first, again) by index, ascending in the second.
fn compared(entries: &[Entry]) -> Vec<(usize, usize)> {
    let first = |(again, entry): (usize, &Entry)| {
        let first = entries[..again].iter().position(|earlier| earlier.key == entry.key)?;
        Some((first, again))
    };
    entries.iter().enumerate().filter_map(first).collect()
}

fn looked_up(entries: &[Entry]) -> Vec<(usize, usize)> {
    let mut seen = HashMap::with_capacity(entries.len());
    let mut repeated = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match seen.entry(entry.key.as_str()) {
            Slot::Vacant(slot) => {
                slot.insert(index);
            }
            Slot::Occupied(slot) => repeated.push((*slot.get(), index)),
        }
    }
    repeated
}
