//! Which marks stand within a number?
//!
//! Every text is first made with English marks, `1,234,567.8`, and set with those that its readers expect. Only what
//! rosi wrote itself is set so, never what a file says.

use super::{Currency, Language};

/// How numbers are written, named by one written so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// 1,234,567.8
    #[default]
    CommaPoint,
    /// 1.234.567,8
    PointComma,
    /// 1 234 567,8
    SpaceComma,
    /// 1 234 567.8
    SpacePoint,
    /// 1'234'567.8
    ApostrophePoint,
    /// 12,34,567.8
    Lakh,
}

/// Joins what it stands between.
const SPACE: char = '\u{202F}';

impl Numbers {
    /// How a file names them, each written in itself.
    pub const NAMES: [&'static str; 6] = ["1,234.5", "1.234,5", "1 234,5", "1 234.5", "1'234.5", "12,34,567.8"];
    const ALL: [Self; 6] =
        [Self::CommaPoint, Self::PointComma, Self::SpaceComma, Self::SpacePoint, Self::ApostrophePoint, Self::Lakh];

    /// The one that a file names.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|place| Self::ALL[place])
    }

    /// What readers of a language expect of a currency.
    pub fn customary(language: Language, currency: Currency) -> Self {
        match (language, currency.code()) {
            (_, "CHF") => Self::ApostrophePoint,
            (Language::German, _) => Self::PointComma,
            (_, "INR" | "PKR" | "BDT" | "NPR" | "LKR") => Self::Lakh,
            _ => Self::CommaPoint,
        }
    }

    /// The one that is known by its decimal sign alone.
    pub fn with_decimal(sign: char) -> Self {
        if sign == ',' { Self::PointComma } else { Self::CommaPoint }
    }

    /// A text with English marks in its numbers, with these marks instead.
    pub fn set(self, english: &str) -> String {
        if self == Self::CommaPoint {
            return english.to_owned();
        }
        let letters: Vec<char> = english.chars().collect();
        let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let mut text = String::with_capacity(english.len() + 8);
        let mut at = 0;
        while at < letters.len() {
            if !is_digit(at) {
                text.push(letters[at]);
                at += 1;
                continue;
            }
            // The whole part: digits, and commas between them.
            let start = at;
            while is_digit(at) || letters.get(at) == Some(&',') && is_digit(at + 1) {
                at += 1;
            }
            self.push_whole(&mut text, &letters[start..at]);
            if letters.get(at) == Some(&'.') && is_digit(at + 1) {
                text.push(self.decimal());
                at += 1;
                while is_digit(at) {
                    text.push(letters[at]);
                    at += 1;
                }
            }
        }
        text
    }

    /// What stands before the fraction.
    pub fn decimal(self) -> char {
        if matches!(self, Self::PointComma | Self::SpaceComma) { ',' } else { '.' }
    }

    /// What stands between groups of digits.
    pub fn group(self) -> char {
        match self {
            Self::CommaPoint | Self::Lakh => ',',
            Self::PointComma => '.',
            Self::SpaceComma | Self::SpacePoint => SPACE,
            Self::ApostrophePoint => '\u{2019}',
        }
    }

    /// The whole part; one without commas, such as a year, stays without marks.
    fn push_whole(self, text: &mut String, whole: &[char]) {
        let digits: Vec<char> = whole.iter().copied().filter(char::is_ascii_digit).collect();
        let is_grouped = digits.len() < whole.len();
        for (place, digit) in digits.iter().enumerate() {
            let left = digits.len() - place;
            let ends_group = match self {
                // Thousands, then hundreds of thousands, and so on by two digits.
                Self::Lakh => left == 3 || left > 3 && left % 2 == 1,
                _ => left.is_multiple_of(3),
            };
            if is_grouped && place > 0 && ends_group {
                text.push(self.group());
            }
            text.push(*digit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_number_written_so() {
        for (name, numbers) in Numbers::NAMES.iter().zip(Numbers::ALL) {
            let english = if numbers == Numbers::Lakh { "1,234,567.8" } else { "1,234.5" };
            let plain = |text: &str| text.replace(SPACE, " ").replace('\u{2019}', "'");
            assert_eq!(plain(&numbers.set(english)), *name);
            assert_eq!(Numbers::of_name(name), Some(numbers));
        }
        assert_eq!(Numbers::of_name("1234"), None);
    }

    #[test]
    fn only_numbers_change_and_years_are_none() {
        let set = |text: &str| Numbers::PointComma.set(text);
        assert_eq!(set("EUR −1,234,567.80, 1 in 6.5 (15.4 %)"), "EUR −1.234.567,80, 1 in 6,5 (15,4 %)");
        assert_eq!(set("15k, 40k, 110.5k since 2026. Year 1, 2, 3."), "15k, 40k, 110,5k since 2026. Year 1, 2, 3.");
        assert_eq!(
            Numbers::Lakh.set("123 1,234 12,345 123,456 1,234,567,890"),
            "123 1,234 12,345 1,23,456 1,23,45,67,890"
        );
        assert_eq!(Numbers::SpaceComma.set("−10,000.5k"), "−10\u{202F}000,5k");
    }
}
