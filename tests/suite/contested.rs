//! Figures that another way of working them out contradicted: policies that overlap through a third, failures shared by
//! single values, worlds that are all the same, parts of bound risks, limits met exactly.

use std::fs;

use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings};
use rosi::internal::model::RiskId;

use crate::attacked::{assessed, expected};
use crate::averages::near;
use crate::cli::{folder, json_of, rosi};

fn by(method: MethodChoice, text: &str) -> Analysis {
    assessed(text, &Settings { method, ..Settings::default() })
}

const ONE_LOSS: &str = r#"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "70000"
"#;

#[test]
fn a_layer_below_two_that_overlap_is_cut_with_them() {
    // 8,000 + 8,000 + 58,000 of 70,000: all three are cut to 70/74, and pay 8,000 + half of 8,000 + 9/10 of 58,000 of it.
    let text = format!(
        r#"{ONE_LOSS}
[[insurance]]
id = "i0"
name = "A"
retention = "12000"
limit = "8000"
[[insurance]]
id = "i1"
name = "B"
coinsurance = "50%"
limit = "8000"
[[insurance]]
id = "i2"
name = "C"
coinsurance = "10%"
retention = "12000"
"#
    );
    let left = 70e3 - 70.0 / 74.0 * (8e3 + 4e3 + 52.2e3);
    near(assessed(&text, &expected()).loss_today.to_f64(), left, 1e-9);
    let simulated = by(MethodChoice::Simulate, &text);
    let year = &simulated.year.as_ref().unwrap().today.total;
    near(year.quantiles[0].unwrap(), left, 1e-9);
}

#[test]
fn policies_that_share_no_form_are_not_cut_for_each_other() {
    // Two policies pay for lost work, of which there are 24,000: 18,000 and 20,000 are cut to that. The fine has its own.
    let text = r#"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.productivity = "24000"
loss.fines = "20000"
[[insurance]]
id = "i0"
name = "A"
retention = "6000"
covers = ["productivity"]
[[insurance]]
id = "i1"
name = "B"
retention = "12000"
covers = ["fines"]
[[insurance]]
id = "i2"
name = "C"
retention = "4000"
"#;
    near(assessed(text, &expected()).loss_today.to_f64(), 12e3, 1e-9);
    let simulated = by(MethodChoice::Simulate, text);
    near(simulated.year.as_ref().unwrap().today.total.quantiles[0].unwrap(), 12e3, 1e-9);
}

#[test]
fn of_single_values_the_lesser_chance_of_failure_is_averaged_pair_by_pair() {
    let control = |id: &str, samples: &str| {
        format!(
            "[[control]]\nid = \"{id}\"\nname = \"{id}\"\nreliability = {{ samples = [{samples}] }}\nfails_with = {{ group = \"g\", share = \"100%\" }}\n[[control.effect]]\nrisk = \"r\"\non = \"loss\"\nreduction = \"100%\"\n[control.cost]\ninitial = \"1000\"\n"
        )
    };
    let text = format!(
        "{}{}{}[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c1\", \"c2\"]\n",
        ONE_LOSS.replace("70000", "100000"),
        control("c1", "\"100%\", \"50%\", \"100%\""),
        control("c2", "\"100%\", \"90%\", \"50%\"")
    );
    // min(f1, f2) of the nine pairs of 0, 0.5, 0 and 0, 0.1, 0.5: 0.1 and 0.5, each once.
    near(assessed(&text, &expected()).plans[OptionId(0)].loss.to_f64(), 1e5 * 0.6 / 9.0, 1e-9);
}

#[test]
fn a_narrow_skewed_chance_to_work_shares_no_failure_with_what_never_fails() {
    let text = |share: &str| {
        let control = |id: &str, reliability: &str, reduction: &str| {
            format!(
                "[[control]]\nid = \"{id}\"\nname = \"{id}\"\n{reliability}{share}[[control.effect]]\nrisk = \"r\"\non = \"loss\"\nreduction = \"{reduction}\"\n[control.cost]\nyearly = \"1\"\n"
            )
        };
        format!(
            "{ONE_LOSS}{}{}[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c0\", \"c1\"]\n",
            control("c0", "reliability = { p10 = \"56%\", p50 = \"61%\", p90 = \"64%\" }\n", "100%"),
            control("c1", "", "50%")
        )
    };
    let loss = |share: &str| assessed(&text(share), &expected()).plans[OptionId(0)].loss.to_f64();
    near(loss("fails_with = { group = \"g\", share = \"100%\" }\n"), loss(""), 1e-6);
}

#[test]
fn a_range_of_one_value_said_twice_leaves_chances_what_they_are() {
    let text = format!(
        r#"{}
[[control]]
id = "c"
name = "C"
reliability = {{ samples = ["50%", "50%"] }}
[[control.effect]]
risk = "r"
on = "loss"
reduction = "100%"
[control.cost]
initial = "7000"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#,
        ONE_LOSS.replace("1 per year", "0.5 per year")
    );
    let found = by(MethodChoice::Exact, &text);
    let year = &found.year.as_ref().unwrap().plans[OptionId(0)].total;
    near(year.chance_of_loss, 1.0 - libm::exp(-0.25), 1e-9);
    near(year.standard_deviation, 70e3 * libm::sqrt(0.25), 1e-9);
}

#[test]
fn a_rate_whose_single_values_are_mostly_one_has_its_mean() {
    let ones = ["\"1 per year\""; 9].join(", ");
    let text = ONE_LOSS.replace("\"1 per year\"", &format!("{{ samples = [{ones}, \"10 per year\"] }}"));
    let found = by(MethodChoice::Exact, &text);
    let year = &found.year.as_ref().unwrap().today.total;
    near(year.mean, 1.9 * 70e3, 1e-9);
    near(year.chance_of_loss, 1.0 - 0.9 * libm::exp(-1.0) - 0.1 * libm::exp(-10.0), 1e-9);
}

#[test]
fn strong_clusters_of_an_uncertain_rate_have_their_chance_of_nothing() {
    let (r, low, high) = (0.01, 1e-4, 5.0);
    let text = format!(
        "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = {{ shape = \"uniform\", min = \"{low} per year\", max = \"{high} per year\" }}\ncount = {{ clustering = {r} }}\nloss.response = \"1000\"\n"
    );
    let found = by(MethodChoice::Exact, &text);
    // E[(r / (r + L))^r] of a uniform rate L.
    let power = |x: f64| libm::pow(r + x, 1.0 - r);
    let nothing = libm::pow(r, r) * (power(high) - power(low)) / ((1.0 - r) * (high - low));
    near(found.year.as_ref().unwrap().today.total.chance_of_loss, 1.0 - nothing, 1e-8);
}

#[test]
fn parts_of_bad_years_of_risks_under_one_cause_are_right_at_an_amount_with_a_chance_of_its_own() {
    let found = by(
        MethodChoice::Exact,
        r#"
[[risk]]
id = "a"
name = "A"
frequency = "0.1 per year"
loss.response = { samples = ["4000", "40000"] }
[[risk]]
id = "b"
name = "B"
frequency = "2 per year"
loss.response = "4000"
[[shared_cause]]
id = "z"
name = "Z"
frequency = "0.2 per year"
strikes = ["a", "b"]
"#,
    );
    let today = &found.year.as_ref().unwrap().today;
    // By enumeration of the counts: 3.09 % of years cost more than the bad year of 56,000, and 2.12 % as much.
    near(today.tail_parts[RiskId(0)], 49_770.495_7, 1e-6);
    near(today.tail_parts[RiskId(1)], 17_249.382_8, 1e-6);
}

#[test]
fn a_limit_that_is_met_exactly_is_met_in_simulated_years_and_by_the_search() {
    // Of any year at most the annual retention is left, however its events share what is paid.
    let simulated = |text: &str| {
        let file = folder("contested-limit").join("case.toml");
        fs::write(&file, text).unwrap();
        json_of(&["assess", file.to_str().unwrap(), "--method", "simulate"])
    };
    let text = r#"schema = 1
title = "T"
currency = "EUR"
[[appetite]]
name = "limit"
loss = "10000"
chance = "1 in 10000"
[[risk]]
id = "r0"
name = "R"
frequency = "3 per year"
loss.response = { samples = ["10000", "25000"] }
[[risk]]
id = "r1"
name = "S"
frequency = "3 per year"
count = { clustering = 0.5 }
loss.response = { samples = ["25000", "10000"] }
[[insurance]]
id = "i"
name = "I"
annual_retention = "10000"
"#;
    assert_eq!(simulated(text)["appetite"][0]["today"].as_f64(), Some(0.0));

    // Half of 1 in 20 is just the agreed 1 in 40, which so many simulated years cannot tell.
    let file = folder("contested-search").join("case.toml");
    let text = r#"schema = 1
title = "T"
currency = "EUR"
[[appetite]]
name = "limit of the bank"
loss = "700k"
chance = "1 in 40"
[[risk]]
id = "fire"
name = "Fire"
frequency = "1 in 20"
count = "at most one"
loss.replacement = "800k"
[[control]]
id = "gas"
name = "Gas extinguisher"
[[control.effect]]
risk = "fire"
on = "frequency"
reduction = "50%"
[control.cost]
initial = "40k"
"#;
    fs::write(&file, text).unwrap();
    let out = rosi(&["optimise", file.to_str().unwrap(), "--goal", "appetite", "--format", "json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stdout).contains("\"gas\""));
}

#[test]
fn who_gets_back_just_what_was_paid_has_paid_back() {
    let text = format!(
        r#"{}
[[control]]
id = "c"
name = "C"
[[control.effect]]
risk = "r"
on = "frequency"
reduction = "100%"
[control.cost]
initial = "70000"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#,
        ONE_LOSS
    );
    let found = assessed(&text, &Settings::default());
    let (chance, error) = found.paths.as_ref().unwrap().chance_of_paying_back(OptionId(0)).unwrap();
    let expected = 1.0 - libm::exp(-1.0);
    assert!((chance - expected).abs() < 4.0 * error, "{chance} ± {error} is not {expected}");
}

#[test]
fn rare_losses_stand_in_the_steps_of_a_year() {
    let found = by(MethodChoice::Exact, &ONE_LOSS.replace("1 per year", "1 in 200 years"));
    let year = &found.year.as_ref().unwrap().today.total;
    let chance = 1.0 - libm::exp(-1.0 / 200.0);
    assert!(year.steps.len() > 10, "{:?}", year.steps);
    near(year.steps[0].1, chance, 1e-9);
    let above = year.steps.iter().find(|(edge, _)| *edge >= 70e3).map(|(_, chance)| *chance);
    assert!(above.is_some_and(|above| above < 2e-5), "{above:?}");
}

#[test]
fn what_an_annual_limit_leaves_of_small_losses_beside_one_far_above_it_is_theirs() {
    let text = |a: &str, b: &str, limit: &str| {
        format!(
            "[[risk]]\nid = \"a\"\nname = \"A\"\n{a}\n[[risk]]\nid = \"b\"\nname = \"B\"\n{b}\n[[insurance]]\nid = \"i\"\nname = \"I\"\nannual_limit = \"{limit}\"\n"
        )
    };
    let certain = |loss: &str| format!("frequency = \"100%\"\ncount = \"at most one\"\nloss.response = \"{loss}\"");
    let found = assessed(&text(&certain("14000"), &certain("1012000"), "25000"), &expected());
    near(found.net_loss(RiskId(0)).to_f64(), 14e3 / 1_026e3 * 1_001e3, 1e-4);
    near(found.net_loss(RiskId(1)).to_f64(), 1_012e3 / 1_026e3 * 1_001e3, 1e-4);
    let yearly = |rate: &str, loss: &str| format!("frequency = \"{rate} per year\"\nloss.response = \"{loss}\"");
    let found = assessed(&text(&yearly("1", "25000"), &yearly("0.5", "800000"), "25000"), &expected());
    // By the double sum over the counts.
    let mut left = 0.0;
    for (a, b) in (1..40).flat_map(|a| (0..30).map(move |b| (a, b))) {
        let poisson = |rate: f64, n: i32| libm::exp(-rate) * rate.powi(n) / (1..=n).map(f64::from).product::<f64>();
        let (own, all) = (25e3 * f64::from(a), 25e3 * f64::from(a) + 800e3 * f64::from(b));
        left += poisson(1.0, a) * poisson(0.5, b) * own * (1.0 - 25e3_f64.min(all) / all);
    }
    near(found.net_loss(RiskId(0)).to_f64(), left, 1e-3);
}

#[test]
fn parts_of_a_group_are_those_of_its_risks_in_one_case() {
    let folder = folder("contested-group");
    let mut group = "schema = 1\ntitle = \"G\"\ncurrency = \"EUR\"\n".to_owned();
    for (place, (rate, loss)) in [("0.1", 10_000), ("0.1", 4_000), ("1", 20_000), ("1", 10_000)].iter().enumerate() {
        let case = format!(
            "schema = 1\ntitle = \"E\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"{rate} per year\"\nloss.response = \"{loss}\"\n"
        );
        fs::write(folder.join(format!("e{place}.toml")), case).unwrap();
        group += &format!("[[entity]]\nid = \"e{place}\"\nname = \"E{place}\"\ncase = \"e{place}.toml\"\n");
    }
    let file = folder.join("group.toml");
    fs::write(&file, group).unwrap();
    let found = json_of(&["group", file.to_str().unwrap()]);
    // By the sum over all counts: years above 70,000, and of those that cost as much the part that belongs to the worst.
    for (place, right) in [1_863.187, 644.551, 65_799.989, 18_631.871].into_iter().enumerate() {
        let part = &found["entities"][place]["today"]["part_of_tail_mean"]["0.95"];
        near(part.as_str().unwrap().parse().unwrap(), right, 1e-5);
    }
}

#[test]
fn an_amount_that_may_be_nothing_and_is_in_doubt_meets_a_policy_with_the_others() {
    // Each event costs 5,000 at least, and the policy pays all above 3,000: just that is left of it, once a year.
    for amount in [
        "response = { samples = [\"0\", \"10000\"], doubt = \"20%\" }",
        "response = { quantity = { low = 100, high = 1000 }, each = { samples = [\"0\", \"10\"] } }",
    ] {
        let text = format!(
            "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\n[risk.loss]\n{amount}\nproductivity = \"5000\"\n[[insurance]]\nid = \"i\"\nname = \"I\"\nretention = \"3000\"\n"
        );
        near(assessed(&text, &expected()).loss_today.to_f64(), 3_000.0, 1e-9);
    }
}
