//! The jobs on which speed is compared, against answers by quadrature and a fine grid.

use super::{close, exact_year};
use crate::model::RiskId;

const JOB_1: &str = include_str!("../../../../benches/jobs/1.toml");
const JOB_2F: &str = include_str!("../../../../benches/jobs/2F.toml");
const JOB_2L: &str = include_str!("../../../../benches/jobs/2L.toml");

#[test]
fn one_risk_by_the_open_fair_tree() {
    let year = exact_year(JOB_1, &[]);
    let total = &year.today.total;
    close(total.mean, 4_322_598.636_125, 1e-9);
    close(total.standard_deviation, 3_181_975.817_6, 1e-7);
    close(1.0 - total.chance_of_loss, 0.023_898_887_8, 1e-7);
    // The answers stand on a grid of 2,500.
    for (found, expected) in
        total.quantiles.iter().zip([3_727_500.0, 8_690_000.0, 10_402_500.0, 13_917_500.0, 18_292_500.0])
    {
        let found = found.unwrap();
        assert!((found - expected).abs() <= 2_500.0 + 1e-4 * expected, "{found} against {expected}");
    }
    close(total.tail_means[1].unwrap(), 15_840_037.0, 1e-4);
    close(year.today.risks[RiskId(0)].mean, total.mean, 1e-12);
}

#[test]
fn a_hundred_risks_by_frequency() {
    let total = exact_year(JOB_2L, &[]).today.total;
    close(total.mean, 17_667_268.209_482, 1e-9);
    close(total.standard_deviation, 8_605_681.388_4, 1e-9);
    for (found, expected) in
        total.quantiles.iter().zip([16_074_000.0, 28_106_000.0, 33_084_000.0, 46_076_000.0, 72_760_000.0])
    {
        let found = found.unwrap();
        assert!((found - expected).abs() <= 2_000.0 + 1e-4 * expected, "{found} against {expected}");
    }
    close(total.tail_means[1].unwrap(), 57_551_712.0, 1e-4);
}

#[test]
fn a_hundred_risks_by_the_open_fair_tree() {
    let year = exact_year(JOB_2F, &[]);
    close(year.today.total.mean, 39_121_919.100_621, 1e-9);
    close(year.today.total.standard_deviation, 6_615_252.657_4, 1e-8);
    let parts: f64 = year.today.tail_parts.iter().sum();
    close(parts, year.today.total.tail_means[0].unwrap(), 1e-9);
}
