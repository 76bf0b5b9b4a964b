//! How is a quantity of each kind written?

use rust_decimal::Decimal;

use super::lexer::{LexFault, Token, tokens};
use super::words::{self, Time};
use crate::units::{Currency, Kind};

/// What a reading depends on.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The scenario's currency.
    pub currency: Currency,
    /// Working days a year, for "per day" of a person's time.
    pub working_days: Decimal,
}

/// A quantity that was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The value in the canonical unit of the kind.
    pub value: Decimal,
    /// A frequency was written as a percentage.
    pub percent: bool,
}

/// Why a text is not a quantity of the kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Misread {
    /// Nothing is written.
    Empty,
    /// A number without a unit.
    NoUnit(Decimal),
    /// `1 in 20` where years should follow.
    NoYears(Decimal, Decimal),
    /// It is a quantity, but of this other kind.
    OtherKind(Kind),
    /// Another currency than the scenario's.
    OtherCurrency(String),
    /// A comma where a decimal point is due.
    DecimalComma,
    /// Below zero.
    Negative,
    /// More digits than rosi computes with.
    TooLarge,
    /// A word that is no unit here.
    UnknownWord(String),
    /// Not understood at all.
    Unclear,
}

/// Reads `text` as a quantity of `kind`.
pub fn read(text: &str, kind: Kind, settings: &Settings) -> Result<Reading, Misread> {
    let (negative, tokens) = match tokens(text) {
        Ok(found) => found,
        Err(LexFault::DecimalComma) => return Err(Misread::DecimalComma),
        Err(LexFault::TooLarge) => return Err(Misread::TooLarge),
        Err(LexFault::Strange) => return Err(Misread::Unclear),
    };
    if tokens.is_empty() {
        return Err(Misread::Empty);
    }
    let parser = Parser { settings };
    let reading = match parser.of_kind(&tokens, kind) {
        Ok(Some(reading)) => reading,
        Ok(None) => return Err(parser.explain(&tokens, kind)),
        Err(misread) => return Err(misread),
    };
    match (negative, kind) {
        (false, _) => Ok(reading),
        (true, Kind::Rate) => Ok(Reading { value: -reading.value, ..reading }),
        (true, _) => Err(Misread::Negative),
    }
}

/// The shortest time, in seconds, that a yearly amount may be stated for: a day's cost could be
/// one of 220 working days or one of 365.
pub(super) const YEARLY: u64 = 604_800;

struct Parser<'a> {
    settings: &'a Settings,
}

type Parsed<T> = Result<Option<T>, Misread>;

impl Parser<'_> {
    fn of_kind(&self, tokens: &[Token], kind: Kind) -> Parsed<Reading> {
        let plain = |value: Decimal| Reading { value, percent: false };
        Ok(match kind {
            Kind::Money => self.money(tokens)?.filter(|(_, rest)| rest.is_empty()).map(|(value, _)| plain(value)),
            Kind::YearlyMoney => self.money_a_year(tokens)?.map(plain),
            Kind::Revenue => self.money_per(tokens, 3_600)?.map(plain),
            Kind::Wage => self.money_per(tokens, 0)?.map(plain),
            Kind::Frequency => match frequency(tokens)? {
                Some(value) => Some(plain(value)),
                None => percent_a_year(tokens)?.map(|value| Reading { value, percent: true }),
            },
            Kind::Chance => match percent(tokens)? {
                Some((value, [])) => Some(plain(value)),
                _ => one_in(tokens)?.filter(|(_, rest)| rest.is_empty()).map(|(value, _)| plain(value)),
            },
            Kind::Rate => percent_a_year(tokens)?.map(plain),
            Kind::Period => period(tokens)?.filter(|(_, rest)| rest.is_empty()).map(|(value, _)| plain(value)),
            Kind::WorkTime => self.work_time(tokens)?.map(plain),
            Kind::Number => match tokens {
                [Token::Number(value)] => Some(plain(*value)),
                _ => None,
            },
        })
    }

    /// `EUR 250k`, `250k EUR`, `€1.2M`, `2.5 million`.
    fn money<'t>(&self, tokens: &'t [Token]) -> Parsed<(Decimal, &'t [Token])> {
        let (before, tokens) = self.currency(tokens)?;
        let [Token::Number(number), rest @ ..] = tokens else { return Ok(None) };
        let (multiple, rest) = match rest {
            [Token::Word(_, word), rest @ ..] => match words::multiple(word) {
                Some(multiple) => (multiple, rest),
                None => (Decimal::ONE, &tokens[1..]),
            },
            _ => (Decimal::ONE, rest),
        };
        let rest = if before { rest } else { self.currency(rest)?.1 };
        // A bare number is money only as text: the currency is the scenario's.
        let value = number.checked_mul(multiple).ok_or(Misread::TooLarge)?;
        Ok(Some((value, rest)))
    }

    fn currency<'t>(&self, tokens: &'t [Token]) -> Result<(bool, &'t [Token]), Misread> {
        let written = match tokens.first() {
            Some(Token::Sign(sign)) if !matches!(sign, '%' | '/') => sign.to_string(),
            // `PER` in capitals is no currency.
            Some(Token::Word(word, lower))
                if word.len() == 3
                    && word.bytes().all(|b| b.is_ascii_uppercase())
                    && !words::PER.contains(&lower.as_str()) =>
            {
                word.clone()
            }
            _ => return Ok((false, tokens)),
        };
        if self.settings.currency.is_written(&written) {
            Ok((true, &tokens[1..]))
        } else if written.len() != 3 || Currency::from_code(&written).is_some() || tokens.len() > 1 {
            Err(Misread::OtherCurrency(written))
        } else {
            Ok((false, tokens))
        }
    }

    /// `36k`, `36k per year`, `3k per month`: a year's amount.
    fn money_a_year(&self, tokens: &[Token]) -> Parsed<Decimal> {
        let Some((value, rest)) = self.money(tokens)? else { return Ok(None) };
        if rest.is_empty() {
            return Ok(Some(value));
        }
        let Some(time) = per_time(rest).filter(|time| time.is_at_least(YEARLY)) else { return Ok(None) };
        value.checked_mul(Decimal::from(time.a_year)).ok_or(Misread::TooLarge).map(Some)
    }

    /// `18k per hour`: per hour from any unit of at least `shortest` seconds; 0 means hours only.
    fn money_per(&self, tokens: &[Token], shortest: u64) -> Parsed<Decimal> {
        let Some((value, rest)) = self.money(tokens)? else { return Ok(None) };
        let Some(time) = per_time(rest) else { return Ok(None) };
        let fits = if shortest == 0 { time.seconds == 3_600 } else { time.is_at_least(shortest) };
        if !fits {
            return Ok(None);
        }
        let hours = time.hours(Decimal::ONE).ok_or(Misread::TooLarge)?;
        Ok(Some(value.checked_div(hours).ok_or(Misread::TooLarge)?))
    }

    /// `4 hours per week`, `1 minute per day` (working days), `0.5 FTE`.
    fn work_time(&self, tokens: &[Token]) -> Parsed<Decimal> {
        let [Token::Number(number), Token::Word(_, word), rest @ ..] = tokens else { return Ok(None) };
        let eight = Decimal::from(8);
        let day = self.settings.working_days;
        let product = |factors: &[Decimal]| {
            factors.iter().try_fold(*number, |product, factor| product.checked_mul(*factor)).ok_or(Misread::TooLarge)
        };
        if words::FULL_TIME.contains(&word.as_str()) && rest.is_empty() {
            return product(&[eight, day]).map(Some);
        }
        let Some(time) = words::time(word).filter(|time| !time.is_at_least(604_800)) else { return Ok(None) };
        let Some(per) = per_time(rest).filter(|per| per.is_at_least(86_400)) else { return Ok(None) };
        // A person's day has eight hours, and a year of them as many days as the file says.
        let seconds = if time.seconds == 86_400 { Decimal::from(28_800) } else { Decimal::from(time.seconds) };
        let times = if per.seconds == 86_400 { day } else { Decimal::from(per.a_year) };
        Ok(Some(product(&[seconds, times])?.checked_div(Decimal::from(3_600)).ok_or(Misread::TooLarge)?))
    }

    /// Why `tokens` are not of `kind`: the closest explanation.
    fn explain(&self, tokens: &[Token], kind: Kind) -> Misread {
        if let [Token::Number(number)] = tokens {
            return Misread::NoUnit(*number);
        }
        if kind == Kind::Frequency
            && let [Token::Number(a), Token::Word(_, word), Token::Number(b)] = tokens
            && word == "in"
        {
            return Misread::NoYears(*a, *b);
        }
        let plain = [Kind::Chance, Kind::Period, Kind::WorkTime, Kind::Frequency];
        // An amount alone reads as yearly money too, and that as a revenue.
        let money = [Kind::Money, Kind::YearlyMoney, Kind::Revenue, Kind::Wage];
        let is_money = money.contains(&kind);
        // `5k per year` could be a frequency: where money is due it is money.
        let others = if is_money { money.into_iter().chain(plain) } else { plain.into_iter().chain(money) };
        for other in others {
            if other != kind && self.of_kind(tokens, other).is_ok_and(|reading| reading.is_some()) {
                return Misread::OtherKind(other);
            }
        }
        let unknown = tokens.iter().find_map(|token| match token {
            Token::Word(word, lower) if !is_known(lower) => Some(word.clone()),
            _ => None,
        });
        unknown.map_or(Misread::Unclear, Misread::UnknownWord)
    }
}

fn is_known(word: &str) -> bool {
    words::multiple(word).is_some()
        || words::time(word).is_some()
        || words::PER.contains(&word)
        || words::TIMES_WORDS.contains(&word)
        || words::PERCENT.contains(&word)
        || word == "in"
        || words::COUNTS.iter().any(|(count, _)| *count == word)
}

/// `per year`, `/year`, `a year`.
fn per_time(tokens: &[Token]) -> Option<&'static Time> {
    let [per, Token::Word(_, unit)] = tokens else { return None };
    is_per(per).then(|| words::time(unit)).flatten()
}

fn is_per(token: &Token) -> bool {
    match token {
        Token::Sign('/') => true,
        Token::Word(_, word) => words::PER.contains(&word.as_str()),
        _ => false,
    }
}

fn percent(tokens: &[Token]) -> Parsed<(Decimal, &[Token])> {
    let [Token::Number(number), sign, rest @ ..] = tokens else { return Ok(None) };
    let is_percent = match sign {
        Token::Sign('%') => true,
        Token::Word(_, word) => words::PERCENT.contains(&word.as_str()),
        _ => false,
    };
    if !is_percent {
        return Ok(None);
    }
    Ok(Some((number.checked_div(Decimal::ONE_HUNDRED).ok_or(Misread::TooLarge)?, rest)))
}

/// `8%`, `8% per year`.
fn percent_a_year(tokens: &[Token]) -> Parsed<Decimal> {
    Ok(match percent(tokens)? {
        Some((value, [])) => Some(value),
        Some((value, rest)) if per_time(rest).is_some_and(|time| time.a_year == 1) => Some(value),
        _ => None,
    })
}

/// `1 in 20` and what follows.
fn one_in(tokens: &[Token]) -> Parsed<(Decimal, &[Token])> {
    let (count, rest) = match tokens {
        [Token::Number(count), rest @ ..] => (*count, rest),
        [Token::Word(_, word), rest @ ..] => match words::COUNTS.iter().find(|(count, _)| count == word) {
            Some((_, count)) => (Decimal::from(*count), rest),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let [Token::Word(_, word), Token::Number(of), rest @ ..] = rest else { return Ok(None) };
    if word != "in" {
        return Ok(None);
    }
    if of.is_zero() {
        return Err(Misread::Unclear);
    }
    Ok(Some((count.checked_div(*of).ok_or(Misread::TooLarge)?, rest)))
}

/// `12 per year`, `3 times a month`, `once a year`, `1 in 20 years`, `every 5 years`.
fn frequency(tokens: &[Token]) -> Parsed<Decimal> {
    if let Some((ratio, [Token::Word(_, unit)])) = one_in(tokens)? {
        return rate(ratio, unit);
    }
    let (count, rest) = match tokens {
        [Token::Number(count), Token::Word(_, word), rest @ ..] if words::TIMES_WORDS.contains(&word.as_str()) => {
            (*count, rest)
        }
        [Token::Number(count), rest @ ..] => (*count, rest),
        [Token::Word(_, word), rest @ ..] => match words::COUNTS.iter().find(|(count, _)| count == word) {
            Some((_, count)) => (Decimal::from(*count), rest),
            None => (Decimal::ONE, tokens),
        },
        _ => return Ok(None),
    };
    match rest {
        [Token::Word(_, every), Token::Number(of), Token::Word(_, unit)] if every == "every" => {
            if of.is_zero() {
                return Err(Misread::Unclear);
            }
            rate(count.checked_div(*of).ok_or(Misread::TooLarge)?, unit)
        }
        [per, Token::Word(_, unit)] if rest.len() < tokens.len() && is_per(per) => rate(count, unit),
        _ => Ok(None),
    }
}

fn rate(count: Decimal, unit: &str) -> Parsed<Decimal> {
    let Some(time) = words::time(unit) else { return Ok(None) };
    count.checked_mul(Decimal::from(time.a_year)).ok_or(Misread::TooLarge).map(Some)
}

/// `18 months` and what follows.
fn period(tokens: &[Token]) -> Parsed<(Decimal, &[Token])> {
    let [Token::Number(number), Token::Word(_, unit), rest @ ..] = tokens else { return Ok(None) };
    let Some(time) = words::time(unit) else { return Ok(None) };
    Ok(Some((time.hours(*number).ok_or(Misread::TooLarge)?, rest)))
}
