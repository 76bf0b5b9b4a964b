//! How far does each option pull in the average year, the bad one and the very bad one?

use super::{AgreedLimit, Chart, ChartKind, ChartOption, Scale, titled};
use crate::report::texts::texts;
use crate::units::Unit;

/// Three kinds of year for each option, against what was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct LossBeforeAndAfter {
    /// The options in order; the first is today.
    pub options: Vec<OptionYears>,
    /// What the board agreed to bear.
    pub limits: Vec<AgreedLimit>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One option's years, in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionYears {
    /// Which option.
    pub option: ChartOption,
    /// Average loss per year.
    pub average: f64,
    /// The loss that is passed once in 20 years. Below the average where losses are rare and large.
    pub bad_year: f64,
    /// The loss that is passed once in 100 years.
    pub very_bad_year: f64,
}

impl OptionYears {
    /// Average, bad and very bad year.
    pub fn losses(&self) -> [f64; 3] {
        [self.average, self.bad_year, self.very_bad_year]
    }
}

impl LossBeforeAndAfter {
    /// Chooses the axis from all amounts.
    pub fn new(unit: impl Into<Unit>, options: Vec<OptionYears>, limits: Vec<AgreedLimit>) -> Self {
        let unit = unit.into();
        let mut data = Self { options, limits, scale: Scale::for_amounts(unit, std::iter::empty()) };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest amount that the picture shows; a limit far beyond all losses is told at the edge instead.
    pub fn reach(&self) -> f64 {
        let losses = self.options.iter().flat_map(OptionYears::losses).fold(0.0, f64::max);
        let agreed = self.limits.iter().map(|limit| limit.loss);
        agreed.filter(|loss| losses <= 0.0 || *loss <= 3.0 * losses).fold(losses, f64::max)
    }

    /// The chart with its words: what a bad year costs with each option, and whether that is within what was agreed.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let mut description = texts(&self.scale).charts.years.to_owned();
        for limit in &self.limits {
            let names = self.options.iter().map(|years| years.option.name.as_str());
            description.push(' ');
            description.push_str(&limit.summary(texts(&self.scale).charts.sorted, names, &self.scale));
        }
        Chart::new(id, title, &description, ChartKind::LossBeforeAndAfter(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let years = [words.average_year, words.bad_year_in_20, words.very_bad_year_in_100];
        let agreed = |limit: &AgreedLimit| limit.of_template(words.chance_of_more, &self.scale);
        let mut header = vec![words.option.to_owned()];
        header.extend(years.map(|year| titled(year, &self.scale)));
        header.extend(self.limits.iter().map(agreed));
        let row = |(place, option): (usize, &OptionYears)| {
            let chances = self
                .limits
                .iter()
                .map(|limit| limit.chances.get(place).map_or_else(String::new, |c| self.scale.percent(*c)));
            std::iter::once(option.option.name.clone())
                .chain(option.losses().map(|amount| self.scale.full(amount)))
                .chain(chances)
                .collect()
        };
        (header, self.options.iter().enumerate().map(row).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_and_the_table_tell_which_option_keeps_to_the_limit() {
        let years = |option, bad_year| OptionYears { option, average: 4e5, bad_year, very_bad_year: 6e6 };
        let limit = AgreedLimit {
            name: "agreed limit".into(),
            loss: 2.5e6,
            chance: 0.05,
            chances: vec![0.11, 0.03],
            errors: vec![],
        };
        let data = LossBeforeAndAfter::new(
            "EUR",
            vec![years(ChartOption::today("Today"), 4.6e6), years(ChartOption::plan("Core", 0), 2.1e6)],
            vec![limit],
        );
        assert_eq!(data.table().1[1], ["Core", "400,000", "2,100,000", "6,000,000", "3 %"]);
        let words = data.into_chart("years", "t").description;
        assert!(words.ends_with(
            "Chance of losing more than EUR 2.5M, agreed at 1 in 20: within it Core (1 in 33); over it today (1 in 9.1)."
        ), "{words}");
    }
}
