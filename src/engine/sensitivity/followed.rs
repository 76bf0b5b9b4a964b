//! What is a costly function of one input, asked at many points?
//!
//! Between fixed points it is followed by parabolas: each goes through the ends and the middle of a stretch, and is
//! taken where the function itself agrees at both quarters; where it does not, as at a kink, the stretch is halved.
//! Only stretches that are asked about are followed.

use std::cell::RefCell;

use super::curve::grid;

/// What a parabola may miss, relative to the values.
const MISSED: f64 = 1e-4;
/// How often a stretch is halved at most.
const MOST_HALVED: usize = 12;
/// Ends of stretches, in means of the input, besides where a curve is asked about anyway.
const ENDS: [f64; 4] = [0.0, 0.4, 1.3, 1.7];
const ENDS_OF_CHANCES: [f64; 4] = [0.3, 0.5, 0.8, 1.0];

/// A function of one input.
pub struct Followed<'f> {
    of: &'f dyn Fn(f64) -> Vec<f64>,
    ends: Vec<f64>,
    known: RefCell<Vec<(f64, Vec<f64>)>>,
    stretches: RefCell<Vec<Stretch>>,
}

/// Values at the ends and in the middle of a stretch.
struct Stretch {
    from: f64,
    to: f64,
    values: [Vec<f64>; 3],
}

impl<'f> Followed<'f> {
    /// Of an input with this mean; a chance is at most one.
    pub fn new(mean: f64, is_chance: bool, of: &'f dyn Fn(f64) -> Vec<f64>) -> Self {
        let unit = if mean > 0.0 { mean } else { 0.5 };
        let top = if is_chance { 1.0 } else { f64::INFINITY };
        let mut ends: Vec<f64> = ENDS.iter().map(|end| unit * end).chain(grid(unit, top, is_chance)).collect();
        ends.push(mean);
        if is_chance {
            ends.retain(|end| *end < 1.0);
            ends.extend(ENDS_OF_CHANCES.iter().flat_map(|end| [*end, (unit * end).min(1.0)]));
        }
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        Self { of, ends, known: RefCell::default(), stretches: RefCell::default() }
    }

    /// Its values at a point.
    pub fn at(&self, x: f64) -> Vec<f64> {
        let place = self.ends.partition_point(|end| *end < x);
        let (Some(&to), Some(&from)) = (self.ends.get(place), place.checked_sub(1).and_then(|low| self.ends.get(low)))
        else {
            return self.value(x);
        };
        if x == to {
            return self.value(x);
        }
        if let Some(stretch) = self.stretches.borrow().iter().find(|one| one.from <= x && x <= one.to) {
            return stretch.at(x);
        }
        let (mut from, mut to) = (from, to);
        for halved in 0.. {
            let middle = 0.5 * (from + to);
            let stretch = Stretch { from, to, values: [from, middle, to].map(|x| self.value(x)) };
            let agrees = |x: f64| {
                let (found, value) = (stretch.at(x), self.value(x));
                let size = stretch.values.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
                found.iter().zip(&value).all(|(found, value)| (found - value).abs() <= MISSED * size)
            };
            if halved == MOST_HALVED || (agrees(0.5 * (from + middle)) && agrees(0.5 * (middle + to))) {
                let found = stretch.at(x);
                self.stretches.borrow_mut().push(stretch);
                return found;
            }
            if x <= middle { to = middle } else { from = middle }
        }
        self.value(x)
    }

    /// The function itself.
    fn value(&self, x: f64) -> Vec<f64> {
        if let Some((_, values)) = self.known.borrow().iter().find(|(known, _)| *known == x) {
            return values.clone();
        }
        let values = (self.of)(x);
        self.known.borrow_mut().push((x, values.clone()));
        values
    }
}

impl Stretch {
    fn at(&self, x: f64) -> Vec<f64> {
        let t = (x - self.from) / (self.to - self.from);
        let [from, middle, to] = &self.values;
        let parabola = |((a, b), c): ((&f64, &f64), &f64)| {
            // From the straight line between the ends: exact where that is the function.
            a + t * (c - a) + 4.0 * t * (1.0 - t) * (b - 0.5 * (a + c))
        };
        from.iter().zip(middle).zip(to).map(parabola).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_with_a_kink_is_followed_with_few_questions() {
        let asked = RefCell::new(0);
        let of = |x: f64| {
            *asked.borrow_mut() += 1;
            vec![libm::exp(-x), (x - 0.7123).max(0.0)]
        };
        let followed = Followed::new(0.5, true, &of);
        for step in 0..=1000 {
            let x = f64::from(step) / 1000.0;
            let (found, value) = (followed.at(x), [libm::exp(-x), (x - 0.7123).max(0.0)]);
            for (found, value) in found.iter().zip(value) {
                assert!((found - value).abs() <= 2e-4, "at {x}: {found} is not {value}");
            }
        }
        assert!(*asked.borrow() < 150, "{} questions", asked.borrow());
        let line = |x: f64| vec![3.0 * x + 2.0];
        assert!((Followed::new(2.0, false, &line).at(5.2)[0] - 17.6).abs() < 1e-12);
    }
}
