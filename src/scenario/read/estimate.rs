//! One estimate at one key: a quantity, or a table in one of the forms of the grammar.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cursor::{Cursor, literal, wrong_kind};
use super::explain::{misfit, shown};
use super::quantity::{Terms, number};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Estimate, EstimateId, Family, Record, Role, Shape};
use crate::scenario::grammar::{CONFIDENCES, ESTIMATE, FAMILIES, Form, QUANTILES};
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
        let (shape, doubt, record) = match &node.value {
            Value::Table(_) => {
                let (outer, name) = (Some(self.def()), self.name.clone());
                let inner = Cursor::open(self.reader, &ESTIMATE, outer, node, path.clone(), name, self.record())?;
                let shape = inner.shape(terms)?;
                let doubt = inner.doubt(role, kind)?;
                (shape, doubt, inner.record().clone())
            }
            Value::Text(_) | Value::Number(_) => {
                let reading = self.quantity_reading(node, key, terms)?;
                let shape = match reading.seen {
                    Some((events, years)) => self.seen(node, key, events, years, terms)?,
                    None => Shape::Fixed(reading.value),
                };
                (shape, None, self.record().clone())
            }
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is {} or a range of it", kind.name()), &path)
                        .help(self.as_range(node, key, kind)),
                );
                return None;
            }
        };
        self.checked(node, key, kind, role, shape, doubt, record)
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
            format!("{}: {}", self.name, key.replace(['_', '.'], " "))
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

    /// The two quantiles that are written, where two are.
    fn two_quantiles(&self) -> Option<[(&'static str, u8); 2]> {
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
    fn confidence(&self, node: &Node) -> Option<Decimal> {
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

    /// What is known of a frequency after what was seen.
    fn seen_of_table(&self, terms: Terms) -> Option<Shape> {
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
    fn seen(&self, node: &Node, key: &str, events: Decimal, years: Decimal, terms: Terms) -> Option<Shape> {
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

    /// How many times what each costs.
    fn product(&self, terms: Terms) -> Option<Shape> {
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
    fn factor(&self, key: &str, terms: Terms) -> Option<Shape> {
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
                        .help("or write `low` and `high` for a 90 % interval, or add `shape = \"uniform\"` if all values are alike")
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
                diagnostic.help("an estimate has one form: `value`; `low`, `high`; `min`, `likely`, `max`; `p10`, `p50`, `p90` or two quantiles; or `samples`")
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
            | Shape::Product { .. } => return Some(shape),
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

    /// A lognormal by what its logarithm has.
    fn logs(&mut self) -> Option<Shape> {
        let cursor = self.cursor;
        if self.terms.kind == Kind::Chance {
            cursor.reader.report(
                Diagnostic::new(Code::Contradiction, "a chance has no lognormal range: it would pass 100 %")
                    .at(cursor.head(), "not for a chance")
                    .help("write `low` and `high`, two quantiles, or `min`, `likely` and `max`")
                    .path(cursor.path.clone()),
            );
            self.failed = true;
            return None;
        }
        self.taken.push("sigma");
        let sigma = cursor.positive("sigma");
        if cursor.node("sigma").is_none()
            && let Some(field) = ESTIMATE.field("sigma")
        {
            cursor.missing(field);
        }
        self.failed |= sigma.is_none();
        if cursor.node("median").is_none()
            && let Some(node) = cursor.node("mu")
        {
            self.taken.push("mu");
            let mu = match &node.value {
                Value::Number(text) => number(text),
                _ => None,
            };
            if mu.is_none() {
                let fault = wrong_kind(node, "`mu` is a number without quotes", &cursor.path_of("mu"));
                cursor.reader.report(fault.help("write for example `mu = 10.8`"));
                self.failed = true;
            }
            return Some(Shape::Logs { mu: mu?, sigma: sigma? });
        }
        let [median] = self.all(["median"])?;
        Some(Shape::MedianSigma { median, sigma: sigma? })
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
                if family == Family::Lognormal
                    && ["median", "mu", "sigma"].iter().any(|key| self.cursor.node(key).is_some())
                {
                    return self.logs();
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
