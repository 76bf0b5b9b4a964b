//! What would make the answer wrong?
//!
//! The assumptions that change the recommendation soonest, each on its own: where another option becomes better, or the
//! advised one is no longer worth its cost. The smallest change comes first of those within their 80 % ranges, and these
//! before all others. Where no single assumption changes it, that is said, and what moves the value most.

use crate::engine::sensitivity::{Input, Tipping};
use crate::engine::{Analysis, Weights};
use crate::model::{EstimateId, Scenario};
use crate::units::Figure;

use super::super::insurance::has_those_of_today;
use super::super::sections::{Reader, average_of, subject_index, telling};
use super::super::sentences::{name, option_name};
use super::super::texts::{say, texts};
use super::super::{Cell, Digits, Piece, Section, Text, sensitivity};

/// How many assumptions the first page names.
const NAMED: usize = 3;

pub(in crate::report) fn wrong_if(scenario: &Scenario, analysis: &Analysis) -> Section {
    let words = &texts(scenario).front;
    // What stands within our own ranges first.
    let mut turns_it: Vec<(bool, Text)> = Vec::new();
    // Where another option is advised than the one asked for, it is the advice that could be wrong.
    let place = analysis.recommended.or_else(|| subject_index(analysis)).filter(|_| !analysis.plans.is_empty());
    if let Some(found) = analysis.sensitivity.as_ref().filter(|_| place.is_some()) {
        for (place, tipping) in soonest(&found.inputs).into_iter().take(NAMED).enumerate() {
            let text = if place == 0 {
                let text = sensitivity::tipping(scenario, analysis, Some(tipping), Reader::Board);
                if chooses_policies(scenario, analysis) { text.and(words.policies_as_written) } else { text }
            } else {
                turns(scenario, analysis, tipping)
            };
            turns_it.push((tipping.is_likely == Some(true), text));
        }
        turns_it.sort_by_key(|(is_within, _)| !is_within);
    }
    if !turns_it.is_empty() {
        let lines = turns_it.into_iter().map(|(_, text)| text).collect();
        return super::listed(words.wrong_if, lines);
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

/// Whether some options have a policy that others have not: it is no assumption here, and may turn the answer as well.
fn chooses_policies(scenario: &Scenario, analysis: &Analysis) -> bool {
    analysis.plans.iter().any(|plan| !has_those_of_today(scenario, plan.plan))
}

/// Where each input changes the recommendation: the smallest change first, then those within their ranges.
fn soonest(inputs: &[Input]) -> Vec<&Tipping> {
    let mut found: Vec<&Tipping> = inputs.iter().filter_map(|input| input.tipping.as_ref()).collect();
    found.sort_by(|a, b| a.nearest_first(b));
    if let Some((_, others)) = found.split_first_mut() {
        // Stable: among their like the nearer ones stay first.
        others.sort_by_key(|tipping| tipping.is_likely != Some(true));
    }
    found
}

/// Where an assumption changes the recommendation, and to what.
fn turns(scenario: &Scenario, analysis: &Analysis, tipping: &Tipping) -> Text {
    let (words, points) = (&texts(scenario).front, &texts(scenario).sensitivity);
    let estimate = scenario.estimate(tipping.estimate);
    let cell = |number: f64| telling(number, tipping.at, tipping.mean, estimate.kind);
    let mean = if estimate.is_fixed() { average_of(estimate) } else { cell(tipping.mean) };
    let at = (tipping.estimate, tipping.mean, tipping.at);
    let is_above = sensitivity::lies_above(analysis, at, tipping.option, analysis.recommended);
    let template = match (analysis.recommended, tipping.option, is_above) {
        (Some(_), None, true) => words.not_worth_above,
        (Some(_), None, false) => words.not_worth_below,
        (None, Some(_), true) => words.worth_above,
        (None, Some(_), false) => words.worth_below,
        (.., true) => points.tips_above,
        (.., false) => points.tips_below,
    };
    let option = tipping.option.or(analysis.recommended);
    let parts = [
        ("input", Piece::Name(estimate.name.clone())),
        ("option", Piece::Name(option_name(scenario, analysis, option))),
        ("at", cell(tipping.at).into()),
        ("mean", mean.into()),
    ];
    say(template, &parts).and(sensitivity::within(scenario, tipping))
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
