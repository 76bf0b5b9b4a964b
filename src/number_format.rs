//! What is a number format of a workbook made of? ECMA-376, part 1, 18.8.31.
//!
//! A comma between places for digits parts thousands; one that no place for a digit follows leaves three digits away,
//! at the end as in `0.0,,` or before the decimal point as in `0,.0`.

/// A part of a number format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A place for a digit.
    Digit,
    /// Three digits are left away: what is shown is the number divided by a thousand.
    Thousand,
    /// The number is shown in parts of a hundred.
    Percent,
    /// A text of its own, in quotation marks or behind a backslash.
    Text(String),
    /// What stands in square brackets: a currency, a colour, a condition.
    Bracket(String),
    /// Any other letter or sign.
    Sign(char),
    /// The next section begins: for negative numbers, nothing, and texts.
    Section,
}

/// The parts of a format in their order. What only leaves room (`_x`, `*x`) is none.
pub(crate) fn parts(format: &str) -> Vec<Part> {
    let is_digit = |c: char| matches!(c, '0' | '#' | '?');
    let mut parts = Vec::new();
    let mut letters = format.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => parts.push(Part::Text(letters.by_ref().take_while(|c| *c != '"').collect())),
            '[' => parts.push(Part::Bracket(letters.by_ref().take_while(|c| *c != ']').collect())),
            '\\' => parts.extend(letters.next().map(|c| Part::Text(c.to_string()))),
            '_' | '*' => _ = letters.next(),
            '%' => parts.push(Part::Percent),
            ';' => parts.push(Part::Section),
            ',' if letters.clone().find(|c| *c != ',').is_some_and(is_digit) => {}
            ',' => parts.push(Part::Thousand),
            c if is_digit(c) => parts.push(Part::Digit),
            c => parts.push(Part::Sign(c)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_leaves_thousands_away_where_no_place_for_a_digit_follows() {
        let thousands = |format: &str| parts(format).iter().filter(|part| **part == Part::Thousand).count();
        for (format, count) in
            [("#,##0", 0), ("#,##0.00", 0), ("#,##0,", 1), ("0.0,,", 2), ("0,.0", 1), ("0,\"k\"", 1), ("0,_);(0)", 1)]
        {
            assert_eq!(thousands(format), count, "{format}");
        }
    }
}
