//! An independent look: average losses from the inputs, values by the spreadsheet's own function.

use super::plan::PlanSheet;
use super::{Inputs, Look, Losses, Sheet, Slot, heads, quoted, words, written};
use crate::engine::{Analysis, RiskMeans};
use crate::model::{EstimateId, EventRate, Form, Part, Risk, Scenario, ThreatEvents, Timing, Vulnerability};
use crate::report::sentences::name;
use crate::report::texts::{line, texts};
use crate::stats::distribution::laplace;
use crate::units::Figure;

/// The sheet that works figures out anew and compares them: with the cells of the other sheets, and while the inputs
/// are those of the file with rosi's own figures.
pub(super) fn check(
    scenario: &Scenario,
    analysis: &Analysis,
    inputs: &Inputs,
    losses: &Losses,
    plans: &[PlanSheet],
) -> Sheet {
    let labels = &texts(scenario).workbook;
    let (yes, no) = (quoted(labels.yes), quoted(labels.no));
    let columns =
        [labels.worked_out, labels.from_inputs, labels.in_workbook, labels.of_rosi, labels.difference, labels.agrees];
    let mut rows = vec![inputs.alert(scenario), heads(&columns)];
    let first = rows.len() + 1;
    let mut add = |label: String, formula: String, anew: f64, cell: &str, of_rosi: f64| {
        let row = rows.len() + 1;
        let near = |a: &str, b: &str| format!("ABS({a}{row}-{b}{row})<=0.005+1E-9*ABS({b}{row})");
        let verdict = format!("=IF(AND({},OR(as_in_file=0,{})),{yes},{no})", near("B", "C"), near("C", "D"));
        rows.push(vec![
            words(label),
            Slot::Formula(formula, anew, Look::Money),
            Slot::Formula(format!("={cell}"), of_rosi, Look::Money),
            Slot::Number(of_rosi, Look::Money),
            Slot::Formula(format!("=ROUND(B{row}-C{row},6)"), rounded(anew - of_rosi), Look::Plain),
            Slot::Verdict(verdict, labels.yes.to_owned()),
        ]);
    };
    for (index, risk) in scenario.risks().entries() {
        let means = &analysis.today[index];
        // What other risks and shared causes bring is no product of this risk's own inputs.
        if means.brought.is_zero() {
            let (formula, anew) = expected_loss(scenario, risk, means, inputs);
            let label = line(labels.loss_of_risk, &[("risk", &risk.name)]);
            add(label, formula, anew, &losses.today[index][1], means.annual_loss.to_f64());
        }
    }
    for (plan, sheet) in analysis.plans.iter().zip(plans) {
        let (first, last) = &sheet.net;
        let there = |cell: &str| format!("'{}'!{cell}", sheet.sheet.name);
        let value = plan.investment.net_present_value.to_f64();
        let next = first.replacen("$B", "$C", 1);
        let half = if scenario.assumptions().timing == Timing::MidYear { "*(1+discount_rate)^0.5" } else { "" };
        let shifts: String = sheet.shifts.iter().map(|(sign, cells)| format!("{sign}SUM({})", there(cells))).collect();
        let formula = format!("={}+NPV(discount_rate,{}:{last}){half}{shifts}", there(first), there(&next));
        add(line(labels.value_anew, &[("plan", &name(scenario, plan))]), formula, value, &there(&sheet.value), value);
    }
    let last = rows.len();
    rows.push(Vec::new());
    rows.push(vec![
        Slot::Head(labels.all_agree.to_owned()),
        Slot::Verdict(
            format!("=IF(COUNTIF(F{first}:F{last},{yes})=ROWS(F{first}:F{last}),{yes},{no})"),
            labels.yes.to_owned(),
        ),
    ]);
    let widths = vec![60.0, 19.0, 19.0, 19.0, 16.0, 10.0];
    Sheet { name: labels.check.to_owned(), rows, widths, frozen: 2, graphs: Vec::new(), printed: None }
}

/// A difference without the rounding of sums.
fn rounded(difference: f64) -> f64 {
    (difference * 1e6).round() / 1e6 + 0.0
}

/// The average yearly loss of a risk as a formula of the averages of its inputs, and its result.
fn expected_loss(scenario: &Scenario, risk: &Risk, means: &RiskMeans<Figure>, inputs: &Inputs) -> (String, f64) {
    let mean = |id: EstimateId| scenario.estimate(id).mean().to_f64();
    let product = |ids: &[EstimateId]| {
        let cells: Vec<String> = ids.iter().map(|id| inputs.flows(*id)).collect();
        (cells.join("*"), ids.iter().map(|id| mean(*id)).product::<f64>())
    };
    let (rate, rate_value) = match &risk.rate {
        EventRate::Frequency(id) => product(&[*id]),
        EventRate::Threat { events, vulnerability } => {
            let (events, count) = match events {
                ThreatEvents::Events(id) => product(&[*id]),
                ThreatEvents::Contacts { contacts, action } => product(&[*contacts, *action]),
            };
            match vulnerability {
                Vulnerability::Chance(id) => {
                    let (chance, value) = product(&[*id]);
                    (format!("{events}*{chance}"), count * value)
                }
                // P(capability > resistance) is an integral: its result is taken.
                Vulnerability::Contest { .. } => {
                    let chance = means.vulnerability.map_or(0.0, Figure::to_f64);
                    (format!("{events}*{}", written(chance)), count * chance)
                }
            }
        }
    };
    let mut parts: Vec<(String, f64)> = Vec::new();
    for part in risk.parts() {
        let amount =
            |losses: &[crate::model::Loss], form: Form| losses.iter().find(|loss| loss.form == form).map(|l| l.amount);
        if let (Part::Dwell | Part::Next, Some(dwell)) = (part, risk.dwell) {
            parts.push(match (part, dwell.per_day, dwell.then) {
                (Part::Dwell, Some(per_day), _) => {
                    let (formula, value) = product(&[dwell.time, per_day]);
                    (format!("{formula}/24"), value / 24.0)
                }
                // The chance of the next stage is an integral: its result is taken.
                (_, _, Some(then)) => {
                    let chance = 1.0 - laplace(&scenario.estimate(dwell.time).distribution, then.rate());
                    let (formula, value) = product(&[then.loss]);
                    (format!("{}*{formula}", written(chance)), chance * value)
                }
                _ => ("0".to_owned(), 0.0),
            });
            continue;
        }
        let ids: Vec<EstimateId> = match part {
            Part::Dwell | Part::Next => Vec::new(),
            Part::Primary(form) => amount(&risk.primary, form).into_iter().collect(),
            Part::Asset => risk.asset.map_or_else(Vec::new, |(value, exposure)| vec![value, exposure]),
            Part::Outage => risk.outage.map_or_else(Vec::new, |outage| {
                let stream = risk.value_stream.map(|index| &scenario.value_streams()[index]);
                let priced = [outage.share, stream.and_then(|s| s.revenue), stream.and_then(|s| s.margin)];
                std::iter::once(outage.duration).chain(priced.into_iter().flatten()).collect()
            }),
            Part::Secondary(index, form) => {
                let secondary = &risk.secondary[index];
                secondary.chance.iter().copied().chain(amount(&secondary.losses, form)).collect()
            }
        };
        parts.push(product(&ids));
    }
    let single: f64 = parts.iter().map(|(_, value)| value).sum();
    let sum = parts.into_iter().map(|(formula, _)| formula).collect::<Vec<_>>().join("+");
    let sum = if sum.is_empty() { "0".to_owned() } else { sum };
    (format!("={rate}*({sum})"), rate_value * single)
}
