//! How long do the numeric kernels take? Run with `cargo bench --bench kernels`.

use divan::{Bencher, black_box};
use rosi::internal::stats::Distribution;
use rosi::internal::stats::lattice::{Count, EventLoss, Grid, Part, Portfolio, Rates, Risk, Severity, discretise};
use rosi::internal::stats::mixture::Mixture;

fn main() {
    divan::main();
}

struct LogNormal {
    mu: f64,
    sigma: f64,
    mean: f64,
}

impl LogNormal {
    fn between(low: f64, high: f64) -> Self {
        let mu = 0.5 * (libm::log(low) + libm::log(high));
        let sigma = (libm::log(high) - libm::log(low)) / (2.0 * 1.644_853_626_951_472_6);
        Self { mu, sigma, mean: libm::exp(mu + 0.5 * sigma * sigma) }
    }
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

impl Severity for LogNormal {
    fn limited_mean(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        let z = (libm::log(x) - self.mu) / self.sigma;
        self.mean * phi(z - self.sigma) + x * phi(-z)
    }
    fn sf(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { phi((self.mu - libm::log(x)) / self.sigma) }
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn quantile(&self, _p: f64) -> f64 {
        libm::exp(self.mu + 3.3 * self.sigma)
    }
}

fn canonical() -> LogNormal {
    LogNormal::between(50e3, 2e6)
}

/// An event that always costs one amount.
fn certain(severity: &dyn Severity) -> EventLoss<'_> {
    EventLoss::new(vec![Part { chance: 1.0, severities: vec![severity] }])
}

fn alone(count: Count, event: EventLoss<'_>) -> Portfolio<'_> {
    Portfolio { risks: vec![Risk { count, event }] }
}

const CELLS: [usize; 2] = [1 << 12, 1 << 16];

#[divan::bench(args = CELLS)]
fn masses_of_one_severity(bencher: Bencher, cells: usize) {
    let severity = canonical();
    let grid = Grid::reaching(22e6, cells);
    bencher.bench(|| discretise(black_box(&severity), &grid));
}

#[divan::bench(args = CELLS)]
fn one_risk(bencher: Bencher, cells: usize) {
    let severity = canonical();
    let risk = alone(Count::Poisson { rate: 2.0 }, certain(&severity));
    let grid = Grid::reaching(22e6, cells);
    bencher.bench(|| black_box(&risk).spectrum(&grid).into_cells());
}

#[divan::bench(args = CELLS)]
fn one_clustered_risk(bencher: Bencher, cells: usize) {
    let severity = canonical();
    let count = Count::NegativeBinomial { mean: 2.0, size: 0.8 };
    let risk = alone(count, certain(&severity));
    let grid = Grid::reaching(22e6, cells);
    bencher.bench(|| black_box(&risk).spectrum(&grid).into_cells());
}

#[divan::bench(args = CELLS)]
fn one_risk_of_uncertain_rate(bencher: Bencher, cells: usize) {
    let severity = canonical();
    let Ok(rate) = Distribution::lognormal(0.5, 4.0).map(|rate| Mixture::of(&rate, 1.0)) else {
        return;
    };
    let Some(rates) = Rates::new(&rate.condensed(None), rate.first, rate.second, None) else {
        return;
    };
    let count = Count::UncertainRate(rates);
    let risk = alone(count, certain(&severity));
    let grid = Grid::reaching(22e6, cells);
    bencher.bench(|| black_box(&risk).spectrum(&grid).into_cells());
}

#[divan::bench(args = CELLS)]
fn a_hundred_risks(bencher: Bencher, cells: usize) {
    let severities: Vec<LogNormal> =
        (0..100).map(|i| LogNormal::between(1e4 * f64::from(1 + i % 10), 5e5 * f64::from(1 + i % 10))).collect();
    let risks = severities
        .iter()
        .zip(0..)
        .map(|(severity, i)| Risk {
            count: Count::Poisson { rate: 0.02 + 0.004 * f64::from(i) },
            event: certain(severity),
        })
        .collect();
    let portfolio = Portfolio { risks };
    let grid = Grid::reaching(110e6, cells);
    bencher.bench(|| black_box(&portfolio).spectrum(&grid).into_cells());
}
