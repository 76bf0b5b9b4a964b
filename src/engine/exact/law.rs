//! How do the losses of events become the loss of a year, whatever is asked of it?
//!
//! The same five steps lead to the chance of no loss, to mean and variance, and to the whole
//! distribution: independent losses add, something happens with a chance, something is one of
//! several, events are counted, what is not known is averaged. A [`Law`] is anything that can
//! follow these steps. So what is known exactly and what lies on a grid come from one formula.

use crate::stats::lattice::{Atoms, Count, Spectrum};

/// A description of a loss that survives the steps from event to year.
pub trait Law: Clone {
    /// This loss and another, independent of it.
    fn and(&mut self, other: &Self);
    /// This loss with a chance, nothing otherwise.
    fn with_chance(&mut self, chance: f64);
    /// The sum of this many such losses on average: of the whole number, and one more with the chance
    /// that is left.
    fn times(&mut self, mean: f64)
    where
        Self: Clone,
    {
        if mean <= 1.0 {
            if mean < 1.0 {
                self.with_chance(mean);
            }
            return;
        }
        let each = self.clone();
        self.with_chance(mean - mean.floor());
        for _ in 0..mean as usize {
            self.and(&each);
        }
    }
    /// Nothing yet of an average.
    fn zero(&self) -> Self;
    /// Adds a part of an average.
    fn add(&mut self, weight: f64, part: &Self);
    /// The sum of as many such losses as the count says.
    fn compound(&mut self, count: &Count);
}

impl Law for Spectrum {
    fn and(&mut self, other: &Self) {
        self.multiply(other);
    }
    fn with_chance(&mut self, chance: f64) {
        Spectrum::with_chance(self, chance);
    }
    fn zero(&self) -> Self {
        Spectrum::zero(self.grid())
    }
    fn add(&mut self, weight: f64, part: &Self) {
        self.add_scaled(weight, part);
    }
    fn compound(&mut self, count: &Count) {
        count.compound(self);
    }
}

impl Law for Atoms {
    fn and(&mut self, other: &Self) {
        Atoms::and(self, other);
    }
    fn with_chance(&mut self, chance: f64) {
        Atoms::with_chance(self, chance);
    }
    fn zero(&self) -> Self {
        Self::NONE
    }
    fn add(&mut self, weight: f64, part: &Self) {
        Atoms::add(self, weight, part);
    }
    fn compound(&mut self, count: &Count) {
        Atoms::compound(self, count);
    }
}

/// What is known of a loss without any grid: first and second moment, and the chance of nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// E\[X\].
    pub first: f64,
    /// E\[X²\].
    pub second: f64,
    /// P(X = 0).
    pub nothing: f64,
}

impl Moments {
    /// A loss of zero.
    pub const NONE: Self = Self { first: 0.0, second: 0.0, nothing: 1.0 };

    /// Var\[X\].
    pub fn variance(&self) -> f64 {
        if self.second.is_finite() { (self.second - self.first * self.first).max(0.0) } else { f64::INFINITY }
    }
}

/// A weight of zero wins over an infinite moment.
fn weigh(weight: f64, moment: f64) -> f64 {
    if weight == 0.0 { 0.0 } else { weight * moment }
}

impl Law for Moments {
    fn and(&mut self, other: &Self) {
        self.second += other.second + 2.0 * weigh(self.first, other.first);
        self.first += other.first;
        self.nothing *= other.nothing;
    }
    fn with_chance(&mut self, chance: f64) {
        self.first = weigh(chance, self.first);
        self.second = weigh(chance, self.second);
        self.nothing = 1.0 - chance * (1.0 - self.nothing);
    }
    fn zero(&self) -> Self {
        Self { first: 0.0, second: 0.0, nothing: 0.0 }
    }
    fn add(&mut self, weight: f64, part: &Self) {
        self.first += weigh(weight, part.first);
        self.second += weigh(weight, part.second);
        self.nothing += weight * part.nothing;
    }
    fn compound(&mut self, count: &Count) {
        let events = count.moments();
        let variance = weigh(events.mean, self.variance()) + weigh(events.variance, self.first * self.first);
        self.first = weigh(events.mean, self.first);
        self.second = variance + self.first * self.first;
        self.nothing = count.generating(self.nothing);
    }
}
