//! Do the observed amounts lie on the fitted curve?
//!
//! The share of events above each amount, as observed (a point each) and as the fit has it (a line),
//! over a logarithmic axis. What is known only to be above a value stands apart.

use super::{Chart, ChartKind, Scale};
use crate::report::texts::{line, texts};
use crate::stats::Distribution;
use crate::stats::fit::{Observation, Observed};
use crate::units::Unit;

/// Points of the curve.
const POINTS: usize = 160;

/// Observed values against a fitted distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct DataAgainstFit {
    /// Observed values in rising order, with the share of events above each.
    pub seen: Vec<(f64, f64)>,
    /// Values that are exceeded by an unknown amount, with the share of events above each.
    pub open: Vec<(f64, f64)>,
    /// The fit: values and the chance of more, falling.
    pub curve: Vec<(f64, f64)>,
    /// What is measured, with its unit: "Amount of one event, EUR".
    pub caption: String,
    /// How values are written along the axis.
    pub scale: Scale,
}

impl DataAgainstFit {
    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str, description: &str) -> Chart {
        Chart::new(id, title, description, ChartKind::DataAgainstFit(self))
    }

    /// Observations against the distribution that is taken for them.
    ///
    /// Observed shares are Kaplan and Meier's: what is known only to be above a value leaves the ranks there without an
    /// event. A band stands in its middle. Both are given that the event was recorded.
    pub fn new(unit: impl Into<Unit>, caption: &str, data: &Observed, written: &Distribution) -> Self {
        let threshold = data.threshold;
        let mut values: Vec<(f64, bool)> = data
            .observations
            .iter()
            .map(|observation| match *observation {
                Observation::Exact(x) => (x, false),
                Observation::Above(c) => (c, true),
                Observation::Between(a, b) if b.is_finite() => (0.5 * (a.max(threshold) + b), false),
                Observation::Between(a, _) => (a, true),
            })
            .filter(|(x, _)| *x > 0.0)
            .collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut share = 1.0;
        let (mut seen, mut open) = (Vec::new(), Vec::new());
        let n = values.len();
        for (rank, (x, is_open)) in values.iter().enumerate() {
            if *is_open {
                open.push((*x, share));
                continue;
            }
            let after = share * (1.0 - 1.0 / (n - rank) as f64);
            // In the middle of its step.
            seen.push((*x, 0.5 * (share + after)));
            share = after;
        }
        let begin = threshold.max(written.quantile(0.005));
        let end = written.quantile(0.995).max(values.last().map_or(0.0, |(x, _)| *x));
        let recorded = written.sf(threshold);
        let curve = (0..=POINTS).map(|i| {
            let x = begin * libm::pow(end / begin, i as f64 / POINTS as f64);
            (x, (written.sf(x) / recorded).clamp(0.0, 1.0))
        });
        Self::of_points(unit, caption, seen, open, curve.collect())
    }

    fn of_points(
        unit: impl Into<Unit>,
        caption: &str,
        seen: Vec<(f64, f64)>,
        open: Vec<(f64, f64)>,
        curve: Vec<(f64, f64)>,
    ) -> Self {
        let all = seen.iter().chain(&open).chain(&curve).map(|(x, _)| *x);
        let scale = Scale::for_amounts(unit, all);
        Self { seen, open, curve, caption: caption.to_owned(), scale }
    }

    /// Lowest and highest value of the picture.
    pub fn ends(&self) -> (f64, f64) {
        let all = || self.seen.iter().chain(&self.open).chain(&self.curve).map(|(x, _)| *x).filter(|x| *x > 0.0);
        (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max))
    }

    /// Observed values, and what the fit has at the same share.
    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).drawing;
        let header = [words.value_seen, words.share_seen, words.share_fitted].map(str::to_owned).to_vec();
        let fitted = |x: f64| {
            let above = self.curve.iter().rfind(|(at, _)| *at <= x).or(self.curve.first());
            above.map_or_else(String::new, |(_, share)| self.scale.percent(*share))
        };
        let row = |(x, share): &(f64, f64)| vec![self.scale.full(*x), self.scale.percent(*share), fitted(*x)];
        let open = |(x, share): &(f64, f64)| {
            vec![line(words.more_than, &[("value", &self.scale.full(*x))]), self.scale.percent(*share), fitted(*x)]
        };
        (header, self.seen.iter().map(row).chain(self.open.iter().map(open)).collect())
    }
}
