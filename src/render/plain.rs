//! How does text from a file stay text, whatever it tries to be?

use super::format;
pub(crate) use crate::drawing::text::clean;
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

/// The same, with figures bound to what they count, so that no line ends within "1 in 20", "1 von 20", "5 %", "EUR 12" or
/// "1,5 Mio. EUR".
pub(super) fn bound(text: &str) -> String {
    const SIZES: [&str; 4] = ["Tsd.", "Mio.", "Mrd.", "Bio."];
    const BINDING: &str = "\u{A0}";
    let starts_with_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = text.split(' ').collect();
    let mut bound = String::with_capacity(text.len() + 8);
    for (place, word) in words.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).and_then(|before| words.get(before)) {
            let next = words.get(place + 1).copied().unwrap_or_default();
            let ends_with_digit = before.ends_with(|c: char| c.is_ascii_digit());
            let is_chance = matches!(*word, "in" | "von") && starts_with_digit(next) && before.ends_with('1')
                || matches!(*before, "in" | "von")
                    && starts_with_digit(word)
                    && bound.ends_with(&format!("1{BINDING}{before}"));
            let is_share = word.starts_with('%') && ends_with_digit;
            let is_size = SIZES.iter().any(|size| word.starts_with(size)) && ends_with_digit;
            let is_currency = |word: &str| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase());
            let is_money = is_currency(before) && starts_with_digit(word.trim_start_matches('−'))
                || is_currency(word.trim_end_matches(|c: char| !c.is_alphanumeric()))
                    && (ends_with_digit || SIZES.iter().any(|size| before.ends_with(size)));
            bound.push_str(if is_chance || is_share || is_size || is_money { BINDING } else { " " });
        }
        bound.push_str(word);
    }
    bound
}

/// A piece without what reorders text; the spaces at its ends stay.
pub(crate) fn written(piece: &Piece, unit: Unit) -> String {
    let text = match piece {
        // The quotation marks of print.
        Piece::Name(name) if unit.voice.language == Language::English => format!("“{name}”"),
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
    fn a_figure_stays_with_what_it_counts() {
        let bound = |text| super::bound(text).replace('\u{A0}', "_");
        assert_eq!(bound("Bad year (1 in 20)"), "Bad year (1_in_20)");
        assert_eq!(bound("EUR 1,200 is 5 % more, 1 in 3 times"), "EUR_1,200 is 5_% more, 1_in_3 times");
        assert_eq!(bound("in 3 years, step 1 in year 2"), "in 3 years, step 1 in year 2");
        assert_eq!(bound("1 von 20: 1,5 Mio. EUR, −3 EUR."), "1_von_20: 1,5_Mio._EUR, −3_EUR.");
        assert_eq!(bound(" a  b "), " a  b ");
    }

    #[test]
    fn marks_that_turn_text_around_are_dropped() {
        assert_eq!(clean("a\u{202E}b\n\tc\u{0}d"), "ab c d");
    }
}
