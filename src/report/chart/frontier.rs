//! What does more money buy?
//!
//! The best set of controls under each budget: what it costs in cash over the horizon, and what is then still lost in an
//! average year.

use super::{Chart, ChartKind, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// The best sets, cheapest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Frontier {
    /// The sets, each costing more than the one before.
    pub points: Vec<FrontierPoint>,
    /// The horizon in words, such as "3 years".
    pub horizon: String,
    /// How amounts are written along the axis of spending.
    pub spend_scale: Scale,
    /// How amounts are written along the axis of losses.
    pub loss_scale: Scale,
}

/// One set.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Cash over the horizon, in currency units.
    pub spend: f64,
    /// Average loss per year that remains.
    pub loss: f64,
    /// What is bought beside what the point before has, in words.
    pub change: String,
    /// The set that the report recommends.
    pub is_chosen: bool,
}

impl Frontier {
    /// Chooses the two axes.
    pub fn new(unit: impl Into<Unit>, horizon: &str, points: Vec<FrontierPoint>) -> Self {
        let unit = unit.into();
        let spend_scale = Scale::for_amounts(unit, points.iter().map(|point| point.spend));
        let loss_scale = Scale::for_amounts(unit, points.iter().map(|point| point.loss));
        Self { points, horizon: horizon.to_owned(), spend_scale, loss_scale }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.loss_scale).charts;
        let mut description = line(words.frontier, &[("years", &self.horizon)]);
        if let Some(chosen) = self.points.iter().find(|point| point.is_chosen) {
            let spend = self.spend_scale.amount_with_currency(chosen.spend);
            let loss = self.loss_scale.amount_with_currency(chosen.loss);
            description.push_str(&line(words.frontier_chosen, &[("spend", &spend), ("loss", &loss)]));
        }
        Chart::new(id, title, &description, ChartKind::Frontier(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.loss_scale).charts;
        let header = vec![
            words.what_changes.to_owned(),
            titled(words.money_paid, &self.spend_scale),
            titled(words.average_loss, &self.loss_scale),
        ];
        let row = |point: &FrontierPoint| {
            let change = match point.is_chosen {
                true => line(words.recommended, &[("change", &point.change)]),
                false => point.change.clone(),
            };
            vec![change, self.spend_scale.full(point.spend), self.loss_scale.full(point.loss)]
        };
        (header, self.points.iter().map(row).collect())
    }
}
