//! How is a quantity of each kind written?
//!
//! A number with two readings (`30.000`, `1,200`) is read with the decimal sign of the file, where that is known;
//! else both are tried, and if both make sense the answer is [`Misread::TwoReadings`].

use rust_decimal::Decimal;

use super::cell::Rate;
use super::lexer::{LexFault, Pieces, Token, pieces};
use super::words::{self, Time};
use crate::units::{Currency, Kind, Numbers};

/// What a reading depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The scenario's currency.
    pub currency: Currency,
    /// Working days a year, for "per day" of a person's time.
    pub working_days: Decimal,
    /// How numbers are written; nothing where it is not known.
    pub numbers: Option<Numbers>,
    /// What one unit of other currencies is worth in the scenario's.
    pub rates: Vec<(Currency, Decimal)>,
}

impl Settings {
    /// Amounts of one currency, and no habit known of how numbers are written.
    pub fn new(currency: Currency, working_days: Decimal) -> Self {
        Self { currency, working_days, numbers: None, rates: Vec::new() }
    }

    /// The same, with numbers written so.
    #[must_use]
    pub fn with_numbers(self, numbers: Option<Numbers>) -> Self {
        Self { numbers, ..self }
    }
}

/// A quantity that was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The value in the canonical unit of the kind.
    pub value: Decimal,
    /// A frequency was written as a percentage.
    pub percent: bool,
    /// A frequency was written as what was seen: events, and in how many years.
    pub seen: Option<(Decimal, Decimal)>,
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
    /// None in so many years: none seen is not never.
    NoneSeen(Decimal),
    /// It can be read in two ways; each as it can be written without doubt, with its value.
    TwoReadings([(String, Decimal); 2]),
    /// It is a quantity, but of this other kind.
    OtherKind(Kind),
    /// Another currency than the scenario's.
    OtherCurrency(String),
    /// Points and commas that no habit has.
    Groups,
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
///
/// # Errors
/// Why it is none, or its two readings.
pub fn read(text: &str, kind: Kind, settings: &Settings) -> Result<Reading, Misread> {
    let decimal = settings.numbers.map(Numbers::decimal);
    let found = match pieces(text, decimal.unwrap_or('.')) {
        Ok(found) => found,
        Err(LexFault::Groups) => return Err(Misread::Groups),
        Err(LexFault::TooLarge) => return Err(Misread::TooLarge),
        Err(LexFault::Strange) => return Err(Misread::Unclear),
    };
    let first = read_pieces(text, &found, kind, settings);
    if found.unclear.is_empty() || decimal.is_some() {
        return first;
    }
    let other = pieces(text, ',').map_err(|_| Misread::Unclear)?;
    let second = read_pieces(text, &other, kind, settings);
    match (first, second) {
        (Ok(a), Ok(b)) if a == b || !fits(kind, b.value) => Ok(a),
        (Ok(a), Ok(b)) if !fits(kind, a.value) => Ok(b),
        (Ok(a), Ok(b)) => {
            Err(Misread::TwoReadings([(plain(text, &found, '.'), a.value), (plain(text, &found, ','), b.value)]))
        }
        (Err(_), Ok(b)) => Ok(b),
        (first, Err(_)) => first,
    }
}

/// The decimal sign that a text shows by itself, if it could be a quantity: `1.5k` a point, `1.200.000` a comma.
pub fn decimal_shown(text: &str) -> Option<char> {
    let known = |token: &Token| match token {
        Token::Word(written, small) => {
            words::is_known(small) || written.len() == 3 && Currency::from_code(written).is_some()
        }
        _ => true,
    };
    if !text.contains(['.', ',']) || text.len() > 60 {
        return None;
    }
    pieces(text, '.').ok().filter(|found| found.tokens.iter().all(known))?.shows
}

/// A number as it has one reading only, whatever the habit: three decimals behind a point could be a group.
pub fn unmistakable(value: Decimal) -> String {
    let mut text = value.normalize().to_string();
    if value.normalize().scale() == 3 {
        text.push('0');
    }
    text
}

/// Whether a value can be one of its kind at all: an unlikely reading is none.
fn fits(kind: Kind, value: Decimal) -> bool {
    let most = match kind {
        Kind::Chance => Decimal::ONE,
        Kind::Rate => Decimal::TEN,
        Kind::Frequency | Kind::WorkTime | Kind::Period => Decimal::from(1_000_000_000_u64),
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage | Kind::Number => return true,
    };
    value <= most
}

/// The text with its unclear numbers written without doubt.
fn plain(text: &str, found: &Pieces, decimal: char) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (start, end, point, comma) in found.unclear.iter().rev() {
        let value = if decimal == ',' { comma } else { point };
        letters.splice(*start..*end, unmistakable(*value).chars());
    }
    letters.into_iter().collect::<String>().trim().to_owned()
}

fn read_pieces(text: &str, found: &Pieces, kind: Kind, settings: &Settings) -> Result<Reading, Misread> {
    if found.tokens.is_empty() {
        return Err(Misread::Empty);
    }
    let parser = Parser { settings };
    let reading = match parser.of_kind(&found.tokens, kind) {
        Ok(Some(reading)) => match parser.doubtful(text, &found.tokens, kind) {
            Some(readings) if !found.negative => return Err(Misread::TwoReadings(readings)),
            _ => reading,
        },
        Ok(None) => return Err(parser.explain(&found.tokens, kind)),
        Err(misread) => return Err(misread),
    };
    match (found.negative, kind) {
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

pub(super) type Parsed<T> = Result<Option<T>, Misread>;

/// An amount, and what follows it.
type Amount<'t> = (Decimal, &'t [Token]);

impl Parser<'_> {
    fn of_kind(&self, tokens: &[Token], kind: Kind) -> Parsed<Reading> {
        let plain = |value: Decimal| Reading { value, percent: false, seen: None };
        Ok(match kind {
            Kind::Money => self.money(tokens)?.filter(|(_, rest)| rest.is_empty()).map(|(value, _)| plain(value)),
            Kind::YearlyMoney => self.money_a_year(tokens)?.map(plain),
            Kind::Revenue => self.money_per(tokens, 3_600)?.map(plain),
            Kind::Wage => self.money_per(tokens, 0)?.map(plain),
            Kind::Frequency => match frequency_read(tokens)? {
                Some(reading) => Some(reading),
                None => percent_a_year(tokens)?.map(|value| Reading { percent: true, ..plain(value) }),
            },
            Kind::Chance => match percent(tokens)? {
                Some((value, [])) => Some(plain(value)),
                _ => chance(tokens)?.map(plain),
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

    /// `EUR 250k`, `250k EUR`, `€1.2M`, `2.5 million`, `50 T€`, `TEUR 50`.
    fn money<'t>(&self, tokens: &'t [Token]) -> Parsed<Amount<'t>> {
        // `TEUR 50`, `k€ 50`
        if let [Token::Word(_, word), rest @ ..] = tokens
            && words::GLUED.contains(&word.as_str())
            && let Some(multiple) = words::multiple(word)
        {
            let (Some(rate), rest) = self.currency(rest)? else { return Ok(None) };
            let [Token::Number(number), rest @ ..] = rest else { return Ok(None) };
            return Ok(Some((product(&[*number, multiple, rate])?, rest)));
        }
        let (before, tokens) = self.currency(tokens)?;
        let [Token::Number(number), rest @ ..] = tokens else { return Ok(None) };
        let (multiple, rest) = match rest {
            [Token::Word(_, word), rest @ ..] => match words::multiple(word) {
                Some(multiple) => (multiple, rest),
                None => (Decimal::ONE, &tokens[1..]),
            },
            _ => (Decimal::ONE, rest),
        };
        let (after, rest) = if before.is_some() { (None, rest) } else { self.currency(rest)? };
        // A bare number is money only as text: the currency is the scenario's.
        let rate = before.or(after).unwrap_or(Decimal::ONE);
        Ok(Some((product(&[*number, multiple, rate])?, rest)))
    }

    /// The two readings of an amount with a multiple that is not the same to everybody.
    fn doubtful(&self, text: &str, tokens: &[Token], kind: Kind) -> Option<[(String, Decimal); 2]> {
        let (at, written, readings) = tokens.windows(2).enumerate().find_map(|(at, two)| match two {
            [Token::Number(_), Token::Word(written, word)] => Some((at + 1, written, words::doubtful(word)?)),
            _ => None,
        })?;
        let [one, other] = readings.map(|(word, said)| {
            let mut plain = tokens.to_vec();
            plain[at] = Token::Word(written.clone(), word.to_owned());
            let reading = self.of_kind(&plain, kind).ok()??;
            // Where a blank stands already, none is due.
            let text = text.trim();
            let apart = text.find(written.as_str()).is_some_and(|at| text[..at].ends_with(char::is_whitespace));
            let said = if apart { said.trim_start() } else { said };
            Some((text.replacen(written.as_str(), said, 1), reading.value))
        });
        one.zip(other).map(|(one, other)| [one, other])
    }

    /// What one unit of the currency that stands here is worth in the scenario's, and what follows.
    fn currency<'t>(&self, tokens: &'t [Token]) -> Result<(Option<Decimal>, &'t [Token]), Misread> {
        let (written, taken) = match tokens {
            // `US$`
            [Token::Word(prefix, _), Token::Sign('$'), ..] => {
                match words::SIGN_PREFIXES.iter().find(|(known, _)| known == prefix) {
                    Some((_, code)) => ((*code).to_owned(), 2),
                    None => return Ok((None, tokens)),
                }
            }
            [Token::Sign(sign), ..] if !matches!(sign, '%' | '/') => (sign.to_string(), 1),
            [Token::Word(_, small), ..] if words::CURRENCY_WORDS.contains(&small.as_str()) => (small.clone(), 1),
            // `PER` in capitals is no currency.
            [Token::Word(word, small), ..]
                if word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase()) && !words::is_known(small) =>
            {
                (word.clone(), 1)
            }
            _ => return Ok((None, tokens)),
        };
        if self.settings.currency.is_written(&written) {
            return Ok((Some(Decimal::ONE), &tokens[taken..]));
        }
        let mut rates = self.settings.rates.iter().filter(|(currency, _)| currency.is_written(&written));
        if let (Some((_, rate)), None) = (rates.next(), rates.next()) {
            return Ok((Some(*rate), &tokens[taken..]));
        }
        if written.len() != 3 || Currency::from_code(&written).is_some() || tokens.len() > 1 {
            Err(Misread::OtherCurrency(written))
        } else {
            Ok((None, tokens))
        }
    }

    /// `36k`, `36k per year`, `3k per month`, `3k monthly`: a year's amount.
    fn money_a_year(&self, tokens: &[Token]) -> Parsed<Decimal> {
        let Some((value, rest)) = self.money(tokens)? else { return Ok(None) };
        if rest.is_empty() {
            return Ok(Some(value));
        }
        let Some(time) = per_time(rest).filter(|time| time.is_at_least(YEARLY)) else { return Ok(None) };
        product(&[value, Decimal::from(time.a_year)]).map(Some)
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

    /// `4 hours per week`, `4 hours weekly`, `1 minute per day` (working days), `0.5 FTE`.
    fn work_time(&self, tokens: &[Token]) -> Parsed<Decimal> {
        let [Token::Number(number), Token::Word(_, word), rest @ ..] = tokens else { return Ok(None) };
        let eight = Decimal::from(8);
        let day = self.settings.working_days;
        if words::FULL_TIME.contains(&word.as_str()) && rest.is_empty() {
            return product(&[*number, eight, day]).map(Some);
        }
        let Some(time) = words::time(word).filter(|time| !time.is_at_least(604_800)) else { return Ok(None) };
        let Some(per) = per_time(rest).filter(|per| per.is_at_least(86_400)) else { return Ok(None) };
        // A person's day has eight hours, and a year of them as many days as the file says.
        let seconds = if time.seconds == 86_400 { Decimal::from(28_800) } else { Decimal::from(time.seconds) };
        let times = if per.seconds == 86_400 { day } else { Decimal::from(per.a_year) };
        let seconds = product(&[*number, seconds, times])?;
        Ok(Some(seconds.checked_div(Decimal::from(3_600)).ok_or(Misread::TooLarge)?))
    }

    /// Why `tokens` are not of `kind`: the closest explanation.
    fn explain(&self, tokens: &[Token], kind: Kind) -> Misread {
        if let [Token::Number(number)] = tokens {
            return Misread::NoUnit(*number);
        }
        if kind == Kind::Frequency
            && let [Token::Number(a), Token::Word(_, word), Token::Number(b)] = tokens
            && words::IN.contains(&word.as_str())
        {
            return Misread::NoYears(*a, *b);
        }
        if let (Kind::Frequency, [Token::Number(a), Token::Sign('/' | ':'), Token::Number(b)]) = (kind, tokens) {
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
            Token::Word(word, small) if !words::is_known(small) => Some(word.clone()),
            _ => None,
        });
        unknown.map_or(Misread::Unclear, Misread::UnknownWord)
    }
}

fn product(factors: &[Decimal]) -> Result<Decimal, Misread> {
    factors.iter().try_fold(Decimal::ONE, |product, factor| product.checked_mul(*factor)).ok_or(Misread::TooLarge)
}

fn quotient(count: Decimal, of: Decimal) -> Result<Decimal, Misread> {
    if of.is_zero() {
        return Err(Misread::Unclear);
    }
    count.checked_div(of).ok_or(Misread::TooLarge)
}

/// `per year`, `/year`, `a year`, `yearly`.
fn per_time(tokens: &[Token]) -> Option<&'static Time> {
    match tokens {
        // `36k/a`
        [Token::Sign('/'), Token::Word(_, unit)] if unit == words::YEAR_SIGN => words::time("year"),
        [per, Token::Word(_, unit)] if is_per(per) => words::time(unit),
        [Token::Word(_, adverb)] => words::adverb(adverb),
        _ => None,
    }
}

fn is_per(token: &Token) -> bool {
    match token {
        Token::Sign('/') => true,
        Token::Word(_, word) => words::is_per(word),
        _ => false,
    }
}

fn is_in(token: &Token) -> bool {
    matches!(token, Token::Word(_, word) if words::IN.contains(&word.as_str()))
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
pub(super) fn percent_a_year(tokens: &[Token]) -> Parsed<Decimal> {
    Ok(match percent(tokens)? {
        Some((value, [])) => Some(value),
        Some((value, rest)) if per_time(rest).is_some_and(|time| time.a_year == 1) => Some(value),
        _ => None,
    })
}

/// `1 in 20`, `once in 7`, `1/20`.
pub(super) fn chance(tokens: &[Token]) -> Parsed<Decimal> {
    Ok(match (counted(tokens), tokens) {
        (_, [Token::Number(count), Token::Sign('/'), Token::Number(of)]) => Some(quotient(*count, *of)?),
        (Some(Counted { count, words: CountWords::None, rest: [is, of] }), _) if is_in(is) => {
            number_of(of).map(|of| quotient(count, of)).transpose()?
        }
        _ => None,
    })
}

/// What stands behind a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CountWords {
    None,
    /// `3 times`
    Times,
    /// `3 events`
    Events,
}

/// A count, the word behind it, and what follows.
struct Counted<'t> {
    count: Decimal,
    words: CountWords,
    rest: &'t [Token],
}

/// `3`, `once`, `3 times`, `4 events`.
fn counted(tokens: &[Token]) -> Option<Counted<'_>> {
    let none = |count, rest| Some(Counted { count, words: CountWords::None, rest });
    match tokens {
        [Token::Number(count), Token::Word(_, word), rest @ ..] if words::TIMES_WORDS.contains(&word.as_str()) => {
            Some(Counted { count: *count, words: CountWords::Times, rest })
        }
        [Token::Number(count), Token::Word(_, word), rest @ ..] if words::EVENTS.contains(&word.as_str()) => {
            Some(Counted { count: *count, words: CountWords::Events, rest })
        }
        [Token::Number(count), rest @ ..] => none(*count, rest),
        [Token::Word(_, word), rest @ ..] => {
            let count = words::count(word)?;
            let behind = |list: &[&str]| matches!(rest, [Token::Word(_, word), ..] if list.contains(&word.as_str()));
            // `une fois par an`, `one event in 6 years`
            if behind(words::TIMES_WORDS) {
                Some(Counted { count, words: CountWords::Times, rest: &rest[1..] })
            } else if behind(words::EVENTS) {
                Some(Counted { count, words: CountWords::Events, rest: &rest[1..] })
            } else {
                none(count, rest)
            }
        }
        _ => None,
    }
}

/// `12 per year`, `3 times a month`, `once a year`, `1 in 20 years`, `1 per 20 years`, `every 5 years`, `monthly`,
/// `every other year`.
pub(super) fn frequency(tokens: &[Token]) -> Parsed<Rate> {
    let counted = counted(tokens);
    let (count, is_counted, rest) =
        counted.as_ref().map_or((Decimal::ONE, false, tokens), |found| (found.count, true, found.rest));
    let number = rest.get(1).and_then(number_of);
    // `1:20`, as tables of return periods have it; `5:1` could be anything.
    if let [Token::Number(one), Token::Sign(':'), Token::Number(of), unit @ ..] = tokens
        && *one == Decimal::ONE
        && one.scale() == 0
        && *of > Decimal::ONE
    {
        let unit = match unit {
            [] => words::span("year"),
            [Token::Word(_, unit)] => words::span(unit),
            _ => None,
        };
        let Some((many, time)) = unit else { return Ok(None) };
        return Ok(Some(Rate { count: *one, of: product(&[*of, many])?, a_year: time.a_year, seen: false }));
    }
    let (of, unit) = match (rest, number) {
        // `1 in 20 years`
        ([is, _, Token::Word(_, unit)], Some(of)) if is_counted && is_in(is) => (of, words::span(unit)),
        // `1 per 20 years`, `every 5 years`, `every two years`
        ([per, _, Token::Word(_, unit)], Some(of)) if is_each(per, is_counted) && !is_article(per) => {
            (of, words::span(unit))
        }
        // `every other year`
        ([per, Token::Word(_, other), Token::Word(_, unit)], _)
            if is_each(per, false) && words::OTHER.contains(&other.as_str()) =>
        {
            (Decimal::TWO, words::span(unit))
        }
        // `12 per year`, `every month`
        ([per, Token::Word(_, unit)], _) if is_each(per, is_counted) => (Decimal::ONE, words::span(unit)),
        // `monthly`, `twice yearly`
        ([Token::Word(_, word)], _) => (Decimal::ONE, words::adverb(word).map(|time| (Decimal::ONE, time))),
        _ => return Ok(None),
    };
    if unit.is_some() && of.is_zero() {
        return Err(Misread::Unclear);
    }
    // What is said of a time that has passed: "in", not "per". None in a time is nothing but a count.
    let is_past = number.is_some() && rest.first().is_some_and(is_in);
    let is_seen = counted.as_ref().is_some_and(|found| found.words == CountWords::Events) || count.is_zero();
    let Some((many, time)) = unit else { return Ok(None) };
    Ok(Some(Rate { count, of: product(&[of, many])?, a_year: time.a_year, seen: is_past && is_seen }))
}

/// Whether a word stands before a unit only.
fn is_article(token: &Token) -> bool {
    matches!(token, Token::Word(_, word) if words::ARTICLES.contains(&word.as_str()))
}

/// A frequency as it is written for the model: `4 events in 6 years` is what was seen, and none seen is not never.
fn frequency_read(tokens: &[Token]) -> Parsed<Reading> {
    let Some(rate) = frequency(tokens)? else { return Ok(None) };
    let value = quotient(product(&[rate.count, Decimal::from(rate.a_year)])?, rate.of)?;
    let known = Reading { value, percent: false, seen: None };
    // What is said of a time that has passed: "in", not "per".
    if !rate.seen {
        return Ok(Some(known));
    }
    let years = quotient(rate.of, Decimal::from(rate.a_year))?;
    match counted(tokens).map(|found| found.words) {
        Some(CountWords::Events) => Ok(Some(Reading { seen: Some((rate.count, years)), ..known })),
        _ => Err(Misread::NoneSeen(years)),
    }
}

/// A number, in digits or as one of the words that count.
fn number_of(token: &Token) -> Option<Decimal> {
    match token {
        Token::Number(number) => Some(*number),
        Token::Word(_, word) => words::count(word),
        Token::Sign(_) => None,
    }
}

/// Whether a word stands before a unit of time: without a count only `every` and the like.
fn is_each(token: &Token, is_counted: bool) -> bool {
    match token {
        Token::Word(_, word) if !is_counted => words::EVERY.contains(&word.as_str()),
        _ => is_counted && is_per(token),
    }
}

/// `18 months` and what follows.
fn period(tokens: &[Token]) -> Parsed<Amount<'_>> {
    let [Token::Number(number), Token::Word(_, unit), rest @ ..] = tokens else { return Ok(None) };
    let Some(time) = words::time(unit) else { return Ok(None) };
    Ok(Some((time.hours(*number).ok_or(Misread::TooLarge)?, rest)))
}
