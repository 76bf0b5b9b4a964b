//! Effects are matched by control, risk and factor.

use std::collections::HashSet;

use toml_edit::{ArrayOfTables, Item, Table, Value};

use super::{Merge, figure, is_intact, is_placeholder, shown, unplaced};
use crate::import::ledger::effect_key;
use crate::import::place::Finding;

/// How an effect states its size.
const SIZES: [&str; 2] = ["reduction", "becomes"];

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Item::as_str).unwrap_or_default()
}

fn size(table: &Table) -> Option<(&'static str, &Value)> {
    SIZES.iter().find_map(|key| Some((*key, table.get(key)?.as_value()?)))
}

fn size_shown(table: &Table) -> String {
    size(table).map_or_else(String::new, |(_, value)| shown(value))
}

fn named(at: &str, risk: &str, on: &str) -> String {
    format!("{at}.effect on {on} of {risk}")
}

impl Merge {
    /// Gives the effects of a new control the ids of the case; false where it acts on nothing of the case.
    pub(super) fn add_effects(&mut self, id: &str, table: &mut Table) -> bool {
        let Some(list) = table.get_mut("effect").and_then(Item::as_array_of_tables_mut) else { return true };
        let mut out = Vec::new();
        list.retain(|effect| {
            let risk = self.here("risk", text(effect, "risk"));
            let present = self.present.contains(&("risk", risk.to_owned()));
            if !present {
                out.push(named(&format!("control.{id}"), risk, text(effect, "on")));
            }
            present
        });
        for effect in list.iter_mut() {
            let risk = self.here("risk", text(effect, "risk")).to_owned();
            effect.insert("risk", toml_edit::value(risk));
        }
        let left = !list.is_empty();
        out.iter().for_each(|at| self.taken_out(at, "that it acts on a risk that was taken out"));
        if !left {
            self.by_hand(format!("not added, for all that it acts on was taken out: control.{id}"));
        }
        left
    }

    pub(super) fn effects(&mut self, id: &str, at: &str, old: &mut Table, new: &Table) {
        let none = ArrayOfTables::new();
        let new = new.get("effect").and_then(Item::as_array_of_tables).unwrap_or(&none);
        let item = old.entry("effect").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(list) = item.as_array_of_tables_mut() else {
            for effect in new {
                let place = named(at, text(effect, "risk"), text(effect, "on"));
                self.kept(&place, "written another way", &size_shown(effect));
            }
            return;
        };
        let said: HashSet<(String, String)> = new
            .iter()
            .map(|effect| (self.here("risk", text(effect, "risk")).to_owned(), text(effect, "on").to_owned()))
            .collect();
        let is_said = |effect: &Table| said.contains(&(text(effect, "risk").to_owned(), text(effect, "on").to_owned()));
        for effect in new {
            let (source, on) = (text(effect, "risk"), text(effect, "on"));
            let risk = self.here("risk", source).to_owned();
            let place = named(at, &risk, on);
            let known = list.iter().position(|other| text(other, "risk") == risk && text(other, "on") == on);
            if let Some(known) = known.and_then(|index| list.get_mut(index)) {
                self.size(&place, known, effect);
                continue;
            }
            if !list.is_empty() && size(effect).is_some_and(|(_, value)| is_placeholder(value)) {
                continue;
            }
            let absent = !self.present.contains(&("risk", risk.clone()));
            if absent || self.wrote.has_key("control", id, &effect_key(source, on)) {
                self.taken_out(&place, &size_shown(effect));
                continue;
            }
            let others = list.iter().filter(|other| text(other, "risk") == risk && !is_said(other));
            let (ours, own): (Vec<&Table>, Vec<&Table>) = others.partition(|other| self.is_ours(id, other));
            if let Some(own) = own.first() {
                let at = named(at, &risk, text(own, "on"));
                let (kept, source) = (size_shown(own), format!("{} on {on}", size_shown(effect)));
                self.kept(&at, &kept, &source);
                continue;
            }
            // What no longer stands in the source would act beside what now does.
            let replaced: Vec<(String, String)> =
                ours.iter().map(|other| (text(other, "on").to_owned(), size_shown(other))).collect();
            for (factor, was) in &replaced {
                let now = format!("{} on {on}", size_shown(effect));
                self.note(format!("replaced: {} was {was}, the source now says {now}", named(at, &risk, factor)));
            }
            list.retain(|other| {
                text(other, "risk") != risk || !replaced.iter().any(|(factor, _)| text(other, "on") == factor)
            });
            if replaced.is_empty() {
                self.note(format!("added: {place}"));
            }
            let mut effect = effect.clone();
            unplaced(&mut effect);
            effect.insert("risk", toml_edit::value(risk));
            list.push(effect);
        }
        self.gone(id, at, list, &is_said);
        if old.get("effect").and_then(Item::as_array_of_tables).is_some_and(ArrayOfTables::is_empty) {
            old.remove("effect");
        }
    }

    fn gone(&mut self, id: &str, at: &str, list: &mut ArrayOfTables, is_said: &dyn Fn(&Table) -> bool) {
        let some_said = list.iter().any(is_said);
        let mut told = Vec::new();
        list.retain(|effect| {
            let (risk, on) = (text(effect, "risk"), text(effect, "on"));
            let key = effect_key(self.there("risk", risk), on);
            if is_said(effect) || !self.wrote.has_key("control", id, &key) {
                return true;
            }
            let placeholder = size(effect).is_some_and(|(_, value)| is_intact(value) && is_placeholder(value));
            let asked = placeholder && some_said;
            let place = named(at, risk, on);
            told.push(match (asked, some_said) {
                (true, _) => Finding::note(None, format!("no longer asked: {place}")),
                // The measure now acts elsewhere, and in the case it acts there too.
                (false, true) => Finding::question(
                    None,
                    format!("gone from the source, kept in the case: {place}; does the measure still act there?"),
                ),
                (false, false) => Finding::note(None, format!("gone from the source, kept in the case: {place}")),
            });
            !asked
        });
        self.findings.extend(told);
    }

    /// Whether an import wrote an effect, and nobody edited it.
    fn is_ours(&self, id: &str, effect: &Table) -> bool {
        let key = effect_key(self.there("risk", text(effect, "risk")), text(effect, "on"));
        self.wrote.has_key("control", id, &key) && size(effect).is_some_and(|(_, value)| is_intact(value))
    }

    /// The size of an effect that both have: a reduction, or what the factor becomes.
    fn size(&mut self, at: &str, old: &mut Table, new: &Table) {
        let Some((key, value)) = size(new) else { return };
        if let Some(known) = old.get_mut(key) {
            return self.value(at, known, value);
        }
        match size(old).map(|(other, known)| (other, is_intact(known), shown(known))) {
            Some((other, true, was)) => {
                self.note(format!("changed: {at} was {other} {was}, is {key} {}", shown(value)));
                old.remove(other);
                old.insert(key, Item::Value(value.clone()));
            }
            Some((_, false, kept)) => self.kept(at, &kept, &figure(value)),
            None => self.kept(at, "written another way", &shown(value)),
        }
    }
}
