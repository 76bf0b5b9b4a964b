//! CISO Assistant: applied controls with build, run, people days and amortisation; saved answers of its quantification.
//!
//! Build: fixed cost plus people days at the day rate, once, over the amortisation as life. Run: fixed cost every year, and
//! people days as working time. A day has eight hours.

use rust_decimal::Decimal;

use super::{Columns, Number, heading};
use crate::import::draft::{Control, Effect, Limit, Rate, Risk, Value};
use crate::import::grid::Sheet;
use crate::import::number::{amount, currency};
use crate::import::place::{Code, Finding, Place};
use crate::import::register::FORM;
use crate::import::tree::Branch;
use crate::import::{Context, Refusal};

/// What a day of people costs.
pub(in crate::import) fn day_rate(context: &Context) -> Option<Decimal> {
    let text = context.mapping.answers.get("day_rate")?;
    amount(text, context.mapping.numbers).ok().map(|found| found.value).filter(|value| *value > Decimal::ZERO)
}

fn no_rate(place: Place, context: &Context) -> Refusal {
    let message = match context.mapping.answers.get("day_rate") {
        Some(text) => format!("the day rate \"{text}\" cannot be read, or has two readings"),
        None => "what does a day of your people cost? The file counts people in days and names no rate".to_owned(),
    };
    Finding::fault(
        Code::Asked,
        Some(place),
        message,
        "answer with --answer day_rate=600, or in the mapping: `[answers]` and `day_rate = \"600\"`",
    )
    .into()
}

/// A number with its place, where it stands.
type Stated = Option<(Decimal, Place)>;

/// A figure of a cost that is not below zero; one that is stands as a fault.
fn cost(found: Stated, context: &mut Context) -> Stated {
    let (value, place) = found?;
    if value.is_sign_negative() && !value.is_zero() {
        let message = format!("a cost is not below zero ({})", value.normalize());
        context.draft.fault(Finding::fault(Code::Cell, Some(place), message, "write what it costs"));
        return None;
    }
    Some((value, place))
}

/// What the status of a control says: whether it stands already; one that nobody keeps up is asked.
fn standing(control: &mut Control, status: &str, context: &mut Context) {
    control.in_place = matches!(status, "active" | "degraded");
    if status == "deprecated" {
        let question = "its status is \"deprecated\": is it still to be paid for? Else take it out of the plan";
        context.draft.fault(Finding::question(Some(control.place.clone()), question));
        for value in [&mut control.initial, &mut control.yearly].into_iter().flatten() {
            *value = value.clone().ask_also(question);
        }
    }
}

/// The costs of a control: build and run, each as amount and days.
struct Cost {
    build: (Stated, Stated),
    run: (Stated, Stated),
    years: Option<Decimal>,
}

impl Cost {
    fn needs_rate(&self) -> Option<&Place> {
        let days = [&self.build.1, &self.run.1].into_iter().flatten();
        days.filter(|(days, _)| *days > Decimal::ZERO).map(|(_, place)| place).next()
    }

    /// Writes the costs into a control; a day's rate is there where days are.
    fn into(self, control: &mut Control, rate: Option<Decimal>) {
        let days = |found: &Option<(Decimal, Place)>| found.as_ref().map_or(Decimal::ZERO, |(days, _)| *days);
        let build_days = days(&self.build.1);
        let fixed = self.build.0.as_ref().map_or(Decimal::ZERO, |(value, _)| *value);
        let people = build_days.checked_mul(rate.unwrap_or_default()).unwrap_or_default();
        let from: Vec<Place> =
            [&self.build.0, &self.build.1].into_iter().flatten().map(|(_, place)| place.clone()).collect();
        if let Some(first) = from.first() {
            let mut value = Value::one((fixed + people).normalize().to_string(), first);
            value.from.clone_from(&from);
            if build_days > Decimal::ZERO {
                let rate = rate.unwrap_or_default();
                value = value.because(format!(
                    "{fixed} + {build_days} people days × {rate}",
                    fixed = fixed.normalize(),
                    build_days = build_days.normalize()
                ));
            }
            control.initial = Some(value);
        }
        control.yearly = self.run.0.map(|(value, place)| Value::one(value.normalize().to_string(), &place));
        if let (Some((days, place)), Some(rate)) = (self.run.1.filter(|(days, _)| *days > Decimal::ZERO), rate) {
            let hourly = (rate / Decimal::from(8)).normalize();
            let time = Value::one(format!("{} hours per year", (days * Decimal::from(8)).normalize()), &place)
                .because(format!("{} people days of eight hours", days.normalize()));
            let rate = Value::one(format!("{hourly} per hour"), &Place { text: String::new(), ..place })
                .because(format!("{} a day of eight hours, as answered", rate.normalize()));
            control.people = Some((time, rate));
        }
        control.lifetime = self.years.filter(|years| *years > Decimal::ZERO).map(|years| {
            let years = years.normalize();
            if years == Decimal::ONE { "1 year".to_owned() } else { format!("{years} years") }
        });
    }
}

/// Reads applied controls.
pub fn controls(file: &str, sheet: &Sheet, context: &mut Context) -> Result<(), Refusal> {
    let mut rows = sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#'));
    let Some(head) = rows.next() else { return Ok(()) };
    let rate = day_rate(context);
    let figures = Columns::of(sheet, context.mapping.numbers, &context.draft);
    for row in rows {
        let place = |name: &str| {
            let column = heading(head, name).unwrap_or(0);
            Place {
                file: file.into(),
                sheet: sheet.name.as_str().into(),
                row: row.number,
                column: column + 1,
                heading: name.into(),
                text: row.text(column).to_owned(),
            }
        };
        let text = |name: &str| heading(head, name).map_or("", |column| row.text(column));
        let mut number = |name: &str, kind: Number| -> Stated {
            let value = figures.cell(row, heading(head, name)?, kind, &place(name), &mut context.draft)?;
            cost(Some((value, place(name))), context)
        };
        let costs = Cost {
            build: (number("build_fixed_cost", Number::Money), number("build_people_days", Number::Number)),
            run: (number("run_fixed_cost", Number::Money), number("run_people_days", Number::Number)),
            years: number("amortization_period", Number::Years).map(|(value, _)| value),
        };
        if rate.is_none()
            && let Some(place) = costs.needs_rate()
        {
            return Err(no_rate(place.clone(), context));
        }
        let name = text("name").to_owned();
        let known = context.draft.control_named(&name);
        let mut control = known.map_or_else(Control::default, |at| context.draft.controls[at].clone());
        control.id = text("ref_id").to_owned();
        control.name = name;
        control.place = place("name");
        for key in ["description", "status", "eta", "category"] {
            if !text(key).is_empty() {
                control.remarks.push(format!("{key}: {}", text(key)));
            }
        }
        costs.into(&mut control, rate);
        standing(&mut control, text("status"), context);
        match known {
            Some(at) => context.draft.controls[at] = control,
            None => context.draft.controls.push(control),
        }
    }
    Ok(())
}

/// Reads a saved answer of the quantification: risks as they are now, limits, controls and the plan.
pub fn crq(root: &Branch<'_>, context: &mut Context) -> Result<(), Refusal> {
    if let Some(study) = root.get("study") {
        if !study.text("name").is_empty() {
            context.draft.title = study.text("name");
        }
        for (name, point) in study.at(&["risk_tolerance", "points"]).iter().flat_map(Branch::entries) {
            if let (Some((loss, place)), Some((chance, _))) =
                (point.money_at("acceptable_loss"), point.number_at("probability"))
            {
                context.draft.limits.push(Limit {
                    name: format!("risk tolerance, {name}"),
                    loss: loss.normalize().to_string(),
                    chance: format!("{}%", (chance * Decimal::ONE_HUNDRED).normalize()),
                    place: Place { text: name.to_owned(), ..place },
                });
            }
        }
    }
    let rate = day_rate(context);
    for item in root.list("applied_controls") {
        let mut control =
            Control { id: item.text("ref_id"), name: item.text("name"), place: item.place(), ..Control::default() };
        if let Some(stated) = item.get("cost") {
            let sign = stated.text("currency");
            if context.draft.currency.is_none() {
                context.draft.currency = currency(&sign).filter(|code| code.len() == 3);
            }
            let mut fixed = |name: &str| cost(stated.get(name).and_then(|part| part.money_at("fixed_cost")), context);
            let (build, run) = (fixed("build"), fixed("run"));
            let mut days = |name: &str| cost(stated.get(name).and_then(|part| part.number_at("people_days")), context);
            let cost = Cost {
                build: (build, days("build")),
                run: (run, days("run")),
                years: stated.years_at("amortization_period").map(|(value, _)| value),
            };
            if rate.is_none()
                && let Some(place) = cost.needs_rate()
            {
                return Err(no_rate(place.clone(), context));
            }
            cost.into(&mut control, rate);
        }
        standing(&mut control, &item.text("status"), context);
        context.draft.controls.push(control);
    }
    let hypotheses: Vec<Branch<'_>> =
        root.list("hypotheses").into_iter().filter(|item| item.text("is_selected") != "no").collect();
    for scenario in root.list("scenarios") {
        let reference = scenario.text("ref_id");
        let stages = |name: &str| -> Vec<&Branch<'_>> {
            let of = |item: &&Branch<'_>| item.text("scenario") == reference && item.text("risk_stage") == name;
            hypotheses.iter().filter(of).collect()
        };
        let place = scenario.get("name").map_or_else(|| scenario.place(), |branch| branch.place());
        let mut risk = Risk {
            id: reference.clone(),
            name: scenario.text("name"),
            place: place.clone(),
            at_most_one: true,
            ..Risk::default()
        };
        let one = |name: &str, context: &mut Context| match stages(name)[..] {
            [only] => Some(only),
            [] => None,
            [_, second, ..] => {
                let message = format!("two hypotheses of the stage \"{name}\" are selected: none of them was taken");
                let cure = "select the one that holds";
                context.draft.fault(Finding::fault(Code::Row, Some(second.place()), message, cure));
                None
            }
        };
        let now = one("current", context);
        if stages("current").is_empty() {
            let message =
                "no hypothesis of the stage \"current\" is selected, and the stage before any control is not today";
            let cure = "select the hypothesis that holds today";
            context.draft.fault(Finding::fault(Code::Row, Some(place), message, cure));
        }
        if let Some((chance, loss)) = now.map(|now| figures(now, context)) {
            risk.rate = chance.map(Rate::Frequency);
            risk.loss = loss.into_iter().map(|loss| (FORM, loss)).collect();
        }
        if risk.rate.is_none() {
            risk.at_most_one = false;
        }
        if let Some(inherent) = stages("inherent").first() {
            let message = "the figures before any control are not used: a plan is worth today less what remains";
            context.draft.fault(Finding::note(Some(inherent.place()), message));
        }
        let index = context.draft.risks.len();
        context.draft.risks.push(risk);
        let Some(after) = one("residual", context) else { continue };
        let added: Vec<String> = after
            .get("added_applied_controls")
            .map(|list| list.items().iter().filter_map(Branch::written).collect())
            .unwrap_or_default();
        let (chance, loss) = figures(after, context);
        let question = match added.len() {
            0 | 1 => {
                "which part of what remains is due to this control? The study states the result of the whole stage"
            }
            _ => {
                "which part of the joint effect has each control? The study states them together; the first was given all of it"
            }
        };
        if added.len() > 1 {
            context.draft.fault(Finding::question(
                Some(after.place()),
                format!("the joint effect of {} is stated: what does each of them do?", added.join(", ")),
            ));
        }
        for (number, name) in added.iter().enumerate() {
            let Some(at) = context.draft.control_named(name) else {
                let cure = "add the control with its cost to the file";
                context.draft.fault(Finding::fault(
                    Code::Dangling,
                    Some(after.place()),
                    format!("no control is named \"{name}\""),
                    cure,
                ));
                continue;
            };
            let control = &mut context.draft.controls[at];
            control.acts_on.push(index);
            if number == 0 {
                for (on, value) in [("frequency".to_owned(), chance.clone()), (format!("loss.{FORM}"), loss.clone())] {
                    if let Some(value) = value {
                        control.effects.push(Effect {
                            risk: index,
                            on,
                            becomes: true,
                            part: None,
                            value: value.ask(question),
                        });
                    }
                }
            }
        }
    }
    Ok(())
}

/// The chance and the loss of a stage.
fn figures(stage: &Branch<'_>, context: &mut Context) -> (Option<Value>, Option<Value>) {
    let Some(parameters) = stage.get("parameters") else { return (None, None) };
    let chance = parameters
        .number_at("probability")
        .map(|(value, place)| Value::one(format!("{}%", (value * Decimal::ONE_HUNDRED).normalize()), &place));
    let loss = parameters.get("impact").and_then(|impact| {
        let ((low, place), (high, other)) = (impact.money_at("lb")?, impact.money_at("ub")?);
        let shape = impact.text("distribution");
        let mut fault = |message: String, cure: &str| {
            context.draft.fault(Finding::fault(Code::Row, Some(place.clone()), message, cure));
            None
        };
        let [from, to] = [low, high].map(|end| end.normalize().to_string());
        let keys = match shape.as_str() {
            "" | "LOGNORMAL-CI90" if low <= Decimal::ZERO => {
                return fault("the lower end is not above zero".into(), "write what one case in twenty costs at most");
            }
            "" | "LOGNORMAL-CI90" => vec![("low", from), ("high", to)],
            "UNIFORM" => vec![("shape", "uniform".to_owned()), ("min", from), ("max", to)],
            _ => {
                return fault(
                    format!("the distribution {shape} has no counterpart"),
                    "LOGNORMAL-CI90 and UNIFORM are read",
                );
            }
        };
        if low >= high {
            return fault("the range does not rise from lb to ub".into(), "put lb below ub");
        }
        Some(Value::keys(keys, vec![place, other]))
    });
    (chance, loss)
}
