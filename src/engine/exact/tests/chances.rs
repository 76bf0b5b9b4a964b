//! Chances that hold: on single amounts, for rates of any width, at limits met exactly and far out.

use super::{close, exact_year};
use crate::engine::OptionId;
use crate::engine::year::{BAD, VERY_BAD, is_within};

const HEAD: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n";

macro_rules! case {
    ($name:literal) => {
        include_str!(concat!("../../../../tests/cases/", $name, ".toml"))
    };
}

#[test]
fn a_rate_over_three_decades_has_the_chances_of_a_sum_over_all_its_values() {
    let year = exact_year(case!("n01-rate-lognormal"), &[]).today.total;
    close(year.chance_of_loss, 0.397_875_572, 1e-8);
    assert_eq!(year.quantiles, [0.0, 500e3, 1e6, 4.2e6, 20.9e6].map(Some));
    let year = exact_year(case!("n01-rate-metalog"), &[]).today.total;
    close(year.chance_of_loss, 0.641_142_095, 1e-8);
    assert_eq!(year.quantiles, [100e3, 300e3, 400e3, 800e3, 2.1e6].map(Some));
}

#[test]
fn a_loss_that_never_passes_its_retention_has_no_chance_to() {
    let year = exact_year(case!("40f-appetite-at-retention"), &[250e3, 249e3]).today.total;
    assert_eq!(year.chance_above[0], 0.0);
    assert_eq!((year.quantiles[2], year.quantiles[4]), (Some(250e3), Some(250e3)));
    // P(lognormal 50k…3M > 249k) / 2, from its own survival function.
    close(year.chance_above[1], 0.5 * 0.638679, 1e-3);
    let fine = exact_year(case!("40g-appetite-retention-fine"), &[262_345.0]).today.total;
    assert_eq!(fine.chance_above[0], 0.0);
    let pert = exact_year(case!("40k-atom-max-range"), &[250e3]).today.total;
    assert_eq!(pert.chance_above[0], 0.0);
}

#[test]
fn a_certain_amount_under_a_share_is_every_quantile() {
    let year = exact_year(case!("40-calcsimpler-ransomware"), &[1e6, 1_076_210.0]).today.total;
    for quantile in year.quantiles {
        close(quantile.unwrap(), 1_076_210.0, 1e-12);
    }
    close(year.chance_above[0], 1.0, 1e-15);
    assert_eq!(year.chance_above[1], 0.0);
    close(year.tail_means[0].unwrap(), 1_076_210.0, 1e-9);
}

#[test]
fn a_limit_that_is_met_exactly_is_met() {
    for percent in (1..=60).chain([75, 90, 99]) {
        let text = format!(
            "{HEAD}[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"{percent}%\"\ncount = \"at most one\"\nloss.response = \"1M\"\n"
        );
        let year = exact_year(&text, &[500e3, 1e6]).today.total;
        let agreed = f64::from(percent) / 100.0;
        assert!(is_within(year.chance_above[0], agreed), "{percent}");
        assert!(!is_within(year.chance_above[0], agreed * (1.0 - 1e-12)), "{percent}");
        assert_eq!(year.chance_above[1], 0.0);
    }
}

#[test]
fn fixed_losses_have_the_chances_of_their_count() {
    let year = exact_year(case!("30b-appetite-lattice"), &[300e3, 200e3, 250e3]).today.total;
    let one = libm::exp(-1.0);
    close(year.chance_above[0], 1.0 - one * (1.0 + 1.0 + 0.5 + 1.0 / 6.0), 1e-12);
    close(year.chance_above[1], 1.0 - one * 2.5, 1e-12);
    close(year.chance_above[2], 1.0 - one * 2.5, 1e-12);
    let forms = exact_year(case!("30c-appetite-two-forms"), &[300e3, 200e3]).today.total;
    close(forms.chance_above[0], year.chance_above[0], 1e-12);
}

#[test]
fn tiny_chances_keep_their_digits() {
    let text = format!(
        "{HEAD}[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"0.00000000000001 per year\"\nloss.response = \"1M\"\n"
    );
    let year = exact_year(&text, &[500e3]).today.total;
    close(year.chance_of_loss, 1e-14, 1e-9);
    close(year.chance_above[0], 1e-14, 1e-9);
}

#[test]
fn single_amounts_and_a_density_together_have_their_closed_form() {
    // Poisson events of 10,000 (70 %) or an exponential-like range: 12,345.67 fixed beside a uniform one.
    let text = format!(
        "{HEAD}[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"40%\"\ncount = \"at most one\"\nloss.response = \"12,345.67\"\n\
         [[risk]]\nid = \"b\"\nname = \"B\"\nfrequency = \"50%\"\ncount = \"at most one\"\n\
         loss.response = {{ shape = \"uniform\", min = \"0\", max = \"100k\" }}\n"
    );
    let text = text.replace("12,345.67", "12345.67");
    let year = exact_year(&text, &[12_345.67, 12_345.0, 50e3]).today.total;
    let u = |x: f64| 1.0 - x / 100e3;
    // Above the amount: B alone above it, or both.
    close(year.chance_above[0], 0.6 * 0.5 * u(12_345.67) + 0.4 * 0.5, 1e-4);
    close(year.chance_above[1], 0.6 * 0.5 * u(12_345.0) + 0.4, 1e-4);
    close(year.chance_above[2], 0.6 * 0.5 * u(50e3) + 0.4 * 0.5 * u(50e3 - 12_345.67), 1e-4);
    let error = year.error.unwrap();
    assert!(error.chance_above.iter().all(|error| *error < 1e-4), "{error:?}");
}

#[test]
fn a_limit_beyond_the_worst_years_has_its_own_small_chance() {
    let year = exact_year(case!("n02-appetite-beyond-grid"), &[3e6]).today.total;
    let error = year.error.unwrap().chance_above[0];
    // The value of the asset is not known: one sum over the count for every value.
    let found = year.chance_above[0];
    assert!((found - 2.057_145e-5).abs() < 4.0 * error && error < 2e-5, "{found} {error}");
    assert!(year.quantiles.iter().all(Option::is_some));
}

#[test]
fn rare_limits_keep_their_order_under_a_better_plan() {
    // 40 million simulated years: 1 in 144,000 and 1 in 784,000.
    let year = exact_year(case!("never"), &[250e3]);
    let (today, gold) = (&year.today.total, &year.plans[OptionId(1)].total);
    let [a, b] = [today, gold].map(|year| year.chance_above[0]);
    let [ea, eb] = [today, gold].map(|year| year.error.as_ref().unwrap().chance_above[0]);
    assert!((a - 1.0 / 144e3).abs() < 0.2 / 144e3 + ea, "{a} {ea}");
    assert!((b - 1.0 / 784e3).abs() < 0.5 / 784e3 + eb, "{b} {eb}");
    assert!(ea < 0.2 * a && eb < 0.2 * b, "{ea} {eb}");
}

#[test]
fn a_small_risk_beside_a_huge_one_has_its_median() {
    let year = exact_year(case!("n10-small-beside-huge"), &[]).plans[OptionId(0)].total.clone();
    let error = year.error.unwrap().quantiles[0].unwrap();
    assert!((year.quantiles[0].unwrap() - 13_910.9).abs() < 2.0 && error < 20.0, "{:?} {error}", year.quantiles);
}

#[test]
fn very_many_small_losses_are_as_far_off_as_is_said() {
    // By the first two terms of Cornish and Fisher from the moments of a lognormal.
    let (mu, sigma) = (0.5 * 10_f64.ln(), 10_f64.ln() / (2.0 * 1.644_853_626_951_472_2));
    let moment = |k: f64| (k * mu + 0.5 * k * k * sigma * sigma).exp();
    for rate in [1e4, 1e6, 1e7, 1e9] {
        let risk = format!("frequency = \"{rate} per year\"\nloss.response = {{ low = \"1\", high = \"10\" }}\n");
        let text = format!("{HEAD}[[risk]]\nid = \"r\"\nname = \"R\"\n{risk}");
        let (mean, spread) = (rate * moment(1.0), (rate * moment(2.0)).sqrt());
        let total = exact_year(&text, &[mean + spread]).today.total;
        let error = total.error.as_ref().unwrap();
        let skewness = rate * moment(3.0) / spread.powi(3);
        for (level, z) in [(0, 0.0), (BAD, 1.644_853_626_951_472_2), (VERY_BAD, 2.326_347_874_040_841)] {
            let expected = mean + spread * (z + skewness * (z * z - 1.0) / 6.0);
            let (found, error) = (total.quantiles[level].unwrap(), error.quantiles[level].unwrap());
            let room = error + 0.002 * spread;
            assert!((found - expected).abs() < room, "{rate}, level {level}: {found} is not {expected} ± {error}");
        }
        let (found, error) = (total.chance_above[0], error.chance_above[0]);
        assert!((found - 0.158_655).abs() < error + 1e-4 + skewness, "{rate}: {found} ± {error}");
    }
}
