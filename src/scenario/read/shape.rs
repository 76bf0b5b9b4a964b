//! Which form has an estimate that is written as a table, and are its values in order?

use rust_decimal::Decimal;

use super::cursor::{Cursor, literal};
use super::quantity::{Terms, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Role, Shape};
use crate::scenario::grammar::{CONFIDENCES, ESTIMATE, FAMILIES, QUANTILES};
use crate::scenario::syntax::{Node, Value};
use crate::units::Kind;

/// Keys of an estimate that say where it comes from, not what it is.
const ASIDE: [&str; 7] = ["source", "owner", "date", "why", "example", "doubt", "fitted_to"];

impl Cursor<'_, '_> {
    /// The two quantiles that are written, where two are.
    pub(super) fn two_quantiles(&self) -> Option<[(&'static str, u8); 2]> {
        let written: Vec<(&'static str, u8)> =
            QUANTILES.iter().copied().filter(|(key, _)| self.node(key).is_some()).collect();
        let has_other = written.iter().any(|(key, _)| !["p10", "p50", "p90"].contains(key));
        match written.as_slice() {
            [low, high] if has_other || !self.is_said_elsewhere("p50") => Some([*low, *high]),
            // Of more than two, or of one of the others, the first and the last: the rest is one too many.
            [low, .., high] if has_other => Some([*low, *high]),
            [(one, percent)] if has_other => {
                let other = if *percent <= 50 { ("p95", 95) } else { ("p05", 5) };
                Some(if *percent <= 50 { [(one, *percent), other] } else { [other, (one, *percent)] })
            }
            _ => None,
        }
    }

    /// The weight of the likely value.
    pub(super) fn confidence(&self, node: &Node) -> Option<Decimal> {
        let found = match &node.value {
            Value::Text(text) => CONFIDENCES.iter().find(|(word, _)| word == text).map(|(_, weight)| (*weight).into()),
            Value::Number(text) => {
                number(text).filter(|weight| *weight > Decimal::ZERO && *weight <= Decimal::ONE_THOUSAND)
            }
            _ => None,
        };
        if found.is_none() {
            let words: Vec<String> =
                CONFIDENCES.iter().map(|(word, weight)| format!("\"{word}\" ({weight})")).collect();
            self.reader.report(
                Diagnostic::new(Code::OutOfRange, "`confidence` is how strongly the range clings to `likely`")
                    .at(node.span, "no weight above 0")
                    .help(format!("write {}, or a number above 0: 4 is the plain PERT", words.join(", ")))
                    .path(self.path_of("confidence")),
            );
        }
        found
    }

    /// `doubt`, where it may stand. The outer `None` is a fault.
    #[expect(clippy::option_option, reason = "a fault and nothing written are two things")]
    pub(super) fn doubt(&self, role: Role, kind: Kind) -> Option<Option<Decimal>> {
        if self.node("doubt").is_none() {
            return Some(None);
        }
        let doubt = self.fixed("doubt", Kind::Rate)?;
        let allowed = role == Role::Luck;
        if !allowed {
            self.reader.report(
                Diagnostic::new(Code::Contradiction, "`doubt` is for what differs from event to event")
                    .at(self.key_span("doubt"), "not here")
                    .help(format!("a range on {} already says what you do not know: widen it instead", kind.name()))
                    .path(self.path_of("doubt")),
            );
            return None;
        }
        if doubt <= Decimal::ZERO {
            self.reader.report(
                Diagnostic::new(Code::OutOfRange, "a `doubt` of zero or less says nothing")
                    .at(self.key_span("doubt"), "not above 0%")
                    .help("write for example `doubt = \"30%\"`, or leave it out")
                    .path(self.path_of("doubt")),
            );
            return None;
        }
        Some(Some(doubt))
    }

    /// The shape that the keys of an estimate's table tell.
    pub(super) fn shape(&self, terms: Terms) -> Option<Shape> {
        let mut values = Values { cursor: self, terms, taken: Vec::new(), failed: false };
        let has = |key: &str| self.node(key).is_some();
        let any = |keys: &[&str]| keys.iter().any(|key| has(key));
        let all = |keys: &[&str]| keys.iter().all(|key| has(key));
        let interval = all(&["low", "high"]) && !all(&["min", "likely", "max"]);
        let shape = if has("shape") {
            let family = self.word("shape", FAMILIES)?;
            values.taken.push("shape");
            values.family(family)
        } else if has("samples") {
            values.taken.push("samples");
            self.samples(terms).map(Shape::Samples)
        } else if any(&["events", "years"]) {
            values.taken.extend(["events", "years"]);
            self.seen_of_table(terms)
        } else if any(&["quantity", "count", "each"]) {
            values.taken.extend(["quantity", "count", "each"].iter().filter(|key| has(key)));
            self.product(terms)
        } else if any(&["median", "mu", "sigma"]) {
            values.logs()
        } else if let Some([(low, p), (high, q)]) = self.two_quantiles().filter(|_| !interval) {
            let [low, high] = values.all([low, high])?;
            Some(Shape::TwoQuantiles { low: (p, low), high: (q, high) })
        } else if any(&["p10", "p50", "p90"]) && !interval {
            let [p10, p50, p90] = values.all(["p10", "p50", "p90"])?;
            let at_most = values.optional("at_most");
            Some(Shape::Quantiles { p10, p50, p90, at_most })
        } else if any(&["min", "likely", "max"]) && !interval {
            if !self.has_key("likely") && all(&["min", "max"]) && !self.is_said_elsewhere("likely") {
                self.reader.report(
                    Diagnostic::new(Code::Missing, format!("`{}` has `min` and `max` but no `likely`", self.path))
                        .at(self.head(), "`likely` is missing here")
                        .help("add the most likely value, `likely = …`")
                        .help("or write `low` and `high` for a 90% interval, or add `shape = \"uniform\"` if all values are alike")
                        .path(self.path_of("likely")),
                );
                return None;
            }
            let [min, likely, max] = values.all(["min", "likely", "max"])?;
            match self.node("confidence") {
                None => Some(Shape::Pert { min, likely, max }),
                Some(node) => {
                    values.taken.push("confidence");
                    let confidence = self.confidence(node)?;
                    Some(Shape::PertWith { min, likely, max, confidence })
                }
            }
        } else if any(&["low", "high"]) {
            let [low, high] = values.all(["low", "high"])?;
            Some(Shape::Interval { low, high })
        } else if let Some(node) = self.node("value") {
            values.taken.push("value");
            let reading = self.quantity_reading(node, "value", terms)?;
            match reading.seen {
                Some((events, years)) => self.seen(node, "value", events, years, terms),
                None => Some(Shape::Fixed(reading.value)),
            }
        } else {
            // An unknown key is the value that is missing.
            if !self.has_unknown_key() {
                self.no_value();
            }
            None
        }?;
        if values.failed {
            return None;
        }
        let left: Vec<&str> = self
            .written()
            .filter(|key| !ASIDE.contains(key) && !values.taken.contains(key) && ESTIMATE.field(key).is_some())
            .collect();
        if let Some(key) = left.first() {
            let is_likely = *key == "likely" && interval;
            let diagnostic = Diagnostic::new(
                Code::Contradiction,
                format!("`{key}` does not go with `{}`", values.taken.join("`, `")),
            )
            .at(self.key_span(key), "of another form")
            .path(self.path_of(key));
            self.reader.report(if is_likely {
                diagnostic.help("leave `likely` out, or write `min`, `likely` and `max`")
            } else {
                diagnostic.help("an estimate has one form: `value`; `low`, `high`; `min`, `likely`, `max`; `p10`, `p50`, `p90` or two quantiles; or `samples`")
            });
            return None;
        }
        self.in_order(shape)
    }

    pub(super) fn no_value(&self) {
        let moments = ["mean", "sd", "at_least", "tail", "at_most"].into_iter().find(|key| self.has_key(key));
        let diagnostic = Diagnostic::new(Code::Missing, format!("`{}` has no value", self.path))
            .at(self.head(), "no value here")
            .path(self.path.clone());
        self.reader.report(match moments {
            Some(key @ ("mean" | "sd")) => diagnostic.help(format!("add for example `shape = \"lognormal\"`: `{key}` needs a shape")),
            Some(key @ ("at_least" | "tail")) => diagnostic.help(format!("add `shape = \"pareto\"`: `{key}` needs a shape")),
            _ => diagnostic.help("write `value = …` for one value, `low` and `high` for a 90% interval, `min`, `likely` and `max`, or `p10`, `p50` and `p90`"),
        });
    }

    /// The shape with its bounds checked; a range of no width becomes one value.
    pub(super) fn in_order(&self, shape: Shape) -> Option<Shape> {
        let rows: Vec<(&str, Decimal)> = match &shape {
            Shape::Interval { low, high } | Shape::FamilyInterval { low, high, .. } => {
                vec![("low", *low), ("high", *high)]
            }
            Shape::Pert { min, likely, max } | Shape::Triangular { min, likely, max } => {
                vec![("min", *min), ("likely", *likely), ("max", *max)]
            }
            Shape::Uniform { min, max } => vec![("min", *min), ("max", *max)],
            Shape::Quantiles { p10, p50, p90, at_most } => {
                let mut rows = vec![("p10", *p10), ("p50", *p50), ("p90", *p90)];
                rows.extend(at_most.map(|at_most| ("at_most", at_most)));
                rows
            }
            Shape::PertWith { min, likely, max, .. } => vec![("min", *min), ("likely", *likely), ("max", *max)],
            Shape::TwoQuantiles { low: (p, low), high: (q, high) } => {
                let key = |percent: u8| QUANTILES.iter().find(|(_, of)| *of == percent).map_or("p50", |(key, _)| *key);
                vec![(key(*p), *low), (key(*q), *high)]
            }
            Shape::Fixed(_)
            | Shape::FamilyMoments { .. }
            | Shape::Pareto { .. }
            | Shape::Samples(_)
            | Shape::MedianSigma { .. }
            | Shape::Logs { .. }
            | Shape::Seen { .. }
            | Shape::Product { .. }
            | Shape::Capped { .. } => return Some(shape),
        };
        for pair in rows.windows(2) {
            let [(lower, a), (upper, b)] = pair else { continue };
            if a > b {
                let place = |key: &str| self.node(key).map_or(self.span, |node| node.span);
                // What is written, from the smallest to the largest.
                let mut sorted: Vec<(Decimal, Option<String>)> =
                    rows.iter().map(|(key, value)| (*value, self.node(key).and_then(literal))).collect();
                sorted.sort_by_key(|(value, _)| *value);
                let keys = rows.iter().map(|(key, _)| *key);
                let written: Option<Vec<String>> =
                    keys.zip(sorted).map(|(key, (_, value))| Some(format!("{key} = {}", value?))).collect();
                let help = match written {
                    Some(written) => format!("in rising order: `{{ {} }}`", written.join(", ")),
                    None => "write them in rising order".to_owned(),
                };
                self.reader.report(
                    Diagnostic::new(Code::WrongOrder, format!("`{lower}` is above `{upper}` in `{}`", self.path))
                        .at(place(lower), format!("above `{upper}`"))
                        .also(place(upper), format!("below `{lower}`"))
                        .help(help)
                        .path(self.path.clone()),
                );
                return None;
            }
        }
        let (first, last) = (rows.first()?.1, rows.last()?.1);
        if first == last { Some(Shape::Fixed(first)) } else { Some(shape) }
    }
}

/// Reads the values of one form, noting which keys were taken.
pub(super) struct Values<'c, 'r, 'a> {
    pub(super) cursor: &'c Cursor<'r, 'a>,
    pub(super) terms: Terms,
    pub(super) taken: Vec<&'static str>,
    pub(super) failed: bool,
}

impl Values<'_, '_, '_> {
    /// All of `keys`; each missing or misread one is noted.
    pub(super) fn all<const N: usize>(&mut self, keys: [&'static str; N]) -> Option<[Decimal; N]> {
        let mut values = [Decimal::ZERO; N];
        for (index, key) in keys.into_iter().enumerate() {
            self.taken.push(key);
            match self.cursor.node(key) {
                Some(node) => match self.cursor.quantity(node, key, self.terms) {
                    Some(value) => values[index] = value,
                    None => self.failed = true,
                },
                None if self.cursor.is_said_elsewhere(key) => self.failed = true,
                None => {
                    self.failed = true;
                    let others: Vec<String> =
                        keys.iter().filter(|other| **other != key).map(|other| format!("`{other}`")).collect();
                    self.cursor.reader.report(
                        Diagnostic::new(Code::Missing, format!("`{}` has no `{key}`", self.cursor.path))
                            .at(self.cursor.head(), format!("`{key}` is missing here"))
                            .help(match others.as_slice() {
                                [] => format!("write `{key} = …`"),
                                others => format!("write `{key} = …` beside {}", others.join(" and ")),
                            })
                            .path(self.cursor.path_of(key)),
                    );
                }
            }
        }
        (!self.failed).then_some(values)
    }

    pub(super) fn optional(&mut self, key: &'static str) -> Option<Decimal> {
        let node = self.cursor.node(key)?;
        self.taken.push(key);
        let value = self.cursor.quantity(node, key, self.terms);
        self.failed |= value.is_none();
        value
    }
}
