//! Figures computed elsewhere, to 18 digits, that single distributions must give.

use super::*;

fn near(found: f64, expected: f64, relative: f64) {
    assert!((found / expected - 1.0).abs() <= relative, "{found} is not {expected}");
}

/// mu, sigma, median, mean, sd, coefficient of variation, 99 % point.
fn lognormal(found: Lognormal, expected: [f64; 7]) {
    let (mu, sigma) = found.logs();
    let [e_mu, e_sigma, median, mean, sd, cv, q99] = expected;
    near(mu, e_mu, 1e-12);
    near(sigma, e_sigma, 1e-12);
    near(found.quantile(0.5), median, 1e-12);
    near(found.mean(), mean, 1e-12);
    near(found.variance().sqrt(), sd, 1e-12);
    near(found.variance().sqrt() / found.mean(), cv, 1e-12);
    near(found.quantile(0.99), q99, 1e-12);
}

#[test]
fn the_lognormal_of_a_90_percent_interval_matches_its_reference() {
    lognormal(
        Lognormal::from_interval(50_000.0, 2_000_000.0, 0.9).unwrap(),
        [
            12.664_218_011_467_252,
            1.121_339_733_113_762_2,
            316_227.766_016_837_9,
            592_982.051_357_841_8,
            940_634.240_233_151_8,
            1.586_277_760_143_393_3,
            4_294_494.088_562_804,
        ],
    );
}

#[test]
fn the_lognormal_of_an_80_percent_interval_matches_its_reference() {
    lognormal(
        Lognormal::from_interval(100_000.0, 1_000_000.0, 0.8).unwrap(),
        [
            12.664_218_011_467_252,
            0.898_358_347_373_854_2,
            316_227.766_016_837_9,
            473_421.727_453_559_2,
            527_452.427_831_694_3,
            1.114_128_053_794_141_1,
            2_556_403.748_321_682_7,
        ],
    );
}

#[test]
fn the_lognormal_of_mean_and_variation_matches_its_reference() {
    lognormal(
        Lognormal::from_mean_sd(250_000.0, 500_000.0).unwrap(),
        [
            11.624_497_240_627_333,
            1.268_636_241_179_519_6,
            111_803.398_874_989_48,
            250_000.0,
            500_000.0,
            2.0,
            2_138_866.263_552_336_5,
        ],
    );
}

#[test]
fn a_layer_of_a_lognormal_matches_its_reference() {
    let loss = Lognormal::new(12.664_218_011_467_252, 1.121_339_733_113_762_2).unwrap();
    let (d, limit) = (500_000.0, 1_500_000.0);
    let (bottom, top) = (loss.limited_mean(d), loss.limited_mean(d + limit));
    near(bottom, 311_840.059_285_070_63, 1e-11);
    near(top, 514_904.594_401_428_53, 1e-11);
    near(top - bottom, 203_064.535_116_357_93, 1e-11);
    near(loss.sf(d), 0.341_427_758_957_942_53, 1e-11);
    near(loss.mean() - bottom, 281_141.992_072_771_1, 1e-11);
    let squares = loss.second_limited_moment(d + limit) - loss.second_limited_moment(d);
    near(squares - 2.0 * d * (top - bottom), 210_370_945_002.936_4, 1e-11);
}

#[test]
fn pert_matches_its_reference() {
    let pert = Pert::new(100_000.0, 250_000.0, 2_000_000.0).unwrap();
    near(pert.shapes().0, 1.315_789_473_684_210_6, 1e-10);
    near(pert.shapes().1, 4.684_210_526_315_789, 1e-10);
    near(pert.mean(), 516_666.666_666_666_7, 1e-14);
    near(pert.variance().sqrt(), 297_142.475_579_730_6, 1e-13);
    near(pert.quantile(0.05), 147_519.060_935_438_96, 1e-13);
    near(pert.quantile(0.5), 455_600.672_050_775_3, 1e-13);
    near(pert.quantile(0.95), 1_095_621.758_191_322_7, 1e-13);
    near(pert.cdf(500_000.0), 0.555_084_363_331_289_1, 1e-13);
}

#[test]
fn the_gamma_of_mean_and_variation_matches_its_reference() {
    let gamma = Gamma::from_mean_sd(400_000.0, 600_000.0).unwrap();
    near(gamma.parameters().0, 0.444_444_444_444_444_4, 1e-14);
    near(gamma.parameters().1, 900_000.0, 1e-14);
    near(gamma.cdf(1e6), 0.882_868_859_339_115_9, 1e-13);
    near(gamma.quantile(0.99), 2_830_825.948_025_412, 1e-13);
}

/// A generalised Pareto excess (ξ, β) above u is a Pareto of β/ξ and 1/ξ, moved by u − β/ξ.
#[test]
fn the_generalised_pareto_is_a_pareto_moved_along() {
    let (u, xi, beta) = (1e6, 0.4, 300_000.0);
    let pareto = Pareto::new(beta / xi, 1.0 / xi).unwrap();
    let shift = u - beta / xi;
    near(pareto.mean() + shift, 1_500_000.0, 1e-12);
    for (p, var, tvar) in [
        (0.9, 2_133_914.823_632_185, 3_389_858.039_386_975),
        (0.99, 4_982_180.083_601_45, 8_136_966.806_002_416),
        (0.999, 12_136_698.943_458_35, 20_061_164.905_763_92),
    ] {
        let q = pareto.quantile(p);
        near(q + shift, var, 1e-12);
        near(q + shift + (pareto.mean() - pareto.limited_mean(q)) / pareto.sf(q), tvar, 1e-12);
    }
}

#[test]
fn a_pareto_without_a_mean_still_has_quantiles() {
    let pareto = Pareto::new(100_000.0 / 1.1, 1.0 / 1.1).unwrap();
    assert_eq!(pareto.mean(), f64::INFINITY);
    near(pareto.quantile(0.99) - 100_000.0 / 1.1, 14_317_210.840_555_577, 1e-12);
}

#[test]
fn layers_of_a_lomax_match_their_reference() {
    let (alpha, scale) = (1.2, 2000.0);
    let pareto = Pareto::new(scale, alpha).unwrap();
    let layers = [0.0, 50e3, 100e3, 200e3, 300e3, 400e3, 500e3, 1e6, 2e6, 5e6, 10e6];
    let expected = [
        4_787.988_918_613_511,
        657.036_426_532_761_3,
        581.817_667_424_334_6,
        307.054_425_195_883_1,
        203.833_711_472_018_73,
        150.460_051_491_133_87,
        427.561_764_416_823_3,
        372.862_679_424_753_54,
        420.272_512_433_864_3,
        270.620_453_799_530_4,
    ];
    for (layer, expected) in layers.windows(2).zip(expected) {
        near(pareto.limited_mean(layer[1] + scale) - pareto.limited_mean(layer[0] + scale), expected, 1e-12);
    }
}

#[test]
fn the_metalog_in_logs_matches_its_reference() {
    let metalog = Metalog::unbounded(100_000.0, 250_000.0, 700_000.0).unwrap();
    let [a1, a2, a3] = metalog.curve().coefficients();
    // The curve is in units of the median.
    near(a1 + libm::log(250_000.0), 12.429_216_196_844_383, 1e-13);
    near(a2, 0.442_810_937_290_355_6, 1e-13);
    near(a3, 0.064_472_634_292_801_76, 1e-13);
    near(metalog.tail_index(), 0.475_047_254_436_756_44, 1e-13);
    near(metalog.mean(), 374_756.128_873_538_5, 1e-13);
    near(metalog.quantile(0.95), 1_002_965.894_502_501_5, 1e-13);
    near(metalog.quantile(0.99), 2_211_436.076_082_998_4, 1e-13);
}
