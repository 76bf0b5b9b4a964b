//! Compound distributions with smooth severities.

use super::severities::*;
use super::{close, held};
use crate::stats::lattice::*;

fn fine() -> Aim {
    Aim { tolerance: 1e-6, most_cells: 1 << 17, ..Aim::default() }
}

fn poisson<'a>(rate: f64, severity: &'a dyn Severity) -> Portfolio<'a> {
    Portfolio::single(Count::Poisson { rate }, EventLoss::single(severity))
}

/// cp-poisson-exponential-2: gamma series, 200 bits.
#[test]
fn two_exponential_losses_a_year_have_their_closed_form() {
    let severity = Exponential(1.0);
    let solved = poisson(2.0, &severity).solve(&fine());
    let loss = &solved.loss;
    assert!(solved.notes.is_empty() && solved.error() <= 1e-6);
    close(loss.no_loss(), 0.1353352832366127, 1e-14);
    close(loss.mean(), 2.0, 1e-15);
    close(loss.cdf(0.5), 0.26901206003591, 1e-6);
    close(loss.cdf(1.0), 0.39429685889233157, 1e-6);
    close(loss.cdf(5.0), 0.9139344776002126, 1e-7);
    close(loss.cdf(10.0), 0.9958349137390629, 1e-8);
    close(held(loss.quantile(0.9)), 4.728410992814917, 1e-6);
    close(held(loss.quantile(0.99)), 8.622567981050691, 1e-6);
    close(held(loss.quantile(0.999)), 12.168950357623352, 1e-6);
    close(held(loss.tail_mean(0.9)), 6.441512528087158, 1e-6);
    close(held(loss.tail_mean(0.99)), 10.17192590527812, 1e-6);
    close(held(loss.stop_loss(5.0)), 0.14608675504715238, 1e-6);
}

/// geometric-exponential: F(x) = 1 − (1 − p) e^(−px/θ); the geometric is a negative binomial of
/// size 1.
#[test]
fn a_geometric_sum_of_exponentials_is_an_exponential_with_an_atom() {
    let severity = Exponential(100_000.0);
    let count = Count::NegativeBinomial { mean: 0.6 / 0.4, size: 1.0 };
    let loss = Portfolio::single(count, EventLoss::single(&severity)).solve(&fine()).loss;
    close(loss.no_loss(), 0.4, 1e-14);
    close(loss.mean(), 150_000.0, 1e-14);
    close(loss.cdf(250_000.0), 0.7792723352971346, 1e-7);
    close(held(loss.quantile(0.95)), 621_226.662447, 1e-6);
    close(held(loss.tail_mean(0.95)), 871_226.662447, 1e-6);
    close(held(loss.quantile(0.999)), 1_599_232.4138040366, 1e-6);
    close(held(loss.tail_mean(0.999)), 1_849_232.4138040366, 1e-6);
    assert_eq!(loss.quantile(0.3), Some(0.0));
    close(held(loss.tail_mean(0.3)), 150_000.0 / 0.7, 1e-14);
}

/// negbin-exponential: gamma series, 200 bits.
#[test]
fn clustered_exponential_losses_have_their_closed_form() {
    let severity = Exponential(1.0);
    let count = Count::NegativeBinomial { mean: 3.0, size: 2.5 };
    let loss = Portfolio::single(count, EventLoss::single(&severity)).solve(&fine()).loss;
    close(loss.no_loss(), 0.1392974922444715, 1e-13);
    close(loss.cdf(1.0), 0.32163024046286426, 1e-6);
    close(loss.cdf(5.0), 0.79133655627214, 1e-7);
    close(loss.cdf(10.0), 0.9632281939906687, 1e-7);
    close(held(loss.quantile(0.99)), 13.492517511827266, 1e-6);
}

/// tweedie-1.5: compound Poisson-gamma, here with shape 1; series.
#[test]
fn a_tweedie_variable_is_a_compound_poisson() {
    let severity = Exponential(0.565685424949238);
    let loss = poisson(3.5355339059327378, &severity).solve(&fine()).loss;
    close(loss.no_loss(), 0.029143193111242454, 1e-13);
    close(loss.mean(), 2.0, 1e-14);
    close(loss.variance(), 2.262741699796952, 1e-14);
    close(loss.density(2.0), 0.2504258911922075, 1e-6);
    close(loss.cdf(2.0), 0.5764652783993954, 1e-7);
    close(loss.cdf(6.0), 0.9816844886467613, 1e-7);
}

/// cp-poisson-inverse-gaussian: sums of n are inverse Gaussian again; series.
#[test]
fn inverse_gaussian_losses_have_their_closed_form() {
    let severity = InverseGaussian { mean: 1.0, shape: 0.5 };
    let loss = poisson(3.0, &severity).solve(&fine()).loss;
    close(loss.cdf(1.0), 0.27144909352072605, 1e-6);
    close(loss.cdf(3.0), 0.6307828205540232, 1e-6);
    close(loss.cdf(10.0), 0.9650527378769201, 1e-7);
    close(held(loss.quantile(0.99)), 13.940819732443993, 1e-6);
}

/// cp-poisson2-lognormal: Laplace inversion, 320 bits.
#[test]
fn the_canonical_risk_is_right_as_far_as_one_year_in_ten_thousand() {
    let severity = LogNormal::between(50_000.0, 2_000_000.0);
    let portfolio = poisson(2.0, &severity);
    let levels = vec![0.5, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999];
    let solved = portfolio.solve(&Aim { levels: levels.clone(), ..fine() });
    let loss = &solved.loss;
    let quantiles = [
        709195.5194548464,
        2859727.744723492,
        3960834.9896180765,
        7161845.844448889,
        8916568.949531216,
        14246501.871687492,
        26292651.641238075,
    ];
    let tails = [
        2121267.5714658797,
        4713889.27379878,
        6091652.87593724,
        10190950.43992804,
        12465644.105387101,
        19374619.73983466,
        34746713.576946326,
    ];
    let densities = [
        4.087515486517683e-07,
        6.68652585263876e-08,
        2.9601405674844845e-08,
        4.269935781820013e-09,
        1.8289373066176848e-09,
        2.518007010315135e-10,
        1.493351051309575e-11,
    ];
    for (i, p) in levels.iter().enumerate() {
        close(held(loss.quantile(*p)), quantiles[i], 2e-6);
        close(held(loss.tail_mean(*p)), tails[i], 2e-6);
        close(loss.density(quantiles[i]), densities[i], 1e-4);
    }
    close(loss.mean(), 1185964.1027156836, 1e-12);
    close(loss.variance().sqrt(), 1572526.9391215865, 1e-12);
    close(loss.no_loss(), 0.1353352832366127, 1e-14);
    close(loss.cdf(1e4), 0.13561531134185853, 1e-5);
    close(loss.cdf(1e5), 0.1781182347694035, 1e-5);
    close(loss.cdf(1e6), 0.6050926457520559, 1e-6);
    close(loss.cdf(1e7), 0.9965785420717244, 1e-8);
    close(held(loss.stop_loss(5e6)), 67360.22153631599, 1e-6);
    let layer = held(loss.limited_mean(1e7)) - held(loss.limited_mean(5e6));
    close(layer, 54110.59153883886, 1e-6);
}

/// The same risk on the default aim: the error is at most what is reported, and it is small.
#[test]
fn the_default_grid_keeps_its_promise() {
    let severity = LogNormal::between(50_000.0, 2_000_000.0);
    let solved = poisson(2.0, &severity).solve(&Aim::default());
    let expected = [709195.5194548464, 2859727.744723492, 3960834.9896180765, 7161845.844448889, 14246501.871687492];
    assert!(solved.error() <= 1e-4);
    for (level, expected) in solved.levels.iter().zip(expected) {
        let error = (held(level.quantile) / expected - 1.0).abs();
        assert!(error <= level.error.max(1e-6), "{level:?} {error}");
    }
}

/// cp-poisson5-pert: Laplace inversion; the density has kinks.
#[test]
fn bounded_losses_with_kinks_are_no_harder() {
    let severity = Pert { min: 100_000.0, mode: 250_000.0, max: 2_000_000.0 };
    let loss = poisson(5.0, &severity).solve(&fine()).loss;
    let quantiles = [4370090.457728209, 6255960.540479818, 7802816.054700475];
    let tails = [5211873.040065475, 6936482.36094392, 8405196.472259805];
    for (i, p) in [0.9, 0.99, 0.999].into_iter().enumerate() {
        close(held(loss.quantile(p)), quantiles[i], 1e-6);
        close(held(loss.tail_mean(p)), tails[i], 1e-6);
    }
    close(loss.mean(), 2583333.3333333335, 1e-14);
}

/// cp-poisson2000-exponential: gamma series, 320 bits.
#[test]
fn thousands_of_events_do_not_underflow() {
    let severity = Exponential(1.0);
    let levels = vec![0.5, 0.99, 0.999];
    let loss = poisson(2000.0, &severity).solve(&Aim { levels, ..fine() }).loss;
    let quantiles = [1999.4999791609355, 2149.3279997365257, 2199.7061778918];
    let tails = [2050.4594962947326, 2171.6526464172775, 2218.1429209975827];
    for (i, p) in [0.5, 0.99, 0.999].into_iter().enumerate() {
        close(held(loss.quantile(p)), quantiles[i], 5e-6);
        close(held(loss.tail_mean(p)), tails[i], 5e-6);
    }
    assert_eq!(loss.no_loss(), 0.0);
}

/// gerber1982-stoploss: Irwin-Hall series, 320 bits.
#[test]
fn stop_loss_premiums_of_uniform_losses_are_gerbers() {
    let severity = Uniform(1.0, 3.0);
    let loss = poisson(1.0, &severity).annual(&Grid::reaching(32.0, 1 << 14));
    let expected =
        [2.0, 0.8277287426357453, 0.2689092270165779, 0.07183796160757573, 0.016266627222712732, 0.003253514599822655];
    for (i, expected) in expected.into_iter().enumerate() {
        close(held(loss.stop_loss(2.0 * i as f64)), expected, 2e-6);
    }
}

/// deductible-exponential: closed form, since the exponential has no memory.
#[test]
fn a_deductible_on_each_event_thins_exponential_losses() {
    let severity = Above { theta: 1.0, deductible: 0.7 };
    let loss = poisson(2.0, &severity).solve(&fine()).loss;
    close(loss.mean(), 0.993170607582819, 1e-14);
    close(loss.no_loss(), libm::exp(-0.993170607582819), 1e-14);
    close(loss.cdf(3.0), 0.9070309780439654, 5e-8);
    close(held(loss.quantile(0.99)), 6.158086714896775, 1e-6);
}
