//! Every table and key of a scenario.

mod case;
mod control;
mod forms;
mod group;
mod obligation;
mod plan;
mod risk;

pub use case::*;
pub use control::*;
pub use group::*;
pub use obligation::*;
pub use plan::*;
pub use risk::*;

use forms::{LOSSES_OF_FORMS, SUBLIMITS_OF_FORMS};

use super::{Field, Form, Rule, TableDef, optional, required};
use crate::units::{Language, Numbers};

/// Words for `timing`.
pub const TIMINGS: &[&str] = &["year-end", "mid-year"];
/// Words for `depreciation`.
pub const DEPRECIATIONS: &[&str] = &["straight-line", "sum-of-digits", "declining", "macrs"];
/// Words for `depreciation_to`.
pub const DEPRECIATED_TO: &[&str] = &["zero", "salvage"];
/// Words for `end_value`.
pub const END_VALUES: &[&str] = &["none", "straight-line"];
/// Words for `count`.
pub const COUNTS: &[&str] = &["poisson", "at most one"];

/// Where an estimate comes from: in the estimate, or in the table around it for all that it holds.
pub(super) const RECORD: &[Field] = &[
    optional(
        "source",
        Form::Text,
        "Where it comes from: a document, a log, an offer.",
        "source = \"incident log 2019-2026\"",
    ),
    optional("owner", Form::Text, "Who answers for it.", "owner = \"Head of IT operations\""),
    optional("date", Form::Date, "As of when.", "date = \"2026-09-30\""),
    optional("why", Form::Text, "Why this value.", "why = \"three events in seven years\""),
    optional("example", Form::Flag, "true while it is a placeholder; every output counts these.", "example = true"),
];

/// The whole file.
pub static SCENARIO: TableDef = TableDef {
    name: "the file",
    doc: "One budget case.",
    record: false,
    rules: &[
        Rule::Any(&["risk"]),
        Rule::Told("Every id stands once among its kind, and every reference names an id of the file."),
        Rule::Told("Amounts with a currency name the scenario's, or one with a rate in `exchange_rates`."),
    ],
    fields: &[
        optional(
            "$schema",
            Form::Text,
            "Where editors find the JSON Schema of this format; rosi itself does not follow it.",
            "\"$schema\" = \"./rosi.schema.json\"",
        ),
        required("schema", Form::SchemaVersion, "The version of this format.", "schema = 1"),
        required("title", Form::Text, "What the case is about.", "title = \"Keep orders flowing\""),
        required("currency", Form::Currency, "The currency of every amount (ISO 4217).", "currency = \"EUR\""),
        optional(
            "language",
            Form::Word(&Language::NAMES),
            "The language of papers, charts, tables and answers: English or German. It changes nothing in how the file is read.",
            "language = \"de\"",
        ),
        optional(
            "numbers",
            Form::Word(&Numbers::NAMES),
            "How the numbers of the file are written, and those of outputs for people. Without it outputs write them as texts of the language and the currency do, and a number with two readings (`\"30.000\"`) is read by the other amounts of the file where these decide.",
            "numbers = \"1.234,5\"",
        ),
        optional(
            "exchange_rates",
            Form::Rates(&RATE),
            "What one unit of other currencies is worth in that of the file; amounts in them are converted exactly.",
            "exchange_rates = { USD = \"0.92\" }",
        ),
        optional(
            "decision",
            Form::Table(&DECISION),
            "What is asked of the board; the amount is computed.",
            "decision = { plan = \"core\", by = \"2027-01-31\" }",
        ),
        optional(
            "proposal",
            Form::Table(&PROPOSAL),
            "Who asks whom, when, and who may read it.",
            "proposal = { by = \"Head of IT\", to = \"The board\", date = \"2026-11-30\" }",
        ),
        optional(
            "organisation",
            Form::Table(&ORGANISATION),
            "Whose case it is, and the size of its business.",
            "organisation = { name = \"Example Ltd\", turnover = \"45M\" }",
        ),
        optional("assumptions", Form::Table(&ASSUMPTIONS), "What holds for the whole case.", "[assumptions]"),
        optional(
            "case",
            Form::Tables(&STATED_CASE),
            "Other sets of assumptions, such as a low and a high case.",
            "[[case]]",
        ),
        optional(
            "appetite",
            Form::Tables(&APPETITE),
            "What the board agreed to bear; as many points as it agreed.",
            "[[appetite]]",
        ),
        optional(
            "value_stream",
            Form::Tables(&VALUE_STREAM),
            "Parts of the business that earn money.",
            "[[value_stream]]",
        ),
        required("risk", Form::Tables(&RISK), "What may happen, how often and how bad.", "[[risk]]"),
        optional(
            "obligation",
            Form::Tables(&OBLIGATION),
            "Duties of law or contract that events touch, and what they cost with and without a fine.",
            "[[obligation]]",
        ),
        optional(
            "shared_cause",
            Form::Tables(&SHARED_CAUSE),
            "Causes that strike several risks at once.",
            "[[shared_cause]]",
        ),
        optional("control", Form::Tables(&CONTROL), "What can be bought or done.", "[[control]]"),
        optional(
            "plan",
            Form::Tables(&PLAN),
            "Options: sets of controls. Doing nothing more is always one.",
            "[[plan]]",
        ),
        optional("insurance", Form::Tables(&INSURANCE), "Policies that pay a part of the loss.", "[[insurance]]"),
    ],
};
