//! The figures as CSV: one row a figure, its key path and its value.
//!
//! Text that a spreadsheet would take for a formula is marked as text.

use crate::figures::{Leaf, Money, Node, Ratio, View, name_of};

use super::plain::clean;

/// The figures as CSV with a heading line.
pub fn csv(figures: &dyn Node) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(["figure", "value"]);
    write(&mut writer, String::new(), figures);
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn write(writer: &mut csv::Writer<Vec<u8>>, path: String, node: &dyn Node) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let value = match node.view() {
        View::Record(fields) => {
            return fields.into_iter().for_each(|(field, next)| write(writer, under(field.key()), next));
        }
        View::Table(entries) => return entries.into_iter().for_each(|(name, next)| write(writer, under(name), next)),
        View::List(list) => {
            // An element stands under its id, else under its number (years begin at 0).
            let label = |next, index: usize| name_of(next, &["id", "name"]).map_or(index.to_string(), str::to_owned);
            let elements = list.into_iter().enumerate();
            return elements.for_each(|(index, next)| write(writer, under(&label(next, index)), next));
        }
        View::Nothing(_) => String::new(),
        View::Leaf(leaf) => match leaf {
            Leaf::Words(words) => as_text(words),
            Leaf::Flag(flag) => flag.to_string(),
            Leaf::Count(count) => count.to_string(),
            Leaf::Money(figure) => Money::from(figure).to_string(),
            Leaf::Number(number, _) => Ratio::from(number).to_string(),
        },
    };
    let _ = writer.write_record([as_text(&path), value]);
}

/// A text in one line that no spreadsheet takes for a formula. Some drop what is not to be seen before they look at the
/// first letter, and some read the full-width signs of East Asian keyboards as the plain ones.
fn as_text(text: &str) -> String {
    let text = clean(text);
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || !is_seen(c));
    let is_formula = begins.starts_with(['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    if is_formula { format!("'{text}") } else { text }
}

/// Whether a letter leaves a mark; what joins or parts letters, and what picks a form of them, does not.
fn is_seen(c: char) -> bool {
    !matches!(c, '\u{AD}' | '\u{34F}' | '\u{180B}'..='\u{180F}' | '\u{200C}' | '\u{200D}' | '\u{3164}' | '\u{115F}'
        | '\u{1160}' | '\u{FFA0}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_or_holds_what_is_not_to_be_seen() {
        for formula in ["=1", "+1", "-1", "@a", "\t=1", " =1", "\u{FF1D}1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}a"] {
            assert!(as_text(formula).starts_with('\''), "{formula:?}");
        }
        for mark in ["\u{200B}", "\u{FEFF}", "\u{202E}", "\u{AD}", "\u{200D}", "\u{FE0F}", "\u{7}"] {
            let written = as_text(&format!("{mark}=1"));
            assert!(written.starts_with('\''), "{mark:?}");
        }
        assert_eq!(as_text("a\u{202E}b\u{2028}c\u{200B}d\u{1b}[31m\u{FEFF}"), "ab cd [31m");
        assert_eq!(as_text("1 - 2 = x@y"), "1 - 2 = x@y");
    }
}
