//! Of which time are the numbers under a heading: a year, a month, the last three years?

use super::heading::{is_one_of, split};
use crate::units::reading::cell;

/// The time that a heading speaks of: `Events in the last 3 years`, `Cost per month`, `Frequency (years)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// None.
    Unsaid,
    /// One unit, of which a year has so many.
    Unit(u64),
    /// So many of them; `counted` where they are those in which something was seen.
    Many {
        /// How many.
        count: u64,
        /// How many of them a year has.
        a_year: u64,
        /// They were looked through.
        counted: bool,
    },
    /// Units of time without a number: a rate, or the time between two events.
    Bare(u64),
}

/// The last time that a heading names.
pub fn span(heading: &str) -> Span {
    const SEVERAL: &str = "years|yrs|months|weeks|days|jahre|jahren|monate|monaten|wochen|tage|tagen|ans|années|semaines|\
        jours|años|meses|semanas|días|anni|mesi|settimane|giorni|jaren|maanden|weken|dagen";
    const PAST: &str = "last|past|since|seen|observed|incidents|historical|letzten|letzte|vergangenen|bisher|vorfälle|\
        dernières|derniers|observés|últimos|últimas|ultimi|laatste|afgelopen";
    let words = split(heading);
    // Letters alone and "min" are other words here.
    let unit = |word: &String| {
        cell::a_year(word).filter(|times| *times <= 365 && word.chars().count() > 1 && word.as_str() != "min")
    };
    let Some((at, a_year)) = words.iter().enumerate().rev().find_map(|(at, word)| Some((at, unit(word)?))) else {
        return Span::Unsaid;
    };
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| words.get(at));
    let is_per = |word: Option<&String>| word.is_some_and(|word| cell::is_per(word));
    match before(1).and_then(|word| word.parse::<u64>().ok()).filter(|count| *count > 0) {
        Some(count) if count == a_year => Span::Unit(1),
        Some(1) => Span::Unit(a_year),
        Some(count) => Span::Many { count, a_year, counted: words.iter().any(|word| is_one_of(word, PAST)) },
        None if is_one_of(&words[at], SEVERAL) && !is_per(before(1)) => Span::Bare(a_year),
        None => Span::Unit(a_year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_tells_the_time_that_its_numbers_are_of() {
        let many = |count, a_year, counted| Span::Many { count, a_year, counted };
        for (heading, is) in [
            ("Frequency", Span::Unsaid),
            ("Frequency (per month)", Span::Unit(12)),
            ("Monthly cost", Span::Unit(12)),
            ("Eintritte pro Jahr", Span::Unit(1)),
            ("Incidents in the last 3 years", many(3, 1, true)),
            ("Events per 10 years", many(10, 1, false)),
            ("Wahrscheinlichkeit (5 Jahre)", many(5, 1, false)),
            ("Frequency, next 5 years", many(5, 1, false)),
            ("Probability, next 12 months", Span::Unit(1)),
            ("Frequency (years)", Span::Bare(1)),
            ("Häufigkeit (1 mal in x Jahren)", Span::Bare(1)),
            ("Loss (min)", Span::Unsaid),
        ] {
            assert_eq!(span(heading), is, "{heading}");
        }
    }
}
