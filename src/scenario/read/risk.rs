//! Value streams, risks and shared causes.

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    ByRisk, CauseId, Chain, Count, Dwell, EstimateId, EventRate, Form, Loss, NextStage, Outage, Risk, Role, Secondary,
    SharedCause, StreamId, Table, ThreatEvents, ValueStream, Vulnerability,
};
use crate::scenario::grammar::COUNTS;
use crate::scenario::syntax::Value;
use crate::units::Kind;

/// The value streams of a file.
pub fn value_streams(root: &Cursor<'_, '_>) -> Table<StreamId, ValueStream> {
    root.tables("value_stream", "id")
        .iter()
        .map(|cursor| ValueStream {
            id: cursor.id(),
            name: cursor.text("name").unwrap_or_default(),
            goal: cursor.text("goal"),
            revenue: cursor.estimate("revenue", Role::Knowledge),
            margin: cursor.estimate("margin", Role::Knowledge),
        })
        .collect()
}

/// The risks of a file; at least one is due.
pub fn risks(root: &Cursor<'_, '_>) -> ByRisk<Risk> {
    let cursors = root.tables("risk", "id");
    if let Some(node) = root.node("risk")
        && matches!(&node.value, Value::List(nodes) if nodes.is_empty())
    {
        root.reader.report(
            Diagnostic::new(Code::Missing, "the file has no risk")
                .at(node.span, "an empty list")
                .help("add a `[[risk]]` with `id`, `name`, `frequency` and `[risk.loss]`")
                .path("risk"),
        );
    }
    cursors.iter().filter_map(risk).collect()
}

fn risk(cursor: &Cursor<'_, '_>) -> Option<Risk> {
    let id = cursor.id();
    let name = cursor.text("name").unwrap_or_default();
    let count = count(cursor);
    let void = || {
        let path = cursor.path_of("frequency");
        cursor.reader.void_estimate(Kind::Frequency, Role::Knowledge, path).map(EventRate::Frequency)
    };
    let rate = rate(cursor, count).or_else(void);
    let primary = losses(cursor.table("loss").as_ref());
    let asset = cursor.table("asset").and_then(|asset| {
        let value = asset.estimate("value", Role::Knowledge);
        let exposure = asset.estimate("exposure", Role::Knowledge);
        Some((value?, exposure?))
    });
    let outage = cursor.table("outage").and_then(|outage| {
        let duration = outage.estimate("duration", Role::Luck);
        let share = outage.estimate("share", Role::Knowledge);
        Some(Outage { duration: duration?, share })
    });
    let dwell = cursor.table("dwell").and_then(|dwell| dwelling(&dwell));
    let secondary: Vec<Secondary> = cursor
        .tables("secondary", "")
        .iter()
        .filter_map(|secondary| {
            let chance = secondary.estimate("chance", Role::Luck);
            let table = secondary.table("loss");
            let losses = losses(table.as_ref());
            if losses.is_empty() && table.is_some() {
                empty_loss(table.as_ref()?);
            }
            Some(Secondary { chance: vec![chance?], losses, duty: None })
        })
        .collect();
    let leads_to = cursor
        .tables("leads_to", "risk")
        .iter()
        .filter_map(|chain| {
            let risk = chain.reference("risk", "risk");
            let chance = chain.estimate("chance", Role::Knowledge);
            Some(Chain { risk: risk?, chance: chance? })
        })
        .collect();
    let inherent = cursor.table("inherent").and_then(|inherent| {
        let (frequency, loss) = (inherent.fixed("frequency", Kind::Frequency), inherent.fixed("loss", Kind::Money));
        frequency?.checked_mul(loss?)
    });
    let value_stream = cursor.reference("value_stream", "value_stream");
    check_loss(cursor, value_stream);
    Some(Risk {
        id,
        name,
        value_stream,
        obligations: cursor.texts("obligations"),
        rate: rate?,
        count,
        primary,
        asset,
        outage,
        dwell,
        secondary,
        leads_to,
        inherent,
    })
}

fn count(cursor: &Cursor<'_, '_>) -> Count {
    let Some(node) = cursor.node("count") else { return Count::Poisson };
    match &node.value {
        Value::Table(_) => cursor
            .table("count")
            .and_then(|table| table.positive("clustering"))
            .map_or(Count::Poisson, Count::Clustered),
        _ => match cursor.word("count", COUNTS) {
            Some("at most one") => Count::AtMostOne,
            _ => Count::Poisson,
        },
    }
}

fn rate(cursor: &Cursor<'_, '_>, count: Count) -> Option<EventRate> {
    let has = |key: &str| cursor.node(key).is_some();
    match (has("frequency"), has("threat")) {
        (true, true) => {
            cursor.reader.report(
                Diagnostic::new(Code::Contradiction, format!("`{}` has both `frequency` and `threat`", cursor.path))
                    .at(cursor.key_span("threat"), "a second rate")
                    .also(cursor.key_span("frequency"), "the first")
                    .help("keep one: `frequency` for loss events a year, or `threat` for the Open FAIR tree")
                    .path(cursor.path.clone()),
            );
            None
        }
        (false, false) if ["frequency", "threat"].into_iter().any(|key| cursor.is_said_elsewhere(key)) => None,
        (false, false) => {
            cursor.reader.report(
                Diagnostic::new(Code::Missing, format!("`{}` does not say how often it happens", cursor.path))
                    .at(cursor.head(), "no rate here")
                    .help("write `frequency = \"1 in 5 years\"`, or `[risk.threat]` with `events` and `vulnerability`")
                    .path(cursor.path_of("frequency")),
            );
            None
        }
        (true, false) => {
            let yearly_chance = count == Count::AtMostOne;
            let kind = if yearly_chance { Kind::Chance } else { Kind::Frequency };
            let terms = Terms { kind, bare: false, yearly_chance };
            cursor.estimate_as("frequency", terms, Role::Knowledge).map(EventRate::Frequency)
        }
        (false, true) => threat(&cursor.table("threat")?),
    }
}

fn threat(cursor: &Cursor<'_, '_>) -> Option<EventRate> {
    let has = |key: &str| cursor.node(key).is_some();
    let events = one_of_two(cursor, "events", &["contacts", "action"], "how often the threat acts");
    let vulnerability = one_of_two(cursor, "vulnerability", &["capability", "resistance"], "how often it succeeds");
    let knowledge = |key: &str| cursor.estimate(key, Role::Knowledge);
    let luck = |key: &str| cursor.estimate(key, Role::Luck);
    let events = events.then(|| {
        if has("events") {
            knowledge("events").map(ThreatEvents::Events)
        } else {
            let (contacts, action) = (knowledge("contacts"), knowledge("action"));
            Some(ThreatEvents::Contacts { contacts: contacts?, action: action? })
        }
    });
    let vulnerability = vulnerability.then(|| {
        if has("vulnerability") {
            knowledge("vulnerability").map(Vulnerability::Chance)
        } else {
            let (capability, resistance) = (luck("capability"), luck("resistance"));
            Some(Vulnerability::Contest { capability: capability?, resistance: resistance? })
        }
    });
    Some(EventRate::Threat { events: events??, vulnerability: vulnerability?? })
}

/// Whether either the one key or both of the two are written; a fault otherwise.
fn one_of_two(cursor: &Cursor<'_, '_>, one: &str, two: &[&str; 2], what: &str) -> bool {
    let has = |key: &str| cursor.node(key).is_some();
    let [a, b] = two;
    let found = (has(one), has(a), has(b));
    match found {
        (true, false, false) | (false, true, true) => true,
        (true, ..) => {
            let other = if has(a) { a } else { b };
            cursor.reader.report(
                Diagnostic::new(Code::Contradiction, format!("`{}` has both `{one}` and `{other}`", cursor.path))
                    .at(cursor.key_span(other), "says it a second time")
                    .also(cursor.key_span(one), "said here")
                    .help(format!("keep `{one}`, or `{a}` with `{b}`"))
                    .path(cursor.path_of(other)),
            );
            false
        }
        (false, false, false) if [one, a, b].iter().any(|key| cursor.is_said_elsewhere(key)) => false,
        (false, false, false) => {
            let help = if one == "vulnerability" {
                "write `vulnerability = \"40%\"` (\"100%\" if every try succeeds), or `capability` and `resistance`"
                    .to_owned()
            } else {
                format!("write `{one} = 12` a year, or `{a}` and `{b}`")
            };
            cursor.reader.report(
                Diagnostic::new(Code::Missing, format!("`{}` does not say {what}", cursor.path))
                    .at(cursor.head(), format!("`{one}` is missing here"))
                    .help(help)
                    .path(cursor.path_of(one)),
            );
            false
        }
        (false, has_a, _) => {
            let missing = if has_a { b } else { a };
            if let Some(field) = cursor.field(missing) {
                cursor.missing(field);
            }
            false
        }
    }
}

/// The time from break-in to containment: a loss a day, a next stage, or both.
fn dwelling(cursor: &Cursor<'_, '_>) -> Option<Dwell> {
    let time = cursor.estimate("time", Role::Luck);
    let per_day = cursor.estimate("per_day", Role::Knowledge);
    let then = cursor.table("then").and_then(|then| {
        let loss = then.estimate("loss", Role::Luck);
        let after = then.fixed("after", Kind::Period);
        if after.is_some_and(|after| after <= Decimal::ZERO) {
            then.reader.report(
                Diagnostic::new(Code::OutOfRange, "the next stage cannot come after no time at all")
                    .at(then.key_span("after"), "0")
                    .help("write the time after which half of all intruders have come so far, such as `after = \"21 days\"`")
                    .path(then.path_of("after")),
            );
            return None;
        }
        Some(NextStage { after: after?, loss: loss? })
    });
    let has = |key: &str| cursor.has_key(key) || cursor.is_said_elsewhere(key);
    if !has("per_day") && !has("then") {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, format!("`{}` does not say what the time costs", cursor.path))
                .at(cursor.head(), "no loss here")
                .help("write what is lost in a day, `per_day = \"4k\"`, or what comes next, `then = { after = \"21 days\", loss = \"2M\" }`, or both")
                .path(cursor.path_of("per_day")),
        );
    }
    Some(Dwell { time: time?, per_day, then })
}

fn losses(cursor: Option<&Cursor<'_, '_>>) -> Vec<Loss> {
    let Some(cursor) = cursor else { return Vec::new() };
    let estimate = |form: Form| -> Option<(Form, EstimateId)> {
        cursor.estimate(form.key(), Role::Luck).map(|amount| (form, amount))
    };
    Form::ALL.into_iter().filter_map(estimate).map(|(form, amount)| Loss { form, amount }).collect()
}

fn empty_loss(cursor: &Cursor<'_, '_>) {
    if !cursor.has_unknown_key() && Form::ALL.iter().all(|form| !cursor.has_key(form.key())) {
        let forms: Vec<&str> = Form::ALL.iter().map(|form| form.key()).collect();
        cursor.reader.report(
            Diagnostic::new(Code::LossContradiction, format!("`{}` names no form of loss", cursor.path))
                .at(cursor.span, "nothing lost here")
                .help(format!("write for example `response = \"40k\"`; forms of loss: {}", forms.join(", ")))
                .path(cursor.path.clone()),
        );
    }
}

fn check_loss(cursor: &Cursor<'_, '_>, value_stream: Option<StreamId>) {
    let has = |key: &str| cursor.node(key).is_some();
    let parts = ["loss", "asset", "outage", "dwell", "secondary"];
    if !parts.into_iter().any(|key| cursor.has_content(key) || cursor.is_said_elsewhere(key)) {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, format!("`{}` does not say what it costs", cursor.path))
                .at(cursor.head(), "no loss here")
                .help("add `[risk.loss]` with for example `response = { low = \"40k\", high = \"600k\" }`, or `asset = { value = …, exposure = … }`, `[risk.outage]`, `[risk.dwell]` or `[risk.secondary]`")
                .path(cursor.path_of("loss")),
        );
    }
    if let Some(loss) = cursor.table_quietly("loss") {
        empty_loss(&loss);
        if has("asset") && loss.node("replacement").is_some() {
            cursor.reader.report(
                Diagnostic::new(
                    Code::LossContradiction,
                    format!("`{}` states the replacement of the asset twice", cursor.path),
                )
                .at(loss.key_span("replacement"), "stated again here")
                .also(cursor.key_span("asset"), "value × exposure counts as replacement")
                .help("keep `asset`, or `loss.replacement`")
                .path(cursor.path_of("asset")),
            );
        }
    }
    let names_stream = has("value_stream") || cursor.is_said_elsewhere("value_stream");
    if has("outage") && value_stream.is_none() && !names_stream {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, format!("`{}` has an outage but no value stream to price it", cursor.path))
                .at(cursor.key_span("outage"), "of which value stream?")
                .help("write `value_stream = \"orders\"` in the risk, with a `[[value_stream]]` that has a `revenue`; or state the loss as `loss.productivity`")
                .path(cursor.path_of("value_stream")),
        );
    }
}

/// The shared causes of a file.
pub fn shared_causes(root: &Cursor<'_, '_>) -> Table<CauseId, SharedCause> {
    root.tables("shared_cause", "id")
        .iter()
        .filter_map(|cursor| {
            let frequency = cursor.estimate("frequency", Role::Knowledge);
            let strikes = cursor.references("strikes", "risk");
            let id = cursor.id();
            let name = cursor.text("name").unwrap_or_default();
            if strikes.is_empty()
                && cursor.node("strikes").is_some_and(|n| matches!(&n.value, Value::List(l) if l.is_empty()))
            {
                cursor.reader.report(
                    Diagnostic::new(Code::NoEffect, format!("the shared cause \"{id}\" strikes nothing"))
                        .at(cursor.key_span("strikes"), "an empty list")
                        .help("name the risks that it strikes: `strikes = [\"ransomware\"]`")
                        .path(cursor.path_of("strikes")),
                );
            }
            Some(SharedCause { id, name, frequency: frequency?, strikes })
        })
        .collect()
}
