//! Is a text a heading to its last word: `Loss (EUR)`, and not `Loss of data`?

use super::phrases::PHRASES;
use super::rest::{PLAIN, rest};
use super::{Guess, Meaning, Role, guess, is_one_of, split, words};
use crate::import::number::heading_unit;

/// What a text names as a heading that leaves no word over; remarks name nothing.
pub fn whole(text: &str) -> Option<Meaning> {
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let Guess::Clear(meaning) = guess(text) else { return None };
    if matches!(meaning.role, Role::Remark | Role::Ignore) {
        return None;
    }
    if meaning.role.is_numeric() {
        let rest = rest(text, meaning);
        return (rest.doubt.is_none() && rest.unknown.is_empty() && rest.odd.is_none()).then_some(meaning);
    }
    let phrases = || PHRASES.iter().filter(|(role, _)| *role == meaning.role).map(|(_, phrases)| *phrases);
    let is_own = |word: &String| phrases().any(|phrases| phrases.split(['|', ' ']).any(|known| known == word));
    let is_understood = |word: &String| is_own(word) || is_one_of(word, PLAIN) || heading_unit(word) != (None, None);
    words(text).iter().all(is_understood).then_some(meaning)
}

/// Whether a cell heads the levels of a scale, or what they mean.
pub fn is_of_levels(text: &str) -> bool {
    const LEVELS: &str = "level|levels|stufe|niveau|nivel|livello|class|klasse|classe|clase|grade|step|meaning|definition|\
        bedeutung|definición|significado|signification|significato|betekenis|from|to|von|bis|value|wert";
    split(text).iter().all(|word| is_one_of(word, LEVELS))
}
