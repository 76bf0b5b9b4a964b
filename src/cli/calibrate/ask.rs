//! What stands on the command line in people's own way of writing.

use super::super::{Failed, Terminal};
use super::plain;
use crate::calibrate::experts;
use crate::calibrate::frequency::Prior;
use crate::stats::fit::verdict::Count;
use crate::units::reading::column::Style;
use crate::units::reading::{DayOrder, Settings, read};
use crate::units::{Currency, Figure, Kind};

/// A share such as `80%`. Without its sign, `0.9` is nine tenths to some and 0.9% to others.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    match plain(text) {
        Ok(x) if text.ends_with('%') => Ok(x),
        Ok(x) if (0.0..=1.0).contains(&x) => {
            let percent = (x * 1e8).round() / 1e6;
            Err(format!("{text} without a sign is {text}% or {percent}%: write {percent}%"))
        }
        _ => Err("write a share such as 80%".to_owned()),
    }
}

/// An amount such as `250k`.
pub(crate) fn amount(text: &str) -> Result<f64, String> {
    match plain(text) {
        Ok(x) if x > 0.0 => Ok(x),
        Ok(_) => Err("write an amount above 0, such as 10k or 2.5M".to_owned()),
        Err(problem) => Err(format!("{problem}; write an amount such as 10k or 2.5M")),
    }
}

/// What is asked for where a question is a key of a case, as on the sheets that rosi writes; an amount otherwise.
pub(super) fn kind_of(question: &str) -> experts::Kind {
    match question.rsplit_once('.').map(|(_, key)| key) {
        Some("frequency" | "events" | "contacts") => experts::Kind::Frequency,
        Some(
            "chance" | "action" | "vulnerability" | "capability" | "resistance" | "exposure" | "share" | "margin"
            | "coverage" | "reliability" | "reduction",
        ) => experts::Kind::Chance,
        Some("duration" | "time") => experts::Kind::Hours,
        _ => experts::Kind::Amount,
    }
}

/// How numbers are written: `1.234,5`.
pub(super) fn style(text: &str) -> Result<Style, String> {
    Style::of_pattern(text).ok_or_else(|| "write a number in that style: 1,234.5 or 1.234,5".to_owned())
}

/// How days are written: `31/12/2026`.
pub(super) fn order(text: &str) -> Result<DayOrder, String> {
    DayOrder::shown_by(text).ok_or_else(|| "write a day in that order: 31/12/2026 or 12/31/2026".to_owned())
}

/// `USD=0.92`.
pub(super) fn rate(text: &str) -> Result<(String, f64), String> {
    let (code, value) = text.split_once('=').ok_or("write a rate such as USD=0.92")?;
    let value = plain(value).ok().filter(|x| *x > 0.0).ok_or("write a rate above 0, such as USD=0.92")?;
    Ok((code.trim().to_uppercase(), value))
}

fn quantity(text: &str, kind: Kind) -> Option<f64> {
    let currency = Currency::from_code("EUR")?;
    let settings = Settings::new(currency, 220.into());
    read(text, kind, &settings).ok().map(|reading| Figure::exact(reading.value).to_f64())
}

/// A time such as `90 days`, in hours.
pub(super) fn hours(text: &str) -> Result<f64, String> {
    quantity(text, Kind::Period)
        .filter(|x| *x > 0.0)
        .ok_or_else(|| "write a time such as \"36 hours\" or \"90 days\"".to_owned())
}

/// A range of frequencies such as `1 in 20 years to 1 in 2 years`.
pub(super) fn prior(text: &str, terminal: &Terminal) -> Result<Prior, Failed> {
    let parts = text.split_once(" to ").or_else(|| text.split_once(".."));
    let read = |text: &str| quantity(text.trim(), Kind::Frequency);
    // "0.05 to 0.5 per year": what stands behind the second number is meant of both.
    let unit = |high: &str| high.trim().split_once(' ').map(|(_, unit)| unit.to_owned());
    let both = |low: &str, high: &str| read(low).or_else(|| read(&format!("{} {}", low.trim(), unit(high)?)));
    let found = parts.and_then(|(low, high)| Some(Prior { low: both(low, high)?, high: read(high)? }));
    match found {
        Some(prior) if prior.low > 0.0 && prior.low < prior.high => Ok(prior),
        _ => {
            terminal.fault(
                &format!("\"{text}\" is no range of frequencies"),
                &["write the rarer one first: `--prior \"1 in 20 years to 1 in 2 years\"`, or `--prior case`"],
            );
            Err(Failed)
        }
    }
}

/// A count such as `8 in 4 years`.
pub(super) fn count(text: &str) -> Option<Count> {
    let (events, years) = text.split_once(" in ")?;
    let events: u64 = events.trim().trim_end_matches("events").trim_end_matches("event").trim().parse().ok()?;
    let years = match years.trim().parse::<f64>() {
        Ok(years) => years,
        Err(_) => quantity(years, Kind::Period)? / 8760.0,
    };
    (years > 0.0).then_some(Count { events, years })
}
