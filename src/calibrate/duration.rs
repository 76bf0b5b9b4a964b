//! How long does it take: until it is seen, until it is stopped, how long things stand still?
//! Page: `docs/model/loss-from-amounts.md`.
//!
//! Where both moments are known to the day, the length is known to a day on either side and is
//! fitted as a band; what has not ended by the last day of the log has lasted longer than that.

use jiff::civil::Date;

use super::amounts::{Fitted, Measure, Wish, estimate};
use super::fault;
use super::log::{Event, Log};
use super::moment::{Apart, Moment, When, hours_between};
use super::proposal::Target;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, number, texts};
use crate::stats::fit::{Family, Observation, Observed};
use crate::units::Voice;

/// Which length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Of the standstill.
    Outage,
    /// From the beginning until it was seen.
    Detection,
    /// From the beginning until it was stopped.
    Containment,
    /// From when it was seen until it was stopped.
    Response,
}

impl Which {
    /// Durations with what they are: "13 durations (standstill)".
    fn template(self, voice: Voice) -> &'static str {
        let words = &texts(voice).fitted;
        match self {
            Self::Outage => words.outage,
            Self::Detection => words.detection,
            Self::Containment => words.containment,
            Self::Response => words.response,
        }
    }
}

/// The length of one event.
///
/// # Errors
/// What cannot be fitted; ends before beginnings.
pub fn duration(
    log: &Log,
    which: Which,
    family: Option<Family>,
    at_most: Option<f64>,
    last: Option<Date>,
    target: &Target<'_>,
) -> Result<Fitted, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut observations = Vec::new();
    let (mut unknown, mut open) = (0, 0);
    for event in &log.events {
        match length(event, which, last) {
            Ok(Some(found)) => {
                // A length that is written as open is told by the fit.
                open += usize::from(which != Which::Outage && matches!(found, Observation::Above(_)));
                observations.push(found);
            }
            Ok(None) => unknown += 1,
            Err(found) => faults.push(found),
        }
    }
    if observations.is_empty()
        && faults.is_empty()
        && which == Which::Outage
        && let Some(headings) = &log.without.outage
    {
        faults.push(fault(
            Code::Missing,
            format!("{} has no column that is known to hold hours of standstill", log.name),
            &[&format!("columns: {headings}"), "rename it to `outage hours`, with its lengths in hours"],
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let wish = Wish { family, at_most, measure: Measure::Hours };
    let voice = target.voice;
    let words = &texts(voice).fitted;
    let data = Observed { observations, threshold: 0.0 };
    let mut fitted =
        estimate(data, &wish, &log.name, target, Some(which.template(voice))).map_err(|found| vec![found])?;
    fitted.proposal.cautions.extend(log.told.iter().map(|remark| remark.said(voice)));
    let days = || log.events.iter().filter_map(|event| event.opened).map(|at| at.at.date());
    fitted.proposal.date = last.or_else(|| days().max()).map(|day| day.to_string());
    fitted.proposal.period = days().min().zip(days().max()).map(|(from, to)| (from.to_string(), to.to_string()));
    if unknown > 0 {
        let sentence = number(unknown, words.no_length_one, words.no_length);
        fitted.proposal.cautions.push(line(sentence, &[("count", &unknown)]));
    }
    if open > 0 {
        let sentence = number(open, words.not_ended_one, words.not_ended);
        fitted.proposal.findings.push(line(sentence, &[("count", &open)]));
    }
    Ok(fitted)
}

fn length(event: &Event, which: Which, last: Option<Date>) -> Result<Option<Observation>, Diagnostic> {
    let (start, end, told) = match which {
        Which::Outage => match event.outage {
            Some(Observation::Exact(hours)) if hours <= 0.0 => {
                return Err(fault(
                    Code::OutOfRange,
                    format!("{}: a standstill of {hours} hours is none", event.place),
                    &["leave the cell empty: how often there is no standstill belongs in the frequency"],
                ));
            }
            outage => return Ok(outage),
        },
        Which::Detection => (event.opened, event.detected, event.told_detection),
        Which::Containment => (event.opened, event.contained, event.told_containment),
        Which::Response => {
            let seen = if let When::At(at) = event.detected { Some(at) } else { None };
            (seen, event.contained, None)
        }
    };
    if told.is_some() {
        return Ok(told);
    }
    let Some(start) = start else { return Ok(None) };
    let end = match end {
        When::Unknown => return Ok(None),
        When::At(end) => end,
        When::NotYet => {
            let Some(last) = last else {
                return Err(fault(
                    Code::Missing,
                    format!("{}: it has not ended, and the last day of the log is not said", event.place),
                    &["add `--to 2025-12-31`: the day on which the log was closed"],
                ));
            };
            // The last day of the log is one of the place where it began.
            let until = Moment { is_day: false, offset: start.offset, ..Moment::day(last) };
            let so_far = hours_between(Moment { is_day: false, ..start }, until).map(Observation::least);
            return Ok(so_far.ok().filter(|hours| *hours > 0.0).map(Observation::Above));
        }
    };
    match hours_between(start, end) {
        Ok(Observation::Exact(0.0)) => Ok(None),
        Ok(found) => Ok(Some(found)),
        Err(Apart::Backwards) => Err(fault(
            Code::WrongOrder,
            format!("{}: it ends on {} before it begins on {}", event.place, end.at.date(), start.at.date()),
            &["exchange the two, or mend the wrong one"],
        )),
        Err(Apart::OneOffset) => Err(fault(
            Code::BadQuantity,
            format!(
                "{}: of {} and {} one says how far its clock is from UTC, the other does not",
                event.place, start.at, end.at
            ),
            &["write the offset at both, such as `2024-03-02T22:40:00+01:00`, or at neither"],
        )),
    }
}
