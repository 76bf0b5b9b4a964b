//! The jobs on which speed is compared, against answers by quadrature and a fine grid.

use super::{near, near_mean, near_quantiles, read, simulated};
use crate::engine::OptionId;
use crate::model::RiskId;

const JOB_1: &str = include_str!("../../../../benches/jobs/1.toml");
const JOB_2F: &str = include_str!("../../../../benches/jobs/2F.toml");
const JOB_2L: &str = include_str!("../../../../benches/jobs/2L.toml");
const JOB_3: &str = include_str!("../../../../benches/jobs/3.toml");

#[test]
fn one_risk_by_the_open_fair_tree() {
    let year = simulated(&read(JOB_1), 100_000, &[10_402_500.0]);
    let total = &year.today.total;
    let errors = total.errors.as_ref().unwrap();
    near_mean(total, 4_322_598.636_125);
    near(total.standard_deviation, errors.standard_deviation, 3_181_975.817_6);
    near(total.chance_of_loss, errors.chance_of_loss, 1.0 - 0.023_898_887_8);
    near_quantiles(total, [3_727_500.0, 8_690_000.0, 10_402_500.0, 13_917_500.0, 18_292_500.0]);
    near(total.tail_means[1].unwrap(), errors.tail_means[1].unwrap(), 15_840_037.0);
    near(total.chance_above[0], errors.chance_above[0], 0.05);
    let single = crate::engine::YearLoss { curve: Vec::new(), steps: Vec::new(), ..total.clone() };
    assert_eq!(year.today.risks[RiskId(0)], single);
    // The curve reaches a year in ten thousand.
    assert!(total.curve.len() > 100 && total.curve.last().unwrap().1 < 1e-4);
}

#[test]
fn a_hundred_risks_by_frequency() {
    let total = simulated(&read(JOB_2L), 30_000, &[]).today.total;
    near_mean(&total, 17_667_268.209_482);
    near(total.standard_deviation, total.errors.as_ref().unwrap().standard_deviation, 8_605_681.388_4);
    near_quantiles(&total, [16_074_000.0, 28_106_000.0, 33_084_000.0, 46_076_000.0, 72_760_000.0]);
}

#[test]
fn a_hundred_risks_by_the_open_fair_tree() {
    let year = simulated(&read(JOB_2F), 20_000, &[]);
    near_mean(&year.today.total, 39_121_919.100_621);
    near(
        year.today.total.standard_deviation,
        year.today.total.errors.as_ref().unwrap().standard_deviation,
        6_615_252.657_4,
    );
    let parts: f64 = year.today.tail_parts.iter().sum();
    assert!((parts / year.today.total.tail_means[0].unwrap() - 1.0).abs() < 1e-9);
}

#[test]
fn a_new_resistance_and_a_new_chance() {
    use crate::engine::loss::LossModel;
    use crate::engine::values::Values;
    use crate::units::Figure;
    let scenario = read(JOB_3);
    let year = simulated(&scenario, 50_000, &[]);
    let exact = LossModel::new(&scenario).all_means(&Values::means(&scenario), &|_| Some(Figure::ONE));
    near_mean(&year.today.total, 4_322_598.636_125);
    near_mean(&year.plans[OptionId(0)].total, exact[RiskId(0)].annual_loss.to_f64());
}
