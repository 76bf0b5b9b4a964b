//! What policies pay, from the file to the figure: worked examples with their right values.

use std::sync::atomic::{AtomicUsize, Ordering};

use rosi::internal::engine::MethodChoice;
use serde_json::Value;

use crate::averages::{near, worked_out};
use crate::cli::rosi;

fn assessed(path: &str) -> Value {
    with(path, &[])
}

fn with(path: &str, more: &[&str]) -> Value {
    let output = rosi(&[&["assess", path, "--format", "json"], more].concat());
    assert!(output.status.success(), "{path}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn case(name: &str) -> Value {
    assessed(&format!("{}/tests/cases/{name}.toml", env!("CARGO_MANIFEST_DIR")))
}

/// A case with a part of its text in other words.
fn changed(name: &str, from: &str, to: &str) -> Value {
    let text = std::fs::read_to_string(format!("{}/tests/cases/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert!(text.contains(from), "{name}: {from}");
    of_text(&text.replace(from, to))
}

/// What rosi says of a case with this text.
pub fn of_text(text: &str) -> Value {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    let (process, file) = (std::process::id(), FILES.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(format!("rosi-policies-{process}-{file}.toml"));
    std::fs::write(&path, text).unwrap();
    let found = assessed(path.to_str().unwrap());
    std::fs::remove_file(path).unwrap();
    found
}

fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64().unwrap(), |text| text.parse().unwrap())
}

fn left(case: &Value) -> f64 {
    number(&case["today"]["expected_annual_loss"])
}

#[track_caller]
fn is(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within * expected.abs(), "{found} is not {expected}");
}

fn advice<'c>(case: &'c Value, code: &str) -> Vec<&'c str> {
    let warnings = case["warnings"].as_array().unwrap().iter().filter(|warning| warning["code"] == code);
    warnings.map(|warning| warning["message"].as_str().unwrap()).collect()
}

#[test]
fn layers_of_a_tower_pay_what_the_treaty_says_in_any_order() {
    is(left(&case("01-reinsurer-tower")), 20e6, 1e-9);
    is(left(&case("n05-tower")), 100e3, 1e-9);
    let (upwards, downwards) = (case("02-hmrc-gim8080-tower"), case("02c-hmrc-top-first"));
    is(left(&upwards), 10e3, 1e-9);
    assert_eq!(upwards["today"], downwards["today"]);
    assert!(advice(&upwards, "W0503").is_empty() && advice(&case("01-reinsurer-tower"), "W0503").is_empty());
}

#[test]
fn layers_that_overlap_beyond_the_loss_pay_it_once_and_advice_says_so() {
    // X even from 0 to 120M; of X up to 20M all is left, up to 40M what both retain less what both pay,
    // up to 80M nothing: (200 + 200 + 800)/120.
    let overlapping = case("01c-tower-retention-as-code");
    is(left(&overlapping), 10e6, 0.04);
    let said = advice(&overlapping, "W0503");
    assert!(said.len() == 1 && said[0].contains("more than the loss") && said[0].contains("40,000,000"), "{said:?}");
}

#[test]
fn hours_before_the_waiting_time_are_the_insureds_and_a_franchise_pays_them_too() {
    is(left(&case("22-cfc-waiting")), 80e3, 1e-9);
    let franchise = |hours: &str| format!("waiting = {{ time = \"{hours} hours\", franchise = true }}");
    let found = changed("22-cfc-waiting", "waiting = \"8 hours\"", &franchise("16"));
    assert_eq!((left(&found), number(&found["today"]["chance_of_loss"])), (0.0, 0.0));
    is(left(&changed("22-cfc-waiting", "waiting = \"8 hours\"", &franchise("17"))), 160e3, 1e-9);
}

#[test]
fn what_cuts_the_money_of_an_outage_leaves_its_hours() {
    // 48 hours at 1,000, of which a control takes half; half of the hours count.
    let found = case("n07-waiting-loss");
    is(left(&found), 24e3, 1e-9);
    is(number(&found["plans"][0]["risk"]["expected_annual_loss"]), 12e3, 1e-9);
    // What shortens the outage to the waiting time leaves nothing to pay.
    let found = changed("n07-waiting-loss", "on=\"loss\"", "on=\"outage\"");
    is(number(&found["plans"][0]["risk"]["expected_annual_loss"]), 24e3, 1e-9);
}

#[test]
fn annual_terms_have_their_closed_forms() {
    // Poisson 2, losses of 1, 2, 3: E[(S − 2)⁺] = E[S] − 2 + 2·P(S = 0) + P(S = 1).
    let none = (-2.0_f64).exp();
    let paid = 4.0 - 2.0 + 2.0 * none + 2.0 / 3.0 * none;
    is(left(&case("23-stochiki-agg-deductible")), 4.0 - paid, 0.02);
    // Five events a year of a layer of 20M, at most four of them.
    let mut chance = (-5.0_f64).exp();
    let mut paid = 80e6;
    for events in 0..4 {
        paid -= chance * (80e6 - 20e6 * f64::from(events));
        chance *= 5.0 / f64::from(events + 1);
    }
    is(left(&case("24-gemact5-reinstatements")), 200e6 - paid, 0.01);
}

#[test]
fn a_sublimit_bounds_a_form_before_the_retention() {
    let sublimit = "limit = \"1M\"\nsublimits = { response = \"700k\" }";
    // 2M of response count as 700k: 600k above 100k, and nothing of the upper layer by 900k of it.
    let found = changed("n05-tower", "limit=\"1M\"", sublimit);
    is(left(&found), 2e6 - 600e3 - 900e3, 1e-9);
}

#[test]
fn a_loss_that_is_paid_in_full_is_no_loss() {
    for name in ["n06-net-zero-residue", "hostile-insured-negative"] {
        for method in ["exact", "simulate"] {
            let path = format!("{}/tests/cases/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            let output = rosi(&["assess", &path, "--method", method, "--format", "json"]);
            if !output.status.success() {
                // The exact year refuses annual limits, and says so.
                assert!(String::from_utf8_lossy(&output.stderr).contains("E0407"), "{name} {method}");
                continue;
            }
            let today = &serde_json::from_slice::<Value>(&output.stdout).unwrap()["today"];
            assert_eq!(number(&today["chance_of_loss"]), 0.0, "{name} {method}");
            assert_eq!(number(&today["quantiles"]["0.999"]), 0.0, "{name} {method}");
        }
    }
}

#[test]
fn a_policy_alone_is_a_plan() {
    let found = case("38-insure-or-not");
    assert!(advice(&found, "W0501").is_empty());
    is(number(&found["plans"][0]["risk"]["expected_annual_loss"]), 50_500.0, 1e-6);
    assert_eq!(found["recommendation"]["plan"], "insure");
    let same = changed("38-insure-or-not", "plans = [\"insure\"]", "plans = [\"today\", \"insure\"]");
    assert_eq!(advice(&same, "W0501").len(), 1);
}

#[test]
fn no_table_holds_amounts_before_and_after_insurers() {
    let path = format!("{}/tests/cases/be.toml", env!("CARGO_MANIFEST_DIR"));
    let output = rosi(&["assess", &path, "--full"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let section = |title: &str| {
        let from = text.find(&format!("\n{title}\n")).unwrap_or_else(|| panic!("{title}:\n{text}"));
        text[from + 1..].split("\n\n").next().unwrap().to_owned()
    };
    let (before, after) = (section("The risks, before insurance"), section("The risks, net of insurance"));
    assert!(before.contains("Loss of one") && !after.contains("Loss of one"), "{text}");
}

#[test]
fn what_only_another_policy_covers_counts_in_an_overlap() {
    // Of 100k response the two pay half each; where 100k fines come too, 100k and 150k are cut to the 200k of the loss.
    let policy = |id: &str, covers: &str, limit: &str, more: &str| {
        format!("[[insurance]]\nid = \"{id}\"\npremium = \"1k\"\nlimit = \"{limit}\"\ncovers = [{covers}]\n{more}")
    };
    let risk = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\n\
                loss = { response = \"100k\", replacement = \"10k\" }\n[[risk.secondary]]\nchance = \"50%\"\nloss.fines = \"100k\"\n";
    // An annual limit that no year reaches changes nothing.
    for more in ["", "annual_limit = \"90M\"\n"] {
        let both = policy("a", "\"response\"", "100k", more) + &policy("b", "\"response\", \"fines\"", "150k", more);
        let analysis = worked_out(&format!("{risk}{both}"), MethodChoice::Simulate);
        near(analysis.loss_today.to_f64(), 10e3, 1e-6);
        near(analysis.year.unwrap().today.total.mean, 10e3, 0.02);
    }
}

/// Years far beyond the annual terms are shared like any other: here 14 % of the years come to more than four times what
/// the terms speak of. Each year's payment is shared in proportion to the layers, summed over the years by hand.
#[test]
fn what_is_paid_of_years_far_beyond_the_annual_terms_is_shared_by_the_layers_of_these_years() {
    let case = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n\
        [[risk]]\nid = \"often\"\nname = \"A\"\nfrequency = \"2 per year\"\nloss.response = \"200000\"\n\
        [[risk]]\nid = \"once\"\nname = \"B\"\nfrequency = \"20%\"\ncount = \"at most one\"\nloss.response = \"117000\"\n\
        [[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"10000\"\nlimit = \"1M\"\nannual_retention = \"60000\"\nannual_limit = \"100000\"\n";
    let here = crate::cli::folder("far-beyond");
    let path = here.join("case.toml");
    std::fs::write(&path, case).unwrap();
    let output = crate::cli::rosi(&["assess", path.to_str().unwrap(), "--method", "expected", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let paid = |risk: usize| {
        let of = |key: &str| json["risks"][risk]["today"][key].as_str().unwrap().parse::<f64>().unwrap();
        of("gross_expected_annual_loss") - of("expected_annual_loss")
    };
    let (mut often, mut once, mut chance) = (0.0, 0.0, (-2.0f64).exp());
    for n in 0..60 {
        for (other, weight) in [(0.0, 0.8), (107_000.0, 0.2)] {
            let own = 190_000.0 * f64::from(n);
            let sum: f64 = own + other;
            let part = chance * weight * (sum - 60_000.0).clamp(0.0, 100_000.0) / sum.max(1.0);
            often += part * own;
            once += part * other;
        }
        chance *= 2.0 / f64::from(n + 1);
    }
    for (risk, expected) in [(0, often), (1, once)] {
        assert!((paid(risk) / expected - 1.0).abs() < 2e-3, "{}: {} and {expected}", risk, paid(risk));
    }
}

/// A rate that is a range today and what a control makes of it, under these terms of a policy.
fn with_a_new_rate(coverage: &str, policy: &str) -> Value {
    in_place_of("{ low = \"0.5 per year\", high = \"2 per year\" }", coverage, policy)
}

fn in_place_of(today: &str, coverage: &str, policy: &str) -> Value {
    let text = format!(
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\n\
         frequency = {today}\nloss.response = \"100k\"\n\
         [[control]]\nid = \"c\"\nname = \"C\"\ncoverage = \"{coverage}\"\n\
         effect = [{{ risk = \"r\", on = \"frequency\", becomes = \"0.7 per year\" }}]\ncost.yearly = \"1k\"\n\
         [[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c\"]\n{policy}"
    );
    let found = of_text(&text);
    let unsure = found["warnings"].as_array().unwrap().iter().find(|one| one["message"].to_string().contains("agree"));
    assert!(unsure.is_none(), "{unsure:?}");
    found["plans"][0]["risk"].clone()
}

#[test]
fn a_new_rate_in_place_of_a_range_is_the_rate() {
    let plain = with_a_new_rate("100%", "");
    assert!((number(&plain["chance_of_loss"]) - (1.0 - (-0.7_f64).exp())).abs() < 1e-9, "{plain}");
    // Half of the events at the old rate: more than at the new one, fewer than at the average of today's.
    let half = number(&with_a_new_rate("50%", "")["chance_of_loss"]);
    assert!((half - 0.58116).abs() < 2e-4, "{half}");
    // With a limit a year of three events less 10,000 each: E[min(N, 10/3)] layers of 90,000 at 0.7 a year.
    let terms = "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"10k\"\nannual_limit = \"300k\"\n";
    let insured = with_a_new_rate("100%", terms);
    let (mut chance, mut paid) = ((-0.7_f64).exp(), 0.0);
    for n in 1..60 {
        chance *= 0.7 / f64::from(n);
        paid += chance * (90e3 * f64::from(n)).min(300e3);
    }
    assert!((number(&insured["insurance"]["transferred"]) - paid).abs() < 1e-6 * paid, "{paid} {insured}");
}

#[test]
fn a_new_rate_in_place_of_none_is_the_rate() {
    let samples = "{ samples = [\"0 per year\", \"0 per year\", \"1 per year\", \"2 per year\"] }";
    let terms = "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"10k\"\nannual_limit = \"90k\"\n";
    for (today, rates) in [(samples, [0.0, 0.0, 1.0, 2.0]), ("\"0 per year\"", [0.0; 4])] {
        for (coverage, part) in [("100%", 1.0), ("50%", 0.5)] {
            let none = rates.map(|rate| (-rate * (1.0 - part) - 0.7_f64 * part).exp()).iter().sum::<f64>() / 4.0;
            let found = in_place_of(today, coverage, "");
            assert!((number(&found["chance_of_loss"]) - (1.0 - none)).abs() < 1e-9, "{today} {coverage}: {found}");
            // The first event of a year uses up the limit.
            let paid = number(&in_place_of(today, coverage, terms)["insurance"]["transferred"]);
            assert!((paid - 90e3 * (1.0 - none)).abs() < 0.01, "{today} {coverage}: {paid}");
        }
    }
}

#[test]
fn a_policy_that_pays_everything_leaves_nothing() {
    let whole = with_a_new_rate("30%", "[[insurance]]\nid = \"i\"\npremium = \"1k\"\n");
    assert_eq!(number(&whole["expected_annual_loss"]), 0.0, "{whole}");
    assert_eq!(number(&whole["insurance"]["retained"]), 0.0, "{whole}");
}

/// What a policy with these terms pays of two events a year that each cost the value of an asset, lognormal and not
/// known, with this exposure.
fn of_an_asset(exposure: &str, terms: &str) -> f64 {
    let text = format!(
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"2 per year\"\n\
         asset.value = {{ low = \"40k\", high = \"300k\" }}\nasset.exposure = {exposure}\n\
         [[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"10k\"\nlimit = \"140k\"\n{terms}"
    );
    number(&of_text(&text)["today"]["insurance"]["transferred"])
}

/// The mean of a function of the value of the asset, by the midpoint rule in the normal quantile.
fn over_values(of: impl Fn(f64) -> f64) -> f64 {
    let (low, high) = (40e3_f64.ln(), 300e3_f64.ln());
    let (middle, sigma) = (0.5 * (low + high), (high - low) / (2.0 * 1.644_853_626_951_472_7));
    let steps = 40_000;
    let point = |k: i32| {
        let z = 18.0 * (f64::from(k) + 0.5) / f64::from(steps) - 9.0;
        (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt() * of((middle + sigma * z).exp())
    };
    (0..steps).map(point).sum::<f64>() * 18.0 / f64::from(steps)
}

#[test]
fn what_is_paid_of_a_loss_that_is_not_known_bends_where_its_terms_do() {
    let layer = |loss: f64| (loss - 10e3).clamp(0.0, 140e3);
    near(of_an_asset("\"100%\"", ""), 2.0 * over_values(layer), 1e-7);
    near(of_an_asset("\"50%\"", ""), 2.0 * over_values(|value| layer(0.5 * value)), 1e-7);
    // An exposure that is not known either: half, or all.
    let either = "{ samples = [\"50%\", \"100%\"] }";
    near(of_an_asset(either, ""), over_values(|value| layer(0.5 * value) + layer(value)), 1e-6);
    // The year: all of its events cost the same.
    let terms = "annual_retention = \"30k\"\nannual_limit = \"200k\"\n";
    let year = |value: f64| {
        let (mut chance, mut paid) = ((-2.0_f64).exp(), 0.0);
        for events in 1..40 {
            chance *= 2.0 / f64::from(events);
            paid += chance * (f64::from(events) * layer(value) - 30e3).clamp(0.0, 200e3);
        }
        paid
    };
    near(of_an_asset("\"100%\"", terms), over_values(year), 2e-4);
    near(of_an_asset(either, terms), 0.5 * over_values(|value| year(0.5 * value) + year(value)), 2e-4);
}

#[test]
fn layers_of_many_small_events_keep_their_spread_under_a_limit_far_above_them() {
    // What is paid on average is worked out; twenty thousand events a year take long to play.
    let path = format!("{}/tests/cases/17-phishing-many.toml", env!("CARGO_MANIFEST_DIR"));
    let found = with(&path, &["--years", "1024", "--time", "600"]);
    // The sum of 13,700 layers of 89 on average, normal for each reduction between 10 % and 60 %: its mean within a
    // million a year, by quadrature over the PERT.
    near(number(&found["plans"][0]["risk"]["insurance"]["transferred"]), 991_158.0, 2e-5);
}

/// What a policy pays of very many small events a year, split over so many risks that are alike.
fn paid_of_many(risks: usize, terms: &str) -> f64 {
    let mut text = String::from("schema = 1\ntitle = \"many\"\ncurrency = \"EUR\"\n");
    for risk in 0..risks {
        text.push_str(&format!(
            "[[risk]]\nid = \"r{risk}\"\nname = \"r{risk}\"\nfrequency = \"{} per year\"\n\
             loss = {{ response = {{ low = \"100\", high = \"1k\" }} }}\n",
            20_000 / risks
        ));
    }
    text.push_str(&format!("[[insurance]]\nid = \"p\"\n{terms}\n"));
    let found = of_text(&text);
    number(&found["today"]["gross_expected_annual_loss"]) - left(&found)
}

#[test]
fn annual_terms_see_twenty_thousand_small_events_as_finely_as_a_few() {
    // Elsewhere: the transform of 20,000 lognormal losses a year (5% below 100, 5% above 1,000) on steps of 20, 10 and 5,
    // which agree to eleven digits. Their sum is 8,080,025.64 on average with a standard deviation of 72,994.
    is(paid_of_many(1, "annual_retention = \"8200000\""), 1_559.977_23, 1e-4);
    is(paid_of_many(1, "annual_retention = \"8100000\""), 20_235.010_73, 5e-5);
    is(paid_of_many(1, "annual_retention = \"7000000\"\nannual_limit = \"1000000\""), 994_998.099_6, 5e-6);
    // Two risks of half as many each are the same events.
    is(paid_of_many(2, "annual_retention = \"8200000\""), 1_559.977_23, 1e-4);
}

#[test]
fn the_year_of_very_many_insured_events_lies_about_its_average() {
    // 200,000 events a year of two amounts, each 100 to 1,000; a policy pays 1,000 above 300 of each event. Elsewhere, from
    // the moments of what remains of one event on steps of a half: 69,894,530 on average, a standard deviation of 184,622,
    // and a sum so near to a normal law that its quantiles follow (Cornish and Fisher).
    let text = "schema = 1\ntitle = \"many\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"r\"\n\
                frequency = \"200000 per year\"\n[risk.loss]\nresponse = { low = \"100\", high = \"1k\" }\n\
                replacement = { low = \"100\", high = \"1k\" }\n\
                [[insurance]]\nid = \"p\"\nretention = \"300\"\nlimit = \"1000\"\n";
    let found = of_text(text);
    for (level, expected) in [("0.5", 69_893_644.8), ("0.95", 70_197_772.1), ("0.99", 70_324_040.1)] {
        is(number(&found["today"]["quantiles"][level]), expected, 3e-5);
    }
    is(number(&found["today"]["standard_deviation"]), 184_622.31, 1e-5);
}
