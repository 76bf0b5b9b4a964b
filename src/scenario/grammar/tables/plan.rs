//! Plans and insurance.

use super::FORMS_OF_LOSS;
use crate::scenario::grammar::{Form, Rule, TableDef, default, optional, required};
use crate::units::Kind;

pub static PLAN: TableDef = TableDef {
    name: "[[plan]]",
    doc: "An option: a set of controls with start dates.",
    record: false,
    rules: &[
        Rule::NotNamed("today"),
        Rule::Told(
            "Its controls fit together: `requires`, `excludes`, `one_of`; none of them is in place already, each starts within the horizon, and no factor becomes two things.",
        ),
    ],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"core\""),
        required("name", Form::Text, "Its name.", "name = \"Core\""),
        optional(
            "controls",
            Form::RefsOrTables("control", &PLANNED),
            "What is bought or done.",
            "controls = [\"mfa\", { id = \"directory\", start = \"year 2\" }]",
        ),
        optional("drops", Form::Refs("control"), "Controls in place that this plan ends.", "drops = []"),
        optional(
            "exclusive",
            Form::Text,
            "Plans of one group are alternatives; without it all are.",
            "exclusive = \"main\"",
        ),
    ],
};

pub static PLANNED: TableDef = TableDef {
    name: "[[plan.controls]]",
    doc: "A control with its start.",
    record: false,
    rules: &[],
    fields: &[
        required("id", Form::Ref("control"), "The control.", "id = \"directory\""),
        default(
            "start",
            Form::Start,
            "year 1",
            "When it starts: `year 2` is the beginning of the second year, `month 7` of the seventh month.",
            "start = \"year 2\"",
        ),
    ],
};

pub static INSURANCE: TableDef = TableDef {
    name: "[[insurance]]",
    doc: "A policy. It pays (1 − coinsurance) × min(max(X − retention, 0), limit) of the covered loss X of an event, up to the annual limit.",
    record: false,
    rules: &[],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"cyber\""),
        optional("name", Form::Text, "Its name.", "name = \"Cyber policy\""),
        default("premium", Form::Fixed(Kind::YearlyMoney), "0", "What it costs a year.", "premium = \"90k\""),
        default(
            "retention",
            Form::Fixed(Kind::Money),
            "0",
            "What the insured bears of every event.",
            "retention = \"100k\"",
        ),
        optional("limit", Form::Fixed(Kind::Money), "Paid at most per event, above the retention.", "limit = \"2M\""),
        optional("annual_limit", Form::Fixed(Kind::Money), "Paid at most in a year.", "annual_limit = \"4M\""),
        default(
            "coinsurance",
            Form::Fixed(Kind::Chance),
            "0%",
            "The insured's share of the layer.",
            "coinsurance = \"10%\"",
        ),
        optional("waiting", Form::Fixed(Kind::Period), "Of an outage, before it counts.", "waiting = \"12 hours\""),
        default(
            "covers",
            Form::Words(FORMS_OF_LOSS),
            "all but fines",
            "Forms of loss covered.",
            "covers = [\"productivity\", \"response\"]",
        ),
        default("risks", Form::Refs("risk"), "all", "Risks covered.", "risks = [\"ransomware\"]"),
        default(
            "plans",
            Form::Refs("plan"),
            "today and all",
            "With which plans it is in force; `today` is the one without anything new.",
            "plans = [\"today\", \"core\"]",
        ),
    ],
};
