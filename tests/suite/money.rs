//! Tax, what a plan ends, and waiting: by hand, and against simulated paths.

use rosi::internal::engine::{Analysis, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;

const HEAD: &str = r#"
schema = 1
title = "By hand"
currency = "EUR"
"#;

const RISK: &str = r#"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "100k"
"#;

fn worked_out(text: &str, method: MethodChoice) -> Analysis {
    let parsed = parse(&Source::new("t.toml", format!("{HEAD}{text}"))).unwrap_or_else(|faults| panic!("{faults:#?}"));
    analyse(&parsed.scenario, &Settings { method, ..Settings::default() }).unwrap()
}

#[track_caller]
fn are(flows: &[Figure], expected: &[f64]) {
    let flows: Vec<f64> = flows.iter().map(|flow| flow.to_f64()).collect();
    let near = flows.iter().zip(expected).all(|(flow, expected)| (flow - expected).abs() < 1e-6);
    assert!(near && flows.len() == expected.len(), "{flows:?} are not {expected:?}");
}

/// The mean of the paths is the value, within its error.
#[track_caller]
fn paths_agree(analysis: &Analysis) {
    let paths = analysis.paths.as_ref().unwrap();
    for (plan, values) in analysis.plans.iter().zip(&paths.values) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let error = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n * (n - 1.0))).sqrt();
        let exact = plan.investment.net_present_value.to_f64();
        assert!((mean - exact).abs() <= 4.5 * error + 1e-6, "{mean} ± {error} is not {exact}");
    }
}

fn taxed(assumptions: &str, control: &str) -> Analysis {
    let text = format!(
        r#"
[assumptions]
horizon = "3 years"
discount_rate = "0%"
tax_rate = "30%"
{assumptions}
{RISK}
[[control]]
id = "c"
name = "C"
{control}
effect = [{{ risk = "r", on = "frequency", reduction = "100%" }}]
cost = {{ initial = "90k", yearly = "10k" }}
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#
    );
    worked_out(&text, MethodChoice::Auto)
}

#[test]
fn tax_takes_its_part_of_loss_avoided_and_of_costs_as_they_are_written_down() {
    // Straight-line over three years: 30k a year written down, 9k of tax less.
    let analysis = taxed("depreciation = \"straight-line\"\ndepreciation_years = 3", "");
    let money = &analysis.plans[OptionId(0)].investment;
    are(&money.cost, &[90e3, -2e3, -2e3, -2e3]);
    are(&money.loss_avoided, &[0.0, 70e3, 70e3, 70e3]);
    // A budget is before tax.
    are(&money.cash, &[90e3, 10e3, 10e3, 10e3]);
    are(&[money.net_present_value], &[126e3]);
    paths_agree(&analysis);
    // By the digits of the years: 45k, 30k, 15k.
    let analysis = taxed("depreciation = \"sum-of-digits\"\ndepreciation_years = 3", "");
    are(&analysis.plans[OptionId(0)].investment.cost, &[90e3, 7e3 - 13.5e3, 7e3 - 9e3, 7e3 - 4.5e3]);
    // Longer than its life, which is the horizon where the file does not say: the rest is written off at its end.
    let analysis = taxed("depreciation = \"straight-line\"\ndepreciation_years = 5", "");
    are(&analysis.plans[OptionId(0)].investment.cost, &[90e3, 7e3 - 5.4e3, 7e3 - 5.4e3, 7e3 - 5.4e3 - 0.3 * 36e3]);
    // Without depreciation a purchase is an expense of its year.
    let analysis = taxed("", "");
    are(&analysis.plans[OptionId(0)].investment.cost, &[63e3, 7e3, 7e3, 7e3]);
}

#[test]
fn what_is_sold_is_taxed_on_what_it_brings_above_its_book_value() {
    // Bought for 90k, 18k a year; sold after three years for 20k, when 36k stand in the books: a loss of 16k.
    let analysis =
        taxed("depreciation = \"straight-line\"\ndepreciation_years = 5", "lifetime = \"3 years\"\nsalvage = \"20k\"");
    let money = &analysis.plans[OptionId(0)].investment;
    let last = 7e3 - 0.3 * 18e3 - (20e3 - 0.3 * (20e3 - 36e3));
    are(&money.cost, &[90e3, 7e3 - 5.4e3, 7e3 - 5.4e3, last]);
    paths_agree(&analysis);
}

const DROPPED: &str = r#"
[[control]]
id = "old"
name = "Old"
in_place = true
coverage = "50%"
effect = [{ risk = "r", on = "frequency", reduction = { min = "10%", likely = "20%", max = "30%" } }]
cost = { yearly = "30k", people = { time = "8 hours per day", rate = "50 per hour" } }
[[plan]]
id = "cut"
name = "Cut"
drops = ["old"]
"#;

#[test]
fn ending_a_control_brings_back_what_it_takes_off_today_and_saves_its_cost() {
    let text = format!("[assumptions]\nhorizon = \"1 year\"\ndiscount_rate = \"0%\"\n{RISK}{DROPPED}");
    for method in [MethodChoice::Exact, MethodChoice::Simulate] {
        let analysis = worked_out(&text, method);
        let plan = &analysis.plans[OptionId(0)];
        let without = 100e3 / 0.9;
        are(&[plan.loss], &[without]);
        are(&plan.investment.cost, &[0.0, -30e3 - 1_760.0 * 50.0]);
        are(&[plan.investment.net_present_value], &[118e3 - (without - 100e3)]);
        let year = &analysis.year.as_ref().unwrap().plans[OptionId(0)].total;
        let error = year.errors.as_ref().map_or(1e-6, |errors| 4.5 * errors.mean);
        assert!((year.mean - without).abs() <= error, "{method:?}: {} is not {without}", year.mean);
        paths_agree(&analysis);
    }
    let parsed = parse(&Source::new("t.toml", format!("{HEAD}{text}"))).unwrap();
    let hours = worked_out(&text, MethodChoice::Expected).plans[OptionId(0)].people_hours(&parsed.scenario);
    are(&[hours.own, hours.full_time], &[-1_760.0, -1.0]);
}

#[test]
fn what_a_control_in_place_does_must_leave_something_to_undo() {
    let faults = |change: &str| {
        let text = format!(
            "{HEAD}{RISK}{}",
            DROPPED.replace("reduction = { min = \"10%\", likely = \"20%\", max = \"30%\" }", change)
        );
        match parse(&Source::new("t.toml", text)) {
            Ok(parsed) => parsed.warnings,
            Err(faults) => faults,
        }
        .into_iter()
        .map(|found| (found.code.as_str().to_owned(), found.message))
        .collect::<Vec<_>>()
    };
    let all = DROPPED.replace("coverage = \"50%\"\n", "");
    assert_ne!(all, DROPPED);
    let text = format!("{HEAD}{RISK}{}", all.replace("{ min = \"10%\", likely = \"20%\", max = \"30%\" }", "\"100%\""));
    let warnings = parse(&Source::new("t.toml", text)).unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.code.as_str() == "W0502" && warning.label == "too much to undo"));
    let becomes = faults("becomes = \"0.5 per year\"");
    assert!(becomes.iter().any(|(code, words)| code == "W0502" && words.contains("without \"old\"")), "{becomes:?}");
}

/// Three years of one risk and one control, bought in one plan.
fn of_one_control(assumptions: &str, reduction: &str, control: &str) -> String {
    format!(
        "[assumptions]\nhorizon = \"3 years\"\n{assumptions}\n{RISK}
[[control]]
id = \"c\"
name = \"C\"
effect = [{{ risk = \"r\", on = \"frequency\", reduction = \"{reduction}\" }}]
{control}[[plan]]
id = \"p\"
name = \"P\"
controls = [\"c\"]
"
    )
}

#[test]
fn waiting_a_year_puts_off_the_value_by_a_year() {
    let control = "ramp = \"6 months\"\ncost = { initial = \"50k\", yearly = \"10k\" }\n";
    let text = of_one_control("discount_rate = \"10%\"", "60%", control);
    let analysis = worked_out(&text, MethodChoice::Expected);
    let money = &analysis.plans[OptionId(0)].investment;
    are(&[money.waiting.unwrap()], &[money.net_present_value.to_f64() * (1.0 - 1.0 / 1.1)]);
}

#[test]
fn what_is_put_off_by_a_year_is_bought_at_the_prices_of_then() {
    let assumptions = "discount_rate = \"8%\"\ngrowth.costs = \"10%\"";
    let text = of_one_control(assumptions, "0%", "cost = { initial = \"100\" }\n");
    let analysis = worked_out(&text, MethodChoice::Expected);
    let money = &analysis.plans[OptionId(0)].investment;
    are(&[money.waiting.unwrap()], &[-100.0 + 110.0 / 1.08]);
}

#[test]
fn flows_that_change_their_sign_twice_are_told() {
    let control = "lifetime = \"2 years\"\ncost = { initial = \"70k\" }\n";
    let text = of_one_control("discount_rate = \"5%\"", "60%", control);
    let source = Source::new("t.toml", format!("{HEAD}{text}"));
    let parsed = parse(&source).unwrap();
    let analysis = analyse(&parsed.scenario, &Settings::default()).unwrap();
    assert_eq!(analysis.plans[OptionId(0)].investment.sign_changes, 3);
    let report = rosi::internal::report::build(
        &parsed.scenario,
        &analysis,
        &parsed.warnings,
        &rosi::internal::report::Context::default(),
    );
    assert!(format!("{:?}", report.caution).contains("change their sign 3 times"));
}

#[test]
fn a_price_that_differs_by_year_is_told_beside_the_one_that_goes_on() {
    let folder = crate::cli::folder("money-by-year");
    let said = |language: &str, cost: &str| {
        let file = folder.join("case.toml");
        let text = format!(
            "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\nlanguage = \"{language}\"\n{RISK}[[control]]\nid = \"c\"\nname = \"Gate\"\n\
             effect = [{{ risk = \"r\", on = \"loss\", reduction = \"50%\" }}]\ncost = {{ {cost} }}\n\
             [[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c\"]\n"
        );
        std::fs::write(&file, text).unwrap();
        let path = file.to_str().unwrap();
        let output = crate::cli::rosi(&["assess", path, "--full", "--method", "expected", "--format", "markdown"]);
        assert!(output.status.success(), "{}", crate::cli::stderr(&output));
        crate::cli::stdout(&output).replace("**", "")
    };
    let english = [
        (
            "yearly = [\"12733\", \"1000\"]",
            "\"Gate\" costs EUR 12,733 in its first year, and EUR 1,000 a year from then on",
        ),
        (
            "quarterly = [\"5k\", \"1k\"]",
            "\"Gate\" costs EUR 8,000 in its first year, and EUR 4,000 a year from then on",
        ),
        (
            "yearly = [\"3k\", \"3k\", \"1k\"]",
            "\"Gate\" costs EUR 3,000 a year in its first 2 years, and EUR 1,000 a year",
        ),
        ("yearly = [\"3k\", \"5k\", \"1k\"]", "\"Gate\" costs EUR 3,000 to EUR 5,000 a year in its first 2 years, and"),
    ];
    for (cost, expected) in english {
        assert!(said("en", cost).contains(expected), "{cost}: {}", said("en", cost));
    }
    let german = said("de", english[0].0);
    assert!(german.contains("kostet im ersten Jahr"), "{german}");
    for even in ["yearly = \"3k\"", "yearly = [\"3k\", \"3k\"]", "quarterly = \"1k\"", "quarterly = [\"1k\", \"1k\"]"] {
        assert!(!said("en", even).contains("from then on"), "{even}");
    }
}
