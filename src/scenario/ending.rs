//! What does a plan bring back that ends a control in place?
//!
//! Today's figures have the control in them: it lets the part 1 − w · r of a factor through, with
//! w = coverage × reliability and r its reduction. Without it the factor is today's divided by that
//! part, and what the control costs a year is saved. So to end it is like buying something with the
//! reduction
//!
//! ```text
//! 1 − 1 / (1 − w · r)        (below zero)
//! ```
//!
//! and with its costs as savings. The averages of w and r are taken, whose ranges stay with the
//! control. See `docs/model/controls.md`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::check::{growth_of_rates, yearly_events};
use super::place::place_of;
use super::syntax::Node;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::of_ending;
use crate::model::{
    Change, Control, ControlId, Count, Effect, Estimate, EstimateId, EventRate, Factor, PlannedControl, Record, RiskId,
    Role, Scenario, Shape, ThreatEvents, Vulnerability, grows_without,
};
use crate::stats::Distribution;
use crate::units::{Arithmetic, Figure, Kind, Language, Period};

/// Adds what each dropped control's end does, once for each control, and lets the plans buy it; answers
/// with what cannot be undone.
pub(super) fn end_what_is_dropped(scenario: &mut Scenario, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut dropped: Vec<ControlId> = scenario.plans.iter().flat_map(|plan| plan.drops.iter().copied()).collect();
    dropped.sort_unstable();
    dropped.dedup();
    for control in dropped {
        let ending = ending(scenario, control, root, &mut found);
        let index = scenario.controls.push(ending);
        for plan in scenario.plans.iter_mut().filter(|plan| plan.drops.contains(&control)) {
            plan.controls.push(PlannedControl { control: index, start: Decimal::ZERO });
        }
    }
    found.extend(above_one_together(scenario, root));
    found
}

/// The end of a control, as a control.
fn ending(scenario: &mut Scenario, index: ControlId, root: &Node, found: &mut Vec<Diagnostic>) -> Control {
    let control = scenario.controls[index].clone();
    let mean = |id: EstimateId| scenario.estimate(id).mean();
    let acts = [control.coverage, control.reliability].into_iter().flatten().map(mean).fold(Figure::ONE, |a, b| a * b);
    let language = scenario.voice.language;
    let mut effects = Vec::new();
    let mut estimates = Vec::new();
    for effect in &control.effects {
        let Change::Reduction(id) = effect.change else {
            found.push(not_counted(scenario, &control, effect, Why::NotTold, root));
            continue;
        };
        let reduction = scenario.estimate(id);
        let more = grows_without(acts, mean(id)).and_then(Figure::decimal);
        let Some(more) = more.filter(|more| fits(scenario, effect, *more)) else {
            found.push(not_counted(scenario, &control, effect, Why::TooMuch, root));
            continue;
        };
        let value = Decimal::ONE - more;
        effects.push((effect.risk, effect.factor));
        estimates.push(Estimate {
            path: format!("{}.ended", reduction.path),
            name: of_ending(language, &control.name, Some(&effect.factor.words(language))),
            kind: Kind::Chance,
            role: Role::Knowledge,
            shape: Shape::Fixed(value),
            distribution: Distribution::worked_out(f64::from_decimal(value)),
            doubt: None,
            fitted_to: None,
            record: Record {
                source: Some("worked out: 1 − 1 / (1 − coverage × reliability × reduction), at their averages".into()),
                ..Record::default()
            },
            worked_out: true,
            span: reduction.span,
        });
    }
    let reductions = estimates.into_iter().map(|estimate| Change::Reduction(scenario.estimates.push(estimate)));
    let effects = effects.into_iter().zip(reductions).map(|((risk, factor), change)| Effect { risk, factor, change });
    Control {
        id: format!("without-{}", control.id),
        name: of_ending(language, &control.name, None),
        mitigates: Vec::new(),
        owner: None,
        milestones: Vec::new(),
        coverage: None,
        reliability: None,
        ramp: Period::default(),
        lifetime: None,
        salvage: None,
        requires: Vec::new(),
        excludes: Vec::new(),
        one_of: None,
        fails_with: None,
        in_place: false,
        ends: Some(index),
        effects: effects.collect(),
        cost: control.cost,
        saves: control.saves,
    }
}

/// Whether a chance that is multiplied by this stays one.
fn fits(scenario: &Scenario, effect: &Effect, more: Decimal) -> bool {
    highest_chance(scenario, effect.risk, effect.factor).is_none_or(|chance| chance * f64::from_decimal(more) <= 1.0)
}

/// The highest of the chances that an effect on a factor of a risk multiplies; none where it multiplies a rate or
/// an amount.
fn highest_chance(scenario: &Scenario, risk: RiskId, factor: Factor) -> Option<f64> {
    let risk = &scenario.risks[risk];
    let mean = |id: EstimateId| scenario.estimate(id).mean().to_f64();
    let part = match (factor, &risk.rate) {
        (Factor::Vulnerability, EventRate::Threat { vulnerability: Vulnerability::Chance(id), .. }) => Some(mean(*id)),
        (Factor::Action, EventRate::Threat { events: ThreatEvents::Contacts { action, .. }, .. }) => {
            Some(mean(*action))
        }
        (Factor::SecondaryChance, _) => {
            let chances = risk.secondary.iter().map(|secondary| secondary.chance.iter().map(|id| mean(*id)).product());
            chances.reduce(f64::max)
        }
        _ => None,
    };
    let whole = (risk.count == Count::AtMostOne && factor.is_rate())
        .then(|| yearly_events(scenario, risk) * growth_of_rates(scenario));
    part.into_iter().chain(whole).reduce(f64::max)
}

/// Faults of plans whose endings together take a chance above 1.
fn above_one_together(scenario: &Scenario, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for plan in &scenario.plans {
        let mut factors: BTreeMap<(RiskId, Factor), f64> = BTreeMap::new();
        let ended = plan.controls.iter().map(|planned| &scenario.controls[planned.control]);
        for effect in ended.filter(|control| control.ends.is_some()).flat_map(|control| &control.effects) {
            let Change::Reduction(id) = effect.change else { continue };
            let rate = scenario.risks[effect.risk].count == Count::AtMostOne && effect.factor.is_rate();
            let factor = if rate { Factor::Frequency } else { effect.factor };
            *factors.entry((effect.risk, factor)).or_insert(1.0) *= 1.0 - scenario.estimate(id).mean().to_f64();
        }
        for ((risk, factor), more) in factors {
            let Some(chance) = highest_chance(scenario, risk, factor).filter(|chance| chance * more > 1.0) else {
                continue;
            };
            let path = format!("plan.{}.drops", plan.id);
            let message = format!(
                "without what the plan \"{}\" drops, `{}` of \"{}\" would be {:.0}%",
                plan.id,
                factor.key(),
                scenario.risks[risk].id,
                100.0 * chance * more
            );
            let diagnostic = Diagnostic::new(Code::ChanceAboveOne, message)
                .help("drop fewer of them, or lower their reductions: today's figure has all of them in it")
                .path(&path);
            found.push(match place_of(root, &path) {
                Some(span) => diagnostic.at(span, "above 100% together"),
                None => diagnostic,
            });
        }
    }
    found
}

/// Advice that an effect of a control in place cannot be undone.
fn not_counted(scenario: &Scenario, control: &Control, effect: &Effect, why: Why, root: &Node) -> Diagnostic {
    let (Change::Reduction(id) | Change::Becomes(id)) = effect.change;
    let (reason, label, cure) = match why {
        Why::NotTold => (
            "`becomes` tells only what it is with it",
            "cannot be undone",
            "state a control in place that a plan drops by its `reduction`: today's figures have it in them",
        ),
        Why::TooMuch => (
            "its reduction takes off all of it, or so much that today's figure cannot be what is left",
            "too much to undo",
            "lower the reduction, or state today's figure with the control in place",
        ),
    };
    let message = format!(
        "read but not counted: what `{}` of \"{}\" is without \"{}\"; {reason}",
        effect.factor.key(),
        scenario.risks[effect.risk].id,
        control.id
    );
    let german = format!(
        "gelesen, aber nicht gerechnet: {} ({}) ohne \"{}\"; {}",
        effect.factor.words(Language::German),
        scenario.risks[effect.risk].name,
        control.name,
        match why {
            Why::NotTold => "die Datei sagt nur, was mit der Maßnahme gilt",
            Why::TooMuch =>
                "die Minderung nimmt alles weg, oder so viel, dass der heutige Wert nicht übrig bleiben kann",
        }
    );
    let path = &scenario.estimate(id).path;
    let diagnostic = Diagnostic::new(Code::NotCounted, message).german(german).help(cure).path(path);
    match place_of(root, path) {
        Some(span) => diagnostic.at(span, label),
        None => diagnostic,
    }
}

/// Why an effect cannot be undone.
#[derive(Debug, Clone, Copy)]
enum Why {
    /// The file does not say what was before.
    NotTold,
    /// What was before would be more than it can be.
    TooMuch,
}
