//! What is each assumption called, so that no two are called alike?
//!
//! An assumption is named after what it belongs to and its key. A control with several effects has several
//! reductions: each says of which factor and for which risk, as far as these differ. What is still alike is numbered.

use std::collections::HashMap;

use crate::model::names::{of_chain, of_effect};
use crate::model::{ByEstimate, ByRisk, Change, Control, Effect, Estimate, Factor, Risk};
use crate::units::Language;

/// Names every assumption so that it is known from its name alone.
pub(super) fn tell_apart(
    language: Language,
    controls: &[Control],
    risks: &ByRisk<Risk>,
    estimates: &mut ByEstimate<Estimate>,
) {
    for control in controls {
        let Some(first) = control.effects.first() else { continue };
        let several_factors = control.effects.iter().any(|effect| effect.factor != first.factor);
        let several_risks = control.effects.iter().any(|effect| effect.risk != first.risk);
        // A new time to containment is named as such, not as the chance of the next stage that follows from it.
        let follows = |of: &Effect| {
            let is_time = |other: &Effect| other.factor == Factor::Dwell && other.change == of.change;
            of.factor == Factor::NextStage && control.effects.iter().any(is_time)
        };
        for effect in control.effects.iter().filter(|effect| !follows(effect)) {
            let risk = risks.get(effect.risk).filter(|_| several_risks).map(|risk| risk.name.as_str());
            let factor = effect.factor.words(language);
            let (id, what) = match effect.change {
                Change::Reduction(id) if several_factors => (id, of_effect(language, Some(&factor), false)),
                Change::Reduction(id) => (id, of_effect(language, None, false)),
                Change::Becomes(id) => (id, of_effect(language, Some(&factor), true)),
            };
            let Some(estimate) = estimates.get_mut(id) else { continue };
            estimate.name = match risk {
                Some(risk) => format!("{}: {what}, {risk}", control.name),
                None => format!("{}: {what}", control.name),
            };
        }
    }
    for risk in risks.iter() {
        for chain in &risk.leads_to {
            let Some(other) = risks.get(chain.risk) else { continue };
            if let Some(estimate) = estimates.get_mut(chain.chance) {
                estimate.name = of_chain(language, &risk.name, &other.name);
            }
        }
    }
    let mut alike: HashMap<String, usize> = HashMap::new();
    for estimate in estimates.iter() {
        *alike.entry(estimate.name.clone()).or_default() += 1;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for estimate in estimates.iter_mut().filter(|estimate| alike.get(&estimate.name).is_some_and(|count| *count > 1)) {
        let place = seen.entry(estimate.name.clone()).or_default();
        *place += 1;
        estimate.name = format!("{} ({place})", estimate.name);
    }
}
