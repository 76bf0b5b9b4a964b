//! What holds for the whole case: horizon, discounting, growth, tax, value streams, appetite.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::EstimateId;
use crate::units::{Money, Probability, Rate};

/// What holds for every risk and plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// Years looked ahead.
    pub horizon: usize,
    /// Discount rate a year.
    pub discount_rate: Rate,
    /// Growth a year.
    pub growth: Growth,
    /// Tax on profits.
    pub tax_rate: Rate,
    /// How initial costs are written off.
    pub depreciation: Option<Depreciation>,
    /// Whether they are written off down to the salvage, not down to nothing.
    pub written_to_salvage: bool,
    /// Whether what is left of a life at the end of the horizon counts.
    pub end_value: EndValue,
    /// When in a year flows fall.
    pub timing: Timing,
    /// The date that year 0 stands for.
    pub valued_at: Option<Date>,
    /// Working days a year.
    pub working_days: Decimal,
    /// Names the random numbers.
    pub seed: u64,
    /// What the file leaves out and a default fills.
    pub defaults: Vec<DefaultValue>,
}

impl Assumptions {
    /// Hours that a full-time person works in a year: 8 on each working day.
    pub fn full_time_hours(&self) -> Decimal {
        self.working_days * Decimal::from(8)
    }
}

/// Growth rates, each a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Growth {
    /// Of the loss of an event.
    pub losses: Rate,
    /// Of how often.
    pub rates: Rate,
    /// Of costs.
    pub costs: Rate,
}

/// Writing off an initial cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depreciation {
    /// The same part each year, over so many years.
    StraightLine(usize),
    /// Falling with the digits of the years left, over so many years.
    SumOfDigits(usize),
    /// The same part of what is left, each year.
    Declining(Rate),
    /// By the table of the American tax office for a life of so many years.
    Macrs(usize),
}

/// Years of life for which the American tax office has a table.
pub const MACRS_YEARS: [usize; 6] = [3, 5, 7, 10, 15, 20];

/// What is left at the end of the horizon of a thing whose life goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EndValue {
    /// It counts for nothing.
    #[default]
    Nothing,
    /// Its price less the part of its life that is over, down to its salvage.
    StraightLine,
}

/// When in a year its flows fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timing {
    /// At its end.
    #[default]
    YearEnd,
    /// In its middle.
    MidYear,
}

/// Something the file leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// The key path.
    pub path: String,
    /// The value taken.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

/// A point that the board agreed: a loss that a year may exceed with at most this chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppetitePoint {
    /// What the board calls it.
    pub name: String,
    /// The loss of a year.
    pub loss: Money,
    /// The chance of a year above it.
    pub chance: Probability,
}

/// A part of the business that earns money.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueStream {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The business goal that it serves.
    pub goal: Option<String>,
    /// Revenue per hour.
    pub revenue: Option<EstimateId>,
    /// What a lost hour costs, as part of its revenue; 1 if absent.
    pub margin: Option<EstimateId>,
}
