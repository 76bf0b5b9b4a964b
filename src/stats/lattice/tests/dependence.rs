//! Uncertain rates, secondary losses, many risks.

use super::severities::*;
use super::{close, held};
use crate::stats::Distribution;
use crate::stats::lattice::*;
use crate::stats::mixture::Mixture;

/// Job 1 of the measured jobs (quadrature and a grid of 2,500): threat events PERT(2, 12, 40),
/// vulnerability 0.4022581127, primary PERT(50k, 200k, 1.2M), with chance 0.31667 secondary
/// PERT(100k, 500k, 5M). Its quantiles are printed to a grid step.
#[test]
fn an_uncertain_rate_and_a_secondary_loss_give_job_one() {
    let v = 0.402_258_112_7;
    let rate = Mixture::of(&Distribution::pert(2.0 * v, 12.0 * v, 40.0 * v).unwrap(), 1.0);
    let rates = Rates::new(&rate.condensed(None), rate.first, rate.second, None).unwrap();
    let primary = Pert { min: 50e3, mode: 200e3, max: 1.2e6 };
    let secondary = Pert { min: 100e3, mode: 500e3, max: 5e6 };
    let chance = (0.1 + 4.0 * 0.3 + 0.6) / 6.0;
    let event = EventLoss::single(&primary).and(chance, vec![&secondary]);
    let solved = Portfolio::single(Count::UncertainRate(rates), event).solve(&Aim::default());
    let loss = &solved.loss;
    close(loss.mean(), 4_322_598.636125, 1e-10);
    close(loss.variance().sqrt(), 3_181_975.817_6, 1e-9);
    close(loss.no_loss(), 0.0238988878, 1e-8);
    for (p, q) in
        [(0.5, 3_727_500.0), (0.9, 8_690_000.0), (0.95, 10_402_500.0), (0.99, 13_917_500.0), (0.999, 18_292_500.0)]
    {
        assert!((held(loss.quantile(p)) - q).abs() <= 2_500.0, "{p}: {:?}", loss.quantile(p));
    }
    close(held(loss.tail_mean(0.99)), 15_840_037.0, 1e-5);
}

/// Job 2L of the measured jobs: 100 lognormal risks (a grid of 2,000).
#[test]
fn a_hundred_risks_give_job_two_l() {
    let severities: Vec<LogNormal> =
        (0..10).map(|i| LogNormal::between(1e4 * f64::from(i + 1), 5e5 * f64::from(i + 1))).collect();
    let risks = (0..100)
        .map(|i| Risk {
            count: Count::Poisson { rate: 0.02 + 0.004 * f64::from(i) },
            event: EventLoss::single(&severities[i as usize % 10]),
        })
        .collect();
    let solved = Portfolio { risks }.solve(&Aim::default());
    let loss = &solved.loss;
    close(loss.mean(), 17_667_268.209482, 1e-12);
    close(loss.variance().sqrt(), 8_605_681.388_4, 1e-11);
    for (p, q) in
        [(0.5, 16_074_000.0), (0.9, 28_106_000.0), (0.95, 33_084_000.0), (0.99, 46_076_000.0), (0.999, 72_760_000.0)]
    {
        let got = held(loss.quantile(p));
        assert!((got - q).abs() <= 2_000.0 + 1e-4 * q, "{p}: {got}");
    }
    close(held(loss.tail_mean(0.99)), 57_551_712.0, 1e-4);
}

#[test]
fn an_uncertain_rate_of_gamma_shape_is_a_negative_binomial() {
    // A gamma rate of shape 3 and mean 2 gives the negative binomial of size 3.
    let nodes: Vec<(f64, f64)> =
        (1..4000).map(|i| 0.005 * f64::from(i)).map(|x| (x, x * x * libm::exp(-1.5 * x))).collect();
    let rates = Rates::of_points(&nodes, None).unwrap();
    let grid = Grid::reaching(40.0, 1024);
    let severity = Exponential(1.0);
    let year = |count: Count| Portfolio::single(count, EventLoss::single(&severity)).annual(&grid);
    let mixed = year(Count::UncertainRate(rates));
    let clustered = year(Count::NegativeBinomial { mean: 2.0, size: 3.0 });
    for p in [0.5, 0.9, 0.99, 0.999] {
        close(held(mixed.quantile(p)), held(clustered.quantile(p)), 1e-7);
    }
    close(mixed.mean(), clustered.mean(), 1e-7);
    close(mixed.variance(), clustered.variance(), 1e-7);
}

#[test]
fn low_and_high_rates_are_averaged_alike() {
    // A rate without weight that is far away moves the place where low and high rates are parted.
    let near = [(1.0, 0.2), (2.0, 0.3), (30.0, 0.5)];
    let far = [(1.0, 0.2), (2.0, 0.3), (30.0, 0.5), (3000.0, 0.0)];
    let severity = LogNormal { mu: 0.0, sigma: 1.0 };
    let grid = Grid::reaching(160.0, 512);
    for size in [None, Some(1.3)] {
        let year = |points: &[(f64, f64)]| {
            let rates = Rates::of_points(points, size).unwrap();
            Portfolio::single(Count::UncertainRate(rates), EventLoss::single(&severity)).annual(&grid)
        };
        let mut plain = Spectrum::zero(&grid);
        for (rate, weight) in near {
            let count = size.map_or(Count::Poisson { rate }, |size| Count::NegativeBinomial { mean: rate, size });
            plain.add_scaled(weight, &Portfolio::single(count, EventLoss::single(&severity)).spectrum(&grid));
        }
        let plain = AnnualLoss::from_cells(&grid, plain.into_cells(), year(&near).facts(), Shape::Smooth);
        for p in [0.3, 0.6, 0.9, 0.95] {
            close(held(year(&near).quantile(p)), held(plain.quantile(p)), 1e-10);
            close(held(year(&far).quantile(p)), held(plain.quantile(p)), 1e-10);
        }
    }
}
