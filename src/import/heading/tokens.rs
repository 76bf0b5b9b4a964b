//! A heading as words.

use super::phrases::{AFTER, ARTICLES, INHERENT, LIKELY, LOWER, MEASURES, TODAY, UPPER, WITH, WITHOUT};
use super::{is_one_of, is_point};
use crate::units::reading::heading::spelled;

/// A heading as words: lower case, without signs and brackets. What stands in brackets counts where it says which of
/// several such columns this is: `Loss (max)`, `Likelihood (residual)`; a unit does not.
pub fn words(heading: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = heading;
    while let Some((before, behind)) = rest.split_once(['(', '[']) {
        let (inner, after) = behind.split_once([')', ']']).unwrap_or((behind, ""));
        text.push_str(before);
        text.push(' ');
        let inside = split(inner);
        let says = |list: &str| inside.iter().any(|word| is_one_of(word, list));
        let all = inside.iter().all(|word| {
            let lists = [LOWER, UPPER, LIKELY, AFTER, INHERENT, TODAY, WITH, WITHOUT, ARTICLES, MEASURES];
            lists.iter().any(|list| is_one_of(word, list)) || is_point(word)
        });
        if all && !(says(LOWER) && says(UPPER)) {
            text.push_str(inner);
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    phased(split(&text))
}

/// The words with "after" or "before" in place of what says so of the measures: `Frequency after measures`.
fn phased(all: Vec<String>) -> Vec<String> {
    let mut found = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let word = &all[at];
        let phase = if is_one_of(word, WITH) { Some("after") } else { is_one_of(word, WITHOUT).then_some("before") };
        let next = (at + 1..all.len()).find(|next| !is_one_of(&all[*next], ARTICLES));
        let measure = next.filter(|next| all.len() > 2 && is_one_of(&all[*next], MEASURES));
        let (said, end) = phase.zip(measure).unwrap_or((word, at));
        found.push(said.to_owned());
        at = end + 1;
    }
    // What stands alone names the measures: "With controls".
    let is_bare = found.len() == 1 && all.len() > 1;
    if is_bare { all } else { found }
}

pub(in crate::import) fn split(text: &str) -> Vec<String> {
    // riskDescription, annual_cost, Loss-Max
    let mut spaced = String::new();
    let mut last_lower = false;
    for c in spelled(text).chars() {
        if c.is_uppercase() && last_lower {
            spaced.push(' ');
        }
        last_lower = c.is_lowercase();
        spaced.extend(c.to_lowercase());
    }
    spaced
        .split(|c: char| !(c.is_alphanumeric() || c == '°' || c == '#') || is_mark(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a letter is a mark that leads from a heading to a note.
pub fn is_mark(letter: char) -> bool {
    matches!(letter, '¹' | '²' | '³' | '⁴'..='⁹' | '*' | '†')
}

/// What stands in the brackets of a heading, as words.
pub fn bracketed(heading: &str) -> Vec<String> {
    let Some((_, rest)) = heading.split_once(['(', '[']) else { return Vec::new() };
    split(rest.split([')', ']']).next().unwrap_or(""))
}
