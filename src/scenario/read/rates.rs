//! What is one unit of another currency worth in that of the file?
//!
//! `[exchange_rates]` names currencies by their codes: USD = { value = "0.92", source, date } says that one USD is
//! 0.92 of the file's. Amounts typed in such a currency are converted exactly, and each rate stands among the
//! assumptions. The rates are needed before any amount is read, so they are taken first and their faults told later.

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::quantity::number;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Estimate, Record, Role, Shape};
use crate::scenario::grammar::RATE;
use crate::scenario::syntax::{Node, Value};
use crate::stats::Distribution;
use crate::units::reading::{Settings, read};
use crate::units::{Currency, Kind};

/// The rates of a file that can be read.
pub(super) fn taken(root: &Node, settings: &Settings) -> Vec<(Currency, Decimal)> {
    let Value::Table(table) = &root.value else { return Vec::new() };
    let Some(Node { value: Value::Table(rates), .. }) = table.get("exchange_rates") else { return Vec::new() };
    let rates = rates.entries.iter().filter_map(|entry| {
        let currency = Currency::from_code(&entry.key).filter(|currency| *currency != settings.currency)?;
        let value = match &entry.node.value {
            Value::Table(table) => rate(table.get("value")?, settings),
            _ => rate(&entry.node, settings),
        };
        Some((currency, value?))
    });
    rates.collect()
}

fn rate(node: &Node, settings: &Settings) -> Option<Decimal> {
    let value = match &node.value {
        Value::Number(text) => number(text),
        Value::Text(text) => read(text, Kind::Number, settings).ok().map(|reading| reading.value),
        _ => None,
    };
    value.filter(|value| *value > Decimal::ZERO)
}

impl Cursor<'_, '_> {
    /// Tells the faults of `[exchange_rates]`, and lists the rates among the assumptions.
    pub fn exchange_rates(&self) {
        let Some(node) = self.node("exchange_rates") else { return };
        let example = "write for example `USD = { value = \"0.92\", source = \"ECB\", date = \"2026-09-30\" }`";
        let Value::Table(table) = &node.value else {
            self.reader.report(
                super::cursor::wrong_kind(node, "`exchange_rates` is a table of rates by currency", "exchange_rates")
                    .help(example),
            );
            return;
        };
        let own = self.reader.currency();
        for entry in &table.entries {
            let path = format!("exchange_rates.{}", entry.key);
            let fault = |code: Code, message: String, label: &str, help: &str| {
                self.reader
                    .report(Diagnostic::new(code, message).at(entry.key_span, label).help(help).path(path.clone()));
            };
            match Currency::from_code(&entry.key) {
                None => {
                    fault(
                        Code::UnknownWord,
                        format!("\"{}\" is not the code of a currency", entry.key),
                        "unknown currency",
                        example,
                    );
                    continue;
                }
                Some(code) if code == own => {
                    let message = format!("{own} is the currency of the file: it needs no rate");
                    fault(Code::Contradiction, message, "the file's own", "take it out, or write the other currency");
                    continue;
                }
                Some(_) => {}
            }
            let (value, record) = match &entry.node.value {
                Value::Table(_) => {
                    let outer = Some(self.def());
                    let name = format!("one {}", entry.key);
                    let inner = Cursor::open(self.reader, &RATE, outer, &entry.node, path.clone(), name, self.record());
                    let Some(inner) = inner else { continue };
                    (inner.node("value"), inner.record().clone())
                }
                _ => (Some(&entry.node), Record::default()),
            };
            let Some(value) = value else { continue };
            let Some(found) = rate(value, self.reader.settings()) else {
                self.reader.report(
                    Diagnostic::new(Code::BadQuantity, format!("the rate of {} is no number above 0", entry.key))
                        .at(value.span, "no rate")
                        .help(example)
                        .path(path),
                );
                continue;
            };
            let Ok(distribution) = Distribution::fixed(<f64 as crate::units::Arithmetic>::from_decimal(found)) else {
                continue;
            };
            self.reader.add_estimate(Estimate {
                name: crate::model::names::of_exchange_rate(self.reader.language, &entry.key, own.code()),
                path,
                kind: Kind::Number,
                role: Role::Knowledge,
                shape: Shape::Fixed(found),
                distribution,
                doubt: None,
                fitted_to: None,
                worked_out: false,
                record,
                span: entry.node.span,
            });
        }
    }
}
