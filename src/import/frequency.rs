//! How often is that? Phrases of five languages, as rosi writes them.
//!
//! `alle 8 Jahre` is `1 in 8 years`, `2 mal pro Jahr` is `2 per year`. A percentage is a chance, not a rate.

use rust_decimal::Decimal;

use super::number::{Misread, Piece, Style, a_year, amount, is_blank_cell, pieces, range};

/// How often something happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Often {
    /// A rate, as rosi reads it: `2 per year`, `1 in 8 years`.
    Rate(String),
    /// A chance, as a part of one.
    Chance(Decimal),
    /// A bare number: its column tells what it is.
    Number(Decimal),
    /// From, to.
    Range(Box<(Often, Often)>),
}

impl Often {
    /// Events a year, or the chance of one.
    pub fn a_year(&self) -> Option<Decimal> {
        match self {
            Self::Chance(value) | Self::Number(value) => Some(*value),
            Self::Range(_) => None,
            Self::Rate(text) => {
                let words: Vec<&str> = text.split(' ').collect();
                let number = |text: &str| text.parse::<Decimal>().ok();
                let unit = |unit: &str| a_year(unit).map(Decimal::from);
                match words[..] {
                    [count, "per", name] => number(count)?.checked_mul(unit(name)?),
                    [count, "in", of, name] => number(count)?.checked_mul(unit(name)?)?.checked_div(number(of)?),
                    _ => None,
                }
            }
        }
    }
}

const PER: &[&str] = &["per", "pro", "par", "por", "al", "a", "all", "je", "each", "im", "à", "l", "der", "the"];
const EVERY: &[&str] =
    &["every", "alle", "cada", "ogni", "elke", "iedere", "jede", "jedes", "jeden", "chaque", "tous", "toutes", "om"];
const IN: &[&str] = &["in", "en", "auf", "su", "within", "over", "innerhalb", "durante", "sur", "op", "von"];
const TIMES: &[&str] = &[
    "time",
    "times",
    "x",
    "mal",
    "fois",
    "veces",
    "vez",
    "volte",
    "volta",
    "keer",
    "event",
    "events",
    "ereignis",
    "ereignisse",
    "incident",
    "incidents",
    "incidentes",
    "incidenti",
    "incidenten",
    "fall",
    "fälle",
    "vorfall",
    "vorfälle",
    "case",
    "cases",
    "evento",
    "eventos",
    "eventi",
    "événement",
    "événements",
];
const ONCE: &[&str] = &["once", "einmal", "eens", "eenmaal", "une", "una", "one", "ein", "un", "een"];
const TWICE: &[&str] = &["twice", "zweimal", "tweemaal", "zwei", "two", "deux", "dos", "due", "twee"];
const THRICE: &[&str] = &["thrice", "dreimal", "driemaal", "three", "drei", "trois", "tres", "tre", "drie"];
const SKIPPED: &[&str] = &[
    "les",
    "de",
    "about",
    "ca",
    "circa",
    "etwa",
    "rund",
    "environ",
    "ungefähr",
    "approx",
    "the",
    "lo",
    "el",
    "le",
    "la",
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Number(Decimal),
    Per,
    Every,
    In,
    Times,
    Unit(u32),
    /// `monthly`: once a unit.
    Once(u32),
}

/// The unit of a word as rosi writes it.
fn unit_name(times: u32) -> &'static str {
    match times {
        1 => "year",
        4 => "quarter",
        12 => "month",
        52 => "week",
        _ => "day",
    }
}

fn adverb(word: &str) -> Option<u32> {
    Some(match word {
        "yearly" | "annually" | "annual" | "jährlich" | "annuel" | "annuelle" | "annuellement" | "anual"
        | "anualmente" | "annuale" | "annualmente" | "jaarlijks" => 1,
        "quarterly" | "quartalsweise" | "vierteljährlich" | "trimestriel" | "trimestral" | "trimestrale" => 4,
        "monthly" | "monatlich" | "mensuel" | "mensuelle" | "mensual" | "mensile" | "maandelijks" => 12,
        "weekly" | "wöchentlich" | "hebdomadaire" | "semanal" | "settimanale" | "wekelijks" => 52,
        "daily" | "täglich" | "quotidien" | "diario" | "giornaliero" | "dagelijks" => 365,
        _ => return None,
    })
}

fn words(text: &str, style: Option<Style>) -> Result<Vec<Word>, Misread> {
    let pieces = pieces(text.trim());
    let mut words = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Number(core) => words.push(Word::Number(amount(core, style)?.value)),
            Piece::Sign('×') => words.push(Word::Times),
            Piece::Sign('/') => words.push(Word::Per),
            Piece::Sign('.' | ',' | '\'' | '’' | '~') => {}
            Piece::Sign(sign) => return Err(Misread::Strange(sign.to_string())),
            Piece::Word(word) => {
                let lower = word.to_lowercase();
                let word = lower.as_str();
                let last = pieces[at + 1..].iter().all(|piece| matches!(piece, Piece::Sign('.')));
                let number = |value: i64| Word::Number(Decimal::from(value));
                if let Some(times) = adverb(word) {
                    words.push(Word::Once(times));
                } else if (word == "an" && !last) || word == "p" {
                    words.push(Word::Per);
                } else if word == "a" && last && !words.is_empty() {
                    // "p.a."
                    words.push(Word::Unit(1));
                } else if let Some(times) = a_year(word) {
                    words.push(Word::Unit(times));
                } else if EVERY.contains(&word) {
                    words.push(Word::Every);
                } else if PER.contains(&word) {
                    words.push(Word::Per);
                } else if IN.contains(&word) {
                    words.push(Word::In);
                } else if TIMES.contains(&word) {
                    words.push(Word::Times);
                } else if ONCE.contains(&word) {
                    words.push(number(1));
                } else if TWICE.contains(&word) {
                    words.push(number(2));
                } else if THRICE.contains(&word) {
                    words.push(number(3));
                } else if word == "other" {
                    words.push(number(2));
                } else if !SKIPPED.contains(&word) {
                    return Err(Misread::Strange(word.to_owned()));
                }
            }
        }
    }
    Ok(words)
}

/// Reads a cell as a frequency, a chance or a bare number.
pub fn often(text: &str, style: Option<Style>) -> Result<Often, Misread> {
    if is_blank_cell(text) {
        return Err(Misread::Blank);
    }
    if let Ok(found) = amount(text, style) {
        let bare = found.currency.is_none() && found.a_year.is_none();
        if bare && found.percent {
            return Ok(Often::Chance(found.value));
        }
        if bare {
            return Ok(Often::Number(found.value));
        }
    }
    if let Err(Misread::TwoReadings(a, b)) = amount(text, style) {
        return Err(Misread::TwoReadings(a, b));
    }
    // "20 % pro Jahr"
    if text.contains('%') {
        let (head, tail) = text.split_once('%').unwrap_or((text, ""));
        let yearly = matches!(words(tail, style)?.as_slice(), [] | [Word::Per, Word::Unit(1)] | [Word::Once(1)]);
        let found = amount(head, style)?;
        return match found.value.checked_div(Decimal::ONE_HUNDRED) {
            Some(value) if yearly => Ok(Often::Chance(value)),
            _ => Err(Misread::NotANumber),
        };
    }
    let words = words(text, style);
    if let Some(rate) = words.as_deref().ok().and_then(rate) {
        return Ok(rate);
    }
    let Some((low, high)) = range(text) else { return Err(words.err().unwrap_or(Misread::NotANumber)) };
    let high_read = often(&high, style)?;
    let low_read = match often(&low, style)? {
        // "2-3 per year": the unit belongs to both.
        Often::Number(value) => match &high_read {
            Often::Rate(high) => high
                .split_once(" per ")
                .map(|(_, unit)| Often::Rate(format!("{value} per {unit}")))
                .ok_or(Misread::NotANumber)?,
            Often::Chance(_) => Often::Chance(value.checked_div(Decimal::ONE_HUNDRED).ok_or(Misread::TooLarge)?),
            _ => Often::Number(value),
        },
        read => read,
    };
    Ok(Often::Range(Box::new((low_read, high_read))))
}

/// `count [times] per [n] unit`, `every n units`, `count in n units`, `monthly`.
fn rate(words: &[Word]) -> Option<Often> {
    let one = Decimal::ONE;
    let (count, rest) = match words {
        [Word::Once(times)] | [Word::Every, Word::Unit(times)] => return written(one, one, *times),
        [Word::Number(count), Word::Times, rest @ ..] => (*count, rest),
        [Word::Number(count), rest @ ..] => (*count, rest),
        rest => (one, rest),
    };
    match rest {
        // "2 mal im Jahr", "3 fois par an", "2 volte l'anno", "1x jährlich"
        [Word::Per, Word::Unit(times)] | [Word::Every, Word::Unit(times)] | [Word::Once(times)] => {
            written(count, one, *times)
        }
        [Word::Unit(times)] if words.len() > 1 && matches!(words.get(1), Some(Word::Times)) => {
            written(count, one, *times)
        }
        // "alle 8 Jahre", "every 20 years", "1x in 20 Jahren", "1 per 20 years"
        [Word::Every | Word::In | Word::Per, Word::Number(of), Word::Unit(times)]
        | [Word::In, Word::Per, Word::Number(of), Word::Unit(times)] => written(count, *of, *times),
        [Word::In, Word::Unit(times)] => written(count, one, *times),
        // "1 in 20", "1/20": years are meant, as of a chance.
        [Word::In | Word::Per, Word::Number(of)] if *of >= one && count <= *of => {
            count.checked_div(*of).map(Often::Chance)
        }
        _ => None,
    }
}

fn written(count: Decimal, of: Decimal, times: u32) -> Option<Often> {
    if of.is_zero() || count.is_sign_negative() {
        return None;
    }
    let unit = unit_name(times);
    let count = count.normalize();
    Some(Often::Rate(if of == Decimal::ONE {
        format!("{count} per {unit}")
    } else {
        format!("{count} in {} {unit}s", of.normalize())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_of_five_languages_are_written_as_rosi_reads_them() {
        for (text, expected) in [
            ("alle 8 Jahre", "1 in 8 years"),
            ("2 mal pro Jahr", "2 per year"),
            ("1x in 20 Jahren", "1 in 20 years"),
            ("monthly", "1 per month"),
            ("every 6 months", "1 in 6 months"),
            ("twice a year", "2 per year"),
            ("1 per 20 years", "1 in 20 years"),
            ("4 events in 6 years", "4 in 6 years"),
            ("tous les 5 ans", "1 in 5 years"),
            ("3 fois par an", "3 per year"),
            ("cada 4 años", "1 in 4 years"),
            ("2 veces al año", "2 per year"),
            ("ogni 10 anni", "1 in 10 years"),
            ("2 volte l'anno", "2 per year"),
            ("elke 3 jaar", "1 in 3 years"),
            ("2 keer per jaar", "2 per year"),
            ("once a week", "1 per week"),
            ("einmal im Monat", "1 per month"),
            ("12 p.a.", "12 per year"),
            ("0,5 pro Jahr", "0.5 per year"),
            ("1 in 20 years", "1 in 20 years"),
            ("jährlich", "1 per year"),
            ("1 / year", "1 per year"),
            ("every other year", "1 in 2 years"),
            ("2x jährlich", "2 per year"),
            ("une fois par an", "1 per year"),
        ] {
            assert_eq!(often(text, None), Ok(Often::Rate(expected.into())), "{text}");
        }
    }

    #[test]
    fn a_percentage_is_a_chance_and_a_bare_number_is_left_to_its_column() {
        assert_eq!(often("20 %", None), Ok(Often::Chance(Decimal::new(2, 1))));
        assert_eq!(often("20 % pro Jahr", None), Ok(Often::Chance(Decimal::new(2, 1))));
        assert_eq!(often("1 in 20", None), Ok(Often::Chance(Decimal::new(5, 2))));
        assert_eq!(often("3", None), Ok(Often::Number(Decimal::from(3))));
        assert!(matches!(often("2-3 per year", None), Ok(Often::Range(_))));
        for no in ["Possible", "L", "", "1 in 0 years", "often"] {
            assert!(often(no, None).is_err(), "{no}");
        }
    }
}
