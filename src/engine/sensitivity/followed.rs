//! What is a costly function of one input, asked at many points?
//!
//! Between fixed points it is followed by polynomials of the fourth degree through five even points of a stretch. One is
//! taken where its highest terms have died out; where they have not, as at a kink, the stretch is halved. Only stretches
//! that are asked about are followed. Where a cheap function goes the same way, it is followed so; of the costly one only
//! what they differ by is, which is little and changes slowly: over stretches of a decade.

use std::cell::RefCell;

use super::curve::grid;

/// What the fourth and the third differences of the points of a stretch may be, relative to the values: the former bound
/// what the polynomial misses, also at a kink.
const FOURTH: f64 = 4e-4;
const THIRD: f64 = 2e-2;
/// How often a stretch is halved at most.
const MOST_HALVED: usize = 12;

/// A function of one input.
type Function<'f> = &'f dyn Fn(f64) -> Vec<f64>;

/// A function of one input between fixed points.
pub struct Followed<'f> {
    of: Function<'f>,
    ends: Vec<f64>,
    /// Of a gap: the function beside which it is small.
    beside: Option<Function<'f>>,
    known: RefCell<Vec<(f64, Vec<f64>)>>,
    stretches: RefCell<Vec<Stretch>>,
}

/// Values at five even points of a stretch.
struct Stretch {
    from: f64,
    to: f64,
    values: [Vec<f64>; 5],
}

impl<'f> Followed<'f> {
    /// Of an input with this mean; a chance is at most one.
    pub fn new(mean: f64, is_chance: bool, of: Function<'f>) -> Self {
        let unit = if mean > 0.0 { mean } else { 0.5 };
        let top = if is_chance { 1.0 } else { f64::INFINITY };
        // Where a curve is asked about anyway.
        let mut ends: Vec<f64> = [0.0, mean].into_iter().chain(grid(unit, top, is_chance)).collect();
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        Self { of, ends, beside: None, known: RefCell::default(), stretches: RefCell::default() }
    }

    /// Of what a function differs by from another.
    pub fn of_gap(mean: f64, is_chance: bool, of: Function<'f>, beside: Function<'f>) -> Self {
        let unit = if mean > 0.0 { mean } else { 0.5 };
        let decades = (-2..=2).map(|step| unit * libm::pow(10.0, f64::from(step) + 0.5));
        let top = if is_chance { 1.0 } else { 1e3 * unit };
        let inside = decades.chain([1e-3 * unit]).filter(|end| *end < 0.9 * top);
        let mut ends: Vec<f64> = inside.chain([0.0, top]).collect();
        ends.sort_by(f64::total_cmp);
        Self { of, ends, beside: Some(beside), known: RefCell::default(), stretches: RefCell::default() }
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
            let points = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| from + part * (to - from));
            let stretch = Stretch { from, to, values: points.map(|x| self.value(x)) };
            if halved == MOST_HALVED || stretch.has_died_out(self.beside) {
                let found = stretch.at(x);
                self.stretches.borrow_mut().push(stretch);
                return found;
            }
            if x <= points[2] { to = points[2] } else { from = points[2] }
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
    /// The values' differences of every order, from the first point.
    fn differences(&self, of: usize) -> [f64; 5] {
        let mut found: [f64; 5] = std::array::from_fn(|point| self.values[point][of]);
        for order in 1..5 {
            for place in (order..5).rev() {
                found[place] -= found[place - 1];
            }
        }
        found
    }

    fn has_died_out(&self, beside: Option<Function<'_>>) -> bool {
        let beside = beside.map(|beside| [beside(self.from), beside(self.to)]);
        let values = self.values.iter().chain(beside.iter().flatten()).flatten();
        let size = values.fold(0.0_f64, |most, value| most.max(value.abs()));
        (0..self.values[0].len()).all(|of| {
            let [.., third, fourth] = self.differences(of);
            third.abs() <= THIRD * size && fourth.abs() <= FOURTH * size
        })
    }

    fn at(&self, x: f64) -> Vec<f64> {
        let t = 4.0 * (x - self.from) / (self.to - self.from);
        let newton = |of: usize| {
            // Newton's form, from the highest difference down.
            let all = self.differences(of);
            (0..4).rev().fold(all[4], |sum, order| all[order] + sum * (t - order as f64) / (order + 1) as f64)
        };
        (0..self.values[0].len()).map(newton).collect()
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

    #[test]
    fn beside_a_cheap_function_the_costly_one_is_asked_seldom() {
        let asked = RefCell::new(0);
        let cheap = |x: f64| vec![100.0 * (1.0 - libm::exp(-x))];
        let costly = |x: f64| vec![97.0 * (1.0 - libm::exp(-1.05 * x))];
        let gap = |x: f64| {
            *asked.borrow_mut() += 1;
            vec![costly(x)[0] - cheap(x)[0]]
        };
        let like = Followed::new(0.5, false, &cheap);
        let gap = Followed::of_gap(0.5, false, &gap, &cheap);
        for step in 1..=100 {
            let x = 0.05 * f64::from(step);
            let found = like.at(x)[0] + gap.at(x)[0];
            assert!((found - costly(x)[0]).abs() < 0.05, "at {x}: {found} is not {}", costly(x)[0]);
        }
        let alone = RefCell::new(0);
        let counted = |x: f64| {
            *alone.borrow_mut() += 1;
            costly(x)
        };
        let followed = Followed::new(0.5, false, &counted);
        (1..=100).for_each(|step| _ = followed.at(0.05 * f64::from(step)));
        let (asked, alone) = (*asked.borrow(), *alone.borrow());
        assert!(3 * asked <= 2 * alone, "{asked} questions in place of {alone}");
    }
}
