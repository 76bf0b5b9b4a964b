//! What does a cell of somebody's table hold: an amount, a percentage, how often something happens?
//!
//! The words and numbers are those of [`read`](super::read). A cell differs from a key of a scenario: the currency may
//! be any, a percentage may stand for a chance, a number may stand alone and get its meaning from its column, and people
//! put brackets around what is below zero and "ca." before what they are not sure of.

use rust_decimal::Decimal;

use super::grammar::{self, Misread};
use super::heading::spelled;
use super::lexer::{BLANKS, LexFault, Pieces, Token, pieces};
use super::words;
pub use super::words::{count, is_per};
use crate::units::Currency;

/// Why a cell holds nothing of the kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellFault {
    /// Nothing is written, or only that nothing is known.
    Blank,
    /// Two readings remain.
    TwoReadings(Decimal, Decimal),
    /// It is written in another style than the one that is due.
    OtherStyle,
    /// A word or sign that does not belong here.
    Strange(String),
    /// Not a number.
    NotANumber,
    /// More digits than are computed with.
    TooLarge,
}

/// A number with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The value; a percentage as a part of one.
    pub value: Decimal,
    /// A currency, as a code or as the sign of several.
    pub currency: Option<String>,
    /// A percent sign stood there.
    pub percent: bool,
    /// How many of it a year has, where it was written per month, quarter or year.
    pub a_year: Option<u64>,
    /// A multiple such as `k` stood there.
    pub scaled: bool,
}

impl Amount {
    /// A number of a cell that holds numbers, not texts.
    pub fn plain(value: Decimal, percent: bool) -> Self {
        Self { value, currency: None, percent, a_year: None, scaled: false }
    }
}

/// How often a cell says that something happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Often {
    /// So many in so many units of time, such as 1 in 8 years.
    Rate(Rate),
    /// A chance, as a part of one.
    Chance(Decimal),
    /// A number alone.
    Number(Decimal),
}

/// So many in so many units of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// How many.
    pub count: Decimal,
    /// In how many of the unit.
    pub of: Decimal,
    /// How many of the unit a year has.
    pub a_year: u64,
    /// It was counted, `4 events in 6 years`: what was seen, not a rate that is known.
    pub seen: bool,
}

impl Rate {
    /// Events a year.
    pub fn value(&self) -> Option<Decimal> {
        self.count.checked_mul(Decimal::from(self.a_year))?.checked_div(self.of)
    }

    /// As a scenario reads it, what was seen as a count: `4 events in 6 years`.
    pub fn counted_text(&self) -> String {
        let text = self.text();
        match (text.split_once(" in "), text.split_once(" per ")) {
            (Some((count, time)), _) if self.seen => format!("{count} events in {time}"),
            (_, Some((count, unit))) if self.seen => format!("{count} events in 1 {unit}"),
            _ => text,
        }
    }

    /// As a scenario reads a rate that is known: `2 per year`, `1 in 8 years`.
    pub fn text(&self) -> String {
        if self.a_year == 2 {
            return Self { of: self.of * Decimal::from(6), a_year: 12, ..*self }.text();
        }
        let unit = words::TIMES.iter().find(|time| time.a_year == self.a_year).map_or("year", words::Time::name);
        let (count, of) = (self.count.normalize(), self.of.normalize());
        if of == Decimal::ONE { format!("{count} per {unit}") } else { format!("{count} in {of} {unit}s") }
    }
}

/// Words that say that a figure is rough.
const ABOUT: &[&str] = &[
    "ca.",
    "ca",
    "circa",
    "approx.",
    "approx",
    "approximately",
    "about",
    "etwa",
    "rund",
    "ungefähr",
    "environ",
    "env.",
    "aprox.",
    "ongeveer",
    "~",
    "≈",
    "+",
];

/// Signs that may stand in a cell with a number.
fn is_known_sign(c: char) -> bool {
    BLANKS.contains(&c)
        || words::CURRENCY_SIGNS.contains(&c)
        || matches!(c, '%' | '/' | '\u{d7}' | '.' | ',' | '\'' | '\u{2019}' | '_' | '-' | '–' | '—' | '−')
}

/// Reads a cell with one decimal sign, or with both; both must agree.
fn with_signs<T: PartialEq>(
    text: &str,
    decimal: Option<char>,
    value: impl Fn(&T) -> Decimal,
    read: impl Fn(&Pieces) -> Result<T, CellFault>,
) -> Result<T, CellFault> {
    let (text, negative) = bare(text);
    if text.is_empty() {
        return Err(CellFault::Blank);
    }
    let found = |sign: char| {
        let mut found = pieces(&text, sign).map_err(|fault| match fault {
            LexFault::Groups => CellFault::OtherStyle,
            LexFault::TooLarge => CellFault::TooLarge,
            LexFault::Strange => {
                let strange = text.chars().find(|c| !c.is_alphanumeric() && !is_known_sign(*c));
                strange.map_or(CellFault::NotANumber, |c| CellFault::Strange(c.to_string()))
            }
        })?;
        found.negative |= negative;
        Ok(found)
    };
    let first = found(decimal.unwrap_or('.'))?;
    if decimal.is_some_and(|decimal| first.shows.is_some_and(|shown| shown != decimal)) {
        return Err(CellFault::OtherStyle);
    }
    if first.unclear.is_empty() || decimal.is_some() {
        return read(&first);
    }
    let (one, other) = (read(&first)?, read(&found(',')?)?);
    if one == other { Ok(one) } else { Err(CellFault::TwoReadings(value(&one), value(&other))) }
}

/// A number that everybody reads alike: digits, with at most two behind a point. Most cells of a table are such.
fn plain(text: &str, decimal: Option<char>) -> Option<Decimal> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_digits(whole)
        && whole.len() <= 15
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(|part| is_digits(part) && part.len() <= 2 && decimal != Some(','));
    is_plain.then(|| text.parse().ok()).flatten()
}

/// A cell without what only surrounds its figure, and whether it is below zero: `(1.5)`, `ca. 40`, `−5`.
fn bare(text: &str) -> (String, bool) {
    let plain: String = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let bracketed = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let mut text = bracketed.unwrap_or(&plain).trim();
    let begins = !text.starts_with(|c: char| c.is_ascii_digit());
    let lower = if begins { text.to_lowercase() } else { String::new() };
    if let Some(word) = ABOUT.iter().find(|word| {
        let ends = word.ends_with(char::is_alphabetic);
        // `CA$` is a currency.
        let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || c == '$');
        lower.strip_prefix(*word).is_some_and(|rest| !ends || !goes_on(rest))
    }) {
        text = text.get(word.len()..).unwrap_or(text).trim_start();
    }
    let minus = text.strip_prefix(['-', '−', '–']).map(str::trim_start);
    let text = minus.unwrap_or(text);
    // `.5`, as programs write it.
    let leads = text.starts_with(['.', ',']) && text[1..].starts_with(|c: char| c.is_ascii_digit());
    let text = if leads { format!("0{text}") } else { text.to_owned() };
    (text, bracketed.is_some() || minus.is_some())
}

/// Whether a number of a cell has two readings, of which the decimal sign chooses the one with decimals.
pub fn is_doubtful(text: &str, decimal: char) -> bool {
    if plain(text, Some(decimal)).is_some() {
        return false;
    }
    let (text, _) = bare(text);
    let letters: Vec<char> = text.chars().collect();
    pieces(&text, decimal).is_ok_and(|found| {
        found
            .unclear
            .iter()
            .any(|(start, end, ..)| letters.get(*start..*end).is_some_and(|part| part.contains(&decimal)))
    })
}

/// The decimal sign that a cell shows by itself.
pub fn decimal_of(text: &str) -> Option<char> {
    if plain(text, None).is_some() {
        return text.contains('.').then_some('.');
    }
    pieces(&bare(text).0, '.').ok()?.shows
}

/// Whether a cell shows its decimal sign by itself, with three digits or more behind it: `0.125`.
pub fn is_fine(text: &str) -> bool {
    let behind = |sign: char| text.rsplit_once(sign).map_or(0, |(_, part)| digits(part));
    decimal_of(text).is_some_and(|sign| behind(sign) >= 3)
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Reads a cell as an amount, a percentage or a number.
///
/// # Errors
/// Why it is none, or its two readings.
pub fn amount(text: &str, decimal: Option<char>) -> Result<Amount, CellFault> {
    if let Some(value) = plain(text, decimal) {
        return Ok(Amount::plain(value, false));
    }
    let text = &spelled(text);
    with_signs(text, decimal, |amount: &Amount| amount.value, |found| amount_of(&found.tokens, found.negative))
}

fn amount_of(tokens: &[Token], negative: bool) -> Result<Amount, CellFault> {
    let mut found = Amount::plain(Decimal::ZERO, false);
    let mut number = None;
    let mut multiple: Option<Decimal> = None;
    let mut doubtful = None;
    let mut per = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = &tokens[at..];
        if let Some((code, taken)) = currency_at(rest).filter(|_| found.currency.is_none()) {
            found.currency = Some(code);
            at += taken;
            continue;
        }
        match token {
            Token::Number(_) if number.is_some() => return Err(CellFault::NotANumber),
            Token::Number(value) => number = Some(*value),
            Token::Sign('%') if number.is_some() => found.percent = true,
            Token::Sign('/') if number.is_some() => per = true,
            Token::Sign(sign) => return Err(CellFault::Strange(sign.to_string())),
            Token::Word(written, word) => {
                if number.is_some() && words::PERCENT.contains(&word.as_str()) {
                    found.percent = true;
                } else if per && word == "m" {
                    // `5 k/m`: behind a single letter the short form may be a list of levels in a heading.
                    found.a_year = Some(12);
                } else if let Some(readings) = words::doubtful(word).filter(|_| multiple.is_none()) {
                    doubtful = Some((word, readings));
                } else if let Some(value) = words::multiple(word).filter(|_| multiple.is_none() && doubtful.is_none()) {
                    multiple = Some(value);
                } else if let Some(times) = a_year(word)
                    .filter(|times| number.is_some() && *times <= 365 && (per || words::time(word).is_none()))
                {
                    // "20 days" are no money.
                    found.a_year = Some(times);
                } else if word == words::YEAR_SIGN && per {
                    // `36k/a`
                    found.a_year = Some(1);
                } else if words::is_per(word) && number.is_some() {
                    per = true;
                } else if !(number.is_some() && matches!(word.as_str(), "de" | "di" | "van")) {
                    return Err(CellFault::Strange(written.clone()));
                }
            }
        }
        at += 1;
    }
    let number = number.ok_or(CellFault::NotANumber)?;
    let times = |value: Decimal, by: Decimal| value.checked_mul(by).ok_or(CellFault::TooLarge);
    if let Some((word, readings)) = doubtful {
        let [one, other] = readings.map(|(word, _)| words::multiple(word).unwrap_or(Decimal::ONE));
        // "15 T CHF" is thousands; a bare "T" could be trillions.
        if word != "t" || found.currency.is_none() || multiple.is_some() {
            return Err(CellFault::TwoReadings(times(number, one)?, times(number, other)?));
        }
        multiple = Some(one);
    }
    found.scaled = multiple.is_some();
    let value = times(number, multiple.unwrap_or(Decimal::ONE))?;
    let value = if found.percent { value.checked_div(Decimal::ONE_HUNDRED).ok_or(CellFault::TooLarge)? } else { value };
    found.value = if negative { -value } else { value }.normalize();
    Ok(found)
}

/// The currency that stands first, and how many tokens it takes.
fn currency_at(tokens: &[Token]) -> Option<(String, usize)> {
    match tokens {
        [Token::Word(prefix, _), Token::Sign('$'), ..] => {
            words::SIGN_PREFIXES.iter().find(|(known, _)| known == prefix).map(|(_, code)| ((*code).to_owned(), 2))
        }
        [Token::Sign(sign), ..] => currency(&sign.to_string()).map(|code| (code, 1)),
        [Token::Word(written, small), ..]
            if !words::is_known(small) || words::CURRENCY_WORDS.contains(&small.as_str()) =>
        {
            currency(written).map(|code| (code, 1))
        }
        _ => None,
    }
}

/// The currency that a word or sign names: a code, or the sign where several have it.
pub fn currency(word: &str) -> Option<String> {
    let code = match word {
        "€" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "$" | "¥" | "₩" | "₪" | "₺" | "₽" | "₱" | "₫" | "฿" | "₦" | "₴" => {
            return Some(word.to_owned());
        }
        _ => match word.to_lowercase().as_str() {
            "euro" | "euros" | "eur" => "EUR",
            "franken" | "sfr" | "fr" | "chf" => "CHF",
            "pound" | "pounds" | "gbp" => "GBP",
            "dollar" | "dollars" | "dólares" => return Some("$".to_owned()),
            "rs" | "rupee" | "rupees" | "inr" => "INR",
            "yen" => "JPY",
            "zł" => "PLN",
            "usd" => "USD",
            _ if word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) => {
                return Currency::from_code(word).map(|known| known.code().to_owned());
            }
            _ => return None,
        },
    };
    Some(code.to_owned())
}

/// Reads a cell as a frequency, a chance or a number alone.
///
/// # Errors
/// Why it is none, or its two readings.
pub fn often(text: &str, decimal: Option<char>) -> Result<Often, CellFault> {
    if let Some(value) = plain(text, decimal) {
        return Ok(Often::Number(value));
    }
    let value = |often: &Often| match often {
        Often::Rate(rate) => rate.value().unwrap_or_default(),
        Often::Chance(value) | Often::Number(value) => *value,
    };
    with_signs(text, decimal, value, |found| {
        let tokens = &found.tokens;
        if let [Token::Number(number)] = tokens.as_slice() {
            return Ok(Often::Number(if found.negative { -*number } else { *number }));
        }
        let told = |misread: Misread| match misread {
            Misread::TooLarge => CellFault::TooLarge,
            _ => CellFault::NotANumber,
        };
        if found.negative {
            return Err(CellFault::NotANumber);
        }
        if let Some(seen) = grammar::frequency(tokens).map_err(told)? {
            return Ok(Often::Rate(seen));
        }
        if let Some(value) = grammar::percent_a_year(tokens).map_err(told)? {
            return Ok(Often::Chance(value));
        }
        if let Some(value) = grammar::chance(tokens).map_err(told)? {
            return Ok(Often::Chance(value));
        }
        let unknown = tokens.iter().find_map(|token| match token {
            Token::Word(written, small) if !words::is_known(small) => Some(written.clone()),
            _ => None,
        });
        Err(unknown.map_or(CellFault::NotANumber, CellFault::Strange))
    })
}

/// What a word stands for that tells a unit: a thousand, a million; `TEUR` has a currency too.
pub fn multiple(word: &str) -> Option<(Decimal, Option<String>)> {
    let small = word.to_lowercase();
    if words::doubtful(&small).is_none()
        && let Some(value) = words::multiple(&small)
    {
        return Some((value, None));
    }
    // `TEUR`, `kCHF`, `EURm`
    let split = |at: usize| Some((word.get(..at)?, word.get(at..)?));
    let ends = [word.len().checked_sub(3).and_then(split), split(3).map(|(code, unit)| (unit, code))];
    ends.into_iter().flatten().find_map(|(unit, code)| {
        let code = currency(code)?;
        let value =
            if unit.eq_ignore_ascii_case("t") { Decimal::ONE_THOUSAND } else { words::multiple(&unit.to_lowercase())? };
        Some((value, Some(code)))
    })
}

/// How many of a unit of time a year has: `month` 12, `monthly` 12.
pub fn a_year(word: &str) -> Option<u64> {
    let small = word.to_lowercase();
    // A letter alone is the sign of a unit only where a length is due.
    let is_unit = small.chars().count() > 1 || small == "y";
    words::time(&small).or(words::adverb(&small)).filter(|_| is_unit).map(|time| time.a_year)
}
