//! A key for each form of loss: [`crate::model::FORMS`] says how each is written.

use crate::model::FORMS;
use crate::scenario::grammar::{Field, Form, luck, optional};
use crate::units::Kind;

/// What an event costs.
pub(super) const LOSSES_OF_FORMS: [Field; FORMS.len()] = {
    let mut fields = [NONE; FORMS.len()];
    let mut place = 0;
    while place < FORMS.len() {
        let [doc, example] = FORMS[place].loss;
        fields[place] = optional(FORMS[place].key, luck(Kind::Money), doc, example);
        place += 1;
    }
    fields
};

/// How much of it a policy counts at most.
pub(super) const SUBLIMITS_OF_FORMS: [Field; FORMS.len()] = {
    let mut fields = [NONE; FORMS.len()];
    let mut place = 0;
    while place < FORMS.len() {
        let [doc, example] = FORMS[place].sublimit;
        fields[place] = optional(FORMS[place].key, Form::Fixed(Kind::Money), doc, example);
        place += 1;
    }
    fields
};

const NONE: Field = optional("", Form::Text, "", "");
