//! One estimate at one key: a quantity, or a table in one of the forms of the grammar.

use rust_decimal::Decimal;

use super::cursor::{Cursor, literal, wrong_kind};
use super::explain::{misfit, shown};
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::at_path;
use crate::model::{Estimate, EstimateId, Record, Role, Shape};
use crate::scenario::grammar::{ESTIMATE, Form};
use crate::scenario::syntax::{Node, Value};
use crate::stats::fit::Observed;
use crate::units::{Arithmetic, Kind};

/// The ratio of the ends of a 90 % interval of a lognormal from which on its average lies above the higher:
/// e^(4 z²), z the 95 % point of the normal.
const WIDEST: f64 = 50_100.0;

impl Cursor<'_, '_> {
    /// The estimate at a key; its kind stands in the grammar.
    pub fn estimate(&self, key: &str, role: Role) -> Option<EstimateId> {
        let Some(Form::Estimate { kind, bare, role: told }) = self.field(key).map(|field| field.form) else {
            return None;
        };
        debug_assert_eq!(role, told, "`{key}`: the grammar tells people and editors another role");
        self.estimate_as(key, Terms { kind, bare, yearly_chance: false }, role)
    }

    /// The estimates at a key that takes a list of them by time; one alone is a list of one.
    pub fn series(&self, key: &str) -> Option<Vec<EstimateId>> {
        let Some(Form::Series(kind)) = self.field(key).map(|field| field.form) else { return None };
        let (terms, role) = (Terms { kind, bare: false, yearly_chance: false }, Role::Knowledge);
        let node = self.node(key)?;
        let Value::List(nodes) = &node.value else { return Some(vec![self.estimate_as(key, terms, role)?]) };
        if nodes.is_empty() {
            self.reader.report(
                Diagnostic::new(Code::Missing, format!("`{key}` is an empty list"))
                    .at(node.span, "no amount here")
                    .help(format!("write for example `{key} = [\"100k\", \"50k\", \"20k\"]`, or leave it out"))
                    .path(self.path_of(key)),
            );
            return None;
        }
        let one = |(place, node): (usize, &Node)| {
            let key = format!("{key}.{}", place + 1);
            let void = || self.reader.void_estimate(kind, role, self.path_of(&key));
            self.estimate_at(node, &key, terms, role).or_else(void)
        };
        nodes.iter().enumerate().map(one).collect()
    }

    /// The estimate at a key, of a kind that the caller knows; nothing where none is written.
    pub fn estimate_as(&self, key: &str, terms: Terms, role: Role) -> Option<EstimateId> {
        let node = self.node(key)?;
        let void = || self.reader.void_estimate(terms.kind, role, self.path_of(key));
        self.estimate_at(node, key, terms, role).or_else(void)
    }

    fn estimate_at(&self, node: &Node, key: &str, terms: Terms, role: Role) -> Option<EstimateId> {
        let path = self.path_of(key);
        let kind = terms.kind;
        let (shape, doubt, fitted_to, record) = match &node.value {
            Value::Table(_) => {
                let (outer, name) = (Some(self.def()), self.name.clone());
                let inner = Cursor::open(self.reader, &ESTIMATE, outer, node, path.clone(), name, self.record())?;
                let shape = inner.shape(terms)?;
                let doubt = inner.doubt(role, kind)?;
                (shape, doubt, inner.fitted_to(role, terms)?, inner.record().clone())
            }
            Value::Text(_) | Value::Number(_) => {
                let reading = self.quantity_reading(node, key, terms)?;
                let shape = match reading.seen {
                    Some((events, years)) => self.seen(node, key, events, years, terms)?,
                    None => Shape::Fixed(reading.value),
                };
                (shape, None, None, self.record().clone())
            }
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is {} or a range of it", kind.name()), &path)
                        .help(self.as_range(node, key, kind)),
                );
                return None;
            }
        };
        self.checked(node, key, kind, role, shape, doubt, fitted_to, record)
    }

    /// How a list of two or three values is written as a range.
    fn as_range(&self, node: &Node, key: &str, kind: Kind) -> String {
        // A bare number is written with the unit that it lacks.
        let with_unit = |node: &Node| {
            literal(node).map(|text| match (&node.value, kind) {
                (Value::Number(_), Kind::Frequency) => format!("\"{text} per year\""),
                (Value::Number(_), Kind::Chance) => format!("\"{text}%\""),
                _ => text,
            })
        };
        let values: Option<Vec<String>> = match &node.value {
            Value::List(nodes) => nodes.iter().map(with_unit).collect(),
            _ => None,
        };
        match values.as_deref() {
            Some([low, high]) => {
                format!("write `{key} = {{ low = {low}, high = {high} }}` for a range that holds nine times in ten")
            }
            Some([min, likely, max]) => {
                format!("write `{key} = {{ min = {min}, likely = {likely}, max = {max} }}`")
            }
            Some([_, _, _, ..]) => format!("write `{key} = {{ samples = [ … ] }}` for observed values"),
            _ => format!("write for example `{}`", self.field(key).map_or("", |field| field.example)),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one estimate has so many parts")]
    fn checked(
        &self,
        node: &Node,
        key: &str,
        kind: Kind,
        role: Role,
        shape: Shape,
        doubt: Option<Decimal>,
        fitted_to: Option<Observed>,
        record: Record,
    ) -> Option<EstimateId> {
        let path = self.path_of(key);
        let distribution = match shape.distribution(kind) {
            Ok(distribution) => distribution,
            Err(fault) => {
                let (why, cure) = misfit(&fault, &shape, kind);
                self.reader.report(
                    Diagnostic::new(Code::Infeasible, format!("no range fits `{key}`: {why}"))
                        .at(node.span, "does not fit")
                        .help(cure)
                        .path(path),
                );
                return None;
            }
        };
        let tail = distribution.tail_index();
        if tail >= 1.0 || !distribution.mean().is_finite() {
            self.reader.report(
                Diagnostic::new(
                    Code::NoMean,
                    format!("the range of `{key}` has so heavy a tail (index {tail:.2}) that its average is infinite"),
                )
                .at(node.span, "no average exists")
                .help("give it an upper bound: `at_most = …` beside p10, p50 and p90, or write `min`, `likely` and `max`; or bring p90 closer to p50")
                .path(path),
            );
            return None;
        }
        if tail >= 0.5 {
            self.reader.report(
                Diagnostic::new(
                    Code::HeavyTail,
                    format!(
                        "the range of `{path}` has a very heavy tail (index {tail:.2}): a few extreme events carry most of the average"
                    ),
                )
                .german(format!(
                    "die Spanne von `{path}` reicht sehr weit nach oben (Index {tail:.2}): Wenige extreme Ereignisse machen den größten Teil des Durchschnitts aus"
                ))
                .at(node.span, "very heavy tail")
                .help("if there is a most that it can cost, say so with `at_most`")
                .path(path.clone()),
            );
        }
        if let Shape::Interval { low, high } | Shape::FamilyInterval { low, high, .. } = &shape
            && distribution.mean() > f64::from_decimal(*high)
        {
            let show = |value: f64| shown(value, kind);
            let (low, high) = (f64::from_decimal(*low), f64::from_decimal(*high));
            let mean = show(distribution.mean());
            let message = format!("`{key}` is so wide a range that its average, {mean}, lies above its high end");
            let diagnostic = Diagnostic::new(Code::HeavyTail, message)
                .german(format!("so weite Spanne, dass ihr Durchschnitt über ihrem oberen Ende liegt: `{path}`"))
                .at(node.span, format!("from {} to {}", show(low), show(high)))
                .path(path.clone());
            let narrower = format!("raise `low`: from {} on, the average lies within the range", show(high / WIDEST));
            let is_lognormal = matches!(distribution, crate::stats::Distribution::Lognormal(_));
            let diagnostic = if is_lognormal { diagnostic.help(narrower) } else { diagnostic };
            self.reader.report(diagnostic.help("or write `min`, `likely` and `max`, where `min` may be 0"));
        }
        let key = at_path(self.reader.language, &path, key);
        let name = if self.name.is_empty() { key } else { format!("{}: {key}", self.name) };
        Some(self.reader.add_estimate(Estimate {
            path,
            name,
            kind,
            role,
            shape,
            distribution,
            doubt,
            fitted_to,
            worked_out: false,
            record,
            span: node.span,
        }))
    }
}
