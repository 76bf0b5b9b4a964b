//! Which numbers, words and signs does a quantity consist of?

use rust_decimal::Decimal;

/// A piece of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A number without its sign.
    Number(Decimal),
    /// Letters; as written, and in lower case.
    Word(String, String),
    /// A sign such as `%`, `/` or `€`.
    Sign(char),
}

/// Why a text is no row of tokens.
#[derive(Debug, Clone, PartialEq)]
pub enum LexFault {
    /// A comma that does not group thousands: `1,5`.
    DecimalComma,
    /// A number beyond 28 digits.
    TooLarge,
    /// A character that no quantity has.
    Strange,
}

/// Blanks that may stand between the pieces.
pub const BLANKS: &[char] = &[' ', '\u{a0}', '\u{202f}'];
/// Signs that may group thousands.
pub const GROUPING: &[char] = &[',', '_', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}'];

/// Splits a text into tokens. A leading `-` comes back as `true`.
pub fn tokens(text: &str) -> Result<(bool, Vec<Token>), LexFault> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let mut tokens = Vec::new();
    let negative = chars.first() == Some(&'-');
    if negative {
        at = 1;
    }
    while at < chars.len() {
        let c = chars[at];
        if BLANKS.contains(&c) {
            at += 1;
        } else if c.is_ascii_digit() {
            let (number, next) = number(&chars, at)?;
            tokens.push(Token::Number(number));
            at = next;
        } else if c.is_alphabetic() {
            let end = chars[at..].iter().position(|c| !c.is_alphabetic()).map_or(chars.len(), |n| at + n);
            let word: String = chars[at..end].iter().collect();
            // ASCII case only: `pattern` has no other way to say it.
            let lower = word.to_ascii_lowercase();
            tokens.push(Token::Word(word, lower));
            at = end;
        } else if matches!(c, '%' | '/' | '€' | '$' | '£' | '¥' | '₹' | '₩') {
            tokens.push(Token::Sign(c));
            at += 1;
        } else if matches!(c, ',' | '.') {
            return Err(LexFault::DecimalComma);
        } else {
            return Err(LexFault::Strange);
        }
    }
    Ok((negative, tokens))
}

/// A number from `start`: digits, perhaps grouped by thousands, a decimal point, an exponent.
fn number(chars: &[char], start: usize) -> Result<(Decimal, usize), LexFault> {
    let digits_from = |at: usize| chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = start + digits_from(start);
    let mut text: String = chars[start..at].iter().collect();
    let mut group = None;
    if text.len() <= 3 {
        // One sign groups the whole number: `1,200 000` is a slip, not a number.
        while let Some(&sign) = chars.get(at) {
            if !GROUPING.contains(&sign) || group.is_some_and(|group| group != sign) || digits_from(at + 1) != 3 {
                break;
            }
            group = Some(sign);
            text.extend(&chars[at + 1..at + 4]);
            at += 4;
        }
    }
    if chars.get(at) == Some(&',') {
        return Err(LexFault::DecimalComma);
    }
    if chars.get(at) == Some(&'.') {
        let fraction = digits_from(at + 1);
        if fraction == 0 {
            return Err(LexFault::Strange);
        }
        text.extend(&chars[at..=at + fraction]);
        at += 1 + fraction;
        if chars.get(at) == Some(&'.') {
            return Err(LexFault::DecimalComma);
        }
    }
    let mut exponent = 0_i32;
    if matches!(chars.get(at), Some('e' | 'E')) {
        let sign = usize::from(matches!(chars.get(at + 1), Some('+' | '-')));
        let digits = digits_from(at + 1 + sign);
        if digits > 0 {
            let written: String = chars[at + 1..at + 1 + sign + digits].iter().collect();
            exponent = written.trim_start_matches('+').parse().map_err(|_| LexFault::TooLarge)?;
            at += 1 + sign + digits;
        }
    }
    let value =
        if exponent == 0 { text.parse::<Decimal>() } else { Decimal::from_scientific(&format!("{text}e{exponent}")) };
    Ok((value.map_err(|_| LexFault::TooLarge)?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<Decimal> {
        match tokens(text).ok()?.1.first()? {
            Token::Number(number) => Some(*number),
            _ => None,
        }
    }

    #[test]
    fn thousands_are_grouped_as_people_do() {
        for text in ["1200000", "1,200,000", "1 200 000", "1'200'000", "1_200_000", "1\u{202f}200\u{202f}000"] {
            assert_eq!(first(text), Some(Decimal::from(1_200_000)), "{text}");
        }
    }

    #[test]
    fn a_decimal_comma_is_refused_rather_than_misread() {
        for text in ["1,5M", "1,50", "1.234.567", "12,0000"] {
            assert_eq!(tokens(text), Err(LexFault::DecimalComma), "{text}");
        }
    }

    #[test]
    fn a_number_of_too_many_digits_is_refused() {
        assert_eq!(tokens(&"9".repeat(40)), Err(LexFault::TooLarge));
        assert_eq!(tokens("1e99"), Err(LexFault::TooLarge));
        assert_eq!(tokens("1e999999999999"), Err(LexFault::TooLarge));
    }
}
