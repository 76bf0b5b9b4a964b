//! What may one year bring? The figures of a year's loss, however they were found.
//!
//! A full year with every control in force, at today's rates and prices. Quantiles are the
//! smallest x with F(x) ≥ p; a tail mean is the mean of the worst part of all years, an atom at
//! its edge shared.

use crate::engine::{ByOption, OptionId};
use crate::model::ByRisk;
use crate::stats::lattice;

/// The levels of the quantiles that are shown.
pub const LEVELS: [f64; 5] = [0.5, 0.9, 0.95, 0.99, 0.999];

/// Index into [`LEVELS`] of a bad year: 1 in 20.
pub const BAD: usize = 2;
/// Index into [`LEVELS`] of a very bad year: 1 in 100.
pub const VERY_BAD: usize = 3;

/// The levels of the tail means that are shown.
pub const TAILS: [f64; 2] = [0.95, 0.99];

/// Whether a chance keeps to an agreed one: a limit that is met exactly is met, so a few units in the last
/// place of a sum of chances do not count.
pub fn is_within(chance: f64, agreed: f64) -> bool {
    chance <= met(agreed)
}

/// The largest number that still is this one, but for the rounding of a sum.
pub fn met(number: f64) -> f64 {
    number * (1.0 + 16.0 * f64::EPSILON)
}

/// What a reader has to know about the method: a place where it did not reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Note {
    /// Of the grid.
    Grid(lattice::Note),
    /// What is not known was averaged over so many points, which leaves a bad year right to this part of it.
    Averaged {
        /// How many.
        points: u64,
        /// What a bad year may be off by, relative to it.
        error: f64,
    },
    /// Entities of a group were simulated, since no transform carries their year.
    Simulated {
        /// How many.
        entities: usize,
        /// For how many years each.
        years: usize,
    },
    /// Fewer years were simulated than were asked for.
    TooManyEvents,
    /// The years were not enough for the precision that was wanted.
    NotPrecise,
    /// No years over the horizon were followed.
    NoPaths,
}

/// How the distribution of a year was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By Fourier transforms, without simulation.
    Exact,
    /// By simulated years.
    Simulated,
}

impl Method {
    /// The word that other programs read.
    pub fn key(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Simulated => "simulated",
        }
    }
}

/// The loss of one year: of a risk, or of all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct YearLoss {
    /// Mean, in currency units; infinite where it does not exist.
    pub mean: f64,
    /// Standard deviation; infinite where it does not exist.
    pub standard_deviation: f64,
    /// The chance that anything is lost.
    pub chance_of_loss: f64,
    /// At [`LEVELS`]; nothing where the method does not reach that far.
    pub quantiles: [Option<f64>; LEVELS.len()],
    /// At [`TAILS`].
    pub tail_means: [Option<f64>; TAILS.len()],
    /// The chance of losing more than each of the amounts that were asked about.
    pub chance_above: Vec<f64>,
    /// Points (loss, chance of losing more) of the exceedance curve, losses rising; of all risks
    /// together only.
    pub curve: Vec<(f64, f64)>,
    /// The same points at the edges of even steps up to a little over a very bad year, from no loss at all; of all risks
    /// together only.
    pub steps: Vec<(f64, f64)>,
    /// Standard errors, where the figures were simulated.
    pub errors: Option<YearErrors>,
    /// What the figures may be off by, where they were not: refinement of the grid, rounding, and the
    /// spread over the worlds that stand for what is not known.
    pub error: Option<YearErrors>,
    /// How far mean and standard deviation of the grid are from those above, which are known without it, relative to
    /// them; nothing where too much lies beyond the grid, or where there is none.
    pub grid_gap: Option<f64>,
}

impl YearLoss {
    /// The error of the chance of passing one of the amounts, however it was found.
    pub fn chance_error(&self, place: usize) -> Option<f64> {
        let errors = self.errors.as_ref().or(self.error.as_ref())?;
        errors.chance_above.get(place).copied()
    }
}

/// Errors of a [`YearLoss`], in the same units.
#[derive(Debug, Clone, PartialEq)]
pub struct YearErrors {
    /// Of the mean.
    pub mean: f64,
    /// Of the standard deviation.
    pub standard_deviation: f64,
    /// Of the chance of a loss.
    pub chance_of_loss: f64,
    /// Of the quantiles: half the distance of the order statistics one deviation away.
    pub quantiles: [Option<f64>; LEVELS.len()],
    /// Of the tail means.
    pub tail_means: [Option<f64>; TAILS.len()],
    /// Of the chances above.
    pub chance_above: Vec<f64>,
}

impl YearErrors {
    /// Adds the standard error of an average over independent shifts of the worlds, figure by figure.
    pub fn spread(&mut self, shifts: &[YearLoss]) {
        let add = |error: &mut f64, of: &dyn Fn(&YearLoss) -> Option<f64>| {
            let found: Vec<f64> = shifts.iter().filter_map(of).filter(|figure| figure.is_finite()).collect();
            *error += standard_error(&found);
        };
        add(&mut self.standard_deviation, &|year| Some(year.standard_deviation));
        add(&mut self.chance_of_loss, &|year| Some(year.chance_of_loss));
        for (level, error) in self.quantiles.iter_mut().enumerate() {
            if let Some(error) = error {
                add(error, &|year| year.quantiles[level]);
            }
        }
        for (level, error) in self.tail_means.iter_mut().enumerate() {
            if let Some(error) = error {
                add(error, &|year| year.tail_means[level]);
            }
        }
        for (place, error) in self.chance_above.iter_mut().enumerate() {
            add(error, &|year| year.chance_above.get(place).copied());
        }
    }
}

/// The standard error of the mean of independent figures; none of fewer than two.
pub fn standard_error(figures: &[f64]) -> f64 {
    if figures.len() < 2 {
        return 0.0;
    }
    let n = figures.len() as f64;
    let mean = figures.iter().sum::<f64>() / n;
    let squares: f64 = figures.iter().map(|figure| (figure - mean) * (figure - mean)).sum();
    (squares / (n * (n - 1.0))).sqrt()
}

/// A year under one option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionYear {
    /// All risks together, after what insurers pay.
    pub total: YearLoss,
    /// In file order, after what insurers pay.
    pub risks: ByRisk<YearLoss>,
    /// What insurers pay in an average year.
    pub recovered: ByRisk<f64>,
    /// What no policy covers or lies above its limits in an average year. What is neither recovered nor uninsured is
    /// retained. All of the loss where no policy is in force.
    pub uninsured: ByRisk<f64>,
    /// Its part of the mean loss of the worst 1 in 20 years. They add up to that mean.
    pub tail_parts: ByRisk<f64>,
    /// All risks together if each struck on its own, where they do not.
    pub if_independent: Option<YearLoss>,
    /// Which part of the variance would be gone if everything that can be known were known.
    pub knowledge_share: Option<f64>,
}

/// A year under today and under every plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// How it was found.
    pub method: Method,
    /// How many years were simulated.
    pub years: Option<u64>,
    /// The amounts that [`YearLoss::chance_above`] answers, in currency units.
    pub amounts: Vec<f64>,
    /// Today.
    pub today: OptionYear,
    /// By plan, in the order of the analysis.
    pub plans: ByOption<OptionYear>,
    /// The relative error of the bad years, where what is not known was averaged over some worlds.
    pub averaging_error: Option<f64>,
    /// What a reader has to know about the method: places where it did not reach.
    pub notes: Vec<Note>,
    /// Against what the figures were checked in this run.
    pub checks: Vec<Check>,
}

impl Year {
    /// The year of an option by its place: today is 0, the plans follow.
    pub fn option(&self, place: usize) -> &OptionYear {
        place.checked_sub(1).map_or(&self.today, |plan| &self.plans[OptionId(plan)])
    }
}

/// A check that a run makes of itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Check {
    /// The means of the distributions against the expected losses, which are found without them.
    Mean {
        /// The largest relative gap of any risk.
        gap: f64,
        /// Whether that is within the error.
        agrees: bool,
    },
    /// Mean and standard deviation of the grids against those that are known without any.
    Grid {
        /// The largest relative gap of all risks together, or of any of them.
        gap: f64,
        /// Whether that is within the error.
        agrees: bool,
    },
    /// An exact bad year against simulated years.
    Trial {
        /// How many years.
        years: u64,
        /// The gap of the farthest option, in standard errors.
        errors: f64,
        /// Whether that may be chance.
        agrees: bool,
    },
}

impl Check {
    /// Whether it found no contradiction.
    pub fn agrees(&self) -> bool {
        match self {
            Self::Mean { agrees, .. } | Self::Grid { agrees, .. } | Self::Trial { agrees, .. } => *agrees,
        }
    }
}
