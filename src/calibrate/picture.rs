//! The picture of data against fit: shares above each amount, as seen and as fitted.

use super::amounts::{Fitted, Measure};
use crate::report::chart::Chart;
use crate::report::pictures::DataAgainstFit;
use crate::units::Currency;

/// The chart of a fit.
#[must_use]
pub fn chart(fitted: &Fitted) -> Chart {
    let currency = Currency::from_code(&fitted.currency).map_or("", |currency| currency.code());
    let caption = match fitted.measure {
        Measure::Money if currency.is_empty() => "Amount of one event".to_owned(),
        Measure::Money => format!("Amount of one event, {currency}"),
        Measure::Hours => "Hours".to_owned(),
    };
    let proposal = &fitted.proposal;
    let data = DataAgainstFit::new(currency, &caption, &fitted.data, &fitted.written);
    let title = format!(
        "{} against the fit: {}",
        if fitted.measure == Measure::Money { "Amounts" } else { "Durations" },
        proposal.source
    );
    data.into_chart(
        "data-against-fit",
        &title,
        &format!("{}. {}", proposal.rests_on, proposal.findings.first().map_or("", String::as_str)),
    )
}
