//! The yearly table of an option: flows, and every figure of its worth as a formula on them.

use rust_decimal::Decimal;

use super::costs::{Priced, even_cost, lock_nothing, placed, priced, written_down};
use super::losses::{Avoided, PlanLosses};
use super::{Cells, Graph, GraphForm, Inputs, Look, Sheet, Slot, Totals, column, heads, kept, quoted, words, written};
use crate::engine::money::costs::CostLine;
use crate::engine::money::flows::{Discounting, Flow, by_year};
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::{Insurance, Scenario, Timing};
use crate::report::money::{cost_flows, label, tax_line, year_columns};
use crate::report::sentences::name;
use crate::report::texts::{line, texts};
use crate::units::{Arithmetic, Figure};

/// The yearly table of a plan.
pub(super) struct PlanSheet {
    pub sheet: Sheet,
    /// Cells of the net present value, its present values and the first and last cell of the net flows.
    pub value: String,
    pub cost: String,
    pub net: (String, String),
    /// What is added for money on dates of its own, in today's money: a sign and cells.
    pub shifts: Vec<(&'static str, String)>,
    pub rate: Option<String>,
    pub payback: String,
}

impl PlanSheet {
    pub fn new(
        scenario: &Scenario,
        analysis: &Analysis,
        index: OptionId,
        sheet: &str,
        inputs: &Inputs,
        losses: &PlanLosses,
        totals: &Totals,
    ) -> Self {
        let labels = &texts(scenario).workbook;
        let plan = &analysis.plans[index];
        lock_nothing(scenario, plan, inputs);
        let money = &plan.investment;
        let years = money.cost.len();
        let last = column(years);
        let mut rows: Vec<Vec<Slot>> = Vec::new();
        rows.push(inputs.alert(scenario));
        rows.push(vec![Slot::Title(format!("{}, {}", name(scenario, plan), scenario.currency().code()))]);
        let mut head = heads(&["", labels.now]);
        // Years by the names that the paper has for them.
        head.extend(year_columns(scenario, years).into_iter().skip(2).map(Slot::Head));
        head.extend(heads(&[labels.total]));
        rows.push(head);
        rows.push(
            std::iter::once(words(labels.year))
                .chain((0..years).map(|t| Slot::Number(t as f64, Look::Plain)))
                .collect(),
        );
        let year_row = rows.len();
        let timing = scenario.assumptions().timing;
        let half = if timing == Timing::MidYear { "-0.5" } else { "" };
        let discount = crate::engine::discount_by_year(scenario);
        let factor = |t: usize| {
            let place = format!("{}${year_row}", column(t + 1));
            let formula = if t == 0 { "=1".to_owned() } else { format!("=1/(1+discount_rate)^({place}{half})") };
            Slot::Formula(formula, discount[t].to_f64(), Look::Plain)
        };
        rows.push(std::iter::once(words(labels.discount_factor)).chain((0..years).map(factor)).collect());
        let factors = rows.len();
        let first = rows.len() + 1;
        let lines = cost_rows(scenario, plan, inputs, first);
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
        let benefits_of = Benefits::new(scenario, analysis, index, losses, inputs, totals);
        avoided.extend(money.loss_avoided.iter().enumerate().map(|(t, flow)| match benefits_of.in_year(t) {
            Some(formula) => Slot::Formula(format!("={formula}"), flow.to_f64(), Look::Money),
            None => Slot::Number(flow.to_f64(), Look::Money),
        }));
        avoided.push(total(rows.len() + 1, &money.loss_avoided));
        rows.push(avoided);
        let avoided_row = rows.len();
        let gained = money.gains.iter().any(|gain| !gain.is_zero());
        let mut benefits = vec![avoided_row];
        if gained {
            let mut cells = vec![words(labels.gains)];
            cells.extend(money.gains.iter().enumerate().map(|(t, flow)| {
                match super::costs::gained(scenario, plan, inputs, t) {
                    Some(formula) => Slot::Formula(formula, flow.to_f64(), Look::Money),
                    None => Slot::Number(flow.to_f64(), Look::Money),
                }
            }));
            cells.push(total(rows.len() + 1, &money.gains));
            rows.push(cells);
            benefits.push(rows.len());
        }
        let net = money.net_by_year();
        let net_row = row_of(labels.net, Look::Total, &mut rows, &net, &|c| {
            let sum: Vec<String> = benefits.iter().map(|row| format!("{c}{row}")).collect();
            format!("={}-{c}{cost_row}", sum.join("+"))
        });
        let own_dates = OwnDates::of(scenario, plan);
        let dated_row = own_dates.dated.as_ref().map(|dated| {
            let row = rows.len() + 1;
            let mut cells = vec![words(labels.dated)];
            cells.extend(dated.iter().enumerate().map(|(t, flow)| {
                let on_its_date = |flow: &Flow| (flow.is_dated() && flow.year > 0).then(String::new);
                match placed(scenario, plan, inputs, t, &on_its_date) {
                    Some(formula) => Slot::Formula(formula, flow.to_f64(), Look::Money),
                    None => Slot::Number(flow.to_f64(), Look::Money),
                }
            }));
            rows.push(cells);
            row
        });
        let shift_row = own_dates.cost.iter().any(|shift| !shift.is_zero()).then(|| {
            let row = rows.len() + 1;
            let mut cells = vec![words(labels.shift)];
            cells.extend(own_dates.cost.iter().enumerate().map(|(t, shift)| {
                let c = column(t + 1);
                let formula = match dated_row {
                    Some(dated) => Some(format!("={c}{dated}*((1+discount_rate)^-{c}${year_row}-{c}${factors})")),
                    None => {
                        let apart = |flow: &Flow| {
                            let time = own_dates.time_of(flow)?;
                            Some(format!("*((1+discount_rate)^-{time}-{c}${factors})"))
                        };
                        placed(scenario, plan, inputs, t, &apart)
                    }
                };
                match formula {
                    Some(formula) => Slot::Formula(formula, shift.to_f64(), Look::Money),
                    None => Slot::Number(shift.to_f64(), Look::Money),
                }
            }));
            rows.push(cells);
            row
        });
        let avoided_shift_row = own_dates.avoided.iter().any(|shift| !shift.is_zero()).then(|| {
            let row = rows.len() + 1;
            let mut cells = vec![words(labels.avoided_shift)];
            cells.extend(own_dates.avoided.iter().enumerate().map(|(t, shift)| {
                let c = column(t + 1);
                let apart = benefits_of.groups(t).filter_map(|(begins, amount)| {
                    let time = own_dates.time_of(&Flow::over(t, begins, Figure::ONE))?;
                    Some(format!("{amount}*((1+discount_rate)^-{time}-{c}${factors})"))
                });
                let terms: Vec<String> = apart.collect();
                let sum = if terms.is_empty() { "0".to_owned() } else { terms.join("+") };
                Slot::Formula(format!("={sum}"), shift.to_f64(), Look::Money)
            }));
            rows.push(cells);
            row
        });
        let discounted = &money.net_today;
        let discounted_row = row_of(labels.net_today, Look::Money, &mut rows, discounted, &|c| {
            let plus = avoided_shift_row.map_or(String::new(), |row| format!("+{c}{row}"));
            let minus = shift_row.map_or(String::new(), |row| format!("-{c}{row}"));
            format!("={c}{net_row}*{c}{factors}{plus}{minus}")
        });
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
        let discounted_sum_row = added_up(labels.net_today_sum, discounted, discounted_row);
        let mut cash = vec![words(labels.money_paid)];
        // What is paid out is part of the lines above.
        let paid = [
            label(scenario, CostLine::Bought),
            label(scenario, CostLine::Running),
            label(scenario, CostLine::Retired),
            texts(scenario).money.premiums,
        ];
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
        let present = |row: usize, shift: Option<usize>| {
            let shift = shift.map_or(String::new(), |row| format!("+SUM({})", range(row)));
            format!("=SUMPRODUCT({},{}){shift}", range(row), range(factors))
        };
        let cost = present(cost_row, shift_row);
        let cost = figure(labels.present_cost, cost, money.present_cost.to_f64(), Look::Money);
        let avoided = present(avoided_row, avoided_shift_row);
        let mut avoided = figure(labels.present_avoided, avoided, money.present_avoided.to_f64(), Look::Money);
        if let Some(row) = benefits.get(1) {
            let gains = present(*row, None);
            let gains = figure(labels.present_gains, gains, money.present_gains.to_f64(), Look::Money);
            avoided = format!("({avoided}+{gains})");
        }
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
            match even_cost(scenario, plan, inputs) {
                Some(formula) => _ = figure(labels.even_cost, formula, even.to_f64(), Look::Money),
                None => rows.push(vec![words(labels.even_cost), kept(scenario, even.to_f64(), Look::Money)]),
            }
        }
        let is_regular = own_dates.is_regular;
        let halves_row =
            (is_regular && timing == Timing::MidYear && money.internal_rate_of_return().is_some()).then(|| {
                // Below each other, for they have other times than the columns.
                rows.push(vec![words(labels.halves)]);
                let first = rows.len() + 1;
                let mut add = |time: f64, formula: String, flow: f64| {
                    let time = line(labels.after_years, &[("years", &time)]);
                    rows.push(vec![words(time), Slot::Formula(formula, flow, Look::Money)]);
                };
                let dated = |c: &str| dated_row.map_or("0".to_owned(), |row| format!("{c}{row}"));
                add(0.0, format!("=B{net_row}"), net[0].to_f64());
                for t in 1..years {
                    let c = column(t + 1);
                    let on_date = own_dates.dated.as_ref().map_or(0.0, |dated| dated[t].to_f64());
                    let running = net[t].to_f64() + on_date;
                    add(t as f64 - 0.5, format!("={c}{net_row}+{}", dated(&c)), running);
                    add(t as f64, format!("=-{}", dated(&c)), -on_date);
                }
                (first, first + 2 * years - 2)
            });
        let rate = money.internal_rate_of_return().map(|rate| {
            // Where an input is changed, rosi's rate may be too far off to begin with.
            let flows = match halves_row {
                Some((first, last)) => format!("B{first}:B{last}"),
                None => range(net_row),
            };
            let near = if halves_row.is_some() { libm::sqrt(1.0 + rate) - 1.0 } else { rate };
            // Once an input is changed, rosi's rate may be too far off to begin with, and none may be left.
            const GUESSES: [f64; 7] = [0.1, -0.3, -0.6, -0.8, -0.95, 1.0, 5.0];
            let guesses = std::iter::once(near).filter(|near| (-0.99..10.0).contains(near)).chain(GUESSES);
            let guesses: Vec<f64> = guesses.collect();
            let ends = if halves_row.is_some() { ["(1+", ")^2-1"] } else { ["", ""] };
            let of_guess =
                |rest: String, guess: &f64| format!("IFERROR({}IRR({flows},{guess:.3}){},{rest})", ends[0], ends[1]);
            let formula = guesses.iter().rev().fold(quoted(labels.no_rate), of_guess);
            let formula = format!("={formula}");
            let slot = match is_regular || timing == Timing::YearEnd {
                true => Slot::Formula(formula, rate, Look::Share),
                false => kept(scenario, rate, Look::Share),
            };
            rows.push(vec![words(labels.rate_of_return), slot]);
            format!("$B${}", rows.len())
        });
        let payback = payback(
            scenario,
            &mut rows,
            [labels.paid_back_after, labels.payback],
            years,
            (running_row, dated_row.map(|row| format!("{row}"))),
            money.payback_years.map(Figure::to_f64),
            is_regular,
        );
        let worth = dated_row.map(|row| format!("{row}/(1+discount_rate)^#{year_row}"));
        self::payback(
            scenario,
            &mut rows,
            [labels.paid_back_today, labels.discounted_payback],
            years,
            (discounted_sum_row, worth),
            money.discounted_payback_years.map(Figure::to_f64),
            is_regular,
        );
        let by_year = |row: usize| Cells::of_row(row - 1, 1, years);
        let graph = |title: &str, form: GraphForm, rows: &[usize]| Graph {
            title: line(title, &[("currency", &scenario.currency().code())]),
            form,
            labels: by_year(year_row - 1),
            series: rows.iter().map(|row| (Cells::one(row - 1, 0), by_year(*row))).collect(),
        };
        let graphs = vec![
            graph(labels.by_year, GraphForm::Columns, &[cost_row, avoided_row]),
            graph(labels.net_sum_by_year, GraphForm::Line, &[running_row]),
        ];
        let mut widths = vec![36.0];
        widths.extend(std::iter::repeat_n(14.0, years + 1));
        Self {
            sheet: Sheet { name: sheet.to_owned(), rows, widths, frozen: 3, graphs, printed: None },
            value,
            cost,
            net: (format!("$B${net_row}"), format!("${last}${net_row}")),
            shifts: [(avoided_shift_row, "+"), (shift_row, "-")]
                .into_iter()
                .filter_map(|(row, sign)| Some((sign, format!("$B${0}:${last}${0}", row?))))
                .collect(),
            rate,
            payback,
        }
    }
}

/// The loss that an option avoids, by the cells of the sheet of losses: it grows, is taxed, and what insurers pay of it
/// keeps the share that it has in the file.
struct Benefits {
    /// By year: when a part begins, and its formula.
    groups: Vec<Vec<(Decimal, String)>>,
    /// By year: what insurers pay more than today, as a formula.
    recovered: Vec<Option<String>>,
}

impl Benefits {
    fn new(
        scenario: &Scenario,
        analysis: &Analysis,
        index: OptionId,
        losses: &PlanLosses,
        inputs: &Inputs,
        totals: &Totals,
    ) -> Self {
        let plan = &analysis.plans[index];
        let is_taxed = !scenario.assumptions().tax_rate.get().is_zero();
        let kept = if is_taxed { "*(1-tax_rate)" } else { "" };
        let grown = |t: usize| match t {
            0 | 1 => String::new(),
            t => format!("*((1+growth_of_losses)*(1+growth_of_rates))^{}", t - 1),
        };
        let groups: Vec<Vec<(Decimal, String)>> = losses
            .avoided
            .iter()
            .enumerate()
            .map(|(t, of_year)| {
                let formula = |group: &Avoided| (group.begins, format!("{}{}{kept}", group.cell, grown(t)));
                of_year.iter().map(formula).collect()
            })
            .collect();
        let in_force = |policy: &Insurance| (policy.is_in_force(None), policy.is_in_force(Some(plan.plan)));
        let is_insured = scenario.insurance().iter().map(in_force).any(|(today, with)| today || with);
        // What insurers pay more in a full year of the option than in one of today, by the shares of each risk.
        let gross_of =
            |risks: &[crate::engine::RiskMeans<Figure>]| -> Figure { risks.iter().map(|risk| risk.annual_loss).sum() };
        let cut = gross_of(&analysis.today) - gross_of(&plan.risks);
        let in_full = (analysis.loss_today - plan.loss - cut).to_f64();
        let [gross, net] = [&totals.gross, &totals.net].map(|cells| format!("{}-{}", cells[0], cells[index.0 + 1]));
        let in_full_cells = format!("({net}-({gross}))");
        let size = analysis.loss_today.to_f64().abs().max(gross_of(&analysis.today).to_f64());
        let growth: Vec<f64> = crate::engine::loss_by_year(scenario).into_iter().map(Figure::to_f64).collect();
        let recovered = (0..groups.len()).map(|t| {
            let of_year = losses.avoided.get(t).filter(|_| is_insured)?;
            let gross: f64 = of_year.iter().map(|group| group.value).sum();
            let flow = plan.investment.loss_avoided[t].to_f64();
            let more = flow - gross * growth[t];
            // It follows what they pay of each risk; where that is the same with the option, what is avoided, else the loss.
            let (base, base_value) = if in_full.abs() > 1e-9 * size {
                (in_full_cells.clone(), in_full)
            } else if gross != 0.0 {
                let cells: Vec<&str> = of_year.iter().map(|group| group.cell.as_str()).collect();
                (format!("({})", cells.join("+")), gross)
            } else {
                ("loss_before".to_owned(), losses.before)
            };
            let share = more / (base_value * growth[t]);
            (more.abs() > 1e-9 * flow.abs() && share.is_finite())
                .then(|| format!("{}*{base}{}{kept}", written(share), grown(t)))
        });
        let recovered = recovered.collect();
        // Nothing is left after a tax of all.
        if scenario.assumptions().tax_rate.get() >= Decimal::ONE {
            inputs.lock_rate("tax_rate");
        }
        Self { groups, recovered }
    }

    /// What begins when in a year, and its formula.
    fn groups(&self, t: usize) -> impl Iterator<Item = (Decimal, &str)> {
        self.groups.get(t).into_iter().flatten().map(|(begins, formula)| (*begins, formula.as_str()))
    }

    fn in_year(&self, t: usize) -> Option<String> {
        let terms = self.groups(t).map(|(_, formula)| formula.to_owned());
        let terms: Vec<String> = terms.chain(self.recovered.get(t).cloned().flatten()).collect();
        (!terms.is_empty()).then(|| terms.join("+"))
    }
}

/// A line of costs: its name, its amounts and their formulas by year.
type CostRow = (&'static str, Vec<Figure>, Vec<Priced>);

/// The lines of what an option costs, the first in row `first`: what its controls cost by the inputs, premiums, and the
/// tax that costs save.
fn cost_rows(scenario: &Scenario, plan: &PlanAnalysis, inputs: &Inputs, first: usize) -> Vec<CostRow> {
    let money = &plan.investment;
    let mut lines: Vec<CostRow> = cost_flows(&plan.controls)
        .into_iter()
        .map(|(cost_line, flows)| (label(scenario, cost_line), flows, priced(scenario, plan, cost_line, inputs)))
        .collect();
    if money.premiums.iter().any(|premium| !premium.is_zero()) {
        // Premiums are none of the inputs; they grow as other prices do.
        let first = money.premiums.get(1).map_or(0.0, |premium| premium.to_f64());
        let formula = |t: usize| match t {
            0 => None,
            t => Some(format!("={}*(1+growth_of_costs)^{}", written(first), t - 1)),
        };
        let formulas = (0..money.premiums.len()).map(formula).collect();
        lines.push((texts(scenario).money.premiums, money.premiums.clone(), formulas));
    }
    if scenario.assumptions().tax_rate.get().is_zero() {
        // Nothing is written down without a tax, and no formula has its rate.
        inputs.lock_rate("tax_rate");
        return lines;
    }
    let plain: Vec<_> = lines.iter().map(|(label, flows, _)| (*label, flows.clone())).collect();
    let Some((saved, flows)) = tax_line(scenario, &plain, &money.cost) else { return lines };
    // What is bought saves tax as it is written down, everything else in its year.
    let rate = Figure::exact(scenario.assumptions().tax_rate.get());
    let bought = label(scenario, CostLine::Bought);
    let is_bought = plain.first().is_some_and(|(label, _)| *label == bought);
    let formulas = (0..flows.len()).map(|t| {
        let others = plain.iter().skip(usize::from(is_bought)).map(|(_, flows)| flows[t]).sum::<Figure>();
        let (down, down_formula) = written_down(scenario, plan, inputs, t);
        let told = Figure::ZERO - rate * (down + others);
        let c = column(t + 1);
        let (from, to) = (first + usize::from(is_bought), first + plain.len() - 1);
        let rest = if from <= to { format!("+SUM({c}{from}:{c}{to})") } else { String::new() };
        let formula = format!("=-tax_rate*({down_formula}{rest})");
        let is_told = (told - flows[t]).to_f64().abs() < 1e-6 * flows[t].to_f64().abs().max(1.0);
        if !is_told {
            inputs.lock_rate("tax_rate");
        }
        is_told.then_some(formula)
    });
    let formulas = formulas.collect();
    lines.push((saved, flows, formulas));
    lines
}

/// The payback as a row of steps: in the year from which the running sum stays at or above zero, when it does.
///
/// What is dated falls at the end of its year, behind what runs in it.
fn payback(
    scenario: &Scenario,
    rows: &mut Vec<Vec<Slot>>,
    [steps, label]: [&str; 2],
    years: usize,
    (running, dated): (usize, Option<String>),
    found: Option<f64>,
    is_regular: bool,
) -> String {
    let labels = &texts(scenario).workbook;
    if !is_regular {
        rows.push(vec![
            words(label),
            found.map_or_else(|| words(labels.not_paid), |years| kept(scenario, years, Look::Years)),
        ]);
        return format!("$B${}", rows.len());
    }
    let step_row = rows.len() + 1;
    let last = column(years);
    // The sum before what falls on the last day of the year; costs stand there above zero.
    let before_dated = |c: &str| match &dated {
        Some(dated) => format!("({c}{running}+{c}{})", dated.replace('#', c)),
        None => format!("{c}{running}"),
    };
    let mut cells = vec![words(steps), Slot::Empty];
    for t in 1..years {
        let (before, now) = (column(t), column(t + 1));
        let pre = before_dated(&now);
        let later: Vec<String> = (t + 1..years).map(|t| before_dated(&column(t + 1))).collect();
        let later = if dated.is_some() && !later.is_empty() { format!(",{}", later.join(",")) } else { String::new() };
        let stays = format!("MIN({now}{running}:{last}{running}{later})>=0");
        let within = format!("{}-{before}{running}/({pre}-{before}{running})", t - 1);
        let formula =
            format!("=IF({stays},IF({before}{running}<0,IF({pre}>=0,{within},{t}),IF({pre}<0,{t},\"-\")),\"-\")");
        let is_here = found.is_some_and(|at| at > (t - 1) as f64 && at <= t as f64);
        match found.filter(|_| is_here) {
            Some(at) => cells.push(Slot::Formula(formula, at, Look::Years)),
            None => cells.push(Slot::Verdict(formula, "-".to_owned())),
        }
    }
    rows.push(cells);
    let formula = format!(
        "=IF(COUNT(C{step_row}:{last}{step_row})>0,MAX(C{step_row}:{last}{step_row}),IF(MIN(B{running}:{last}{running})>=0,0,{}))",
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

/// Money that is not discounted with its column.
struct OwnDates {
    /// What costs on dates after now by year, where each is the last day of its year; nothing where there is none.
    dated: Option<Vec<Figure>>,
    /// By year: what costs and benefits are worth more than their column says.
    cost: Vec<Figure>,
    avoided: Vec<Figure>,
    /// Whether what is dated falls on last days of years, and what runs does so all year.
    is_regular: bool,
    timing: Timing,
}

impl OwnDates {
    fn of(scenario: &Scenario, plan: &PlanAnalysis) -> Self {
        let flows = &plan.investment.flows;
        let discounting = Discounting::of(scenario.assumptions());
        let (timing, horizon) = (discounting.timing(), scenario.assumptions().horizon);
        let factors = discounting.by_year();
        let shift = |flow: &Flow| Flow { amount: discounting.worth(flow) - flow.amount * factors[flow.year], ..*flow };
        let shifts = |flows: &[Flow]| {
            let apart = flows.iter().filter(|flow| flow.time(timing) != column_time(flow.year, timing));
            by_year(&apart.map(shift).collect::<Vec<_>>(), horizon)
        };
        let is_last_day = |flow: &Flow| match flow.is_dated() {
            true => flow.from == rust_decimal::Decimal::from(flow.year),
            false => flow.to - flow.from == rust_decimal::Decimal::ONE,
        };
        let is_regular = flows.cost.iter().chain(&flows.avoided).all(is_last_day);
        let on_dates: Vec<Flow> = flows.cost.iter().filter(|flow| flow.is_dated() && flow.year > 0).copied().collect();
        let dated = (is_regular && !on_dates.is_empty()).then(|| by_year(&on_dates, horizon));
        let (cost, avoided) = (shifts(&flows.cost), shifts(&flows.avoided));
        Self { dated, cost, avoided, is_regular, timing }
    }

    /// When a flow counts, where that is not the time of its column.
    fn time_of(&self, flow: &Flow) -> Option<String> {
        let time = flow.time(self.timing);
        (time != column_time(flow.year, self.timing)).then(|| written(f64::from_decimal(time)))
    }
}

/// The time of a column of the table.
fn column_time(year: usize, timing: Timing) -> rust_decimal::Decimal {
    Flow::over(year, rust_decimal::Decimal::ZERO, Figure::ONE).time(timing)
}
