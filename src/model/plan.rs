//! Which controls, from when?

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ControlId, PlanId};
use crate::units::Money;

/// A set of controls with start dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is bought or done.
    pub controls: Vec<PlannedControl>,
    /// Controls in place that it ends.
    pub drops: Vec<ControlId>,
    /// The group of alternatives that it belongs to; all plans without one are alternatives.
    pub exclusive: Option<String>,
}

/// A control of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedControl {
    /// The control.
    pub control: ControlId,
    /// Years from now until it starts; 0 is at once.
    pub start: Decimal,
}

/// What is asked of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The plan that is asked for.
    pub plan: Option<PlanId>,
    /// By when.
    pub by: Option<Date>,
}

/// Who asks whom: what stands over the first page of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proposal {
    /// Who asks.
    pub by: Option<String>,
    /// Who decides.
    pub to: Option<String>,
    /// The day of the paper.
    pub date: Option<Date>,
    /// The calendar or budget year that year 1 stands for.
    pub first_year: Option<u64>,
    /// Who may read it.
    pub classification: Option<String>,
}

/// Whose case it is, and the size of its business a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its name.
    pub name: Option<String>,
    /// What it earns.
    pub turnover: Option<Money>,
    /// Earnings before interest, tax, depreciation and amortisation.
    pub ebitda: Option<Money>,
    /// What it spends on IT.
    pub it_budget: Option<Money>,
    /// What it spends on security.
    pub security_budget: Option<Money>,
}
