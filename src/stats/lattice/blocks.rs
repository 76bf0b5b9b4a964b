//! How are exponentials and powers of a hundred thousand complex numbers taken quickly?
//!
//! Eight at a time, real and imaginary parts in arrays of their own, without branches and
//! without calls, so that every compiler target turns the loops into vector instructions. Powers
//! of two and quadrants come from adding 1.5 · 2⁵² (rounding to the nearest whole number), the
//! rest are Taylor polynomials that reach rounding on the reduced interval. The same code runs
//! everywhere, so results do not depend on the machine's mathematical library.

use realfft::num_complex::Complex;

/// Numbers that are worked on together.
pub(super) const LANES: usize = 8;
/// Real or imaginary parts of a block.
pub(super) type Lanes = [f64; LANES];

const ROUND: f64 = 6_755_399_441_055_744.0;
/// Beyond this the three-part π/2 below loses digits.
const LARGEST_PHASE: f64 = 1e6;

/// Applies `work` to all values, a block at a time. The last block is filled up with zeros.
#[inline(always)]
pub(super) fn for_each_block(values: &mut [Complex<f64>], work: impl Fn(&mut Lanes, &mut Lanes)) {
    for chunk in values.chunks_mut(LANES) {
        let (mut re, mut im) = ([0.0; LANES], [0.0; LANES]);
        for (lane, value) in chunk.iter().enumerate() {
            re[lane] = value.re;
            im[lane] = value.im;
        }
        work(&mut re, &mut im);
        for (lane, value) in chunk.iter_mut().enumerate() {
            *value = Complex::new(re[lane], im[lane]);
        }
    }
}

/// exp(re + i·im), in place. Real parts below −700 give (all but) zero.
#[inline(always)]
pub(super) fn exp(re: &mut Lanes, im: &mut Lanes) {
    let mut size = [0.0; LANES];
    for lane in 0..LANES {
        size[lane] = exp_real(re[lane]);
    }
    let reducible = im.iter().all(|x| x.abs() < LARGEST_PHASE);
    if !reducible {
        for lane in 0..LANES {
            let (sin, cos) = libm::sincos(im[lane]);
            re[lane] = size[lane] * cos;
            im[lane] = size[lane] * sin;
        }
        return;
    }
    for lane in 0..LANES {
        let (sin, cos) = sin_cos(im[lane]);
        re[lane] = size[lane] * cos;
        im[lane] = size[lane] * sin;
    }
}

#[inline(always)]
fn exp_real(x: f64) -> f64 {
    // ln 2 in two parts; the first has few enough digits that its multiples are exact.
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const TAYLOR: [f64; 14] = inverse_factorials();
    let x = x.clamp(-700.0, 700.0);
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut sum = TAYLOR[13];
    let mut i = 13;
    while i > 0 {
        i -= 1;
        sum = sum * r + TAYLOR[i];
    }
    sum * f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52)
}

#[inline(always)]
fn sin_cos(x: f64) -> (f64, f64) {
    // π/2 in three parts of 33 bits each.
    const PI_2_A: f64 = 1.570_796_326_734_125_6;
    const PI_2_B: f64 = 6.077_100_506_303_966e-11;
    const PI_2_C: f64 = 2.022_266_248_795_950_6e-21;
    const FACTORIAL: [f64; 18] = inverse_factorials();
    let shifted = x * std::f64::consts::FRAC_2_PI + ROUND;
    let n = shifted - ROUND;
    let r = ((x - n * PI_2_A) - n * PI_2_B) - n * PI_2_C;
    let square = r * r;
    let mut sin = -FACTORIAL[15];
    sin = sin * square + FACTORIAL[13];
    sin = sin * square - FACTORIAL[11];
    sin = sin * square + FACTORIAL[9];
    sin = sin * square - FACTORIAL[7];
    sin = sin * square + FACTORIAL[5];
    sin = sin * square - FACTORIAL[3];
    let sin = r + r * square * sin;
    let mut cos = FACTORIAL[16];
    cos = cos * square - FACTORIAL[14];
    cos = cos * square + FACTORIAL[12];
    cos = cos * square - FACTORIAL[10];
    cos = cos * square + FACTORIAL[8];
    cos = cos * square - FACTORIAL[6];
    cos = cos * square + FACTORIAL[4];
    let cos = 1.0 - 0.5 * square + square * square * cos;
    // Odd quadrants swap the two; the signs follow the quadrant's second bit.
    let quadrant = shifted.to_bits();
    let swap = (quadrant & 1).wrapping_neg();
    let (s, c) = (sin.to_bits(), cos.to_bits());
    let s_out = ((s & !swap) | (c & swap)) ^ ((quadrant & 2) << 62);
    let c_out = ((c & !swap) | (s & swap)) ^ ((quadrant.wrapping_add(1) & 2) << 62);
    (f64::from_bits(s_out), f64::from_bits(c_out))
}

const fn inverse_factorials<const N: usize>() -> [f64; N] {
    let mut table = [1.0; N];
    let mut factorial = 1.0;
    let mut i = 1;
    while i < N {
        factorial *= i as f64;
        table[i] = 1.0 / factorial;
        i += 1;
    }
    table
}

/// ln(1 + re + i·im) for re ≥ 0 (or a rounding below), in place.
#[inline(always)]
pub(super) fn ln_one_plus(re: &mut Lanes, im: &mut Lanes) {
    for lane in 0..LANES {
        let (u, v) = (re[lane], im[lane]);
        let excess = u * (2.0 + u) + v * v;
        re[lane] = 0.5 * ln_one_plus_real(excess);
        // The angle by three half-angle steps: tan(a/2) = im / (|z| + re), then
        // tan(a/2) = t / (1 + √(1 + t²)); what is left is a short series.
        let a = 1.0 + u;
        let t = v / ((a * a + v * v).sqrt() + a);
        let t = t / (1.0 + (1.0 + t * t).sqrt());
        let t = t / (1.0 + (1.0 + t * t).sqrt());
        im[lane] = 8.0 * odd_series(t, -(t * t), 12);
    }
}

#[inline(always)]
fn ln_one_plus_real(x: f64) -> f64 {
    let y = 1.0 + x;
    let lost = (x - (y - 1.0)) / y;
    // y = 2ⁿ·m with m in [√½, √2): shifting by the bits of √½ finds n without a branch.
    const ROOT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    let offset = y.to_bits().wrapping_sub(ROOT_HALF);
    let exponent = offset >> 52;
    // y ≥ 1 here, so n is small and positive and its float can be put together from bits.
    let n = f64::from_bits(ROUND.to_bits() + exponent) - ROUND;
    let m = f64::from_bits((offset & ((1 << 52) - 1)).wrapping_add(ROOT_HALF));
    let t = (m - 1.0) / (m + 1.0);
    2.0 * odd_series(t, t * t, 11) + lost + n * std::f64::consts::LN_2
}

/// t (1 + q/3 + q²/5 + … ) with `terms` terms.
#[inline(always)]
fn odd_series(t: f64, q: f64, terms: usize) -> f64 {
    let mut sum = 0.0;
    let mut i = terms;
    while i > 0 {
        i -= 1;
        sum = sum * q + 1.0 / (2 * i + 1) as f64;
    }
    t * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_exponential_agrees_with_the_library_to_rounding() {
        for i in 0..4000 {
            let x = -60.0 + 0.02 * f64::from(i);
            let y = -4000.0 + 2.001 * f64::from(i);
            let (mut re, mut im) = ([x; LANES], [y; LANES]);
            exp(&mut re, &mut im);
            let (sin, cos) = libm::sincos(y);
            let size = libm::exp(x);
            assert!((re[3] / size - cos).abs() < 4e-16, "{x} {y}");
            assert!((im[3] / size - sin).abs() < 4e-16, "{x} {y}");
        }
    }

    #[test]
    fn a_block_logarithm_agrees_with_the_library_to_rounding() {
        for i in 0..4000 {
            let x = 1e-9 * libm::pow(1.01, f64::from(i % 2500));
            let y = 1e-7 * libm::pow(1.013, f64::from(i % 1700)) * if i % 2 == 0 { 1.0 } else { -1.0 };
            let (mut re, mut im) = ([x; LANES], [y; LANES]);
            ln_one_plus(&mut re, &mut im);
            let size = 0.5 * libm::log1p(x * (2.0 + x) + y * y);
            let angle = libm::atan2(y, 1.0 + x);
            assert!((re[0] - size).abs() <= 1e-15 * size.max(1e-9), "{x} {y} {} {size}", re[0]);
            assert!((im[0] - angle).abs() <= 1e-15 * angle.abs(), "{x} {y}");
        }
    }

    #[test]
    fn a_huge_phase_or_a_huge_fall_is_no_fault() {
        let (mut re, mut im) = ([-1e9; LANES], [1e12; LANES]);
        exp(&mut re, &mut im);
        assert!(re.iter().chain(&im).all(|v| v.abs() < 1e-300));
    }
}
