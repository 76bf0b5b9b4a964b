//! Which part of a loss does an insurer pay?

use super::risk::Form;
use crate::units::{Money, Period, Probability};

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
    /// What is paid at most in a year.
    pub annual_limit: Option<Money>,
    /// The insured's share of the layer.
    pub coinsurance: Probability,
    /// Hours of an outage before it counts.
    pub waiting: Period,
    /// Forms of loss covered.
    pub covers: Vec<Form>,
    /// Risks covered (indices); all if absent.
    pub risks: Option<Vec<usize>>,
    /// In force with these plans (indices); `None` in the list stands for today. All if absent.
    pub plans: Option<Vec<Option<usize>>>,
}

impl Insurance {
    /// Whether it is in force with a plan (an index); today is none.
    pub fn is_in_force(&self, plan: Option<usize>) -> bool {
        self.plans.as_ref().is_none_or(|plans| plans.contains(&plan))
    }

    /// Whether it covers a risk (an index).
    pub fn covers_risk(&self, risk: usize) -> bool {
        self.risks.as_ref().is_none_or(|risks| risks.contains(&risk))
    }
}
