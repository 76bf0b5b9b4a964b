//! What is asked of a search, and what does it answer?

use crate::diagnostic::Diagnostic;
use crate::engine::{Analysis, OptionId, PlanValuation, Valuation};
use crate::model::{ControlId, PlanId, Scenario};
use crate::units::Figure;

/// What is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Goal {
    /// The highest value today: loss avoided less cost, present values.
    #[default]
    Value,
    /// The least average loss of a year, every control in full force.
    Loss,
    /// The least loss of a bad year (1 in 20).
    BadYear,
    /// The least cash with which every agreed limit holds.
    Appetite,
}

impl Goal {
    /// The word that other programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Loss => "loss",
            Self::BadYear => "bad_year",
            Self::Appetite => "appetite",
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// What is best.
    pub goal: Goal,
    /// The most cash that may be spent over the horizon.
    pub budget: Option<Figure>,
    /// The most cash of each year, index 0 is now; the last one holds for the years after it.
    pub by_year: Vec<Figure>,
    /// The most cash of each quarter, index 0 is the one that begins now; the last one holds for those after it.
    pub by_quarter: Vec<Figure>,
    /// Controls that must be bought.
    pub must: Vec<ControlId>,
    /// Controls that may not be bought.
    pub without: Vec<ControlId>,
    /// How many budgets the frontier has.
    pub frontier: usize,
}

/// How long a single search may take.
#[derive(Clone, Copy)]
pub struct Patience<'a> {
    /// Seconds since some moment.
    pub clock: &'a dyn Fn() -> f64,
    /// So many seconds.
    pub seconds: f64,
}

/// The best set under one budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The budget; none is without limit.
    pub budget: Option<Figure>,
    /// The controls, in file order.
    pub controls: Vec<ControlId>,
    /// Cash over the horizon.
    pub cash: Figure,
    /// Its plan in [`Optimisation::scenario`].
    pub plan: PlanId,
    /// Whether no set is better, to rounding.
    pub proved: bool,
    /// By how much another set may be better at most, in what the goal counts.
    pub gap: f64,
    /// The loss of a bad year on the years of the search, where the goal is about years.
    pub bad_year: Option<f64>,
}

/// A control that was not chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The control.
    pub control: ControlId,
    /// Controls that it would bring along: those that it requires, itself first.
    pub with: Vec<ControlId>,
    /// Cash over the horizon, of all of these.
    pub cash: Figure,
    /// What they would add to the value today of the chosen set.
    pub adds: Figure,
    /// Why not.
    pub reason: Reason,
}

/// Why a control was not chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It would not make the goal better.
    NotWorthIt,
    /// It would, but does not fit into the budget beside the rest.
    Budget,
    /// It cannot stand beside this chosen control.
    Excluded(ControlId),
    /// The question left it out.
    Forbidden,
    /// It needs a control that cannot be bought.
    Unobtainable,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Optimisation {
    /// What was asked.
    pub question: Question,
    /// The scenario, its plans followed by one for every set that was found.
    pub scenario: Scenario,
    /// The best set.
    pub chosen: Best,
    /// Every figure of the chosen set: the only plan there.
    pub analysis: Analysis,
    /// Expected figures of every plan of the file and every set that was found.
    pub points: Valuation,
    /// The best sets under rising budgets.
    pub frontier: Vec<Best>,
    /// The best set with a little less money, and with a good deal more.
    pub less: Option<Best>,
    /// See `less`.
    pub more: Option<Best>,
    /// What was not chosen, in file order.
    pub left_out: Vec<LeftOut>,
}

impl Optimisation {
    /// The expected figures of a set.
    pub fn point(&self, set: &Best) -> &PlanValuation {
        // Every plan was valued.
        &self.points.plans[OptionId(set.plan.0)]
    }
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub enum Fault {
    /// No control can be bought.
    NothingToBuy,
    /// What must be bought breaks a rule or a budget; the controls that are at least needed, and
    /// their cash.
    Impossible(Vec<ControlId>, Figure),
    /// The file agrees no limit that could be held.
    NoLimit,
    /// No set that is allowed holds every agreed limit.
    OutOfReach,
    /// A figure outgrew what a decimal can hold.
    Figures(Vec<Diagnostic>),
}
