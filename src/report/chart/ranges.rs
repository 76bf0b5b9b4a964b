//! How far does the loss of each risk reach in good years and bad ones?
//!
//! The average, the 1-in-20 and the 1-in-100 loss of a year, each risk by itself. Only averages add up to the whole.

use super::{Chart, ChartKind, ChartOption, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// Three kinds of year of each risk, today and with a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LossRanges {
    /// The options in order; the first is today.
    pub options: Vec<ChartOption>,
    /// The risks, largest average today first.
    pub risks: Vec<RiskYears>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk's years.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskYears {
    /// Name of the risk.
    pub name: String,
    /// Average, bad (1 in 20) and very bad year (1 in 100) under each option and in their order, in currency units.
    pub years: Vec<[f64; 3]>,
}

impl RiskYears {
    fn most(&self) -> f64 {
        self.years.iter().flatten().copied().fold(0.0, f64::max)
    }
}

impl LossRanges {
    /// Sorts the risks by their average today (the first option), largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, options: Vec<ChartOption>, mut risks: Vec<RiskYears>) -> Self {
        let today = |risk: &RiskYears| risk.years.first().map_or(0.0, |years| years[0]);
        risks.sort_by(|a, b| today(b).total_cmp(&today(a)));
        let scale = Scale::for_amounts(unit, risks.iter().map(RiskYears::most));
        Self { options, risks, scale }
    }

    /// The largest amount of the first risks.
    pub fn reach(&self, risks: usize) -> f64 {
        self.risks.iter().take(risks).map(RiskYears::most).fold(0.0, f64::max)
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str) -> Chart {
        let words = &texts(&self.scale).ranges;
        let options = match self.options.get(1) {
            Some(plan) => line(words.today_and, &[("plan", &plan.name)]),
            None => texts(&self.scale).charts.today.to_owned(),
        };
        let description = line(words.description, &[("options", &options)]);
        Chart::new(id, words.title, &description, ChartKind::LossRanges(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let mut header = vec![words.risk.to_owned(), words.option.to_owned()];
        header.extend(
            [words.average_year, words.bad_year_in_20, words.very_bad_year_in_100]
                .map(|year| titled(year, &self.scale)),
        );
        let rows = self.risks.iter().flat_map(|risk| {
            self.options.iter().zip(&risk.years).map(|(option, years)| {
                let names = [risk.name.clone(), option.name.clone()];
                names.into_iter().chain(years.map(|loss| self.scale.full(loss))).collect()
            })
        });
        (header, rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_risk_and_option_the_largest_average_first() {
        let risk = |name: &str, average: f64| RiskYears {
            name: name.into(),
            years: vec![[average, 2e4, 3e5], [average / 2.0, 0.0, 1e5]],
        };
        let options = vec![ChartOption::today("Today"), ChartOption::plan("Core", 1)];
        let data = LossRanges::new("EUR", options, vec![risk("small", 1e3), risk("large", 5e3)]);
        let (header, rows) = data.table();
        assert_eq!(header[2..], ["Average year (EUR)", "Bad year, 1 in 20 (EUR)", "Very bad year, 1 in 100 (EUR)"]);
        assert_eq!(rows[1], ["large", "Core", "2,500", "0", "100,000"]);
        assert_eq!(rows.len(), 4);
        assert!((data.reach(1) - 3e5).abs() < 1e-9);
        assert!(data.into_chart("ranges").description.contains("today and with Core"));
    }
}
