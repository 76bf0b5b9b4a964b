//! What do layers over the sum of a year pay, and what is left?
//!
//! A layer pays (1 − c) · min(max(S − r, 0), l) of the year's sum S. On average that is (1 − c) · ∫ P(S > x) dx from r
//! to r + l. What is left never falls while S rises, so its quantiles are those of S put through, and its tail mean is
//! net(q) + 1/(1 − p) · ∫ net′(x) P(S > x) dx from q on. (Klugman, Panjer & Willmot, Loss Models, chapter 8.)

use crate::engine::year::{LEVELS, TAILS, YearLoss};
use crate::model::Group;
use crate::stats::lattice::AnnualLoss;
use crate::units::{Arithmetic, Figure};

/// The terms of a layer.
#[derive(Debug, Clone, Copy)]
pub struct Layer {
    /// Where it begins.
    pub from: f64,
    /// Infinite where the layer has no end.
    pub to: f64,
    /// The insurer's share.
    pub share: f64,
}

/// What a layer does in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerYear {
    /// Its premium.
    pub premium: Figure,
    /// What it pays on average.
    pub paid: Option<f64>,
    /// The chance that it pays anything, and what that may be off by.
    pub chance: (f64, f64),
    /// The chance that it is used up, and what that may be off by; none where it has no end.
    pub exhausted: Option<(f64, f64)>,
}

/// All layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Tower {
    /// By layer.
    pub layers: Vec<LayerYear>,
    /// The quantiles of what is left, at the levels of every year.
    pub quantiles: [Option<f64>; LEVELS.len()],
    /// The tail means of what is left.
    pub tail_means: [Option<f64>; TAILS.len()],
    /// The mean of what is left.
    pub mean: Option<f64>,
}

/// The layers of a group.
pub fn layers(group: &Group) -> Vec<Layer> {
    let of = |layer: &crate::model::GroupLayer| {
        let from = f64::from_decimal(layer.retention.get());
        let to = layer.limit.map_or(f64::INFINITY, |limit| from + f64::from_decimal(limit.get()));
        Layer { from, to, share: 1.0 - f64::from_decimal(layer.coinsurance.get()) }
    };
    group.tower.iter().map(of).collect()
}

/// The amounts at which layers begin and end, each layer's own side by side.
pub fn bounds(layers: &[Layer]) -> Vec<f64> {
    layers.iter().flat_map(|layer| [layer.from, layer.to]).filter(|bound| bound.is_finite()).collect()
}

/// What is left of a year's sum.
fn net(layers: &[Layer], sum: f64) -> f64 {
    sum - layers.iter().map(|layer| layer.share * (sum.min(layer.to) - layer.from).max(0.0)).sum::<f64>()
}

/// The largest sum of which no more than this is left; infinite where that is any.
pub fn reaching(layers: &[Layer], left: f64) -> f64 {
    let start = bounds(layers).into_iter().filter(|bound| net(layers, *bound) <= left).fold(0.0, f64::max);
    let inside = |layer: &&Layer| layer.from <= start && start < layer.to;
    let slope = 1.0 - layers.iter().filter(inside).map(|layer| layer.share).sum::<f64>();
    if slope > 1e-12 { start + (left - net(layers, start)) / slope } else { f64::INFINITY }
}

/// ∫ P(S > x) dx between two amounts.
fn between(loss: &AnnualLoss, from: f64, to: f64) -> Option<f64> {
    if to <= from {
        return Some(0.0);
    }
    if to.is_infinite() {
        return loss.stop_loss(from);
    }
    Some((loss.limited_mean(to)? - loss.limited_mean(from)?).max(0.0))
}

impl Tower {
    /// What the layers of a group do in a year, of which the chances of passing their bounds were asked from the place
    /// `asked` on.
    pub fn of(group: &Group, layers: &[Layer], loss: &AnnualLoss, year: &YearLoss, asked: usize) -> Self {
        let mut bound = asked;
        let mut off_by = |chance: f64| {
            bound += 1;
            (chance, year.chance_error(bound - 1).unwrap_or(0.0))
        };
        let paid = |layer: &Layer, from: f64| Some(layer.share * between(loss, layer.from.max(from), layer.to)?);
        let each = |(layer, item): (&Layer, &crate::model::GroupLayer)| LayerYear {
            premium: Figure::exact(item.premium.get()),
            paid: paid(layer, 0.0),
            chance: off_by(loss.exceedance(layer.from)),
            exhausted: layer.to.is_finite().then(|| off_by(loss.reaches(layer.to))),
        };
        let all = |from: f64| layers.iter().map(|layer| paid(layer, from)).sum::<Option<f64>>();
        let tail_mean = |level: f64| {
            let quantile = loss.quantile(level)?;
            Some(net(layers, quantile) + (loss.stop_loss(quantile)? - all(quantile)?).max(0.0) / (1.0 - level))
        };
        Self {
            layers: layers.iter().zip(&group.tower).map(each).collect(),
            quantiles: year.quantiles.map(|quantile| quantile.map(|sum| net(layers, sum))),
            tail_means: TAILS.map(tail_mean),
            mean: all(0.0).map(|paid| loss.mean() - paid),
        }
    }

    /// What all layers pay on average, as far as it is known.
    pub fn paid(&self) -> f64 {
        self.layers.iter().filter_map(|layer| layer.paid).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_found_back_from_it() {
        let layer = |from, to, share| Layer { from, to, share };
        let tower = [layer(10.0, 20.0, 0.5), layer(20.0, 60.0, 1.0)];
        for (sum, left) in [(0.0, 0.0), (10.0, 10.0), (20.0, 15.0), (40.0, 15.0), (60.0, 15.0), (70.0, 25.0)] {
            assert!((net(&tower, sum) - left).abs() < 1e-12, "{sum}");
        }
        // Any sum within the full layer leaves the same: the largest counts.
        for (left, sum) in [(5.0, 5.0), (12.5, 15.0), (15.0, 60.0), (20.0, 65.0)] {
            assert!((reaching(&tower, left) - sum).abs() < 1e-12, "{left}");
        }
        assert!(reaching(&[layer(5.0, f64::INFINITY, 1.0)], 5.0).is_infinite());
    }
}
