//! Which assumption moves the answer, and how far?
//!
//! A plan's value today where one assumption at a time is at its 10 % or its 90 % point, all others at their averages;
//! the largest swing first.

use std::fmt::Display;

use super::{Chart, ChartKind, ChartOption, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// One plan's value as assumptions change, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Whose value it is.
    pub option: ChartOption,
    /// The value with every assumption at its average, in currency units.
    pub value: f64,
    /// The assumptions, largest swing first.
    pub swings: Vec<Swing>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one assumption does.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// What it is.
    pub name: String,
    /// Its low value in words: "1 in 12 years".
    pub from: String,
    /// Its high value in words.
    pub to: String,
    /// The plan's value at the low one.
    pub low: f64,
    /// The plan's value at the high one.
    pub high: f64,
}

impl Swing {
    /// From the lower value of the plan to the higher.
    pub fn width(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

impl Tornado {
    /// Sorts by swing, largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, option: ChartOption, value: f64, mut swings: Vec<Swing>) -> Self {
        swings.sort_by(|a, b| b.width().total_cmp(&a.width()));
        let amounts = swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([value]);
        let scale = Scale::for_amounts(unit, amounts);
        Self { option, value, swings, scale }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).charts;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let parts: [(&str, &dyn Display); 2] = [("plan", &self.option.name), ("value", &amount(self.value))];
        let mut description = line(words.tornado, &parts);
        if let Some(first) = self.swings.first() {
            description.push_str(&line(
                words.tornado_first,
                &[
                    ("assumption", &first.name),
                    ("low", &amount(first.low)),
                    ("from", &first.from),
                    ("high", &amount(first.high)),
                    ("to", &first.to),
                ],
            ));
        }
        // How many of them turn the sign.
        let is_worth = self.value > 0.0;
        let turns = |swing: &&Swing| match is_worth {
            true => swing.low.min(swing.high) <= 0.0,
            false => swing.low.max(swing.high) > 0.0,
        };
        let count = self.swings.iter().filter(turns).count();
        let turning = match (count, is_worth) {
            (0, true) => words.tornado_none,
            (1, true) => words.tornado_one,
            (_, true) => words.tornado_some,
            (0, false) => words.tornado_never,
            (_, false) => words.tornado_rescues,
        };
        description.push_str(&line(turning, &[("count", &count)]));
        Chart::new(id, title, &description, ChartKind::Tornado(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let header = vec![
            words.assumption.to_owned(),
            words.low.to_owned(),
            words.high.to_owned(),
            titled(words.value_at_low, &self.scale),
            titled(words.value_at_high, &self.scale),
        ];
        let row = |s: &Swing| {
            vec![s.name.clone(), s.from.clone(), s.to.clone(), self.scale.full(s.low), self.scale.full(s.high)]
        };
        (header, self.swings.iter().map(row).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_swing_comes_first_and_the_words_say_what_it_does() {
        let swing = |name: &str, low, high| Swing { name: name.into(), from: "1".into(), to: "9".into(), low, high };
        let data = Tornado::new(
            "EUR",
            ChartOption::plan("Core", 0),
            4e5,
            vec![swing("small", 3.9e5, 4.1e5), swing("large", 9e5, -1e5)],
        );
        assert_eq!(data.table().1[0], ["large", "1", "9", "900,000", "-100,000"]);
        let words = data.into_chart("t", "t").description;
        assert!(words.ends_with(
            "EUR 400k with all at their averages. What moves it most is \"large\": from EUR 900k at 1 to EUR −100k at 9. One of them alone can make it worth nothing."
        ), "{words}");
    }
}
