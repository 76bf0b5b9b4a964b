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

/// The words of a heading, "/" read as per, unless it stands between single letters: `(H/M/L)`.
pub(super) fn parts(heading: &str) -> Vec<String> {
    let letters: Vec<char> = heading.chars().collect();
    let is_long = |at: usize| {
        let rest = &letters[at.min(letters.len())..];
        rest.iter().take_while(|c| c.is_alphabetic()).count() > 1
    };
    // "€/h", "EUR / d": what an hour or a day costs.
    let is_of_money = |at: usize| {
        let before: String = letters[..at].iter().collect();
        let before = before.trim_end();
        before.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | ']' | '('))
            || before.chars().rev().take_while(|c| c.is_alphabetic()).count() > 1
    };
    let time = |at: usize| {
        let rest: String = letters[at.min(letters.len())..].iter().collect();
        let word: String = rest.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect();
        match word.as_str() {
            "h" | "hr" | "hrs" | "std" | "Std" => Some("hour "),
            "d" | "j" => Some("day "),
            _ => None,
        }
    };
    let mut spaced = String::new();
    let mut at = 0;
    while at < letters.len() {
        let c = letters[at];
        match time(at + 1).filter(|_| c == '/' && is_of_money(at)) {
            Some(unit) => {
                spaced.push_str(" per ");
                spaced.push_str(unit);
                at += 1;
                while letters.get(at).is_some_and(|c| c.is_whitespace()) {
                    at += 1;
                }
                while letters.get(at).is_some_and(|c| c.is_alphanumeric()) {
                    at += 1;
                }
                continue;
            }
            None if c == '/' && is_long(at + 1) => spaced.push_str(" per "),
            None => spaced.push(c),
        }
        at += 1;
    }
    split(&spaced)
}
