//! Does the expected loss that a table states agree with frequency × loss?

use rust_decimal::Decimal;

use super::Register;
use crate::import::columns::NOW;
use crate::import::draft::{Form, Rate, Risk, Value};
use crate::import::grid::Row;
use crate::import::heading::Role;
use crate::import::place::{Finding, Place};
use crate::units::reading::cell;

impl Register<'_, '_> {
    /// A risk of which the table states the expected loss alone: one event a year of that size, and both are asked.
    pub(super) fn by_expected(&mut self, row: &Row, risk: &mut Risk) {
        let Some(column) = self.table.of(Role::Expected, &NOW).find(|column| !column.scored) else { return };
        let Ok(Some(stated)) = self.money(row, column) else { return };
        if stated.value <= Decimal::ZERO {
            return;
        }
        let place = self.table.place(row, column);
        let question = "how often, and what does one event cost? The table states the expected loss of a year alone; taken as one event a year";
        risk.rate = Some(Rate::Frequency(Value::one("1 per year", &place).ask(question)));
        risk.loss.push((super::FORM, Value::one(stated.value.to_string(), &place).ask(question)));
    }

    /// Compares frequency × loss with the expected loss that the table states.
    pub(super) fn expected(&mut self, row: &Row, risk: &Risk) {
        let Some(column) = self.table.of(Role::Expected, &NOW).find(|column| !column.scored) else { return };
        let is_taken = |(_, value): &(_, Value)| value.from.iter().any(|place| self.table.is_in(place, column));
        if risk.loss.iter().any(is_taken) {
            return;
        }
        let before = self.draft.findings.len();
        let Ok(Some(stated)) = self.money(row, column) else {
            self.draft.findings.truncate(before);
            return;
        };
        if risk.loss.is_empty() || risk.rate.is_none() {
            let place = self.table.place(row, column);
            let lacks = if risk.loss.is_empty() { "what one event costs" } else { "how often it happens" };
            let message = format!(
                "the table states {} as the expected loss, and not {lacks}: is it the average of a year, or of one event? It was not taken",
                stated.value
            );
            self.draft.findings.push(Finding::question(Some(place), message));
            return;
        }
        let Some(product) = product(risk) else { return };
        self.compared.2 += stated.value;
        let near = (product - stated.value).abs() <= (stated.value.abs() * Decimal::new(5, 3)).max(Decimal::ONE);
        if near {
            self.compared.0 += 1;
        } else {
            self.compared.1 += 1;
            let place = self.table.place(row, column);
            self.draft.findings.push(Finding::question(
                Some(place),
                format!(
                    "the table states {}, frequency × loss is {}: which is right?",
                    stated.value,
                    product.normalize()
                ),
            ));
        }
    }

    /// Compares the sum of expected losses with the total that the table states.
    pub(super) fn totals(&mut self) {
        let (agree, differ, sum) = self.compared;
        if agree + differ == 0 {
            return;
        }
        let place = Place { sheet: self.table.sheet.name.as_str().into(), ..Place::file(self.table.file) };
        if agree > 0 {
            let message = format!(
                "frequency × loss agrees with the expected loss that the table states in {agree} of {} rows",
                agree + differ
            );
            self.draft.findings.push(Finding::note(Some(place), message));
        }
        let Some(column) = self.table.of(Role::Expected, &NOW).next() else { return };
        for row in &self.table.totals {
            let Ok(Some(total)) = self.money(row, column) else { continue };
            let place = self.table.place(row, column);
            let finding = if total.value == sum {
                Finding::note(Some(place), format!("the total of expected losses agrees: {sum}"))
            } else {
                let message = format!("the total is {}, the rows add up to {sum}: is a row missing?", total.value);
                Finding::question(Some(place), message)
            };
            self.draft.findings.push(finding);
        }
    }
}

/// Frequency × loss of a risk, where both are one figure.
pub(super) fn product(risk: &Risk) -> Option<Decimal> {
    let frequency = match &risk.rate {
        Some(Rate::Frequency(value)) => one(value).and_then(|text| a_year_of(&text)),
        _ => None,
    };
    let loss = risk
        .loss
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(one(value)?.parse::<Decimal>().ok()?));
    let loss = loss.filter(|_| !risk.loss.is_empty());
    frequency.zip(loss).and_then(|(a, b)| a.checked_mul(b))
}

fn one(value: &Value) -> Option<String> {
    if let Form::One(text) = &value.form { Some(text.clone()) } else { None }
}

/// Events a year of a frequency that was written.
fn a_year_of(text: &str) -> Option<Decimal> {
    match text.strip_suffix('%') {
        Some(percent) => percent.parse::<Decimal>().ok()?.checked_div(Decimal::ONE_HUNDRED),
        None => match cell::often(text, Some('.')) {
            Ok(cell::Often::Rate(rate)) => rate.value(),
            _ => None,
        },
    }
}
