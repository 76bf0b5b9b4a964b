//! Of which time are the numbers under a heading: a year, a month, the last three years?

use super::heading::{is_one_of, split};
use crate::units::reading::cell;

/// The time that a heading speaks of: `Events in the last 3 years`, `Cost per month`, `Frequency (years)`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// None.
    #[default]
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
    /// The time between two events, in a unit of which a year has so many: `Once every … years`.
    Between(u64),
}

/// The last time that a heading names.
pub fn span(heading: &str) -> Span {
    const SEVERAL: &str = "years|yrs|months|mois|weeks|days|jahre|jahren|monate|monaten|wochen|tage|tagen|ans|années|semaines|\
        jours|años|meses|semanas|días|anni|mesi|settimane|giorni|jaren|maanden|weken|dagen";
    const PAST: &str = "last|past|since|seen|observed|incidents|historical|letzten|letzte|vergangenen|bisher|vorfälle|\
        dernières|derniers|observés|últimos|últimas|ultimi|laatste|afgelopen";
    const SEEN: &str =
        "incidents|events|cases|vorfälle|ereignisse|fälle|incidentes|eventos|incidenten|gebeurtenissen|incidenti";
    const LAST: &str = "last|past|previous|letztes|letzten|letzte|letztem|vergangenen|vergangenes|dernière|dernier|último|última|\
        ultimo|ultima|laatste|afgelopen|vorig";
    const EVERY: &str = "every|alle|tous|toutes|cada|ogni|elke";
    const RETURNS: &[&str] = &[
        "return period",
        "mtbf",
        "mean time between failures",
        "mean time between events",
        "recurrence interval",
        "wiederkehrperiode",
        "wiederkehrintervall",
        "période de retour",
        "periodo de retorno",
        "período de retorno",
        "tempo di ritorno",
        "terugkeertijd",
    ];
    const DECADE: &str = "decade|jahrzehnt|décennie|década|decennio|decennium";
    let words = split(heading);
    let is_past = || words.iter().any(|word| is_one_of(word, PAST));
    let is_seen = || words.iter().any(|word| is_one_of(word, SEEN));
    if words.iter().any(|word| is_one_of(word, DECADE)) {
        return Span::Many { count: 10, a_year: 1, counted: is_past() };
    }
    // Letters alone and "min" are other words here.
    let unit = |word: &String| {
        cell::a_year(word).filter(|times| *times <= 365 && word.chars().count() > 1 && word.as_str() != "min")
    };
    let found = words.iter().enumerate().rev().find_map(|(at, word)| Some((at, unit(word)?)));
    let lower = heading.to_lowercase();
    if RETURNS.iter().any(|known| lower.contains(known)) {
        return Span::Between(found.map_or(1, |(_, a_year)| a_year));
    }
    let Some((at, a_year)) = found else {
        return Span::Unsaid;
    };
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| words.get(at));
    let is_per = |word: Option<&String>| word.is_some_and(|word| cell::is_per(word));
    let counted = |word: &String| {
        word.parse::<u64>().ok().or_else(|| cell::count(word).and_then(|count| u64::try_from(count).ok()))
    };
    match before(1).and_then(counted).filter(|count| *count > 0) {
        Some(count) if count == a_year && !is_seen() => Span::Unit(1),
        Some(1) if !is_seen() => Span::Unit(a_year),
        Some(count) => Span::Many { count, a_year, counted: is_past() },
        None if is_one_of(&words[at], SEVERAL) && words.iter().any(|word| is_one_of(word, EVERY)) => {
            Span::Between(a_year)
        }
        None if is_one_of(&words[at], SEVERAL) && !is_per(before(1)) => Span::Bare(a_year),
        // What was seen in one year is a count.
        None if is_seen() && words.iter().any(|word| is_one_of(word, LAST)) => {
            Span::Many { count: 1, a_year, counted: true }
        }
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
            ("Frequency (last three years)", many(3, 1, true)),
            ("Incidents last year", many(1, 1, true)),
            ("Incidents past 12 months", many(12, 12, true)),
            ("Incidents per year", Span::Unit(1)),
            ("Events per decade", many(10, 1, false)),
            ("Once every ... years", Span::Between(1)),
            ("Alle ... Monate", Span::Between(12)),
            ("Return period (years)", Span::Between(1)),
            ("Loss (min)", Span::Unsaid),
        ] {
            assert_eq!(span(heading), is, "{heading}");
        }
    }
}
