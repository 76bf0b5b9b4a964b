//! When does money move, and what is it worth?
//!
//! Flows have dates (`flows`); everything else is worked out from them: the rates at which they are worth
//! nothing (`rate_of_return`), when they have paid for themselves (`payback`), what things cost a year over
//! their own lives (`equivalent_annual`), what is written down of them (`depreciation`), and what it costs to
//! begin a year later (`waiting`). See `docs/model/cash-flow.md` and `docs/model/investment.md`.

pub mod costs;
pub mod depreciation;
pub mod equivalent_annual;
pub mod flows;
pub mod investment;
pub mod payback;
pub mod rate_of_return;
pub mod waiting;
