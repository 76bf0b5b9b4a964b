//! What does the heading of a column say of its numbers: `Loss (k€)`, `Cost in TEUR`?

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cell::{self, currency};
use super::words;
use crate::units::Currency;

/// Words for numbers that are no multiple of a unit here.
pub const HUNDREDS: &str = "hundred|hundreds|hundert|hunderte|cent|cents|cien|cientos|cento|centinaia|honderd|honderden|dozen|dozens|dutzend|\
    douzaine|docena|dozzina|dozijn";

/// A text with the short forms of "per month" written out: `p.m.`, `p/m`, `€/m`. Their letter would pass for a multiple.
/// `(L/M/H)` lists levels.
pub fn spelled(text: &str) -> Cow<'_, str> {
    const SHORT: [&str; 6] = ["p. m.", "p.m.", "p.m", "p/m", "/ m", "/m"];
    if !text.contains(['m', 'M']) || !text.contains(['.', '/']) {
        return Cow::Borrowed(text);
    }
    let small = text.to_ascii_lowercase();
    let mut found = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let before = &text[..at];
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let short = SHORT.iter().find(|short| {
            let begins = if short.starts_with('/') { letters != 1 } else { letters == 0 && !before.ends_with('.') };
            let rest = small[at..].strip_prefix(**short);
            begins && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '/'))
        });
        if let Some(short) = short {
            let is_apart = before.is_empty() || before.ends_with(char::is_whitespace);
            found.push_str(if is_apart { "per month" } else { " per month" });
            at += short.len();
        } else {
            found.push(c);
            at += c.len_utf8();
        }
    }
    if found == text { Cow::Borrowed(text) } else { Cow::Owned(found) }
}

/// The words and signs of a heading, `lossInThousands` taken apart.
fn parts(heading: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut letters, mut lower) = (false, false);
    for c in spelled(heading).chars() {
        let is_letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        // `tEUR` and `kCHF` are one word.
        let is_new = c.is_uppercase() && lower && parts.last().is_some_and(|last| last.chars().count() > 1);
        match parts.last_mut().filter(|_| is_letter && letters && !is_new) {
            Some(last) => last.push(c),
            None if c.is_whitespace() => {}
            None => parts.push(c.to_string()),
        }
        (letters, lower) = (is_letter, c.is_lowercase());
    }
    parts
}

/// What of a heading of amounts may be a multiple and is not read as one: a letter alone at its end or in brackets beside
/// no money (`Loss (m)`, `loss_k`), a number beside a unit (`(100 k€)`), a power of ten, hundreds.
pub fn doubtful_unit(heading: &str) -> Option<String> {
    let all = parts(heading);
    let letter = |word: &str| matches!(word, "k" | "K" | "m" | "M" | "t" | "T");
    // `(k)` and `(k/yr)`, not `(M/H/L)`.
    let is_inside = |place: usize| {
        let next = |steps: usize| all.get(place + steps).map(String::as_str);
        let is_all = match next(1) {
            None | Some(")" | "]") => true,
            Some("/") => next(2).is_some_and(|word| words::time(word).is_some() || word == "yr"),
            _ => false,
        };
        is_all && place > 0 && matches!(all[place - 1].as_str(), "(" | "[")
    };
    let last = all.iter().rposition(|word| word.chars().all(char::is_alphanumeric))?;
    let (unit, _) = heading_unit(heading);
    if unit.is_none() {
        let alone =
            all.iter().enumerate().find(|(place, word)| letter(word.as_str()) && (*place == last || is_inside(*place)));
        if let Some((place, word)) = alone {
            return Some(if is_inside(place) { format!("({word})") } else { word.clone() });
        }
    }
    let is_odd = |(place, word): (usize, &String)| {
        let small = word.to_lowercase();
        let next = all.get(place + 1).map(String::as_str);
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let is_power = word == "10" && next == Some("^");
        let opens = place > 0 && matches!(all[place - 1].as_str(), "(" | "[");
        let counts = is_number && !matches!(word.as_str(), "1" | "000" | "1000") && opens && unit.is_some();
        is_power || counts || opens && HUNDREDS.split('|').any(|known| known == small)
    };
    all.iter().enumerate().find(|found| is_odd(*found)).map(|(_, word)| word.clone())
}

/// What a heading of amounts names that is no amount of money for an event: a percentage, a count, what an hour costs, cents,
/// what was saved or insured.
pub fn other_quantity(heading: &str) -> Option<String> {
    const COUNTS: &str = "records|record|frequency|count|counts|number|no|nr|häufigkeit|anzahl|stück|fréquence|nombre|frecuencia|\
        número|frequenza|numero|frequentie|aantal|probability|likelihood|score|rating|days|hours|tage|stunden";
    const PARTS: &str = "insured|uninsured|saved|avoided|recovered|reimbursed|deductible|premium|versichert|erspart|vermieden|\
        assuré|évité|asegurado|evitado|assicurato|evitato|verzekerd|vermeden";
    const CENTS: &str = "ct|cts|cent|cents|rappen|pence";
    let all: Vec<String> = parts(heading).into_iter().map(|word| word.to_lowercase()).collect();
    let is_of = |word: &String, list: &str| list.split('|').any(|known| known == word);
    if heading.contains('%') {
        return Some("per cent".to_owned());
    }
    let per = all.iter().enumerate().find_map(|(at, word)| {
        let next = all.get(at + 1)?;
        let is_short = word == "/" && at > 0 && matches!(next.as_str(), "h" | "hr" | "hrs" | "d");
        is_short.then(|| format!("per {next}"))
    });
    per.or_else(|| all.iter().find(|word| [COUNTS, PARTS, CENTS].iter().any(|list| is_of(word, list))).cloned())
}

/// The time that a heading of amounts names: `loss per month`, `cost p.a.`, `annualised loss`.
pub fn heading_time(heading: &str) -> Option<&'static str> {
    let all: Vec<String> = parts(heading).into_iter().map(|word| word.to_lowercase()).collect();
    let is_yearly = |at: usize| {
        all[at].starts_with("annual")
            || all[at] == "p" && all.iter().skip(at + 1).find(|word| *word != ".").is_some_and(|next| next == "a")
    };
    let named = |at: usize| {
        let word = all[at].as_str();
        if is_yearly(at) {
            return Some("year");
        }
        // "loss in 2024" and "min" are no times.
        let time = words::TIMES.iter().find(|time| cell::a_year(word) == Some(time.a_year) && word.chars().count() > 2);
        time.filter(|_| word != "min").map(words::Time::name)
    };
    (0..all.len()).find_map(named)
}

/// The currency of a heading's word. Only the usual ones: `SLE` is a single loss expectancy, and the money of Sierra
/// Leone.
fn heading_currency(word: &str) -> Option<String> {
    let is_word =
        word.chars().all(char::is_uppercase) || word.chars().count() > 3 || !word.starts_with(char::is_alphabetic);
    // A program's heading has no capitals: `loss_eur`.
    let is_usual = matches!(word, "eur" | "usd" | "gbp" | "chf");
    currency(word).filter(|code| {
        let is_common = Currency::common_codes().contains(&code.as_str());
        is_usual || is_word && (code.len() < 3 || is_common || !word.starts_with(char::is_alphabetic))
    })
}

/// The multiple and the currency that a heading names: `Loss (k€)`, `Cost in TEUR`, `Schaden (Mio. EUR)`.
pub fn heading_unit(heading: &str) -> (Option<Decimal>, Option<String>) {
    let mut unit = None;
    let mut money = None;
    let mut lone = false;
    for word in parts(heading) {
        // "x1000", "x 1.000"
        let digits = word.strip_prefix(['x', 'X', '×']).filter(|rest| rest.starts_with('1')).unwrap_or(&word);
        let digits = digits.trim_matches(['\'', '’']);
        // "$000s"
        let digits = digits.strip_suffix('s').filter(|digits| digits.ends_with("000")).unwrap_or(digits);
        if let Some(code) = heading_currency(&word) {
            money = money.or(Some(code));
        } else if digits == "000" || matches!(digits, "1'000" | "1’000" | "1000") {
            unit = Some(Decimal::ONE_THOUSAND);
        } else if word == "T" {
            (unit, lone) = (Some(Decimal::ONE_THOUSAND), true);
        } else if word.chars().count() > 1 || matches!(word.as_str(), "k" | "K" | "m" | "M") {
            let Some((value, code)) = cell::multiple(&word) else { continue };
            let common = code.as_ref().is_none_or(|code| Currency::common_codes().contains(&code.as_str()));
            if common {
                lone |= word.chars().count() == 1;
                unit = unit.or(Some(value));
                money = money.or(code);
            }
        }
    }
    // A single letter is a unit only beside money: "(€ m)", not "Likelihood (M/H/L)".
    (unit.filter(|_| !lone || money.is_some()), money)
}

/// How many hours one of what a heading counts has: `Downtime (min)`, `Ausfall in Tagen`. Nothing where it names no
/// unit of time, or one for each of something.
pub fn heading_hours(heading: &str) -> Option<Decimal> {
    let parts = parts(heading);
    let small: Vec<String> = parts.iter().map(|part| part.to_lowercase()).collect();
    let mut found = small.iter().enumerate().filter_map(|(place, word)| {
        let before = place.checked_sub(1).map_or("", |place| small[place].as_str());
        let is_length =
            !words::is_per(before) && before != "/" && word.chars().count() > 1 || word == "h" || word == "d";
        words::time(word).filter(|_| is_length).and_then(|time| time.hours(Decimal::ONE))
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
