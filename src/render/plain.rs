//! How does text from a file stay text, whatever it tries to be?

use super::format;
pub(crate) use crate::drawing::text::{bound, clean};
use crate::report::Piece;
use crate::units::{Language, Unit};

/// Whether a cell is so short that it stands in one line, to the right: a figure, or a value in words.
pub(super) fn is_short(cell: &str) -> bool {
    cell.chars().count() <= 24
}

/// A long word in pieces: after a mark between its parts, and after twelve letters without one.
pub(super) fn pieces(word: &str) -> Vec<String> {
    const PIECE: usize = 12;
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        let part = parts.last_mut();
        let is_full = part.as_ref().is_some_and(|part| {
            part.chars().count() >= PIECE || part.ends_with(['.', '-', '_', '/', '=', ':', ';', ',', '|', '('])
        });
        match part {
            Some(part) if !is_full => part.push(letter),
            _ => parts.push(letter.to_string()),
        }
    }
    parts
}

/// What a paper says itself, with the quotation marks of print: opening where a word begins.
pub(super) fn in_print(words: &str) -> String {
    let mut before = ' ';
    let print = |letter: char| {
        let opens = before.is_whitespace() || matches!(before, '(' | '“');
        before = letter;
        match letter {
            '"' if opens => '“',
            '"' => '”',
            other => other,
        }
    };
    words.chars().map(print).collect()
}

/// A piece without what reorders text; the spaces at its ends stay.
pub(crate) fn written(piece: &Piece, unit: Unit) -> String {
    let text = match piece {
        // The quotation marks of print.
        Piece::Name(name) if unit.voice.language == Language::English => format!("“{name}”"),
        Piece::Plain(words) if unit.voice.language == Language::English => in_print(words),
        _ => format::piece(piece, unit),
    };
    let edge = |is: bool| if is { " " } else { "" };
    let inside = clean(&text);
    if inside.is_empty() {
        return edge(!text.is_empty()).to_owned();
    }
    format!("{}{inside}{}", edge(text.starts_with(' ')), edge(text.ends_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_paper_says_has_the_quotation_marks_of_print() {
        assert_eq!(
            in_print("\"Basics\" first, the value (\"Core\"): more"),
            "“Basics” first, the value (“Core”): more"
        );
    }

    #[test]
    fn marks_that_turn_text_around_are_dropped() {
        assert_eq!(clean("a\u{202E}b\n\tc\u{0}d"), "ab c d");
    }
}
