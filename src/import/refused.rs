//! What was taken but a case cannot hold: it is found by reading the scenario as it would be written, and becomes a fault
//! of the cell that it comes from. The rest is imported.

use std::collections::BTreeMap;

use super::draft::{Draft, Form, Rate, Risk, Value};
use super::place::{Code, Finding, Place};
use super::tree::{line_of, line_starts};
use super::write::{self, Part};
use crate::diagnostic::Diagnostic;
use crate::scenario::{Source, parse};

/// The scenario of a draft, without what a case cannot hold, and whether it is one without a fault.
pub fn scenario(draft: &mut Draft, command: &str) -> (String, bool) {
    loop {
        let written = write::scenario(draft, command);
        let source = Source::new("imported.toml", written.text.as_str());
        let Err(faults) = parse(&source) else { return (written.text, true) };
        let lines = line_starts(&written.text);
        let mut found: BTreeMap<(Part, String), Diagnostic> = BTreeMap::new();
        for fault in faults.into_iter().filter(Diagnostic::is_error) {
            let line = fault.span.map_or(0, |span| line_of(&lines, span.start));
            let before = written.stated.partition_point(|stated| stated.line <= line);
            let Some(stated) = before.checked_sub(1).and_then(|at| written.stated.get(at)) else { continue };
            found.entry((stated.part, stated.key.clone())).or_insert(fault);
        }
        let mut progress = false;
        // From the last to the first: what is taken out moves nothing that is still to come.
        for ((part, key), fault) in found.into_iter().rev() {
            if let Some(places) = take_out(draft, part, &key) {
                progress = true;
                let place = places.into_iter().find(|place| !place.file.is_empty());
                let cure = "put it right there and import again; until then a placeholder or nothing stands for it";
                let message = format!("a case cannot hold this: {}", fault.message);
                draft.findings.push(Finding::fault(Code::Unsupported, place, message, cure));
            }
        }
        if !progress {
            return (written.text, false);
        }
        draft.complete();
    }
}

fn places(value: Value, at: &Place) -> Vec<Place> {
    value.from.into_iter().chain([at.clone()]).collect()
}

/// Takes what a key states out of a part: where it came from, or nothing where there is nothing to take.
fn take_out(draft: &mut Draft, part: Part, key: &str) -> Option<Vec<Place>> {
    match part {
        Part::Plan => None,
        Part::Limit(at) => (at < draft.limits.len()).then(|| vec![draft.limits.remove(at).place]),
        Part::Risk(at) => of_risk(draft.risks.get_mut(at)?, key),
        Part::Control(at) => {
            let control = draft.controls.get_mut(at)?;
            let place = control.place.clone();
            let value = match key {
                "name" => return rename(&mut control.name, "Unnamed control", place),
                "owner" => return control.owner.take().map(|_| vec![place]),
                "lifetime" => return control.lifetime.take().map(|_| vec![place]),
                "coverage" => control.coverage.take(),
                "reliability" => control.reliability.take(),
                "cost.initial" => control.initial.take(),
                "cost.yearly" => control.yearly.take(),
                _ if key.starts_with("cost.people") => control.people.take().map(|(time, _)| time),
                _ => None,
            };
            value.map(|value| places(value, &place))
        }
        Part::Effect(at, number) => {
            let control = draft.controls.get_mut(at)?;
            if number >= control.effects.len() {
                return None;
            }
            let effect = control.effects.remove(number);
            if !control.acts_on.contains(&effect.risk) {
                control.acts_on.push(effect.risk);
            }
            Some(places(effect.value, &control.place))
        }
    }
}

fn of_risk(risk: &mut Risk, key: &str) -> Option<Vec<Place>> {
    let place = risk.place.clone();
    let value = match key.split('.').next().unwrap_or_default() {
        "name" => return rename(&mut risk.name, "Unnamed risk", place),
        "owner" => return risk.owner.take().map(|_| vec![place]),
        "inherent" => return risk.inherent.take().map(|[(_, place), _]| vec![place]),
        "frequency" | "count" | "threat" => {
            risk.at_most_one = false;
            match risk.rate.take()? {
                Rate::Frequency(value) => Some(value),
                Rate::Threat(mut keys) => {
                    let at = keys.iter().position(|(known, _)| key.ends_with(known)).unwrap_or(0);
                    (at < keys.len()).then(|| keys.swap_remove(at).1)
                }
            }
        }
        "loss" => {
            let at = risk.loss.iter().position(|(form, _)| key.ends_with(form))?;
            Some(risk.loss.remove(at).1)
        }
        "secondary" => {
            let (chance, mut losses) = risk.secondary.take()?;
            let at = losses.iter().position(|(form, _)| key.ends_with(form));
            Some(at.map_or(chance, |at| losses.swap_remove(at).1))
        }
        _ => None,
    };
    // A placeholder that cannot be held is no fault of the file.
    value
        .filter(|value| !value.from.is_empty() || matches!(value.form, Form::One(_)))
        .map(|value| places(value, &place))
}

/// A name that a case cannot hold gives way to one that says so.
fn rename(name: &mut String, to: &str, place: Place) -> Option<Vec<Place>> {
    let to = format!("{to} (asked on import)");
    (*name != to).then(|| {
        *name = to;
        vec![place]
    })
}
