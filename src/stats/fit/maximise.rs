//! Where is a likelihood of one or two parameters highest?
//!
//! One parameter: golden section, after a coarse look over the whole range. Two: the simplex of
//! Nelder and Mead (1965), which needs no derivative, then Newton's steps on differences of fourth
//! order, which give the last digits and the curvature.

/// The highest point of a function on a range; it may have several hills if they are wider than a
/// fortieth of it.
pub fn line(mut f: impl FnMut(f64) -> f64, low: f64, high: f64) -> f64 {
    const LOOKS: usize = 40;
    let at = |i: usize| low + (high - low) * i as f64 / LOOKS as f64;
    let mut best = (0, f64::NEG_INFINITY);
    for i in 0..=LOOKS {
        let value = f(at(i));
        if value > best.1 {
            best = (i, value);
        }
    }
    let (mut a, mut b) = (at(best.0.saturating_sub(1)), at((best.0 + 1).min(LOOKS)));
    let golden = 0.5 * (5f64.sqrt() - 1.0);
    let (mut x, mut y) = (b - golden * (b - a), a + golden * (b - a));
    let (mut fx, mut fy) = (f(x), f(y));
    for _ in 0..80 {
        if fx >= fy {
            (b, y, fy) = (y, x, fx);
            x = b - golden * (b - a);
            fx = f(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + golden * (b - a);
            fy = f(y);
        }
        if b - a <= 1e-11 * (1.0 + a.abs()) {
            break;
        }
    }
    0.5 * (a + b)
}

/// The highest point of a function of two numbers near a start; `scale` is how far to look first.
/// Where the function is not defined it answers −∞ or NaN.
pub fn plane(mut f: impl FnMut([f64; 2]) -> f64, start: [f64; 2], scale: [f64; 2]) -> [f64; 2] {
    let mut value = |p: [f64; 2]| {
        let v = f(p);
        if v.is_nan() { f64::NEG_INFINITY } else { v }
    };
    let [a, b] = start;
    let corners = [[a, b], [a + scale[0], b], [a, b + scale[1]]];
    let mut simplex = corners.map(|p| (p, value(p)));
    let step =
        |from: [f64; 2], to: [f64; 2], t: f64| [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    for _ in 0..600 {
        simplex.sort_by(|x, y| y.1.total_cmp(&x.1));
        let [best, middle, worst] = simplex;
        let width = (0..2).map(|i| (worst.0[i] - best.0[i]).abs().max((middle.0[i] - best.0[i]).abs()) / scale[i]);
        if width.fold(0.0, f64::max) < 1e-7 {
            break;
        }
        let centre = step(best.0, middle.0, 0.5);
        let mirrored = step(worst.0, centre, 2.0);
        let at = value(mirrored);
        if at > best.1 {
            let further = step(worst.0, centre, 3.0);
            let there = value(further);
            simplex[2] = if there > at { (further, there) } else { (mirrored, at) };
        } else if at > middle.1 {
            simplex[2] = (mirrored, at);
        } else {
            let nearer = if at > worst.1 { step(worst.0, centre, 1.5) } else { step(worst.0, centre, 0.5) };
            let there = value(nearer);
            if there > worst.1.max(at.min(middle.1)) || there > worst.1 {
                simplex[2] = (nearer, there);
            } else {
                for corner in &mut simplex[1..] {
                    let p = step(best.0, corner.0, 0.5);
                    *corner = (p, value(p));
                }
            }
        }
    }
    simplex.sort_by(|x, y| y.1.total_cmp(&x.1));
    simplex[0].0
}

/// Slope and curvature of a function at a point, by differences of fourth order.
pub fn slopes(f: &mut impl FnMut([f64; 2]) -> f64, at: [f64; 2], scale: [f64; 2]) -> ([f64; 2], [[f64; 2]; 2]) {
    const REACH: f64 = 2e-3;
    let h = [REACH * scale[0], REACH * scale[1]];
    let mut value = |i: f64, j: f64| f([at[0] + i * h[0], at[1] + j * h[1]]);
    let here = value(0.0, 0.0);
    let mut slope = [0.0; 2];
    let mut curvature = [[0.0; 2]; 2];
    for axis in 0..2 {
        let mut along = |t: f64| if axis == 0 { value(t, 0.0) } else { value(0.0, t) };
        let (m2, m1, p1, p2) = (along(-2.0), along(-1.0), along(1.0), along(2.0));
        slope[axis] = (m2 - 8.0 * m1 + 8.0 * p1 - p2) / (12.0 * h[axis]);
        curvature[axis][axis] = (-m2 + 16.0 * m1 - 30.0 * here + 16.0 * p1 - p2) / (12.0 * h[axis] * h[axis]);
    }
    let cross = value(1.0, 1.0) - value(1.0, -1.0) - value(-1.0, 1.0) + value(-1.0, -1.0);
    curvature[0][1] = cross / (4.0 * h[0] * h[1]);
    curvature[1][0] = curvature[0][1];
    (slope, curvature)
}

/// Newton's steps from near the top to the top, and minus the inverse curvature there: the
/// covariance of the parameters. None where the top is no top (a ridge, an edge).
pub fn polished(
    f: &mut impl FnMut([f64; 2]) -> f64,
    start: [f64; 2],
    scale: [f64; 2],
) -> Option<([f64; 2], [[f64; 2]; 2])> {
    let mut at = start;
    let mut best = f(at);
    for _ in 0..8 {
        let (slope, curvature) = slopes(f, at, scale);
        let inverse = inverse(curvature)?;
        let step =
            [inverse[0][0] * slope[0] + inverse[0][1] * slope[1], inverse[1][0] * slope[0] + inverse[1][1] * slope[1]];
        let next = [at[0] - step[0], at[1] - step[1]];
        let value = f(next);
        // Beyond this the differences are rounding.
        if value.is_nan() || value < best - 1e-9 * best.abs().max(1.0) {
            break;
        }
        at = next;
        best = value;
        if (step[0] / scale[0]).abs().max((step[1] / scale[1]).abs()) < 1e-11 {
            break;
        }
    }
    let inverse = inverse(slopes(f, at, scale).1)?;
    (inverse[0][0] < 0.0 && inverse[1][1] < 0.0).then(|| (at, inverse.map(|row| row.map(|x| -x))))
}

fn inverse(m: [[f64; 2]; 2]) -> Option<[[f64; 2]; 2]> {
    let determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    let usable = determinant.is_finite() && determinant > 1e-10 * (m[0][0] * m[1][1]).abs();
    usable.then(|| [[m[1][1] / determinant, -m[0][1] / determinant], [-m[1][0] / determinant, m[0][0] / determinant]])
}
