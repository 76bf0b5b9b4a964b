//! What is a YAML value without quotes: a number, true or false, nothing, or text?
//!
//! The core schema of YAML 1.2 (section 10.3.2) and nothing beyond it: `yes`, `on`, `1_000`,
//! `0777` in YAML 1.1's sense and dates are not special. So `NO` stays Norway.

use crate::scenario::syntax::tree::Value;

/// The value of a plain scalar.
pub(super) fn value(text: &str) -> Value {
    match text {
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |b| (b'0'..=b'7').contains(&b));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, |b| b.is_ascii_hexdigit());
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(text, ".inf" | ".Inf" | ".INF") || is_decimal(text)
}

/// `digits [ "." digits ] [ e [sign] digits ]`, with digits on at least one side of the point.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent = exponent.map(|e| e.strip_prefix(['-', '+']).unwrap_or(e));
    if exponent.is_some_and(|digits| !all(digits, |b| b.is_ascii_digit())) {
        return false;
    }
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = whole.len() + fraction.len();
    // `.` alone is no number, `5.` is one, `.5` is one.
    digits > 0 && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
}

fn all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}
