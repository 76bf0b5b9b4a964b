//! Does any text make the reader panic, hang or point outside of the text?
//!
//! The first byte chooses the syntax, the rest is the file.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run parse fuzz/corpus/parse fuzz/seeds/parse` on a stable
//! toolchain.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rosi::internal::diagnostic::{Span, draw};
use rosi::internal::scenario::syntax::{MAX_LEVELS, Node, Syntax, Value, parse};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let syntax = match choice % 3 {
        0 => Syntax::Toml,
        1 => Syntax::Yaml,
        _ => Syntax::Json,
    };
    let text = String::from_utf8_lossy(bytes);
    match parse(bytes, syntax) {
        Ok(root) => check(&root, &text, 1),
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in &faults {
                fault
                    .span
                    .iter()
                    .chain(fault.related.iter().map(|(span, _)| span))
                    .for_each(|span| lies_within(*span, &text));
            }
            assert!(faults.is_sorted_by_key(|fault| fault.span));
            let drawn = draw(&faults, "file", &text, false);
            assert!(!drawn.contains(['\u{1b}', '\r', '\u{202e}']));
        }
    }
});

fn lies_within(span: Span, text: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} in {} bytes", text.len());
}

/// Every span lies within the text, no table has a key twice, nothing is deeper than promised.
fn check(node: &Node, text: &str, level: usize) {
    lies_within(node.span, text);
    match &node.value {
        Value::List(items) => {
            assert!(level <= MAX_LEVELS);
            items.iter().for_each(|item| check(item, text, level + 1));
        }
        Value::Table(table) => {
            assert!(level <= MAX_LEVELS);
            let mut keys: Vec<&str> = table.entries.iter().map(|entry| entry.key.as_str()).collect();
            keys.sort_unstable();
            assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
            for entry in &table.entries {
                lies_within(entry.key_span, text);
                check(&entry.node, text, level + 1);
            }
        }
        _ => {}
    }
}
