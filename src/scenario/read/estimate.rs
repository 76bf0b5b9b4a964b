//! One estimate at one key: a quantity, or a table in one of the forms of the grammar.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cursor::{Cursor, literal, wrong_kind};
use super::explain::{misfit, shown};
use super::quantity::{Terms, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Estimate, EstimateId, Family, Record, Role, Shape};
use crate::scenario::grammar::{ESTIMATE, FAMILIES, Form};
use crate::scenario::stays_inside;
use crate::scenario::syntax::{Node, Value};
use crate::units::{Arithmetic, Kind};

/// The ratio of the ends of a 90 % interval of a lognormal from which on its average lies above the higher:
/// e^(4 z²), z the 95 % point of the normal.
const WIDEST: f64 = 50_100.0;

/// Shapes without an upper end, which a chance has.
const UNBOUNDED: [&str; 4] = ["normal", "lognormal", "gamma", "pareto"];

/// Keys of an estimate that say where it comes from, not what it is.
const ASIDE: [&str; 6] = ["source", "owner", "date", "why", "example", "doubt"];

impl Cursor<'_, '_> {
    /// The estimate at a key; its kind stands in the grammar.
    pub fn estimate(&self, key: &str, role: Role) -> Option<EstimateId> {
        let Some(Form::Estimate { kind, bare, role: told }) = self.field(key).map(|field| field.form) else {
            return None;
        };
        debug_assert_eq!(role, told, "`{key}`: the grammar tells people and editors another role");
        self.estimate_as(key, Terms { kind, bare, yearly_chance: false }, role)
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
        let (shape, doubt, record) = match &node.value {
            Value::Table(_) => {
                let (outer, name) = (Some(self.def()), self.name.clone());
                let inner = Cursor::open(self.reader, &ESTIMATE, outer, node, path.clone(), name, self.record())?;
                let shape = inner.shape(terms)?;
                let doubt = inner.doubt(role, kind)?;
                (shape, doubt, inner.record().clone())
            }
            Value::Text(_) | Value::Number(_) => {
                (Shape::Fixed(self.quantity(node, key, terms)?), None, self.record().clone())
            }
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is {} or a range of it", kind.name()), &path)
                        .help(self.as_range(node, key)),
                );
                return None;
            }
        };
        self.checked(node, key, kind, role, shape, doubt, record)
    }

    /// How a list of two or three values is written as a range.
    fn as_range(&self, node: &Node, key: &str) -> String {
        let values: Option<Vec<String>> = match &node.value {
            Value::List(nodes) => nodes.iter().map(literal).collect(),
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
                        "the tail of `{key}` is very heavy (index {tail:.2}): a few events carry most of the average"
                    ),
                )
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
                .at(node.span, format!("from {} to {}", show(low), show(high)))
                .path(path.clone());
            let narrower = format!("raise `low`: from {} on, the average lies within the range", show(high / WIDEST));
            let is_lognormal = matches!(distribution, crate::stats::Distribution::Lognormal(_));
            let diagnostic = if is_lognormal { diagnostic.help(narrower) } else { diagnostic };
            self.reader.report(diagnostic.help("or write `min`, `likely` and `max`, where `min` may be 0"));
        }
        let name = if self.name.is_empty() {
            key.replace('_', " ")
        } else {
            format!("{}: {}", self.name, key.replace('_', " "))
        };
        Some(self.reader.add_estimate(Estimate {
            path,
            name,
            kind,
            role,
            shape,
            distribution,
            doubt,
            worked_out: false,
            record,
            span: node.span,
        }))
    }

    /// `doubt`, where it may stand. The outer `None` is a fault.
    #[expect(clippy::option_option, reason = "a fault and nothing written are two things")]
    fn doubt(&self, role: Role, kind: Kind) -> Option<Option<Decimal>> {
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
                    .at(self.key_span("doubt"), "not above 0 %")
                    .help("write for example `doubt = \"30%\"`, or leave it out")
                    .path(self.path_of("doubt")),
            );
            return None;
        }
        Some(Some(doubt))
    }

    /// The shape that the keys of an estimate's table tell.
    fn shape(&self, terms: Terms) -> Option<Shape> {
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
                        .help("or write `low` and `high` for a 90 % interval, or add `shape = \"uniform\"` if all values are alike")
                        .path(self.path_of("likely")),
                );
                return None;
            }
            let [min, likely, max] = values.all(["min", "likely", "max"])?;
            Some(Shape::Pert { min, likely, max })
        } else if any(&["low", "high"]) {
            let [low, high] = values.all(["low", "high"])?;
            Some(Shape::Interval { low, high })
        } else if has("value") {
            let [value] = values.all(["value"])?;
            Some(Shape::Fixed(value))
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
                diagnostic.help("an estimate has one form: `value`; `low`, `high`; `min`, `likely`, `max`; `p10`, `p50`, `p90`; or `samples`")
            });
            return None;
        }
        self.in_order(shape)
    }

    fn no_value(&self) {
        let moments = ["mean", "sd", "at_least", "tail", "at_most"].into_iter().find(|key| self.has_key(key));
        let diagnostic = Diagnostic::new(Code::Missing, format!("`{}` has no value", self.path))
            .at(self.head(), "no value here")
            .path(self.path.clone());
        self.reader.report(match moments {
            Some(key @ ("mean" | "sd")) => diagnostic.help(format!("`{key}` needs a shape: add for example `shape = \"lognormal\"`")),
            Some(key @ ("at_least" | "tail")) => diagnostic.help(format!("`{key}` needs a shape: add `shape = \"pareto\"`")),
            _ => diagnostic.help("write `value = …` for one value, `low` and `high` for a 90 % interval, `min`, `likely` and `max`, or `p10`, `p50` and `p90`"),
        });
    }

    /// The shape with its bounds checked; a range of no width becomes one value.
    fn in_order(&self, shape: Shape) -> Option<Shape> {
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
            Shape::Fixed(_) | Shape::FamilyMoments { .. } | Shape::Pareto { .. } | Shape::Samples(_) => {
                return Some(shape);
            }
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

    fn samples(&self, terms: Terms) -> Option<Vec<Decimal>> {
        let node = self.node("samples")?;
        let path = self.path_of("samples");
        let bare = Terms { bare: true, ..terms };
        let values: Vec<Decimal> = match &node.value {
            Value::List(nodes) => {
                let values: Vec<Option<Decimal>> =
                    nodes.iter().map(|node| self.quantity(node, "samples", bare)).collect();
                values.into_iter().collect::<Option<_>>()?
            }
            Value::Text(name) => {
                let fault = |message: String| {
                    Diagnostic::new(Code::BadSamples, message).at(node.span, "this file").path(path.clone())
                };
                let Some(bytes) = self.reader.attachment(name) else {
                    let help = if stays_inside(name) {
                        "put a CSV file of that name into the folder of the scenario"
                    } else {
                        "put the file into the folder of the scenario and write its name alone: no path out of it is followed"
                    };
                    self.reader.report(fault(format!("the samples \"{name}\" cannot be read")).help(help));
                    return None;
                };
                match column(bytes, terms.kind) {
                    Ok(values) => values,
                    Err(message) => {
                        self.reader.report(
                            fault(format!("\"{name}\": {message}"))
                                .help("one number a line, in the first column; one heading line is allowed"),
                        );
                        return None;
                    }
                }
            }
            _ => {
                self.reader.report(
                    wrong_kind(node, "`samples` is a list of values or the name of a CSV file", &path)
                        .help("write `samples = [\"12k\", \"30k\"]` or `samples = \"losses.csv\"`"),
                );
                return None;
            }
        };
        if values.len() < 2 {
            let message =
                if values.is_empty() { "there are no samples" } else { "one sample is not enough for a range" };
            self.reader.report(
                Diagnostic::new(Code::BadSamples, message)
                    .at(node.span, "too few")
                    .help("give two or more; one known value is written `value = …`")
                    .path(path),
            );
            return None;
        }
        Some(values)
    }
}

/// The numbers of the first column of a CSV file; one heading line is passed over.
fn column(bytes: &[u8], kind: Kind) -> Result<Vec<Decimal>, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let mut values = Vec::new();
    for (index, row) in reader.records().enumerate() {
        let row = row.map_err(|fault| format!("line {}: {fault}", index + 1))?;
        let Some(field) = row.get(0).filter(|field| !field.is_empty()) else { continue };
        match number(field.trim_start_matches('\u{feff}')) {
            Some(value) if value < Decimal::ZERO => return Err(format!("line {}: {field} is below zero", index + 1)),
            Some(value) if kind == Kind::Chance && value > Decimal::ONE => {
                return Err(format!("line {}: {field} is above 1, and these are chances from 0 to 1", index + 1));
            }
            Some(value) => values.push(value),
            None if index == 0 => {}
            None => return Err(format!("line {}: \"{field}\" is not a number", index + 1)),
        }
    }
    Ok(values)
}

/// Reads the values of one form, noting which keys were taken.
struct Values<'c, 'r, 'a> {
    cursor: &'c Cursor<'r, 'a>,
    terms: Terms,
    taken: Vec<&'static str>,
    failed: bool,
}

impl Values<'_, '_, '_> {
    /// All of `keys`; each missing or misread one is noted.
    fn all<const N: usize>(&mut self, keys: [&'static str; N]) -> Option<[Decimal; N]> {
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
                            .help(format!("write `{key} = …` beside {}", others.join(" and ")))
                            .path(self.cursor.path_of(key)),
                    );
                }
            }
        }
        (!self.failed).then_some(values)
    }

    fn optional(&mut self, key: &'static str) -> Option<Decimal> {
        let node = self.cursor.node(key)?;
        self.taken.push(key);
        let value = self.cursor.quantity(node, key, self.terms);
        self.failed |= value.is_none();
        value
    }

    fn family(&mut self, family: &'static str) -> Option<Shape> {
        if self.terms.kind == Kind::Chance && UNBOUNDED.contains(&family) {
            self.cursor.reader.report(
                Diagnostic::new(Code::Contradiction, "a chance has no range of this shape: it would pass 100 %")
                    .at(self.cursor.key_span("shape"), "not for a chance")
                    .help("write `shape = \"beta\"`, or `low` and `high` without `shape`")
                    .path(self.cursor.path_of("shape")),
            );
            self.failed = true;
            return None;
        }
        let members: BTreeMap<&str, Family> = BTreeMap::from([
            ("normal", Family::Normal),
            ("lognormal", Family::Lognormal),
            ("gamma", Family::Gamma),
            ("beta", Family::Beta),
        ]);
        match family {
            "uniform" => self.all(["min", "max"]).map(|[min, max]| Shape::Uniform { min, max }),
            "triangular" => {
                self.all(["min", "likely", "max"]).map(|[min, likely, max]| Shape::Triangular { min, likely, max })
            }
            "pareto" => {
                let tail = self.cursor.positive("tail");
                self.taken.push("tail");
                if tail.is_none() {
                    self.failed = true;
                    if self.cursor.node("tail").is_none() {
                        self.cursor.missing(ESTIMATE.field("tail")?);
                    }
                }
                let [at_least] = self.all(["at_least"])?;
                let tail = tail?;
                if tail <= Decimal::ONE {
                    self.cursor.reader.report(
                        Diagnostic::new(
                            Code::NoMean,
                            format!("a pareto with `tail = {}` has no average: the rare events outweigh all others", tail.normalize()),
                        )
                        .at(self.cursor.node("tail").map_or(self.cursor.span, |node| node.span), "1 or less")
                        .help("write a `tail` above 1 (2.5 is heavy already), or bound the loss with `min`, `likely` and `max`")
                        .path(self.cursor.path_of("tail")),
                    );
                    self.failed = true;
                    return None;
                }
                Some(Shape::Pareto { at_least, tail })
            }
            _ => {
                let family = *members.get(family)?;
                if family == Family::Beta && self.terms.kind != Kind::Chance {
                    self.cursor.reader.report(
                        Diagnostic::new(Code::Contradiction, "a beta is for chances, from 0 to 1")
                            .at(self.cursor.key_span("shape"), "not for this key")
                            .help("write `min`, `likely` and `max` for a bounded amount")
                            .path(self.cursor.path_of("shape")),
                    );
                    self.failed = true;
                    return None;
                }
                if self.cursor.node("mean").is_some() || self.cursor.node("sd").is_some() {
                    self.all(["mean", "sd"]).map(|[mean, sd]| {
                        if sd.is_zero() { Shape::Fixed(mean) } else { Shape::FamilyMoments { family, mean, sd } }
                    })
                } else {
                    self.all(["low", "high"]).map(|[low, high]| Shape::FamilyInterval { family, low, high })
                }
            }
        }
    }
}
