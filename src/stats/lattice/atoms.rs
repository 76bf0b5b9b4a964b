//! Which single amounts have a chance of their own?
//!
//! Fixed losses, retentions, limits, observed values: the part α = Σ aᵢ δ(xᵢ) of a loss's distribution.
//! It follows the same steps as the whole: of a sum of independent losses it is the convolution, for
//! a sum with anything continuous is continuous; with a chance and over cases it is weighted; of a
//! counted sum it is Σₙ cₙ α⁺*ⁿ with cₙ the chance of any number of events of which exactly n cost
//! something. Beside it stand P(X > 0) with all its digits and the largest possible amount.

use super::Count;

/// Amounts this near to each other, relative to their size, are the same amount.
pub const SAME: f64 = 1e-12;
/// Chances below this are not worth keeping.
const LEAST: f64 = 1e-15;
/// The most amounts that are kept.
const MOST: usize = 4096;
/// The most pairs of amounts that a sum looks at.
const PAIRS: usize = 1 << 18;
/// Chances on single amounts that may be forgotten: beyond, none of them is told apart any more.
pub const FORGOTTEN: f64 = 1e-6;
/// The most events that are told apart.
const EVENTS: usize = 400;

/// The part of a distribution that sits on single amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Atoms {
    /// P(X > 0).
    pub something: f64,
    /// How much sits on single amounts that were too many to keep.
    pub lost: f64,
    /// The largest possible amount; infinite where there is none.
    pub most: f64,
    /// Whether single amounts are there that are not told apart.
    pub blurred: bool,
    /// (amount above zero, chance), amounts rising.
    points: Vec<(f64, f64)>,
}

impl Atoms {
    /// No loss at all.
    pub const NONE: Self = Self { something: 0.0, lost: 0.0, most: 0.0, blurred: false, points: Vec::new() };

    /// A loss of which only P(X > 0) is known.
    pub fn unknown(something: f64) -> Self {
        Self { something, lost: 0.0, most: f64::INFINITY, blurred: false, points: Vec::new() }
    }

    /// A loss with these single amounts (any of them zero).
    pub fn new(points: Vec<(f64, f64)>, something: f64, most: f64) -> Self {
        let mut atoms = Self { something, lost: 0.0, most, blurred: false, points };
        atoms.points.retain(|(x, mass)| *x > 0.0 && x.is_finite() && *mass > 0.0);
        atoms.sorted();
        atoms
    }

    /// The amounts above zero with their chances, rising.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// What sits on single amounts above zero.
    pub fn mass(&self) -> f64 {
        self.points.iter().map(|point| point.1).sum()
    }

    /// What sits on the first so many of them.
    pub(super) fn up_to(&self, count: usize) -> f64 {
        self.points[..count].iter().map(|point| point.1).sum()
    }

    /// What sits above an amount, the smallest chances first.
    pub fn above(&self, x: f64) -> f64 {
        let edge = x * (1.0 + SAME);
        self.points.iter().rev().take_while(|(amount, _)| *amount > edge).map(|point| point.1).sum()
    }

    /// E\[min(X, d)\] over the single amounts.
    pub(super) fn limited_mean(&self, d: f64) -> f64 {
        self.points.iter().map(|(x, mass)| x.min(d) * mass).sum()
    }

    /// Only P(X > 0) and the largest amount.
    #[must_use]
    pub fn without_points(&self) -> Self {
        Self { most: self.most, blurred: true, ..Self::unknown(self.something) }
    }

    fn sorted(&mut self) {
        merge(&mut self.points);
        if self.points.len() > MOST {
            let mut masses: Vec<f64> = self.points.iter().map(|point| point.1).collect();
            masses.sort_by(f64::total_cmp);
            let edge = masses[masses.len() - MOST];
            self.points.retain(|(_, mass)| *mass > edge);
            self.lost += masses.iter().filter(|mass| **mass <= edge).sum::<f64>();
        }
    }

    /// The sums of two independent losses, as far as chances above `least` go: what was left out.
    fn pairs(a: &[(f64, f64)], b: &[(f64, f64)], least: f64) -> (Vec<(f64, f64)>, f64) {
        let mut edge = least;
        if a.len() * b.len() > PAIRS {
            // Pairs of this chance or less do not fit: the heaviest of each stay.
            edge = edge.max(1.0 / PAIRS as f64 * 1e-3);
        }
        let mut lost = 0.0;
        let mut sums = Vec::with_capacity((a.len() * b.len()).min(PAIRS));
        for (x, mass) in a {
            for (y, other) in b {
                let both = mass * other;
                if both > edge && sums.len() < 4 * PAIRS { sums.push((x + y, both)) } else { lost += both }
            }
        }
        (sums, lost)
    }

    /// This loss and another, independent of it.
    pub fn and(&mut self, other: &Self) {
        if self.something == 0.0 {
            *self = other.clone();
            return;
        }
        if other.something == 0.0 {
            return;
        }
        if self.lost + other.lost > FORGOTTEN {
            // Too many amounts already: more work would not bring them back.
            let something = self.something + other.something * (1.0 - self.something);
            *self = Self { lost: something, most: self.most + other.most, ..Self::unknown(something) };
            return;
        }
        let (mut sums, lost) = Self::pairs(&self.points, &other.points, LEAST);
        let (alone, beside) = (1.0 - other.something, 1.0 - self.something);
        sums.extend(self.points.iter().map(|(x, mass)| (*x, mass * alone)).filter(|point| point.1 > 0.0));
        sums.extend(other.points.iter().map(|(x, mass)| (*x, mass * beside)).filter(|point| point.1 > 0.0));
        self.points = sums;
        self.lost += other.lost + lost;
        self.something += other.something * beside;
        self.most += other.most;
        self.sorted();
    }

    /// This loss with a chance, nothing otherwise.
    pub fn with_chance(&mut self, chance: f64) {
        let chance = super::spectrum::clamp_chance(chance);
        if chance == 0.0 {
            *self = Self::NONE;
            return;
        }
        self.points.iter_mut().for_each(|point| point.1 *= chance);
        self.something *= chance;
        self.lost *= chance;
    }

    /// Adds a part of an average.
    pub fn add(&mut self, weight: f64, part: &Self) {
        if weight == 0.0 {
            return;
        }
        self.points.extend(part.points.iter().map(|(x, mass)| (*x, mass * weight)));
        self.something += weight * part.something;
        self.lost += weight * part.lost;
        self.most = self.most.max(part.most);
        self.sorted();
    }

    /// The sum of as many such losses as the count says.
    pub fn compound(&mut self, count: &Count) {
        if self.something == 0.0 || count.moments().mean == 0.0 {
            *self = Self::NONE;
            return;
        }
        let single = std::mem::take(&mut self.points);
        let mass: f64 = single.iter().map(|point| point.1).sum();
        let something = count.missing(self.something);
        let mut year = Self::unknown(something);
        if matches!(count, Count::AtMostOne { .. }) {
            year.most = self.most;
        }
        if count.moments().mean * self.lost > FORGOTTEN {
            year.lost = something;
        } else if !single.is_empty() {
            let chances = count.costly(self.something, EVENTS, LEAST / mass.max(LEAST));
            let mut sums = single.clone();
            for (n, chance) in chances.iter().enumerate().skip(1) {
                if n > 1 {
                    let (next, _) = Self::pairs(&sums, &single, LEAST / chance.max(LEAST));
                    let mut next = Self { points: next, ..Self::NONE };
                    next.sorted();
                    sums = next.points;
                }
                year.points.extend(sums.iter().map(|(x, mass)| (*x, mass * chance)));
                if year.points.len() > 4 * MOST {
                    year.sorted();
                }
            }
            year.sorted();
            // All that sits on single amounts, kept or not; and every event's share of what was lost before.
            let all = something - count.missing(self.something - mass);
            let left = all - year.mass();
            year.lost = if left > 1e-13 * something { left } else { 0.0 };
        }
        year.lost += (count.moments().mean * self.lost).min(1.0);
        *self = year;
    }
}

/// Amounts rising, each once with all of its chance.
fn merge(points: &mut Vec<(f64, f64)>) {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points.dedup_by(|next, before| {
        let same = next.0 - before.0 <= SAME * next.0;
        if same {
            before.1 += next.1;
        }
        same
    });
}

/// The most sums of single amounts that are told apart.
const MOST_SUMS: usize = 1 << 16;

/// The sums of independent losses that are nothing but single amounts (zero may be one), with their chances; none where
/// there are too many.
pub fn single_sums(losses: &[Vec<(f64, f64)>]) -> Option<Vec<(f64, f64)>> {
    losses.iter().try_fold(vec![(0.0, 1.0)], |sums, loss| {
        if sums.len() * loss.len() > MOST_SUMS {
            return None;
        }
        let all = sums.iter().flat_map(|(x, p)| loss.iter().map(move |(y, q)| (x + y, p * q)));
        let mut all: Vec<(f64, f64)> = all.collect();
        merge(&mut all);
        Some(all)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_single_amounts_are_told_apart_with_their_chances() {
        let coin = vec![(0.0, 0.5), (10.0, 0.5)];
        let sums = single_sums(&[coin.clone(), coin.clone(), vec![(3.0, 1.0)]]).unwrap();
        assert_eq!(sums, [(3.0, 0.25), (13.0, 0.5), (23.0, 0.25)]);
        let many: Vec<(f64, f64)> = (0..300).map(|k| (libm::sqrt(f64::from(k)), 1.0 / 300.0)).collect();
        assert_eq!(single_sums(&[many.clone(), many]), None);
    }

    fn fixed(x: f64) -> Atoms {
        Atoms::new(vec![(x, 1.0)], 1.0, x)
    }

    #[test]
    fn fixed_losses_of_a_poisson_year_have_its_chances() {
        let mut year = fixed(100.0);
        year.compound(&Count::Poisson { rate: 1.0 });
        let expected = [1.0, 0.5, 1.0 / 6.0, 1.0 / 24.0].map(|c| c * libm::exp(-1.0));
        for (n, expected) in (1..).zip(expected) {
            let (x, mass) = year.points()[n - 1];
            assert!((x - 100.0 * n as f64).abs() < 1e-9 && (mass - expected).abs() < 1e-15);
        }
        assert!((year.mass() - year.something).abs() < 1e-14);
    }

    #[test]
    fn a_tiny_chance_keeps_its_digits_through_every_step() {
        let mut loss = fixed(5.0);
        loss.with_chance(1e-14);
        loss.and(&Atoms::NONE);
        loss.compound(&Count::Poisson { rate: 1.0 });
        assert!((loss.something / 1e-14 - 1.0).abs() < 1e-13);
        assert!((loss.above(4.0) / 1e-14 - 1.0).abs() < 1e-13);
        assert_eq!(loss.above(5.0), 0.0);
    }

    #[test]
    fn a_mixture_of_counts_and_a_clustered_count_put_their_chances_where_their_sums_are() {
        let rates = super::super::Rates::of_points(&[(0.5, 0.4), (3.0, 0.6)], None).unwrap();
        let counts = [
            (Count::UncertainRate(rates), 0.4 * libm::exp(-0.5) * 0.125 + 0.6 * libm::exp(-3.0) * 4.5),
            (Count::NegativeBinomial { mean: 2.0, size: 0.8 }, {
                let (r, p) = (0.8, 2.0 / 2.8);
                r * (r + 1.0) / 2.0 * libm::pow(1.0 - p, r) * p * p
            }),
        ];
        for (count, two) in counts {
            let mut year = fixed(10.0);
            year.compound(&count);
            assert!((year.points()[1].1 - two).abs() < 1e-14, "{count:?}");
        }
    }
}
