//! What is the chance of losing more than an amount in a year, today and with each plan?
//!
//! One falling curve an option. The chance runs on a logarithmic axis from every year down to once in a thousand years,
//! because the years that end careers stand where a linear axis has nothing left to show.

use super::{AgreedLimit, Chart, ChartKind, Scale, titled};
use crate::report::texts::texts;
use crate::units::Unit;

/// The chances of the lines across the picture, and the rows of its table.
pub const LADDER: [f64; 10] = [1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/// Below one in a thousand years nothing is drawn.
pub const LEAST_CHANCE: f64 = 0.001;

/// Above this ratio between amounts the picture's axis is logarithmic.
const WIDE: f64 = 50.0;

/// Chance of losing more than an amount in a year, for each option, against what was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceedance {
    /// The options in order; the first is today.
    pub curves: Vec<ExceedanceCurve>,
    /// What the board agreed to bear.
    pub limits: Vec<AgreedLimit>,
    /// How amounts are written along a linear axis.
    pub scale: Scale,
    /// Whether amounts differ so much that only a logarithmic axis tells them apart.
    pub is_wide: bool,
}

/// One option's chances.
#[derive(Debug, Clone, PartialEq)]
pub struct ExceedanceCurve {
    /// Name of the option.
    pub name: String,
    /// Chance of any loss in a year, 0 to 1.
    pub chance_of_loss: f64,
    /// Losses in currency units, rising, and the chance of losing more in a year, falling. Two points of one loss are a
    /// step. About 200 points make a smooth line.
    pub points: Vec<(f64, f64)>,
}

impl Exceedance {
    /// Chooses the axis: linear, unless the amounts that are lost once in a thousand years, or the agreed ones, lie more
    /// than 50 times apart.
    pub fn new(unit: impl Into<Unit>, curves: Vec<ExceedanceCurve>, limits: Vec<AgreedLimit>) -> Self {
        let unit = unit.into();
        let far: Vec<f64> = curves.iter().map(ExceedanceCurve::far_loss).filter(|loss| *loss > 0.0).collect();
        let largest = far.iter().copied().fold(0.0, f64::max);
        let agreed = limits.iter().map(|limit| limit.loss).filter(|loss| *loss > 0.0 && *loss < largest);
        let least = far.iter().copied().chain(agreed).fold(f64::INFINITY, f64::min);
        let is_wide = largest > WIDE * least;
        let mut data = Self { curves, limits, scale: Scale::for_amounts(unit, std::iter::empty()), is_wide };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest amount that the picture shows. A limit far beyond all losses is told at the edge instead, because
    /// it would press the curves flat.
    pub fn reach(&self) -> f64 {
        let losses = self.curves.iter().map(ExceedanceCurve::far_loss).fold(0.0, f64::max);
        let agreed = self.limits.iter().map(|limit| limit.loss);
        let near = agreed.filter(|loss| losses <= 0.0 || *loss <= 3.0 * losses);
        near.fold(losses, f64::max)
    }

    /// Which chance each option has of passing each agreed limit, in words, and whether that is within it.
    pub fn crossings(&self) -> Vec<String> {
        // Many options are sorted into those within and those over, for nobody reads thirty like sentences.
        let is_short = self.limits.len() * self.curves.len() <= 6;
        let names = || self.curves.iter().map(|curve| curve.name.as_str());
        let told = |limit: &AgreedLimit| {
            if is_short {
                limit.sentences(names(), &self.scale)
            } else {
                vec![limit.summary(texts(&self.scale).charts.sorted, names(), &self.scale)]
            }
        };
        self.limits.iter().flat_map(told).collect()
    }

    /// The chart with its words: what it shows, and how each option stands to what was agreed.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let mut description = texts(&self.scale).charts.losing_more.to_owned();
        for sentence in self.crossings() {
            description.push(' ');
            description.push_str(&sentence);
        }
        Chart::new(id, title, &description, ChartKind::Exceedance(self))
    }

    /// Losses by chance, then the chances of passing what was agreed.
    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let mut header = vec![words.chance_of_losing_more.to_owned()];
        header.extend(self.curves.iter().map(|curve| titled(&curve.name, &self.scale)));
        let any = self.curves.iter().map(|curve| self.scale.percent(curve.chance_of_loss));
        let mut rows = vec![std::iter::once(words.any_loss.to_owned()).chain(any).collect()];
        for chance in LADDER.into_iter().filter(|chance| *chance < 1.0) {
            let loss =
                |curve: &ExceedanceCurve| curve.loss_at(chance).map_or_else(String::new, |loss| self.scale.full(loss));
            rows.push(std::iter::once(self.scale.chance(chance)).chain(self.curves.iter().map(loss)).collect());
        }
        rows.extend(self.limits.iter().map(|limit| limit.row(self.curves.len(), &self.scale)));
        (header, rows)
    }
}

impl ExceedanceCurve {
    /// A curve from its points, in falling order of chance.
    pub fn new(name: &str, chance_of_loss: f64, points: Vec<(f64, f64)>) -> Self {
        Self { name: name.to_owned(), chance_of_loss, points }
    }

    /// The points from no loss on, the first at the chance of any loss.
    pub fn path(&self) -> Vec<(f64, f64)> {
        std::iter::once((0.0, self.chance_of_loss)).chain(self.points.iter().copied()).collect()
    }

    /// The loss that is passed with at most this chance: between two points along the straight line on the picture's
    /// axis of chance. None where the points end above it.
    pub fn loss_at(&self, chance: f64) -> Option<f64> {
        let path = self.path();
        if self.chance_of_loss <= chance {
            return Some(0.0);
        }
        path.windows(2).find_map(|pair| {
            let ((x0, c0), (x1, c1)) = (pair[0], pair[1]);
            (c1 <= chance).then(|| {
                // A line to a chance of nothing has no logarithm and is followed as it is.
                let part =
                    if c1 > 0.0 { libm::log(c0 / chance) / libm::log(c0 / c1) } else { (c0 - chance) / (c0 - c1) };
                x0 + (x1 - x0) * part.clamp(0.0, 1.0)
            })
        })
    }

    /// The chance of losing more than an amount, between two points along the same line; nothing beyond the last.
    pub fn chance_above(&self, loss: f64) -> f64 {
        let path = self.path();
        // Of the points at one loss the last tells the chance of losing more.
        let Some(index) = path.iter().rposition(|(at, _)| *at <= loss) else { return self.chance_of_loss };
        let (x0, c0) = path[index];
        let Some((x1, c1)) = path.get(index + 1).copied() else { return if loss > x0 { 0.0 } else { c0 } };
        let part = (loss - x0) / (x1 - x0);
        if c0 > 0.0 && c1 > 0.0 { c0 * libm::pow(c1 / c0, part) } else { c0 + (c1 - c0) * part }
    }

    /// The loss that is passed once in a thousand years, or the last one where the points end before.
    pub fn far_loss(&self) -> f64 {
        self.loss_at(LEAST_CHANCE).or_else(|| self.points.last().map(|(loss, _)| *loss)).unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(chances: Vec<f64>) -> AgreedLimit {
        AgreedLimit { name: "agreed limit".into(), loss: 2.5e6, chance: 0.05, chances, errors: vec![] }
    }

    fn curve(name: &str, size: f64) -> ExceedanceCurve {
        ExceedanceCurve::new(name, 0.4, vec![(size, 0.1), (10.0 * size, 0.001), (20.0 * size, 0.0)])
    }

    #[test]
    fn a_loss_is_read_off_the_curve_between_its_points() {
        let curve = curve("a", 100.0);
        assert_eq!(curve.loss_at(0.5), Some(0.0));
        assert_eq!(curve.loss_at(0.4), Some(0.0));
        assert_eq!(curve.loss_at(0.1), Some(100.0));
        assert!((curve.loss_at(0.01).unwrap() - 550.0).abs() < 1e-9);
        assert!((curve.loss_at(0.000_5).unwrap() - 1500.0).abs() < 1e-9);
        assert_eq!(ExceedanceCurve::new("b", 0.4, vec![(7.0, 0.2)]).loss_at(0.1), None);
        // A single size of loss: the chance falls in one step.
        let step = ExceedanceCurve::new("c", 0.3, vec![(0.0, 0.3), (5.0, 0.3), (5.0, 0.0)]);
        assert_eq!((step.loss_at(0.2), step.far_loss()), (Some(5.0), 5.0));
        // And back again.
        for chance in [0.3, 0.1, 0.03, 0.01, 0.001] {
            assert!((curve.chance_above(curve.loss_at(chance).unwrap()) - chance).abs() < 1e-12);
        }
        assert_eq!([0.0, 4.0, 5.0, 6.0].map(|loss| step.chance_above(loss)), [0.3, 0.3, 0.0, 0.0]);
    }

    #[test]
    fn the_axis_is_logarithmic_only_where_amounts_lie_far_apart() {
        let wide = |sizes: [f64; 2]| Exceedance::new("EUR", sizes.map(|s| curve("a", s)).to_vec(), vec![]).is_wide;
        assert!(!wide([1e5, 4e6]) && wide([1e5, 6e6]) && !wide([1e5, 0.0]) && !wide([0.0, 0.0]));
    }

    #[test]
    fn crossings_are_said_in_words() {
        let data =
            Exceedance::new("EUR", vec![curve("Today", 1e6), curve("Core", 2e5)], vec![limit(vec![0.153, 0.03])]);
        let chart = data.into_chart("exceedance", "t");
        assert_eq!(
            chart.description,
            "Chance of losing more than an amount in one year, for each option. Today, the chance of losing more than \
             EUR 2.5M is 1 in 6.5: over the agreed 1 in 20. With Core, the chance of losing more than EUR 2.5M is \
             1 in 33: within the agreed 1 in 20."
        );
    }

    #[test]
    fn many_options_are_sorted_into_within_and_over() {
        let names = ["Today", "A", "B", "C", "D", "E", "F"];
        let chances = vec![0.2, 0.05, 0.04, 0.0501, 0.0, 0.01, 0.02];
        let data = Exceedance::new("EUR", names.map(|name| curve(name, 1e6)).to_vec(), vec![limit(chances)]);
        assert_eq!(
            data.crossings(),
            ["Chance of losing more than EUR 2.5M, agreed at 1 in 20: within it A (1 in 20), B (1 in 25), D (none), \
              E (1 in 100) and F (1 in 50); over it today (1 in 5) and C (1 in 19.96)."]
        );
    }

    #[test]
    fn a_limit_far_beyond_all_losses_does_not_stretch_the_axis() {
        let at = |loss| {
            let limit = AgreedLimit { loss, ..limit(vec![0.0]) };
            Exceedance::new("EUR", vec![curve("Today", 1e5)], vec![limit]).reach()
        };
        assert_eq!((at(2.5e6), at(5e7), at(10.0)), (2.5e6, 1e6, 1e6));
    }
}
