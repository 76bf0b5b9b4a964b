//! Which part of a loss does an insurer pay?

use super::{Form, PlanId, RiskId};
use crate::units::{Money, Period, Probability};

/// How long an outage lasts before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Its hours.
    pub time: Period,
    /// Whether an outage at least as long counts from its first hour; otherwise only the hours after count.
    pub franchise: bool,
}

/// One policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Insurance {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Premium a year.
    pub premium: Money,
    /// What the insured bears of every event.
    pub retention: Money,
    /// What is paid at most per event, above the retention.
    pub limit: Option<Money>,
    /// What the insured bears of the layers of a year, before anything is paid.
    pub annual_retention: Money,
    /// What is paid at most in a year.
    pub annual_limit: Option<Money>,
    /// The insured's share of what is left of the layers.
    pub coinsurance: Probability,
    /// Which part of an outage counts.
    pub waiting: Waiting,
    /// Forms of loss covered.
    pub covers: Vec<Form>,
    /// How much of a form counts at most, per event; a form stands once at most.
    pub sublimits: Vec<(Form, Money)>,
    /// Risks covered; all if absent.
    pub risks: Option<Vec<RiskId>>,
    /// In force with these plans; `None` in the list stands for today. All if absent.
    pub plans: Option<Vec<Option<PlanId>>>,
}

impl Insurance {
    /// Whether it is in force with a plan; today is none.
    pub fn is_in_force(&self, plan: Option<PlanId>) -> bool {
        self.plans.as_ref().is_none_or(|plans| plans.contains(&plan))
    }

    /// Whether it covers anything of a form of loss.
    pub fn covers_form(&self, form: Form) -> bool {
        self.covers.contains(&form)
    }

    /// Whether what it pays for an event depends on the other events of the year.
    pub fn has_annual_terms(&self) -> bool {
        self.annual_limit.is_some() || self.annual_retention > Money::default()
    }

    /// Whether it covers a risk.
    pub fn covers_risk(&self, risk: RiskId) -> bool {
        self.risks.as_ref().is_none_or(|risks| risks.contains(&risk))
    }
}
