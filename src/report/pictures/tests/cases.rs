//! Which charts look bad first?

use super::super::*;
use crate::report::chart::ChartOption;
use crate::report::pictures::cash::PlanPath;
use crate::report::pictures::cost::PlanPoint;
use crate::report::pictures::frontier::FrontierPoint;
use crate::report::pictures::loss_by_risk::RiskLosses;
use crate::report::pictures::tornado::Swing;

pub(super) const LONG: &str =
    "Ransomware that stops order processing, shipping and invoicing at all three sites during the season";
pub(super) const WORDS: [&str; 8] =
    ["Core", "Essential hygiene", "Full programme", "Minimum", "Outsourced", LONG, "Insurance", "Plus"];
pub(super) const RISKS: [&str; 6] = [
    "Ransomware stops order processing",
    "Stolen password used for payment fraud",
    "Laptop lost",
    LONG,
    "Supplier breached",
    "Überlastung der Bestellannahme durch Angriffe",
];

/// Well spread figures without a random number generator.
pub(super) fn figure(seed: usize) -> f64 {
    ((seed * 7919 + 13) % 997) as f64 / 997.0
}

pub(super) fn chart(id: &str, kind: impl Into<ChartKind>) -> Chart {
    let description = "What the options leave of each risk. Figures for the tests.";
    Chart::new(id, "The core plan halves the average loss per year", description, kind)
        .of_case("Keep orders flowing")
        .of_run("rosi 0.1.0 · scenario 588e2a662ac8 · seed 1 · simulated (32768 years)")
        .with_note("Example figures, to be replaced")
}

pub(super) fn by_risk(risks: usize, options: usize, size: f64) -> Chart {
    let names = (0..options).map(|o| if o == 0 { "Today".into() } else { WORDS[(o - 1) % 8].to_owned() }).collect();
    let risk = |r: usize| {
        let today = size * figure(r + 1).powi(2);
        let losses = (0..options).map(|o| if o == 0 { today } else { today * figure(r * 9 + o * 31) }).collect();
        RiskLosses { name: RISKS[r % 6].to_owned(), losses }
    };
    chart("loss-by-risk", LossByRisk::new("EUR", names, (0..risks).map(risk).collect()))
}

pub(super) fn cost_points(points: &[(f64, f64)]) -> Chart {
    let plan = |(i, (cost, avoided)): (usize, &(f64, f64))| PlanPoint {
        name: WORDS[i % 8].to_owned(),
        cost: *cost,
        loss_avoided: *avoided,
        value: avoided - cost,
    };
    let plans = points.iter().enumerate().map(plan).collect();
    chart("cost", CostAgainstLossAvoided::new("EUR", "3 years", plans))
}

pub(super) fn spread_points(plans: usize, size: f64) -> Chart {
    let points: Vec<_> = (0..plans).map(|i| (size * figure(i + 3), 2.0 * size * figure(i + 71))).collect();
    cost_points(&points)
}

pub(super) fn cash(nets: Vec<Vec<f64>>) -> Chart {
    let plans = nets.into_iter().enumerate().map(|(i, net)| PlanPath::new(WORDS[i % 8], net)).collect();
    chart("cash", CumulativeCash::new("EUR", plans))
}

pub(super) fn cash_paths(plans: usize, years: usize, size: f64) -> Chart {
    let path = |i: usize| {
        let yearly = size * (figure(i + 5) - 0.15) * 0.7;
        (0..=years).map(|year| yearly * year as f64 - size * figure(i + 40)).collect()
    };
    cash((0..plans).map(path).collect())
}

pub(super) fn tornado(count: usize, size: f64, value: f64) -> Chart {
    let swing = |i: usize| Swing {
        name: format!("{}: {}", RISKS[i % 6], ["events a year", "reduction of how often it happens"][i % 2]),
        from: ["1 in 24 years", "12%", "48 k an hour, with a very long explanation"][i % 3].to_owned(),
        to: ["1 in 2 years", "88%", "120k"][i % 3].to_owned(),
        low: size * (value - figure(i + 3)),
        high: size * (value + (if i.is_multiple_of(4) { 0.0 } else { 1.0 }) * figure(i + 11)),
    };
    let option = ChartOption::plan(WORDS[0], 0);
    let tornado = Tornado::new("EUR", option, size * value, (0..count).map(swing).collect());
    chart("tornado", tornado.into_chart("tornado", "t").kind)
}

pub(super) fn frontier(count: usize, size: f64) -> Chart {
    let point = |i: usize| FrontierPoint {
        spend: size * (i as f64 * 0.13 + 0.05 * figure(i)),
        loss: size * 2.0 / (1.0 + i as f64),
        change: if i == 0 { "Nothing more".to_owned() } else { format!("+ {}", RISKS[i % 6]) },
        is_chosen: i == count / 2,
    };
    let frontier = Frontier::new("EUR", "3 years", (0..count).map(point).collect());
    chart("frontier", frontier.into_chart("frontier", "t").kind)
}

/// Every case that once looked bad or might.
pub(super) fn cases() -> Vec<(String, Chart)> {
    let mut cases = Vec::new();
    for risks in [1, 3, 12, 40] {
        for options in [1, 2, 3, 4, 5, 9] {
            cases.push((format!("risks-{risks}-options-{options}"), by_risk(risks, options, 3e6)));
        }
    }
    for plans in 1..=8 {
        cases.push((format!("points-{plans}"), spread_points(plans, 1e6)));
        cases.push((format!("cash-{plans}"), cash_paths(plans, 5, 1e6)));
    }
    for (name, size) in [("tiny", 3.0), ("huge", 4e12), ("zero", 0.0), ("negative", -2e5), ("minute", 1e-7)] {
        cases.push((format!("risks-{name}"), by_risk(5, 3, size)));
        cases.push((format!("risks-columns-{name}"), by_risk(5, 6, size)));
        cases.push((format!("points-{name}"), spread_points(3, size)));
        cases.push((format!("cash-{name}"), cash_paths(3, 3, size)));
    }
    cases.push(("points-equal".into(), cost_points(&[(1e5, 3e5); 4])));
    cases.push(("points-eight-equal".into(), cost_points(&[(1e5, 3e5); 8])));
    cases.push(("points-steep".into(), cost_points(&[(5e4, 2e7), (6e4, 1.9e7)])));
    cases.push(("points-all-below".into(), cost_points(&[(5e6, 1e5), (4e6, -2e5)])));
    cases.push(("points-saving".into(), cost_points(&[(-3e5, 1e5), (4e5, 2e5), (0.0, 0.0)])));
    cases.push(("cash-equal".into(), cash(vec![vec![-1e5, 0.0, 1e5]; 4])));
    cases.push(("cash-one-year".into(), cash(vec![vec![-1e5, 3e5]])));
    cases.push(("cash-start-only".into(), cash(vec![vec![-1e5], vec![2e5]])));
    cases.push(("cash-thirty-years".into(), cash_paths(3, 30, 1e6)));
    cases.push(("cash-unlike-lengths".into(), cash(vec![vec![-1e5, 0.0, 1e5, 3e5], vec![-2e5, 1e5]])));
    cases.push(("risks-yen".into(), yen()));
    for (count, size) in [(1, 3e5), (3, 4e12), (10, 3e6), (16, 3.0)] {
        cases.push((format!("tornado-{count}"), tornado(count, size, 0.6)));
        cases.push((format!("tornado-{count}-below"), tornado(count, size, -1.2)));
    }
    for (count, size) in [(2, 4e5), (5, 3e6), (12, 4e12), (21, 30.0)] {
        cases.push((format!("frontier-{count}"), frontier(count, size)));
    }
    cases
}

/// Japanese names and yen, which come in large figures.
pub(super) fn yen() -> Chart {
    let losses = |name: &str, size: f64| RiskLosses { name: name.into(), losses: vec![size, size * 0.4, size * 0.7] };
    let risks = vec![
        losses("ランサムウェアによる受注処理の停止およびすべての拠点での出荷と請求の中断", 2.4e8),
        losses("盗まれたパスワードによる不正送金", 9.1e7),
        losses("顧客データを含むノートパソコンの紛失", 3.3e6),
    ];
    let options = vec!["現状".into(), "基本対策".into(), "総合対策プログラム".into()];
    chart("yen", LossByRisk::new("JPY", options, risks))
}
