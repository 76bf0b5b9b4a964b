//! The policies of a scenario, by the amounts of every risk that they cover.

use crate::engine::policy::PolicyTerms;
use crate::model::{ByPolicy, ByRisk, Form, RiskId, Scenario};

/// One policy.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What it pays.
    pub of: PolicyTerms,
    /// By amount: its form, where it is covered.
    forms: ByRisk<Vec<Option<Form>>>,
}

impl Terms {
    /// The terms of every policy.
    pub fn all(scenario: &Scenario) -> ByPolicy<Self> {
        let policies = scenario.insurance().iter();
        policies
            .map(|policy| {
                let of = PolicyTerms::of(policy);
                let forms = scenario.risks().entries().map(|(risk, item)| {
                    let covered = |form: &Form| policy.covers_risk(risk) && of.covers(*form);
                    item.parts().into_iter().map(|part| Some(part.form()).filter(covered)).collect()
                });
                Self { forms: forms.collect(), of }
            })
            .collect()
    }

    /// Whether an amount of a risk is covered.
    pub fn covers(&self, risk: RiskId, part: usize) -> bool {
        self.forms[risk][part].is_some()
    }

    /// The form of an amount that is covered, and how much of it counts.
    pub fn sublimit(&self, risk: RiskId, part: usize) -> Option<(Form, f64)> {
        self.forms[risk][part].map(|form| (form, self.of.counts[form as usize]))
    }

    /// Whether any amount of a risk is covered.
    pub fn covers_any(&self, risk: RiskId) -> bool {
        self.forms[risk].iter().any(Option::is_some)
    }

    /// Whether two policies cover a common amount of a risk.
    pub fn meets(&self, other: &Self, risk: RiskId) -> bool {
        self.forms[risk].iter().zip(&other.forms[risk]).any(|(a, b)| a.is_some() && b.is_some())
    }

    /// Whether two policies never pay more together than the loss, whatever it is: they see nothing
    /// in common of a risk, or their layers lie above each other.
    pub fn is_apart_from(&self, other: &Self, risk: RiskId) -> bool {
        let above = |a: &PolicyTerms, b: &PolicyTerms| a.retention + a.limit <= b.retention;
        !self.meets(other, risk) || above(&self.of, &other.of) || above(&other.of, &self.of)
    }
}
