//! A quantity times what each of it costs: which two ranges are they?

use super::cursor::Cursor;
use super::explain::misfit;
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Shape;
use crate::scenario::grammar::ESTIMATE;
use crate::scenario::syntax::Value;
use crate::units::Kind;

impl Cursor<'_, '_> {
    /// How many times what each costs.
    pub(super) fn product(&self, terms: Terms) -> Option<Shape> {
        let written: Vec<&str> = ["quantity", "count"].into_iter().filter(|key| self.node(key).is_some()).collect();
        let fault = |code: Code, message: String, place: &str, label: &str| {
            Diagnostic::new(code, message).at(self.key_span(place), label).path(self.path_of(place))
        };
        if !matches!(terms.kind, Kind::Money | Kind::YearlyMoney) {
            let key = written.first().copied().unwrap_or("each");
            let message = format!("`{key}` is for amounts of money, and this is {}", terms.kind.name());
            self.reader.report(
                fault(Code::Contradiction, message, key, "not for this key")
                    .help(format!("write `value = {}`, or a range with `low` and `high`", terms.kind.example())),
            );
            return None;
        }
        if let [_, second] = written.as_slice() {
            self.reader.report(
                fault(Code::Contradiction, "`quantity` and `count` say the same".into(), second, "one of the two")
                    .help(format!("leave `{second}` out")),
            );
            return None;
        }
        let Some(quantity) = written.first().copied() else {
            if let Some(field) = self.field("quantity") {
                self.missing(field);
            }
            return None;
        };
        if self.node("each").is_none() {
            if let Some(field) = self.field("each") {
                self.missing(field);
            }
            return None;
        }
        let number = Terms { kind: Kind::Number, bare: true, yearly_chance: false };
        let (quantity, each) = (self.factor(quantity, number), self.factor("each", terms));
        Some(Shape::Product { quantity: Box::new(quantity?), each: Box::new(each?) })
    }

    /// One factor of a product: a value or a range.
    pub(super) fn factor(&self, key: &str, terms: Terms) -> Option<Shape> {
        let node = self.node(key)?;
        let Value::Table(_) = &node.value else {
            return self.quantity(node, key, terms).map(Shape::Fixed);
        };
        let path = self.path_of(key);
        let inner = Cursor::open(
            self.reader,
            &ESTIMATE,
            Some(self.def()),
            node,
            path.clone(),
            self.name.clone(),
            self.record(),
        )?;
        let shape = inner.shape(terms)?;
        if matches!(shape, Shape::Product { .. }) || inner.node("doubt").is_some() {
            self.reader.report(
                Diagnostic::new(Code::Contradiction, format!("`{key}` is one value or one range"))
                    .at(node.span, "more than that")
                    .help("write `doubt` beside `each`, and a product of three as one of two")
                    .path(path),
            );
            return None;
        }
        if let Err(error) = shape.distribution(terms.kind) {
            let (why, cure) = misfit(&error, &shape, terms.kind);
            self.reader.report(
                Diagnostic::new(Code::Infeasible, format!("no range fits `{key}`: {why}"))
                    .at(node.span, "does not fit")
                    .help(cure)
                    .path(path),
            );
            return None;
        }
        Some(shape)
    }
}
