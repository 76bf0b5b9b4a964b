//! Which pictures of years look bad first?

use super::super::*;
use super::cases::{LONG, RISKS, WORDS, figure};
use crate::report::chart::{ChartOption, ExceedanceCurve};
use crate::report::pictures::before_and_after::OptionYears;
use crate::report::pictures::density::LossBin;
use crate::report::pictures::ranges::RiskYears;
use crate::report::pictures::tail::RiskPart;
use crate::report::pictures::tower::{InsuredEvent, Layer};
use crate::report::pictures::waterfall::WaterfallStep;

const JAPANESE: &str = "ランサムウェアによる受注処理の停止およびすべての拠点での出荷と請求の中断";
const TITLE: &str = "With Core a bad year costs half of what it costs today";

fn option_name(option: usize) -> &'static str {
    if option == 0 { "Today" } else { WORDS[(option - 1) % 8] }
}

fn of(place: Option<usize>) -> ChartOption {
    place.map_or_else(|| ChartOption::today("Today"), |place| ChartOption::plan(WORDS[place % 8], place))
}

/// Losses whose logarithms are logistic, because those quantiles can be written down.
pub(super) fn curve(name: &str, chance_of_loss: f64, median: f64, slope: f64) -> ExceedanceCurve {
    let at = |i: usize| {
        let chance = chance_of_loss * (1.0 - (i as f64 + 0.5) / 200.0).powi(4);
        let part = (chance / chance_of_loss).min(1.0 - 1e-9);
        (median * ((1.0 - part) / part).powf(slope), chance)
    };
    ExceedanceCurve::new(name, chance_of_loss, if chance_of_loss > 0.0 { (0..200).map(at).collect() } else { vec![] })
}

fn limit(name: &str, loss: f64, chance: f64, options: usize) -> AgreedLimit {
    let chances = (0..options).map(|option| if option == 0 { 0.153 } else { 0.09 * figure(option) }).collect();
    AgreedLimit { name: name.into(), loss, chance, chances, errors: Vec::new() }
}

pub(super) fn exceedance(currency: &'static str, curves: Vec<ExceedanceCurve>, limits: Vec<AgreedLimit>) -> Chart {
    Exceedance::new(currency, curves, limits)
        .into_chart("exceedance", TITLE)
        .with_note("Example figures, to be replaced.")
}

/// Today and plans that lower both the chance and the size of loss.
pub(super) fn spread_curves(options: usize, size: f64) -> Vec<ExceedanceCurve> {
    let plan = |option: usize| {
        let better = if option == 0 { 1.0 } else { 0.25 + 0.7 * figure(option * 17 + 3) };
        curve(option_name(option), 0.6 * better, size * better, 0.45)
    };
    (0..options).map(plan).collect()
}

pub(super) fn limits(size: f64, options: usize) -> Vec<AgreedLimit> {
    vec![limit("agreed limit", 2.5 * size, 0.05, options), limit("capacity", 8.0 * size, 0.01, options)]
}

pub(super) fn density(place: Option<usize>, chance_of_no_loss: f64, bins: usize, size: f64) -> Chart {
    let loss = 1.0 - chance_of_no_loss;
    let width = 10.0 * size / bins.max(1) as f64;
    let exceeding = |x: f64| loss * (-x / (1.5 * size)).exp();
    let bin = |i: usize| {
        let (from, to) = (i as f64 * width, (i + 1) as f64 * width);
        LossBin { from, to, chance: exceeding(from) - exceeding(to) }
    };
    let at = |chance: f64| if loss > chance { 1.5 * size * (loss / chance).ln() } else { 0.0 };
    let years = [loss * 1.5 * size, at(0.05), at(0.01)];
    let bins = if loss > 0.0 && size > 0.0 { (0..bins).map(bin).collect() } else { Vec::new() };
    AnnualLossDensity::new("EUR", of(place), chance_of_no_loss, bins, years)
        .into_chart("year", TITLE)
        .with_note("Example figures, to be replaced.")
}

pub(super) fn tail(currency: &'static str, place: Option<usize>, names: &[&str], risks: usize, size: f64) -> Chart {
    let part =
        |i: usize| RiskPart { name: names[i % names.len()].to_owned(), loss: size * figure(i + 1) * figure(i + 1) };
    TailContribution::new(currency, of(place), 0.05, (0..risks).map(part).collect())
        .into_chart("tail", "Ransomware makes the bad years bad")
        .with_note("Example figures, to be replaced.")
}

fn step(name: &str, reduction: f64) -> WaterfallStep {
    WaterfallStep { name: name.into(), reduction, is_insurance: false }
}

pub(super) fn waterfall(currency: &'static str, place: usize, today: f64, steps: Vec<WaterfallStep>) -> Chart {
    Waterfall::new(currency, of(Some(place)), today, steps)
        .into_chart("waterfall", "From today to the plan")
        .with_note("Example figures, to be replaced.")
}

pub(super) fn falling(steps: usize, today: f64, with_insurance: bool) -> Vec<WaterfallStep> {
    let names = ["Phishing-resistant sign-in", "Backups that cannot be changed", LONG, "Network segments", JAPANESE];
    let mut left = today;
    let mut all: Vec<_> = (0..steps)
        .map(|i| {
            let reduction = left * 0.4 * figure(i + 2);
            left -= reduction;
            step(names[i % names.len()], reduction)
        })
        .collect();
    if with_insurance {
        all.push(WaterfallStep { name: "Cyber insurance".into(), reduction: left * 0.5, is_insurance: true });
    }
    all
}

pub(super) fn years(currency: &'static str, figures: &[[f64; 3]], limits: Vec<AgreedLimit>) -> Chart {
    let option = |(i, [average, bad_year, very_bad_year]): (usize, &[f64; 3])| OptionYears {
        option: match i {
            0 => ChartOption::today(option_name(0)),
            i => ChartOption::plan(option_name(i), i - 1),
        },
        average: *average,
        bad_year: *bad_year,
        very_bad_year: *very_bad_year,
    };
    LossBeforeAndAfter::new(currency, figures.iter().enumerate().map(option).collect(), limits)
        .into_chart("years", TITLE)
        .with_note("Example figures, to be replaced.")
}

fn ranges(currency: &'static str, risks: usize, plan: Option<usize>, size: f64) -> Chart {
    let options = std::iter::once(None).chain(plan.map(Some)).map(of).collect::<Vec<_>>();
    let risk = |index: usize| {
        let years = |option: usize| {
            let average = size * figure(index + 3 * option + 1).powi(3);
            // A rare risk costs nothing in its bad year.
            let bad = if index % 3 == 2 { 0.0 } else { average * 3.0 };
            [average, bad, (average * 9.0 * figure(index + 17)).max(bad)]
        };
        RiskYears { name: RISKS[index % RISKS.len()].to_owned(), years: (0..options.len()).map(years).collect() }
    };
    let risks = (0..risks).map(risk).collect();
    LossRanges::new(currency, options.clone(), risks).into_chart("ranges").with_note("Example figures, to be replaced.")
}

fn all_ranges(cases: &mut Vec<(String, Chart)>) {
    for (risks, plan, size) in
        [(1, None, 3.0), (1, Some(5), 4e12), (3, Some(0), 3e6), (12, Some(5), 8e4), (12, None, 5e8), (40, Some(2), 3e6)]
    {
        cases.push((format!("ranges-{risks}-{}", plan.is_some()), ranges("EUR", risks, plan, size)));
    }
    cases.push(("ranges-of-nothing".into(), ranges("JPY", 2, Some(1), 0.0)));
}

fn spread_years(options: usize, size: f64) -> Vec<[f64; 3]> {
    let better = |option: usize| if option == 0 { 1.0 } else { 0.25 + 0.7 * figure(option * 17 + 3) };
    (0..options).map(|option| [0.4, 2.3, 5.2].map(|loss| loss * better(option) * size)).collect()
}

/// Every case that once looked bad or might.
pub(super) fn cases() -> Vec<(String, Chart)> {
    let mut cases = Vec::new();
    exceedances(&mut cases);
    densities(&mut cases);
    tails(&mut cases);
    waterfalls(&mut cases);
    all_years(&mut cases);
    all_ranges(&mut cases);
    towers(&mut cases);
    cases
}

fn exceedances(cases: &mut Vec<(String, Chart)>) {
    let mut add =
        |name: &str, curves, limits| cases.push((format!("exceed-{name}"), exceedance("EUR", curves, limits)));
    for options in 1..=9 {
        add(&options.to_string(), spread_curves(options, 1e6), limits(1e6, options));
    }
    add("no-limit", spread_curves(3, 1e6), vec![]);
    for (name, size) in [("tiny", 0.2), ("huge", 3e12), ("minute", 1e-7)] {
        add(name, spread_curves(3, size), limits(size, 3));
    }
    let zero = |name: &str| curve(name, 0.0, 1.0, 1.0);
    add("all-zero", vec![zero("Today"), zero("Core")], vec![limit("agreed limit", 2.5e6, 0.05, 2)]);
    add("all-zero-no-limit", vec![zero("Today")], vec![]);
    let mut one_zero = spread_curves(2, 1e6);
    one_zero.extend([zero(LONG), curve("Rare", 0.000_8, 1e6, 0.4)]);
    add("one-zero", one_zero, limits(1e6, 4));
    let equal = |options: usize| (0..options).map(|option| curve(option_name(option), 0.5, 1e6, 0.4)).collect();
    add("equal", equal(4), limits(1e6, 4));
    add("nine-equal", equal(9), limits(1e6, 9));
    let nearly = (0..9).map(|i| curve(option_name(i), 0.5, 1e6 * (1.0 + 0.01 * i as f64), 0.4)).collect();
    add("nine-nearly-equal", nearly, limits(1e6, 9));
    let wide: Vec<_> = [1e3, 3e4, 4e7].iter().enumerate().map(|(i, m)| curve(option_name(i), 0.7, *m, 0.4)).collect();
    add("wide", wide.clone(), vec![limit("agreed limit", 2.5e6, 0.05, 3), limit("materiality", 3e4, 0.1, 3)]);
    add("wide-no-limit", wide, vec![]);
    add("heavy", vec![curve("Today", 0.9, 1e5, 0.95), curve("Core", 0.6, 1e5, 0.9)], limits(1e5, 2));
    add("certain", vec![curve("Today", 1.0, 1e6, 0.2), curve("Core", 1.0, 7e5, 0.2)], limits(1e6, 2));
    add("limit-far", spread_curves(2, 1e6), vec![limit("agreed limit", 9e8, 0.05, 2)]);
    let extremes = vec![
        limit("no loss at all", 0.0, 0.0, 2),
        limit("any chance", 1e6, 1.0, 2),
        limit(LONG, 3e6, 0.000_1, 2),
        limit("the same", 3e6, 0.05, 2),
        limit("the same again", 3e6, 0.05, 2),
    ];
    add("limits-extreme", spread_curves(2, 1e6), extremes);
    let step = |name: &str, loss| ExceedanceCurve::new(name, 0.3, vec![(0.0, 0.3), (loss, 0.3), (loss, 0.0)]);
    add("step", vec![step("Today", 1e6), step("Core", 4e5)], limits(2e5, 2));
    add("short", vec![ExceedanceCurve::new("Today", 0.3, vec![(1e6, 0.1)]), step("Core", 4e5)], vec![]);
    let mut long = spread_curves(3, 1e9);
    for (curve, name) in long.iter_mut().zip([JAPANESE, LONG, "基本対策"]) {
        curve.name = name.to_owned();
    }
    let agreed = vec![limit("取締役会で合意された上限", 2.5e9, 0.05, 3)];
    cases.push(("exceed-yen".into(), exceedance("JPY", long, agreed)));
}

fn densities(cases: &mut Vec<(String, Chart)>) {
    for (name, place, none, bins, size) in [
        ("today", None, 0.62, 40, 1e6),
        ("one-bin", Some(0), 0.62, 1, 1e6),
        ("many-bins", Some(1), 0.3, 200, 1e6),
        ("never-without", Some(2), 0.0, 30, 1e6),
        ("mostly-without", Some(5), 0.97, 30, 1e6),
        ("almost-always-without", Some(7), 0.999, 30, 1e6),
        ("zero", Some(3), 1.0, 0, 0.0),
        ("tiny", Some(4), 0.5, 20, 0.05),
        ("huge", Some(6), 0.5, 20, 1e13),
        ("minute", Some(6), 0.5, 20, 1e-8),
    ] {
        cases.push((format!("density-{name}"), density(place, none, bins, size)));
    }
    let bins = [(0.0, 1.0, 0.2), (1.0, 10.0, 0.1), (10.0, 100.0, 0.05), (100.0, 1000.0, 0.01)];
    let bins = bins.map(|(from, to, chance)| LossBin { from, to, chance }).to_vec();
    let uneven = AnnualLossDensity::new("EUR", ChartOption::plan(LONG, 1), 0.62, bins, [12.0, 60.0, 1000.0]);
    cases.push(("density-uneven".into(), uneven.into_chart("year", TITLE)));
    let one = vec![LossBin { from: 0.0, to: 1e5, chance: 1.0 }];
    let flat = AnnualLossDensity::new("JPY", ChartOption::plan(JAPANESE, 1), 0.0, one, [9e6, 9e6, 9e6]);
    cases.push(("density-same-years".into(), flat.into_chart("year", TITLE)));
}

fn tails(cases: &mut Vec<(String, Chart)>) {
    for risks in [1, 2, 3, 12, 40] {
        cases.push((format!("tail-{risks}"), tail("EUR", Some(risks % 8), &RISKS, risks, 3e6)));
    }
    for (name, size) in [("zero", 0.0), ("tiny", 0.5), ("huge", 1e13), ("negative", -1.0)] {
        cases.push((format!("tail-{name}"), tail("EUR", None, &RISKS, 4, size)));
    }
    cases.push(("tail-yen".into(), tail("JPY", Some(1), &[JAPANESE, LONG, "顧客データの紛失"], 5, 3e9)));
}

fn waterfalls(cases: &mut Vec<(String, Chart)>) {
    for steps in [0, 1, 3, 12, 40] {
        for with_insurance in [false, true] {
            let name = format!("waterfall-{steps}{}", if with_insurance { "-insured" } else { "" });
            cases.push((name, waterfall("EUR", steps % 8, 4.6e6, falling(steps, 4.6e6, with_insurance))));
        }
    }
    for (name, size) in [("tiny", 0.5), ("huge", 1e13)] {
        cases.push((format!("waterfall-{name}"), waterfall("JPY", 1, size, falling(3, size, true))));
    }
    let mut add =
        |name: &str, today, steps| cases.push((format!("waterfall-{name}"), waterfall("EUR", 5, today, steps)));
    add("zero", 0.0, vec![step("Backups", 0.0), step("Sign-in", 0.0)]);
    add("rising", 1e6, vec![step("Old firewall is dropped", -4e5), step("Backups", 6e5), step("Nothing", 0.0)]);
    add("rising-only", 1e6, vec![step("Old firewall is dropped", -4e6)]);
    add("below-zero", 1e6, vec![step("Backups", 9e5), step("Sign-in", 4e5), step("Drop", -2e5)]);
}

fn all_years(cases: &mut Vec<(String, Chart)>) {
    let mut add =
        |name: &str, figures: &[[f64; 3]], limits| cases.push((format!("years-{name}"), years("EUR", figures, limits)));
    for options in 1..=9 {
        add(&options.to_string(), &spread_years(options, 1e6), limits(1e6, options));
    }
    add("no-limit", &spread_years(3, 1e6), vec![]);
    add("zero", &[[0.0; 3]; 3], vec![]);
    add("zero-limit", &[[0.0; 3]; 3], limits(1e6, 3));
    add("some-zero", &[[4e5, 2e6, 5e6], [0.0; 3], [3e4, 0.0, 1e6]], limits(1e6, 3));
    add("equal", &[[1e6; 3]; 4], limits(1e6, 4));
    add("tiny", &spread_years(3, 0.2), limits(0.2, 3));
    add("huge", &spread_years(3, 3e12), limits(3e12, 3));
    add("heavy", &[[4e4, 1e5, 5e7], [4e3, 1e4, 5e6]], limits(1e5, 2));
    add("limit-far", &spread_years(2, 1e5), vec![limit("agreed limit", 9e8, 0.05, 2)]);
    let many = ["agreed limit", LONG, JAPANESE, "capacity"];
    let many = many.iter().enumerate().map(|(i, name)| limit(name, 1e6 * (1.0 + i as f64 / 10.0), 0.05, 2)).collect();
    add("many-limits", &spread_years(2, 1e6), many);
}

fn towers(cases: &mut Vec<(String, Chart)>) {
    let layer = |name: &str, retention: f64, limit: Option<f64>, coinsurance: f64| Layer {
        name: name.to_owned(),
        retention,
        limit,
        annual_limit: limit,
        coinsurance,
        premium: 0.04 * retention,
    };
    let events = |count: usize, size: f64| -> Vec<InsuredEvent> {
        (0..count)
            .map(|i| InsuredEvent { name: RISKS[i % RISKS.len()].to_owned(), loss: size * figure(i * 7 + 1) })
            .collect()
    };
    let mut add = |name: &str, currency, policies: Vec<Layer>, events: Vec<InsuredEvent>| {
        cases.push((
            format!("tower-{name}"),
            InsuranceTower::new(currency, policies, events).into_chart("tower", TITLE),
        ));
    };
    for policies in 1..=6 {
        let all = (0..policies).map(|i| layer(option_name(i + 1), 1e5 * (i + 1) as f64, Some(2e6), 0.1 * i as f64));
        add(&policies.to_string(), "EUR", all.collect(), events(policies * 3, 4e6));
    }
    add("no-limit", "EUR", vec![layer("Cyber", 1e5, None, 0.0)], events(3, 1e6));
    add("no-retention", "EUR", vec![layer("Cyber", 0.0, Some(1e6), 0.5)], events(1, 1e5));
    add("thin", "EUR", vec![layer("Cyber", 1e6, Some(1e3), 0.0)], vec![]);
    add("tiny-events", "EUR", vec![layer("Cyber", 1e6, Some(5e8), 0.2)], events(40, 1e3));
    add("vast-events", "EUR", vec![layer("Cyber", 1e4, Some(5e4), 1.0)], events(40, 1e12));
    let long = vec![layer(LONG, 3e7, Some(6e8), 0.15), layer(JAPANESE, 1e9, Some(2e9), 0.0)];
    add(
        "long",
        "JPY",
        long,
        vec![InsuredEvent { name: LONG.into(), loss: 2e8 }, InsuredEvent { name: JAPANESE.into(), loss: 2e8 }],
    );
}

#[cfg(feature = "pdf")]
#[test]
fn rows_of_years_keep_apart_however_low_their_room_is() {
    for options in 2..=5 {
        let chart = years("EUR", &spread_years(options, 1e6), limits(1e6, options));
        let scene = chart.scene_as_high(10.0).unwrap();
        let labels: Vec<_> = scene.labels().collect();
        for (place, one) in labels.iter().enumerate() {
            for other in &labels[place + 1..] {
                assert!(!one.area().overlaps(&other.area()), "{options} options: {} over {}", one.text, other.text);
            }
        }
    }
}
