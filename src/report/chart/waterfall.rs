//! How does a plan get from today's average loss to its own, control by control?

use std::fmt::Display;

use super::{Chart, ChartKind, ChartOption, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// From today's average loss per year to the plan's, one step a control.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Whether it starts from what is lost before insurers pay.
    pub is_before_insurers: bool,
    /// The plan.
    pub plan: ChartOption,
    /// Average loss per year today, in currency units.
    pub today: f64,
    /// The steps in the order in which they were reckoned.
    pub steps: Vec<WaterfallStep>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one control or the insurance takes off the average loss, after all steps before it.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallStep {
    /// Name of the control or the insurance.
    pub name: String,
    /// Reduction of the average loss per year; negative where a step adds loss, such as a control that is dropped.
    pub reduction: f64,
    /// Whether insurance pays rather than a control prevents.
    pub is_insurance: bool,
}

impl Waterfall {
    /// Keeps the order of the steps.
    pub fn new(unit: impl Into<Unit>, plan: ChartOption, today: f64, steps: Vec<WaterfallStep>) -> Self {
        let unit = unit.into();
        let scale = Scale::for_amounts(unit, std::iter::empty());
        let mut data = Self { is_before_insurers: false, plan, today, steps, scale };
        data.scale = Scale::for_amounts(unit, data.levels().into_iter());
        data
    }

    /// The same from today's loss before insurers pay.
    #[must_use]
    pub fn before_insurers(self) -> Self {
        Self { is_before_insurers: true, ..self }
    }

    /// The name of the first bar.
    pub fn start(&self) -> &'static str {
        let words = &texts(&self.scale).charts;
        if self.is_before_insurers { words.before_insurers } else { words.start_today }
    }

    /// The average loss at the start and after each step.
    pub fn levels(&self) -> Vec<f64> {
        let mut level = self.today;
        let after = self.steps.iter().map(|step| {
            level -= step.reduction;
            level
        });
        std::iter::once(self.today).chain(after).collect()
    }

    /// Average loss per year with the whole plan.
    pub fn remaining(&self) -> f64 {
        self.today - self.steps.iter().map(|step| step.reduction).sum::<f64>()
    }

    /// The chart with its words; the note says that the order matters.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).charts;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let mut description = line(
            if self.is_before_insurers { words.steps_insured } else { words.steps },
            &[("loss", &amount(self.today)), ("left", &amount(self.remaining())), ("plan", &self.plan.name)],
        );
        let largest = self.steps.iter().filter(|step| step.reduction > 0.0);
        if let Some(step) = largest.max_by(|a, b| a.reduction.total_cmp(&b.reduction)) {
            let parts: [(&str, &dyn Display); 2] = [("step", &step.name), ("loss", &amount(step.reduction))];
            description.push_str(&line(words.steps_most, &parts));
        }
        let is_ordered = self.steps.len() > 1;
        let chart = Chart::new(id, title, &description, ChartKind::Waterfall(self));
        if is_ordered { chart.with_note(words.steps_order) } else { chart }
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let header =
            vec![words.step.to_owned(), titled(words.change, &self.scale), titled(words.average_loss, &self.scale)];
        let mut rows = vec![vec![self.start().to_owned(), String::new(), self.scale.full(self.today)]];
        let steps = self.steps.iter().zip(self.levels().into_iter().skip(1));
        rows.extend(
            steps
                .map(|(step, level)| vec![step.name.clone(), self.scale.full(-step.reduction), self.scale.full(level)]),
        );
        rows.push(vec![self.plan.name.clone(), String::new(), self.scale.full(self.remaining())]);
        (header, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_lead_from_today_to_the_plan() {
        let step = |name: &str, reduction| WaterfallStep { name: name.into(), reduction, is_insurance: false };
        let steps = vec![step("mfa", 300.0), step("dropped", -50.0)];
        let data = Waterfall::new("EUR", ChartOption::plan("Core", 0), 1000.0, steps);
        assert_eq!(data.levels(), [1000.0, 700.0, 750.0]);
        let (_, rows) = data.table();
        assert_eq!(rows[2], ["dropped", "50", "750"]);
        assert_eq!(rows[3], ["Core", "", "750"]);
        let chart = data.into_chart("waterfall", "t");
        assert_eq!(
            chart.description,
            "From an average loss of EUR 1k a year today to EUR 750 with Core, step by step. The largest step is \
             \"mfa\": EUR 300 less."
        );
        assert!(chart.note.is_some_and(|note| note.contains("order")));
    }
}
