//! Which decimal sign do the amounts of a file have, where it does not say?
//!
//! `30.000` and `1,200` leave it open, `1.2M`, `2,5 Mio` and `1,200,000` do not: where all that show a decimal sign
//! show the same one, it is the file's. Where they show none, or both, the open ones are faults.

use crate::scenario::syntax::{Node, Value};
use crate::units::Numbers;
use crate::units::reading::decimal_shown;

/// Keys whose text is for people, a day or the number of a document.
const TEXTS: [&str; 12] =
    ["$schema", "title", "name", "id", "goal", "source", "owner", "date", "by", "why", "mitigates", "obligations"];

/// How the amounts of a file are written, where one of them needs to know and the others tell.
pub(super) fn decided(root: &Node, bytes: &[u8]) -> Option<Numbers> {
    // Most files have no open amount; a look at the whole tree is spared.
    if !has_open_amount(bytes) {
        return None;
    }
    let mut shown = [false; 2];
    collect(root, &mut shown);
    match shown {
        [true, false] => Some(Numbers::with_decimal('.')),
        [false, true] => Some(Numbers::with_decimal(',')),
        _ => None,
    }
}

/// Whether three digits follow a point or a comma somewhere, and no fourth.
fn has_open_amount(bytes: &[u8]) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let marks = bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b','));
    marks.map(|(at, _)| at).any(|at| at > 0 && digit(at - 1) && (1..=3).all(|n| digit(at + n)) && !digit(at + 4))
}

fn collect(node: &Node, shown: &mut [bool; 2]) {
    match &node.value {
        Value::Text(text) => match decimal_shown(text) {
            Some('.') => shown[0] = true,
            Some(_) => shown[1] = true,
            None => {}
        },
        Value::List(nodes) => nodes.iter().for_each(|node| collect(node, shown)),
        Value::Table(table) => {
            let amounts = table.entries.iter().filter(|entry| !TEXTS.contains(&entry.key.as_str()));
            amounts.for_each(|entry| collect(&entry.node, shown));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
