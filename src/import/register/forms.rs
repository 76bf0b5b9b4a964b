//! Losses by their forms, where the mapping says which column holds which: `loss.fines`.

use rust_decimal::Decimal;

use super::Register;
use crate::import::draft::{Risk, Value};
use crate::import::grid::Row;
use crate::import::heading::{Phase, Role};
use crate::import::place::Code;

impl Register<'_, '_> {
    /// Adds what the columns of the forms of loss state; a form of which nothing is lost is left out.
    pub(super) fn forms(&mut self, row: &Row, risk: &mut Risk) {
        let table = self.table;
        for (role, form) in Role::FORMS {
            let Some(column) = table.of(role, &[Phase::Unsaid]).next() else { continue };
            let place = table.place(row, column);
            let Ok(Some(found)) = self.money(row, column) else { continue };
            if found.value < Decimal::ZERO {
                let message = format!("an amount below zero is a gain ({}): rosi counts losses", found.value);
                self.fault(Code::Gain, place, message, "write losses without the minus");
            } else if found.value > Decimal::ZERO {
                let value = self.asked(Value::one(found.value.to_string(), &place));
                match risk.loss.iter_mut().find(|(known, _)| *known == form) {
                    Some((_, known)) => {
                        known
                            .asked
                            .get_or_insert(format!("{} states this form of loss too: which holds?", place.short()));
                    }
                    None => risk.loss.push((form, value)),
                }
            }
        }
    }
}
