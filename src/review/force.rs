//! Since when is which control of a plan in force?
//!
//! On the day that is told; where none is told, on the day that the plan says, from the plan's first day on. From its start
//! on a control grows to its full effect within its `ramp`, as the engine counts.

use std::fmt::Display;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::actuals::Actuals;
use crate::calibrate::exposure::{day_after, years_between};
use crate::calibrate::proposal::day;
use crate::engine::period::Since;
use crate::model::{Control, ControlId, PlanId, PlannedControl, Scenario};
use crate::report::texts::{line, texts};
use crate::units::{Arithmetic, Voice};

/// When a control of the plan starts.
#[derive(Debug, Clone, Copy)]
struct Start {
    control: ControlId,
    day: Date,
    is_told: bool,
}

/// The starts of a plan's controls, in years from the first day of the period.
pub(super) fn since(scenario: &Scenario, actuals: &Actuals, plan: PlanId) -> Vec<Since> {
    let starts = starts(scenario, actuals, plan).into_iter();
    starts.map(|start| Since { control: start.control, start: years_between(actuals.from, start.day) }).collect()
}

/// What a reader must know of controls that were not in full force all the time.
pub(super) fn notes(scenario: &Scenario, actuals: &Actuals, plan: PlanId, voice: Voice) -> Vec<String> {
    let words = &texts(voice).review;
    let mut notes = Vec::new();
    let mut is_planned = false;
    for start in starts(scenario, actuals, plan) {
        let control = &scenario.controls()[start.control];
        let (began, full) = (start.day, in_full(control, start.day));
        if control.effects.is_empty() || full <= actuals.from {
            continue;
        }
        is_planned |= !start.is_told;
        let sentence = if start.is_told { words.started } else { words.planned };
        let risks: Vec<&str> = scenario
            .risks()
            .entries()
            .filter(|(risk, _)| control.effects.iter().any(|effect| effect.risk == *risk))
            .map(|(_, risk)| risk.name.as_str())
            .collect();
        let parts: [(&str, &dyn Display); 3] =
            [("risk", &risks.join(", ")), ("control", &control.name), ("day", &day(voice, began))];
        let mut note = line(sentence, &parts);
        if full > began {
            note = format!("{note} {}", line(words.grows, &[("day", &day(voice, full))]));
        }
        notes.push(note);
    }
    if is_planned {
        notes.push(line(words.plan_from, &[("day", &day(voice, actuals.plan_from))]));
    }
    notes
}

fn starts(scenario: &Scenario, actuals: &Actuals, plan: PlanId) -> Vec<Start> {
    let start = |planned: &PlannedControl| {
        let id = &scenario.controls()[planned.control].id;
        let told = actuals.spend.iter().find(|spend| spend.control == *id).and_then(|spend| spend.started);
        let day = told.unwrap_or_else(|| in_plan(actuals.plan_from, planned.start));
        Start { control: planned.control, day, is_told: told.is_some() }
    };
    scenario.plans()[plan].controls.iter().map(start).collect()
}

/// The day on which a start of the plan falls: whole months are those of the calendar.
fn in_plan(first: Date, years: Decimal) -> Date {
    let months = years * Decimal::from(12);
    let whole: Option<Span> = Some(months.round_dp(6)).filter(Decimal::is_integer).and_then(|months| {
        let months = months.to_i32()?;
        Some(months.months())
    });
    let by_months = whole.and_then(|span| first.checked_add(span).ok());
    by_months.or_else(|| day_after(first, f64::from_decimal(years))).unwrap_or(Date::MAX)
}

/// The day from which on a control has its full effect.
fn in_full(control: &Control, start: Date) -> Date {
    in_plan(start, control.ramp.years())
}
