//! Which forms may a loss have?
//!
//! A form is a variant and its row here: the tables of a file, what a policy covers unless it says so, names and the
//! factors of controls are read from it.

use crate::units::Language;

/// The six forms of loss of Open FAIR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// Work and sales that do not happen.
    Productivity,
    /// Handling the event.
    Response,
    /// Replacing what is lost.
    Replacement,
    /// Lost advantage over competitors.
    CompetitiveAdvantage,
    /// Fines, judgments, contract penalties.
    FinesAndJudgments,
    /// Lost trust.
    Reputation,
}

/// What is said of a form.
#[derive(Debug)]
pub struct FormRow {
    /// The form.
    pub form: Form,
    /// The key in a file.
    pub key: &'static str,
    /// The name for people, in English and in German.
    names: [&'static str; 2],
    /// What it is, and one way to state it.
    pub loss: [&'static str; 2],
    /// What its sublimit counts, and one way to state that.
    pub sublimit: [&'static str; 2],
    /// Whether a policy covers it that does not say what it covers.
    covered: bool,
}

/// Every form, in Open FAIR's order.
pub const FORMS: [FormRow; 6] = [
    FormRow {
        form: Form::Productivity,
        key: "productivity",
        names: ["productivity", "Produktivität"],
        loss: ["Work and sales that do not happen, per event.", "productivity = \"80k\""],
        sublimit: ["Of lost work and sales, the outage included.", "productivity = \"1M\""],
        covered: true,
    },
    FormRow {
        form: Form::Response,
        key: "response",
        names: ["response", "Bewältigung"],
        loss: ["Handling the event.", "response = { low = \"40k\", high = \"600k\" }"],
        sublimit: ["Of handling the event.", "response = \"200k\""],
        covered: true,
    },
    FormRow {
        form: Form::Replacement,
        key: "replacement",
        names: ["replacement", "Ersatz"],
        loss: ["Replacing what is lost.", "replacement = \"200k\""],
        sublimit: ["Of replacing what is lost.", "replacement = \"300k\""],
        covered: true,
    },
    FormRow {
        form: Form::CompetitiveAdvantage,
        key: "competitive_advantage",
        names: ["competitive advantage", "Wettbewerbsvorteil"],
        loss: ["Lost advantage over competitors.", "competitive_advantage = \"1M\""],
        sublimit: ["Of lost advantage over competitors.", "competitive_advantage = \"100k\""],
        covered: true,
    },
    FormRow {
        form: Form::FinesAndJudgments,
        key: "fines",
        names: ["fines and judgments", "Bußgelder und Urteile"],
        loss: ["Fines, judgments, contract penalties.", "fines = { low = \"20k\", high = \"900k\" }"],
        sublimit: ["Of fines, judgments and contract penalties.", "fines = \"250k\""],
        // They are uninsurable in many places; whoever has them covered says so.
        covered: false,
    },
    FormRow {
        form: Form::Reputation,
        key: "reputation",
        names: ["reputation", "Ansehen"],
        loss: ["Lost trust.", "reputation = \"100k\""],
        sublimit: ["Of lost trust.", "reputation = \"500k\""],
        covered: true,
    },
];

impl Form {
    /// Every form, in Open FAIR's order.
    pub const ALL: [Self; FORMS.len()] = {
        let mut all = [Self::Productivity; FORMS.len()];
        let mut place = 0;
        while place < FORMS.len() {
            all[place] = FORMS[place].form;
            place += 1;
        }
        all
    };

    /// Their keys.
    pub const KEYS: [&'static str; FORMS.len()] = {
        let mut keys = [""; FORMS.len()];
        let mut place = 0;
        while place < FORMS.len() {
            keys[place] = FORMS[place].key;
            place += 1;
        }
        keys
    };

    fn row(self) -> &'static FormRow {
        &FORMS[self as usize]
    }

    /// The key in a file.
    pub fn key(self) -> &'static str {
        self.row().key
    }

    /// The name for people.
    pub fn name(self, language: Language) -> &'static str {
        let [english, german] = self.row().names;
        match language {
            Language::English => english,
            Language::German => german,
        }
    }

    /// Whether a policy covers it that does not say what it covers.
    pub fn is_covered_unless_said(self) -> bool {
        self.row().covered
    }

    /// The form of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_stands_at_its_place() {
        for form in Form::ALL {
            assert_eq!(form.row().form, form);
            assert_eq!(Form::from_key(form.key()), Some(form));
        }
    }
}
