//! Tails without variance, without mean, and far out.

use super::severities::*;
use super::{close, held};
use crate::stats::Distribution;
use crate::stats::lattice::*;

/// cp-poisson2-pareto2: Laplace inversion, 320 bits. The variance is infinite.
#[test]
fn an_infinite_variance_has_right_quantiles_and_tail_means() {
    let severity = Lomax { alpha: 2.0, scale: 100_000.0 };
    let risk = Portfolio::single(Count::Poisson { rate: 2.0 }, EventLoss::single(&severity));
    let levels = vec![0.9, 0.99, 0.999, 0.9999];
    let solved = risk.solve(&Aim { levels: levels.clone(), tolerance: 1e-5, ..Aim::default() });
    assert_eq!(solved.notes, vec![Note::NoVariance]);
    let quantiles = [467339.761848332, 1528373.3990054922, 4595128.669543472, 14254900.783872101];
    let tails = [959716.3120358834, 2949078.286666786, 9063015.471259614, 28393787.252708383];
    for (i, p) in levels.into_iter().enumerate() {
        close(held(solved.loss.quantile(p)), quantiles[i], 1e-5);
        close(held(solved.loss.tail_mean(p)), tails[i], 1e-5);
    }
    close(solved.loss.mean(), 200_000.0, 1e-14);
    assert_eq!(solved.loss.variance(), f64::INFINITY);
}

/// cp-poisson2-pareto0.9-infinite-mean: Laplace inversion.
#[test]
fn an_infinite_mean_has_quantiles_and_nothing_else() {
    let severity = Lomax { alpha: 0.9, scale: 100_000.0 };
    let risk = Portfolio::single(Count::Poisson { rate: 2.0 }, EventLoss::single(&severity));
    let levels = vec![0.9, 0.99, 0.999];
    let solved = risk.solve(&Aim { levels: levels.clone(), ..Aim::default() });
    assert_eq!(solved.notes, vec![Note::NoMean]);
    let quantiles = [3066540.2494226657, 37077689.792658314, 467359670.6067618];
    for (i, p) in levels.into_iter().enumerate() {
        close(held(solved.loss.quantile(p)), quantiles[i], 1e-4);
        assert_eq!(solved.loss.tail_mean(p), None);
    }
    assert_eq!((solved.loss.mean(), solved.loss.stop_loss(1e6)), (f64::INFINITY, None));
}

#[test]
fn a_quantile_that_no_grid_can_resolve_is_reported() {
    let severity = Lomax { alpha: 0.05, scale: 1.0 };
    let risk = Portfolio::single(Count::Poisson { rate: 2.0 }, EventLoss::single(&severity));
    let solved = risk.solve(&Aim { most_cells: 1 << 12, ..Aim::default() });
    assert!(solved.notes.contains(&Note::NoMean));
    assert!(solved.error() > 1e-4);
    assert!(solved.notes.iter().any(|n| matches!(n, Note::Coarse { level, .. } if *level == 0.5)));
}

#[test]
fn a_quantile_beyond_every_grid_is_reported() {
    let severity = Lomax { alpha: 0.005, scale: 1.0 };
    let risk = Portfolio::single(Count::Poisson { rate: 2.0 }, EventLoss::single(&severity));
    let solved = risk.solve(&Aim { most_cells: 1 << 12, ..Aim::default() });
    assert!(solved.notes.contains(&Note::NotHeld { level: 0.999 }));
    assert_eq!(solved.levels[4].quantile, None);
}

/// single-big-jump-ratio: P(S > x) / (λ P(X > x)) falls to 1, slowly; Laplace inversion.
#[test]
fn one_big_jump_explains_a_far_year_only_slowly() {
    let severity = LogNormal::between(50_000.0, 2_000_000.0);
    let risk = Portfolio::single(Count::Poisson { rate: 2.0 }, EventLoss::single(&severity));
    let loss = risk.annual(&Grid::reaching(6e7, 1 << 16));
    let ratio = |x: f64| loss.exceedance(x) / (2.0 * severity.sf(x));
    close(ratio(7161843.0), 1.8535039378199185, 1e-6);
    close(ratio(14246543.0), 1.461183735835631, 1e-6);
}

#[test]
fn a_grid_is_held_against_what_is_known_without_it_only_where_it_holds_everything_that_counts() {
    let bounded = Distribution::pert(50e3, 200e3, 1.2e6).unwrap();
    // Where amounts far out are asked for, a grid reaches them.
    let far = Aim { amounts: vec![2e6], ..Aim::default() };
    for count in [Count::Poisson { rate: 0.02 }, Count::Poisson { rate: 30.0 }, Count::AtMostOne { chance: 0.3 }] {
        let loss = Portfolio::single(count, EventLoss::single(&bounded)).solve(&far).loss;
        let gap = loss.grid_gap().unwrap();
        assert!(gap < 1e-3, "{gap}");
    }
    // Too long a tail, and a loss that is rarer than every grid is long.
    let long = LogNormal::between(50_000.0, 2_000_000.0);
    let rare = Distribution::empirical([&[1.0; 9_999][..], &[1e6]].concat()).unwrap();
    for severity in [&long as &dyn Severity, &rare] {
        let count = Count::Poisson { rate: 1.0 };
        assert_eq!(Portfolio::single(count, EventLoss::single(severity)).solve(&Aim::default()).loss.grid_gap(), None);
    }
}

#[test]
fn a_grid_that_is_short_beside_the_spread_says_nothing_of_its_mean() {
    let severity = LogNormal::between(10e3, 200e3);
    let count = Count::NegativeBinomial { mean: 50_000.0, size: 1e-3 };
    let risk = Portfolio::single(count, EventLoss::single(&severity));
    let short = risk.annual(&Grid::reaching(3e5, 1 << 12));
    assert_eq!(short.grid_gap(), None);
    let gap = risk.solve(&Aim { levels: vec![0.5, 0.95, 0.999_999], ..Aim::default() }).loss.with(short).grid_gap();
    assert!(gap.is_none_or(|gap| gap < 1e-2), "{gap:?}");
}

#[test]
fn a_grid_of_another_year_is_noticed() {
    let bounded = Distribution::pert(50e3, 200e3, 1.2e6).unwrap();
    let of = |rate: f64| Portfolio::single(Count::Poisson { rate }, EventLoss::single(&bounded));
    let grid = Grid::reaching(2e7, 1 << 12);
    let cells = of(5.0).spectrum(&grid).into_cells();
    let gap = |rate: f64| {
        let facts = of(rate).facts();
        AnnualLoss::from_cells(&grid, cells.clone(), &facts, Shape::Smooth).grid_gap().unwrap()
    };
    assert!(gap(5.0) < 1e-4, "{}", gap(5.0));
    assert!(gap(5.5) > 0.04, "{}", gap(5.5));
}
