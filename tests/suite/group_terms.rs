//! Groups of entities whose own policies have terms for a year: as closed forms, and as one file says by simulated years.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::cli::{folder, json_of};

const HEAD: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n";

fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok()).unwrap_or_else(|| panic!("{value}"))
}

/// A group of entities with these cases, and what else its file says.
fn group(name: &str, entities: &[(&str, String)], more: &str) -> (PathBuf, String) {
    let folder = folder(name);
    let mut group = HEAD.to_owned();
    for (id, case) in entities {
        fs::write(folder.join(format!("{id}.toml")), format!("{HEAD}{case}")).unwrap();
        group += &format!("[[entity]]\nid = \"{id}\"\nname = \"{id}\"\ncase = \"{id}.toml\"\n");
    }
    fs::write(folder.join("group.toml"), group + more).unwrap();
    let path = folder.join("group.toml").to_str().unwrap().to_owned();
    (folder, path)
}

fn poisson(rate: f64, n: usize) -> f64 {
    (1..=n).fold((-rate).exp(), |chance, k| chance * rate / k as f64)
}

#[test]
fn annual_terms_of_an_entity_act_on_its_own_year_and_on_strikes_together() {
    // North pays itself what the year costs beyond 150k; south is not insured. Both are struck by the same thing.
    let insured = "[[risk]]\nid = \"hit\"\nname = \"H\"\nfrequency = \"1 per year\"\nloss.response = \"100k\"\n[[insurance]]\nid = \"p\"\nannual_limit = \"150k\"\n";
    let plain = "[[risk]]\nid = \"hit\"\nname = \"H\"\nfrequency = \"1 in 2 years\"\nloss.response = \"40k\"\n";
    let limits = [30_000.0, 100_000.0, 130_000.0, 300_000.0];
    let mut more: String = limits
        .iter()
        .map(|limit| format!("[[appetite]]\nname = \"{limit}\"\nloss = \"{limit}\"\nchance = \"1 in 20\"\n"))
        .collect();
    more += "[[shared_cause]]\nid = \"cause\"\nname = \"C\"\nfrequency = \"1 in 4 years\"\nstrikes = [\"hit\"]\n";
    let (_, path) = group("terms-closed", &[("north", insured.to_owned()), ("south", plain.to_owned())], &more);
    let found = json_of(&["group", &path]);
    // Every year by its counts: strikes, own events of either.
    let mut years: Vec<(f64, f64)> = Vec::new();
    for n in 0..12 {
        for a in 0..25 {
            for b in 0..20 {
                let loss = (100e3 * (n + a) as f64 - 150e3).max(0.0) + 40e3 * (n + b) as f64;
                years.push((loss, poisson(0.25, n) * poisson(1.0, a) * poisson(0.5, b)));
            }
        }
    }
    let above = |limit: f64| years.iter().filter(|(loss, _)| *loss > limit).map(|(_, chance)| chance).sum::<f64>();
    let mean: f64 = years.iter().map(|(loss, chance)| loss * chance).sum();
    let today = &found["today"];
    let average = number(&today["expected_annual_loss"]);
    assert!((average - mean).abs() < 1e-7 * mean, "{average} is not {mean}");
    for (place, limit) in limits.into_iter().enumerate() {
        let (chance, error) = (&found["appetite"][place]["today"], &found["appetite"][place]["error"]["today"]);
        let (chance, error) = (number(chance), number(error));
        assert!((chance - above(limit)).abs() < 4.0 * error, "{limit}: {chance} is not {} to {error}", above(limit));
        assert!(error < 0.03 * chance, "{limit}: {chance} to {error}");
    }
    // The year whose loss is not passed with these chances: 40k steps beside 50k and 100k ones, met exactly.
    let mut sorted = years.clone();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    for level in [0.5, 0.9, 0.95, 0.99, 0.999] {
        let mut sum = 0.0;
        let quantile = sorted.iter().find(|(_, chance)| {
            sum += chance;
            sum >= level
        });
        let found = number(&today["quantiles"][level.to_string()]);
        assert!((found - quantile.unwrap().0).abs() < 1.0, "{level}: {found} is not {}", quantile.unwrap().0);
    }
    // The mean of the year that is shown is the average, and the parts of the entities add up to the tail mean.
    let parts: f64 = found["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entity| number(&entity["today"]["part_of_tail_mean"]["0.95"]))
        .sum();
    let tail = number(&today["tail_mean"]["0.95"]);
    assert!((parts - tail).abs() < 1e-6 * tail, "{parts} is not {tail}");
    let closed = sorted.iter().rev().scan(0.05, |left, (loss, chance)| {
        let taken = chance.min(*left);
        *left -= taken;
        Some(taken * loss)
    });
    let closed = closed.sum::<f64>() / 0.05;
    let error = number(&today["error"]["tail_mean"]["0.95"]);
    assert!((tail - closed).abs() < 4.0 * error && error < 0.03 * closed, "{tail} is not {closed} to {error}");
}

#[test]
fn sublimits_waiting_times_and_layers_of_a_year_are_what_one_file_says() {
    let risks = |prefix: &str, size: f64| {
        format!(
            r#"
[[risk]]
id = "{prefix}outage"
name = "Outage"
frequency = {{ low = "1 in 4 years", high = "1 per year" }}
value_stream = "{prefix}orders"
[risk.outage]
duration = {{ low = "4 hours", high = "60 hours" }}
[risk.loss]
response = {{ min = "{}", likely = "{}", max = "{}" }}
[[risk]]
id = "{prefix}fraud"
name = "Fraud"
frequency = "1.5 per year"
loss.replacement = {{ low = "5k", high = "90k" }}
[[value_stream]]
id = "{prefix}orders"
name = "Orders"
revenue = "{} per hour"
"#,
            20e3 * size,
            50e3 * size,
            200e3 * size,
            5e3 * size
        )
    };
    let policies = |prefix: &str| {
        format!(
            r#"
[[insurance]]
id = "{prefix}cyber"
risks = ["{prefix}outage", "{prefix}fraud"]
retention = "20k"
annual_limit = "300k"
coinsurance = "10%"
waiting = "8 hours"
sublimits = {{ response = "80k" }}
[[insurance]]
id = "{prefix}stop"
risks = ["{prefix}fraud"]
annual_retention = "60k"
annual_limit = "100k"
"#
        )
    };
    let entities = [("north", 1.0), ("south", 0.4), ("west", 1.7)];
    let cases: Vec<(&str, String)> =
        entities.iter().map(|(id, size)| (*id, risks("", *size) + &policies(""))).collect();
    let limit = "[[appetite]]\nname = \"limit\"\nloss = \"600k\"\nchance = \"1 in 20\"\n";
    let cause = |strikes: &str| {
        format!(
            "[[shared_cause]]\nid = \"power\"\nname = \"Power\"\nfrequency = {{ low = \"1 in 12 years\", high = \"1 in 3 years\" }}\nstrikes = {strikes}\n"
        )
    };
    let (folder, path) = group("terms-simulated", &cases, &(limit.to_owned() + &cause("[\"outage\"]")));
    let found = json_of(&["group", &path]);
    let all: String =
        entities.iter().map(|(id, size)| risks(&format!("{id}-"), *size) + &policies(&format!("{id}-"))).collect();
    let one = folder.join("all.toml");
    let strikes = "[\"north-outage\", \"south-outage\", \"west-outage\"]";
    fs::write(&one, format!("{HEAD}{limit}{all}{}", cause(strikes))).unwrap();
    let one = json_of(&["assess", one.to_str().unwrap(), "--years", "200000", "--seed", "11"]);
    let (group, one) = (&found["today"], &one["today"]);
    let average = |today: &Value| number(&today["expected_annual_loss"]);
    assert!((average(group) - average(one)).abs() < 1e-7 * average(one), "{} is not {}", average(group), average(one));
    let same = |name: &str, place: &str, level: &str, most: f64| {
        let (found, known) = (number(&group[place][level]), number(&one[place][level]));
        let errors = [number(&group["error"][place][level]), number(&one["standard_error"][place][level])];
        let error = errors[0].hypot(errors[1]);
        assert!((found - known).abs() < 4.0 * error, "{name} {level}: {found} is not {known} to {errors:?}");
        assert!(errors[0] < most * found, "{name} {level}: {found} to {errors:?}");
    };
    for level in ["0.5", "0.9", "0.95", "0.99"] {
        same("quantile", "quantiles", level, 0.03);
    }
    for level in ["0.95", "0.99"] {
        same("tail mean", "tail_mean", level, 0.03);
    }
}
