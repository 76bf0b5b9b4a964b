//! Which decimal sign do the amounts of a file have, where it does not say?
//!
//! `30.000` and `1,200` leave it open, `1.2M`, `2,5 Mio` and `1,200,000` do not: where all that show a decimal sign
//! show the same one, it is the file's. Where they show none, or both, the open ones are faults.

use crate::scenario::syntax::{Node, Value};
use crate::units::Numbers;
use crate::units::reading::{cell, decimal_shown};

/// Keys whose text is for people, a day or the number of a document.
const TEXTS: [&str; 12] =
    ["$schema", "title", "name", "id", "goal", "source", "owner", "date", "by", "why", "mitigates", "obligations"];

/// Keys whose numbers are no amounts: how often, with which chance, which part, how long.
const OTHERS: [&str; 16] = [
    "frequency",
    "count",
    "threat",
    "vulnerability",
    "chance",
    "reduction",
    "coverage",
    "reliability",
    "confidence",
    "doubt",
    "tail",
    "margin",
    "duration",
    "lifetime",
    "discount_rate",
    "inflation",
];

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
        Value::Text(text) => match decimal_shown(text).filter(|sign| is_amount(text, *sign)) {
            Some('.') => shown[0] = true,
            Some(_) => shown[1] = true,
            None => {}
        },
        Value::List(nodes) => nodes.iter().for_each(|node| collect(node, shown)),
        Value::Table(table) => {
            let is_other = |key: &str| TEXTS.contains(&key) || OTHERS.contains(&key);
            let amounts = table.entries.iter().filter(|entry| !is_other(&entry.key));
            amounts.for_each(|entry| collect(&entry.node, shown));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text can be an amount: `0.5 per year` and `2.5 %` say nothing of how amounts are written.
fn is_amount(text: &str, sign: char) -> bool {
    cell::amount(text, Some(sign)).is_ok_and(|read| {
        let is_money = read.currency.is_some() || read.scaled;
        !read.percent && (is_money || read.a_year.is_none())
    })
}
