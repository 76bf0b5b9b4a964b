//! Even steps of a round width, over which the chances of a year's losses are shown.

/// About so many steps up to the amount that they are made for.
const ABOUT: f64 = 36.0;
/// How far beyond it they reach.
const BEYOND: f64 = 1.1;

/// Steps from nothing on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps {
    width: f64,
    count: usize,
}

impl Steps {
    /// Up to a little over an amount; none where it is not above zero.
    #[must_use]
    pub fn over(amount: f64) -> Option<Self> {
        if !(amount > 0.0 && amount.is_finite()) {
            return None;
        }
        let width = round_up(amount / ABOUT);
        Some(Self { width, count: libm::ceil(amount * BEYOND / width).max(1.0) as usize })
    }

    /// Where they meet, from zero to the end of the last.
    pub fn edges(self) -> impl Iterator<Item = f64> {
        (0..=self.count).map(move |index| index as f64 * self.width)
    }

    /// How many numbers of a sample lie above each edge.
    #[must_use]
    pub fn above(self, sample: &[f64]) -> Vec<u64> {
        // By the number of edges below: none for nothing at all, all of them beyond the last step.
        let mut by_edges = vec![0_u64; self.count + 2];
        for number in sample.iter().filter(|number| **number > 0.0) {
            let mut below = libm::ceil(number / self.width).min((self.count + 1) as f64) as usize;
            // What the division rounds.
            while below > 0 && *number <= (below - 1) as f64 * self.width {
                below -= 1;
            }
            while below <= self.count && *number > below as f64 * self.width {
                below += 1;
            }
            by_edges[below] += 1;
        }
        let mut above: Vec<u64> = by_edges[1..].to_vec();
        for edge in (0..self.count).rev() {
            above[edge] += above[edge + 1];
        }
        above
    }
}

/// The next of 1, 2, 2.5, 5, 10 times a power of ten.
fn round_up(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 2.5, 5.0].iter().map(|digit| digit * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_reach_a_little_further() {
        let steps = Steps::over(8e5).unwrap();
        let edges: Vec<f64> = steps.edges().collect();
        assert_eq!((edges[0], edges[1], edges.len()), (0.0, 25_000.0, 37));
        assert_eq!(Steps::over(0.0), None);
        assert_eq!(Steps::over(f64::INFINITY), None);
    }

    #[test]
    fn what_lies_above_each_edge_is_counted_as_by_comparing() {
        for far in [0.3, 7.0, 36.0, 1e6] {
            let steps = Steps::over(far).unwrap();
            let edges: Vec<f64> = steps.edges().collect();
            let sample: Vec<f64> =
                (0..500).map(|i| f64::from(i) * far / 420.0).chain(edges.iter().copied()).chain([far * 50.0]).collect();
            let by_comparing: Vec<u64> =
                edges.iter().map(|edge| sample.iter().filter(|number| *number > edge).count() as u64).collect();
            assert_eq!(steps.above(&sample), by_comparing, "{far}");
        }
    }
}
