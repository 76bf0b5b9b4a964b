//! What no single key can tell: does the whole make sense?
//!
//! [`faults`] looks for circles, effects on factors that a risk does not have and plans that cannot
//! be bought; it runs on files with faults too and leaves out what they made unsure. [`advice()`]
//! looks for what is written but changes nothing or surprises; it waits until nothing is at fault.

mod advice;
mod chance;
mod circle;
mod factor;
mod fault;
mod policy;

pub(super) use factor::{growth_of_rates, yearly_events};

use super::place::place_of;
use super::read::Unsure;
use super::syntax::Node;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Change, Control, Effect, Scenario};

/// Every fault of the scenario as a whole.
pub(super) fn faults(scenario: &Scenario, unsure: &Unsure, root: &Node) -> Vec<Diagnostic> {
    let mut check = Check { scenario, unsure, root, found: Vec::new() };
    check.circles();
    check.effects();
    check.plans();
    check.outages();
    check.at_most_once();
    check.doubts();
    check.found
}

/// Advice about a scenario that has no fault.
pub(super) fn advice(scenario: &Scenario, unsure: &Unsure, root: &Node) -> Vec<Diagnostic> {
    let mut check = Check { scenario, unsure, root, found: Vec::new() };
    check.surprising();
    check.appetite();
    check.policies();
    check.lives();
    check.unused();
    check.sources();
    check.obligations();
    check.found
}

struct Check<'s> {
    scenario: &'s Scenario,
    unsure: &'s Unsure,
    root: &'s Node,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn report(&mut self, diagnostic: Diagnostic, path: &str, label: &str) {
        let placed = match self.place(path) {
            Some(span) => diagnostic.at(span, label),
            None => diagnostic,
        };
        self.found.push(placed.path(path));
    }

    fn place(&self, path: &str) -> Option<Span> {
        place_of(self.root, path)
    }

    /// The key path of an effect.
    fn effect_path(&self, effect: &Effect) -> String {
        // Its estimate stands in it; the effects of a list are not numbered in the model, because
        // one that cannot be read is left out there.
        let (Change::Reduction(id) | Change::Becomes(id)) = effect.change;
        let path = &self.scenario.estimate(id).path;
        path.rsplit_once('.').map_or(path.as_str(), |(table, _)| table).to_owned()
    }

    /// Whether a control was read without a fault beyond single values.
    fn is_sure_of_control(&self, control: &Control) -> bool {
        !self.unsure.has(&format!("control.{}", control.id))
    }
}
