//! What was an estimate fitted to: amounts, open ones (`> 40k`), bands (`10k to 50k`)?
//!
//! `rosi calibrate` writes them beside the range, so that the paper can draw the data against the fit. No figure is
//! worked out from them.

use super::cursor::{Cursor, wrong_kind};
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Role;
use crate::scenario::syntax::{Node, Value};
use crate::stats::fit::{Observation, Observed};
use crate::units::Arithmetic;

impl Cursor<'_, '_> {
    /// The observations at `fitted_to`. The outer `None` is a fault.
    pub(super) fn fitted_to(&self, role: Role, terms: Terms) -> Option<Option<Observed>> {
        let Some(node) = self.node("fitted_to") else { return Some(None) };
        let path = self.path_of("fitted_to");
        if role != Role::Luck {
            self.reader.report(
                Diagnostic::new(Code::Contradiction, "`fitted_to` is for what differs from event to event")
                    .at(self.key_span("fitted_to"), "not here")
                    .help("leave it out: `source` and `why` say what the estimate rests on")
                    .path(path),
            );
            return None;
        }
        let Value::List(nodes) = &node.value else {
            self.reader.report(
                wrong_kind(node, "`fitted_to` is a list of observations", &path)
                    .help("write for example `fitted_to = [\"18400\", \"> 40k\"]`, or leave it out"),
            );
            return None;
        };
        let (from, seen) = match nodes.first().and_then(|node| Some((node, behind(node, &["from "])?))) {
            Some((node, text)) => (Some(self.one(node, text, terms)?), &nodes[1..]),
            None => (None, nodes.as_slice()),
        };
        let observations: Vec<Option<Observation>> = seen.iter().map(|node| self.observation(node, terms)).collect();
        let observations: Vec<Observation> = observations.into_iter().collect::<Option<_>>()?;
        if observations.is_empty() {
            self.reader.report(
                Diagnostic::new(Code::BadSamples, "`fitted_to` holds no observation")
                    .at(node.span, "nothing was seen")
                    .help("leave `fitted_to` out")
                    .path(path),
            );
            return None;
        }
        Some(Some(Observed { observations, threshold: from.unwrap_or(0.0) }))
    }

    fn observation(&self, node: &Node, terms: Terms) -> Option<Observation> {
        if let Some(text) = behind(node, &["> "]) {
            return Some(Observation::Above(self.one(node, text, terms)?));
        }
        if let Some(text) = behind(node, &["< "]) {
            return Some(Observation::Between(0.0, self.one(node, text, terms)?));
        }
        let Some((low, high)) = (if let Value::Text(text) = &node.value { text.split_once(" to ") } else { None })
        else {
            return Some(Observation::Exact(f64::from_decimal(self.quantity(node, "fitted_to", terms)?)));
        };
        let (low, high) = (self.one(node, low, terms)?, self.one(node, high, terms)?);
        if low >= high {
            self.reader.report(
                Diagnostic::new(Code::WrongOrder, "a band in `fitted_to` rises from its first end to its second")
                    .at(node.span, "does not rise")
                    .help("write the lower end first, as in `\"10k to 50k\"`")
                    .path(self.path_of("fitted_to")),
            );
            return None;
        }
        Some(Observation::Between(low, high))
    }

    /// A quantity that stands in a part of a text.
    fn one(&self, node: &Node, text: &str, terms: Terms) -> Option<f64> {
        let part = Node { value: Value::Text(text.trim().to_owned()), span: node.span };
        self.quantity(&part, "fitted_to", terms).map(f64::from_decimal)
    }
}

/// What stands behind one of these beginnings of a text.
fn behind<'n>(node: &'n Node, beginnings: &[&str]) -> Option<&'n str> {
    let Value::Text(text) = &node.value else { return None };
    beginnings.iter().find_map(|beginning| text.strip_prefix(beginning))
}
