//! Tools that save plain lists: riskquant, quantrr, and registers after NIST IR 8286.

use rust_decimal::Decimal;

use super::heading;
use crate::import::Context;
use crate::import::draft::{Control, Rate, Risk, Value};
use crate::import::grid::{Row, Sheet};
use crate::import::number::{Style, amount};
use crate::import::place::{Code, Finding, Place};
use crate::import::register::FORM;
use crate::import::tree::Branch;

fn place(file: &str, row: &Row, column: usize, heading: &str) -> Place {
    Place {
        file: file.into(),
        row: row.number,
        column: column + 1,
        heading: heading.into(),
        text: row.text(column).to_owned(),
        ..Place::default()
    }
}

/// A number as programs write it.
fn number(row: &Row, column: usize) -> Option<Decimal> {
    let cell = row.cells.get(column)?;
    cell.number
        .or_else(|| amount(&cell.text, Some(Style::Point)).ok().filter(|found| !found.percent).map(|found| found.value))
}

/// Whether a sheet has no headings and rows of id, name, rate, low, high.
pub fn is_riskquant(sheet: &Sheet) -> bool {
    let rows: Vec<&Row> =
        sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#')).take(20).collect();
    let fits = |row: &&Row| {
        row.filled() == 5 && (2..5).all(|column| number(row, column).is_some()) && number(row, 1).is_none()
    };
    !rows.is_empty() && rows.iter().all(fits)
}

/// Input of riskquant: id, name, events a year, and the range that holds nine losses in ten.
pub fn riskquant(file: &str, sheet: &Sheet, context: &mut Context) {
    for row in sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#')) {
        let at = |column: usize, name: &str| place(file, row, column, name);
        let (Some(rate), Some(low), Some(high)) = (number(row, 2), number(row, 3), number(row, 4)) else {
            let cure = "the columns are id, name, events a year, low, high";
            context.draft.fault(Finding::fault(Code::Row, Some(at(0, "")), "a figure of the row cannot be read", cure));
            continue;
        };
        if rate.is_sign_negative() || low <= Decimal::ZERO || low >= high {
            let cure = "low is above zero and below high";
            context.draft.fault(Finding::fault(
                Code::Row,
                Some(at(3, "low")),
                "the range does not rise from low to high",
                cure,
            ));
            continue;
        }
        let range = vec![("low", low.normalize().to_string()), ("high", high.normalize().to_string())];
        context.draft.risks.push(Risk {
            id: row.text(0).to_owned(),
            name: row.text(1).to_owned(),
            place: at(1, "name"),
            rate: Some(Rate::Frequency(Value::one(format!("{} per year", rate.normalize()), &at(2, "frequency")))),
            loss: vec![(FORM, Value::keys(range, vec![at(3, "low"), at(4, "high")]))],
            ..Risk::default()
        });
    }
}

/// Risks and estimates of several experts for quantrr.
pub fn quantrr(file: &str, sheet: &Sheet, context: &mut Context) {
    let mut rows = sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#'));
    let Some(head) = rows.next() else { return };
    let starts = |name: &str| head.cells.iter().position(|cell| cell.text.to_lowercase().starts_with(name));
    let (risk, expert) = (starts("risk").unwrap_or(0), heading(head, "Expert"));
    let Some(expert) = expert else {
        // The list of risks: its descriptions belong to the risks of the estimates.
        let about = starts("description").unwrap_or(1);
        for row in rows {
            let remark = format!("Description: {}", row.text(about));
            let index = context.draft.risk_named(row.text(risk)).unwrap_or_else(|| {
                let name = row.text(risk).to_owned();
                context.draft.risks.push(Risk {
                    id: name.clone(),
                    name,
                    place: place(file, row, risk, "Risk"),
                    ..Risk::default()
                });
                context.draft.risks.len() - 1
            });
            context.draft.risks[index].remarks.push(remark);
        }
        return;
    };
    let columns = [starts("frequency"), starts("low"), starts("high"), starts("most likely")];
    let names = ["Frequency", "Low", "High", "Most Likely"];
    let mut groups: Vec<(String, Vec<&Row>)> = Vec::new();
    for row in rows {
        let name = row.text(risk).trim().to_owned();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, group)) => group.push(row),
            None => groups.push((name, vec![row])),
        }
    }
    for (name, group) in groups {
        let index = context.draft.risk_named(&name).unwrap_or_else(|| {
            let place = place(file, group[0], risk, "Risk");
            context.draft.risks.push(Risk { id: name.clone(), name: name.clone(), place, ..Risk::default() });
            context.draft.risks.len() - 1
        });
        let column = |at: usize| -> Vec<(Decimal, Place)> {
            let Some(column) = columns[at] else { return Vec::new() };
            group.iter().filter_map(|row| Some((number(row, column)?, place(file, row, column, names[at])))).collect()
        };
        let mean = |found: &[(Decimal, Place)]| {
            let sum = found.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(*value))?;
            sum.checked_div(Decimal::from(found.len())).map(|mean| mean.normalize().to_string())
        };
        let places = |found: &[(Decimal, Place)]| found.iter().map(|(_, place)| place.clone()).collect::<Vec<_>>();
        let pooled = "how are the experts to be pooled? The mean of those who answered was taken; `rosi calibrate experts` weighs them";
        let rates = column(0);
        if let Some(rate) = mean(&rates) {
            let mut value = Value::one(format!("{rate} per year"), &rates[0].1);
            value.from = places(&rates);
            context.draft.risks[index].rate =
                Some(Rate::Frequency(if rates.len() > 1 { value.ask(pooled) } else { value }));
        }
        let (lows, highs) = (column(1), column(2));
        if let (Some(low), Some(high)) = (mean(&lows), mean(&highs)) {
            let from: Vec<Place> = places(&lows).into_iter().chain(places(&highs)).collect();
            let rises = low
                .parse::<Decimal>()
                .ok()
                .zip(high.parse::<Decimal>().ok())
                .is_some_and(|(low, high)| low > Decimal::ZERO && low < high);
            if rises {
                let value = Value::keys(vec![("low", low), ("high", high)], from);
                let value = if lows.len() > 1 || highs.len() > 1 { value.ask(pooled) } else { value };
                context.draft.risks[index].loss.push((FORM, value));
            } else {
                let cure = "low is above zero and below high";
                context.draft.fault(Finding::fault(
                    Code::Row,
                    from.first().cloned(),
                    "the range does not rise from low to high",
                    cure,
                ));
            }
        }
        let likely = column(3);
        if !likely.is_empty() {
            let message = "the most likely loss is not used beside the two ends, which fix the range";
            context.draft.fault(Finding::note(Some(likely[0].1.clone()), message));
        }
        if group.len() > 1 {
            let experts: Vec<&str> = group.iter().map(|row| row.text(expert)).collect();
            let message = format!("the answers of {} are to be pooled: by which weights?", experts.join(", "));
            context.draft.fault(Finding::question(Some(place(file, group[0], expert, "Expert")), message));
        }
    }
}

/// A register after NIST IR 8286: likelihood in percent, impact in money.
pub fn nist(records: &[Branch<'_>], context: &mut Context) {
    for record in records {
        let name = record.text("riskDescription");
        let place = record.get("riskDescription").map_or_else(|| record.place(), |branch| branch.place());
        let mut risk = Risk { id: record.text("riskId"), name, place, ..Risk::default() };
        risk.owner = Some(record.text("riskOwnerPointOfContact")).filter(|owner| !owner.is_empty());
        for key in ["riskCategory", "status", "riskPriority"] {
            let text = record.text(key);
            if !text.is_empty() {
                risk.remarks.push(format!("{key}: {text}"));
            }
        }
        let likelihood = record.number_at("riskLikelihood");
        let impact = record.number_at("riskImpact");
        if let Some((value, place)) = &likelihood {
            if *value < Decimal::ZERO || *value > Decimal::ONE_HUNDRED {
                let cure = "the record counts likelihood in percent, from 0 to 100";
                context.draft.fault(Finding::fault(Code::Cell, Some(place.clone()), "this is no percentage", cure));
            } else {
                risk.at_most_one = true;
                risk.rate = Some(Rate::Frequency(
                    Value::one(format!("{}%", value.normalize()), place)
                        .because("likelihood of the record in percent, taken for one year"),
                ));
                context.draft.fault(Finding::question(
                    Some(place.clone()),
                    "over which time does this likelihood hold? Taken for one year",
                ));
            }
        }
        if let Some((value, place)) = &impact {
            if value.is_sign_negative() {
                context.draft.fault(Finding::fault(
                    Code::Gain,
                    Some(place.clone()),
                    "a gain is no loss",
                    "take it into a case of its own",
                ));
            } else {
                risk.loss.push((FORM, Value::one(value.normalize().to_string(), place)));
            }
        }
        if let (Some((likelihood, _)), Some((impact, _)), Some((stated, place))) =
            (likelihood, impact, record.number_at("exposureRating"))
        {
            let product = likelihood
                .checked_mul(impact)
                .and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
                .unwrap_or_default();
            let finding = if product == stated {
                Finding::note(
                    Some(place),
                    format!("likelihood × impact agrees with exposureRating: {}", product.normalize()),
                )
            } else {
                Finding::question(
                    Some(place),
                    format!(
                        "exposureRating is {stated}, likelihood × impact is {}: which is right?",
                        product.normalize()
                    ),
                )
            };
            context.draft.fault(finding);
        }
        let index = context.draft.risks.len();
        context.draft.risks.push(risk);
        let types: Vec<String> = record
            .get("riskResponseType")
            .map(|list| list.items().iter().filter_map(Branch::written).collect())
            .unwrap_or_default();
        let answer = record.get("riskResponseDescription");
        let acts = types.is_empty() || types.iter().any(|kind| !kind.eq_ignore_ascii_case("accept"));
        if let Some(answer) = answer.filter(|_| acts) {
            let cost = record.number_at("riskResponseCost").map(|(value, place)| {
                Value::one(value.normalize().to_string(), &place)
                    .ask("is this paid once or every year? The record does not say; taken as once")
            });
            context.draft.controls.push(Control {
                id: format!("response-{}", record.text("riskId")),
                name: answer.written().unwrap_or_default(),
                place: answer.place(),
                initial: cost,
                acts_on: vec![index],
                remarks: vec![format!("Response: {}", types.join(", "))],
                ..Control::default()
            });
        }
    }
}
