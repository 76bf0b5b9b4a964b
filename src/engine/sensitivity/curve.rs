//! What is every plan worth as one input changes?
//!
//! Mostly a straight line: an input stands in every product once. Where a chain of risks or a shared
//! failure makes it stand a few times, a polynomial of low degree: five points give it, four more
//! confirm it. Where neither holds (a contest of two ranges), the values at a grid of points show
//! where a crossing lies, and it is then found on the function itself.

use crate::stats::root::crossing;

/// Values by plan as one input changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Curve {
    /// By plan: its value at the mean, and its change per unit of the input.
    Line {
        /// The mean.
        mean: f64,
        /// A chance: at most one.
        bounded: bool,
        /// Values at the mean.
        base: Vec<f64>,
        /// Changes per unit.
        slope: Vec<f64>,
    },
    /// By plan: a polynomial through its values at the nodes.
    Polynomial {
        /// The mean.
        mean: f64,
        /// A chance: at most one.
        bounded: bool,
        /// Where the values are known.
        nodes: [f64; NODES],
        /// At each node, by plan.
        values: [Vec<f64>; NODES],
    },
    /// Values at points, rising; the mean is among them.
    Bent {
        /// The mean.
        mean: f64,
        /// Points with the values of all plans.
        points: Vec<(f64, Vec<f64>)>,
    },
}

/// Relative to the largest value: what two ways of adding up may differ by.
const ROUNDING: f64 = 1e-9;
/// From which difference on, relative to the values, a line far away is another one.
const BENT: f64 = 1e-6;
/// How far, up and down, a bent curve is followed: a thousandfold.
const REACH: f64 = 1e3;
/// Steps of a bent curve in each direction.
const STEPS: i32 = 6;
/// Nodes of a polynomial: up to the fourth degree.
pub const NODES: usize = 5;

/// A costly function of one input, and a cheap one that goes the same way.
pub struct Sketch<'f> {
    /// What is asked.
    pub at: &'f dyn Fn(f64) -> Vec<f64>,
    /// What goes the same way; none where `at` costs little.
    pub like: Option<&'f dyn Fn(f64) -> Vec<f64>>,
}

impl Sketch<'_> {
    /// Values at rising points, of which some are known: between two known points what the cheap function differs by is a
    /// straight line in the logarithm. Beyond them it is asked.
    fn between(&self, known: &[(f64, Vec<f64>)], numbers: &[f64]) -> Vec<(f64, Vec<f64>)> {
        let ask = |number: &f64| (*number, (self.at)(*number));
        let Some(like) = self.like else { return numbers.iter().map(ask).collect() };
        let gaps: Vec<(f64, Vec<f64>)> = known
            .iter()
            .map(|(x, values)| (*x, values.iter().zip(like(*x)).map(|(value, like)| value - like).collect()))
            .collect();
        let drawn = |number: &f64| {
            let place = gaps.partition_point(|(x, _)| x < number);
            let (Some((b, high)), Some((a, low))) = (gaps.get(place), place.checked_sub(1).map(|low| &gaps[low]))
            else {
                return ask(number);
            };
            let part = if *a > 0.0 { libm::log(number / a) / libm::log(b / a) } else { (number - a) / (b - a) };
            let gap = low.iter().zip(high).map(|(low, high)| low + part * (high - low));
            (*number, like(*number).iter().zip(gap).map(|(like, gap)| like + gap).collect())
        };
        numbers.iter().map(drawn).collect()
    }
}

/// Numbers around a mean over which a crossing is looked for.
pub(super) fn grid(unit: f64, top: f64, bounded: bool) -> Vec<f64> {
    let steps = (-STEPS..=STEPS).filter(|step| *step != 0);
    let numbers = steps.map(|step| unit * libm::pow(REACH, f64::from(step) / f64::from(STEPS)));
    let mut grid: Vec<f64> = numbers.filter(|number| *number < top).chain(bounded.then_some(1.0)).collect();
    grid.dedup();
    grid
}

/// Whether a function that is straight around the mean goes on so, as far as a curve is followed: a limit or a retention may
/// bend it further away.
fn is_line(of: &dyn Fn(f64) -> Vec<f64>, near: &[f64; 3], grid: &[f64]) -> bool {
    let [low, _, high] = near.map(|number| (number, of(number)));
    let between = grid.windows(2).map(|pair| (pair[0] * pair[1]).sqrt());
    grid.iter().copied().chain(between).all(|number| {
        let part = (number - low.0) / (high.0 - low.0);
        of(number).iter().zip(low.1.iter().zip(&high.1)).all(|(value, (a, b))| {
            let line = a + part * (b - a);
            (value - line).abs() <= BENT * value.abs().max(line.abs()).max(a.abs())
        })
    })
}

impl Curve {
    /// The curve of an input with this mean; `base` are the values there.
    ///
    /// What has a sketch has kinks: it is no polynomial.
    pub fn new(mean: f64, base: &[f64], bounded: bool, sketch: &Sketch<'_>) -> Self {
        let (at, kinks) = (sketch.at, sketch.like.is_some());
        // Three more points, within what the input can be.
        let top = if bounded { 1.0 } else { f64::INFINITY };
        let unit = if mean > 0.0 { mean } else { 0.5 };
        let tries: [f64; 3] =
            if 1.7 * unit <= top { [0.4 * unit, 1.3 * unit, 1.7 * unit] } else { [0.3 * unit, 0.5 * unit, 0.8 * unit] };
        let values = tries.map(at);
        let far = tries.len() - 1;
        let slope: Vec<f64> =
            values[far].iter().zip(base).map(|(value, base)| (value - base) / (tries[far] - mean)).collect();
        let scale = values.iter().flatten().chain(base).fold(0.0_f64, |most, value| most.max(value.abs()));
        let straight = tries.iter().zip(&values).all(|(number, values)| {
            let line = base.iter().zip(&slope).map(|(base, slope)| base + slope * (number - mean));
            values.iter().zip(line).all(|(value, line)| (value - line).abs() <= ROUNDING * scale)
        });
        let is_line = || sketch.like.is_none_or(|like| is_line(like, &tries, &grid(unit, top, bounded)));
        if straight && is_line() {
            // What is left of two equal sums is rounding, no slope; what insurers pay is summed over many worlds.
            let rounding = if kinks { ROUNDING } else { 1e-12 };
            let slope = slope.iter().map(|slope| if (slope * unit).abs() <= rounding * scale { 0.0 } else { *slope });
            return Self::Line { mean, bounded, base: base.to_vec(), slope: slope.collect() };
        }
        let bent = || {
            let mut grid: Vec<f64> = grid(unit, top, bounded).into_iter().filter(|number| *number != mean).collect();
            let mut points: Vec<(f64, Vec<f64>)> =
                tries.iter().copied().zip(values.clone()).filter(|(number, _)| *number != mean).collect();
            points.push((mean, base.to_vec()));
            // Both ends are asked: what happens on the way between them shows in the sketch.
            let last = grid.pop();
            let ends = last.into_iter().chain((!grid.is_empty()).then(|| grid.remove(0)));
            points.extend(ends.map(|number| (number, at(number))));
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            let between = sketch.between(&points, &grid);
            points.extend(between);
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            Self::Bent { mean, points }
        };
        if kinks {
            return bent();
        }
        let nodes = if bounded { [0.05, 0.3, 0.6, 0.85, 1.0] } else { [0.1, 0.5, 2.0, 5.0, 12.0].map(|n| n * unit) };
        let polynomial = Self::Polynomial { mean, bounded, nodes, values: nodes.map(at) };
        let confirms = |number: f64, values: &[f64]| {
            let found = polynomial.at(number, at);
            let scale = values.iter().fold(scale, |most, value| most.max(value.abs()));
            found.iter().zip(values).all(|(found, value)| (found - value).abs() <= ROUNDING * scale)
        };
        if confirms(mean, base) && tries.iter().zip(&values).all(|(number, values)| confirms(*number, values)) {
            return polynomial;
        }
        bent()
    }

    /// Values by plan at a point.
    pub fn at(&self, number: f64, at: &dyn Fn(f64) -> Vec<f64>) -> Vec<f64> {
        match self {
            Self::Line { mean, base, slope, .. } => {
                base.iter().zip(slope).map(|(base, slope)| base + slope * (number - mean)).collect()
            }
            Self::Polynomial { nodes, values, .. } => {
                // Lagrange's form.
                let shares: [f64; NODES] = std::array::from_fn(|index| {
                    let others = nodes.iter().enumerate().filter(|(other, _)| *other != index);
                    others.map(|(_, other)| (number - other) / (nodes[index] - other)).product()
                });
                let sum = |plan: usize| shares.iter().zip(values).map(|(share, values)| share * values[plan]).sum();
                (0..values[0].len()).map(sum).collect()
            }
            Self::Bent { .. } => at(number),
        }
    }

    /// Where, nearest to the mean, a difference of values is nothing; `of` is linear in the values.
    pub fn nearest_crossing(&self, of: &dyn Fn(&[f64]) -> f64, at: &dyn Fn(f64) -> Vec<f64>) -> Option<f64> {
        match self {
            Self::Line { mean, bounded, base, slope } => {
                let slope = of(slope);
                let number = mean - of(base) / slope;
                let top = if *bounded { 1.0 } else { 1e6 * mean.abs().max(1e-12) };
                (slope != 0.0 && number.is_finite() && (0.0..=top).contains(&number)).then_some(number)
            }
            Self::Polynomial { mean, bounded, .. } => {
                let top = if *bounded { 1.0 } else { f64::INFINITY };
                let unit = if *mean > 0.0 { *mean } else { 0.5 };
                let mut numbers = grid(unit, top, *bounded);
                numbers.push(*mean);
                numbers.sort_by(f64::total_cmp);
                numbers.dedup();
                let here = |number: f64| self.at(number, at);
                let points = numbers.into_iter().map(|number| (number, here(number))).collect();
                Self::Bent { mean: *mean, points }.nearest_crossing(of, &here)
            }
            Self::Bent { mean, points } => {
                let places = 0..points.len().saturating_sub(1);
                let is_crossed = |place: &usize| (of(&points[*place].1) > 0.0) != (of(&points[place + 1].1) > 0.0);
                let distance = |number: f64| libm::log(number.max(1e-300) / mean.max(1e-300)).abs();
                let near = |place: usize| distance(points[place].0).min(distance(points[place + 1].0));
                let mut brackets: Vec<usize> = places.clone().filter(is_crossed).collect();
                brackets.sort_by(|a, b| near(*a).total_cmp(&near(*b)));
                let within = |place: usize| {
                    let (from, to) = (points[place].0, points[place + 1].0);
                    let is_crossed = (of(&at(from)) > 0.0) != (of(&at(to)) > 0.0);
                    is_crossed.then(|| crossing(|number| of(&at(number)), from, to)).flatten()
                };
                // A sketch may cross beside the function itself.
                let beside = |place: &usize| [*place, place + 1, place.wrapping_sub(1)];
                brackets.iter().flat_map(beside).filter(|place| places.contains(place)).find_map(within)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_bent_curve_is_sketched_and_its_crossing_found_on_the_function_itself() {
        let asked = RefCell::new(0);
        // Worth a bending gain less a cost, with one crossing; the cheap one crosses elsewhere.
        let of = |x: f64| vec![libm::log1p(x).powi(2) - 9.3, 1.0 + x];
        let at = |x: f64| {
            *asked.borrow_mut() += 1;
            of(x)
        };
        let like = |x: f64| vec![1.2 * libm::log1p(x).powi(2) - 9.0, 1.0 + 1.1 * x];
        let sketch = Sketch { at: &at, like: Some(&like) };
        let curve = Curve::new(1.0, &of(1.0), false, &sketch);
        assert!(*asked.borrow() <= 5, "{} questions for a curve", asked.borrow());
        let found = curve.nearest_crossing(&|values| values[0], &at).expect("a crossing");
        assert!((found - libm::expm1(9.3_f64.sqrt())).abs() < 1e-6 * found, "{found}");
        assert_eq!(curve.nearest_crossing(&|values| values[1], &at), None);
        // What only the far end shows is found, too.
        let late = |x: f64| vec![libm::log(x) - 6.0];
        let flat = |_: f64| vec![-1.0];
        let curve = Curve::new(1.0, &late(1.0), false, &Sketch { at: &late, like: Some(&flat) });
        let found = curve.nearest_crossing(&|values| values[0], &late).expect("a crossing");
        assert!((found - libm::exp(6.0)).abs() < 1e-6 * found, "{found}");
    }
}
