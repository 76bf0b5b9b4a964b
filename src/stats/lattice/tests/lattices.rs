//! Losses that are whole multiples of one amount: exact to rounding.

use super::severities::{Constant, Levy};
use super::{close, held};
use crate::stats::lattice::*;

fn compound(count: &Count, cells: &[f64], mean: f64, variance: f64, n: usize) -> (Vec<f64>, AnnualLoss) {
    let grid = Grid::new(1.0, n);
    let mut spectrum = Spectrum::of(cells, &grid);
    count.compound(&mut spectrum);
    let year = spectrum.into_cells();
    let events = count.moments();
    let nothing = count.generating(cells.first().copied().unwrap_or(0.0));
    let facts = Facts {
        mean: events.mean * mean,
        variance: events.mean * variance + events.variance * mean * mean,
        no_loss: nothing,
        unit: Some(1.0),
        ..Facts::nothing()
    };
    let loss = AnnualLoss::from_cells(&grid, year.clone(), &facts, Shape::Lattice);
    (year, loss)
}

/// panjer-poisson-lattice: Panjer recursion, 320 bits. Reached: 1e-9 of a mass of 2e-4.
#[test]
fn a_poisson_sum_of_small_whole_losses_is_panjers() {
    let cells = [0.0, 0.5, 0.3, 0.2];
    let (year, loss) = compound(&Count::Poisson { rate: 3.0 }, &cells, 1.7, 0.61, 64);
    let at = [0, 1, 2, 3, 5, 10, 20];
    let expected = [
        0.049787068367863944,
        0.07468060255179591,
        0.10081881344492448,
        0.12509000927425815,
        0.11909222338181705,
        0.03473453076700066,
        0.00019934059628577,
    ];
    for (k, expected) in at.into_iter().zip(expected) {
        close(year[k], expected, 2e-9);
    }
    close(loss.no_loss(), expected[0], 1e-15);
    close(loss.mean(), 5.1, 1e-14);
    close(loss.variance(), 10.5, 1e-14);
    assert_eq!((loss.quantile(0.95), loss.quantile(0.99)), (Some(11.0), Some(14.0)));
    close(held(loss.tail_mean(0.95)), 12.96342542144554, 1e-8);
    close(held(loss.tail_mean(0.99)), 15.90938946998438, 1e-8);
}

/// panjer-negbin-lattice: Panjer recursion, 320 bits.
#[test]
fn a_clustered_sum_of_small_whole_losses_is_panjers() {
    let cells = [0.0, 0.4, 0.3, 0.2, 0.1];
    let count = Count::NegativeBinomial { mean: 3.0, size: 2.5 };
    let (year, loss) = compound(&count, &cells, 2.0, 1.0, 256);
    let at = [0, 1, 2, 5, 10, 30];
    let expected = [
        0.1392974922444715,
        0.07598045031516627,
        0.0859960551294382,
        0.07587971313931191,
        0.038232249759602474,
        0.0005316190245628545,
    ];
    for (k, expected) in at.into_iter().zip(expected) {
        close(year[k], expected, 2e-9);
    }
    close(loss.mean(), 6.0, 1e-14);
    close(loss.variance(), 29.4, 1e-14);
}

/// poisson-constant-severity: S = cN; Poisson probabilities.
#[test]
fn a_constant_loss_keeps_its_atoms() {
    let severity = Constant(250_000.0);
    let risk = Portfolio::single(Count::Poisson { rate: 3.2 }, EventLoss::single(&severity));
    let solved = risk.solve(&Aim::default());
    let loss = &solved.loss;
    assert_eq!((solved.error(), loss.shape()), (0.0, Shape::Lattice));
    assert_eq!((loss.quantile(0.95), loss.quantile(0.99)), (Some(1_500_000.0), Some(2_000_000.0)));
    close(held(loss.tail_mean(0.95)), 1847956.6588478077, 1e-9);
    close(held(loss.tail_mean(0.99)), 2203559.7266325746, 1e-9);
    close(loss.no_loss(), 0.04076220397836622, 1e-14);
    // Exactly on an atom the quantile is the atom; just above it, the next.
    let on = loss.cdf(1_000_000.0);
    assert_eq!(loss.quantile(on), Some(1_000_000.0));
    assert_eq!(loss.quantile(on + 1e-9), Some(1_250_000.0));
}

/// underflow-poisson-1000: incomplete gamma.
#[test]
fn a_thousand_constant_losses_a_year_do_not_underflow() {
    let severity = Constant(1.0);
    let risk = Portfolio::single(Count::Poisson { rate: 1000.0 }, EventLoss::single(&severity));
    let loss = risk.solve(&Aim::default()).loss;
    close(loss.cdf(1000.0), 0.508409367168506, 1e-9);
    close(loss.cdf(1000.0) - loss.cdf(999.0), 0.012614611348721499, 1e-9);
    assert_eq!(loss.quantile(0.999), Some(1099.0));
}

#[test]
fn constants_of_several_sizes_share_a_step() {
    let (a, b) = (Constant(30_000.0), Constant(75_000.0));
    let risk = |severity| Risk { count: Count::Poisson { rate: 0.4 }, event: EventLoss::single(severity) };
    let both = Portfolio { risks: vec![risk(&a), risk(&b)] };
    let solved = both.solve(&Aim::default());
    assert_eq!((solved.loss.step(), solved.loss.shape()), (15_000.0, Shape::Lattice));
    // P(30k or less) = no 75k event and at most one 30k event.
    close(solved.loss.cdf(30_000.0), libm::exp(-0.8) * 1.4, 1e-9);
}

#[test]
fn constants_without_a_common_step_are_right_to_a_step_and_say_so() {
    let (a, b) = (Constant(1.0), Constant(std::f64::consts::SQRT_2));
    let event = EventLoss::single(&a).and(0.5, vec![&b]);
    let risk = Portfolio::single(Count::AtMostOne { chance: 0.5 }, event);
    let solved = risk.solve(&Aim { levels: vec![0.7, 0.9], ..Aim::default() });
    assert_eq!(solved.loss.shape(), Shape::Smooth);
    assert!((held(solved.loss.quantile(0.7)) - 1.0).abs() <= solved.loss.step());
    let both = 1.0 + std::f64::consts::SQRT_2;
    assert!((held(solved.loss.quantile(0.9)) - both).abs() <= solved.loss.step());
}

/// gh1999-poisson-levy-lattice: Grübel & Hermesmeier (1999), table 1, column "Panjer", with more
/// digits by a 320-bit recursion. Without the tilt 1,024 points would give 2e-4 at 1.
#[test]
fn the_tilt_keeps_an_infinite_mean_from_folding_back() {
    let levy = |x: f64| 1.0 - Levy.sf(x);
    let n = 4096;
    let cells: Vec<f64> = (0..n).map(|k| levy(k as f64 + 0.5) - levy(k as f64 - 0.5)).collect();
    let mut spectrum = Spectrum::of(&cells, &Grid::new(1.0, n));
    Count::Poisson { rate: 20.0 }.compound(&mut spectrum);
    let year = spectrum.into_cells();
    let expected = [2.4615955812261274e-07, 3.432449348921525e-05, 0.0011558543569131045, 0.0002012106981685463];
    for (x, expected) in [1, 10, 100, 1000].into_iter().zip(expected) {
        close(year[x], expected, 1e-6);
    }
}

/// gh1999-poisson-levy-true: the same table, column "true", from scaled Lévy distributions.
#[test]
fn a_fine_lattice_comes_near_the_true_levy_compound() {
    let risk = Portfolio::single(Count::Poisson { rate: 20.0 }, EventLoss::single(&Levy));
    let loss = risk.annual(&Grid::new(1.0 / 64.0, 1 << 17));
    let expected = [1.0777917051964628e-07, 3.0753813995042914e-05, 0.001155479734743006, 0.00020129407540306793];
    for (x, expected) in [1.0, 10.0, 100.0, 1000.0].into_iter().zip(expected) {
        close(loss.cdf(x + 0.5) - loss.cdf(x - 0.5), expected, 3e-3);
    }
}
