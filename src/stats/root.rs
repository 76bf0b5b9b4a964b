//! Where does a function cross zero, given that it does so between two points?
//!
//! [`crossing`] needs no derivative: Chandrupatla's rule (1997, Advances in
//! Engineering Software 28) takes an inverse quadratic step where that is safe
//! and halves otherwise. [`newton`] uses a derivative and is kept inside a
//! bracket that only shrinks, so neither can run away.

/// A root of `f` between `low` and `high`, to the last digits of `f64`.
///
/// None if `f` has the same sign at both ends or is not a number there.
pub fn crossing(mut f: impl FnMut(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut x1, mut x2) = (high, low);
    let (mut f1, mut f2) = (f(x1), f(x2));
    if f1 == 0.0 {
        return Some(x1);
    }
    if f2 == 0.0 {
        return Some(x2);
    }
    if f1.is_nan() || f2.is_nan() || (f1 > 0.0) == (f2 > 0.0) {
        return None;
    }
    let mut share = 0.5;
    for _ in 0..400 {
        let x = x1 + share * (x2 - x1);
        let here = f(x);
        let (x3, f3);
        if (here > 0.0) == (f1 > 0.0) {
            (x3, f3) = (x1, f1);
        } else {
            (x3, f3) = (x2, f2);
            (x2, f2) = (x1, f1);
        }
        (x1, f1) = (x, here);
        let best = if f1.abs() < f2.abs() { x1 } else { x2 };
        let finest = (4.0 * f64::EPSILON * best.abs() + 1e-300) / (x2 - x1).abs();
        if finest >= 0.5 || f1 == 0.0 || f2 == 0.0 {
            return Some(if f1 == 0.0 { x1 } else { best });
        }
        let place = (x1 - x2) / (x3 - x2);
        let level = (f1 - f2) / (f3 - f2);
        share = if level * level < place && (1.0 - level) * (1.0 - level) < 1.0 - place {
            f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
        } else {
            0.5
        };
        share = if share.is_nan() { 0.5 } else { share.clamp(finest, 1.0 - finest) };
    }
    Some(x1)
}

/// The root of an increasing `f`, which returns its value and slope, in \[low, high\].
///
/// Where `f` never crosses zero inside, the answer closes in on the nearer end.
pub fn newton(mut f: impl FnMut(f64) -> (f64, f64), low: f64, high: f64, start: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut x = start.clamp(low.min(high), high.max(low));
    let mut last = high - low;
    for _ in 0..300 {
        let (value, slope) = f(x);
        if value == 0.0 {
            return x;
        }
        // A value that is not a number has no side: treat it as too far up.
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let step = value / slope;
        let mut next = x - step;
        // Newton may leave the bracket or creep; halving does neither.
        if !(next >= low && next <= high) || step.abs() > 0.7 * last {
            next = 0.5 * (low + high);
        }
        let moved = (next - x).abs();
        // Convergence is quadratic: after a step this small the next changes nothing.
        if moved <= 1e-12 * x.abs().max(1e-3) && next != 0.5 * (low + high) || moved <= f64::EPSILON * x.abs() {
            return next;
        }
        last = moved.max(step.abs().min(last));
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_is_found_to_the_last_digits() {
        let root = crossing(|x| x * x * x - 2.0, 0.0, 10.0);
        assert!(root.is_some_and(|x| (x - 2f64.cbrt()).abs() < 1e-15));
        // A step: no derivative helps.
        assert!(crossing(|x| if x < 0.3 { -1.0 } else { 1.0 }, 0.0, 1.0).is_some_and(|x| (x - 0.3).abs() < 1e-14));
    }

    #[test]
    fn without_a_change_of_sign_there_is_no_crossing() {
        assert_eq!(crossing(|x| x * x + 1.0, -1.0, 1.0), None);
        assert_eq!(crossing(|_| f64::NAN, -1.0, 1.0), None);
    }

    #[test]
    fn newton_stays_inside_its_bracket() {
        let root = newton(|x: f64| (x.atan(), 1.0 / (1.0 + x * x)), -1e3, 1e6, 9e5);
        assert!(root.abs() < 1e-12, "{root}");
        assert!(newton(|x| (x + 5.0, 1.0), 0.0, 1.0, 0.5) < 1e-12);
    }
}
