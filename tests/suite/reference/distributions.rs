//! The year of one risk, stated in a scenario file, against answers of other programs: numerical
//! inversion of Laplace transforms with 320 bits, closed forms, chances of counts.

use serde_json::Value;

use super::{figure, is};
use rosi::internal::engine::{self, MethodChoice, Settings};
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, parse};

/// What is said of a risk with this frequency and loss, and of what follows.
fn year(frequency: &str, loss: &str, more: &str, method: MethodChoice) -> Value {
    let text = format!(
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"1 year\"\n[[risk]]\nid = \"r\"\n\
         name = \"R\"\nfrequency = {frequency}\nloss.response = {loss}\n{more}"
    );
    let parsed = parse(&Source::new("case.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let settings = Settings { method, years: Some(400_000), ..Settings::default() };
    let analysis = engine::analyse(&parsed.scenario, &settings).unwrap();
    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
    serde_json::from_str(&render(&report, Format::Json)).unwrap()
}

/// Both methods: the exact one at its tolerance, the simulated one within four standard errors.
fn both(frequency: &str, loss: &str, more: &str, figures: &[(&str, f64, f64)]) {
    let exact = year(frequency, loss, more, MethodChoice::Auto);
    assert_eq!(exact["provenance"]["method"], "exact");
    for (path, expected, tolerance) in figures {
        is(&exact, &format!("today/{path}"), *expected, *tolerance);
    }
    let simulated = year(frequency, loss, more, MethodChoice::Simulate);
    for (path, expected, _) in figures.iter().filter(|(path, ..)| *path != "expected_annual_loss") {
        let found = figure(&simulated, &format!("today/{path}"));
        let error = figure(&simulated, &format!("today/standard_error/{path}"));
        assert!((found - expected).abs() <= 4.0 * error + 1e-9 * expected, "{path}: {found} ± {error}, not {expected}");
    }
}

#[test]
fn cp_poisson2_lognormal() {
    // The canonical risk; quantiles at the program's own tolerance, 3e-4 between two grids.
    let figures = [
        ("expected_annual_loss", 1185964.1027156836, 1e-9),
        ("standard_deviation", 1572526.9391215865, 1e-9),
        ("quantiles/0.5", 709195.5194548464, 3e-4),
        ("quantiles/0.9", 2859727.744723492, 1e-4),
        ("quantiles/0.95", 3960834.9896180765, 1e-4),
        ("quantiles/0.99", 7161845.844448889, 1e-4),
        ("quantiles/0.999", 14246501.871687492, 1e-4),
        ("tail_mean/0.95", 6091652.87593724, 1e-4),
        ("tail_mean/0.99", 10190950.43992804, 1e-4),
    ];
    both("\"2 per year\"", "{ low = \"50k\", high = \"2M\" }", "", &figures);
}

#[test]
fn cp_poisson5_pert() {
    let figures = [
        ("expected_annual_loss", 2583333.3333333335, 1e-12),
        ("quantiles/0.9", 4370090.457728209, 1e-4),
        ("quantiles/0.99", 6255960.540479818, 1e-4),
        ("quantiles/0.999", 7802816.054700475, 1e-4),
        ("tail_mean/0.99", 6936482.36094392, 1e-4),
    ];
    both("\"5 per year\"", "{ min = \"100k\", likely = \"250k\", max = \"2M\" }", "", &figures);
}

#[test]
fn poisson_constant_severity() {
    // The quantile is an atom, of which the tail mean takes its share.
    let figures = [
        ("quantiles/0.95", 1_500_000.0, 0.0),
        ("quantiles/0.99", 2_000_000.0, 0.0),
        ("tail_mean/0.95", 1847956.6588478077, 1e-9),
        ("tail_mean/0.99", 2203559.7266325746, 1e-9),
        ("chance_of_loss", 1.0 - 0.04076220397836622, 1e-9),
    ];
    both("\"3.2 per year\"", "\"250k\"", "", &figures);
}

#[test]
fn panjer_at_most_one_and_clustered_counts_have_their_closed_forms() {
    // Losses of 1 with a clustered count: chances of the negative binomial (size 2.5, mean 3).
    let figures = [("chance_of_loss", 1.0 - 0.1392974922444715, 1e-9), ("expected_annual_loss", 3_000.0, 0.0)];
    both("\"3 per year\"", "\"1k\"", "count = { clustering = 2.5 }\n", &figures);
    let figures = [("chance_of_loss", 0.3, 1e-12), ("quantiles/0.5", 0.0, 0.0), ("quantiles/0.9", 5_000.0, 0.0)];
    both("\"30%\"", "\"5k\"", "count = \"at most one\"\n", &figures);
}

#[test]
fn negbin_exponential() {
    // An exponential of mean 1000 is the gamma whose deviation is its mean.
    let loss = "{ shape = \"gamma\", mean = \"1k\", sd = \"1k\" }";
    let figures = [("quantiles/0.99", 13492.517511827266, 1e-4), ("chance_of_loss", 1.0 - 0.1392974922444715, 1e-9)];
    both("\"3 per year\"", loss, "count = { clustering = 2.5 }\n", &figures);
}

#[test]
fn poisson_thinning() {
    let control = "[[control]]\nid = \"c\"\nname = \"C\"\ncost.yearly = \"1\"\n\
        effect = [{ risk = \"r\", on = \"frequency\", reduction = \"35%\" }]\n\
        [[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c\"]\n";
    for method in [MethodChoice::Exact, MethodChoice::Simulate] {
        let year = year("\"4 per year\"", "\"1k\"", control, method);
        let tolerance = if method == MethodChoice::Exact { 1e-9 } else { 2e-3 };
        is(&year, "risks/0/plans/p/yearly_rate", 2.6, 1e-12);
        is(&year, "risks/0/today/chance_of_loss", 1.0 - 0.01831563888873418, tolerance);
        is(&year, "risks/0/plans/p/chance_of_loss", 1.0 - 0.07427357821433388, tolerance);
    }
}

/// What an insurer pays of 2 events a year, against closed forms of one event: exact, and simulated.
fn insured(loss: &str, policy: &str, paid_of_one: f64) {
    let more = format!("[[insurance]]\nid = \"i\"\nname = \"I\"\npremium = \"1k\"\n{policy}");
    let paid = 2.0 * paid_of_one;
    for method in [MethodChoice::Auto, MethodChoice::Simulate] {
        let year = year("\"2 per year\"", loss, &more, method);
        let (gross, net) =
            (figure(&year, "today/gross_expected_annual_loss"), figure(&year, "today/expected_annual_loss"));
        let found = figure(&year, "today/insurance/transferred");
        assert!((gross - net - found).abs() < 1e-8 * gross);
        // What is paid varies no more than the whole loss does.
        let simulated = 4.0 * (figure(&year, "today/standard_deviation") + gross) / 400_000_f64.sqrt();
        let error = if method == MethodChoice::Auto { 2e-6 * paid } else { simulated };
        assert!((found - paid).abs() < error, "{found} is not {paid}");
    }
}

#[test]
fn lognormal_lev_layer() {
    let policy = "retention = \"500k\"\nlimit = \"1.5M\"\n";
    insured("{ low = \"50k\", high = \"2M\" }", policy, 203064.53511635793);
    let policy = "retention = \"500k\"\nlimit = \"1.5M\"\ncoinsurance = \"25%\"\n";
    insured("{ low = \"50k\", high = \"2M\" }", policy, 0.75 * 203064.53511635793);
}

#[test]
fn deductible_exponential() {
    // Without a limit the insurer pays what exceeds the retention: e^(−0.7) of an exponential.
    insured("{ shape = \"gamma\", mean = \"1k\", sd = \"1k\" }", "retention = \"700\"\n", 993.170607582819 / 2.0);
}
