//! The figures as JSON, for other programs.
//!
//! Money is a decimal string: exact figures in full, figures that went through floating point
//! with ten significant digits. A ratio or a chance is a number with ten significant digits.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json as object};

use crate::diagnostic::Diagnostic;
use crate::report::Datum;
use crate::scenario::Source;
use crate::scenario::syntax::line_number;
use crate::units::Figure;

/// Significant digits of a figure that went through floating point.
const DIGITS: u32 = 10;
/// Digits after the point of an exact figure: what remains of 28 after the largest amounts.
const EXACT_PLACES: u32 = 15;

/// The figures as JSON with a line end.
pub fn json(figures: &Datum) -> String {
    let mut text = serde_json::to_string_pretty(&value(figures)).unwrap_or_default();
    text.push('\n');
    text
}

/// One figure or a tree of them as a JSON value.
pub fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Null => Value::Null,
        Datum::Flag(flag) => Value::Bool(*flag),
        Datum::Words(words) => Value::String(words.clone()),
        Datum::Money(figure) => money(*figure).map_or(Value::Null, Value::String),
        Datum::Number(number) => self::number(*number),
        Datum::Whole(whole) => Value::from(*whole),
        Datum::List(list) => Value::Array(list.iter().map(value).collect()),
        Datum::Map(entries) => {
            Value::Object(entries.iter().map(|(key, datum)| (key.clone(), value(datum))).collect::<Map<_, _>>())
        }
    }
}

/// Faults for other programs: code, sentence, key, place, cure.
pub fn faults(diagnostics: &[Diagnostic], source: &Source) -> Vec<Value> {
    let place = |diagnostic: &Diagnostic| {
        let before = source.bytes.get(..diagnostic.span?.start)?;
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        Some((line_number(&source.bytes, before.len()), column))
    };
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors
        .map(|fault| {
            let (line, column) = place(fault).unzip();
            object!({
                "code": fault.code.as_str(),
                "message": fault.message,
                "where": fault.path,
                "line": line,
                "column": column,
                "help": fault.help,
            })
        })
        .collect()
}

/// An amount as a decimal string.
pub fn money(figure: Figure) -> Option<String> {
    let value = figure.decimal()?;
    let rounded = if figure.is_exact() {
        value.round_dp_with_strategy(EXACT_PLACES, RoundingStrategy::MidpointAwayFromZero)
    } else {
        significant(value)
    };
    Some(rounded.normalize().to_string())
}

fn significant(value: Decimal) -> Decimal {
    value.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value)
}

/// A number with ten significant digits; null where there is none.
fn number(number: f64) -> Value {
    if !number.is_finite() {
        return Value::Null;
    }
    // The shortest float of ten digits: the text of the rounded value read back.
    let rounded: f64 = format!("{number:.*e}", DIGITS as usize - 1).parse().unwrap_or(number);
    // A whole number is written as one, and zero without a sign.
    if rounded == 0.0 { Value::from(0) } else { Value::from(rounded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_money_is_given_in_full_and_the_rest_with_ten_digits() {
        let third = Decimal::from(100_000) / Decimal::from(3);
        assert_eq!(money(Figure::exact(third)).unwrap(), "33333.333333333333333");
        assert_eq!(money(Figure::approximate(33_333.333_333_333_336)).unwrap(), "33333.33333");
        assert_eq!(money(Figure::exact(Decimal::new(2_500_000, 2))).unwrap(), "25000");
    }

    #[test]
    fn a_number_has_ten_digits_and_no_negative_zero() {
        assert_eq!(number(0.402_258_112_701_234_5).to_string(), "0.4022581127");
        assert_eq!(number(-0.0).to_string(), "0");
        assert_eq!(number(f64::NAN), Value::Null);
    }
}
