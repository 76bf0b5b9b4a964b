//! What a scenario IS: risks, controls, plans, insurance and the assumptions behind them.
//!
//! A [`Scenario`] is made by [`crate::scenario`] only and is valid by construction: every
//! reference is resolved, every range has a distribution, every control acts on a factor that
//! its risk has. What a file has of a kind stands in one [`Table`], and the rest names it by a place of that
//! table's type: [`RiskId`], [`ControlId`], [`PlanId`]. All estimates stand in one too
//! ([`Scenario::estimates`]). So one vector of numbers, one for each estimate, is all that a
//! calculation needs: their means, one draw of what we do not know, or means with one changed.

mod assumptions;
mod control;
mod estimate;
mod factor;
mod form;
mod group;
mod insurance;
pub(crate) mod names;
mod obligation;
mod plan;
mod risk;
mod scenario;
mod table;

pub use assumptions::{
    AppetitePoint, Assumptions, DefaultValue, Depreciation, EndValue, Growth, MACRS_YEARS, Timing, ValueStream,
};
pub use control::{
    Change, Control, ControlCost, Effect, FailureGroup, Friction, Milestone, People, Running, Savings, grows_without,
};
pub use estimate::{Estimate, Family, Record, Role, Shape};
pub use factor::{Factor, Multiplies, Taken};
pub use form::{FORMS, Form};
pub use group::{Entity, Group, GroupCause, GroupLayer, GroupPlan, Manifest};
pub use insurance::{Insurance, Waiting};
pub use obligation::{DutyCost, Obligation, Regime};
pub use plan::{Decision, Organisation, Plan, PlannedControl, Proposal};
pub use risk::{
    Chain, Count, Dwell, EventRate, Loss, NextStage, Outage, Part, Risk, Secondary, SharedCause, ThreatEvents,
    Vulnerability,
};
pub use scenario::{Changes, Scenario, StatedCase};
pub(crate) use table::ids;
pub use table::{
    ByControl, ByEstimate, ByPolicy, ByRisk, CauseId, ControlId, EstimateId, Id, ObligationId, PlanId, PolicyId,
    RiskId, StreamId, Table,
};
