//! What makes a bad year bad, and how often losses fall between two amounts, where single amounts have chances of their own.

use rosi::internal::engine::{Analysis, MethodChoice, Settings};
use rosi::internal::model::RiskId;

use crate::attacked::assessed;
use crate::averages::near;

fn exact(text: &str) -> Analysis {
    let settings = Settings { method: MethodChoice::Exact, ..Settings::default() };
    assessed(text, &settings)
}

/// The chance of so many events at a rate.
fn poisson(rate: f64, count: u32) -> f64 {
    libm::exp(-rate) * rate.powi(count as i32) / (1..=count).map(f64::from).product::<f64>()
}

#[test]
fn of_years_at_the_edge_only_so_many_count_as_belong_to_the_worst() {
    // A: Poisson 0.1 of 7,000; B: 30 % of 5,000. The bad year is 7,000, which 6.3 % of all years cost and 3.2 % exceed.
    let found = exact(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "0.1 per year"
loss.response = "7000"
[[risk]]
id = "b"
name = "B"
frequency = "30%"
count = "at most one"
loss.response = "5000"
"#,
    );
    let today = &found.year.as_ref().unwrap().today;
    // At 7,000 B has lost nothing; above it B has lost 5,000 in three years of ten.
    let once = 1.0 - libm::exp(-0.1);
    near(today.tail_parts[RiskId(1)], 5_000.0 * 0.3 * once / 0.05, 1e-6);
    let whole = today.total.tail_means[0].unwrap();
    near(today.tail_parts[RiskId(0)], whole - 5_000.0 * 0.3 * once / 0.05, 1e-6);
}

#[test]
fn a_policy_that_pays_all_above_a_retention_leaves_the_parts_right() {
    // Both risks reach the retention of 20,000; together they make the years above it. By enumeration of Poisson counts.
    let found = exact(
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "0.2 per year"
loss.response = "30k"
[[risk]]
id = "b"
name = "B"
frequency = "1 per year"
loss.response = "4k"
[[insurance]]
id = "i"
name = "I"
risks = ["a"]
retention = "20k"
limit = "1M"
"#,
    );
    let today = &found.year.as_ref().unwrap().today;
    let mut years: Vec<(f64, f64, f64)> = Vec::new();
    for a in 0..30 {
        for b in 0..40 {
            let (lost_a, lost_b) = (20e3 * f64::from(a), 4e3 * f64::from(b));
            years.push((lost_a + lost_b, lost_b, poisson(0.2, a) * poisson(1.0, b)));
        }
    }
    years.sort_by(|one, other| other.0.total_cmp(&one.0));
    // From the worst down; at the edge each year by the part of all of them that is still wanted.
    let (mut left, mut part, mut at) = (0.05, 0.0, 0);
    while left > 0.0 {
        let same = years[at..].iter().take_while(|year| (year.0 - years[at].0).abs() < 1e-6).count();
        let chance: f64 = years[at..at + same].iter().map(|year| year.2).sum();
        let lost: f64 = years[at..at + same].iter().map(|year| year.1 * year.2).sum();
        let taken = (left / chance).min(1.0);
        part += taken * lost;
        left -= taken * chance;
        at += same;
        if taken < 1.0 {
            break;
        }
    }
    near(today.tail_parts[RiskId(1)], part / 0.05, 1e-4);
}

#[test]
fn the_chances_of_even_steps_are_those_of_the_distribution() {
    // 15,000 five times a year, 48,000 at most once in eight years, 18,000 every other year, as counts of Poisson.
    let found = exact(
        r#"
[[risk]]
id = "m"
name = "M"
frequency = "5 per year"
loss.response = "15k"
[[risk]]
id = "s"
name = "S"
frequency = "0.125 per year"
loss.response = "48k"
[[risk]]
id = "l"
name = "L"
frequency = "0.5 per year"
loss.response = "18k"
"#,
    );
    let today = &found.year.as_ref().unwrap().today;
    let above = |amount: f64| -> f64 {
        let mut sum = 0.0;
        for m in 0..60 {
            for s in 0..12 {
                for l in 0..20 {
                    let lost = 15e3 * f64::from(m) + 48e3 * f64::from(s) + 18e3 * f64::from(l);
                    if lost > amount {
                        sum += poisson(5.0, m) * poisson(0.125, s) * poisson(0.5, l);
                    }
                }
            }
        }
        sum
    };
    let steps = &today.total.steps;
    assert!(steps.len() > 20 && steps[0].0 == 0.0, "{steps:?}");
    for (amount, chance) in steps {
        assert!((chance - above(*amount)).abs() < 1e-9, "above {amount}: {chance} is not {}", above(*amount));
    }
}
