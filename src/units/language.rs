//! In which language is something said, and how are the numbers in it written?

use super::{Currency, Numbers};

/// A language that papers, charts, tables and answers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// How a file names them: ISO 639-1.
    pub const NAMES: [&'static str; 2] = ["en", "de"];
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The one that a file names.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|known| *known == name).map(|place| Self::ALL[place])
    }

    /// The code, as files, HTML and PDF name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => Self::NAMES[0],
            Self::German => Self::NAMES[1],
        }
    }
}

/// How something is said to its readers: the language, and the marks within numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voice {
    /// The language of the words.
    pub language: Language,
    /// Marks within numbers.
    pub numbers: Numbers,
}

impl Voice {
    /// The voice of a file: numbers as it says, else as readers of the language expect of the currency.
    pub fn of_file(language: Option<Language>, numbers: Option<Numbers>, currency: Currency) -> Self {
        let language = language.unwrap_or_default();
        Self { language, numbers: numbers.unwrap_or_else(|| Numbers::customary(language, currency)) }
    }

    /// A text with English marks in its numbers, with those of its readers instead.
    pub fn set(self, english: &str) -> String {
        self.numbers.set(english)
    }
}

impl From<Voice> for Language {
    fn from(voice: Voice) -> Self {
        voice.language
    }
}

/// In which currency an amount is, and how it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// ISO 4217 code; empty where there is none to name.
    pub currency: &'static str,
    /// Language, and marks within numbers.
    pub voice: Voice,
}

impl From<&'static str> for Unit {
    fn from(currency: &'static str) -> Self {
        Self { currency, voice: Voice::default() }
    }
}

impl From<Unit> for Language {
    fn from(unit: Unit) -> Self {
        unit.voice.language
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_one_name_and_its_own_marks() {
        for language in Language::ALL {
            assert_eq!(Language::of_name(language.code()), Some(language));
        }
        assert_eq!((Language::of_name("fr"), Language::ALL.len()), (None, Language::NAMES.len()));
        let customary = |language, code| Numbers::customary(language, Currency::from_code(code).unwrap());
        assert_eq!(customary(Language::English, "EUR"), Numbers::CommaPoint);
        assert_eq!(customary(Language::German, "EUR"), Numbers::PointComma);
        assert_eq!(customary(Language::German, "USD"), Numbers::PointComma);
        assert_eq!(customary(Language::German, "CHF"), Numbers::ApostrophePoint);
    }

    #[test]
    fn what_a_file_says_of_numbers_holds_in_every_language() {
        let euro = Currency::from_code("EUR").unwrap();
        let voice = Voice::of_file(Some(Language::German), Some(Numbers::SpaceComma), euro);
        assert_eq!((voice.language, voice.numbers), (Language::German, Numbers::SpaceComma));
        assert_eq!(Voice::of_file(None, None, euro), Voice::default());
    }
}
