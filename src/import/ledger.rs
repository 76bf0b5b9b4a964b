//! What have imports written into a case so far? The last lines of the case name it, so that what somebody took out or
//! moved to another key does not come back with the next import.

use std::collections::{BTreeMap, BTreeSet};

/// The line above them.
const HEADING: &str =
    "# Written by imports so far. What you take out or move does not come back, unless you delete it here too.";

/// Keys by kind and id of what holds them. Ids are those of the source, also where the case has renamed them.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Ledger(BTreeMap<(String, String), BTreeSet<String>>);

/// Kind and id, on one line.
fn entry(kind: &str, id: &str) -> (String, String) {
    (kind.to_owned(), id.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The key of an effect.
pub fn effect_key(risk: &str, on: &str) -> String {
    format!("effect.{risk}.{on}")
}

impl Ledger {
    /// Remembers an entry, and a key of it.
    pub fn add(&mut self, kind: &str, id: &str, key: Option<&str>) {
        self.0.entry(entry(kind, id)).or_default().extend(key.map(str::to_owned));
    }

    /// Remembers all of another.
    pub fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|(entry, keys)| self.0.entry(entry).or_default().extend(keys));
    }

    /// Whether an entry was written.
    pub fn has(&self, kind: &str, id: &str) -> bool {
        self.0.contains_key(&entry(kind, id))
    }

    /// The keys of an entry that were written.
    pub fn keys(&self, kind: &str, id: &str) -> impl Iterator<Item = &str> {
        self.0.get(&entry(kind, id)).into_iter().flatten().map(String::as_str)
    }

    /// Whether a key of an entry was written.
    pub fn has_key(&self, kind: &str, id: &str, key: &str) -> bool {
        self.0.get(&entry(kind, id)).is_some_and(|keys| keys.contains(key))
    }

    /// Takes a ledger off a case: the text without it, and what it says.
    pub fn split(text: &str) -> (String, Self) {
        let mut ledger = Self::default();
        let mut rest = String::with_capacity(text.len());
        let mut within = false;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end();
            if bare == HEADING {
                within = true;
                continue;
            }
            let entry = bare.strip_prefix("# ").and_then(|line| line.rsplit_once(':')).filter(|_| within);
            match entry.and_then(|(name, keys)| Some((name.split_once(' ')?, keys))) {
                Some(((kind @ ("appetite" | "risk" | "control" | "plan"), id), keys)) => {
                    ledger.add(kind, id, None);
                    keys.split_whitespace().for_each(|key| ledger.add(kind, id, Some(key)));
                }
                _ => {
                    within = false;
                    rest.push_str(line);
                }
            }
        }
        (rest, ledger)
    }

    /// Writes it behind a case.
    pub fn write(&self, text: &mut String) {
        if self.0.is_empty() {
            return;
        }
        text.truncate(text.trim_end().len());
        text.push_str(&format!("\n\n{HEADING}\n"));
        for ((kind, id), keys) in &self.0 {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            text.push_str(format!("# {kind} {id}: {}", keys.join(" ")).trim_end());
            text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_behind_a_case_is_read_again_and_leaves_the_case_as_it_was() {
        let mut ledger = Ledger::default();
        ledger.add("risk", "r1", Some("loss.response"));
        ledger.add("control", "mfa", Some(&effect_key("r1", "loss.fines")));
        ledger.add("appetite", "agreed: limit", None);
        let mut text = "schema = 1\n# risk r2: name\n".to_owned();
        ledger.write(&mut text);
        text.push_str("title = \"written behind it\"\n");
        let (rest, read) = Ledger::split(&text);
        assert_eq!(read, ledger);
        assert_eq!(rest, "schema = 1\n# risk r2: name\n\ntitle = \"written behind it\"\n");
        assert!(read.has_key("control", "mfa", "effect.r1.loss.fines") && !read.has("risk", "r2"));
    }
}
