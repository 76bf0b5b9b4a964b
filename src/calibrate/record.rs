//! Incident records of two public schemas: VERIS (vz-risk/veris) and DORA's major-incident report.
//!
//! VERIS states times as lengths: compromise after the first step, discovery after the compromise,
//! containment after the discovery; "Never" is open, "Unknown" unknown. DORA states moments, and
//! durations as days:hours:minutes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use super::cell::Amount;
use super::fault;
use super::log::{Event, Log, Without};
use super::moment::{Moment, When, moment};
use super::remark::{Place, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::Observation;

/// Reads one record, or a list of them.
///
/// # Errors
/// What is no JSON or neither of the two schemas.
pub fn read(name: &str, bytes: &[u8]) -> Result<Log, Vec<Diagnostic>> {
    let text = super::table::text(name, bytes).map_err(|found| vec![found])?;
    let document: Value = serde_json::from_str(&text).map_err(|found| {
        vec![fault(Code::Syntax, format!("{name} cannot be read as JSON: {found}"), &["check that place"])]
    })?;
    let records = match document {
        Value::Array(records) => records,
        record => vec![record],
    };
    let mut events = Vec::new();
    let mut faults = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let row = if records.len() == 1 { Row::Whole } else { Row::Record(index + 1) };
        let place = Place { file: name.to_owned(), row };
        if let Some(none @ ("False positive" | "Near miss")) = record["security_incident"].as_str() {
            faults.push(fault(
                Code::OutOfRange,
                format!("{place} is no incident: its `security_incident` is \"{none}\""),
                &["take the record out of the file"],
            ));
        } else if record.get("timeline").is_some() || record.get("incident_id").is_some() {
            let event = veris(place, record);
            if event.opened.is_none() && record["timeline"]["incident"].get("year").is_some_and(|year| !year.is_null())
            {
                faults.push(fault(
                    Code::BadQuantity,
                    format!("{}: its `timeline.incident` names no day of the calendar", event.place),
                    &["mend its `year`, `month` and `day`, or leave `month` and `day` out"],
                ));
            }
            events.push(event);
        } else if let Some(incident) = record.get("incident") {
            events.push(dora(place, record, incident, &mut faults));
        } else {
            faults.push(fault(
                Code::UnknownKey,
                format!("{place} is no record of VERIS (`incident_id`, `timeline`) and none of DORA (`incident`)"),
                &["write the log as CSV: `opened,category,cost` and one line an event"],
            ));
        }
    }
    faults.extend(told_twice(&events));
    if faults.is_empty() {
        Ok(Log { name: name.to_owned(), events, told: Vec::new(), without: Without::default() })
    } else {
        Err(faults)
    }
}

/// What a record calls its incident: the id of VERIS, the entity's own code of DORA.
fn name_of(record: &Value) -> Option<String> {
    let id = record.get("incident_id").or_else(|| record.get("incident")?.get("financialEntityCode"));
    id?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Incidents of which there are several records: DORA's reports of one come one after the other.
pub fn told_twice(events: &[Event]) -> Vec<Diagnostic> {
    let mut known: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut faults = Vec::new();
    for event in events {
        let Some(id) = event.record.as_deref() else { continue };
        match known.get(id) {
            Some(first) => faults.push(fault(
                Code::DuplicateId,
                format!("{} is of the incident \"{id}\", as {first} is: it would count twice", event.place),
                &["keep the last record of each incident"],
            )),
            None => _ = known.insert(id, &event.place),
        }
    }
    faults
}

/// Hours of a VERIS length; none where it is unknown.
enum Length {
    Unknown,
    Never,
    Hours(f64),
}

fn length(value: &Value) -> Length {
    let hours = match value["unit"].as_str().unwrap_or_default() {
        "Seconds" => 1.0 / 3600.0,
        "Minutes" => 1.0 / 60.0,
        "Hours" => 1.0,
        "Days" => 24.0,
        "Weeks" => 168.0,
        "Months" => 730.0,
        "Years" => 8760.0,
        "Never" => return Length::Never,
        _ => return Length::Unknown,
    };
    value["value"].as_f64().map_or(Length::Unknown, |count| Length::Hours(count * hours))
}

/// The sum of lengths in a row: open where the last one never came.
fn sum(lengths: &[&Value]) -> Option<Observation> {
    let mut total = 0.0;
    for value in lengths {
        match length(value) {
            Length::Unknown => return None,
            // How long it has lasted is not told: at least the lengths before.
            Length::Never => return Some(Observation::Above(total)),
            Length::Hours(hours) => total += hours,
        }
    }
    (total > 0.0).then_some(Observation::Exact(total))
}

fn veris(place: Place, record: &Value) -> Event {
    let mut event = Event { record: name_of(record), ..Event::at(place) };
    let timeline = &record["timeline"];
    let whole = |key: &str| timeline["incident"][key].as_i64();
    if let Some(year) = whole("year") {
        let part = |key: &str| whole(key).and_then(|n| i8::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(1);
        event.opened =
            i16::try_from(year).ok().and_then(|year| Date::new(year, part("month"), part("day")).ok()).map(Moment::day);
    }
    let (compromise, discovery, containment) =
        (&timeline["compromise"], &timeline["discovery"], &timeline["containment"]);
    // What came before the compromise is counted where it is known.
    let first = if matches!(length(compromise), Length::Hours(_)) { vec![compromise] } else { Vec::new() };
    let with = |rest: &[&Value]| sum(&first.iter().copied().chain(rest.iter().copied()).collect::<Vec<_>>());
    event.told_detection = with(&[discovery]);
    event.told_containment = with(&[discovery, containment]);
    event.outage = sum(&[&record["attribute"]["availability"]["duration"]]);
    let actions = record["action"].as_object().into_iter().flatten();
    let named = actions.flat_map(|(kind, action)| {
        let varieties = action["variety"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let varieties: Vec<String> = varieties.map(str::to_owned).collect();
        if varieties.is_empty() { vec![kind.clone()] } else { varieties }
    });
    event.category = named.collect::<Vec<_>>().first().cloned().unwrap_or_default();
    let impact = &record["impact"];
    event.currency = impact["iso_currency_code"].as_str().unwrap_or_default().to_owned();
    let amount = |key: &str| impact[key].as_f64();
    event.amount = match (amount("overall_amount"), amount("overall_min_amount"), amount("overall_max_amount")) {
        (Some(x), _, _) => Amount::Known(Observation::Exact(x)),
        (None, Some(low), Some(high)) if high > low => Amount::Known(Observation::Between(low, high)),
        (None, Some(low), None) => Amount::Known(Observation::Above(low)),
        _ => {
            let parts: Vec<f64> =
                impact["loss"].as_array().into_iter().flatten().filter_map(|loss| loss["amount"].as_f64()).collect();
            if parts.is_empty() { Amount::Unknown } else { Amount::Known(Observation::Exact(parts.iter().sum())) }
        }
    };
    event
}

/// Hours of "days:hours:minutes".
fn span(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [days, hours, minutes] = parts.as_slice() else { return None };
    Some(24.0 * days + hours + minutes / 60.0)
}

/// A report of DORA. A day or an amount that cannot be read is a fault with its key: left out, it would be unknown in
/// silence.
fn dora(place: Place, record: &Value, incident: &Value, faults: &mut Vec<Diagnostic>) -> Event {
    let mut event = Event { record: name_of(record), ..Event::at(place.clone()) };
    let mut told = |key: &str, problem: String, help: &str| {
        faults.push(fault(Code::BadQuantity, format!("{place}: `{key}`: {problem}"), &[help]));
    };
    const DAY: &str = "write the day and the time as 2026-03-04T06:12:00Z, or leave the key out";
    let mut at = |key: &str| match &incident[key] {
        Value::Null => When::Unknown,
        Value::String(text) => moment(text, None).unwrap_or_else(|problem| {
            told(&format!("incident.{key}"), problem, DAY);
            When::Unknown
        }),
        other => {
            told(&format!("incident.{key}"), format!("{other} is no day"), DAY);
            When::Unknown
        }
    };
    event.detected = at("detectionDateTime");
    let begun = at("incidentOccurrenceDateTime");
    event.contained = at("incidentResolutionDateTime");
    event.opened = match (begun, event.detected) {
        (When::At(begun), _) => Some(begun),
        (_, When::At(seen)) => Some(seen),
        _ => None,
    };
    event.closed = event.contained;
    let kinds = incident["incidentType"]["incidentClassification"].as_array().into_iter().flatten();
    event.category = kinds.filter_map(Value::as_str).next().unwrap_or_default().to_owned();
    event.currency = record["reportCurrency"].as_str().unwrap_or_default().to_owned();
    let mut number = |key: &str| match &incident[key] {
        Value::Null => None,
        value => {
            let found = value.as_f64().filter(|number| *number >= 0.0);
            if found.is_none() {
                told(
                    &format!("incident.{key}"),
                    format!("{value} is no amount"),
                    "write a number without marks, such as 12000, or leave the key out",
                );
            }
            found
        }
    };
    if let Some(gross) = number("grossAmountIndirectDirectCosts") {
        event.amount = Amount::Known(Observation::Exact(gross));
    }
    event.recovered = number("financialRecoveriesAmount").unwrap_or(0.0);
    let downtime = &record["impactAssessment"]["serviceImpact"]["serviceDowntime"];
    let hours = downtime.as_str().and_then(span);
    if hours.is_none() && !downtime.is_null() {
        told(
            "impactAssessment.serviceImpact.serviceDowntime",
            format!("{downtime} is no length"),
            "write days, hours and minutes as \"00:10:30\", or leave the key out",
        );
    }
    event.outage = hours.filter(|hours| *hours > 0.0).map(Observation::Exact);
    event
}
