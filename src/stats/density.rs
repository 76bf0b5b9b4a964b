//! A density that is known up to a factor, on even steps of a scale.
//!
//! A first look over the whole range finds where it is above nothing; further ones take all their steps there, until
//! half of them are needed. Between two places it is a straight line.

/// Steps of a look, and how many looks there are at most.
const STEPS: usize = 10_000;
const LOOKS: usize = 6;
/// The density, in parts of the largest, that a further look begins and ends with.
const NOTHING: f64 = 1e-14;

/// Chances along a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// Rising places, each with the density there and the chance below it.
    places: Vec<(f64, f64, f64)>,
}

impl Density {
    /// From the logarithm of a density between two places; none where it is nothing everywhere.
    #[must_use]
    pub fn of(low: f64, high: f64, height: &dyn Fn(f64) -> f64) -> Option<Self> {
        let look = |low: f64, high: f64| -> Option<(f64, Vec<(f64, f64)>)> {
            let step = (high - low) / STEPS as f64;
            let heights = (0..=STEPS).map(|k| low + step * k as f64).map(|y| (y, height(y)));
            let heights: Vec<(f64, f64)> = heights.collect();
            let top = heights.iter().map(|(_, height)| *height).filter(|height| height.is_finite()).reduce(f64::max)?;
            let density = |(y, height): (f64, f64)| (y, if height.is_nan() { 0.0 } else { libm::exp(height - top) });
            Some((step, heights.into_iter().map(density).collect()))
        };
        let (mut from, mut to) = (low, high);
        let (mut step, mut found) = look(from, to)?;
        for _ in 1..LOOKS {
            let mut held = found.iter().filter(|(_, density)| *density > NOTHING).map(|(y, _)| *y);
            let first = held.next()?;
            let last = held.next_back().unwrap_or(first);
            if last - first > 0.5 * (to - from) {
                break;
            }
            (from, to) = ((first - step).max(low), (last + step).min(high));
            (step, found) = look(from, to)?;
        }
        let mut sum = 0.0;
        let mut places: Vec<(f64, f64, f64)> = Vec::with_capacity(found.len());
        for (y, density) in found {
            sum += places.last().map_or(0.0, |(_, before, _)| 0.5 * step * (before + density));
            places.push((y, density, sum));
        }
        places.iter_mut().for_each(|(_, density, below)| {
            *density /= sum;
            *below /= sum;
        });
        (sum > 0.0).then_some(Self { places })
    }

    /// The place that a chance lies below.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let place = self.places.partition_point(|(.., below)| *below < p).clamp(1, self.places.len() - 1);
        let ((a, from, below), (b, to, above)) = (self.places[place - 1], self.places[place]);
        let wanted = ((p - below) / (above - below)).clamp(0.0, 1.0);
        let (whole, bend) = (0.5 * (from + to), to - from);
        let part = 2.0 * wanted * whole / (from + (from * from + 2.0 * bend * wanted * whole).max(0.0).sqrt());
        a + (b - a) * if part.is_finite() { part.min(1.0) } else { wanted }
    }

    /// The mean of something along the scale.
    #[must_use]
    pub fn mean(&self, of: &dyn Fn(f64) -> f64) -> f64 {
        let pairs = self.places.windows(2);
        pairs.map(|pair| (pair[1].2 - pair[0].2) * 0.5 * (of(pair[0].0) + of(pair[1].0))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::normal_quantile;

    #[test]
    fn a_narrow_density_in_a_wide_range_has_its_quantiles_and_means() {
        let mean = 3.7;
        for deviation in [1e-3, 0.7, 50.0] {
            let found = Density::of(-400.0, 900.0, &|y| -0.5 * ((y - mean) / deviation).powi(2)).unwrap();
            for p in [0.001, 0.05, 0.5, 0.9, 0.999] {
                let wanted = mean + deviation * normal_quantile(p);
                assert!((found.quantile(p) - wanted).abs() < 1e-5 * deviation, "{p}: {}", found.quantile(p));
            }
            assert!((found.mean(&|y| y) - mean).abs() < 1e-9 * deviation);
            let spread = found.mean(&|y| (y - mean) * (y - mean)).sqrt();
            assert!((spread / deviation - 1.0).abs() < 1e-4, "{spread}");
        }
    }
}
