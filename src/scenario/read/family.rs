//! An estimate of a named family: by which of its values is it written?

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cursor::wrong_kind;
use super::quantity::number;
use super::shape::Values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Family, Shape};
use crate::scenario::grammar::ESTIMATE;
use crate::scenario::syntax::Value;
use crate::units::Kind;

/// Shapes without an upper end, which a chance has.
const UNBOUNDED: [&str; 4] = ["normal", "lognormal", "gamma", "pareto"];

impl Values<'_, '_, '_> {
    /// A lognormal by what its logarithm has.
    pub(super) fn logs(&mut self) -> Option<Shape> {
        let cursor = self.cursor;
        if self.terms.kind == Kind::Chance {
            cursor.reader.report(
                Diagnostic::new(Code::Contradiction, "a chance has no lognormal range: it would pass 100%")
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

    pub(super) fn family(&mut self, family: &'static str) -> Option<Shape> {
        if self.terms.kind == Kind::Chance && UNBOUNDED.contains(&family) {
            self.cursor.reader.report(
                Diagnostic::new(Code::Contradiction, "a chance has no range of this shape: it would pass 100%")
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
