//! The distribution of a year's loss by simulated years.
//!
//! For what transforms cannot hold: annual limits of insurers, paths over several years, and all
//! other scenarios too, so that each method checks the other. Every year is a world of its own
//! (`symbol`) and the events of that world (`block`), the same under today and every plan. Random
//! numbers are named by the seed, what they are for and their block of years, so the figures are
//! the same on any number of threads, and a risk's are the same whatever stands beside it.
//! See `docs/model/simulation.md`.

mod annual;
mod arrivals;
mod block;
mod case;
mod group;
mod layout;
mod outline;
mod paths;
mod policy;
mod share;
pub(crate) mod symbol;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU64, Ordering};

use super::year::{Method, Note, OptionYear, Year};
use crate::model::PlanId;
use annual::{annual, bad_year};
pub use annual::{bound_together, group_losses, years_given};
pub use case::Case;
pub use paths::{Paths, paths};

/// Variants of a group that are simulated at once: one bit each.
const MOST_VARIANTS: usize = 64;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Events of an average year today.
    pub events: f64,
    /// The plans.
    pub plans: &'a [PlanId],
    /// Amounts whose chance of being exceeded is asked for, in currency units.
    pub amounts: &'a [f64],
    /// How many years.
    pub years: Years,
    /// Who is told how far it is.
    pub watch: Watch<'a>,
}

/// How far a simulation is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// The years that are being simulated.
    pub years: u64,
    /// The part of the work on them that is done, 0 to 1.
    pub part: f64,
}

/// Who is told how far a simulation is, now and then, from any thread.
pub type Watch<'a> = &'a (dyn Fn(Progress) + Sync);

/// Steps of a simulation, told to whoever watches.
struct Steps<'a> {
    watch: Watch<'a>,
    years: u64,
    all: u64,
    done: AtomicU64,
}

impl<'a> Steps<'a> {
    fn new(watch: Watch<'a>, years: usize, all: usize) -> Self {
        Self { watch, years: years as u64, all: all.max(1) as u64, done: AtomicU64::new(0) }
    }

    /// Some steps were done.
    fn done(&self, steps: usize) {
        let before = self.done.fetch_add(steps as u64, Ordering::Relaxed);
        let percent = |steps: u64| 100 * steps / self.all;
        let now = before + steps as u64;
        if percent(before) != percent(now) {
            (self.watch)(Progress { years: self.years, part: now as f64 / self.all as f64 });
        }
    }
}

/// How many years are simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Years {
    /// So many.
    Exactly(u64),
    /// Until today's loss of a bad year (1 in 20) has at most this relative standard error.
    Until {
        /// The relative standard error.
        precision: f64,
        /// But no more than so many.
        most: u64,
    },
}

/// The fewest years that say anything.
const FEWEST: u64 = 100;
/// Years that are tried first where a precision is asked for.
const FIRST: u64 = 1 << 15;
/// Events that are simulated at most, over all years: of a number of years that was asked for, of
/// years for a precision, and of paths.
const MOST_EVENTS: f64 = 4e9;
const MOST_EVENTS_ADDED: f64 = 3e7;
const MOST_EVENTS_OF_PATHS: f64 = 2e7;

/// The simulated year today and under each plan.
pub fn year(case: &Case<'_, '_>, request: &Request<'_>) -> Year {
    let mut notes = Vec::new();
    let mut today: Option<OptionYear> = None;
    let mut plans = Vec::with_capacity(request.plans.len());
    // As many plans at once as there are bits; today goes along with each lot.
    let mut lots: Vec<&[PlanId]> = request.plans.chunks(MOST_VARIANTS - 1).collect();
    if lots.is_empty() {
        lots.push(&[]);
    }
    let of_lot = |lot: &[PlanId], years: usize| -> Vec<OptionYear> {
        let options: Vec<Option<PlanId>> = std::iter::once(None).chain(lot.iter().copied().map(Some)).collect();
        annual(case, &options, years, request.amounts, request.watch)
    };
    // Mostly the first years are enough: then they are not simulated twice, for their error and for all else.
    let mut first_lot: Option<(usize, Vec<OptionYear>)> = None;
    let (years, reached) = years(case, request, &mut notes, &mut |years| match lots.as_slice() {
        [only] => {
            let found = of_lot(only, years);
            let error = found.first().and_then(|today| relative_error(&today.total));
            first_lot = Some((years, found));
            error
        }
        _ => error_of_today(case, years, request.watch),
    });
    // Where more were needed they are another set of years.
    let mut first_lot = first_lot.filter(|(first, _)| *first == years).map(|(_, found)| found);
    let mut heavy = false;
    for lot in lots {
        let found = first_lot.take().unwrap_or_else(|| of_lot(lot, years));
        let mut found = found.into_iter();
        let first = found.next();
        heavy |= first.as_ref().is_some_and(|year| year.total.standard_deviation.is_infinite());
        today = today.or(first);
        plans.extend(found);
    }
    if heavy {
        notes.push(Note::Grid(crate::stats::lattice::Note::NoVariance));
    }
    if !reached {
        notes.push(Note::NotPrecise);
    }
    Year {
        method: Method::Simulated,
        years: Some(years as u64),
        amounts: request.amounts.to_vec(),
        // The first lot always has today.
        today: today.unwrap_or_else(|| annual::nothing(case.model.scenario().risks(), request.amounts.len())),
        plans: plans.into(),
        averaging_error: None,
        notes,
        checks: Vec::new(),
    }
}

/// How many paths over a horizon, if their years shall be about `years`; nothing where events are so
/// many that not even a few can be followed.
pub fn affordable_paths(events: f64, horizon: usize, years: u64) -> Option<usize> {
    let each = horizon.max(1) as f64;
    // An error is told by blocks, so there are some of them.
    let wanted = (years as f64 / each).max(FEWEST as f64);
    let most = MOST_EVENTS_OF_PATHS / (events * each).max(f64::MIN_POSITIVE);
    (most >= FEWEST as f64).then_some(wanted.min(most) as usize)
}

/// The standard error of the loss of a bad year, as a part of it.
fn relative_error(loss: &super::year::YearLoss) -> Option<f64> {
    let error = loss.errors.as_ref()?.quantiles[super::year::BAD]?;
    let bad = loss.quantiles[super::year::BAD]?;
    Some(if bad > 0.0 { error / bad } else { 0.0 })
}

/// The same of today's, simulated for nothing else.
fn error_of_today(case: &Case<'_, '_>, years: usize, watch: Watch<'_>) -> Option<f64> {
    bad_year(case, years, watch).map(|bad| if bad.value > 0.0 { bad.error / bad.value } else { 0.0 })
}

/// How many years, and whether that is enough.
///
/// `first` simulates the first years and tells the relative standard error of today's bad year.
fn years(
    case: &Case<'_, '_>,
    request: &Request<'_>,
    notes: &mut Vec<Note>,
    first: &mut dyn FnMut(usize) -> Option<f64>,
) -> (usize, bool) {
    let events = request.events;
    let most = if matches!(request.years, Years::Exactly(_)) { MOST_EVENTS } else { MOST_EVENTS_ADDED };
    let affordable = if events > 0.0 { (most / events) as u64 } else { u64::MAX };
    let bounded = |years: u64, notes: &mut Vec<Note>| {
        let years = years.max(FEWEST);
        if years > affordable {
            notes.push(Note::TooManyEvents);
            return affordable.max(FEWEST);
        }
        years
    };
    let (precision, most) = match request.years {
        Years::Exactly(years) => return (bounded(years, notes) as usize, true),
        Years::Until { precision, most } => (precision, bounded(most, notes)),
    };
    let mut years = FIRST.min(most);
    let mut error = first(years as usize);
    loop {
        let reached = error.is_some_and(|error| error <= precision);
        if reached || years >= most {
            return (years as usize, reached);
        }
        // Errors fall with the root of the years; a tenth more, so that one more try is enough.
        let factor = error.map_or(4.0, |error| 1.1 * (error / precision) * (error / precision)).clamp(1.5, 64.0);
        years = ((years as f64 * factor) as u64).min(most);
        error = error_of_today(case, years as usize, request.watch);
    }
}
