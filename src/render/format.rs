//! How is a number written? The only place where rounding happens.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::model::{Family, Shape};
use crate::report::{Cell, Digits, Piece};
use crate::units::{Arithmetic, Figure, Kind, Numbers, Unit};

/// A minus sign, not a hyphen.
const MINUS: char = '−';

/// A part of a sentence; amounts carry the currency.
pub fn piece(piece: &Piece, unit: Unit) -> String {
    match piece {
        Piece::Plain(words) => words.clone(),
        Piece::Name(name) => format!("\"{name}\""),
        Piece::Figure(figure @ Cell::Money(..)) => format!("{} {}", unit.currency, cell(figure, unit.numbers)),
        Piece::Figure(figure) => cell(figure, unit.numbers),
        Piece::Code(code) => code.clone(),
    }
}

/// A cell of a table, with the marks within numbers that its readers expect.
pub fn cell(cell: &Cell, numbers: Numbers) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        figure => numbers.set(&english(figure)),
    }
}

fn english(cell: &Cell) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        Cell::Money(figure, digits) => money(*figure, *digits),
        Cell::Change(figure, digits) => {
            let written = money(*figure, *digits);
            if figure.is_positive() && written != "0" { format!("+{written}") } else { written }
        }
        Cell::Share(share) => percent(*share),
        Cell::Chance(chance) => self::chance(*chance),
        Cell::Ratio(ratio) => signed(*ratio, format!("{:.2}", ratio.abs())),
        Cell::Factor(factor) => signed(*factor, format!("{:.6}", factor.abs())),
        Cell::Years(years) => self::years(*years),
        Cell::Rate(rate) => self::rate(*rate),
        Cell::Count(count) => grouped(&count.to_string()),
        Cell::Duration(hours) => length_of_time(*hours),
        Cell::Hours(hours) => format!("{} h", grouped(&plain(*hours, 3))),
        Cell::Estimate(shape, kind) => estimate(shape, *kind),
        Cell::None => "–".into(),
    }
}

/// A chance as people say it, with the percentage beside.
fn chance(chance: f64) -> String {
    if !chance.is_finite() {
        "–".into()
    } else if chance < 5e-5 {
        "less than 1 in 10,000".into()
    } else if chance < 0.5 {
        format!("1 in {} ({})", grouped(&plain(1.0 / chance, 2)), percent(chance))
    } else {
        percent(chance)
    }
}

/// A length of time in the unit that people would say it in.
fn length_of_time(hours: f64) -> String {
    const DAY: f64 = 24.0;
    const YEAR: f64 = 8_760.0;
    if hours < 2.0 * DAY {
        format!("{} h", grouped(&plain(hours, 3)))
    } else if hours < YEAR {
        format!("{} days", plain(hours / DAY, 2))
    } else {
        years(hours / YEAR)
    }
}

/// An amount: thousands grouped, rounded to the digits it supports.
pub fn money(figure: Figure, digits: Digits) -> String {
    let Some(value) = figure.decimal() else { return "–".into() };
    let rounded = match digits {
        // Below ten the coins matter, above them they are noise.
        Digits::Whole if value.abs() < Decimal::TEN && !value.is_zero() => {
            value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        }
        Digits::Whole => value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
        Digits::Significant(count) => {
            value.round_sf_with_strategy(count, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value)
        }
    };
    let written = grouped(&rounded.abs().normalize().to_string());
    if rounded.is_sign_negative() && !rounded.is_zero() { format!("{MINUS}{written}") } else { written }
}

/// Groups the whole part by threes.
pub fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let digits: Vec<char> = whole.chars().collect();
    let mut written = String::new();
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

/// A share of one in per cent: whole above ten, one digit below, more where it is tiny.
pub fn percent(share: f64) -> String {
    let percent = share.abs() * 100.0;
    let written = if percent >= 9.95 {
        grouped(&format!("{percent:.0}"))
    } else if percent >= 0.095 || percent == 0.0 {
        let one = format!("{percent:.1}");
        one.strip_suffix(".0").map_or(one.clone(), str::to_owned)
    } else {
        plain(percent, 2)
    };
    signed(share, format!("{written} %"))
}

fn years(years: f64) -> String {
    if years < 0.05 {
        "at once".into()
    } else {
        let tenths = format!("{years:.1}");
        match tenths.strip_suffix(".0").unwrap_or(&tenths) {
            "1" => "1 year".into(),
            number => format!("{} years", grouped(number)),
        }
    }
}

/// Events a year, in the words that fit: `3.2 a year` or `1 in 7 years`.
pub fn rate(rate: f64) -> String {
    if rate <= 0.0 {
        "never".into()
    } else if rate >= 0.95 {
        format!("{} a year", grouped(&plain(rate, 2)))
    } else {
        let every = 1.0 / rate;
        let written = if every < 9.95 { plain(every, 2) } else { grouped(&plain(every, 2)) };
        format!("1 in {written} years")
    }
}

/// A quantity of a kind, as people write it.
pub fn quantity(value: Decimal, kind: Kind) -> String {
    let f = <f64 as Arithmetic>::from_decimal(value);
    match kind {
        Kind::Money => short_money(value),
        Kind::YearlyMoney => format!("{} a year", short_money(value)),
        Kind::Revenue | Kind::Wage => format!("{} per hour", short_money(value)),
        Kind::Chance | Kind::Rate => format!("{}%", (value * Decimal::ONE_HUNDRED).round_dp(4).normalize()),
        Kind::Frequency if f > 0.0 && f < 0.95 => format!("1 in {} years", plain(1.0 / f, 3)),
        Kind::Frequency => format!("{} a year", grouped(&value.round_dp(3).normalize().to_string())),
        Kind::Period => duration(value),
        Kind::WorkTime => format!("{} h a year", grouped(&plain(f, 4))),
        Kind::Number => grouped(&value.normalize().to_string()),
    }
}

fn short_money(value: Decimal) -> String {
    for (multiple, sign) in [(1_000_000_000_u64, "bn"), (1_000_000, "M"), (1_000, "k")] {
        let multiple = Decimal::from(multiple);
        if value.abs() >= multiple
            && let Some(short) = value.checked_div(multiple)
            && short.round_dp(3) == short
        {
            return format!("{}{sign}", short.normalize());
        }
    }
    grouped(&value.round_dp(2).normalize().to_string())
}

fn duration(hours: Decimal) -> String {
    let units = [(8_760_u64, "year"), (730, "month"), (24, "day")];
    for (length, unit) in units {
        if let Some(count) = hours.checked_div(Decimal::from(length))
            && count >= Decimal::ONE
            && count.fract().is_zero()
        {
            let s = if count == Decimal::ONE { "" } else { "s" };
            return format!("{} {unit}{s}", count.normalize());
        }
    }
    let hours = hours.round_dp(2).normalize();
    format!("{hours} hour{}", if hours == Decimal::ONE { "" } else { "s" })
}

/// An estimate as a reader wants to see it.
pub fn estimate(shape: &Shape, kind: Kind) -> String {
    let q = |value: &Decimal| quantity(*value, kind);
    match shape {
        Shape::Fixed(value) => q(value),
        Shape::Interval { low, high } => format!("{} to {} (90 %)", q(low), q(high)),
        Shape::Pert { min, likely, max } => format!("{} to {}, likely {}", q(min), q(max), q(likely)),
        Shape::Triangular { min, likely, max } => {
            format!("{} to {}, likely {} (triangular)", q(min), q(max), q(likely))
        }
        Shape::Uniform { min, max } => format!("{} to {} (even)", q(min), q(max)),
        Shape::Quantiles { p10, p50, p90, at_most } => {
            let bound = at_most.as_ref().map_or_else(String::new, |at_most| format!(", at most {}", q(at_most)));
            format!("{}, {}, {} (10, 50, 90 %){bound}", q(p10), q(p50), q(p90))
        }
        Shape::FamilyInterval { family, low, high } => {
            format!("{} to {} (90 %, {})", q(low), q(high), family_name(*family))
        }
        Shape::FamilyMoments { family, mean, sd } => {
            let sd = if kind == Kind::Frequency { plain(<f64 as Arithmetic>::from_decimal(*sd), 3) } else { q(sd) };
            format!("{} ± {sd} ({})", q(mean), family_name(*family))
        }
        Shape::Pareto { at_least, tail } => format!("from {} on (pareto, {})", q(at_least), tail.normalize()),
        Shape::Samples(values) => format!("{} observed values", values.len()),
    }
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Normal => "normal",
        Family::Lognormal => "lognormal",
        Family::Gamma => "gamma",
        Family::Beta => "beta",
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
    }

    #[test]
    fn a_rate_reads_as_people_speak() {
        assert_eq!(rate(0.14), "1 in 7.1 years");
        assert_eq!(rate(12.34), "12 a year");
        assert_eq!(rate(0.001), "1 in 1,000 years");
        assert_eq!(rate(0.0), "never");
    }

    #[test]
    fn percentages_are_whole_unless_small() {
        assert_eq!(percent(0.474), "47 %");
        assert_eq!(percent(0.051), "5.1 %");
        assert_eq!(percent(0.05), "5 %");
        assert_eq!(percent(-0.1), "−10 %");
        assert_eq!(percent(0.000_123), "0.012 %");
        assert_eq!(percent(12.5), "1,250 %");
    }

    #[test]
    fn quantities_are_written_back_as_people_write_them() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(quantity(d("1200000"), Kind::Money), "1.2M");
        assert_eq!(quantity(d("0.05"), Kind::Frequency), "1 in 20 years");
        assert_eq!(quantity(d("24"), Kind::Period), "1 day");
        assert_eq!(quantity(d("36"), Kind::Period), "36 hours");
        assert_eq!(quantity(d("0.855"), Kind::Chance), "85.5%");
    }
}
