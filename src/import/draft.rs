//! What was read from somebody's file: statements about risks, controls, effects, costs and limits, each with its
//! place; and what a case needs beyond them, as placeholders that every output counts.
//!
//! Nothing is invented. What a source lacks stands as an estimate with `example = true` and a `why` that begins with
//! `asked on import:`. See `docs/import.md`.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::number::Style;
use super::place::{Finding, Place, Weight};

/// How an estimate is written: one quantity, or keys such as `low` and `high`.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One quantity.
    One(String),
    /// A table of keys.
    Keys(Vec<(&'static str, String)>),
    /// One quantity a year.
    Years(Vec<String>),
}

/// One estimate of the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// How it is written.
    pub form: Form,
    /// The cells that it comes from.
    pub from: Vec<Place>,
    /// What must be asked; the value is then an example.
    pub asked: Option<String>,
    /// Why this value, where it is no example.
    pub why: Option<String>,
}

impl Value {
    /// One quantity from a place.
    pub fn one(text: impl Into<String>, from: &Place) -> Self {
        Self { form: Form::One(text.into()), from: vec![from.clone()], asked: None, why: None }
    }

    /// A range from places.
    pub fn keys(keys: Vec<(&'static str, String)>, from: Vec<Place>) -> Self {
        Self { form: Form::Keys(keys), from, asked: None, why: None }
    }

    /// One quantity a year, each from its place.
    pub fn by_year(texts: Vec<String>, from: Vec<Place>) -> Self {
        Self { form: Form::Years(texts), from, asked: None, why: None }
    }

    /// A placeholder for what the source lacks.
    pub fn placeholder(keys: &[(&'static str, &str)], asked: impl Into<String>) -> Self {
        let keys = keys.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
        Self { form: Form::Keys(keys), from: Vec::new(), asked: Some(asked.into()), why: None }
    }

    /// The same with a question: it becomes an example.
    #[must_use]
    pub fn ask(mut self, asked: impl Into<String>) -> Self {
        self.asked = Some(asked.into());
        self
    }

    /// The same with a question beside the one that is asked already.
    #[must_use]
    pub fn ask_also(mut self, asked: &str) -> Self {
        self.asked = Some(self.asked.map_or_else(|| asked.to_owned(), |other| format!("{other} And {asked}")));
        self
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }
}

/// How often a risk strikes.
#[derive(Debug, Clone, PartialEq)]
pub enum Rate {
    /// Loss events a year, or with `at_most_one` the chance of one.
    Frequency(Value),
    /// Keys of `[risk.threat]`.
    Threat(Vec<(&'static str, Value)>),
}

/// A risk as far as it was stated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Risk {
    /// Its id; made unique at the end.
    pub id: String,
    /// What happens.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Who answers for it.
    pub owner: Option<String>,
    /// How often.
    pub rate: Option<Rate>,
    /// The frequency is a chance of one event a year.
    pub at_most_one: bool,
    /// Primary loss by form.
    pub loss: Vec<(&'static str, Value)>,
    /// Chance and follow-up loss by form.
    pub secondary: Option<(Value, Vec<(&'static str, Value)>)>,
    /// How often and how much before any control, each as a text with its cell.
    pub inherent: Option<[(String, Place); 2]>,
    /// A cell that says something of it could not be read.
    pub is_unread: bool,
    /// What the source says beyond figures.
    pub remarks: Vec<String>,
}

/// What a control does to a factor of a risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The index of the risk.
    pub risk: usize,
    /// The factor.
    pub on: String,
    /// `becomes` in place of `reduction`.
    pub becomes: bool,
    /// The reduction in percent that the new figure comes to, where it comes from a pair before and after.
    pub part: Option<Decimal>,
    /// The size.
    pub value: Value,
}

/// A control as far as it was stated.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Control {
    /// Its id; made unique at the end.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Already part of today.
    pub in_place: bool,
    /// How long it lasts.
    pub lifetime: Option<String>,
    /// Coverage and reliability.
    pub coverage: Option<Value>,
    /// How often it works when it should.
    pub reliability: Option<Value>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// By how much it lowers a risk, where the source does not say which.
    pub stated: Option<Value>,
    /// Risks that it acts on in a way that the source does not say.
    pub acts_on: Vec<usize>,
    /// Cost once.
    pub initial: Option<Value>,
    /// Cost every year.
    pub yearly: Option<Value>,
    /// Working time of own people and what an hour costs.
    pub people: Option<(Value, Value)>,
    /// What the source says beyond figures.
    pub remarks: Vec<String>,
}

/// A point of the appetite.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// What it is called.
    pub name: String,
    /// The loss of a year.
    pub loss: String,
    /// The chance of a worse year.
    pub chance: String,
    /// Where it stands.
    pub place: Place,
}

/// All that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The title of the case.
    pub title: String,
    /// The currency, where it is known.
    pub currency: Option<String>,
    /// What a day of people costs, as answered.
    pub day_rate: Option<Decimal>,
    /// How the source writes numbers, where it shows that.
    pub style: Option<Style>,
    /// The risks.
    pub risks: Vec<Risk>,
    /// The controls.
    pub controls: Vec<Control>,
    /// The name of the plan that holds every control not yet in place.
    pub plan: String,
    /// The limits.
    pub limits: Vec<Limit>,
    /// Faults, questions and notes.
    pub findings: Vec<Finding>,
}

/// The placeholder of a frequency.
const FREQUENCY: [(&str, &str); 2] = [("low", "1 in 20 years"), ("high", "1 in 2 years")];
/// The placeholder of a loss.
const LOSS: [(&str, &str); 2] = [("low", "10k"), ("high", "1M")];
/// The placeholder of a reduction.
const REDUCTION: [(&str, &str); 3] = [("min", "0%"), ("likely", "30%"), ("max", "60%")];
/// The placeholder of a cost.
pub const COST: [(&str, &str); 2] = [("low", "5k"), ("high", "100k")];

impl Draft {
    /// Notes a fault.
    pub fn fault(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The index of a risk with this id or name.
    pub fn risk_named(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.risks.iter().position(|risk| risk.id == slug(name) || risk.name.eq_ignore_ascii_case(name))
    }

    /// The index of a control with this id or name.
    pub fn control_named(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.controls.iter().position(|control| control.id == slug(name) || control.name.eq_ignore_ascii_case(name))
    }

    /// Fills what a case needs with placeholders, and makes ids unique.
    pub fn complete(&mut self) {
        if self.risks.is_empty() {
            let name = "Which risk do these controls act on? (asked on import)";
            self.risks.push(Risk { id: "asked".into(), name: name.into(), ..Risk::default() });
            self.findings.push(Finding::question(None, "the file names no risk: which ones do the controls act on?"));
        }
        let unread: HashSet<(Arc<str>, Arc<str>, usize)> = self
            .findings
            .iter()
            .filter(|finding| finding.weight == Weight::Fault)
            .filter_map(|finding| finding.place.as_ref().map(row_of))
            .collect();
        for risk in &mut self.risks {
            let why = if risk.is_unread || unread.contains(&row_of(&risk.place)) {
                "The source does not say, or not so that it can be read"
            } else {
                "The source does not say"
            };
            if risk.rate.is_none() {
                let question = format!("how often does it happen? {why}");
                risk.rate = Some(Rate::Frequency(Value::placeholder(&FREQUENCY, question)));
                self.findings
                    .push(Finding::question(at(&risk.place), format!("how often does \"{}\" happen?", risk.name)));
            }
            if risk.loss.is_empty() && risk.secondary.is_none() {
                let question = format!("what does an event cost? {why}");
                risk.loss.push(("response", Value::placeholder(&LOSS, question)));
                self.findings.push(Finding::question(
                    at(&risk.place),
                    format!("what does one event of \"{}\" cost?", risk.name),
                ));
            }
        }
        for control in &mut self.controls {
            if control.effects.is_empty() {
                let risks = if control.acts_on.is_empty() { vec![0] } else { control.acts_on.clone() };
                for risk in risks {
                    let on = match self.risks[risk].rate {
                        Some(Rate::Threat(_)) => "vulnerability",
                        _ => "frequency",
                    };
                    let question = if control.acts_on.is_empty() {
                        "which risk does it act on, on what, and how much? The source does not say"
                    } else {
                        "on what does it act, and how much? The source does not say"
                    };
                    let value = match control.stated.take() {
                        Some(stated) => stated.ask("which risk does it act on, and on what? The source does not say"),
                        None => Value::placeholder(&REDUCTION, question),
                    };
                    control.effects.push(Effect { risk, on: on.into(), becomes: false, part: None, value });
                }
                self.findings.push(Finding::question(
                    at(&control.place),
                    format!("what does \"{}\" act on, and how much?", control.name),
                ));
            }
            if control.initial.is_none() && control.yearly.is_none() && control.people.is_none() {
                control.yearly =
                    Some(Value::placeholder(&COST, "what does it cost, once and every year? The source does not say"));
                self.findings
                    .push(Finding::question(at(&control.place), format!("what does \"{}\" cost?", control.name)));
            }
        }
        self.apart();
        let mut taken = HashMap::new();
        self.risks.iter_mut().for_each(|risk| risk.id = unique(&risk.id, &risk.name, "risk", &mut taken));
        let mut taken = HashMap::new();
        self.controls.iter_mut().for_each(|control| {
            control.id = unique(&control.id, &control.name, "control", &mut taken);
        });
    }
}

impl Draft {
    /// Where several measures say what one factor of a risk becomes, none of them can stand beside another: each is
    /// written as the part that it takes off.
    fn apart(&mut self) {
        let mut said: HashMap<(usize, String), usize> = HashMap::new();
        let becomes = self.controls.iter().flat_map(|control| &control.effects).filter(|effect| effect.becomes);
        becomes.for_each(|effect| *said.entry((effect.risk, effect.on.clone())).or_default() += 1);
        for effect in self.controls.iter_mut().flat_map(|control| &mut control.effects) {
            let several = said.get(&(effect.risk, effect.on.clone())).is_some_and(|count| *count > 1);
            if let Some(part) = effect.part.filter(|_| effect.becomes && several) {
                effect.becomes = false;
                effect.value.form = Form::One(format!("{}%", part.round_dp(18).normalize()));
            }
        }
    }
}

/// The row of a place.
fn row_of(place: &Place) -> (Arc<str>, Arc<str>, usize) {
    (place.file.clone(), place.sheet.clone(), place.row)
}

/// A place, unless it is none.
fn at(place: &Place) -> Option<Place> {
    (!place.file.is_empty()).then(|| place.clone())
}

/// An index of names, for files with many rows.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, usize>);

impl Names {
    /// The index of a name, remembering `next` for a new one.
    pub fn index(&mut self, name: &str, next: usize) -> (usize, bool) {
        let key = name.trim().to_lowercase();
        match self.0.get(&key) {
            Some(index) => (*index, false),
            None => {
                self.0.insert(key, next);
                (next, true)
            }
        }
    }

    /// The index of a known name.
    pub fn get(&self, name: &str) -> Option<usize> {
        self.0.get(&name.trim().to_lowercase()).copied()
    }

    /// Forgets a name whose row was refused.
    pub fn forget(&mut self, name: &str) {
        self.0.remove(&name.trim().to_lowercase());
    }
}

/// An id made of a text: letters, digits and hyphens, beginning with a letter.
pub fn slug(text: &str) -> String {
    const LONGEST: usize = 48;
    let mut id = String::new();
    for c in text.trim().chars() {
        let folded = match c {
            'ä' | 'Ä' => "ae".into(),
            'ö' | 'Ö' => "oe".into(),
            'ü' | 'Ü' => "ue".into(),
            'ß' => "ss".into(),
            'é' | 'è' | 'ê' | 'ë' | 'É' => "e".into(),
            'á' | 'à' | 'â' => "a".into(),
            'ó' | 'ò' | 'ô' => "o".into(),
            'í' | 'ì' | 'î' => "i".into(),
            'ú' | 'ù' | 'û' => "u".into(),
            'ç' => "c".into(),
            'ñ' => "n".into(),
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
            _ => "-".to_owned(),
        };
        if folded == "-" && (id.is_empty() || id.ends_with('-')) {
            continue;
        }
        if id.len() >= LONGEST {
            break;
        }
        id.push_str(&folded);
    }
    id.trim_end_matches('-').to_owned()
}

fn unique(id: &str, name: &str, kind: &str, taken: &mut HashMap<String, usize>) -> String {
    let mut base = slug(id);
    if base.is_empty() {
        base = slug(name);
    }
    if base.is_empty() || base == "today" {
        base = format!("{kind}-{}", if base.is_empty() { "1" } else { "today" });
    }
    if base.starts_with(|c: char| c.is_ascii_digit()) {
        base = format!("{}-{base}", &kind[..1]);
    }
    let mut candidate = base.clone();
    while taken.contains_key(&candidate) {
        let number = taken.entry(base.clone()).or_insert(1);
        *number += 1;
        candidate = format!("{base}-{number}");
    }
    taken.insert(candidate.clone(), 1);
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_letters_digits_and_hyphens_and_stands_once() {
        assert_eq!(slug("  Rückruf vor Änderung! "), "rueckruf-vor-aenderung");
        let mut taken = HashMap::new();
        let ids: Vec<String> =
            ["R-1", "r 1", "1", ""].iter().map(|id| unique(id, "Name", "risk", &mut taken)).collect();
        assert_eq!(ids, ["r-1", "r-1-2", "r-1-3", "name"]);
    }

    #[test]
    fn what_is_missing_is_a_placeholder_with_its_question() {
        let mut draft = Draft::default();
        draft.controls.push(Control { name: "Backup".into(), ..Control::default() });
        draft.complete();
        assert_eq!((draft.risks.len(), draft.findings.len()), (1, 5));
        assert!(draft.controls[0].effects[0].value.asked.is_some());
    }
}
