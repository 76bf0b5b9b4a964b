//! What would make the answer wrong?
//!
//! First the smallest error in one assumption that changes the recommendation; then those at which the option that is
//! advised (where none is: asked for) is worth exactly its cost, the likeliest first: within its 80 % range before outside, then the nearest
//! to what is assumed. What no single assumption can do is said; the rest of the three are those that move the value most.

use crate::engine::sensitivity::Input;
use crate::engine::{Analysis, OptionId, Weights};
use crate::model::{EstimateId, Scenario};
use crate::units::Figure;

use super::super::sections::{Reader, subject_index, telling};
use super::super::sentences::name;
use super::super::texts::{say, texts};
use super::super::{Cell, Digits, Piece, Section, Text, sensitivity};

/// How many assumptions the first page names.
const NAMED: usize = 3;

pub(in crate::report) fn wrong_if(scenario: &Scenario, analysis: &Analysis) -> Section {
    let words = &texts(scenario).front;
    let mut notes = Vec::new();
    let mut told: Vec<EstimateId> = Vec::new();
    // Where another option is advised than the one asked for, it is the advice that could be wrong.
    let place = analysis.recommended.or_else(|| subject_index(analysis)).filter(|_| !analysis.plans.is_empty());
    if let Some((found, place)) = analysis.sensitivity.as_ref().zip(place) {
        if let Some(tipping) = &found.tipping {
            told.push(tipping.estimate);
            notes.push(sensitivity::tipping(scenario, analysis, Some(tipping), Reader::Board));
        }
        for (input, at) in turning(&found.inputs, place) {
            if notes.len() < NAMED && !told.contains(&input.estimate) {
                told.push(input.estimate);
                notes.push(turns(scenario, analysis, place, input, at));
            }
        }
        if notes.is_empty() {
            notes.push(Text::plain(texts(scenario).sensitivity.no_tipping));
        }
    }
    if let Some(weights) = analysis.weights.as_ref().filter(|weights| Some(weights.plan) == place) {
        let others = weights.heaviest().into_iter().filter(|id| !told.contains(id));
        notes.extend(
            others.take(NAMED.saturating_sub(notes.len())).map(|index| moves(scenario, analysis, weights, index)),
        );
    }
    Section { title: words.wrong_if.to_owned(), lead: None, table: None, notes }
}

/// Inputs at which a plan is worth exactly its cost, the likeliest first.
fn turning(inputs: &[Input], place: OptionId) -> Vec<(&Input, f64)> {
    let reached = |input: &Input, at: f64| input.range.is_some_and(|(low, high)| (low..=high).contains(&at));
    let mut found: Vec<(&Input, f64)> =
        inputs.iter().filter_map(|input| Some((input, (*input.break_even.get(place)?)?))).collect();
    found.sort_by(|(a, at), (b, other)| {
        let far = |input: &Input, at: f64| libm::log(at / input.mean).abs();
        let key = |input, at| (!reached(input, at), far(input, at));
        let ((is_out, near), (is_other_out, other_near)) = (key(a, *at), key(b, *other));
        is_out.cmp(&is_other_out).then(near.total_cmp(&other_near)).then(a.estimate.cmp(&b.estimate))
    });
    found
}

/// Where an input makes the option worth exactly its cost.
fn turns(scenario: &Scenario, analysis: &Analysis, place: OptionId, input: &Input, at: f64) -> Text {
    let words = &texts(scenario).front;
    let plan = &analysis.plans[place];
    let estimate = scenario.estimate(input.estimate);
    let cell = |number: f64| telling(number, at, input.mean, estimate.kind);
    let is_worth_it = plan.investment.net_present_value.is_positive();
    let template = match (at > input.mean, is_worth_it) {
        (true, true) => words.not_worth_above,
        (false, true) => words.not_worth_below,
        (true, false) => words.worth_above,
        (false, false) => words.worth_below,
    };
    let parts = [
        ("assumption", Piece::Name(estimate.name.clone())),
        ("plan", Piece::Name(name(scenario, plan))),
        ("at", cell(at).into()),
        ("mean", cell(input.mean).into()),
    ];
    let sensitivity = &texts(scenario).sensitivity;
    say(template, &parts).and(match input.range {
        Some((low, high)) if (low..=high).contains(&at) => sensitivity.likely,
        Some(_) => sensitivity.unlikely,
        None if estimate.is_fixed() => sensitivity.no_range,
        None => sensitivity.range_of_events,
    })
}

/// By how much an assumption moves the value, in the direction that speaks against the answer.
fn moves(scenario: &Scenario, analysis: &Analysis, weights: &Weights, id: EstimateId) -> Text {
    let words = &texts(scenario).front;
    let plan = &analysis.plans[weights.plan];
    let is_worth_it = plan.investment.net_present_value.is_positive();
    let estimate = scenario.estimate(id);
    let change = weights.changes[id];
    let parts = [
        ("assumption", Piece::Name(estimate.name.clone())),
        ("estimate", Cell::Estimate(estimate.shape.clone(), estimate.kind).into()),
        ("change", Cell::Money(Figure::approximate(change.abs()), Digits::Significant(2)).into()),
        ("plan", Piece::Name(name(scenario, plan))),
    ];
    // Where the option is not worth its cost, it is what would make it so that would make that wrong.
    let is_lower = (change > 0.0) == is_worth_it;
    say(
        match (is_lower, is_worth_it) {
            (true, true) => words.lower,
            (false, true) => words.higher,
            (true, false) => words.better_lower,
            (false, false) => words.better_higher,
        },
        &parts,
    )
}
