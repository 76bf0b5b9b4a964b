//! From the spanned tree to the model: every key read, every fault noted with its cure.
//!
//! A [`Reader`] holds what the whole file shares (faults found so far, ids, estimates); a
//! [`Cursor`] stands on one table and knows its definition, its key path and the record
//! (source, owner, …) that holds there.

mod assumptions;
mod control;
mod counts;
mod cursor;
mod estimate;
mod explain;
mod family;
mod group;
mod marks;
mod names;
mod obligation;
mod observed;
mod plan;
mod product;
mod quantity;
mod rates;
mod reader;
mod risk;
mod samples;
mod shape;
mod value;
mod word;

pub(super) use cursor::Cursor;
pub(super) use explain::grouped;
pub(super) use group::group;
pub(super) use quantity::number;
pub(super) use reader::{Reader, Unsure};
pub use word::{cleaned_id, nearest};

use super::grammar;
use super::syntax::Node;
use crate::model::{Assumptions, ByRisk, Change, Control, Effect, Factor, Risk, RiskId, Scenario};
use crate::units::reading::Settings;
use crate::units::{Currency, Language, Numbers, Voice};

/// Reads a whole scenario; faults are left in the reader.
///
/// What is at fault is stood in for, so that the whole can be checked at once; the second part
/// tells which that is. Nothing comes back when not even that can be done.
pub(super) fn scenario(reader: &mut Reader<'_>, root: &Node, sha256: &str) -> Option<(Scenario, Unsure)> {
    reader.collect_ids(root);
    reader.language = language_of(root);
    let cursor = Cursor::root(reader, root, &grammar::SCENARIO)?;
    // For editors only; it must still be a text.
    cursor.text("$schema");
    let title = cursor.text("title").unwrap_or_default();
    let voice = voice(&cursor);
    let assumptions: Option<Assumptions> = assumptions::assumptions(&cursor);
    cursor.exchange_rates();
    let appetite = plan::appetite(&cursor);
    let value_streams = risk::value_streams(&cursor);
    let mut risks = risk::risks(&cursor);
    let organisation = plan::organisation(&cursor);
    let obligations = obligation::obligations(&cursor, &organisation, &mut risks);
    let shared_causes = risk::shared_causes(&cursor);
    let mut controls = control::controls(&cursor);
    follow_the_time(&risks, &mut controls);
    let plans = plan::plans(&cursor);
    let insurance = plan::insurance(&cursor);
    let decision = plan::decision(&cursor);
    plan::stated(&cursor);
    let (proposal, organisation) = (plan::proposal(&cursor), plan::organisation(&cursor));
    // An element that is no table at all leaves nothing to stand in for it.
    let lengths = [
        ("value_stream", value_streams.len()),
        ("risk", risks.len()),
        ("control", controls.len()),
        ("plan", plans.len()),
        ("obligation", obligations.len()),
    ];
    if lengths.iter().any(|(kind, length)| reader.ids(kind).len() != *length) {
        return None;
    }
    let mut estimates = reader.take_estimates();
    names::tell_apart(reader.language, &controls, &risks, &mut estimates);
    let scenario = Scenario {
        title,
        currency: reader.currency(),
        voice,
        reading: reader.settings().clone(),
        decision,
        proposal,
        organisation,
        assumptions: assumptions?,
        appetite,
        put_off: false,
        value_streams,
        risks,
        obligations,
        shared_causes,
        controls,
        plans,
        insurance,
        estimates,
        sha256: sha256.to_owned(),
        changes: None,
        stated: Vec::new(),
    };
    Some((scenario, reader.unsure()))
}

/// A new time to containment is a new chance of the next stage: an effect of its own, right behind.
fn follow_the_time(risks: &ByRisk<Risk>, controls: &mut [Control]) {
    let has_next = |risk: RiskId| risks.get(risk).and_then(|risk| risk.dwell).is_some_and(|dwell| dwell.then.is_some());
    for control in controls {
        let effects = std::mem::take(&mut control.effects);
        for effect in effects {
            let follows =
                effect.factor == Factor::Dwell && matches!(effect.change, Change::Becomes(_)) && has_next(effect.risk);
            let next = follows.then(|| Effect { factor: Factor::NextStage, ..effect.clone() });
            control.effects.extend(std::iter::once(effect).chain(next));
        }
    }
}

/// The language of a file, before anything is named in it.
fn language_of(root: &Node) -> Language {
    text_at(root, &["language"]).and_then(Language::of_name).unwrap_or_default()
}

/// In which language a file has its papers, and how numbers are written in them.
fn voice(cursor: &Cursor<'_, '_>) -> Voice {
    let language = cursor.word("language", &Language::NAMES).and_then(Language::of_name);
    let numbers = cursor.word("numbers", &Numbers::NAMES).and_then(Numbers::of_name);
    Voice::of_file(language, numbers, cursor.reader.currency())
}

/// The currency of a file: needed before any amount is read.
pub(super) fn currency_of(root: &Node) -> Option<Currency> {
    text_at(root, &["currency"]).and_then(Currency::from_code)
}

/// What the reading of quantities depends on: it stands here and there in the file, and is needed before any amount.
pub(super) fn settings(root: &Node, currency: Currency, bytes: &[u8]) -> Settings {
    let stated = text_at(root, &["numbers"]).and_then(Numbers::of_name);
    let numbers = stated.or_else(|| marks::decided(root, bytes));
    let settings = Settings::new(currency, working_days_of(root).unwrap_or(220).into()).with_numbers(numbers);
    Settings { rates: rates::taken(root, &settings), ..settings }
}

/// The working days that the file states, where it does so readably.
fn working_days_of(root: &Node) -> Option<u64> {
    use super::syntax::Value;
    let Value::Table(table) = &root.value else { return None };
    let Value::Table(assumptions) = &table.get("assumptions")?.value else { return None };
    match &assumptions.get("working_days")?.value {
        Value::Number(text) => u64::try_from(number(text).filter(|days| days.is_integer())?).ok(),
        _ => None,
    }
}

fn text_at<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    use super::syntax::Value;
    match (&node.value, path) {
        (Value::Text(text), []) => Some(text),
        (Value::Table(table), [key, rest @ ..]) => text_at(table.get(key)?, rest),
        _ => None,
    }
}
