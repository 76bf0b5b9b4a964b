//! What do a 10 %, a 50 % and a 90 % point say about an amount or a chance?
//!
//! A metalog in a transformed space (Keelin 2016): ln X for an amount without an
//! upper bound, ln(X/(B − X)) for an amount or chance below B. In logs the tail
//! index is a₂ + a₃/2. Moments have no closed form: with s the log-odds of F(x),
//! E\[min(X, x)\] = x (1 − F(x)) + ∫ X(s) F(1 − F) ds up to s, whose running integral
//! is tabulated once and finished from the nearest point of the table by Gauss–Legendre;
//! above s = 40 it is exponential and is written down.

use super::error::{FitError, below, positive};
use super::family::Family;
use super::metalog_curve::{MetalogCurve, log_odds, share, share_and_product};
use crate::stats::quadrature::GaussLegendre;
use std::fmt;
use std::sync::Arc;

/// Where the table ends: F and 1 − F are below 1e-17 beyond.
const END: f64 = 40.0;
/// Cells of the table.
const CELLS: usize = 640;
/// Width of a cell.
const CELL: f64 = 2.0 * END / CELLS as f64;

/// A metalog of an amount or a chance.
#[derive(Clone, PartialEq)]
pub struct Metalog {
    curve: MetalogCurve,
    /// The least upper bound; infinite if there is none.
    bound: f64,
    table: Arc<[Point]>,
    unit: f64,
}

/// What is known at the start of a cell.
#[derive(Clone, Copy, PartialEq)]
struct Point {
    /// The curve there.
    height: f64,
    /// ∫ (X, X²) F(1−F) ds from −END, in units of `unit`.
    integrals: (f64, f64),
}

impl fmt::Debug for Metalog {
    /// Without the table, which follows from the rest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { curve, bound, unit, .. } = self;
        f.debug_struct("Metalog").field("curve", curve).field("bound", bound).field("unit", unit).finish()
    }
}

impl Metalog {
    /// From 0 < `p10` < `p50` < `p90` of an amount without an upper bound.
    pub fn unbounded(p10: f64, p50: f64, p90: f64) -> Result<Self, FitError> {
        Self::fitted([p10, p50, p90], f64::INFINITY)
    }

    /// From 0 < `p10` < `p50` < `p90` < `at_most`; a chance has `at_most` 1.
    pub fn bounded(p10: f64, p50: f64, p90: f64, at_most: f64) -> Result<Self, FitError> {
        positive("at_most", at_most)?;
        Self::fitted([p10, p50, p90], at_most)
    }

    fn fitted(points: [f64; 3], bound: f64) -> Result<Self, FitError> {
        let [p10, p50, p90] = points;
        for (name, value) in [("p10", p10), ("p50", p50), ("p90", p90)] {
            positive(name, value)?;
            if value >= bound {
                return Err(FitError::NotBelow { name, value, bound });
            }
        }
        below(("p10", p10), ("p50", p50))?;
        below(("p50", p50), ("p90", p90))?;
        // In units of the median (or of the bound): nothing overflows on the way.
        let unit = if bound.is_finite() { bound } else { p50 };
        let place = |x: f64| transformed(x / unit, bound.is_finite(), (bound - x) / unit);
        let back = |height: f64| raw(height, bound.is_finite()) * unit;
        let curve = MetalogCurve::through(place(p10), place(p50), place(p90)).map_err(|error| match error {
            FitError::InfeasibleQuantiles { nearest_p10, nearest_p50, nearest_p90, .. } => {
                FitError::InfeasibleQuantiles {
                    p10,
                    p50,
                    p90,
                    nearest_p10: back(nearest_p10),
                    nearest_p50: back(nearest_p50),
                    nearest_p90: back(nearest_p90),
                }
            }
            _ => FitError::Unresolvable { low: p10, high: p90 },
        })?;
        let mut integrals = (0.0, 0.0);
        let table = (0..=CELLS).map(|cell| {
            let from = start(cell);
            let point = Point { height: curve.at(from), integrals };
            let (first, second) = stretch(&curve, bound.is_finite(), from, from + CELL);
            integrals = (integrals.0 + first, integrals.1 + second);
            point
        });
        let table = table.collect();
        Ok(Self { curve, bound, table, unit })
    }

    /// The quantile curve in the transformed space, with amounts in units of the
    /// median (no bound) or of the bound.
    #[must_use]
    pub fn curve(&self) -> &MetalogCurve {
        &self.curve
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self { bound: self.bound * factor, unit: self.unit * factor, ..self.clone() }
    }

    fn is_bounded(&self) -> bool {
        self.bound.is_finite()
    }

    /// The log-odds of F(x), for x inside the support.
    fn odds_at(&self, x: f64) -> f64 {
        self.log_odds_at(transformed(x / self.unit, self.is_bounded(), (self.bound - x) / self.unit))
    }

    /// The log-odds at which the curve has this height.
    fn log_odds_at(&self, height: f64) -> f64 {
        let above = self.table.partition_point(|point| point.height <= height);
        let (Some(low), Some(high)) = (above.checked_sub(1).map(|low| self.table[low]), self.table.get(above)) else {
            return self.curve.log_odds_at(height);
        };
        let from = start(above - 1);
        let along = CELL * (height - low.height) / (high.height - low.height);
        self.curve.log_odds_between(height, from, from + CELL, from + along)
    }

    /// ∫ X^k F(1−F) ds from END to s, k = 1, 2, where the curve is straight.
    fn straight(&self, power: f64, s: f64) -> f64 {
        // From END on X^k F(1−F) = e^{k·(height at END)} − … decays (or grows) by this rate.
        let rate = power * self.curve.top_slope() - 1.0;
        let height = libm::exp(power * self.curve.at(END) - END);
        let span = s - END;
        if rate == 0.0 {
            height * span
        } else if s == f64::INFINITY {
            if rate < 0.0 { -height / rate } else { f64::INFINITY }
        } else {
            height * libm::expm1(rate * span) / rate
        }
    }

    /// ∫ X^k F(1−F) ds up to s for k = 1 (`first`) or 2, in units of `unit`.
    fn partial(&self, s: f64, first: bool) -> f64 {
        let pick = |pair: (f64, f64)| if first { pair.0 } else { pair.1 };
        if s <= -END {
            return 0.0;
        }
        if s >= END {
            let whole = pick(self.table[CELLS].integrals);
            let power = if first { 1.0 } else { 2.0 };
            return if self.is_bounded() { whole } else { whole + self.straight(power, s) };
        }
        let nearest = (((s + END) / CELL).round() as usize).min(CELLS);
        let rest = stretch(&self.curve, self.is_bounded(), start(nearest), s);
        pick(self.table[nearest].integrals) + pick(rest)
    }

    fn second_moment(&self) -> f64 {
        self.partial(f64::INFINITY, false) * self.unit * self.unit
    }
}

/// An amount in the space where the metalog is fitted; `left` is how far it stays below the bound.
fn transformed(x: f64, bounded: bool, left: f64) -> f64 {
    if bounded { libm::log(x / left) } else { libm::log(x) }
}

/// And back.
fn raw(height: f64, bounded: bool) -> f64 {
    if bounded { share(height) } else { libm::exp(height) }
}

/// Where a cell of the table starts.
fn start(cell: usize) -> f64 {
    cell as f64 * CELL - END
}

/// ∫ (X, X²) F(1−F) ds over one stretch no longer than a cell; back from its end where it runs backwards.
fn stretch(curve: &MetalogCurve, bounded: bool, from: f64, to: f64) -> (f64, f64) {
    let (mut first, mut second) = (0.0, 0.0);
    for (s, weight) in GaussLegendre::nodes_4().over(from, to) {
        let (y, both) = share_and_product(s);
        let [a1, a2, a3] = curve.coefficients();
        let x = raw(a1 + s * (a2 + a3 * (y - 0.5)), bounded);
        let each = weight * x * both;
        first += each;
        second += each * x;
    }
    (first, second)
}

impl Family for Metalog {
    fn mean(&self) -> f64 {
        self.partial(f64::INFINITY, true) * self.unit
    }
    fn variance(&self) -> f64 {
        let (mean, second) = (self.mean(), self.second_moment());
        if second == f64::INFINITY { second } else { second - mean * mean }
    }
    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        if x <= 0.0 || x >= self.bound {
            return 0.0;
        }
        let stretching = if self.is_bounded() { self.bound / (self.bound - x) } else { 1.0 };
        let density = self.curve.density(self.odds_at(x)) * stretching / x;
        if density.is_finite() { density } else { 0.0 }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x >= self.bound {
            1.0
        } else {
            share(self.odds_at(x))
        }
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            1.0
        } else if x >= self.bound {
            0.0
        } else {
            share(-self.odds_at(x))
        }
    }
    fn quantile(&self, p: f64) -> f64 {
        if p == 0.0 {
            0.0
        } else if p == 1.0 {
            self.bound
        } else {
            raw(self.curve.at(log_odds(p)), self.is_bounded()) * self.unit
        }
    }
    fn support(&self) -> (f64, f64) {
        (0.0, self.bound)
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 || x.is_nan() {
            return x;
        }
        if x >= self.bound {
            return self.mean();
        }
        let s = self.odds_at(x);
        x * share(-s) + self.partial(s, true) * self.unit
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x <= 0.0 || x.is_nan() {
            return x * x;
        }
        if x >= self.bound {
            return self.second_moment();
        }
        let s = self.odds_at(x);
        x * x * share(-s) + self.partial(s, false) * self.unit * self.unit
    }
    fn tail_index(&self) -> f64 {
        if self.is_bounded() { 0.0 } else { self.curve.top_slope() }
    }
    fn below_top(&self, gap: f64) -> (f64, f64) {
        if !self.is_bounded() {
            return (f64::NAN, f64::NAN);
        }
        if gap <= 0.0 || gap >= self.bound {
            return (0.0, if gap <= 0.0 { 0.0 } else { 1.0 });
        }
        let x = self.bound - gap;
        let s = self.log_odds_at(libm::log(x / gap));
        (self.curve.density(s) * self.bound / gap / x, share(-s))
    }
}
