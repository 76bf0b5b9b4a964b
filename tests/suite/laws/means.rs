//! Means that are fractions of what is written are those fractions, to the digits of a decimal.

use proptest::prelude::*;
use rosi::internal::stats::Distribution;
use rust_decimal::Decimal;

use super::figures;

/// A range in whole numbers, and the fraction that is its mean.
#[derive(Debug, Clone)]
enum Written {
    Fixed(u32),
    Uniform([u32; 2]),
    Triangular([u32; 3]),
    Pert([u32; 3]),
    Samples(Vec<u32>),
}

fn written(most: u32) -> impl Strategy<Value = Written> {
    let sorted = |mut values: [u32; 3]| {
        values.sort_unstable();
        values
    };
    let three = move || prop::array::uniform3(0..=most).prop_map(sorted);
    prop_oneof![
        (0..=most).prop_map(Written::Fixed),
        three().prop_map(|[min, _, max]| Written::Uniform([min, max])),
        three().prop_map(Written::Triangular),
        three().prop_map(Written::Pert),
        prop::collection::vec(0..=most, 2..8).prop_map(Written::Samples),
    ]
}

impl Written {
    fn text(&self, unit: &str) -> String {
        match self {
            Self::Fixed(value) => format!("\"{value}{unit}\""),
            Self::Uniform([min, max]) => {
                format!("{{ shape = \"uniform\", min = \"{min}{unit}\", max = \"{max}{unit}\" }}")
            }
            Self::Triangular([min, likely, max]) => {
                format!(
                    "{{ shape = \"triangular\", min = \"{min}{unit}\", likely = \"{likely}{unit}\", max = \"{max}{unit}\" }}"
                )
            }
            Self::Pert([min, likely, max]) => {
                format!("{{ min = \"{min}{unit}\", likely = \"{likely}{unit}\", max = \"{max}{unit}\" }}")
            }
            Self::Samples(values) => {
                let list: Vec<String> = values.iter().map(|value| format!("\"{value}{unit}\"")).collect();
                format!("{{ samples = [{}] }}", list.join(", "))
            }
        }
    }

    /// The mean as numerator and denominator.
    fn mean(&self) -> (i128, i128) {
        let sum = |values: &[u32]| values.iter().map(|value| i128::from(*value)).sum::<i128>();
        match self {
            Self::Fixed(value) => (i128::from(*value), 1),
            Self::Uniform(ends) => (sum(ends), 2),
            Self::Triangular(three) => (sum(three), 3),
            Self::Pert(three) => (sum(three) + 3 * i128::from(three[1]), 6),
            Self::Samples(values) => (sum(values), values.len() as i128),
        }
    }

    fn distribution(&self) -> Distribution {
        let f = |value: u32| f64::from(value);
        match self {
            Self::Fixed(value) => Distribution::fixed(f(*value)),
            Self::Uniform([min, max]) => Distribution::uniform(f(*min), f(*max)),
            Self::Triangular([min, likely, max]) => Distribution::triangular(f(*min), f(*likely), f(*max)),
            Self::Pert([min, likely, max]) => Distribution::pert(f(*min), f(*likely), f(*max)),
            Self::Samples(values) => Distribution::empirical(values.iter().copied().map(f).collect()),
        }
        .unwrap()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mean_that_is_a_fraction_is_that_fraction(
        rate in written(40),
        response in written(900_000),
        chance in written(100),
        fines in written(5_000_000),
    ) {
        let text = format!(
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = {}\n\
             loss.response = {}\n[risk.secondary]\nchance = {}\nloss.fines = {}\n",
            rate.text(" per year"), response.text(".00"), chance.text("%"), fines.text(".00"),
        );
        let (_, analysis) = figures(&text);
        let [often, direct, share, later] = [&rate, &response, &chance, &fines].map(Written::mean);
        // rate × (response + chance / 100 × fines) over one denominator.
        let top = often.0 * (direct.0 * 100 * share.1 * later.1 + share.0 * later.0 * direct.1);
        let below = often.1 * direct.1 * 100 * share.1 * later.1;
        let expected = Decimal::from_i128_with_scale(top, 0) / Decimal::from_i128_with_scale(below, 0);
        prop_assert!(analysis.loss_today.is_exact());
        let found = analysis.loss_today.decimal().unwrap();
        prop_assert!((found - expected).abs() <= expected * Decimal::new(1, 24), "{} is not {}", found, expected);
    }

    #[test]
    fn the_exact_mean_is_the_mean_of_the_distribution_that_is_drawn_from(range in written(5_000_000)) {
        let (top, below) = range.mean();
        let (exact, distribution) = (top as f64 / below as f64, range.distribution());
        prop_assert!((distribution.mean() - exact).abs() <= 1e-13 * exact, "{} is not {}", distribution.mean(), exact);
        // And of its draws: the quantiles of evenly spread chances, the middle of each of 4,000 parts.
        let parts = 4_000_u32;
        let drawn = (0..parts).map(|n| distribution.quantile((f64::from(n) + 0.5) / f64::from(parts))).sum::<f64>() / f64::from(parts);
        prop_assert!((drawn - exact).abs() <= 1e-3 * exact, "{} is not {}", drawn, exact);
    }
}
