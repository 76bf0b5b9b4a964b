//! Do the observed amounts lie on the fitted curve?
//!
//! The share of events above each amount, as observed (a point each) and as the fit has it (a line),
//! over a logarithmic axis. What is known only to be above a value stands apart.

use super::{Chart, ChartKind, Scale};
use crate::units::Unit;

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
    pub fn into_chart(self, title: &str, description: &str) -> Chart {
        Chart::new("data-against-fit", title, description, ChartKind::DataAgainstFit(self))
    }

    /// One without a currency, or with one that is known.
    pub fn new(
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
        let header = ["Value", "Share of events above it, as seen", "as fitted"].map(str::to_owned).to_vec();
        let fitted = |x: f64| {
            let above = self.curve.iter().rfind(|(at, _)| *at <= x).or(self.curve.first());
            above.map_or_else(String::new, |(_, share)| self.scale.percent(*share))
        };
        let row = |(x, share): &(f64, f64)| vec![self.scale.full(*x), self.scale.percent(*share), fitted(*x)];
        let open = |(x, share): &(f64, f64)| {
            vec![format!("more than {}", self.scale.full(*x)), self.scale.percent(*share), fitted(*x)]
        };
        (header, self.seen.iter().map(row).chain(self.open.iter().map(open)).collect())
    }
}
