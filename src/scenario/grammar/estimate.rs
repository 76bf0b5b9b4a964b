//! The keys of an estimate written as a table.

use super::{Field, Form, TableDef, optional};
use crate::units::Kind;

/// Families that `shape` can name.
pub const FAMILIES: &[&str] = &["uniform", "triangular", "normal", "lognormal", "gamma", "beta", "pareto"];

/// An estimate as a table. Which keys stand together is told by [`FORMS`].
pub static ESTIMATE: TableDef = TableDef {
    name: "an estimate",
    doc: "One input quantity: a single value, a range or observed values. Exactly one of the forms below.",
    fields: FIELDS,
    record: true,
    rules: &[],
};

// The kind of the quantities is the estimate's; `Kind::Number` stands in for it here.
const SAME: Form = Form::Fixed(Kind::Number);

const FIELDS: &[Field] = &[
    optional("value", SAME, "One value, when a source or an owner is to stand beside it.", "value = \"60k\""),
    optional("low", SAME, "5 % point: in one case of twenty it is lower.", "low = \"40k\""),
    optional("high", SAME, "95 % point: in one case of twenty it is higher.", "high = \"600k\""),
    optional("min", SAME, "The least it can be.", "min = \"50k\""),
    optional("likely", SAME, "The most likely value.", "likely = \"200k\""),
    optional("max", SAME, "The most it can be.", "max = \"1.2M\""),
    optional("p10", SAME, "In one case of ten it is lower.", "p10 = \"10k\""),
    optional("p50", SAME, "As often lower as higher.", "p50 = \"30k\""),
    optional("p90", SAME, "In one case of ten it is higher.", "p90 = \"100k\""),
    optional("at_most", SAME, "An upper bound for the p10, p50, p90 form.", "at_most = \"2M\""),
    optional("shape", Form::Word(FAMILIES), "The family of the range, instead of the usual one.", "shape = \"gamma\""),
    optional("mean", SAME, "The average, with `sd`.", "mean = \"80k\""),
    optional("sd", SAME, "The standard deviation, with `mean`.", "sd = \"40k\""),
    optional("at_least", SAME, "Where a pareto begins.", "at_least = \"10k\""),
    optional(
        "tail",
        Form::Above(1),
        "The tail index of a pareto, above 1: P(X > x) = (at_least / x)^tail.",
        "tail = 2.5",
    ),
    optional(
        "samples",
        Form::Samples,
        "Observed values, each as likely as the next: a list, or the name of a CSV file beside the scenario (its first column of numbers). Numbers are in the unit of the key.",
        "samples = \"losses.csv\"",
    ),
    optional(
        "doubt",
        Form::Doubt,
        "On a per-event estimate: its average may be off by this part, up or down, nine times in ten.",
        "doubt = \"30%\"",
    ),
];

/// One way to write an estimate as a table.
pub struct EstimateForm {
    /// The word for `shape`, where one is due.
    pub shape: Option<&'static str>,
    /// Keys that must stand.
    pub keys: &'static [&'static str],
    /// Keys that may.
    pub optional: &'static [&'static str],
    /// What it means.
    pub doc: &'static str,
}

const fn form(keys: &'static [&'static str], doc: &'static str) -> EstimateForm {
    EstimateForm { shape: None, keys, optional: &[], doc }
}

const fn shaped(shape: &'static str, keys: &'static [&'static str], doc: &'static str) -> EstimateForm {
    EstimateForm { shape: Some(shape), keys, optional: &[], doc }
}

/// Every way to write an estimate as a table.
pub static FORMS: &[EstimateForm] = &[
    form(&["value"], "one value"),
    form(&["low", "high"], "a 90 % interval: lognormal, for a chance beta"),
    form(&["min", "likely", "max"], "PERT: bounds and the most likely value"),
    EstimateForm {
        shape: None,
        keys: &["p10", "p50", "p90"],
        optional: &["at_most"],
        doc: "three quantiles: metalog in logs, for a chance in logits",
    },
    form(&["samples"], "observed values"),
    shaped("uniform", &["min", "max"], "every value between the bounds alike"),
    shaped("triangular", &["min", "likely", "max"], "straight lines up to the most likely value and down"),
    shaped("normal", &["low", "high"], "normal, cut at 0, by its 5 % and 95 % points"),
    shaped("normal", &["mean", "sd"], "normal, cut at 0, by average and standard deviation of what remains"),
    shaped("lognormal", &["low", "high"], "lognormal by its 5 % and 95 % points"),
    shaped("lognormal", &["mean", "sd"], "lognormal by average and standard deviation"),
    shaped("gamma", &["low", "high"], "gamma by its 5 % and 95 % points"),
    shaped("gamma", &["mean", "sd"], "gamma by average and standard deviation"),
    shaped("beta", &["low", "high"], "beta (a chance) by its 5 % and 95 % points"),
    shaped("beta", &["mean", "sd"], "beta (a chance) by average and standard deviation"),
    shaped("pareto", &["at_least", "tail"], "pareto: a heavy tail from a least value on"),
];
