//! Ends and points of a range in columns of their own: `Frequency min`, `Loss P90`.

use rust_decimal::Decimal;

use super::{Figure, Register, often_text};
use crate::import::draft::Value;
use crate::import::grid::Row;
use crate::import::heading::{End, Phase, Role};
use crate::import::number::is_blank_cell;
use crate::import::place::{Code, Place};

/// The question about a point between the two ends of a range that a case cannot hold beside them.
pub(super) fn has_no_place(place: &Place) -> String {
    format!(
        "the source also states \"{}\" ({}), which has no place beside the two ends: does the range fit it?",
        place.text, place.heading
    )
}

impl Register<'_, '_> {
    /// How often, from columns of the ends of a range.
    pub(super) fn frequency_range(&mut self, row: &Row) -> Option<Value> {
        self.has_all(row, &Role::FREQUENCY_ENDS)?;
        let mut found = Vec::new();
        for ((key, _), role) in End::KEYS.iter().zip(Role::FREQUENCY_ENDS) {
            let Some(column) = self.table.of(role, &[Phase::Unsaid]).next() else { continue };
            let (Figure::Often(read, _), place) = self.often_column(row, column)? else { return None };
            found.push((*key, often_text(&read), read.a_year()?, place));
        }
        self.keyed(found, "frequencies")
    }

    /// The question about a range of frequencies that stands beside a plain one.
    pub(super) fn frequency_beside(&self, row: &Row) -> Option<String> {
        let columns = Role::FREQUENCY_ENDS.iter().filter_map(|role| self.table.of(*role, &[Phase::Unsaid]).next());
        let places = columns.map(|column| self.table.place(row, column)).filter(|place| !is_blank_cell(&place.text));
        let stated: Vec<String> = places.map(|place| format!("\"{}\" ({})", place.text, place.heading)).collect();
        let stated = Some(stated.join(", ")).filter(|stated| !stated.is_empty())?;
        Some(format!("the source also states {stated}: is this figure to be a range?"))
    }

    /// Whether a row states all ends of a range that have a column; it is a fault where it states some of them only.
    fn has_all(&mut self, row: &Row, roles: &[Role]) -> Option<()> {
        let columns = roles.iter().filter_map(|role| self.table.of(*role, &[Phase::Unsaid]).next());
        let places: Vec<Place> = columns.map(|column| self.table.place(row, column)).collect();
        let (empty, stated): (Vec<Place>, Vec<Place>) =
            places.into_iter().partition(|place| is_blank_cell(&place.text));
        let first = stated.first()?;
        let Some(missing) = empty.into_iter().next() else { return Some(()) };
        let message = format!("this end of the range is missing beside {}: a placeholder stands for it", first.text);
        self.fault(Code::Row, missing, message, "write what is missing");
        None
    }

    /// What an event costs, from columns of percentiles.
    pub(super) fn loss_points(&mut self, row: &Row) -> Option<Value> {
        self.has_all(row, &[Role::LossP10, Role::LossP50, Role::LossP90])?;
        let mut found = Vec::new();
        for role in [Role::LossP10, Role::LossP50, Role::LossP90] {
            let Some(column) = self.table.of(role, &[Phase::Unsaid]).next() else { continue };
            let amount = self.money(row, column).ok()??;
            let key = Role::LOSS_ENDS.iter().position(|end| *end == role).map_or("p50", |at| End::KEYS[at].0);
            found.push((key, amount.value.to_string(), amount.value, self.table.place(row, column)));
        }
        self.keyed(found, "amounts")
    }

    /// A range of its ends in rising order.
    fn keyed(&mut self, found: Vec<(&'static str, String, Decimal, Place)>, what: &str) -> Option<Value> {
        let place = found.first()?.3.clone();
        let has_ends = ["low", "high"].iter().all(|end| found.iter().any(|(key, ..)| key == end));
        let (found, aside): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(key, ..)| !has_ends || matches!(*key, "low" | "high"));
        let keys: Vec<&'static str> = found.iter().map(|(key, ..)| *key).collect();
        let complete = matches!(
            keys[..],
            ["min", "max"] | ["min", "likely", "max"] | ["low", "high"] | ["p10", "p90"] | ["p10", "p50", "p90"]
        );
        if !complete {
            let message = format!("{} alone is no range", keys.join(" and "));
            self.fault(Code::Row, place, message, "add the other end, as least and most, or as P10 and P90");
            return None;
        }
        let rises = found.is_sorted_by(|one, other| one.2 < other.2);
        if !rises || found[0].2 <= Decimal::ZERO {
            let message = format!("the {what} of the range do not rise from least to most, above zero");
            self.fault(Code::Row, place, message, "put them in order");
            return None;
        }
        let places = found.iter().map(|(.., place)| place.clone()).collect();
        let texts = found.into_iter().map(|(key, text, ..)| (key, text)).collect::<Vec<_>>();
        if keys == ["min", "max"] {
            let ends = texts.into_iter().zip(["low", "high"]).map(|((_, text), key)| (key, text)).collect();
            let question = "only the least and the most are stated: they were taken as the ends of nine cases in ten";
            return Some(Value::keys(ends, places).ask(question));
        }
        let value = Value::keys(texts, places);
        Some(match aside.first() {
            Some((.., place)) => value.ask(has_no_place(place)),
            None => value,
        })
    }
}
