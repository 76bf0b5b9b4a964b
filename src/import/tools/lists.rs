//! Tools that save plain lists: riskquant, quantrr, and registers after NIST IR 8286.

use rust_decimal::Decimal;

use super::{Columns, Number, heading};
use crate::import::Context;
use crate::import::draft::{Control, Rate, Risk, Value};
use crate::import::frequency::{Often, often};
use crate::import::grid::{Row, Sheet};
use crate::import::number::{Misread, Style, amount};
use crate::import::place::{Code, Finding, Place};
use crate::import::register::FORM;
use crate::import::span::{Span, span};
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

/// Whether a cell holds a number, whatever its style.
fn is_number(row: &Row, column: usize) -> bool {
    let shows = |text: &str| match amount(text, None) {
        Ok(found) => !found.percent,
        Err(fault) => matches!(fault, Misread::TwoReadings(..)),
    };
    row.cells.get(column).is_some_and(|cell| cell.number.is_some() || shows(&cell.text))
}

/// Whether a sheet has no headings and rows of id, name, rate, low, high.
pub fn is_riskquant(sheet: &Sheet) -> bool {
    let rows: Vec<&Row> =
        sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#')).take(20).collect();
    let fits = |row: &&Row| row.filled() == 5 && (2..5).all(|column| is_number(row, column)) && !is_number(row, 1);
    !rows.is_empty() && rows.iter().all(fits)
}

/// Input of riskquant: id, name, events a year, and the range that holds nine losses in ten.
pub fn riskquant(file: &str, sheet: &Sheet, context: &mut Context) {
    let figures = Columns::of(sheet, context.mapping.numbers, &context.draft);
    for row in sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#')) {
        let at = |column: usize, name: &str| place(file, row, column, name);
        let mut read = |column: usize, name: &str, kind: Number| {
            figures.cell(row, column, kind, &at(column, name), &mut context.draft)
        };
        let found =
            [read(2, "frequency", Number::Number), read(3, "low", Number::Money), read(4, "high", Number::Money)];
        let [Some(rate), Some(low), Some(high)] = found else {
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
    let names = columns.map(|column| column.map_or("", |column| head.text(column)));
    let figures = Columns::of(sheet, context.mapping.numbers, &context.draft);
    let Some(a_year) = a_year(names[0]) else {
        let place = Some(place(file, head, columns[0].unwrap_or(0), names[0]));
        let message = "the heading counts events over another time than one year, month, week or day";
        let cure = "write events a year under \"Frequency (per year)\"";
        return context.draft.fault(Finding::fault(Code::Headings, place, message, cure));
    };
    let Some(mut ends) = quantile(names[1], "low").zip(quantile(names[2], "high")).filter(|(low, high)| low < high)
    else {
        let place = Some(place(file, head, columns[1].unwrap_or(0), names[1]));
        let message = format!("\"{}\" and \"{}\" are no quantiles that a case can state", names[1], names[2]);
        let cure = "state two of 5, 10, 25, 50, 75, 90 and 95%, such as \"Low (5%)\" and \"High (95%)\"";
        return context.draft.fault(Finding::fault(Code::Headings, place, message, cure));
    };
    // A range that is not 5 to 95% is stated by its quantiles.
    if (ends.0.1, ends.1.1) != ("low", "high") {
        let key = |end: (u32, &'static str)| match end.1 {
            "low" => (5, "p05"),
            "high" => (95, "p95"),
            _ => end,
        };
        ends = (key(ends.0), key(ends.1));
    }
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
        let mut column = |at: usize, kind: Number| -> Vec<(Decimal, Place)> {
            let Some(column) = columns[at] else { return Vec::new() };
            let read = |row: &&Row| {
                let place = place(file, row, column, names[at]);
                let words = if at == 0 { rate(row.text(column), context.mapping.numbers) } else { None };
                let value = words.or_else(|| {
                    let value = figures.cell(row, column, kind, &place, &mut context.draft)?;
                    value.checked_mul(Decimal::from(if at == 0 { a_year } else { 1 }))
                })?;
                Some((value, place))
            };
            group.iter().filter_map(read).collect()
        };
        let mean = |found: &[(Decimal, Place)]| {
            let sum = found.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(*value))?;
            sum.checked_div(Decimal::from(found.len())).map(|mean| mean.normalize().to_string())
        };
        let places = |found: &[(Decimal, Place)]| found.iter().map(|(_, place)| place.clone()).collect::<Vec<_>>();
        let pooled = "how are the experts to be pooled? The mean of those who answered was taken; `rosi calibrate experts` weighs them";
        let rates = column(0, Number::Number);
        let (lows, highs, likely) = (column(1, Number::Money), column(2, Number::Money), column(3, Number::Money));
        if let Some(rate) = mean(&rates) {
            let mut value = Value::one(format!("{rate} per year"), &rates[0].1);
            value.from = places(&rates);
            context.draft.risks[index].rate =
                Some(Rate::Frequency(if rates.len() > 1 { value.ask(pooled) } else { value }));
        }
        if let (Some(low), Some(high)) = (mean(&lows), mean(&highs)) {
            let from: Vec<Place> = places(&lows).into_iter().chain(places(&highs)).collect();
            let rises = low
                .parse::<Decimal>()
                .ok()
                .zip(high.parse::<Decimal>().ok())
                .is_some_and(|(low, high)| low > Decimal::ZERO && low < high);
            if rises {
                let value = Value::keys(vec![(ends.0.1, low), (ends.1.1, high)], from);
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

/// How many of the time of a heading a year has: `Frequency (per month)` is 12.
fn a_year(heading: &str) -> Option<u64> {
    match span(heading) {
        Span::Unsaid => Some(1),
        Span::Unit(a_year) => Some(a_year),
        Span::Many { .. } | Span::Bare(_) | Span::Between(_) => None,
    }
}

/// The quantile that a heading names, and its key; without one, `low` and `high` hold nine in ten.
fn quantile(heading: &str, otherwise: &'static str) -> Option<(u32, &'static str)> {
    const KEYS: [(u32, &str); 7] =
        [(5, "p05"), (10, "p10"), (25, "p25"), (50, "p50"), (75, "p75"), (90, "p90"), (95, "p95")];
    let digits: String = heading.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || digits.parse() == Ok(if otherwise == "low" { 5 } else { 95 }) {
        return Some((if otherwise == "low" { 5 } else { 95 }, otherwise));
    }
    KEYS.into_iter().find(|(part, _)| digits.parse() == Ok(*part))
}

/// Events a year of a phrase such as `1 in 4 years`.
fn rate(text: &str, stated: Option<Style>) -> Option<Decimal> {
    match often(text, stated) {
        Ok(Often::Rate(rate)) => rate.value(),
        _ => None,
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
        let likelihood = record.percent_at("riskLikelihood");
        let impact = record.money_at("riskImpact");
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
            (likelihood, impact, record.money_at("exposureRating"))
        {
            let product = likelihood
                .checked_mul(impact)
                .and_then(|product| product.checked_div(Decimal::ONE_HUNDRED))
                .unwrap_or_default();
            let near = (product - stated).abs() <= (stated.abs() * Decimal::new(1, 6)).max(Decimal::new(1, 2));
            let finding = if near {
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
            let cost = record.money_at("riskResponseCost").map(|(value, place)| {
                Value::one(value.normalize().to_string(), &place)
                    .ask("is this paid once or every year? The record does not say; taken as once")
            });
            let name = answer.written().unwrap_or_default();
            // One measure against several risks is bought once.
            if let Some(known) = context.draft.controls.iter_mut().find(|control| control.name == name) {
                known.acts_on.push(index);
                let message = format!(
                    "\"{name}\" answers several risks: it was taken as one measure, with the cost of the first"
                );
                context.draft.fault(Finding::question(Some(answer.place()), message));
                continue;
            }
            context.draft.controls.push(Control {
                id: format!("response-{}", record.text("riskId")),
                name,
                place: answer.place(),
                initial: cost,
                acts_on: vec![index],
                remarks: vec![format!("Response: {}", types.join(", "))],
                ..Control::default()
            });
        }
    }
}
