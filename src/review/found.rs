//! What a review finds: by risk, control, service level, limit and person.

use jiff::civil::Date;

use crate::calibrate::Proposal;
use crate::report::texts::texts;
use crate::stats::fit::verdict::RateRatio;
use crate::units::{Language, Voice};

/// What the numbers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Fewer or less than promised, beyond chance.
    Better,
    /// As promised, as far as can be told.
    AsPromised,
    /// More than promised, beyond chance.
    Worse,
    /// Chance could have made it either way.
    TooEarly,
}

impl Verdict {
    /// As the output says it; programs read the English words.
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        let words = &texts(language).review;
        match self {
            Self::Better => words.better,
            Self::AsPromised => words.as_promised,
            Self::Worse => words.worse,
            Self::TooEarly => words.too_early,
        }
    }
}

/// One risk: what was promised and what came.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskReview {
    /// Id and name.
    pub id: String,
    /// Name.
    pub name: String,
    /// Events that the plan let expect in the period.
    pub expected: f64,
    /// Events that doing nothing would have let expect.
    pub expected_today: f64,
    /// Events that came.
    pub came: u64,
    /// P(as many or more), P(as many or fewer), as promised.
    pub tails: (f64, f64),
    /// Loss that the plan let expect, before insurers.
    pub expected_loss: f64,
    /// Loss that came, before insurers, as far as it is known.
    pub loss: f64,
    /// Incidents that may still cost more, or of which the loss is not known.
    pub unsettled: usize,
    /// The verdict on the count.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// Against the time before.
    pub ratio: Option<RateRatio>,
    /// Today's range, updated by what came.
    pub update: Option<Proposal>,
}

/// One control: what it was to cost and what it cost.
#[derive(Debug, Clone, PartialEq)]
pub struct SpendReview {
    /// Name.
    pub name: String,
    /// Budget of the year.
    pub promised: f64,
    /// Money paid, where it is told.
    pub came: Option<f64>,
    /// When it was in force.
    pub started: Option<Date>,
}

/// One service level.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceReview {
    /// What was promised.
    pub name: String,
    /// How often it was to hold.
    pub promised: f64,
    /// How often it held.
    pub met: u64,
    /// Of how many.
    pub of: u64,
    /// P(so few or fewer) if the promise holds.
    pub chance: f64,
    /// The verdict.
    pub verdict: Verdict,
}

/// One agreed limit over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitReview {
    /// Its name.
    pub name: String,
    /// The loss.
    pub loss: f64,
    /// The agreed chance.
    pub chance: f64,
    /// Years above it.
    pub passed: u64,
    /// Of how many.
    pub years: u64,
    /// Kupiec's chance, where there are years enough.
    pub kupiec: Option<f64>,
    /// The verdict.
    pub verdict: Verdict,
}

/// One person's ranges.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonReview {
    /// Who.
    pub owner: String,
    /// Ranges that held what became known.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
    /// P(so few or fewer, over all years) where ranges hold nine times in ten.
    pub chance: f64,
    /// The keys that lay outside.
    pub outside: Vec<String>,
    /// The same by year, earlier reviews included: year, held, of how many.
    pub by_year: Vec<(i64, u64, u64)>,
}

impl PersonReview {
    /// Held and asked over all years.
    #[must_use]
    pub fn over_time(&self) -> (u64, u64) {
        self.by_year.iter().fold((0, 0), |(hits, of), (_, held, asked)| (hits + held, of + asked))
    }
}

/// The whole review.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Title of the case.
    pub title: String,
    /// Its currency.
    pub currency: String,
    /// How the review speaks.
    pub voice: Voice,
    /// First and last day.
    pub period: (Date, Date),
    /// Years of the period.
    pub years: f64,
    /// Name of the plan that was carried out.
    pub plan: String,
    /// By risk.
    pub risks: Vec<RiskReview>,
    /// By control.
    pub spend: Vec<SpendReview>,
    /// By promise.
    pub services: Vec<ServiceReview>,
    /// By limit.
    pub limits: Vec<LimitReview>,
    /// By person.
    pub people: Vec<PersonReview>,
    /// What a reader must know.
    pub notes: Vec<String>,
}
