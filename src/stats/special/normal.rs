//! How likely is it that a standard normal value exceeds z, and where is its
//! quantile?
//!
//! Φ(z) = erfc(−z/√2)/2. The quantile is Wichura's rational approximation
//! (Algorithm AS 241, PPND16, Applied Statistics 37, 1988), good to 1e-16.
//! The normal cut from below at z needs the hazard h = φ/(1−Φ) and how far it
//! lies above z; far out both come from Laplace's continued fraction
//! (DLMF 7.9.3), where differences of tabulated values would have no digits left.

use core::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Density of the standard normal.
#[must_use]
pub fn normal_pdf(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / TAU.sqrt()
}

/// P(Z ≤ z) of the standard normal, relatively accurate in the lower tail.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// P(Z > z) of the standard normal, relatively accurate in the upper tail.
#[must_use]
pub fn normal_sf(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];
const SHOULDER: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];
const TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

fn ratio(of: &[[f64; 8]; 2], r: f64) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    horner(&of[0]) / horner(&of[1])
}

/// The z with Φ(z) = p; ±∞ at 1 and 0, NaN outside [0, 1].
///
/// For a point in the upper tail pass the small chance and change the sign:
/// `-normal_quantile(chance_of_exceeding)` keeps the digits that `1 - p` drops.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let from_centre = p - 0.5;
    if from_centre.abs() <= 0.425 {
        return from_centre * ratio(&CENTRE, 0.180_625 - from_centre * from_centre);
    }
    let tail = if from_centre < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(from_centre);
    }
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 { ratio(&SHOULDER, r - 1.6) } else { ratio(&TAIL, r - 5.0) };
    z.copysign(from_centre)
}

/// What is left of a standard normal that is known to exceed some z.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Truncation {
    /// h = φ(z)/(1 − Φ(z)), the density at the cut.
    pub hazard: f64,
    /// E\[Z − z | Z > z\] = h − z.
    pub excess: f64,
    /// Var\[Z | Z > z\].
    pub variance: f64,
}

/// Hazard, mean excess and variance of the standard normal above `z`.
#[must_use]
pub fn truncation(z: f64) -> Truncation {
    if z.is_nan() || z == f64::INFINITY {
        return Truncation { hazard: z, excess: 0.0 * z, variance: 0.0 * z };
    }
    if z < 6.0 {
        let hazard = normal_pdf(z) / normal_sf(z);
        let excess = hazard - z;
        return Truncation { hazard, excess, variance: 1.0 - hazard * excess };
    }
    // h = z + 1/(z + 2/(z + 3/(z + …))), evaluated from the inside.
    let inner = (3..=80).rev().fold(z, |inner, k| z + f64::from(k) / inner);
    let second = 2.0 / inner;
    let excess = 1.0 / (z + second);
    Truncation { hazard: z + excess, excess, variance: excess * (second - excess) }
}

/// P(Z > cut + w | Z > cut) for w ≥ 0, also where both chances underflow.
#[must_use]
pub fn survival_ratio(cut: f64, w: f64) -> f64 {
    if w <= 0.0 {
        return 1.0;
    }
    let z = cut + w;
    if cut <= 0.0 {
        return normal_sf(z) / normal_sf(cut);
    }
    if w == f64::INFINITY {
        return 0.0;
    }
    truncation(cut).hazard / truncation(z).hazard * libm::exp(-w * (cut + 0.5 * w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_quantile_matches_its_reference_to_14_digits() {
        let reference = [
            (0.9, 1.281_551_565_544_600_5),
            (0.95, 1.644_853_626_951_472_6),
            (0.975, 1.959_963_984_540_054_2),
            (0.99, 2.326_347_874_040_840_8),
            (0.995, 2.575_829_303_548_900_7),
            (0.999, 3.090_232_306_167_813_6),
            (0.9999, 3.719_016_485_455_680_5),
            (1e-10, -6.361_340_902_404_056),
        ];
        for (p, z) in reference {
            assert!((normal_quantile(p) / z - 1.0).abs() < 1e-14, "{p}: {}", normal_quantile(p));
        }
    }

    #[test]
    fn the_normal_quantile_undoes_the_normal_chance_far_into_the_tail() {
        for exponent in 1..=300 {
            let p = libm::exp(f64::from(-exponent) * core::f64::consts::LN_10);
            assert!((normal_cdf(normal_quantile(p)) / p - 1.0).abs() < 3e-12, "1e-{exponent}");
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert!(normal_quantile(1.5).is_nan());
    }

    #[test]
    fn the_two_ways_to_the_cut_normal_agree_where_they_meet() {
        let (near, far) = (truncation(6.0 - 1e-12), truncation(6.0));
        assert!((near.hazard / far.hazard - 1.0).abs() < 1e-12);
        assert!((near.excess / far.excess - 1.0).abs() < 1e-12);
        assert!((near.variance / far.variance - 1.0).abs() < 1e-11);
        let (direct, scaled) = (normal_sf(5.0) / normal_sf(1e-300), survival_ratio(1e-300, 5.0));
        assert!((direct / scaled - 1.0).abs() < 1e-13);
    }
}
