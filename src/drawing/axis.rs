//! Where do amounts stand along an axis, and which are written there?

/// Type sizes in nominal pixels; nothing is set smaller than `SMALL`.
pub(crate) const TITLE: f64 = 18.0;
pub(crate) const NORMAL: f64 = 12.5;
pub(crate) const SMALL: f64 = 11.5;
/// Free space along every edge of the canvas.
pub(crate) const MARGIN: f64 = 18.0;

/// The range of an axis and the places of its labels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

impl Axis {
    /// An axis that holds zero and all amounts, with about `labels` labels at round amounts. The ends are moved out to
    /// the next label when `round_ends` is set, else they stay where the amounts end.
    pub fn holding(amounts: impl Iterator<Item = f64>, labels: usize, round_ends: bool) -> Self {
        let (mut low, mut high) = amounts.fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        if high - low <= 0.0 {
            high = 1.0;
        }
        let step = round_step((high - low) / labels.max(1) as f64);
        if round_ends {
            low = (low / step + 1e-9).floor() * step;
            high = (high / step - 1e-9).ceil() * step;
        }
        Self { low, high, step }
    }

    /// Where an amount stands between `from` (the low end) and `to` (the high end).
    pub fn place(&self, amount: f64, from: f64, to: f64) -> f64 {
        from + (amount - self.low) / (self.high - self.low) * (to - from)
    }

    /// The round amounts within the axis, lowest first.
    pub fn labels(&self) -> Vec<f64> {
        let first = (self.low / self.step - 1e-9).ceil();
        let last = (self.high / self.step + 1e-9).floor();
        (0..=((last - first).clamp(0.0, 60.0) as usize)).map(|i| (first + i as f64) * self.step).collect()
    }
}

/// The next of 1, 2, 5, 10, … times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(least).floor());
    [1.0, 2.0, 5.0].iter().map(|m| m * power).find(|s| *s >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_zero_and_every_amount_at_any_size() {
        for amounts in [vec![3.0], vec![4e12, -1e12], vec![0.0], vec![-7e-3], vec![1e300], vec![5.0, 5.0]] {
            let axis = Axis::holding(amounts.iter().copied(), 5, true);
            assert!(axis.low <= 0.0 && axis.high >= 0.0 && axis.high > axis.low);
            assert!(amounts.iter().all(|v| *v >= axis.low - 1e-9 && *v <= axis.high * (1.0 + 1e-9)));
            assert!((2..=12).contains(&axis.labels().len()), "{axis:?}");
        }
    }
}
