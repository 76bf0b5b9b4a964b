//! The yearly table of an option: flows, and every figure of its worth as a formula on them.

use super::{Cells, Graph, GraphForm, Look, Sheet, Slot, column, heads, words};
use crate::engine::PlanAnalysis;
use crate::model::{Scenario, Timing};
use crate::report::money::{cost_lines, tax_line};
use crate::report::sentences::name;
use crate::units::Figure;

/// The yearly table of a plan.
pub(super) struct PlanSheet {
    pub sheet: Sheet,
    /// Cells of the net present value, its present values and the first and last cell of the net flows.
    pub value: String,
    pub cost: String,
    pub net: (String, String),
    pub rate: Option<String>,
    pub payback: String,
}

impl PlanSheet {
    pub fn new(scenario: &Scenario, plan: &PlanAnalysis, sheet: &str) -> Self {
        let money = &plan.investment;
        let years = money.cost.len();
        let last = column(years);
        let mut rows: Vec<Vec<Slot>> = Vec::new();
        rows.push(vec![Slot::Head(format!("{}, {}", name(scenario, plan), scenario.currency().code()))]);
        let mut head = vec![Slot::Head(String::new()), Slot::Head("Now".to_owned())];
        head.extend((1..years).map(|t| Slot::Head(format!("Year {t}"))));
        head.extend(heads(&["Total"]));
        rows.push(head);
        rows.push(
            std::iter::once(words("Year")).chain((0..years).map(|t| Slot::Number(t as f64, Look::Plain))).collect(),
        );
        let year_row = rows.len();
        let half = if scenario.assumptions().timing == Timing::MidYear { "-0.5" } else { "" };
        let discount = crate::engine::discount_by_year(scenario);
        let factor = |t: usize| {
            let place = format!("{}${year_row}", column(t + 1));
            let formula = if t == 0 { "=1".to_owned() } else { format!("=1/(1+discount_rate)^({place}{half})") };
            Slot::Formula(formula, discount[t].to_f64(), Look::Plain)
        };
        rows.push(std::iter::once(words("Discount factor")).chain((0..years).map(factor)).collect());
        let factors = rows.len();
        let mut lines = cost_lines(&plan.controls);
        if money.premiums.iter().any(|premium| !premium.is_zero()) {
            lines.push(("Premiums, less today's", money.premiums.clone()));
        }
        lines.extend(tax_line(&lines, &money.cost).filter(|_| !scenario.assumptions().tax_rate.get().is_zero()));
        let first = rows.len() + 1;
        let total = |row: usize, flows: &[Figure]| {
            let sum: Figure = flows.iter().copied().sum();
            Slot::Formula(format!("=SUM(B{row}:{last}{row})"), sum.to_f64(), Look::Money)
        };
        for (label, flows) in &lines {
            let row = rows.len() + 1;
            let mut cells = vec![words(*label)];
            cells.extend(flows.iter().map(|flow| Slot::Number(flow.to_f64(), Look::Money)));
            cells.push(total(row, flows));
            rows.push(cells);
        }
        let after = rows.len();
        let row_of = |label: &str,
                      look: Look,
                      rows: &mut Vec<Vec<Slot>>,
                      flows: &[Figure],
                      formula: &dyn Fn(&str) -> String| {
            let row = rows.len() + 1;
            let mut cells = vec![words(label)];
            cells.extend(
                flows.iter().enumerate().map(|(t, flow)| Slot::Formula(formula(&column(t + 1)), flow.to_f64(), look)),
            );
            cells.push(total(row, flows));
            rows.push(cells);
            row
        };
        let cost_row = row_of("All costs", Look::Total, &mut rows, &money.cost, &|c| match lines.is_empty() {
            true => "=0".to_owned(),
            false => format!("=SUM({c}{first}:{c}{after})"),
        });
        let mut avoided = vec![words("Loss avoided (estimate, not cash)")];
        avoided.extend(money.loss_avoided.iter().map(|flow| Slot::Number(flow.to_f64(), Look::Money)));
        avoided.push(total(rows.len() + 1, &money.loss_avoided));
        rows.push(avoided);
        let avoided_row = rows.len();
        let net: Vec<Figure> = money.loss_avoided.iter().zip(&money.cost).map(|(a, c)| *a - *c).collect();
        let net_row = row_of("Net", Look::Total, &mut rows, &net, &|c| format!("={c}{avoided_row}-{c}{cost_row}"));
        let discounted: Vec<Figure> = net.iter().zip(&discount).map(|(net, factor)| *net * *factor).collect();
        let discounted_row = row_of("Net in today's money", Look::Money, &mut rows, &discounted, &|c| {
            format!("={c}{net_row}*{c}{factors}")
        });
        let mut sum = Figure::ZERO;
        let running: Vec<Figure> = net
            .iter()
            .map(|flow| {
                sum = sum + *flow;
                sum
            })
            .collect();
        let mut cells = vec![words("Net, added up")];
        cells.extend(running.iter().enumerate().map(|(t, flow)| {
            let c = column(t + 1);
            Slot::Formula(format!("=SUM($B{net_row}:{c}{net_row})"), flow.to_f64(), Look::Money)
        }));
        rows.push(cells);
        let running_row = rows.len();
        let mut cash = vec![words("Money paid (budget, before tax)")];
        cash.extend(money.cash.iter().map(|flow| Slot::Number(flow.to_f64(), Look::Money)));
        cash.push(total(rows.len() + 1, &money.cash));
        rows.push(cash);
        rows.push(Vec::new());
        let range = |row: usize| format!("B{row}:{last}{row}");
        let mut figure = |label: &str, formula: String, result: f64, look: Look| {
            rows.push(vec![words(label), Slot::Formula(formula, result, look)]);
            format!("$B${}", rows.len())
        };
        let present = |row: usize| format!("=SUMPRODUCT({},{})", range(row), range(factors));
        let cost = figure("Cost in today's money", present(cost_row), money.present_cost.to_f64(), Look::Money);
        let avoided =
            figure("Loss avoided in today's money", present(avoided_row), money.present_avoided.to_f64(), Look::Money);
        let value = figure(
            "Net present value",
            format!("=SUM({})", range(discounted_row)),
            money.net_present_value.to_f64(),
            Look::Total,
        );
        if let Some(rosi) = money.rosi {
            figure("Return on security investment", format!("={value}/{cost}"), rosi.to_f64(), Look::Share);
        }
        if let Some(ratio) = money.benefit_cost_ratio {
            figure("Loss avoided per unit of cost", format!("={avoided}/{cost}"), ratio.to_f64(), Look::Plain);
        }
        if let Some(even) = money.equivalent_annual_cost {
            let from = format!("C{factors}:{last}{factors}");
            figure("Cost as an even yearly amount", format!("={cost}/SUM({from})"), even.to_f64(), Look::Money);
        }
        let rate = money.internal_rate_of_return.map(|rate| {
            let guess = if (-0.9..10.0).contains(&rate) { format!(",{rate:.3}") } else { String::new() };
            figure("Internal rate of return", format!("=IRR({}{guess})", range(net_row)), rate, Look::Share)
        });
        let payback = payback(&mut rows, years, net_row, running_row, money.payback_years.map(Figure::to_f64));
        let by_year = |row: usize| Cells::of_row(row - 1, 1, years);
        let graph = |title: &str, form: GraphForm, rows: &[usize]| Graph {
            title: format!("{title}, {}", scenario.currency().code()),
            form,
            labels: by_year(2),
            series: rows.iter().map(|row| (Cells::one(row - 1, 0), by_year(*row))).collect(),
        };
        let graphs = vec![
            graph("Cost and loss avoided by year", GraphForm::Columns, &[cost_row, avoided_row]),
            graph("Net, added up", GraphForm::Line, &[running_row]),
        ];
        let mut widths = vec![36.0];
        widths.extend(std::iter::repeat_n(14.0, years + 1));
        Self {
            sheet: Sheet { name: sheet.to_owned(), rows, widths, frozen: 2, graphs },
            value,
            cost,
            net: (format!("$B${net_row}"), format!("${last}${net_row}")),
            rate,
            payback,
        }
    }
}

/// The payback as a row of steps: in the year in which the running sum comes back to zero, the part of it.
fn payback(rows: &mut Vec<Vec<Slot>>, years: usize, net: usize, running: usize, found: Option<f64>) -> String {
    let step_row = rows.len() + 1;
    let mut cells = vec![words("Paid back in this year after"), Slot::Empty];
    for t in 1..years {
        let (before, now) = (column(t), column(t + 1));
        let formula =
            format!("=IF(AND({before}{running}<0,{now}{running}>=0),{}-{before}{running}/{now}{net},\"-\")", t - 1);
        let is_here = found.is_some_and(|at| at > (t - 1) as f64 && at <= t as f64);
        match found.filter(|_| is_here) {
            Some(at) => cells.push(Slot::Formula(formula, at, Look::Years)),
            None => cells.push(Slot::Verdict(formula, "-".to_owned())),
        }
    }
    rows.push(cells);
    let last = column(years);
    let formula = format!(
        "=IF(COUNT(C{step_row}:{last}{step_row})>0,MIN(C{step_row}:{last}{step_row}),IF(MIN(B{running}:{last}{running})>=0,0,\"not within the horizon\"))"
    );
    rows.push(vec![
        words("Payback, years"),
        match found {
            Some(years) => Slot::Formula(formula, years, Look::Years),
            None => Slot::Verdict(formula, "not within the horizon".to_owned()),
        },
    ]);
    format!("$B${}", rows.len())
}
