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

use rust_decimal::Decimal;

use super::place::place_of;
use super::syntax::Node;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Change, Control, Effect, Estimate, EstimateId, Factor, PlannedControl, Record, Role, Scenario, Shape,
};
use crate::stats::Distribution;
use crate::units::{Arithmetic, Figure, Kind, Period};

/// Adds what each dropped control's end does, once for each control, and lets the plans buy it; answers
/// with what cannot be undone.
pub(super) fn end_what_is_dropped(scenario: &mut Scenario, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut dropped: Vec<usize> = scenario.plans.iter().flat_map(|plan| plan.drops.iter().copied()).collect();
    dropped.sort_unstable();
    dropped.dedup();
    for control in dropped {
        let index = scenario.controls.len();
        let ending = ending(scenario, control, root, &mut found);
        scenario.controls.push(ending);
        for plan in scenario.plans.iter_mut().filter(|plan| plan.drops.contains(&control)) {
            plan.controls.push(PlannedControl { control: index, start: Decimal::ZERO });
        }
    }
    found
}

/// The end of a control, as a control.
fn ending(scenario: &mut Scenario, index: usize, root: &Node, found: &mut Vec<Diagnostic>) -> Control {
    let control = scenario.controls[index].clone();
    let mean = |id: EstimateId| scenario.estimate(id).mean();
    let acts = [control.coverage, control.reliability].into_iter().flatten().map(mean).fold(Figure::ONE, |a, b| a * b);
    let mut effects = Vec::new();
    let mut estimates = Vec::new();
    for effect in &control.effects {
        let Change::Reduction(id) = effect.change else {
            found.push(not_counted(scenario, &control, effect, Why::NotTold, root));
            continue;
        };
        let reduction = scenario.estimate(id);
        let left = Figure::ONE - acts * mean(id);
        let more = Figure::ONE.ratio(left).filter(|_| left.is_positive()).and_then(Figure::decimal);
        let Some(more) = more.filter(|more| fits(scenario, effect, *more)) else {
            found.push(not_counted(scenario, &control, effect, Why::TooMuch, root));
            continue;
        };
        let value = Decimal::ONE - more;
        effects.push((effect.risk, effect.factor, estimates.len()));
        estimates.push(Estimate {
            path: format!("{}.ended", reduction.path),
            name: format!("What ending \"{}\" takes off {}", control.name, effect.factor.words()),
            kind: Kind::Chance,
            role: Role::Knowledge,
            shape: Shape::Fixed(value),
            distribution: Distribution::worked_out(f64::from_decimal(value)),
            doubt: None,
            record: Record {
                source: Some("worked out: 1 − 1 / (1 − coverage × reliability × reduction), at their averages".into()),
                ..Record::default()
            },
            worked_out: true,
            span: reduction.span,
        });
    }
    let first = scenario.estimates.len();
    scenario.estimates.extend(estimates);
    let effects = effects.into_iter().map(|(risk, factor, place)| Effect {
        risk,
        factor,
        change: Change::Reduction(EstimateId(first + place)),
    });
    Control {
        id: format!("without-{}", control.id),
        name: format!("End of {}", control.name),
        mitigates: Vec::new(),
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
    use crate::model::{EventRate, ThreatEvents, Vulnerability};
    let risk = &scenario.risks[effect.risk];
    let below_one = |id: EstimateId| (scenario.estimate(id).mean() * Figure::exact(more)).to_f64() <= 1.0;
    match (effect.factor, &risk.rate) {
        (Factor::Vulnerability, EventRate::Threat { vulnerability: Vulnerability::Chance(id), .. }) => below_one(*id),
        (Factor::Action, EventRate::Threat { events: ThreatEvents::Contacts { action, .. }, .. }) => below_one(*action),
        (Factor::SecondaryChance, _) => risk.secondary.iter().all(|secondary| below_one(secondary.chance)),
        _ => true,
    }
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
    let path = &scenario.estimate(id).path;
    let diagnostic = Diagnostic::new(Code::NotCounted, message).help(cure).path(path);
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
