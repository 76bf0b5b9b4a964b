//! In which unit and currency did somebody write a range?

use super::experts::{Answer, Kind};
use super::fault;
use super::log::names;
use crate::diagnostic::{Code, Diagnostic};

/// An answer with what stands beside its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The answer.
    pub answer: Answer,
    /// The currency that its ends name, as a code or a sign.
    pub currency: Option<String>,
    /// An end was written with a multiple such as `k` or `m`.
    pub is_scaled: bool,
}

/// Answers that count in another thing than what is asked for, or in another currency than the others.
#[must_use]
pub fn in_units(answers: &[Written], kind: Kind) -> Vec<Diagnostic> {
    let first = answers.iter().find_map(|answer| answer.currency.as_deref());
    let wrong = answers.iter().filter_map(|answer| {
        let place = format!("{}: the range of {}", answer.answer.place, answer.answer.person);
        match (kind, answer.currency.as_deref(), first) {
            (Kind::Amount, Some(own), Some(first)) if !names(own, first) && !names(first, own) => Some(fault(
                Code::OtherCurrency,
                format!("{place} is in {own}, another one is in {first}"),
                &["write all ranges in the currency of the case"],
            )),
            (Kind::Amount, None, Some(first)) => Some(fault(
                Code::OtherCurrency,
                format!("{place} names no currency, another one is in {first}"),
                &["write the currency beside each range, or beside none"],
            )),
            (Kind::Amount, ..) => None,
            (_, Some(own), _) => Some(fault(
                Code::BadQuantity,
                format!("{place} is in {own}, and no amount is asked for"),
                &["for amounts say `--kind amount`"],
            )),
            // `30m` are minutes to some, months to others, and never millions of hours.
            (Kind::Hours, None, _) if answer.is_scaled => Some(fault(
                Code::BadQuantity,
                format!("{place} has a multiple such as `k` or `m`, and hours are asked for"),
                &["write hours as plain numbers: 0.5 for 30 minutes"],
            )),
            _ => None,
        }
    });
    wrong.collect()
}
