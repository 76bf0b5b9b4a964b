//! How does text from a file stay text, whatever it tries to be?

/// One line of plain text: control characters and marks that reorder text become spaces or vanish, runs of space
/// become one.
pub(super) fn clean(text: &str) -> String {
    let reorders = |c: &char| {
        matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
            || ('\u{202A}'..='\u{202E}').contains(c)
            || ('\u{2060}'..='\u{206F}').contains(c)
    };
    let spaced: String = text.chars().filter(|c| !reorders(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_turn_text_around_are_dropped() {
        assert_eq!(clean("a\u{202E}b\n\tc\u{0}d"), "ab c d");
    }
}
