//! Dates, rates of return, payback, yearly costs, lives, waiting: closed forms, published cases and laws.

use std::fs;

use rosi::internal::engine::{Analysis, Investment, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;

fn case(name: &str) -> String {
    fs::read_to_string(format!("{}/tests/cases/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn expected(text: &str) -> Analysis {
    let parsed = parse(&Source::new("t.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    analyse(&parsed.scenario, &Settings { method: MethodChoice::Expected, ..Settings::default() }).unwrap()
}

fn money(text: &str) -> Investment {
    expected(text).plans[OptionId(0)].investment.clone()
}

#[track_caller]
fn near(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs().max(1e-3), "{found} is not {expected}");
}

#[track_caller]
fn all_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{found:?} are not {expected:?}");
    found.iter().zip(expected).for_each(|(found, expected)| near(*found, *expected, 1e-8));
}

/// A case of one control that stops all of a loss of 1,000 a year.
fn one(assumptions: &str, control: &str, cost: &str) -> String {
    format!(
        "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[assumptions]\n{assumptions}\n\
         [[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\nloss.response = \"1000\"\n\
         [[control]]\nid = \"c\"\nname = \"C\"\n{control}\n\
         effect = [{{ risk = \"r\", on = \"loss\", reduction = \"100%\" }}]\ncost = {{ {cost} }}\n\
         [[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c\"]\n"
    )
}

#[test]
fn the_value_at_the_rate_of_return_is_nothing_under_mid_year_timing_too() {
    let text = case("28a-midyear-irr");
    let found = money(&text);
    // 5,000 = 1,300 Σ v^(t − 1/2) over five years.
    all_near(&found.internal_rates_of_return, &[0.116_000_523_7]);
    let rate = format!("{:.12}%", found.internal_rates_of_return[0] * 100.0);
    let at_rate = money(&text.replace("discount_rate = \"10%\"", &format!("discount_rate = \"{rate}\"")));
    assert!(at_rate.net_present_value.to_f64().abs() < 1e-6, "{:?}", at_rate.net_present_value);
}

#[test]
fn published_rates_of_return_are_found_however_large_and_however_many() {
    // numpy-financial 44 finds one of the two rates that its flows have.
    let two = money(&case("09b-npf44"));
    assert_eq!((two.internal_rates_of_return.len(), two.internal_rate_of_return()), (2, None));
    near(two.internal_rates_of_return[1], 1.004_26, 5e-5);
    assert!(two.internal_rates_of_return[0] < -0.99 && two.internal_rates_of_return[0] > -1.0);
    all_near(&money(&case("44-irr-huge")).internal_rates_of_return, &[50_000.0]);
    for name in ["09a-npf28", "09b-npf44", "09c-npf98", "09d-numpy-doc", "09e-pyxirr24", "09f-pyxirr46", "09g-np13953"]
    {
        let found = money(&case(name));
        let net: Vec<f64> = found.net_by_year().iter().map(|flow| flow.to_f64()).collect();
        let value =
            |rate: f64| -> f64 { net.iter().enumerate().map(|(t, flow)| flow / (1.0 + rate).powi(t as i32)).sum() };
        let size = |rate: f64| -> f64 {
            net.iter().enumerate().map(|(t, flow)| (flow / (1.0 + rate).powi(t as i32)).abs()).sum()
        };
        for rate in &found.internal_rates_of_return {
            assert!(value(*rate).abs() <= 1e-9 * size(*rate), "{name}: {rate} {}", value(*rate));
        }
        // As many as a fine look at the value shows.
        let rates = (0..60_000).map(|step| (f64::from(step) / 2_500.0 - 12.0).exp() - 1.0);
        let signs: Vec<bool> = rates.map(|rate| value(rate) > 0.0).collect();
        let seen = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert_eq!(found.internal_rates_of_return.len(), seen, "{name}");
    }
}

#[test]
fn dated_money_counts_from_its_date_and_what_runs_from_the_middle_of_its_part() {
    let assumptions = "horizon = \"2 years\"\ndiscount_rate = \"21%\"\ntiming = \"mid-year\"";
    let text = one(assumptions, "lifetime = \"1 year\"\nsalvage = \"20\"", "initial = \"100\", yearly = \"60\"");
    let from_july = text.replace("controls = [\"c\"]", "controls = [{ id = \"c\", start = \"month 7\" }]");
    let found = money(&from_july);
    let v = |time: f64| 1.21_f64.powf(-time);
    // Bought after half a year and again after one and a half; sold in between; runs 1/2 and 1 year.
    let cost = 100.0 * v(0.5) + 80.0 * v(1.5) + 30.0 * v(0.75) + 60.0 * v(1.5);
    near(found.present_cost.to_f64(), cost, 1e-12);
    near(found.present_avoided.to_f64(), 500.0 * v(0.75) + 1_000.0 * v(1.5), 1e-12);
    near(found.net_present_value.to_f64(), found.present_avoided.to_f64() - cost, 1e-12);
}

#[test]
fn a_payback_lasts_to_the_end_of_the_horizon() {
    let found = money(&case("34-payback-renewal"));
    near(found.net_present_value.to_f64(), -5_000.0, 1e-12);
    assert_eq!((found.payback_years, found.discounted_payback_years), (None, None));
    let longer = case("34-payback-renewal").replace("horizon = \"5 years\"", "horizon = \"7 years\"");
    // −5,000 after five years and 39,000 in the sixth.
    near(money(&longer).payback_years.unwrap().to_f64(), 5.0 + 5.0 / 39.0, 1e-12);
}

#[test]
fn the_horizon_does_not_enter_the_even_yearly_cost() {
    for name in ["13-econocool", "13b-econocool-3y"] {
        let even = expected(&case(name))
            .plans
            .iter()
            .map(|plan| plan.investment.equivalent_annual_cost.unwrap().to_f64())
            .collect::<Vec<_>>();
        near(even[0], 252.529_598_775_982, 1e-12);
        near(even[1], 234.207_451_738_433, 1e-12);
    }
    // After tax: 5,000 less the tax that 1,000 a year save at 40 %, sold at the end for 5,000 that are all profit.
    let v = |years: i32| 1.1_f64.powi(-years);
    let annuity = (1.0 - v(5)) / 0.1;
    near(
        money(&case("27b-utexas-salvage")).equivalent_annual_cost.unwrap().to_f64(),
        (5_000.0 - 3_000.0 * v(5)) / annuity - 400.0,
        1e-12,
    );
    // Without a lifetime there is none, but for what runs evenly.
    let bought = one("horizon = \"3 years\"", "", "initial = \"90\", yearly = \"10\"");
    assert_eq!(money(&bought).equivalent_annual_cost, None);
    let runs = one("horizon = \"3 years\"", "", "yearly = \"10\"");
    assert_eq!(money(&runs).equivalent_annual_cost.map(Figure::to_f64), Some(10.0));
}

#[test]
fn what_is_not_bought_needs_no_life_for_its_yearly_cost() {
    let even = |control: &str, cost: &str| {
        let text = one("horizon = \"3 years\"\ndiscount_rate = \"7%\"", control, cost);
        money(&text).equivalent_annual_cost.map(Figure::to_f64)
    };
    assert_eq!(even("", "initial = \"0\", yearly = \"2600\""), Some(2_600.0));
    assert_eq!(even("salvage = \"0\"", "yearly = \"2600\""), Some(2_600.0));
    assert_eq!(even("", "quarterly = \"1000\""), Some(4_000.0));
    assert_eq!(even("", "quarterly = [\"1000\", \"1000\", \"1000\"]"), Some(4_000.0));
    assert_eq!(even("", "yearly = [\"1000\", \"1000\"]"), Some(1_000.0));
    // With a life too, and whatever its length.
    assert_eq!(even("lifetime = \"3 years\"", "yearly = [\"1000\", \"1000\"]"), Some(1_000.0));
    assert_eq!(even("lifetime = \"30 months\"", "quarterly = [\"1000\", \"1000\"]"), Some(4_000.0));
    // What is really bought, sold or uneven has a life that must be told.
    assert_eq!(even("salvage = \"100\"", "yearly = \"2600\""), None);
    assert_eq!(even("", "initial = { min = \"0\", likely = \"1\", max = \"2\" }, yearly = \"2600\""), None);
    assert_eq!(even("", "yearly = [\"1000\", \"2000\"]"), None);
}

#[test]
fn two_controls_of_half_the_price_cost_what_one_costs() {
    let assumptions = "horizon = \"4 years\"\ntax_rate = \"25%\"\ndepreciation = \"sum-of-digits\"\ndepreciation_years = 3\ntiming = \"mid-year\"\nend_value = \"straight-line\"";
    let one = one(assumptions, "lifetime = \"3 years\"\nsalvage = \"10\"", "initial = \"600\", yearly = \"80\"");
    let half = "lifetime = \"3 years\"\nsalvage = \"5\"";
    let two = one
        .replace("lifetime = \"3 years\"\nsalvage = \"10\"", half)
        .replace("initial = \"600\", yearly = \"80\"", "initial = \"300\", yearly = \"40\"")
        .replace(
            "[[plan]]",
            &format!("[[control]]\nid = \"d\"\nname = \"D\"\n{half}\neffect = [{{ risk = \"r\", on = \"loss\", reduction = \"0%\" }}]\ncost = {{ initial = \"300\", yearly = \"40\" }}\n[[plan]]"),
        )
        .replace("controls = [\"c\"]", "controls = [\"c\", \"d\"]");
    let (one, two) = (money(&one), money(&two));
    for (one, two) in [
        (one.present_cost, two.present_cost),
        (one.net_present_value, two.net_present_value),
        (one.equivalent_annual_cost.unwrap(), two.equivalent_annual_cost.unwrap()),
        (one.payback_years.unwrap(), two.payback_years.unwrap()),
        (one.cost_of_waiting.unwrap().total, two.cost_of_waiting.unwrap().total),
    ] {
        near(two.to_f64(), one.to_f64(), 1e-12);
    }
    all_near(&two.internal_rates_of_return, &one.internal_rates_of_return);
}

#[test]
fn what_is_left_at_the_end_counts_where_the_file_says_so() {
    let control = "lifetime = \"5 years\"\nsalvage = \"50\"";
    let of = |more: &str| {
        money(&one(&format!("horizon = \"3 years\"\ndiscount_rate = \"10%\"\n{more}"), control, "initial = \"1000\""))
    };
    let without = of("");
    let with = of("end_value = \"straight-line\"");
    // 50 + 950 × 2/5 after three years.
    let left = 430.0 / 1.331;
    near(without.present_cost.to_f64() - with.present_cost.to_f64(), left, 1e-12);
    assert_eq!(with.cash, without.cash);
    // After tax it is sold: 430 less tax on what it brings above its book value of 400.
    let tax = "tax_rate = \"30%\"\ndepreciation = \"straight-line\"\ndepreciation_years = 5";
    let taxed = of(tax);
    let sold = of(&format!("{tax}\nend_value = \"straight-line\""));
    near(taxed.present_cost.to_f64() - sold.present_cost.to_f64(), (430.0 - 0.3 * 30.0) / 1.331, 1e-12);
    // A life that is over is not counted twice.
    let over =
        |end: &str| money(&one(&format!("horizon = \"5 years\"\n{end}"), control, "initial = \"1000\"")).present_cost;
    assert_eq!(over(""), over("end_value = \"straight-line\""));
}

#[test]
fn a_life_that_the_horizon_cuts_off_gets_advice() {
    let advised = |assumptions: &str, control: &str| {
        let parsed = parse(&Source::new("t.toml", one(assumptions, control, "initial = \"1000\""))).unwrap();
        parsed.warnings.iter().any(|warning| warning.code.as_str() == "W0507" && warning.message.contains("used up"))
    };
    assert!(advised("horizon = \"3 years\"", "lifetime = \"5 years\""));
    assert!(advised("horizon = \"5 years\"", "lifetime = \"4 years\""));
    assert!(!advised("horizon = \"6 years\"", "lifetime = \"3 years\""));
    assert!(!advised("horizon = \"3 years\"", ""));
    assert!(!advised("horizon = \"3 years\"\nend_value = \"straight-line\"", "lifetime = \"5 years\""));
}

#[test]
fn a_list_is_what_it_costs_by_year_or_by_quarter_and_its_last_amount_goes_on() {
    let of = |cost: &str| money(&one("horizon = \"5 years\"\ndiscount_rate = \"0%\"", "", cost));
    let flows = |found: &Investment| found.cost.iter().map(|flow| flow.to_f64()).collect::<Vec<_>>();
    assert_eq!(flows(&of("yearly = [\"100\", \"50\", \"20\"]")), [0.0, 100.0, 50.0, 20.0, 20.0, 20.0]);
    assert_eq!(flows(&of("quarterly = [\"10\", \"20\", \"30\", \"40\", \"5\"]")), [0.0, 100.0, 20.0, 20.0, 20.0, 20.0]);
    // Of one amount it is the same as no list.
    assert_eq!(of("yearly = [\"70\"]").present_cost, of("yearly = \"70\"").present_cost);
    // From the start of the control: half a year of each.
    let late = one("horizon = \"3 years\"\ndiscount_rate = \"0%\"", "", "yearly = [\"100\", \"50\", \"20\"]")
        .replace("controls = [\"c\"]", "controls = [{ id = \"c\", start = \"month 7\" }]");
    assert_eq!(flows(&money(&late)), [0.0, 50.0, 75.0, 35.0]);
    // FAIR Institute: 150,000 a year less 60 %, for 100,000, 50,000 and then 20,000 a year.
    let listed = case("05-fair-institute-dcf")
        .replace("cost.yearly = \"20k\"", "cost.yearly = [\"100k\", \"50k\", \"20k\"]")
        .replace(", { id = \"y1\", start = \"month 12\" }, { id = \"y2\", start = \"month 24\" }", "");
    let (apart, listed) = (money(&case("05-fair-institute-dcf")), money(&listed));
    assert_eq!(apart.cost, listed.cost);
    near(listed.net_present_value.to_f64(), apart.net_present_value.to_f64(), 1e-12);
}

#[test]
fn ways_of_writing_down_come_to_their_published_values() {
    // Benninga, Principles of Finance with Excel, chapter 3: MACRS over five years, sold at 12,000.
    let text = one(
        "horizon = \"5 years\"\ndiscount_rate = \"12%\"\ntax_rate = \"40%\"\ndepreciation = \"macrs\"\ndepreciation_years = 5",
        "lifetime = \"5 years\"\nsalvage = \"12000\"",
        "initial = \"10000\"",
    )
    .replace("loss.response = \"1000\"", "loss.response = \"3000\"");
    let found = money(&text);
    near(found.net_present_value.to_f64(), 3_540.463_806_468_3, 1e-10);
    all_near(&found.internal_rates_of_return, &[0.228_431_229_3]);
    // To salvage: (1,000 − 100) / 3 a year, and no profit when it is sold for what stands in the books.
    let taxed = |method: &str| {
        let assumptions = format!("horizon = \"3 years\"\ndiscount_rate = \"0%\"\ntax_rate = \"50%\"\n{method}");
        let found = money(&one(&assumptions, "lifetime = \"3 years\"\nsalvage = \"100\"", "initial = \"1000\""));
        found.cost.iter().map(|flow| flow.to_f64()).collect::<Vec<_>>()
    };
    let years = "depreciation_years = 3\ndepreciation_to = \"salvage\"";
    assert_eq!(taxed(&format!("depreciation = \"straight-line\"\n{years}")), [1_000.0, -150.0, -150.0, -250.0]);
    assert_eq!(taxed(&format!("depreciation = \"sum-of-digits\"\n{years}")), [1_000.0, -225.0, -150.0, -175.0]);
    // Declining by half: 500, 250, 125; 125 are left and 100 come in.
    let half = "depreciation = \"declining\"\ndepreciation_rate = \"50%\"";
    assert_eq!(taxed(half), [1_000.0, -250.0, -125.0, -62.5 - 100.0 + 0.5 * (100.0 - 125.0)]);
    // Down to 100 only.
    let deep = "depreciation = \"declining\"\ndepreciation_rate = \"80%\"\ndepreciation_to = \"salvage\"";
    assert_eq!(taxed(deep), [1_000.0, -400.0, -50.0, -100.0]);
}

#[test]
fn what_a_way_of_writing_down_needs_is_told() {
    let codes = |assumptions: &str| match parse(&Source::new("t.toml", one(assumptions, "", "initial = \"1\""))) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| (fault.code.as_str(), fault.path.clone())).collect::<Vec<_>>(),
    };
    for (assumptions, code, path) in [
        ("depreciation = \"declining\"", "E0", "assumptions"),
        ("depreciation = \"macrs\"\ndepreciation_years = 4", "E0", "assumptions.depreciation_years"),
        (
            "depreciation = \"straight-line\"\ndepreciation_rate = \"20%\"\ndepreciation_years = 4",
            "E0",
            "assumptions.depreciation_rate",
        ),
        ("depreciation_rate = \"20%\"", "E0", "assumptions"),
        ("depreciation_to = \"salvage\"", "E0", "assumptions"),
    ] {
        let found = codes(assumptions);
        assert!(
            found.iter().any(|(found, at)| found.starts_with(code) && format!("{at:?}").contains(path)),
            "{assumptions}: {found:?}"
        );
    }
}

#[test]
fn time_saved_counts_in_the_value_and_is_no_cash() {
    let base = one("horizon = \"2 years\"\ndiscount_rate = \"10%\"\ntax_rate = \"25%\"", "", "yearly = \"400\"");
    let saving = base.replace(
        "[[plan]]",
        "[control.saves]\npeople = { time = \"1 hour per week\", rate = \"10 per hour\" }\nusers = { users = 10, time = \"6 minutes per day\", rate = \"2 per hour\" }\n[[plan]]",
    );
    let (without, with) = (money(&base), money(&saving));
    // 52 × 10 and 10 × 0.1 × 220 × 2, after tax.
    let gain = (520.0 + 440.0) * 0.75;
    assert_eq!(with.gains.iter().map(|gain| gain.to_f64()).collect::<Vec<_>>(), [0.0, gain, gain]);
    let present = gain / 1.1 + gain / 1.21;
    near(with.net_present_value.to_f64() - without.net_present_value.to_f64(), present, 1e-12);
    let cost = without.present_cost.to_f64();
    assert_eq!((with.present_cost, &with.cash), (without.present_cost, &without.cash));
    near(with.rosi.unwrap().to_f64() - without.rosi.unwrap().to_f64(), present / cost, 1e-12);
    near(
        with.benefit_cost_ratio.unwrap().to_f64() - without.benefit_cost_ratio.unwrap().to_f64(),
        present / cost,
        1e-12,
    );
    assert_eq!(with.equivalent_annual_cost, without.equivalent_annual_cost);
    // Every way to the value knows it: paths, weights, shares.
    let parsed = parse(&Source::new("t.toml", saving)).unwrap();
    let analysis =
        analyse(&parsed.scenario, &Settings { method: MethodChoice::Simulate, ..Settings::default() }).unwrap();
    let values = &analysis.paths.as_ref().unwrap().values[OptionId(0)];
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    near(mean, with.net_present_value.to_f64(), 0.02);
    near(analysis.plans[OptionId(0)].contributions[0].shapley.to_f64(), with.net_present_value.to_f64(), 1e-9);
}

#[test]
fn to_wait_a_year_is_first_told_with_the_same_end() {
    let text =
        fs::read_to_string(format!("{}/scenarios/three-vendors/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let now = expected(&text).plans[OptionId(1)].investment.clone();
    let waiting = now.cost_of_waiting.unwrap();
    near(waiting.total.to_f64(), 193_933.0, 1e-6);
    near(waiting.total.to_f64(), (waiting.loss_suffered - waiting.spending_saved).to_f64(), 1e-12);
    // The same plan begun a year later, at the prices of then.
    let later = text.replace("controls = [\"edr-b\"]", "controls = [{ id = \"edr-b\", start = \"year 2\" }]");
    let later = expected(&later).plans[OptionId(1)].investment.clone();
    // 180,000 grow by 2 %; a fifth of that is written down in each of four years, at 25 % tax.
    let dearer = 3_600.0 / 1.09 - 0.25 * 720.0 * (2..=5).map(|t| 1.09_f64.powi(-t)).sum::<f64>();
    near(waiting.total.to_f64(), (now.net_present_value - later.net_present_value).to_f64() + dearer, 1e-12);
    // Over a horizon of a year more all five years of it are written down.
    let dearer = 3_600.0 / 1.09 - 0.25 * 720.0 * (2..=6).map(|t| 1.09_f64.powi(-t)).sum::<f64>();
    near(now.waiting.unwrap().to_f64(), 28_889.757_72 + dearer, 1e-8);
    // Where what is left counts, it is part of the difference.
    let counted = text.replace("horizon = \"5 years\"", "horizon = \"5 years\"\nend_value = \"straight-line\"");
    let left = expected(&counted).plans[OptionId(1)].investment.cost_of_waiting.unwrap();
    near(left.total.to_f64(), (waiting.total - waiting.unused_life).to_f64(), 1e-9);
}
