//! Which risks make a bad year bad?
//!
//! Of the mean loss in the years at or beyond a bad one, the part that each risk brings: E[risk's loss | the year is
//! that bad]. Means add, so the parts make up the whole (Euler allocation, Tasche 1999).

use super::{Chart, ChartKind, ChartOption, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// The parts of the risks in the mean loss of the bad years.
#[derive(Debug, Clone, PartialEq)]
pub struct TailContribution {
    /// Whose years these are.
    pub option: ChartOption,
    /// How rare the years are: 0.05 for the worst 1 in 20.
    pub chance: f64,
    /// The risks, largest part first.
    pub risks: Vec<RiskPart>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk's part.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskPart {
    /// Name of the risk.
    pub name: String,
    /// Mean loss of this risk in those years, in currency units.
    pub loss: f64,
}

impl TailContribution {
    /// Sorts the risks by their part, largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, option: ChartOption, chance: f64, mut risks: Vec<RiskPart>) -> Self {
        risks.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        let scale = Scale::for_amounts(unit, risks.iter().map(|risk| risk.loss));
        Self { option, chance, risks, scale }
    }

    /// The mean loss of those years: the sum of the parts.
    pub fn total(&self) -> f64 {
        self.risks.iter().map(|risk| risk.loss).sum()
    }

    /// A part as a share of the whole; none where nothing is lost.
    pub fn share(&self, loss: f64) -> Option<f64> {
        let total = self.total();
        (total > 0.0).then(|| loss / total)
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).charts;
        let (chance, loss) = (self.scale.chance(self.chance), self.scale.estimate_with_currency(self.total()));
        let option = self.option.phrase(&self.scale);
        let mut description = line(words.tail, &[("chance", &chance), ("option", &option), ("loss", &loss)]);
        if let Some((first, share)) = self.risks.first().and_then(|risk| Some((risk, self.share(risk.loss)?))) {
            let share = self.scale.percent(share);
            description.push_str(&line(words.tail_first, &[("risk", &first.name), ("share", &share)]));
        }
        Chart::new(id, title, &description, ChartKind::TailContribution(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let header = vec![words.risk.to_owned(), titled(words.mean_loss, &self.scale), words.share.to_owned()];
        let row = |name: &str, loss: f64| {
            vec![
                name.to_owned(),
                self.scale.full(loss),
                self.share(loss).map_or_else(String::new, |share| self.scale.percent(share)),
            ]
        };
        let risks = self.risks.iter().map(|risk| row(&risk.name, risk.loss));
        (header, risks.chain(std::iter::once(row(words.all_risks, self.total()))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(parts: &[(&str, f64)]) -> TailContribution {
        let risks = parts.iter().map(|(name, loss)| RiskPart { name: (*name).into(), loss: *loss }).collect();
        TailContribution::new("EUR", ChartOption::today("Today"), 0.05, risks)
    }

    #[test]
    fn the_parts_make_up_the_whole() {
        let data = tail(&[("a", 1e6), ("b", 3e6)]);
        let (_, rows) = data.table();
        assert_eq!(rows, [["b", "3,000,000", "75 %"], ["a", "1,000,000", "25 %"], ["All risks", "4,000,000", "100 %"]]);
        let words = data.into_chart("tail", "t").description;
        assert_eq!(
            words,
            "In the worst 1 in 20 years today the loss is EUR 4M on average. Of it 75 % comes from \"b\"."
        );
    }

    #[test]
    fn where_nothing_is_lost_there_are_no_shares() {
        let data = tail(&[("a", 0.0)]);
        assert_eq!(data.share(0.0), None);
        assert_eq!(data.table().1[0], ["a", "0", ""]);
    }
}
