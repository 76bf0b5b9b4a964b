//! Is there a set of controls that is worth more than every option of the file, and what has the asked option for it?
//!
//! The search takes every control from now on; its best set stands beside the option that the paper is about.

use crate::engine::optimise::Optimisation;
use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::{ControlId, Scenario};
use crate::units::Figure;

use super::super::chart::Standing;
use super::super::insurance::has_those_of_today;
use super::super::pictures::limits_of;
use super::super::sections::subject_index;
use super::super::sentences::{cost_digits, loss_digits, name, value_digits};
use super::super::texts::{say, texts};
use super::super::year::{amount, digits};
use super::super::{Cell, Piece, Text};

/// A part of the value below which a set is not called better.
const HARDLY: f64 = 0.005;
/// How many controls of a set are named.
const NAMED: usize = 5;

/// The better set with what the asked option has for it, or that there is none; and the same in one line.
pub(super) fn better(scenario: &Scenario, analysis: &Analysis, search: &Optimisation) -> Option<(Text, Text)> {
    let words = &texts(scenario).front;
    let subject = subject_index(analysis)?;
    // The search buys under the policies of today: beside an option with others it says nothing.
    let best = analysis.recommended.map(|index| &analysis.plans[index]);
    if best.is_some_and(|best| !has_those_of_today(scenario, best.plan)) {
        return None;
    }
    let set = search.point(&search.chosen);
    let reached = best.map_or(Figure::ZERO, |plan| plan.investment.net_present_value);
    let more = set.net_present_value - reached;
    let size = set.net_present_value.to_f64().abs().max(reached.to_f64().abs());
    if search.chosen.controls.is_empty() || more.to_f64() <= HARDLY * size {
        let none = Text::plain(match (search.chosen.proved, best) {
            (true, Some(_)) => words.no_better_set,
            (true, None) => words.no_set_worth_it,
            (false, _) => words.no_better_found,
        });
        return Some((none.clone(), none));
    }
    // The same controls from now on are no other set.
    let same = best.is_some_and(|best| {
        let planned = || scenario.plans()[best.plan].controls.iter().map(|planned| planned.control);
        planned().count() == search.chosen.controls.len() && planned().all(|it| search.chosen.controls.contains(&it))
    });
    let names = listed(scenario, &search.chosen.controls);
    let cash = Cell::Money(search.chosen.cash, cost_digits(scenario));
    let value = value_digits(scenario);
    let worth = Cell::Money(set.net_present_value, value);
    let parts = [("cash", cash.into()), ("value", worth.into())];
    let mut text = match same {
        true => say(words.better_now, &parts),
        false => say(words.better_set, &parts).joined(names).and(". "),
    };
    let plan = &analysis.plans[subject];
    let asked = Piece::Name(name(scenario, plan));
    let for_it = advantages(scenario, analysis, subject, search);
    text = match for_it {
        Some(advantages) => text.joined(say(words.has_for_it, &[("plan", asked)])).joined(advantages),
        None => text.joined(say(words.has_nothing, &[("plan", asked)])),
    };
    Some((text, say(if same { words.better_now_in_short } else { words.better_in_short }, &parts)))
}

/// Whether no option of the file is worth its cost and another set of its controls is.
pub(super) fn only_another_pays(analysis: &Analysis, search: &Optimisation) -> bool {
    analysis.recommended.is_none()
        && subject_index(analysis).is_some()
        && !search.chosen.controls.is_empty()
        && search.point(&search.chosen).net_present_value.is_positive()
}

/// What the option has that the set has not: limits kept, a better bad year, a lower average loss, less cash; at most
/// two.
fn advantages(scenario: &Scenario, analysis: &Analysis, subject: OptionId, search: &Optimisation) -> Option<Text> {
    let words = &texts(scenario).front;
    let set: &PlanAnalysis = search.analysis.plans.first()?;
    let mut found: Vec<Text> = Vec::new();
    let limits = limits_of(scenario, analysis).into_iter().zip(limits_of(&search.scenario, &search.analysis));
    for (own, other) in limits {
        if own.standing(subject.row()) == Some(Standing::Within) && other.standing(1) == Some(Standing::Over) {
            found.push(say(words.keeps_limit, &[("limit", Piece::Name(own.name.clone()))]));
        }
    }
    let bad = |analysis: &Analysis, index: OptionId| analysis.year.as_ref()?.plans.get(index)?.total.quantiles[BAD];
    if let (Some(own), Some(other)) = (bad(analysis, subject), bad(&search.analysis, OptionId(0)))
        && own < 0.98 * other
    {
        let digits = digits(analysis);
        let parts = [("bad", amount(Some(own), digits).into()), ("other", amount(Some(other), digits).into())];
        found.push(say(words.better_bad_year, &parts));
    }
    let (own, other) = (analysis.plans[subject].loss, set.loss);
    if own.to_f64() < 0.99 * other.to_f64() {
        let digits = loss_digits(scenario);
        let parts = [("loss", Cell::Money(own, digits).into()), ("other", Cell::Money(other, digits).into())];
        found.push(say(words.lower_average, &parts));
    }
    let less = set.investment.total_cash() - analysis.plans[subject].investment.total_cash();
    if less.is_positive() {
        found.push(say(words.less_cash, &[("less", Cell::Money(less, cost_digits(scenario)).into())]));
    }
    let mut found = found.into_iter().take(2);
    let first = found.next()?;
    Some(match found.next() {
        Some(second) => first.and(words.and_also).joined(second).and("."),
        None => first.and("."),
    })
}

/// The names of controls, the last ones counted where there are many.
fn listed(scenario: &Scenario, controls: &[ControlId]) -> Text {
    let words = &texts(scenario).front;
    let mut text = Text::default();
    let shown = if controls.len() > NAMED { NAMED - 1 } else { controls.len() };
    for (place, control) in controls.iter().take(shown).enumerate() {
        let is_last = place + 1 == controls.len();
        text = text.and(if place == 0 {
            ""
        } else if is_last {
            words.and
        } else {
            ", "
        });
        text = text.name(scenario.controls()[*control].name.clone());
    }
    match controls.len() - shown {
        0 => text,
        more => text.joined(say(words.and_more, &[("count", Cell::Count(more as u64).into())])),
    }
}
