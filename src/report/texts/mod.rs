//! Everything that a report says in words, in one place.
//!
//! The other files of this folder hold the sentences, headings and labels, one group a file; the code beside them says
//! which of them stands where and what is put into its places: `"over {years}"` with `years` filled. Another language
//! is another constant of each group, in a folder of its own; [`texts`] chooses. Names from the file and figures are pieces of
//! their own, so that no text of a file is ever read as a template.

mod answer;
mod appendix;
mod assumptions;
mod beside;
mod budgets;
mod calibrated;
mod changed;
mod charts;
mod compared;
mod controls;
pub(super) mod entities;
pub(crate) mod experts;
mod explained;
mod figures;
mod front;
mod gate;
pub(super) mod german;
mod glossary;
mod insurance;
mod live;
mod money;
mod notes;
mod options;
mod otherwise;
mod page;
mod paper;
mod parts;
mod plans;
mod prompt;
pub(crate) mod review;
mod risks;
mod run;
mod said;
mod search;
mod sensitivity;
mod shared;
mod sheet;
mod workbook;
mod worth;
mod years;

use std::fmt::Display;

use super::{Piece, Text};
use crate::units::Language;

#[cfg(feature = "calibrate")]
pub(crate) use calibrated::Calibrated;
pub(crate) use compared::Compared;
pub(crate) use explained::Explained;
pub(crate) use gate::Gate;
#[cfg(feature = "web")]
pub(crate) use page::Replies;
pub use paper::Words;
pub(crate) use run::Run;
pub(crate) use search::Search;
#[cfg(all(feature = "calibrate", feature = "xlsx"))]
pub(crate) use sheet::Quiz;
#[cfg(feature = "calibrate")]
pub(crate) use sheet::Sheet;
pub(crate) use workbook::Workbook;

/// Declares a group of texts: its fields, what they say in English, and a list of them for the tests.
macro_rules! group {
    ($(#[$about:meta])* $name:ident { $($key:ident: $english:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct $name { $(pub(crate) $key: &'static str,)* }

        impl $name {
            /// In English.
            pub(crate) const ENGLISH: Self = Self { $($key: $english,)* };

            /// Each text with its name.
            pub(crate) fn all(&self) -> Vec<(String, &'static str)> {
                vec![$((concat!(stringify!($name), ".", stringify!($key)).to_owned(), self.$key),)*]
            }
        }
    };
}
pub(super) use group;

/// What a group says in another language: a text that is left out does not compile.
macro_rules! translation {
    ($language:ident, $name:path { $($key:ident: $text:literal),* $(,)? }) => {
        impl $name {
            #[doc = concat!("The ", stringify!($language), " texts.")]
            pub(crate) const $language: Self = Self { $($key: $text,)* };
        }
    };
}
pub(super) use translation;

/// Declares what one thing says, in every language: English, German.
macro_rules! words {
    ($($key:ident: [$english:literal, $german:literal],)*) => {
        $crate::report::texts::group! {
            /// What it says.
            Words { $($key: $english,)* }
        }

        $crate::report::texts::translation!(GERMAN, Words { $($key: $german,)* });
    };
}
pub(super) use words;

/// Declares a catalogue: its groups by name.
macro_rules! catalogue {
    ($(#[$about:meta])* $name:ident { $($key:ident: $group:path,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct $name { $(pub(crate) $key: $group,)* }

        impl $name {
            /// In English.
            pub(crate) const ENGLISH: Self = Self { $($key: <$group>::ENGLISH,)* };

            /// In German.
            pub(crate) const GERMAN: Self = Self { $($key: <$group>::GERMAN,)* };

            /// Each text with its name: `Page.undo`.
            pub(crate) fn all(&self) -> Vec<(String, &'static str)> {
                [$(self.$key.all(),)*].concat()
            }
        }
    };
}

pub(super) use catalogue;

catalogue! {
    /// All that a report says.
    Texts {
        answer: answer::Answer,
        explained: explained::Explained,
        shared: shared::Shared,
        options: options::Options,
        years: years::Years,
        insurance: insurance::Insurance,
        risks: risks::Risks,
        streams: risks::Streams,
        controls: controls::Controls,
        overlaps: controls::Overlaps,
        worth: worth::Worth,
        steps: worth::Steps,
        money: money::Money,
        sensitivity: sensitivity::Sensitivity,
        assumptions: assumptions::Assumptions,
        defaults: assumptions::Defaults,
        advice: assumptions::Advice,
        budgets: budgets::Budgets,
        search: search::Search,
        gate: gate::Gate,
        compared: compared::Compared,
        figures: figures::Figures,
        notes: notes::Notes,
        run: run::Run,
        paper: paper::Words,
        front: front::Front,
        otherwise: otherwise::Otherwise,
        beside: beside::Beside,
        parts: parts::Parts,
        budget: plans::Budget,
        stated: plans::Stated,
        tasks: plans::Tasks,
        prompt: prompt::Prompt,
        appendix: appendix::Appendix,
        glossary: glossary::Glossary,
        changed: changed::Changed,
        charts: charts::Charts,
        pictures: super::pictures::Words,
        said: said::Said,
        workbook: workbook::Workbook,
        live: live::Live,
        page: page::Page,
        replies: page::Replies,
        experts: experts::Experts,
        calibrated: calibrated::Calibrated,
        frequency: calibrated::Frequency,
        fitted: calibrated::Fitted,
        effect: calibrated::Effect,
        sheet: sheet::Sheet,
        quiz: sheet::Quiz,
        group: entities::Group,
        review: review::Review,
    }
}

/// What is said in the language of the readers.
pub(crate) fn texts(language: impl Into<Language>) -> &'static Texts {
    static ENGLISH: Texts = Texts::ENGLISH;
    static GERMAN: Texts = Texts::GERMAN;
    match language.into() {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// A template with its places filled by figures, names and words: `say("costs {cost}", &[("cost", cell.into())])`.
pub(crate) fn say(template: &str, parts: &[(&str, Piece)]) -> Text {
    let mut pieces = Vec::new();
    walk(template, |words, place| {
        if !words.is_empty() {
            pieces.push(Piece::Plain(words.to_owned()));
        }
        if let Some(place) = place {
            let part = parts.iter().find(|(name, _)| *name == place);
            debug_assert!(part.is_some(), "nothing for {{{place}}} of {template:?}");
            pieces.extend(part.map(|(_, piece)| piece.clone()));
        }
    });
    Text(pieces)
}

/// The same as plain words: `line("over {years}", &[("years", &3)])`.
pub(crate) fn line(template: &str, parts: &[(&str, &dyn Display)]) -> String {
    let mut written = String::with_capacity(template.len());
    walk(template, |words, place| {
        // The point of "284 Tsd." ends the sentence, too.
        let ends_with_point = written.ends_with('.') && words.starts_with('.');
        written.push_str(if ends_with_point { &words[1..] } else { words });
        if let Some(place) = place {
            let part = parts.iter().find(|(name, _)| *name == place);
            debug_assert!(part.is_some(), "nothing for {{{place}}} of {template:?}");
            if let Some((_, part)) = part {
                written.push_str(&part.to_string());
            }
        }
    });
    written
}

/// The text for one or for several.
pub(crate) fn number(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// The words of a template, each stretch with the place that follows it.
fn walk<'t>(template: &'t str, mut found: impl FnMut(&'t str, Option<&'t str>)) {
    let mut rest = template;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((place, after)) = after.split_once('}') else { break };
        found(words, Some(place));
        rest = after;
    }
    found(rest, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_what_fills_them_is_never_read_again() {
        let text = say("{name} costs {cost}.", &[("cost", "5".into()), ("name", Piece::Name("{cost}".into()))]);
        let plain = |words: &str| Piece::Plain(words.into());
        assert_eq!(text.0, [Piece::Name("{cost}".into()), plain(" costs "), plain("5"), plain(".")]);
        assert_eq!(line("{a}{b}{a}", &[("a", &"{b}"), ("b", &2)]), "{b}2{b}");
        assert_eq!(line("no place", &[]), "no place");
    }

    #[test]
    fn every_text_is_plain_and_of_known_places() {
        for (name, text) in Language::ALL.iter().flat_map(|language| texts(*language).all()) {
            assert!(!text.contains("  ") && text == text.trim_matches('\n'), "{name}: {text:?}");
            let open = text.matches('{').count();
            assert_eq!(open, text.matches('}').count(), "{name}: {text:?}");
            walk(text, |_, place| {
                let is_word = |place: &str| place.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                assert!(place.is_none_or(|place| !place.is_empty() && is_word(place)), "{name}: {text:?}");
            });
        }
    }

    #[test]
    fn a_text_has_the_same_places_in_every_language() {
        let places = |text: &'static str| {
            let mut places = Vec::new();
            walk(text, |_, place| places.extend(place));
            places.sort_unstable();
            places
        };
        for ((name, english), (_, german)) in
            texts(Language::English).all().into_iter().zip(texts(Language::German).all())
        {
            assert_eq!(places(english), places(german), "{name}: {german:?}");
        }
    }

    /// Words that are the same in both languages, and texts of places and marks alone.
    #[test]
    fn no_text_is_left_in_english() {
        const ALIKE: [&str; 12] = [
            "ROSI",
            "Plan",
            "Option",
            "Budget",
            "In",
            "Name",
            "rosi",
            "April",
            "August",
            "September",
            "November",
            "Quiz",
        ];
        for ((name, english), (_, german)) in
            texts(Language::English).all().into_iter().zip(texts(Language::German).all())
        {
            let mut words = String::new();
            walk(english, |part, _| words.push_str(part));
            let has_words = words.chars().filter(|c| c.is_alphabetic()).count() > 1;
            let alike = ALIKE.contains(&words.trim());
            assert!(english != german || !has_words || alike, "{name}: {german:?}");
        }
    }

    /// Nobody knows what a control will do: a paper estimates. And an adjective without a number is no argument.
    #[test]
    fn nothing_is_promised_and_nothing_is_praised() {
        const NEVER: [&str; 14] = [
            "will save",
            "saves you",
            "guarantee",
            "ensure",
            "significant",
            "substantial",
            "robust",
            "excellent",
            "dramatic",
            "huge",
            "massive",
            "cutting-edge",
            "best-in-class",
            "game",
        ];
        for (name, text) in texts(Language::English).all() {
            let said = text.to_lowercase();
            assert!(NEVER.iter().all(|word| !said.contains(word)), "{name}: {text:?}");
        }
    }
}
