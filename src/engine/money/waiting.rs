//! What does it cost to begin a year later?
//!
//! The same plan a year later, with the same end of the horizon: the loss of the year is suffered, what
//! would have been spent in it is saved, and at the end more of each life is left, by a straight line from
//! the price to the salvage on both sides.
//!
//! ```text
//! cost of waiting = value now − value a year later
//!                 = loss suffered − spending saved (− unused life, where `end_value` counts it)
//! ```
//!
//! all in today's money and after tax. What would be bought now is bought at the prices of a year later. See `docs/model/investment.md`.

use crate::units::Figure;

/// What it costs to begin a year later, with the same end of the horizon, in today's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostOfWaiting {
    /// What the value loses; below zero where waiting pays.
    pub total: Figure,
    /// Loss that is avoided no more, with gains that are missed.
    pub loss_suffered: Figure,
    /// What is spent less up to the end.
    pub spending_saved: Figure,
    /// What more is left at the end of what was bought.
    pub unused_life: Figure,
    /// Whether the value, and with it the total, counts what is left.
    pub is_left_counted: bool,
}

impl CostOfWaiting {
    /// From the parts of a plan begun now and begun a year later: benefits, costs without what is left at the
    /// end, and what is left.
    pub fn between(now: Worth, later: Worth, is_left_counted: bool) -> Option<Self> {
        let loss_suffered = now.benefits - later.benefits;
        let spending_saved = now.costs - later.costs;
        let unused_life = later.left - now.left;
        let counted = if is_left_counted { unused_life } else { Figure::ZERO };
        let total = loss_suffered - spending_saved - counted;
        (!total.is_overflow()).then_some(Self { total, loss_suffered, spending_saved, unused_life, is_left_counted })
    }
}

/// What a plan is worth, in its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// Loss avoided and gains.
    pub benefits: Figure,
    /// All costs but what is left.
    pub costs: Figure,
    /// What is left of lives at the end of the horizon.
    pub left: Figure,
}
