//! A plan takes what is new; what somebody took out of it stays out.

use std::collections::HashSet;

use toml_edit::{Array, Item, Table, Value};

use super::{Merge, shown};

/// The control that an entry of a plan names.
fn id(value: &Value) -> Option<String> {
    let named = |value: &Value| Some(value.as_inline_table()?.get("id")?.as_str()?.to_owned());
    value.as_str().map(str::to_owned).or_else(|| named(value))
}

/// The controls of a plan.
pub(super) fn ids(plan: &Table) -> Vec<String> {
    plan.get("controls").and_then(Item::as_array).map_or_else(Vec::new, |list| list.iter().filter_map(id).collect())
}

impl Merge {
    fn is_here(&self, control: &str) -> bool {
        self.present.contains(&("control", control.to_owned()))
    }

    /// Gives a new plan the ids of the case.
    pub(super) fn add_planned(&self, plan: &mut Table) {
        let controls: Array = ids(plan)
            .iter()
            .map(|control| self.here("control", control).to_owned())
            .filter(|control| self.is_here(control))
            .collect();
        plan.insert("controls", Item::Value(Value::Array(controls)));
    }

    pub(super) fn planned(&mut self, plan: &str, at: &str, known: &mut Item, new: &Value) {
        let Some(old) = known.as_array_mut() else { return self.kept(at, "written another way", &shown(new)) };
        let listed: HashSet<String> = old.iter().filter_map(id).collect();
        for source in new.as_array().into_iter().flatten().filter_map(id) {
            let control = self.here("control", &source).to_owned();
            if listed.contains(&control) || !self.is_here(&control) {
                continue;
            }
            if self.wrote.has_key("plan", plan, &source) {
                self.taken_out(&format!("{control} in {at}"), "");
            } else {
                self.note(format!("added: {control} to {at}"));
                old.push(control);
            }
        }
        let mut out = Vec::new();
        old.retain(|value| {
            let gone = id(value).filter(|control| self.in_place.contains(control));
            let stays = gone.is_none();
            out.extend(gone);
            stays
        });
        for control in out {
            self.note(format!("in place now, taken out of {at}: {control}"));
        }
    }
}
