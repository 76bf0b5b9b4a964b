//! The keys of an estimate written as a table.

use super::{Field, Form, TableDef, optional, required};
use crate::units::Kind;

/// Families that `shape` can name.
pub const FAMILIES: &[&str] = &["uniform", "triangular", "normal", "lognormal", "gamma", "beta", "pareto"];

/// Words for `confidence`, with the weight that each gives the likely value.
pub const CONFIDENCES: &[(&str, u32)] = &[("low", 2), ("moderate", 4), ("high", 8)];

/// Keys of quantiles, with their percentage.
pub const QUANTILES: &[(&str, u8)] =
    &[("p05", 5), ("p10", 10), ("p25", 25), ("p50", 50), ("p75", 75), ("p90", 90), ("p95", 95)];

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
    optional("low", SAME, "5% point: in one case of twenty it is lower.", "low = \"40k\""),
    optional("high", SAME, "95% point: in one case of twenty it is higher.", "high = \"600k\""),
    optional("min", SAME, "The least it can be.", "min = \"50k\""),
    optional("likely", SAME, "The most likely value.", "likely = \"200k\""),
    optional("max", SAME, "The most it can be.", "max = \"1.2M\""),
    optional(
        "confidence",
        Form::Confidence(CONFIDENCES),
        "How strongly a PERT clings to `likely`: its weight λ, as a number or as \"low\" (2), \"moderate\" (4, the plain PERT) or \"high\" (8).",
        "confidence = \"high\"",
    ),
    optional("p05", SAME, "In one case of twenty it is lower.", "p05 = \"8k\""),
    optional("p10", SAME, "In one case of ten it is lower.", "p10 = \"10k\""),
    optional("p25", SAME, "In one case of four it is lower.", "p25 = \"18k\""),
    optional("p50", SAME, "As often lower as higher.", "p50 = \"30k\""),
    optional("p75", SAME, "In one case of four it is higher.", "p75 = \"50k\""),
    optional("p90", SAME, "In one case of ten it is higher.", "p90 = \"100k\""),
    optional("p95", SAME, "In one case of twenty it is higher.", "p95 = \"120k\""),
    optional("at_most", SAME, "An upper bound for the p10, p50, p90 form.", "at_most = \"2M\""),
    optional("shape", Form::Word(FAMILIES), "The family of the range, instead of the usual one.", "shape = \"gamma\""),
    optional("mean", SAME, "The average, with `sd`.", "mean = \"80k\""),
    optional("sd", SAME, "The standard deviation, with `mean`.", "sd = \"40k\""),
    optional("median", SAME, "The middle value of a lognormal, with `sigma`.", "median = \"50k\""),
    optional("mu", Form::Plain, "The mean of a lognormal's logarithm, with `sigma`.", "mu = 10.8"),
    optional("sigma", Form::Above(0), "The standard deviation of a lognormal's logarithm.", "sigma = 0.9"),
    optional(
        "events",
        Form::Seen,
        "Of a frequency: how many were seen in `years`. What is known then is a gamma with the Jeffreys prior, of shape events + ½ and rate years; of a yearly chance a beta.",
        "events = 0",
    ),
    optional("years", Form::Above(0), "How many years were watched, with `events`.", "years = 10"),
    optional(
        "quantity",
        Form::Quantity,
        "How many, with `each`: records, hours, licences. Drawn apart from `each`; `count` means the same.",
        "quantity = { low = 2000, high = 40000 }",
    ),
    optional("count", Form::Quantity, "The same as `quantity`.", "count = 900"),
    optional("each", Form::Each, "What each of `quantity` costs.", "each = { low = \"80\", high = \"250\" }"),
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
        "Observed values, each as likely as the next: a list, the name of a CSV file beside the scenario with one column, or `{ file = \"log.csv\", column = \"loss\" }` to name the column. Numbers are in the unit of the key, or of a column of units beside them; a frequency needs its unit.",
        "samples = \"losses.csv\"",
    ),
    optional(
        "doubt",
        Form::Doubt,
        "On a per-event estimate: its average may be off by this part, up or down, nine times in ten.",
        "doubt = \"30%\"",
    ),
    optional(
        "fitted_to",
        Form::Observed,
        "On a per-event estimate: the observations that it was fitted to, as `rosi calibrate` writes them. No figure is worked out from them; the paper draws them against the range. `\"> 40k\"` is open, `\"10k to 50k\"` a band, `\"< 10k\"` a band from 0; `\"from 2k\"` as the first says from where on events were recorded.",
        "fitted_to = [\"from 2k\", \"18400\", \"> 40k\"]",
    ),
];

/// Observed values of one column of a file.
pub static SAMPLES_FILE: TableDef = TableDef {
    name: "samples",
    doc: "Observed values of one column of a CSV file: what `samples` is as a table.",
    fields: &[
        required("file", Form::Text, "The CSV file, seen from the scenario's folder.", "file = \"log.csv\""),
        required("column", Form::Column, "The heading of the column, or its number from 1 on.", "column = \"loss\""),
    ],
    record: false,
    rules: &[],
};

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
    form(&["low", "high"], "a 90% interval: lognormal, for a chance beta"),
    EstimateForm {
        shape: None,
        keys: &["min", "likely", "max"],
        optional: &["confidence"],
        doc: "PERT: bounds and the most likely value",
    },
    EstimateForm {
        shape: None,
        keys: &["p10", "p50", "p90"],
        optional: &["at_most"],
        doc: "three quantiles: metalog in logs, for a chance in logits",
    },
    form(&["median", "sigma"], "lognormal by its median and the standard deviation of its logarithm"),
    form(&["mu", "sigma"], "lognormal by mean and standard deviation of its logarithm"),
    form(&["quantity", "each"], "how many times what each costs, drawn apart (amounts only)"),
    form(&["count", "each"], "the same"),
    form(
        &["events", "years"],
        "what is known of a frequency after what was seen: gamma with the Jeffreys prior, for at most one a year beta",
    ),
    form(&["samples"], "observed values"),
    shaped("uniform", &["min", "max"], "every value between the bounds alike"),
    shaped("triangular", &["min", "likely", "max"], "straight lines up to the most likely value and down"),
    shaped("normal", &["low", "high"], "normal, cut at 0, by its 5% and 95% points"),
    shaped("normal", &["mean", "sd"], "normal, cut at 0, by average and standard deviation of what remains"),
    shaped("lognormal", &["low", "high"], "lognormal by its 5% and 95% points"),
    shaped("lognormal", &["mean", "sd"], "lognormal by average and standard deviation"),
    shaped("lognormal", &["median", "sigma"], "lognormal by its median and the standard deviation of its logarithm"),
    shaped("lognormal", &["mu", "sigma"], "lognormal by mean and standard deviation of its logarithm"),
    shaped("gamma", &["low", "high"], "gamma by its 5% and 95% points"),
    shaped("gamma", &["mean", "sd"], "gamma by average and standard deviation"),
    shaped("beta", &["low", "high"], "beta (a chance) by its 5% and 95% points"),
    shaped("beta", &["mean", "sd"], "beta (a chance) by average and standard deviation"),
    shaped("pareto", &["at_least", "tail"], "pareto: a heavy tail from a least value on"),
];
