//! What must hold for any input.

use super::severities::*;
use super::{close, held};
use crate::stats::lattice::held::Held;
use crate::stats::lattice::*;
use proptest::prelude::*;

#[test]
fn masses_keep_the_mean_and_miss_only_what_is_cut() {
    let severities: [&dyn Severity; 5] = [
        &Exponential(1.3),
        &LogNormal { mu: 0.0, sigma: 0.8 },
        &Uniform(0.7, 2.9),
        &Pert { min: 0.1, mode: 0.2, max: 3.0 },
        &Constant(1.234),
    ];
    for severity in severities {
        let grid = Grid::reaching(80.0, 1 << 12);
        let cells = discretise(severity, &grid);
        let mean: f64 = cells.iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>() * grid.step();
        let total: f64 = cells.iter().sum();
        // The lognormal leaves 2e-8 above the top.
        close(total, 1.0, 1e-7);
        close(mean, severity.mean(), 1e-5);
        assert!(cells.iter().all(|p| *p > -1e-9));
    }
    let heavy = Lomax { alpha: 0.9, scale: 1.0 };
    let grid = Grid::reaching(100.0, 256);
    let total: f64 = discretise(&heavy, &grid).iter().sum();
    assert!((total - 1.0 + heavy.sf(100.0)).abs() < 1e-3);
}

/// Of a loss far below a step as of one of several steps the variance stays; the third moment where a step is no longer
/// than the loss.
#[test]
fn masses_for_very_many_losses_keep_their_first_moments() {
    let severity = LogNormal { mu: 0.0, sigma: 0.5 };
    let moment = |n: f64| libm::exp(0.5 * n * n * 0.25);
    for (step, moments) in [(8.0, 2), (1.0, 2), (0.25, 3), (0.05, 3)] {
        let grid = Grid::new(step, 1 << 10).keeping_moments(true);
        let cells = discretise(&severity, &grid);
        let on_grid = |n: i32| cells.iter().enumerate().map(|(k, p)| (k as f64 * step).powi(n) * p).sum::<f64>();
        for n in 0..=moments {
            close(on_grid(n) / moment(f64::from(n)), 1.0, if n < 3 { 2e-4 } else { 1e-3 });
        }
        let mut single = vec![0.0; grid.cells()];
        add_amount(1.3 * step, 1.0, &grid, &mut single);
        let third: f64 = single.iter().enumerate().map(|(k, p)| (k as f64).powi(3) * p).sum();
        close(third, 1.3_f64.powi(3), 1e-12);
    }
}

#[test]
fn interpolated_panels_equal_cells_one_by_one() {
    let severity = LogNormal { mu: 0.0, sigma: 1.1 };
    let grid = Grid::reaching(50.0, 1 << 13);
    let h = grid.step();
    for (k, cell) in discretise(&severity, &grid).iter().enumerate().skip(1) {
        let x = k as f64 * h;
        let exact = (2.0 * severity.limited_mean(x) - severity.limited_mean(x - h) - severity.limited_mean(x + h)) / h;
        assert!((cell - exact).abs() < 4e-11, "{k}: {cell} {exact}");
    }
}

/// A loss capped at a limit has an atom there: wherever it lies among the panels, the mean stays.
#[test]
fn an_atom_at_a_limit_is_never_moved() {
    struct Capped(f64);
    impl Severity for Capped {
        fn limited_mean(&self, x: f64) -> f64 {
            Exponential(1.0).limited_mean(x.min(self.0))
        }
        fn sf(&self, x: f64) -> f64 {
            if x < self.0 { libm::exp(-x) } else { 0.0 }
        }
        fn mean(&self) -> f64 {
            self.limited_mean(self.0)
        }
        fn variance(&self) -> f64 {
            1.0
        }
        fn quantile(&self, _p: f64) -> f64 {
            self.0
        }
    }
    let grid = Grid::new(1e-3, 1 << 12);
    for i in 0..4000 {
        let severity = Capped(0.01 + 0.001_003 * f64::from(i));
        let cells = discretise(&severity, &grid);
        let sum: f64 = cells.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        close(sum * grid.step(), severity.mean(), 1e-9);
    }
}

#[test]
fn a_tiny_step_does_not_cancel() {
    let severity = Exponential(1.0);
    let grid = Grid::new(1e-7, 1 << 12);
    let cells = discretise(&severity, &grid);
    for k in [100, 1000, 4000] {
        close(cells[k], 1e-7 * libm::exp(-1e-7 * k as f64), 1e-3);
    }
    let far = LogNormal { mu: 0.0, sigma: 0.5 };
    let step = 1e-6;
    let means = far.survival_integral(2.0, 2.0 + step) / step;
    close(means, far.sf(2.0 + 0.5 * step), 1e-9);
}

#[test]
fn a_risk_that_never_happens_costs_nothing() {
    let severity = Exponential(1.0);
    for count in [
        Count::Poisson { rate: 0.0 },
        Count::Poisson { rate: f64::NAN },
        Count::NegativeBinomial { mean: 0.0, size: 1.0 },
        Count::AtMostOne { chance: 0.0 },
    ] {
        let solved = Portfolio::single(count, EventLoss::single(&severity)).solve(&Aim::default());
        assert_eq!((solved.loss.mean(), solved.loss.no_loss()), (0.0, 1.0));
        assert_eq!((solved.loss.quantile(0.999), solved.loss.tail_mean(0.999)), (Some(0.0), Some(0.0)));
        assert_eq!(solved.loss.exceedance(0.0), 0.0);
    }
    let empty = Portfolio::default().solve(&Aim::default());
    assert_eq!(empty.loss.quantile(0.5), Some(0.0));
}

#[test]
fn at_most_one_event_is_the_severity_with_an_atom() {
    let severity = Exponential(2.0);
    let risk = Portfolio::single(Count::AtMostOne { chance: 0.3 }, EventLoss::single(&severity));
    let loss = risk.solve(&Aim { tolerance: 1e-6, ..Aim::default() }).loss;
    close(loss.no_loss(), 0.7, 1e-14);
    assert_eq!(loss.quantile(0.7), Some(0.0));
    for p in [0.8, 0.9, 0.99, 0.999] {
        close(held(loss.quantile(p)), severity.quantile((p - 0.7) / 0.3), 1e-6);
    }
}

#[test]
fn one_thread_and_many_give_the_same_bits() {
    let severities: Vec<LogNormal> = (0..50).map(|i| LogNormal { mu: 0.05 * f64::from(i), sigma: 0.8 }).collect();
    let risks = severities
        .iter()
        .enumerate()
        .map(|(i, s)| Risk {
            count: if i % 3 == 0 {
                Count::NegativeBinomial { mean: 0.3, size: 0.7 }
            } else {
                Count::Poisson { rate: 0.1 }
            },
            event: EventLoss::single(s),
        })
        .collect();
    let portfolio = Portfolio { risks };
    let grid = Grid::reaching(200.0, 1 << 11);
    let on = |threads| match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => {
            let loss = pool.install(|| portfolio.annual(&grid));
            (0..1000).map(|i| loss.cdf(0.001 * f64::from(i) * grid.top())).collect::<Vec<f64>>()
        }
        Err(fault) => panic!("{fault}"),
    };
    assert_eq!(on(1), on(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn exceedance_never_rises_and_quantiles_never_fall(
        rate in 0.01_f64..20.0, mu in -3.0_f64..12.0, sigma in 0.1_f64..2.5, size in 0.2_f64..50.0,
    ) {
        quantiles_and_chances_agree(rate, mu, sigma, size)?;
    }

    #[test]
    fn between_cells_of_any_mass_chances_rise_without_a_jump(masses in prop::collection::vec(-9.0_f64..0.0, 8..40)) {
        let masses: Vec<f64> = masses.iter().map(|power| libm::pow(10.0, *power)).collect();
        let sum: f64 = masses.iter().sum();
        let cells: Vec<f64> = masses.iter().map(|mass| 0.9 * mass / sum).chain([0.1]).collect();
        let grid = Grid::new(1.0, cells.len());
        let held = Held::new(&grid, cells, 0.0, 1.0, Shape::Smooth);
        let places = (masses.len() - 1) * 64;
        let mut before = 0.0;
        for place in 0..=places {
            let now = held.cdf(place as f64 / 64.0);
            prop_assert!(now >= before - 1e-15);
            before = now;
        }
        for p in (1..90).map(|i| f64::from(i) / 100.0) {
            let Some(x) = held.quantile(p) else { continue };
            prop_assert!((held.cdf(x) - p).abs() < 1e-9, "{p} {x} {}", held.cdf(x));
        }
    }

    #[test]
    fn any_numbers_at_all_are_no_fault(
        rate in any::<f64>(), amount in any::<f64>(), chance in any::<f64>(), step in any::<f64>(),
        p in any::<f64>(), x in any::<f64>(), size in any::<f64>(),
    ) {
        let severity = Constant(amount.abs());
        let other = Exponential(amount.abs());
        let event = EventLoss::single(&severity).and(chance, vec![&other]);
        for count in [Count::Poisson { rate }, Count::NegativeBinomial { mean: rate, size }, Count::AtMostOne { chance }] {
            let risk = Portfolio::single(count, event.clone());
            let loss = risk.annual(&Grid::new(step, 128));
            let _ = (loss.quantile(p), loss.tail_mean(p), loss.cdf(x), loss.density(x), loss.limited_mean(x));
            let _ = risk.solve(&Aim { levels: vec![p, 0.9], tolerance: 1e-3, most_cells: 1 << 12, ..Aim::default() });
        }
    }
}

/// Chances and tail means of one risk never go the wrong way, and the chance at a quantile is the one asked for.
fn quantiles_and_chances_agree(rate: f64, mu: f64, sigma: f64, size: f64) -> Result<(), TestCaseError> {
    let severity = LogNormal { mu, sigma };
    let risk = Portfolio::single(Count::NegativeBinomial { mean: rate, size }, EventLoss::single(&severity));
    let loss = risk.solve(&Aim { most_cells: 1 << 14, ..Aim::default() }).loss;
    let mut before = (0.0, 0.0);
    for i in 1..100 {
        let p = f64::from(i) / 100.0;
        let (q, t) = (held(loss.quantile(p)), held(loss.tail_mean(p)));
        prop_assert!(q >= before.0 && t >= before.1 * (1.0 - 1e-9) && t >= q);
        before = (q, t);
        if q > 0.0 {
            prop_assert!((loss.cdf(q) - p).abs() < 1e-6, "{p} {q} {}", loss.cdf(q));
        }
    }
    let top = loss.grid().top();
    let mut chance = 1.0;
    for i in 0..500 {
        let now = loss.exceedance(top * f64::from(i) / 500.0);
        prop_assert!(now <= chance + 1e-15);
        chance = now;
    }
    Ok(())
}

#[test]
fn where_masses_jump_beside_zero_the_chance_at_a_quantile_is_the_one_asked_for() -> Result<(), TestCaseError> {
    quantiles_and_chances_agree(0.719_005_246_682_402_4, 0.0, 1.393_680_911_479_469, 9.925_412_567_211_38)
}
