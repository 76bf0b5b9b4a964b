//! What is the option worth if the money is counted otherwise: at another discount rate, over another horizon, with
//! losses or costs that grow faster or slower?
//!
//! The money of the whole case is worked out anew with that one assumption changed; see `docs/paper.md`. Each line
//! also says which option then has the highest value.

use rust_decimal::Decimal;

use crate::engine::{Analysis, valuation};
use crate::model::{PlanId, Scenario};
use crate::units::{Figure, Rate};

use super::super::sections::subject_index;
use super::super::sentences::{best_name, name, option_name, value_digits, years};
use super::super::texts::{line, say, texts};
use super::super::{Cell, Piece, Section, Table};

/// By how many percentage points rates are changed.
const POINTS: [i64; 2] = [-4, 4];
const GROWTH_POINTS: [i64; 2] = [-2, 2];
/// More plans than these take longer than a paper may.
const MOST_PLANS: usize = 30;

/// The table, where there is an option.
pub(super) fn otherwise(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let words = &texts(scenario).otherwise;
    let subject = subject_index(analysis).filter(|_| analysis.plans.len() <= MOST_PLANS)?;
    let plans: Vec<PlanId> = analysis.plans.iter().map(|plan| plan.plan).collect();
    let digits = value_digits(scenario);
    let row = |label: String, value: Figure, best: String| {
        vec![Cell::words(label), Cell::Money(value, digits), Cell::words(best)]
    };
    let best = option_name(scenario, analysis, analysis.recommended);
    let as_assumed = analysis.plans[subject].investment.net_present_value;
    let mut rows = vec![row(words.as_assumed.to_owned(), as_assumed, best)];
    for (label, other) in variants(scenario) {
        if let Ok(found) = valuation(&other, Some(&plans), &analysis.memory) {
            rows.push(row(label, found.plans[subject].net_present_value, best_name(scenario, &found)));
        }
    }
    let plan = name(scenario, &analysis.plans[subject]);
    let columns = vec![words.counted.to_owned(), line(words.value, &[("plan", &plan)]), words.best.to_owned()];
    Some(Section {
        title: words.title.to_owned(),
        lead: Some(say(words.lead, &[("plan", Piece::Name(plan))])),
        table: Some(Table { columns, rows, emphasised: Some(0) }),
        notes: Vec::new(),
    })
}

/// The same case with one assumption changed, and how that is called.
fn variants(scenario: &Scenario) -> Vec<(String, Scenario)> {
    let words = &texts(scenario).otherwise;
    let assumptions = scenario.assumptions();
    let changed = |change: &dyn Fn(&mut Scenario)| {
        let mut other = scenario.clone();
        change(&mut other);
        other
    };
    let moved = |rate: Rate, points: i64| Rate::new(rate.get() + Decimal::new(points, 2));
    let said = |rate: Rate| {
        let number = (rate.get() * Decimal::ONE_HUNDRED).normalize();
        let percent = line(texts(scenario).said.percent, &[("number", &number)]);
        scenario.voice().set(&percent).replace('-', "−")
    };
    let mut found = Vec::new();
    for points in POINTS {
        // A rate below zero is no usual one.
        let rate = moved(assumptions.discount_rate, points).filter(|rate| !rate.get().is_sign_negative());
        found.extend(rate.map(|rate| {
            let label = line(words.discount_rate, &[("rate", &said(rate))]);
            (label, changed(&|other| other.assumptions.discount_rate = rate))
        }));
    }
    // Nothing may begin behind the end.
    let starts = scenario.plans().iter().flat_map(|plan| &plan.controls).map(|planned| planned.start);
    let last = starts.max().unwrap_or_default();
    for horizon in [assumptions.horizon.saturating_sub(1), assumptions.horizon + 2] {
        if (1..=50).contains(&horizon) && Decimal::from(horizon) > last {
            let label = line(words.horizon, &[("years", &years(scenario, horizon))]);
            found.push((label, changed(&|other| other.assumptions.horizon = horizon)));
        }
    }
    for points in GROWTH_POINTS {
        let losses = moved(assumptions.growth.losses, points);
        found.extend(losses.map(|rate| {
            let falls = rate.get().is_sign_negative();
            let template = match rate.get().is_zero() {
                true => words.level_losses,
                false if falls => words.fall_of_losses,
                false => words.growth_of_losses,
            };
            let size = if falls { Rate::new(-rate.get()).unwrap_or(rate) } else { rate };
            let label = line(template, &[("rate", &said(size))]);
            (label, changed(&|other| other.assumptions.growth.losses = rate))
        }));
    }
    found
}
