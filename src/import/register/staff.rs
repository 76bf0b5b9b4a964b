//! How much working time does a measure take, where a register counts it in full-time posts: `0.5 FTE`?
//!
//! A post is people, and no money. A case counts their time in hours, so that the hours of a post are asked, and what an
//! hour costs too unless the answer `day_rate` says it.

use rust_decimal::Decimal;

use super::Register;
use super::effects::of_group;
use crate::import::draft::Value;
use crate::import::grid::Row;
use crate::import::heading::{Phase, Role, counts_posts, is_post};
use crate::import::number::is_blank_cell;
use crate::import::place::{Code, Place};
use crate::import::table::Column;

/// 220 days of eight hours.
const HOURS: u64 = 1_760;

/// Whether a cell of a price counts posts: `0,5 VZÄ`, or any number below `Cost (FTE)`.
pub(super) fn is_of_posts(column: &Column, text: &str) -> bool {
    !is_blank_cell(text) && (counts_posts(text) || counts_posts(&column.heading))
}

impl Register<'_, '_> {
    /// The working time of a row's measures and what an hour of it costs.
    pub(super) fn staff(&mut self, row: &Row, group: Option<usize>) -> Option<(Value, Value)> {
        let table = self.table;
        let roles = [Role::Staff, Role::CostYearly, Role::Cost, Role::CostOnce];
        let columns = roles.into_iter().filter_map(|role| of_group(table, role, group).map(|column| (role, column)));
        let (role, column) = columns
            .into_iter()
            .find(|(role, column)| *role == Role::Staff || is_of_posts(column, row.text(column.index)))?;
        let place = table.place(row, column);
        if is_blank_cell(&place.text) {
            return None;
        }
        let bare: Vec<&str> = place.text.split_whitespace().filter(|word| !is_post(word)).collect();
        let number = row.cells.get(column.index).and_then(|cell| cell.number);
        let read = number.or_else(|| column.reading.amount(&bare.join(" "), true).ok().map(|read| read.value));
        let hours = read.filter(|posts| !posts.is_sign_negative()).and_then(|posts| posts.checked_mul(HOURS.into()));
        let (Some(posts), Some(hours)) = (read, hours) else {
            self.fault(
                Code::Cell,
                place,
                "the number of posts cannot be read".into(),
                "write a number such as 0.5 FTE",
            );
            return None;
        };
        let mut question = format!(
            "how many hours a year is {} of a full-time post? {HOURS} were taken for a whole one: 220 days of eight hours",
            posts.normalize()
        );
        if role == Role::CostOnce {
            question.push_str(". And is it so every year? The heading says once");
        }
        let time = Value::one(format!("{} hours per year", hours.normalize()), &place).ask(question);
        let rate = match self.draft.day_rate {
            Some(day) => {
                let hour = (day / Decimal::from(8)).normalize();
                Value::one(format!("{hour} per hour"), &Place { text: String::new(), ..place })
                    .because(format!("{} a day of eight hours, as answered", day.normalize()))
            }
            None => {
                let keys = [("low", "40 per hour"), ("high", "120 per hour")];
                Value::placeholder(
                    &keys,
                    "what does an hour of your people cost? The answer day_rate=600 says what a day does",
                )
            }
        };
        Some((time, rate))
    }

    /// The prices of a measure by year, from columns of following years.
    pub(super) fn by_year(&mut self, row: &Row) -> Option<Value> {
        let table = self.table;
        let columns: Vec<&Column> = table.of(Role::CostOfYear, &[Phase::Unsaid]).collect();
        let mut found: Vec<(Decimal, Place)> = Vec::new();
        let mut question = columns.iter().find_map(|column| column.doubt.clone());
        let mut is_stated = false;
        for column in columns {
            let place = table.place(row, column);
            match self.money(row, column) {
                Ok(Some(amount)) if !amount.value.is_sign_negative() => {
                    is_stated = true;
                    found.push((amount.value, place));
                }
                Ok(None) => found.push((Decimal::ZERO, place)),
                Ok(Some(_)) => {
                    self.fault(Code::Cell, place, "a cost is not below zero".into(), "write what it costs");
                    return None;
                }
                Err(()) => return None,
            }
        }
        if !is_stated {
            return None;
        }
        let mut also = |asked: &str| {
            let before = question.take().map(|before| format!("{before} And "));
            question = Some(before.unwrap_or_default() + asked);
        };
        if found.iter().any(|(_, place)| is_blank_cell(&place.text)) {
            also("is nothing paid in the year whose cell is empty? Taken as 0");
        }
        let has_once = table.has(|role| role == Role::CostOnce);
        let first = found.first().map(|(value, _)| *value);
        if !has_once && found.get(1).is_some_and(|(second, _)| first > Some(*second)) {
            also("does the first year hold what is paid once? Then write that part as `initial`");
        }
        let texts = found.iter().map(|(value, _)| value.to_string()).collect();
        let value = Value::by_year(texts, found.into_iter().map(|(_, place)| place).collect());
        Some(match question {
            Some(question) => value.ask(question),
            None => value.because("by year; the last amount goes on"),
        })
    }
}
