//! Controls: what they act on and what they cost.

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::quantity::Terms;
use super::word::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    ByControl, Change, Control, ControlCost, Effect, EstimateId, Factor, FailureGroup, Form, Friction, Milestone,
    People, Role, Running, Savings,
};
use crate::scenario::syntax::Value;
use crate::units::{Kind, Period, Probability};

/// The controls of a file.
pub fn controls(root: &Cursor<'_, '_>) -> ByControl<Control> {
    root.tables("control", "id").iter().map(control).collect()
}

fn control(cursor: &Cursor<'_, '_>) -> Control {
    let period = |key: &str| cursor.fixed(key, Kind::Period).and_then(Period::new);
    let lifetime = period("lifetime");
    if lifetime.is_some_and(|lifetime| lifetime.get() < Decimal::from(730)) {
        cursor.reader.report(
            Diagnostic::new(Code::OutOfRange, "a lifetime below a month cannot be used")
                .at(cursor.node("lifetime").map_or(cursor.span, |node| node.span), "too short")
                .help("write `lifetime = \"5 years\"`; spending that comes more often is `yearly`")
                .path(cursor.path_of("lifetime")),
        );
    }
    let effects: Vec<Effect> = cursor.tables("effect", "").iter().filter_map(effect).collect();
    let control = Control {
        id: cursor.id(),
        name: cursor.text("name").unwrap_or_default(),
        mitigates: cursor.texts("mitigates"),
        owner: cursor.text("owner"),
        milestones: cursor.tables("milestones", "").iter().filter_map(milestone).collect(),
        coverage: cursor.estimate("coverage", Role::Knowledge),
        reliability: cursor.estimate("reliability", Role::Knowledge),
        ramp: period("ramp").unwrap_or_default(),
        lifetime,
        salvage: cursor.estimate("salvage", Role::Knowledge),
        requires: cursor.references("requires", "control"),
        excludes: cursor.references("excludes", "control"),
        one_of: cursor.text("one_of"),
        fails_with: cursor.table("fails_with").and_then(|table| {
            let share = table.fixed("share", Kind::Chance).and_then(Probability::new);
            Some(FailureGroup { group: table.text("group")?, share: share? })
        }),
        in_place: cursor.flag("in_place").unwrap_or(false),
        ends: None,
        effects,
        cost: cursor.table("cost").map(|table| cost(&table)).unwrap_or_default(),
        saves: cursor.table("saves").map(|table| saves(&table)).unwrap_or_default(),
    };
    if !cursor.has_content("effect") && !cursor.is_said_elsewhere("effect") {
        cursor.reader.report(
            Diagnostic::new(Code::NoEffect, format!("the control \"{}\" acts on nothing", control.id))
                .at(cursor.head(), "no `effect` here")
                .help("add `[[control.effect]]` with `risk`, `on` and `reduction`; a control that only others require may reduce something by \"0%\"")
                .path(cursor.path_of("effect")),
        );
    }
    control
}

fn milestone(cursor: &Cursor<'_, '_>) -> Option<Milestone> {
    let (name, by) = (cursor.text("name"), cursor.date("by"));
    Some(Milestone { name: name?, by: by? })
}

fn effect(cursor: &Cursor<'_, '_>) -> Option<Effect> {
    let risk = cursor.reference("risk", "risk");
    let factor = factor(cursor);
    let has = |key: &str| cursor.node(key).is_some();
    let change = match (has("reduction"), has("becomes")) {
        (true, true) => {
            cursor.reader.report(
                Diagnostic::new(Code::Contradiction, format!("`{}` has both `reduction` and `becomes`", cursor.path))
                    .at(cursor.key_span("becomes"), "a second change")
                    .also(cursor.key_span("reduction"), "the first")
                    .help("keep one: `reduction` for a part taken off, `becomes` for the new value")
                    .path(cursor.path.clone()),
            );
            None
        }
        (false, false) => {
            cursor.reader.report(
                Diagnostic::new(Code::Missing, format!("`{}` does not say what changes", cursor.path))
                    .at(cursor.head(), "no `reduction` here")
                    .help("write `reduction = \"60%\"`, or `becomes = …` for the factor's new value")
                    .path(cursor.path_of("reduction")),
            );
            None
        }
        (true, false) => cursor.estimate("reduction", Role::Knowledge).map(Change::Reduction),
        (false, true) => factor.and_then(|factor| becomes(cursor, factor)).map(Change::Becomes),
    };
    Some(Effect { risk: risk?, factor: factor?, change: change? })
}

fn factor(cursor: &Cursor<'_, '_>) -> Option<Factor> {
    let node = cursor.node("on")?;
    let text = cursor.text_of(node, "on")?;
    if let Some(factor) = Factor::from_key(text) {
        return Some(factor);
    }
    let keys: Vec<String> = Factor::all().into_iter().map(Factor::key).collect();
    let plain: Vec<String> = Factor::PLAIN.into_iter().map(|factor| format!("\"{}\"", factor.key())).collect();
    let mut diagnostic =
        Diagnostic::new(Code::UnknownWord, format!("\"{text}\" is no factor that a control can act on"))
            .at(node.span, "unknown factor")
            .path(cursor.path_of("on"));
    // A form of loss alone, such as "fines", means the form of the primary loss.
    let form = Form::from_key(text).map(|form| Factor::LossForm(form).key());
    if let Some(key) = form.as_deref().or_else(|| nearest(text, keys.iter().map(String::as_str))) {
        diagnostic = diagnostic.help(format!("did you mean \"{key}\"?"));
    }
    cursor
        .reader
        .report(diagnostic.help(format!("factors: {}, \"loss.<form>\", \"secondary.loss.<form>\"", plain.join(", "))));
    None
}

/// The new estimate of a factor, of the kind and role that the factor has.
fn becomes(cursor: &Cursor<'_, '_>, factor: Factor) -> Option<EstimateId> {
    let Some((kind, bare, role)) = factor.new_value() else {
        let key = factor.key();
        cursor.reader.report(
            Diagnostic::new(Code::Contradiction, format!("`becomes` cannot replace all forms of \"{key}\" at once"))
                .at(cursor.key_span("becomes"), "which form?")
                .help(format!("write `on = \"{key}.response\"` or another form, or use `reduction`"))
                .path(cursor.path_of("becomes")),
        );
        return None;
    };
    cursor.estimate_as("becomes", Terms { kind, bare, yearly_chance: false }, role)
}

fn cost(cursor: &Cursor<'_, '_>) -> ControlCost {
    let knowledge = |key: &str| cursor.estimate(key, Role::Knowledge);
    ControlCost {
        initial: knowledge("initial"),
        yearly: running(cursor),
        people: cursor.table("people").and_then(|table| people(&table)),
        friction: cursor.table("friction").and_then(|table| users(&table)),
        retired: knowledge("retired"),
    }
}

fn saves(cursor: &Cursor<'_, '_>) -> Savings {
    if !cursor.has_key("people") && !cursor.has_key("users") && !cursor.is_said_elsewhere("people") {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, format!("`{}` does not say whose time is saved", cursor.path))
                .at(cursor.head(), "no `people` and no `users` here")
                .help("write for example `people = { time = \"10 hours per week\", rate = \"65 per hour\" }`")
                .path(cursor.path_of("people")),
        );
    }
    Savings {
        people: cursor.table("people").and_then(|table| people(&table)),
        users: cursor.table("users").and_then(|table| users(&table)),
    }
}

/// Working time of own people.
fn people(cursor: &Cursor<'_, '_>) -> Option<People> {
    let (time, rate) = (cursor.estimate("time", Role::Knowledge), cursor.estimate("rate", Role::Knowledge));
    Some(People { time: time?, rate: rate? })
}

/// Time of users.
fn users(cursor: &Cursor<'_, '_>) -> Option<Friction> {
    let users = cursor.integer("users").map(Decimal::from);
    let (time, rate) = (cursor.estimate("time", Role::Knowledge), cursor.estimate("rate", Role::Knowledge));
    Some(Friction { users: users?, time: time?, rate: rate? })
}

/// What it costs while it runs.
fn running(cursor: &Cursor<'_, '_>) -> Option<Running> {
    let is_list = |key: &str| cursor.node(key).is_some_and(|node| matches!(node.value, Value::List(_)));
    if cursor.node("yearly").is_some() && cursor.node("quarterly").is_some() {
        cursor.reader.report(
            Diagnostic::new(Code::Contradiction, format!("`{}` has both `yearly` and `quarterly`", cursor.path))
                .at(cursor.key_span("quarterly"), "the same cost again")
                .also(cursor.key_span("yearly"), "the first")
                .help("keep one: `yearly` for amounts of years, `quarterly` for amounts of quarters")
                .path(cursor.path_of("quarterly")),
        );
    }
    let yearly = cursor.series("yearly").map(|ids| match ids.as_slice() {
        [id] if !is_list("yearly") => Running::Even(*id),
        _ => Running::ByYear(ids),
    });
    let quarterly = cursor.series("quarterly").map(Running::ByQuarter);
    yearly.or(quarterly)
}
