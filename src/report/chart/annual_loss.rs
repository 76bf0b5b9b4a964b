//! What may one year bring with one option, from no loss at all to a very bad year?

use super::{Chart, ChartKind, ChartOption, Scale};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// The distribution of one year's loss.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnualLossDensity {
    /// Whose years these are.
    pub option: ChartOption,
    /// Chance of a year without loss, 0 to 1; not part of any step.
    pub chance_of_no_loss: f64,
    /// Steps of loss in rising order; equal widths read best.
    pub bins: Vec<LossBin>,
    /// The average loss per year, in currency units.
    pub average: f64,
    /// The loss that is passed once in 20 years.
    pub bad_year: f64,
    /// The loss that is passed once in 100 years.
    pub very_bad_year: f64,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// The chance that a year's loss falls into one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossBin {
    /// Lower end, in currency units.
    pub from: f64,
    /// Upper end, above the lower one.
    pub to: f64,
    /// Chance of a year whose loss lies between them, 0 to 1.
    pub chance: f64,
}

impl AnnualLossDensity {
    /// `years` holds the average, the 1-in-20 and the 1-in-100 loss of a year.
    pub fn new(
        unit: impl Into<Unit>,
        option: ChartOption,
        chance_of_no_loss: f64,
        bins: Vec<LossBin>,
        years: [f64; 3],
    ) -> Self {
        let ends = bins.iter().map(|bin| bin.to).chain(years);
        let scale = Scale::for_amounts(unit, ends);
        let [average, bad_year, very_bad_year] = years;
        Self { option, chance_of_no_loss, bins, average, bad_year, very_bad_year, scale }
    }

    /// Chance of a year that costs more than the last step.
    pub fn chance_beyond(&self) -> f64 {
        let told: f64 = self.bins.iter().map(|bin| bin.chance).sum();
        let left = 1.0 - self.chance_of_no_loss - told;
        // What the sum loses to rounding is no chance.
        if left > 1e-9 { left } else { 0.0 }
    }

    /// The width of every step; none where they differ.
    pub fn step(&self) -> Option<f64> {
        let first = self.bins.first()?;
        let width = first.to - first.from;
        self.bins.iter().all(|bin| ((bin.to - bin.from) - width).abs() <= 1e-6 * width).then_some(width)
    }

    /// The marked years: name, how often, loss.
    pub fn years(&self) -> [(&'static str, &'static str, f64); 3] {
        let words = &texts(&self.scale).charts;
        [
            (words.average_year, "", self.average),
            (words.bad_year, words.in_20, self.bad_year),
            (words.very_bad_year, words.in_100, self.very_bad_year),
        ]
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let estimate = |loss: f64| self.scale.estimate_with_currency(loss);
        let description = line(
            texts(&self.scale).charts.one_year,
            &[
                ("option", &self.option.phrase(&self.scale)),
                ("none", &self.scale.percent(self.chance_of_no_loss)),
                ("average", &self.scale.amount_with_currency(self.average)),
                ("bad", &estimate(self.bad_year)),
                ("very_bad", &estimate(self.very_bad_year)),
            ],
        );
        Chart::new(id, title, &description, ChartKind::AnnualLossDensity(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let unit = |name: &str| super::titled(name, &self.scale);
        let words = &texts(&self.scale).charts;
        let header = vec![words.year.to_owned(), unit(words.from), unit(words.to), words.chance.to_owned()];
        let row = |name: &str, from: String, to: String, chance: String| vec![name.to_owned(), from, to, chance];
        let mut rows = vec![row(
            words.no_loss,
            self.scale.full(0.0),
            self.scale.full(0.0),
            self.scale.percent(self.chance_of_no_loss),
        )];
        rows.extend(self.bins.iter().map(|bin| {
            row(words.loss, self.scale.full(bin.from), self.scale.full(bin.to), self.scale.percent(bin.chance))
        }));
        if let Some(last) = self.bins.last().filter(|_| self.chance_beyond() > 0.0) {
            rows.push(row(
                words.loss,
                self.scale.full(last.to),
                String::new(),
                self.scale.percent(self.chance_beyond()),
            ));
        }
        rows.extend(self.years().map(|(name, often, loss)| {
            let parts: [(&str, &dyn std::fmt::Display); 2] = [("year", &name), ("often", &often)];
            let name = if often.is_empty() { name.to_owned() } else { line(words.year_of, &parts) };
            row(&name, self.scale.full(loss), self.scale.full(loss), String::new())
        }));
        (header, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(from: f64, to: f64, chance: f64) -> LossBin {
        LossBin { from, to, chance }
    }

    fn density(bins: Vec<LossBin>) -> AnnualLossDensity {
        AnnualLossDensity::new("EUR", ChartOption::plan("Core", 0), 0.6, bins, [40.0, 150.0, 300.0])
    }

    #[test]
    fn no_loss_the_steps_and_what_lies_beyond_make_up_every_year() {
        let data = density(vec![bin(0.0, 100.0, 0.3), bin(100.0, 200.0, 0.08)]);
        assert!((data.chance_beyond() - 0.02).abs() < 1e-12);
        assert_eq!(data.step(), Some(100.0));
        let (_, rows) = data.table();
        assert_eq!(rows[0], ["No loss", "0", "0", "60 %"]);
        assert_eq!(rows[3], ["Loss", "200", "", "2 %"]);
        assert_eq!(rows.len(), 7);
        assert_eq!(density(vec![bin(0.0, 100.0, 0.1), bin(100.0, 200.0, 0.3)]).chance_beyond(), 0.0);
    }

    #[test]
    fn steps_of_unlike_width_have_none_in_common() {
        assert_eq!(density(vec![bin(0.0, 1.0, 0.1), bin(1.0, 10.0, 0.1)]).step(), None);
        assert_eq!(density(vec![]).step(), None);
    }
}
