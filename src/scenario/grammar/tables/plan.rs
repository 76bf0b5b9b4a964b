//! Plans and insurance.

use super::SUBLIMITS_OF_FORMS;
use crate::model::Form as LossForm;
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
    doc: "A policy. Of the covered loss X of an event its layer is min(max(X − retention, 0), limit), whatever other policies pay: a layer on top of another has a `retention` of where the other ends. Of the layers of a year it pays (1 − coinsurance) × min(max(sum − annual_retention, 0), annual_limit). Several policies never pay more than the loss together: where they overlap beyond it, each pays in proportion.",
    record: false,
    rules: &[],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"cyber\""),
        optional("name", Form::Text, "Its name; without one its id in words.", "name = \"Cyber policy\""),
        default("premium", Form::Fixed(Kind::YearlyMoney), "0", "What it costs a year.", "premium = \"90k\""),
        default(
            "retention",
            Form::Fixed(Kind::Money),
            "0",
            "What the insured bears of every event.",
            "retention = \"100k\"",
        ),
        optional("limit", Form::Fixed(Kind::Money), "Paid at most per event, above the retention.", "limit = \"2M\""),
        default(
            "annual_retention",
            Form::Fixed(Kind::Money),
            "0",
            "What the insured bears of a year's layers before the policy pays: an annual aggregate deductible.",
            "annual_retention = \"250k\"",
        ),
        optional(
            "annual_limit",
            Form::Fixed(Kind::Money),
            "Paid at most in a year, above the annual retention and before coinsurance.",
            "annual_limit = \"4M\"",
        ),
        default(
            "coinsurance",
            Form::Fixed(Kind::Chance),
            "0%",
            "The insured's share of what is left after all other terms.",
            "coinsurance = \"10%\"",
        ),
        optional(
            "waiting",
            Form::FixedOrTable(Kind::Period, &WAITING),
            "Of an outage, before it counts. Only `outage` effects of controls shorten the outage that it looks at.",
            "waiting = \"12 hours\"",
        ),
        default(
            "covers",
            Form::Words(&LossForm::KEYS),
            "all but fines",
            "Forms of loss covered.",
            "covers = [\"productivity\", \"response\"]",
        ),
        optional(
            "sublimits",
            Form::Table(&SUBLIMITS),
            "How much of a form of loss counts at most, per event, before the retention.",
            "sublimits = { response = \"200k\", reputation = \"500k\" }",
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

pub static WAITING: TableDef = TableDef {
    name: "[insurance.waiting]",
    doc: "How long an outage lasts before it counts.",
    record: false,
    rules: &[],
    fields: &[
        required("time", Form::Fixed(Kind::Period), "The hours before it counts.", "time = \"12 hours\""),
        default(
            "franchise",
            Form::Flag,
            "false",
            "true: an outage at least as long counts from its first hour. false: only the hours after the waiting time count.",
            "franchise = true",
        ),
    ],
};

pub static SUBLIMITS: TableDef = TableDef {
    name: "[insurance.sublimits]",
    doc: "How much of a form of loss counts at most, per event: of all primary and secondary losses of that form together, after the waiting time.",
    record: false,
    rules: &[],
    fields: &SUBLIMITS_OF_FORMS,
};
