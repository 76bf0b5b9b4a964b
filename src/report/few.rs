//! How are many names told in one cell?
//!
//! A cell that lists forty risks is as high as a page and read by nobody: the first names stand, and how many more there
//! are. Which they are is told where each has a row of its own.

use super::texts::{line, texts};
use crate::units::Language;

/// Letters of names in one cell.
const LETTERS: usize = 150;

/// The names with this between them, or the first of them and how many more.
pub(super) fn few(language: impl Into<Language>, names: &[&str], between: &str) -> String {
    few_within(language, names, between, LETTERS)
}

/// The same with room for so many letters.
pub(super) fn few_within(language: impl Into<Language>, names: &[&str], between: &str, most: usize) -> String {
    let mut letters = 0;
    let fitting = names.iter().take_while(|name| {
        letters += name.chars().count() + between.len();
        letters <= most
    });
    let shown = fitting.count().max(1);
    // "And one more" is as long as many a name.
    if shown + 1 >= names.len() {
        return names.join(between);
    }
    let more = names.len() - shown;
    line(texts(language).shared.and_more, &[("names", &names[..shown].join(between)), ("count", &more)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_told_whole_and_many_are_counted() {
        let names = |count: usize| vec!["Ransomware stops the warehouse"; count];
        let said = |count: usize| few(Language::English, &names(count), "; ");
        assert_eq!(said(2), "Ransomware stops the warehouse; Ransomware stops the warehouse");
        assert!(said(25).ends_with(" and 21 more"), "{}", said(25));
        assert!(!said(5).contains("more"));
        let long = "a".repeat(200);
        assert_eq!(few(Language::German, &[&long, "b", "c"], ", "), format!("{long} und 2 weitere"));
    }
}
