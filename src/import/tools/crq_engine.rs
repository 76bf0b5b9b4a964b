//! Scenarios of the CRQ Engine: contacts, action, capability, resistance, six forms of loss, controls by yearly cost.

use rust_decimal::Decimal;

use super::Number;
use crate::import::Context;
use crate::import::draft::{Control, Effect, Rate, Risk, Value};
use crate::import::place::{Code, Finding, Place};
use crate::import::tree::Branch;

#[derive(Clone, Copy)]
enum Unit {
    Rate,
    /// A part of one.
    Part,
    /// A percentile from 0 to 100.
    Percent,
    Money,
}

/// A range by min, likely and max.
fn range(branch: &Branch<'_>, unit: Unit, context: &mut Context) -> Option<Value> {
    let kind = match unit {
        Unit::Rate | Unit::Part => Number::Number,
        Unit::Percent => Number::Percent,
        Unit::Money => Number::Money,
    };
    let mut keys = Vec::new();
    let mut values = Vec::new();
    let written = |value: Decimal| match unit {
        Unit::Rate => format!("{} per year", value.normalize()),
        Unit::Part => format!("{}%", (value * Decimal::ONE_HUNDRED).normalize()),
        Unit::Percent => format!("{}%", value.normalize()),
        Unit::Money => value.normalize().to_string(),
    };
    if branch.table().is_none() {
        let value = branch.number(kind)?;
        return of_percent(&[value], branch, unit, context).then(|| Value::one(written(value), &branch.place()));
    }
    for key in ["min", "likely", "max"] {
        let Some(value) = branch.get(key).and_then(|end| end.number(kind)) else {
            let cure = "give min, likely and max as numbers";
            context.draft.fault(Finding::fault(
                Code::Row,
                Some(branch.place()),
                format!("the range has no {key}"),
                cure,
            ));
            return None;
        };
        values.push(value);
        keys.push((key, written(value)));
    }
    let most = match unit {
        Unit::Part => Decimal::ONE,
        Unit::Percent => Decimal::ONE_HUNDRED,
        Unit::Rate | Unit::Money => Decimal::MAX,
    };
    if !values.is_sorted() || values[0].is_sign_negative() || values[2] > most {
        let cure = "put min, likely and max in order, within the bounds of the quantity";
        context.draft.fault(Finding::fault(
            Code::Row,
            Some(branch.place()),
            "the range does not rise within its bounds",
            cure,
        ));
        return None;
    }
    if !of_percent(&values, branch, unit, context) {
        return None;
    }
    Some(Value::keys(
        keys,
        vec![Place { text: format!("{} to {} to {}", values[0], values[1], values[2]), ..branch.place() }],
    ))
}

/// Whether numbers of percent are that: up to 1 they may be parts of one.
fn of_percent(values: &[Decimal], branch: &Branch<'_>, unit: Unit, context: &mut Context) -> bool {
    let most = values.iter().copied().max().unwrap_or_default();
    let doubtful = matches!(unit, Unit::Percent) && most > Decimal::ZERO && most <= Decimal::ONE;
    if doubtful {
        let message = format!("{most} has two readings: {most}% or {}%", (most * Decimal::ONE_HUNDRED).normalize());
        let cure = "write percent, from 0 to 100, with the sign as a text where it is 1% or less";
        context.draft.fault(Finding::fault(Code::TwoReadings, Some(branch.place()), message, cure));
    }
    !doubtful
}

const FORMS: [(&str, &str); 7] = [
    ("productivity", "productivity"),
    ("response", "response"),
    ("replacement", "replacement"),
    ("competitive_advantage", "competitive_advantage"),
    ("fines", "fines"),
    ("fines_and_judgments", "fines"),
    ("reputation", "reputation"),
];

fn losses(branch: Option<Branch<'_>>, context: &mut Context) -> Vec<(&'static str, Value)> {
    let mut found = Vec::new();
    for (key, child) in branch.iter().flat_map(Branch::entries) {
        let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == key) else {
            let cure = "the forms are productivity, response, replacement, competitive_advantage, fines, reputation";
            context.draft.fault(Finding::fault(
                Code::Unsupported,
                Some(child.place()),
                format!("\"{key}\" is no form of loss"),
                cure,
            ));
            continue;
        };
        found.extend(range(&child, Unit::Money, context).map(|value| (*form, value)));
    }
    found
}

/// Reads scenarios and controls.
pub fn read(root: &Branch<'_>, context: &mut Context) {
    if let Some(name) = root.at(&["organization", "name"]).and_then(|branch| branch.written()) {
        context.draft.title = format!("{name}: imported from the CRQ Engine");
    }
    let mut ids = Vec::new();
    for scenario in root.list("scenarios") {
        let place = scenario.get("name").map_or_else(|| scenario.place(), |branch| branch.place());
        let mut risk = Risk { id: scenario.text("id"), name: scenario.text("name"), place, ..Risk::default() };
        ids.push(risk.id.clone());
        let mut threat = Vec::new();
        for (key, name, unit) in [
            ("contacts", "contact_frequency", Unit::Rate),
            ("action", "probability_of_action", Unit::Part),
            ("events", "threat_event_frequency", Unit::Rate),
            ("capability", "threat_capability", Unit::Percent),
            ("resistance", "resistance_strength", Unit::Percent),
            ("vulnerability", "vulnerability", Unit::Part),
        ] {
            if let Some(branch) = scenario.get(name) {
                threat.extend(range(&branch, unit, context).map(|value| (key, value)));
            }
        }
        let has = |key: &str| threat.iter().any(|(known, _)| *known == key);
        if has("events") && (has("contacts") || has("action")) {
            let message = "the frequency of threat events stands beside contacts and action, which state it too: it alone was taken";
            context
                .draft
                .fault(Finding::question(scenario.get("threat_event_frequency").map(|at| at.place()), message));
            threat.retain(|(key, _)| !matches!(*key, "contacts" | "action"));
        }
        let has = |key: &str| threat.iter().any(|(known, _)| *known == key);
        if (has("events") || has("contacts") && has("action"))
            && (has("vulnerability") || has("capability") && has("resistance"))
        {
            risk.rate = Some(Rate::Threat(threat));
        } else if let Some(branch) = scenario.get("loss_event_frequency") {
            risk.rate = range(&branch, Unit::Rate, context).map(Rate::Frequency);
        }
        risk.loss = losses(scenario.get("primary_loss"), context);
        let secondary = losses(scenario.get("secondary_loss"), context);
        if !secondary.is_empty() {
            let stated = scenario.get("secondary_loss_probability").or_else(|| scenario.get("secondary_probability"));
            let chance = stated.and_then(|branch| range(&branch, Unit::Part, context)).unwrap_or_else(|| {
                let question = "how often does an event bring follow-up loss? The file does not say; it counts it with every event";
                Value { form: crate::import::draft::Form::One("100%".into()), from: Vec::new(), asked: Some(question.into()), why: None }
            });
            risk.secondary = Some((chance, secondary));
        }
        let community = scenario.text("threat_community");
        if !community.is_empty() {
            risk.remarks.push(format!("Threat community: {community}"));
        }
        context.draft.risks.push(risk);
    }
    for item in root.list("controls") {
        let place = item.get("name").map_or_else(|| item.place(), |branch| branch.place());
        let mut control = Control { id: item.text("id"), name: item.text("name"), place, ..Control::default() };
        let cost =
            |key: &str| item.money_at(key).map(|(value, place)| Value::one(value.normalize().to_string(), &place));
        (control.initial, control.yearly) = (cost("implementation_cost"), cost("annual_cost"));
        for (key, child) in item.entries() {
            const TAKEN: &str =
                "id|name|category|type|description|effectiveness|annual_cost|implementation_cost|applies_to";
            if !TAKEN.split('|').any(|taken| taken == key) {
                context.draft.fault(Finding::note(Some(child.place()), format!("\"{key}\" of a control is not used")));
            }
        }
        let effect = item.get("effectiveness").and_then(|branch| range(&branch, Unit::Percent, context));
        for target in item.list("applies_to") {
            let Some(at) = ids.iter().position(|id| Some(id.as_str()) == target.written().as_deref()) else {
                let cure = "name the id of a scenario in the file";
                context.draft.fault(Finding::fault(
                    Code::Dangling,
                    Some(target.place()),
                    "no scenario has this id",
                    cure,
                ));
                continue;
            };
            control.acts_on.push(at);
            if let Some(value) = &effect {
                let on = if matches!(context.draft.risks[at].rate, Some(Rate::Threat(_))) {
                    "vulnerability"
                } else {
                    "frequency"
                };
                let value = value.clone().ask("on what does it act? The file says how effective it is, not on what");
                control.effects.push(Effect { risk: at, on: on.into(), becomes: false, part: None, value });
            }
        }
        context.draft.controls.push(control);
    }
    for asset in root.list("assets") {
        let message = format!("the worth of \"{}\" is not used: the losses of an event are stated", asset.text("name"));
        context.draft.fault(Finding::note(Some(asset.place()), message));
    }
}
