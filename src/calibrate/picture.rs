//! The picture of data against fit: shares above each amount, as seen and as fitted.

use super::amounts::{Fitted, Measure};
use crate::report::chart::Chart;
use crate::report::pictures::DataAgainstFit;
use crate::report::texts::{line, texts};
use crate::units::{Currency, Unit};

/// The chart of a fit.
#[must_use]
pub fn chart(fitted: &Fitted) -> Chart {
    let (proposal, is_money) = (&fitted.proposal, fitted.measure == Measure::Money);
    let words = &texts(proposal.voice).pictures.fit;
    let currency = Currency::from_code(&fitted.currency).map_or("", |currency| currency.code());
    let caption = match fitted.measure {
        Measure::Money if currency.is_empty() => words.amount_plain.to_owned(),
        Measure::Money => line(words.amount, &[("unit", &currency)]),
        Measure::Hours => words.hours.to_owned(),
    };
    let unit = Unit { currency, voice: proposal.voice };
    let data = DataAgainstFit::new(unit, &caption, &fitted.data, &fitted.written);
    let title = if is_money { words.fitted_amounts } else { words.fitted_durations };
    data.into_chart(
        "data-against-fit",
        &line(title, &[("source", &proposal.source)]),
        &format!("{}. {}", proposal.rests_on, proposal.findings.first().map_or("", String::as_str)),
    )
}
