//! The yearly table of an option: flows, and every figure of its worth as a formula on them.

use super::costs::{Priced, priced, written_down};
use super::{Cells, Graph, GraphForm, Inputs, Look, Sheet, Slot, column, heads, quoted, words};
use crate::engine::PlanAnalysis;
use crate::engine::cashflow::CostLine;
use crate::model::{Scenario, Timing};
use crate::report::money::{cost_flows, label, tax_line};
use crate::report::sentences::name;
use crate::report::texts::{line, texts};
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
    pub fn new(scenario: &Scenario, plan: &PlanAnalysis, sheet: &str, inputs: &Inputs) -> Self {
        let labels = &texts().workbook;
        let money = &plan.investment;
        let years = money.cost.len();
        let last = column(years);
        let mut rows: Vec<Vec<Slot>> = Vec::new();
        rows.push(vec![Slot::Head(format!("{}, {}", name(scenario, plan), scenario.currency().code()))]);
        let mut head = heads(&["", labels.now]);
        head.extend((1..years).map(|t| Slot::Head(line(labels.year_number, &[("year", &t)]))));
        head.extend(heads(&[labels.total]));
        rows.push(head);
        rows.push(
            std::iter::once(words(labels.year))
                .chain((0..years).map(|t| Slot::Number(t as f64, Look::Plain)))
                .collect(),
        );
        let year_row = rows.len();
        let half = if scenario.assumptions().timing == Timing::MidYear { "-0.5" } else { "" };
        let discount = crate::engine::discount_by_year(scenario);
        let factor = |t: usize| {
            let place = format!("{}${year_row}", column(t + 1));
            let formula = if t == 0 { "=1".to_owned() } else { format!("=1/(1+discount_rate)^({place}{half})") };
            Slot::Formula(formula, discount[t].to_f64(), Look::Plain)
        };
        rows.push(std::iter::once(words(labels.discount_factor)).chain((0..years).map(factor)).collect());
        let factors = rows.len();
        let first = rows.len() + 1;
        let lines = cost_rows(scenario, plan, inputs, (year_row, first));
        let total = |row: usize, flows: &[Figure]| {
            let sum: Figure = flows.iter().copied().sum();
            Slot::Formula(format!("=SUM(B{row}:{last}{row})"), sum.to_f64(), Look::Money)
        };
        for (label, flows, formulas) in &lines {
            let row = rows.len() + 1;
            let mut cells = vec![words(*label)];
            cells.extend(flows.iter().enumerate().map(|(t, flow)| match formulas.get(t).cloned().flatten() {
                Some(formula) => Slot::Formula(formula, flow.to_f64(), Look::Money),
                None => Slot::Number(flow.to_f64(), Look::Money),
            }));
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
        let cost_row = row_of(labels.all_costs, Look::Total, &mut rows, &money.cost, &|c| match lines.is_empty() {
            true => "=0".to_owned(),
            false => format!("=SUM({c}{first}:{c}{after})"),
        });
        let mut avoided = vec![words(labels.avoided)];
        avoided.extend(money.loss_avoided.iter().map(|flow| Slot::Number(flow.to_f64(), Look::Money)));
        avoided.push(total(rows.len() + 1, &money.loss_avoided));
        rows.push(avoided);
        let avoided_row = rows.len();
        let net: Vec<Figure> = money.loss_avoided.iter().zip(&money.cost).map(|(a, c)| *a - *c).collect();
        let net_row = row_of(labels.net, Look::Total, &mut rows, &net, &|c| format!("={c}{avoided_row}-{c}{cost_row}"));
        let discounted: Vec<Figure> = net.iter().zip(&discount).map(|(net, factor)| *net * *factor).collect();
        let discounted_row =
            row_of(labels.net_today, Look::Money, &mut rows, &discounted, &|c| format!("={c}{net_row}*{c}{factors}"));
        let mut added_up = |label: &str, flows: &[Figure], row: usize| {
            let mut sum = Figure::ZERO;
            let mut cells = vec![words(label)];
            cells.extend(flows.iter().enumerate().map(|(t, flow)| {
                sum = sum + *flow;
                let formula = format!("=SUM($B{row}:{}{row})", column(t + 1));
                Slot::Formula(formula, sum.to_f64(), Look::Money)
            }));
            rows.push(cells);
            rows.len()
        };
        let running_row = added_up(labels.net_sum, &net, net_row);
        let discounted_sum_row = added_up(labels.net_today_sum, &discounted, discounted_row);
        let mut cash = vec![words(labels.money_paid)];
        // What is paid out is part of the lines above.
        let paid =
            [label(CostLine::Bought), label(CostLine::Running), label(CostLine::Retired), texts().money.premiums];
        let paid: Vec<usize> = (0..lines.len()).filter(|place| paid.contains(&lines[*place].0)).collect();
        cash.extend(money.cash.iter().enumerate().map(|(t, flow)| {
            let sum: Figure = paid.iter().map(|place| lines[*place].1[t]).sum();
            let cells: Vec<String> = paid.iter().map(|place| format!("{}{}", column(t + 1), first + place)).collect();
            match (sum - *flow).to_f64().abs() < 1e-6 && !cells.is_empty() {
                true => Slot::Formula(format!("={}", cells.join("+")), flow.to_f64(), Look::Money),
                false => Slot::Number(flow.to_f64(), Look::Money),
            }
        }));
        cash.push(total(rows.len() + 1, &money.cash));
        rows.push(cash);
        rows.push(Vec::new());
        let range = |row: usize| format!("B{row}:{last}{row}");
        let mut figure = |label: &str, formula: String, result: f64, look: Look| {
            rows.push(vec![words(label), Slot::Formula(formula, result, look)]);
            format!("$B${}", rows.len())
        };
        let present = |row: usize| format!("=SUMPRODUCT({},{})", range(row), range(factors));
        let cost = figure(labels.present_cost, present(cost_row), money.present_cost.to_f64(), Look::Money);
        let avoided = figure(labels.present_avoided, present(avoided_row), money.present_avoided.to_f64(), Look::Money);
        let value = figure(
            labels.value,
            format!("=SUM({})", range(discounted_row)),
            money.net_present_value.to_f64(),
            Look::Total,
        );
        if let Some(rosi) = money.rosi {
            figure(labels.return_on_cost, format!("={value}/{cost}"), rosi.to_f64(), Look::Share);
        }
        if let Some(ratio) = money.benefit_cost_ratio {
            figure(labels.avoided_per_cost, format!("={avoided}/{cost}"), ratio.to_f64(), Look::Plain);
        }
        if let Some(even) = money.equivalent_annual_cost {
            let from = format!("C{factors}:{last}{factors}");
            figure(labels.even_cost, format!("={cost}/SUM({from})"), even.to_f64(), Look::Money);
        }
        let rate = money.internal_rate_of_return.map(|rate| {
            // Where an input is changed, rosi's rate may be too far off to begin with.
            let flows = range(net_row);
            let formula = match (-0.9..10.0).contains(&rate) {
                true => format!("=IFERROR(IRR({flows},{rate:.3}),IRR({flows}))"),
                false => format!("=IRR({flows})"),
            };
            figure(labels.rate_of_return, formula, rate, Look::Share)
        });
        let payback = payback(
            &mut rows,
            [labels.paid_back_after, labels.payback],
            years,
            (net_row, running_row),
            money.payback_years.map(Figure::to_f64),
        );
        self::payback(
            &mut rows,
            [labels.paid_back_today, labels.discounted_payback],
            years,
            (discounted_row, discounted_sum_row),
            money.discounted_payback_years.map(Figure::to_f64),
        );
        let by_year = |row: usize| Cells::of_row(row - 1, 1, years);
        let graph = |title: &str, form: GraphForm, rows: &[usize]| Graph {
            title: line(title, &[("currency", &scenario.currency().code())]),
            form,
            labels: by_year(2),
            series: rows.iter().map(|row| (Cells::one(row - 1, 0), by_year(*row))).collect(),
        };
        let graphs = vec![
            graph(labels.by_year, GraphForm::Columns, &[cost_row, avoided_row]),
            graph(labels.net_sum_by_year, GraphForm::Line, &[running_row]),
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

/// A line of costs: its name, its amounts and their formulas by year.
type CostRow = (&'static str, Vec<Figure>, Vec<Priced>);

/// The lines of what an option costs, the first in row `first`: what its controls cost by the inputs, premiums, and the
/// tax that costs save.
fn cost_rows(
    scenario: &Scenario,
    plan: &PlanAnalysis,
    inputs: &Inputs,
    (year_row, first): (usize, usize),
) -> Vec<CostRow> {
    let money = &plan.investment;
    let mut lines: Vec<CostRow> = cost_flows(&plan.controls)
        .into_iter()
        .map(|(cost_line, flows)| (label(cost_line), flows, priced(scenario, plan, cost_line, inputs, year_row)))
        .collect();
    if money.premiums.iter().any(|premium| !premium.is_zero()) {
        lines.push((texts().money.premiums, money.premiums.clone(), Vec::new()));
    }
    if scenario.assumptions().tax_rate.get().is_zero() {
        return lines;
    }
    let plain: Vec<_> = lines.iter().map(|(label, flows, _)| (*label, flows.clone())).collect();
    let Some((saved, flows)) = tax_line(&plain, &money.cost) else { return lines };
    // What is bought saves tax as it is written down, everything else in its year.
    let rate = Figure::exact(scenario.assumptions().tax_rate.get());
    let bought = label(CostLine::Bought);
    let is_bought = plain.first().is_some_and(|(label, _)| *label == bought);
    let formulas = (0..flows.len()).map(|t| {
        let others = plain.iter().skip(usize::from(is_bought)).map(|(_, flows)| flows[t]).sum::<Figure>();
        let (down, down_formula) = written_down(scenario, plan, inputs, t);
        let told = Figure::ZERO - rate * (down + others);
        let c = column(t + 1);
        let (from, to) = (first + usize::from(is_bought), first + plain.len() - 1);
        let rest = if from <= to { format!("+SUM({c}{from}:{c}{to})") } else { String::new() };
        let formula = format!("=-tax_rate*({down_formula}{rest})");
        ((told - flows[t]).to_f64().abs() < 1e-6 * flows[t].to_f64().abs().max(1.0)).then_some(formula)
    });
    let formulas = formulas.collect();
    lines.push((saved, flows, formulas));
    lines
}

/// The payback as a row of steps: in the year in which the running sum comes back to zero, the part of it.
fn payback(
    rows: &mut Vec<Vec<Slot>>,
    [steps, label]: [&str; 2],
    years: usize,
    (net, running): (usize, usize),
    found: Option<f64>,
) -> String {
    let labels = &texts().workbook;
    let step_row = rows.len() + 1;
    let mut cells = vec![words(steps), Slot::Empty];
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
        "=IF(COUNT(C{step_row}:{last}{step_row})>0,MIN(C{step_row}:{last}{step_row}),IF(MIN(B{running}:{last}{running})>=0,0,{}))",
        quoted(labels.not_paid)
    );
    rows.push(vec![
        words(label),
        match found {
            Some(years) => Slot::Formula(formula, years, Look::Years),
            None => Slot::Verdict(formula, labels.not_paid.to_owned()),
        },
    ]);
    format!("$B${}", rows.len())
}
