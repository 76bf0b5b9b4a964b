//! What is bought or done, what does it act on, and what does it cost?

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ControlId, EstimateId, Factor, RiskId};
use crate::units::{Arithmetic, Period, Probability};

/// Something bought or done that acts on named factors of named risks.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which catalogue entries it meets.
    pub mitigates: Vec<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// What is to be done by when.
    pub milestones: Vec<Milestone>,
    /// Which part of what should be covered is; 1 if absent.
    pub coverage: Option<EstimateId>,
    /// How often it works when it should; 1 if absent.
    pub reliability: Option<EstimateId>,
    /// How long its effect takes to grow to full, from its start.
    pub ramp: Period,
    /// How long it lasts before it is bought again; the horizon if absent.
    pub lifetime: Option<Period>,
    /// What it brings at the end of its life.
    pub salvage: Option<EstimateId>,
    /// Controls that must stand beside it.
    pub requires: Vec<ControlId>,
    /// Controls that cannot stand beside it.
    pub excludes: Vec<ControlId>,
    /// The name of the choice that it is one of.
    pub one_of: Option<String>,
    /// Failures that it shares with others.
    pub fails_with: Option<FailureGroup>,
    /// Already part of today.
    pub in_place: bool,
    /// Not a control of the file but the end of this one in place, which a plan drops.
    pub ends: Option<ControlId>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// What it costs.
    pub cost: ControlCost,
    /// Time that it saves: a gain that is no loss avoided.
    pub saves: Savings,
}

impl Control {
    /// Whether it is for a plan to buy: neither in place, nor the end of what is.
    pub fn can_be_bought(&self) -> bool {
        !self.in_place && self.ends.is_none()
    }
}

/// Something that is to be done by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What.
    pub name: String,
    /// By when.
    pub by: Date,
}

/// Failures that happen to a whole group at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureGroup {
    /// The group.
    pub group: String,
    /// Which part of the control's failures.
    pub share: Probability,
}

/// What a control does to one factor of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The risk.
    pub risk: RiskId,
    /// The factor.
    pub factor: Factor,
    /// The change where the control acts.
    pub change: Change,
}

/// What a factor is multiplied by where a control ends that acts so often and takes this part off: 1 ÷ (1 − w · r). None
/// where it takes off all of it.
pub fn grows_without<N: Arithmetic>(acts: N, reduction: N) -> Option<N> {
    let left = N::ONE - acts * reduction;
    (left.float() > 0.0).then(|| N::ONE.over(left))
}

/// How a factor changes where a control acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is multiplied by one minus this.
    Reduction(EstimateId),
    /// It is replaced by this.
    Becomes(EstimateId),
}

/// What a control costs. All absent parts are zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ControlCost {
    /// Once, at its start and at every renewal.
    pub initial: Option<EstimateId>,
    /// A year.
    pub yearly: Option<Running>,
    /// Own people.
    pub people: Option<People>,
    /// What it costs the business.
    pub friction: Option<Friction>,
    /// Yearly spending that it ends.
    pub retired: Option<EstimateId>,
}

/// What a control costs while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Running {
    /// The same every year.
    Even(EstimateId),
    /// By year from its start; the last goes on.
    ByYear(Vec<EstimateId>),
    /// By quarter from its start, the amount of the quarter; the last goes on.
    ByQuarter(Vec<EstimateId>),
}

impl Running {
    /// Its estimates, in order of time.
    pub fn estimates(&self) -> &[EstimateId] {
        match self {
            Self::Even(id) => std::slice::from_ref(id),
            Self::ByYear(ids) | Self::ByQuarter(ids) => ids,
        }
    }

    /// How many of its amounts make a year.
    pub fn a_year(&self) -> u64 {
        if matches!(self, Self::ByQuarter(_)) { 4 } else { 1 }
    }
}

/// Time that a control saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Savings {
    /// Working time of own people.
    pub people: Option<People>,
    /// Time of users.
    pub users: Option<Friction>,
}

/// Working time of own people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Hours a year.
    pub time: EstimateId,
    /// Money per hour.
    pub rate: EstimateId,
}

/// Time that users lose to a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Friction {
    /// How many people.
    pub users: Decimal,
    /// Hours a year for each.
    pub time: EstimateId,
    /// Money per hour.
    pub rate: EstimateId,
}
