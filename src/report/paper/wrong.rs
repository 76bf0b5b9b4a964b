//! What would make the answer wrong?
//!
//! The smallest error in one assumption that changes the recommendation, and those at which the option that is advised
//! (where none is: asked for) is worth exactly its cost, the nearest to what is assumed first; of all of them those within
//! their 80 % ranges before the others. Where no single assumption does either, that is said, and what moves the value most.

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
    // What stands within our own ranges first.
    let mut turns_it: Vec<(bool, Text)> = Vec::new();
    let mut told: Vec<EstimateId> = Vec::new();
    // Where another option is advised than the one asked for, it is the advice that could be wrong.
    let place = analysis.recommended.or_else(|| subject_index(analysis)).filter(|_| !analysis.plans.is_empty());
    if let Some((found, place)) = analysis.sensitivity.as_ref().zip(place) {
        if let Some(tipping) = &found.tipping {
            told.push(tipping.estimate);
            let text = sensitivity::tipping(scenario, analysis, Some(tipping), Reader::Board);
            turns_it.push((tipping.is_likely == Some(true), text));
        }
        for (input, at) in turning(&found.inputs, place) {
            if turns_it.len() < NAMED && !told.contains(&input.estimate) {
                told.push(input.estimate);
                turns_it.push((reaches(input, at), turns(scenario, analysis, place, input, at)));
            }
        }
        turns_it.sort_by_key(|(is_within, _)| !is_within);
    }
    if !turns_it.is_empty() {
        return super::listed(words.wrong_if, turns_it.into_iter().map(|(_, text)| text).collect());
    }
    // Where no single assumption changes it, what moves it most is no reason why it would be wrong.
    let none = analysis.sensitivity.as_ref().map(|_| Text::plain(texts(scenario).sensitivity.no_tipping));
    let weights = analysis.weights.as_ref().filter(|weights| Some(weights.plan) == place);
    let moved = weights.into_iter().flat_map(|weights| {
        let heaviest = weights.heaviest().into_iter().take(NAMED - usize::from(none.is_some()));
        heaviest.map(move |id| moves(scenario, analysis, weights, id))
    });
    super::listed(words.moves_most, none.clone().into_iter().chain(moved).collect())
}

/// Whether the range of an input reaches there.
fn reaches(input: &Input, at: f64) -> bool {
    input.range.is_some_and(|(low, high)| (low..=high).contains(&at))
}

/// Inputs at which a plan is worth exactly its cost, the likeliest first.
fn turning(inputs: &[Input], place: OptionId) -> Vec<(&Input, f64)> {
    let mut found: Vec<(&Input, f64)> =
        inputs.iter().filter_map(|input| Some((input, (*input.break_even.get(place)?)?))).collect();
    found.sort_by(|(a, at), (b, other)| {
        let far = |input: &Input, at: f64| libm::log(at / input.mean).abs();
        let key = |input, at| (!reaches(input, at), far(input, at));
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
    let (better, worse) = if is_worth_it { (None, Some(place)) } else { (Some(place), None) };
    let is_above = sensitivity::lies_above(analysis, (input.estimate, input.mean, at), better, worse);
    let template = match (is_above, is_worth_it) {
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
