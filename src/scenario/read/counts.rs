//! What is known of a frequency after events were counted over some years?

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::quantity::{Terms, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Shape;
use crate::scenario::syntax::{Node, Value};
use crate::units::Kind;

impl Cursor<'_, '_> {
    /// What is known of a frequency after what was seen.
    pub(super) fn seen_of_table(&self, terms: Terms) -> Option<Shape> {
        let is_frequency = terms.yearly_chance || terms.kind == Kind::Frequency;
        if !is_frequency {
            let key = if self.node("events").is_some() { "events" } else { "years" };
            self.reader.report(
                Diagnostic::new(
                    Code::Contradiction,
                    format!("`{key}` is for frequencies, and this is {}", terms.kind.name()),
                )
                .at(self.key_span(key), "not for this key")
                .help(format!("write `value = {}`, or a range with `low` and `high`", terms.kind.example()))
                .path(self.path_of(key)),
            );
            return None;
        }
        let years = self.positive("years");
        let events = self.node("events").and_then(|node| match &node.value {
            Value::Number(text) => number(text).filter(|events| *events >= Decimal::ZERO && !text.starts_with('-')),
            _ => None,
        });
        for (key, read) in [("events", events.is_some()), ("years", years.is_some())] {
            match (self.node(key), read, self.field(key)) {
                (None, _, Some(field)) if !self.is_said_elsewhere(key) => self.missing(field),
                (Some(node), false, _) if key == "events" => self.reader.report(
                    Diagnostic::new(
                        Code::OutOfRange,
                        "`events` is how many were seen: a number of 0 or more, without quotes",
                    )
                    .at(node.span, "no count")
                    .help("write for example `events = 3`")
                    .path(self.path_of(key)),
                ),
                _ => {}
            }
        }
        let node = self.node("events")?;
        self.seen(node, "events", events?, years?, terms)
    }

    /// The same where events and years are read.
    pub(super) fn seen(&self, node: &Node, key: &str, events: Decimal, years: Decimal, terms: Terms) -> Option<Shape> {
        if terms.kind == Kind::Chance && events > years {
            let (k, n) = (events.normalize(), years.round_dp(2).normalize());
            self.reader.report(
                Diagnostic::new(Code::OutOfRange, format!("{k} years with an event in {n} years are too many"))
                    .at(node.span, "at most one a year")
                    .help("leave out `count = \"at most one\"`, or count the years with an event")
                    .path(self.path_of(key)),
            );
            return None;
        }
        Some(Shape::Seen { events, years })
    }
}
