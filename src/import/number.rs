//! Which number does a cell hold, in the style of its column?
//!
//! People write 1,234.5 and 1.234,5 and 1'234.50 and 1 234,5. One cell often has two readings ("30.000"); a column
//! rarely has. [`Styles::judge`] collects what all cells of a column say about its decimal sign, and [`amount`] reads a
//! cell only in the style that was found, or in both if they agree. No number is ever read by a guess.

use rust_decimal::Decimal;

use crate::units::Currency;

/// The decimal sign of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl Style {
    /// The style of a pattern such as `1.234,5`, `1,234.5`, `1 234,5` or `1'234.5`.
    pub fn of_pattern(pattern: &str) -> Option<Self> {
        match pattern.chars().rev().find(|c| matches!(c, '.' | ',')) {
            Some('.') => Some(Self::Point),
            Some(_) => Some(Self::Comma),
            None => None,
        }
    }

    fn decimal(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// What the cells of a column say about its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Styles {
    point: bool,
    comma: bool,
    open: bool,
}

impl Styles {
    /// What one text says.
    pub fn see(&mut self, text: &str) {
        for core in cores(text) {
            match evidence(&core) {
                Evidence::Point => self.point = true,
                Evidence::Comma => self.comma = true,
                Evidence::Open => self.open = true,
                Evidence::None => {}
            }
        }
    }

    /// Of two columns together.
    pub fn with(self, other: Self) -> Self {
        Self { point: self.point || other.point, comma: self.comma || other.comma, open: self.open || other.open }
    }

    /// The style, where all that was seen agrees.
    pub fn judge(self) -> Option<Style> {
        match (self.point, self.comma) {
            (true, false) => Some(Style::Point),
            (false, true) => Some(Style::Comma),
            _ => None,
        }
    }

    /// Whether cells contradict each other.
    pub fn contradicts(self) -> bool {
        self.point && self.comma
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evidence {
    Point,
    Comma,
    Open,
    None,
}

/// Signs that may stand within a number.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '\u{2019}' | '_' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The digits of a text with what separates them: the pieces that could be numbers.
fn cores(text: &str) -> Vec<String> {
    pieces(text)
        .into_iter()
        .filter_map(|piece| if let Piece::Number(core) = piece { Some(core) } else { None })
        .collect()
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Digits and what separates them.
    Number(String),
    /// Letters.
    Word(String),
    /// Any other sign.
    Sign(char),
}

/// Splits a text into numbers, words and signs.
pub fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let leads = matches!(c, '.' | ',') && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() || leads {
            let start = at;
            at += usize::from(leads);
            loop {
                at += digits(at);
                let Some(&next) = chars.get(at) else { break };
                // A blank groups thousands only where exactly three digits follow.
                let follows = digits((at + 1).min(chars.len()));
                let groups = if is_blank(next) { follows == 3 } else { follows > 0 };
                if !(is_separator(next) && groups) {
                    break;
                }
                at += 1;
            }
            // 1e6, as programs write it.
            if matches!(chars.get(at), Some('e' | 'E')) {
                let sign = usize::from(matches!(chars.get(at + 1), Some('+' | '-')));
                let exponent = digits((at + 1 + sign).min(chars.len()));
                if exponent > 0 {
                    at += 1 + sign + exponent;
                }
            }
            found.push(Piece::Number(chars[start..at].iter().collect()));
        } else if c.is_alphabetic() {
            let end = chars[at..].iter().position(|c| !c.is_alphabetic()).map_or(chars.len(), |n| at + n);
            found.push(Piece::Word(chars[at..end].iter().collect()));
            at = end;
        } else {
            if !is_blank(c) && !c.is_whitespace() {
                found.push(Piece::Sign(c));
            }
            at += 1;
        }
    }
    found
}

fn evidence(core: &str) -> Evidence {
    let marks: Vec<(usize, char)> = core.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let Some(&(at, last)) = marks.last() else { return Evidence::None };
    let other_style = if last == '.' { Evidence::Comma } else { Evidence::Point };
    let this_style = if last == '.' { Evidence::Point } else { Evidence::Comma };
    let same = marks.iter().filter(|(_, c)| *c == last).count();
    if same > 1 {
        // What stands twice groups thousands.
        return if marks.len() == same { other_style } else { Evidence::Open };
    }
    if marks.len() > 1 {
        return this_style;
    }
    let head = &core[..at];
    let tail = &core[at + 1..];
    let grouped_before = head.chars().any(is_separator);
    let three = tail.len() == 3 && tail.bytes().all(|b| b.is_ascii_digit());
    if !three || grouped_before || head.is_empty() || head.len() > 3 || head.starts_with('0') {
        this_style
    } else {
        Evidence::Open
    }
}

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misread {
    /// Nothing is written, or only that nothing is known.
    Blank,
    /// Two readings remain.
    TwoReadings(Decimal, Decimal),
    /// It is written in another style than the rest of the column.
    OtherStyle,
    /// A word or sign that belongs to no amount.
    Strange(String),
    /// Not a number.
    NotANumber,
    /// More digits than rosi computes with.
    TooLarge,
}

/// The number of digits and separators in a style; in both where none is known.
fn number(core: &str, style: Option<Style>) -> Result<Decimal, Misread> {
    match style {
        Some(style) => number_in(core, style),
        None => match (number_in(core, Style::Point), number_in(core, Style::Comma)) {
            (Ok(a), Ok(b)) if a == b => Ok(a),
            (Ok(a), Ok(b)) => Err(Misread::TwoReadings(a, b)),
            (Ok(a), Err(_)) | (Err(_), Ok(a)) => Ok(a),
            (Err(fault), Err(_)) => Err(fault),
        },
    }
}

fn number_in(core: &str, style: Style) -> Result<Decimal, Misread> {
    let (mantissa, exponent) = match core.find(['e', 'E']) {
        Some(at) => (&core[..at], &core[at + 1..]),
        None => (core, ""),
    };
    let (whole, part) = match mantissa.rfind(style.decimal()) {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, ""),
    };
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Misread::OtherStyle);
    }
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let marks: Vec<char> = whole.chars().filter(|c| is_separator(*c)).collect();
    let alike = marks.windows(2).all(|pair| pair[0] == pair[1] || is_blank(pair[0]) && is_blank(pair[1]));
    let middle = groups.len().saturating_sub(1);
    // Thousands, or lakh and crore: groups of two above the last three digits.
    let lengths = |inner: usize| {
        groups.iter().enumerate().skip(1).all(|(at, group)| group.len() == if at == middle { 3 } else { inner })
            && (1..=inner).contains(&groups[0].len())
    };
    let mixed = marks.contains(&style.decimal());
    if groups.len() > 1 && (mixed || !alike || !(lengths(3) || lengths(2))) {
        return Err(Misread::OtherStyle);
    }
    let digits = groups.concat();
    let text = format!("{}.{part}", if digits.is_empty() { "0" } else { &digits });
    let text = text.trim_end_matches('.');
    if text.len() > 28 {
        return Err(Misread::TooLarge);
    }
    let value: Decimal = text.parse().map_err(|_| Misread::NotANumber)?;
    if exponent.is_empty() {
        return Ok(value);
    }
    let power: i32 = exponent.parse().map_err(|_| Misread::TooLarge)?;
    if power.unsigned_abs() > 27 {
        return Err(Misread::TooLarge);
    }
    let ten = (0..power.unsigned_abs()).fold(Decimal::ONE, |ten, _| ten * Decimal::TEN);
    if power < 0 { value.checked_div(ten) } else { value.checked_mul(ten) }.ok_or(Misread::TooLarge)
}

/// A number with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The value; a percentage as a part of one.
    pub value: Decimal,
    /// A currency code or sign.
    pub currency: Option<String>,
    /// A percent sign stood there.
    pub percent: bool,
    /// How many of it a year has, where it was written per month, quarter or year.
    pub a_year: Option<u32>,
    /// "ca.", "~": roughly.
    pub about: bool,
    /// A multiple such as `k` stood there.
    pub scaled: bool,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The style.
    pub style: Option<Style>,
    /// Somebody stated the style: it holds without a doubt.
    pub stated: bool,
    /// The style was seen in the column itself.
    pub own: bool,
}

impl Reading {
    /// Reads a cell. Where a style was only judged, three digits behind its decimal sign stay a doubt: in an amount
    /// always, elsewhere unless the column itself shows the style.
    pub fn amount(self, text: &str, money: bool) -> Result<Amount, Misread> {
        let read = amount(text, self.style)?;
        let doubtful = !self.stated
            && (money || !self.own)
            && self.style.is_some_and(|style| {
                cores(text).iter().any(|core| evidence(core) == Evidence::Open && core.contains(style.decimal()))
            });
        if doubtful { amount(text, None) } else { Ok(read) }
    }
}

const THOUSAND: &str = "k|tsd|tausend|thousand|thousands|mil|mille|milliers|mila|duizend";
const MILLION: &str = "m|mm|mn|mln|mio|mill|million|millions|millionen|millones|millón|millon|milioni|milione|miljoen";
const BILLION: &str = "bn|b|mrd|md|mld|billion|billions|milliarde|milliarden|milliard|milliards|miliardi|miliardo|\
    miljard";
const LAKH: &str = "lakh|lakhs|lac|lacs";
const CRORE: &str = "crore|crores|cr";

/// The multiple that a word stands for.
pub fn multiple(word: &str) -> Option<Decimal> {
    let lower = word.to_lowercase();
    let is = |words: &str| words.split('|').any(|known| known == lower);
    let value = if is(THOUSAND) {
        1_000
    } else if is(LAKH) {
        100_000
    } else if is(MILLION) {
        1_000_000
    } else if is(CRORE) {
        10_000_000
    } else if is(BILLION) {
        1_000_000_000
    } else {
        return None;
    };
    Some(Decimal::from(value))
}

/// The currency that a word or sign names: a code, or a sign as written.
pub fn currency(word: &str) -> Option<String> {
    let code = match word {
        "€" => "EUR",
        "£" => "GBP",
        "₹" => "INR",
        "$" | "¥" | "₩" => return Some(word.to_owned()),
        _ => match word.to_lowercase().as_str() {
            "euro" | "euros" | "eur" => "EUR",
            "franken" | "sfr" | "fr" | "chf" => "CHF",
            "pound" | "pounds" | "gbp" => "GBP",
            "dollar" | "dollars" => return Some("$".to_owned()),
            "rs" | "rupees" | "inr" => "INR",
            "usd" => "USD",
            _ if word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) => {
                return Currency::from_code(word).map(|known| known.code().to_owned());
            }
            _ => return None,
        },
    };
    Some(code.to_owned())
}

/// `TEUR`, `kCHF`, `EURm`, `Mio`: a multiple and a currency in one word.
fn unit_word(word: &str) -> Option<(Decimal, Option<String>)> {
    if let Some(value) = multiple(word) {
        return Some((value, None));
    }
    let chars: Vec<char> = word.chars().collect();
    let split = |at: usize| -> (String, String) { (chars[..at].iter().collect(), chars[at..].iter().collect()) };
    for at in 1..chars.len() {
        let (a, b) = split(at);
        for (unit, money) in [(&a, &b), (&b, &a)] {
            let Some(money) = currency(money) else { continue };
            if unit == "T" {
                return Some((Decimal::ONE_THOUSAND, Some(money)));
            }
            if let Some(value) = multiple(unit) {
                return Some((value, Some(money)));
            }
        }
    }
    None
}

/// Words that say a figure is rough.
const ABOUT: &str = "ca|circa|approx|approximately|about|etwa|rund|environ|env|aprox|ongeveer";
/// Words that lead to a unit of time.
const PER: &str = "per|pro|par|por|al|p|a|all|je|each|every";

/// How many of a unit of time a year has.
pub fn a_year(word: &str) -> Option<u32> {
    Some(match word.to_lowercase().as_str() {
        "year" | "years" | "yr" | "yrs" | "y" | "pa" | "annum" | "jahr" | "jahre" | "jahren" | "an" | "ans"
        | "année" | "années" | "annee" | "année." | "año" | "años" | "ano" | "anno" | "anni" | "jaar" | "jaren"
        | "yearly" | "annually" | "jährlich" | "annuel" | "annual" | "jaarlijks" => 1,
        "quarter" | "quarters" | "quartal" | "quartale" | "quartalen" | "trimestre" | "trimestres" | "trimestri"
        | "kwartaal" | "quarterly" => 4,
        "month" | "months" | "mo" | "monat" | "monate" | "monaten" | "mois" | "mes" | "meses" | "mese" | "mesi"
        | "maand" | "maanden" | "monthly" => 12,
        "week" | "weeks" | "woche" | "wochen" | "semaine" | "semaines" | "semana" | "semanas" | "settimana"
        | "settimane" | "weken" | "weekly" => 52,
        "day" | "days" | "tag" | "tage" | "tagen" | "jour" | "jours" | "día" | "días" | "dia" | "giorno" | "giorni"
        | "dag" | "dagen" | "daily" => 365,
        _ => return None,
    })
}

/// Whether a cell says nothing: empty, a dash, `n/a`, `tbd`.
pub fn is_blank_cell(text: &str) -> bool {
    const NOTHING: &[&str] = &[
        "",
        "-",
        "–",
        "—",
        "--",
        "n/a",
        "na",
        "n.a.",
        "n. a.",
        "none",
        "null",
        "tbd",
        "tba",
        "tbc",
        "?",
        "k.a.",
        "k. a.",
        "offen",
        "s/o",
        "n.v.t.",
        "nvt",
        "open",
        "unknown",
        "unbekannt",
        "inconnu",
        "#n/a",
        "#n/v",
    ];
    NOTHING.contains(&text.trim().to_lowercase().as_str())
}

/// Reads a cell as one amount or number in a style.
pub fn amount(text: &str, style: Option<Style>) -> Result<Amount, Misread> {
    if is_blank_cell(text) {
        return Err(Misread::Blank);
    }
    let trimmed = text.trim();
    let bracketed = trimmed.starts_with('(') && trimmed.ends_with(')');
    let pieces = pieces(trimmed.trim_matches(|c| bracketed && matches!(c, '(' | ')')));
    let mut found =
        Amount { value: Decimal::ZERO, currency: None, percent: false, a_year: None, about: false, scaled: false };
    let mut core = None;
    let mut negative = bracketed;
    let mut unit: Option<Decimal> = None;
    let mut thousand_of: bool = false;
    let mut at = 0;
    while at < pieces.len() {
        match &pieces[at] {
            Piece::Number(_) if core.is_some() => return Err(Misread::Strange(trimmed.to_owned())),
            Piece::Number(digits) => core = Some(digits.clone()),
            Piece::Sign('-' | '−' | '–') if core.is_none() => negative = true,
            Piece::Sign('+') if core.is_none() => {}
            // "1.200,-" and "CHF 500.–"
            Piece::Sign('-' | '–' | '—') if at + 1 == pieces.len() => {}
            Piece::Sign('~' | '≈') if core.is_none() => found.about = true,
            Piece::Sign('%') if core.is_some() => found.percent = true,
            Piece::Sign('.' | ',') if at > 0 => {}
            Piece::Sign('/') if core.is_some() => {}
            Piece::Sign(sign) => match currency(&sign.to_string()) {
                Some(code) if found.currency.is_none() => found.currency = Some(code),
                _ => return Err(Misread::Strange(sign.to_string())),
            },
            Piece::Word(word) => {
                let lower = word.to_lowercase();
                let numbered = core.is_some();
                if ABOUT.split('|').any(|known| known == lower) && !numbered {
                    found.about = true;
                } else if numbered && (lower == "percent" || lower == "prozent") {
                    found.percent = true;
                } else if let Some(code) = currency(word).filter(|_| found.currency.is_none()) {
                    found.currency = Some(code);
                } else if word == "T" {
                    thousand_of = true;
                } else if let Some((value, code)) = unit_word(word).filter(|_| unit.is_none()) {
                    unit = Some(value);
                    found.currency = found.currency.take().or(code);
                } else if numbered && unit == Some(Decimal::ONE_THOUSAND) && multiple(word).is_some() {
                    // "mil millones"
                    unit = unit.zip(multiple(word)).map(|(a, b)| a * b);
                } else if let Some(times) = a_year(word).filter(|_| numbered) {
                    found.a_year = Some(times);
                } else if !(numbered
                    && (PER.split('|').any(|known| known == lower)
                        || matches!(lower.as_str(), "de" | "di" | "van" | "l")))
                {
                    return Err(Misread::Strange(word.clone()));
                }
            }
        }
        at += 1;
    }
    let Some(core) = core else { return Err(Misread::NotANumber) };
    let lower = trimmed.to_lowercase();
    if found.a_year.is_none() && (lower.ends_with("p.a.") || lower.ends_with("p.a") || lower.ends_with("p. a.")) {
        found.a_year = Some(1);
    }
    let mut value = number(&core, style)?;
    if thousand_of {
        // "15 T€" is thousands; a bare "T" could be trillions.
        if found.currency.is_none() || unit.is_some() {
            return Err(Misread::TwoReadings(
                value.checked_mul(Decimal::ONE_THOUSAND).ok_or(Misread::TooLarge)?,
                value.checked_mul(Decimal::from(1_000_000_000_000_u64)).ok_or(Misread::TooLarge)?,
            ));
        }
        unit = Some(Decimal::ONE_THOUSAND);
    }
    found.scaled = unit.is_some();
    value = value.checked_mul(unit.unwrap_or(Decimal::ONE)).ok_or(Misread::TooLarge)?;
    if found.percent {
        value = value.checked_div(Decimal::ONE_HUNDRED).ok_or(Misread::TooLarge)?;
    }
    found.value = if negative { -value } else { value }.normalize();
    Ok(found)
}

/// Reads `10k-50k`, `10.000 bis 20.000 €`: the two ends as texts, where a cell is a range.
pub fn range(text: &str) -> Option<(String, String)> {
    let trimmed = text.trim();
    for between in [" - ", " – ", " — ", " to ", " bis ", " à ", " a ", " tot ", "–", "..", "-"] {
        let mut parts = trimmed.splitn(2, between);
        if let (Some(low), Some(high)) = (parts.next(), parts.next()) {
            let numbered = |part: &str| part.chars().any(|c| c.is_ascii_digit());
            if numbered(low) && numbered(high) {
                return Some((low.trim().to_owned(), high.trim().to_owned()));
            }
        }
    }
    None
}

/// The multiple and the currency that a heading names: `Loss (k€)`, `Cost in TEUR`, `Schaden (Mio. EUR)`.
pub fn heading_unit(heading: &str) -> (Option<Decimal>, Option<String>) {
    let mut unit = None;
    let mut money = None;
    let mut last_t = false;
    let lower = heading.to_lowercase();
    for piece in pieces(heading) {
        match &piece {
            Piece::Number(core)
                if core.trim_start_matches('.') == "000" || core == "1'000" || core == "1.000" || core == "1,000" =>
            {
                unit = Some(Decimal::ONE_THOUSAND);
            }
            Piece::Word(word) => {
                if let Some(code) = currency(word).filter(|_| word.chars().all(char::is_uppercase) || word.len() > 3) {
                    money = money.or(Some(code));
                } else if (word.len() > 1 || matches!(word.as_str(), "k" | "K" | "m" | "M"))
                    && let Some((value, code)) = unit_word(word)
                {
                    unit = unit.or(Some(value));
                    money = money.or(code);
                }
                if last_t && money.is_some() {
                    unit = Some(Decimal::ONE_THOUSAND);
                }
                last_t = word == "T";
                continue;
            }
            Piece::Sign(sign) => {
                if let Some(code) = currency(&sign.to_string()) {
                    money = money.or(Some(code));
                    if last_t {
                        unit = Some(Decimal::ONE_THOUSAND);
                    }
                }
            }
            Piece::Number(_) => {}
        }
        last_t = false;
    }
    // A single letter is a unit only beside money: "(€ m)", not "Likelihood (M/H/L)".
    let lone = lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "m" | "k"));
    if lone && money.is_none() {
        unit = None;
    }
    (unit, money)
}

#[cfg(test)]
mod tests;
