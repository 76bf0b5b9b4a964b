//! How is a number written? The only place where rounding happens.

use std::fmt::Display;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Family, Shape};
use crate::report::chart::words;
use crate::report::texts::{line, texts};
use crate::report::{Cell, Digits, Piece};
use crate::units::{Arithmetic, Figure, Kind, Language, Unit, Voice};

/// What is below half of the currency's unit is said as nothing.
const LEAST_SAID: f64 = 0.5;
/// A minus sign, not a hyphen.
const MINUS: char = '−';

/// A part of a sentence; amounts carry the currency.
pub fn piece(piece: &Piece, unit: Unit) -> String {
    match piece {
        Piece::Plain(words) => words.clone(),
        Piece::Name(name) => line(texts(unit).said.quoted, &[("name", name)]),
        Piece::Figure(figure @ Cell::Money(..)) => {
            let amount = in_billions(figure, unit.voice).unwrap_or_else(|| cell(figure, unit.voice));
            let parts: [(&str, &dyn Display); 2] = [("amount", &amount), ("currency", &unit.currency)];
            line(texts(unit).said.money, &parts)
        }
        Piece::Figure(Cell::Estimate(Shape::Fixed(value), kind)) if kind.is_money() => {
            let language = unit.voice.language;
            let (value, template) = money_in_time(language, *value, *kind);
            let amount = short_money(language, value);
            let parts: [(&str, &dyn Display); 2] = [("amount", &amount), ("currency", &unit.currency)];
            unit.voice.set(&with_number(template, &line(texts(unit).said.money, &parts)))
        }
        Piece::Figure(figure) => cell(figure, unit.voice),
        Piece::Code(code) => code.clone(),
    }
}

/// An amount of a sentence that nobody reads in ten digits: four of them in billions, where no others are told.
fn in_billions(figure: &Cell, voice: Voice) -> Option<String> {
    let Cell::Money(amount, digits) = figure else { return None };
    let value = amount.decimal().filter(|value| value.abs() >= Decimal::from(1_000_000_000_u64))?;
    let known = match digits {
        Digits::Significant(count) => significant(value, *count),
        Digits::Beside { place } => beside(value, *place),
        _ => value,
    };
    let is_told = known == significant(known, 4) && !matches!(digits, Digits::In { .. } | Digits::As { .. });
    is_told.then(|| voice.set(&short(voice.language, Figure::exact(known), 4)))
}

/// A cell of a table, with the marks within numbers that its readers expect.
pub fn cell(cell: &Cell, voice: Voice) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        figure => voice.set(&english(figure, voice.language)),
    }
}

fn english(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        Cell::Money(figure, digits) => match (money(*figure, *digits), *digits) {
            // Little is not nothing.
            (nothing, Digits::In { decimals, .. } | Digits::As { decimals, .. })
                if nothing == "0" && figure.to_f64() >= LEAST_SAID =>
            {
                format!("<{}", Decimal::new(1, decimals))
            }
            (written, _) => written,
        },
        Cell::Short(figure) => short(language, *figure, 3),
        Cell::Change(figure, digits) => {
            let written = money(*figure, *digits);
            if figure.is_positive() && written != "0" { format!("+{written}") } else { written }
        }
        Cell::Share(share) => percent(language, *share),
        Cell::Chance(chance) => words::chance_and_percent(language, *chance),
        Cell::Ratio(ratio) => signed(*ratio, format!("{:.2}", ratio.abs())),
        Cell::Times(times) => grouped(&plain(*times, 2)),
        Cell::Factor(factor) => signed(*factor, format!("{:.6}", factor.abs())),
        Cell::Years(years) => self::years(language, *years),
        Cell::Rate(rate) => self::rate(language, *rate),
        Cell::Count(count) => grouped(&count.to_string()),
        Cell::Duration(hours) => length_of_time(language, *hours),
        Cell::Hours(hours) => with_number(texts(language).figures.h, &grouped(&plain(*hours, 3))),
        Cell::Estimate(shape, kind) => estimate(language, shape, *kind),
        Cell::None => "–".into(),
    }
}

/// The words around one number.
fn with_number(template: &str, number: &str) -> String {
    line(template, &[("number", &number)])
}

/// A length of time in the unit that people would say it in.
fn length_of_time(language: Language, hours: f64) -> String {
    const DAY: f64 = 24.0;
    const YEAR: f64 = 8_760.0;
    if hours < 2.0 * DAY {
        with_number(texts(language).figures.h, &grouped(&plain(hours, 3)))
    } else if hours < YEAR {
        with_number(texts(language).figures.days, &plain(hours / DAY, 2))
    } else {
        years(language, hours / YEAR)
    }
}

/// An amount: thousands grouped, rounded to the digits it supports.
pub fn money(figure: Figure, digits: Digits) -> String {
    let Some(value) = figure.decimal() else { return "–".into() };
    let rounded = match digits {
        // Below a thousand the coins matter, above it they are noise.
        Digits::Whole if value.abs() < Decimal::ONE_THOUSAND && !value.round_dp(2).fract().is_zero() => {
            return divided(value, 0, 2, None);
        }
        Digits::Whole => value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
        Digits::In { power, decimals, most } => return divided(value, power, decimals, most),
        Digits::As { decimals, count, .. } => return divided(Decimal::new(count, decimals), 0, decimals, None),
        Digits::Significant(count) => significant(value, count),
        Digits::Beside { place } if place < 0 => return divided(value, 0, place.unsigned_abs(), None),
        Digits::Beside { place } => beside(value, place),
    };
    let written = grouped(&rounded.abs().normalize().to_string());
    if rounded.is_sign_negative() && !rounded.is_zero() { format!("{MINUS}{written}") } else { written }
}

fn significant(value: Decimal, count: u32) -> Decimal {
    value.round_sf_with_strategy(count, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value)
}

/// To this power of ten, or to three digits where these say more.
fn beside(value: Decimal, place: i32) -> Decimal {
    const DIGITS: u32 = 3;
    let unit = Decimal::from(10_u64.saturating_pow(place.max(0).unsigned_abs()));
    match value.checked_div(unit) {
        Some(units) if units.abs() >= Decimal::ONE_THOUSAND => {
            units.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * unit
        }
        _ => significant(value, DIGITS),
    }
}

/// An amount in thousands or millions, with a fixed number of digits after the point.
fn divided(value: Decimal, power: u32, decimals: u32, most: Option<u32>) -> String {
    const AWAY: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;
    let value = most.and_then(|most| value.round_sf_with_strategy(most, AWAY)).unwrap_or(value);
    let scaled = value.checked_div(Decimal::from(10_u64.saturating_pow(power))).unwrap_or(value);
    // What simulated years do not know is not shown: 1,500, not 1,500.0.
    let before = |number: Decimal| libm::floor(libm::log10(<f64 as Arithmetic>::from_decimal(number.abs()))) as i64;
    let known = most.filter(|_| !scaled.is_zero()).map(|most| i64::from(most) - 1 - before(scaled));
    let decimals = known.map_or(decimals, |known| decimals.min(u32::try_from(known).unwrap_or(0)));
    let rounded = scaled.round_dp_with_strategy(decimals, AWAY);
    if rounded.is_zero() {
        return "0".into();
    }
    let digits = usize::try_from(decimals).unwrap_or(0);
    let written = grouped(&format!("{:.digits$}", rounded.abs()));
    if rounded.is_sign_negative() { format!("{MINUS}{written}") } else { written }
}

/// Groups the whole part by threes.
pub fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let digits: Vec<char> = whole.chars().collect();
    let mut written = sign.replace('-', &MINUS.to_string());
    for (index, digit) in digits.iter().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(',');
        }
        written.push(*digit);
    }
    if let Some(fraction) = fraction {
        written.push('.');
        written.push_str(fraction);
    }
    written
}

fn signed(value: f64, magnitude: String) -> String {
    let nothing = magnitude.chars().all(|c| matches!(c, '0' | '.' | ',' | '%' | ' '));
    if value < 0.0 && !nothing { format!("{MINUS}{magnitude}") } else { magnitude }
}

/// A float to so many significant digits, without exponent or trailing zeros.
fn plain(value: f64, digits: u32) -> String {
    match Figure::approximate(value)
        .decimal()
        .and_then(|decimal| decimal.round_sf_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
    {
        Some(rounded) => rounded.normalize().to_string(),
        None => "–".into(),
    }
}

/// A share of one in per cent, as pictures say it.
pub fn percent(language: Language, share: f64) -> String {
    if share.is_finite() { words::share_in_percent(language, share) } else { "–".into() }
}

fn years(language: Language, years: f64) -> String {
    let words = &texts(language).figures;
    if years < 0.05 {
        words.at_once.into()
    } else {
        let tenths = format!("{years:.1}");
        match tenths.strip_suffix(".0").unwrap_or(&tenths) {
            "1" => words.one_year.into(),
            number => with_number(words.years, &grouped(number)),
        }
    }
}

/// Events a year, in the words that fit: `3.2 a year` or `1 in 7 years`.
pub fn rate(language: Language, rate: f64) -> String {
    let words = &texts(language).figures;
    if rate <= 0.0 {
        words.never.into()
    } else if rate >= 0.95 {
        with_number(words.a_year, &grouped(&plain(rate, 2)))
    } else {
        let every = 1.0 / rate;
        let written = if every < 9.95 { plain(every, 2) } else { grouped(&plain(every, 2)) };
        with_number(words.one_in_years, &written)
    }
}

/// A quantity of a kind, as people write it.
pub fn quantity(language: Language, value: Decimal, kind: Kind) -> String {
    let f = <f64 as Arithmetic>::from_decimal(value);
    let words = &texts(language).figures;
    match kind {
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage => {
            let (value, template) = money_in_time(language, value, kind);
            with_number(template, &short_money(language, value))
        }
        Kind::Chance | Kind::Rate => {
            with_number(texts(language).said.percent, &as_written(value * Decimal::ONE_HUNDRED))
        }
        Kind::Frequency if f > 0.0 && f < 0.95 => with_number(words.one_in_years, &grouped(&plain(1.0 / f, 4))),
        Kind::Frequency => with_number(words.a_year, &grouped(&value.round_dp(3).normalize().to_string())),
        Kind::Period => duration(language, value),
        Kind::WorkTime => with_number(words.h_a_year, &grouped(&plain(f, 4))),
        Kind::Number => grouped(&value.normalize().to_string()),
    }
}

/// An amount in the time that it is of, and the words around it: revenue that comes to cents an hour was written by year.
fn money_in_time(language: Language, value: Decimal, kind: Kind) -> (Decimal, &'static str) {
    const HOURS_A_YEAR: u64 = 8_760;
    let words = &texts(language).figures;
    let is_short = |value: Decimal| value.round_dp(2) == value.round_dp(6);
    let by_year = value.checked_mul(Decimal::from(HOURS_A_YEAR)).map(|value| value.round_dp(6).normalize());
    match (kind, by_year) {
        (Kind::Revenue, Some(by_year)) if !is_short(value) && is_short(by_year) => (by_year, words.a_year),
        (Kind::Revenue | Kind::Wage, _) => (value, words.per_hour),
        (Kind::YearlyMoney, _) => (value, words.a_year),
        _ => (value, "{number}"),
    }
}

/// An amount to so many digits in its own size.
fn short(language: Language, figure: Figure, digits: u32) -> String {
    let Some(rounded) = figure.decimal().map(|value| significant(value, digits)) else { return "–".into() };
    let written = short_money(language, rounded.abs());
    if rounded.is_sign_negative() && !rounded.is_zero() { format!("{MINUS}{written}") } else { written }
}

/// A number with the digits that somebody wrote: 26.5 and 0.125 in full, the third part of something to four digits.
fn as_written(value: Decimal) -> String {
    const MOST: u32 = 7;
    let short = value.normalize();
    let digits = short.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    let shown = if digits <= MOST { Some(short) } else { value.round_sf(4) };
    grouped(&shown.unwrap_or(short).normalize().to_string())
}

fn short_money(language: Language, value: Decimal) -> String {
    let words = &texts(language).figures;
    for (multiple, short) in
        [(1_000_000_000_u64, words.billions), (1_000_000, words.millions), (1_000, words.thousands)]
    {
        let multiple = Decimal::from(multiple);
        if value.abs() >= multiple
            && let Some(count) = value.checked_div(multiple)
            // "1.25M", but not "3268.025k".
            && count.round_dp(2) == count
            && (count.abs() < Decimal::from(1_000) || multiple == Decimal::from(1_000_000_000_u64))
        {
            return with_number(short, &grouped(&count.normalize().to_string()));
        }
    }
    grouped(&value.round_dp(2).normalize().to_string())
}

fn duration(language: Language, hours: Decimal) -> String {
    let words = &texts(language).figures;
    let counted = |count: Decimal, one: &str, several: &str| match count == Decimal::ONE {
        true => one.to_owned(),
        false => with_number(several, &count.normalize().to_string()),
    };
    let units = [
        (8_760_u64, words.one_year, words.years),
        (730, words.one_month, words.months),
        (24, words.one_day, words.days),
    ];
    for (length, one, several) in units {
        if let Some(count) = hours.checked_div(Decimal::from(length))
            && count >= Decimal::ONE
            && count.fract().is_zero()
        {
            return counted(count, one, several);
        }
    }
    counted(hours.round_dp(2), words.one_hour, words.hours)
}

/// An estimate as a reader wants to see it.
pub fn estimate(language: Language, shape: &Shape, kind: Kind) -> String {
    let q = |value: &Decimal| quantity(language, *value, kind);
    let words = &texts(language).figures;
    let three =
        |template, min, likely, max| line(template, &[("min", &q(min)), ("likely", &q(likely)), ("max", &q(max))]);
    match shape {
        Shape::Fixed(value) => q(value),
        Shape::Interval { low, high } => line(words.interval, &[("low", &q(low)), ("high", &q(high))]),
        Shape::Pert { min, likely, max } => three(words.pert, min, likely, max),
        Shape::PertWith { min, likely, max, confidence } => line(
            words.pert_with,
            &[("min", &q(min)), ("likely", &q(likely)), ("max", &q(max)), ("confidence", &confidence.normalize())],
        ),
        Shape::TwoQuantiles { low: (p, low), high: (other, high) } => {
            line(words.two_quantiles, &[("low", &q(low)), ("high", &q(high)), ("first", p), ("second", other)])
        }
        Shape::MedianSigma { median, sigma } => {
            line(words.median_sigma, &[("median", &q(median)), ("sigma", &sigma.normalize())])
        }
        Shape::Logs { mu, sigma } => line(words.logs, &[("mu", &mu.normalize()), ("sigma", &sigma.normalize())]),
        Shape::Seen { events, years } => {
            line(words.seen, &[("events", &events.normalize()), ("years", &years.round_dp(2).normalize())])
        }
        Shape::Product { quantity, each } => line(
            words.product,
            &[("quantity", &estimate(language, quantity, Kind::Number)), ("each", &estimate(language, each, kind))],
        ),
        Shape::Triangular { min, likely, max } => three(words.triangular, min, likely, max),
        Shape::Uniform { min, max } => line(words.uniform, &[("min", &q(min)), ("max", &q(max))]),
        Shape::Quantiles { p10, p50, p90, at_most } => {
            let template = if at_most.is_some() { words.bounded_quantiles } else { words.quantiles };
            let most = at_most.as_ref().map(q).unwrap_or_default();
            line(template, &[("low", &q(p10)), ("middle", &q(p50)), ("high", &q(p90)), ("most", &most)])
        }
        Shape::FamilyInterval { family, low, high } => line(
            words.family_interval,
            &[("low", &q(low)), ("high", &q(high)), ("family", &family_name(language, *family))],
        ),
        Shape::FamilyMoments { family, mean, sd } => {
            let sd = if kind == Kind::Frequency { plain(<f64 as Arithmetic>::from_decimal(*sd), 3) } else { q(sd) };
            line(
                words.family_moments,
                &[("mean", &q(mean)), ("spread", &sd), ("family", &family_name(language, *family))],
            )
        }
        Shape::Pareto { at_least, tail } => line(words.pareto, &[("least", &q(at_least)), ("tail", &tail.normalize())]),
        Shape::Samples(values) => line(words.samples, &[("number", &values.len())]),
        Shape::Capped { range, ceiling } => {
            line(words.capped, &[("range", &estimate(language, range, kind)), ("ceiling", &q(ceiling))])
        }
    }
}

fn family_name(language: Language, family: Family) -> &'static str {
    let words = &texts(language).figures;
    match family {
        Family::Normal => words.normal,
        Family::Lognormal => words.lognormal,
        Family::Gamma => words.gamma,
        Family::Beta => words.beta,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(value: &str, digits: Digits) -> String {
        money(Figure::exact(value.parse().unwrap()), digits)
    }

    #[test]
    fn an_amount_shows_the_digits_it_supports() {
        assert_eq!(amount("551234.56", Digits::Significant(3)), "551,000");
        assert_eq!(amount("551234.56", Digits::Whole), "551,235");
        assert_eq!(amount("-3178.6", Digits::Whole), "−3,179");
        assert_eq!(amount("-0.004", Digits::Significant(3)), "−0.004");
        assert_eq!(amount("0", Digits::Significant(3)), "0");
        assert_eq!(amount("999500", Digits::Significant(3)), "1,000,000");
        let beside = |value, place| amount(value, Digits::Beside { place });
        assert_eq!(
            (beside("1473055964", 6), beside("-1038478682", 6)),
            ("1,473,000,000".into(), "−1,038,000,000".into())
        );
        assert_eq!((beside("2140.4", 3), beside("499467", 3)), ("2,140".into(), "499,000".into()));
    }

    #[test]
    fn an_amount_in_thousands_keeps_its_digits_after_the_point() {
        let thousands = |decimals, most| Digits::In { power: 3, decimals, most };
        assert_eq!(amount("1897184", thousands(0, None)), "1,897");
        assert_eq!(amount("1897184", thousands(0, Some(2))), "1,900");
        assert_eq!(amount("-367000", thousands(1, None)), "−367.0");
        assert_eq!(amount("12", thousands(1, None)), "0");
        // Of simulated years no digit that they do not know.
        assert_eq!(amount("1500000", thousands(1, Some(2))), "1,500");
        assert_eq!(
            (amount("8300", thousands(1, Some(2))), amount("83000", thousands(1, Some(2)))),
            ("8.3".into(), "83".into())
        );
    }

    #[test]
    fn below_a_thousand_cents_are_told() {
        assert_eq!((amount("10.44", Digits::Whole), amount("10.4", Digits::Whole)), ("10.44".into(), "10.40".into()));
        assert_eq!((amount("23", Digits::Whole), amount("1234.56", Digits::Whole)), ("23".into(), "1,235".into()));
        assert_eq!(amount("-7.412", Digits::Beside { place: -2 }), "−7.41");
    }

    #[test]
    fn a_sentence_says_billions_in_four_digits() {
        let said = |value: &str, digits| {
            let unit = Unit { currency: "EUR", voice: Voice::default() };
            piece(&Piece::Figure(Cell::Money(Figure::exact(value.parse().unwrap()), digits)), unit)
        };
        assert_eq!(said("17550000000", Digits::Whole), "EUR 17.55bn");
        assert_eq!(said("1473055964", Digits::Significant(3)), "EUR 1.47bn");
        // What is known to the unit is told to the unit.
        assert_eq!(said("17550000123", Digits::Whole), "EUR 17,550,000,123");
        assert_eq!(said("999000000", Digits::Significant(3)), "EUR 999,000,000");
    }

    #[test]
    fn a_rate_reads_as_people_speak() {
        assert_eq!(rate(Language::English, 0.14), "1 in 7.1 years");
        assert_eq!(rate(Language::English, 12.34), "12 a year");
        assert_eq!(rate(Language::English, 0.001), "1 in 1,000 years");
        assert_eq!(rate(Language::English, 0.0), "never");
    }

    #[test]
    fn percentages_are_whole_unless_small() {
        assert_eq!(percent(Language::English, 0.474), "47%");
        assert_eq!(percent(Language::English, 0.051), "5.1%");
        assert_eq!(percent(Language::English, 0.05), "5%");
        assert_eq!(percent(Language::English, -0.1), "−10%");
        assert_eq!(percent(Language::English, 0.000_123), "0.012%");
        assert_eq!(percent(Language::English, 12.5), "1,250%");
        assert_eq!(
            (percent(Language::English, 0.996), percent(Language::English, 0.994), percent(Language::English, 1.0)),
            ("99.6%".into(), "99%".into(), "100%".into())
        );
        // A rate of return just above −100 % exists, one of −100 % does not.
        for (share, written) in [
            (-0.994, "−99%"),
            (-0.996, "−99.6%"),
            (-0.999_9, "−99.99%"),
            (-0.999_999_7, "−99.99997%"),
            (-1.0 + 1e-15, "−99.99999999%"),
            (-1.0, "−100%"),
            (-1.2, "−120%"),
        ] {
            assert_eq!(percent(Language::English, share), written);
        }
    }

    #[test]
    fn quantities_are_written_back_as_people_write_them() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(quantity(Language::English, d("1200000"), Kind::Money), "1.2M");
        assert_eq!(quantity(Language::English, d("0.05"), Kind::Frequency), "1 in 20 years");
        assert_eq!(quantity(Language::English, d("24"), Kind::Period), "1 day");
        assert_eq!(quantity(Language::English, d("36"), Kind::Period), "36 hours");
        assert_eq!(quantity(Language::English, d("0.855"), Kind::Chance), "85.5%");
        for (rate, written) in [("0.265", "26.5%"), ("0.0425", "4.25%"), ("0.00125", "0.125%"), ("0.26125", "26.125%")]
        {
            assert_eq!(quantity(Language::English, d(rate), Kind::Rate), written);
        }
        assert_eq!(quantity(Language::English, d("0.3333333333333333"), Kind::Chance), "33.33%");
        assert_eq!(quantity(Language::English, d("0.0004"), Kind::Frequency), "1 in 2,500 years");
        assert_eq!(quantity(Language::English, d("3268025"), Kind::Money), "3,268,025");
        assert_eq!(quantity(Language::English, d("1250000"), Kind::Money), "1.25M");
    }
}
