//! Controls, what they do and what they cost.

use crate::scenario::grammar::{Form, Rule, TableDef, default, knowledge, optional, required};
use crate::units::Kind;

pub static CONTROL: TableDef = TableDef {
    name: "[[control]]",
    doc: "Something bought or done that acts on named factors of named risks and costs money.",
    record: true,
    rules: &[
        Rule::Any(&["effect"]),
        Rule::Told(
            "Controls do not require each other in a circle, and no control acts on one factor of one risk twice.",
        ),
    ],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"mfa\""),
        required("name", Form::Text, "Its name.", "name = \"Phishing-resistant sign-in\""),
        optional("mitigates", Form::Texts, "Which catalogue entries it meets.", "mitigates = [\"CIS 6.3\"]"),
        optional(
            "milestones",
            Form::Tables(&MILESTONE),
            "What is to be done by when; papers list it with the owner.",
            "milestones = [{ name = \"contract signed\", by = \"2027-03-31\" }]",
        ),
        default(
            "coverage",
            knowledge(Kind::Chance),
            "100%",
            "Which part of what should be covered is.",
            "coverage = \"95%\"",
        ),
        default(
            "reliability",
            knowledge(Kind::Chance),
            "100%",
            "How often it works when it should.",
            "reliability = \"98%\"",
        ),
        optional(
            "ramp",
            Form::Fixed(Kind::Period),
            "How long its effect takes to grow to full, evenly, from its start; its cost does not ramp.",
            "ramp = \"6 months\"",
        ),
        default(
            "lifetime",
            Form::Fixed(Kind::Period),
            "the horizon",
            "How long it lasts; then it is bought again at its initial cost.",
            "lifetime = \"5 years\"",
        ),
        optional("salvage", knowledge(Kind::Money), "What it brings at the end of its life.", "salvage = \"5k\""),
        optional(
            "requires",
            Form::Refs("control"),
            "Controls that must stand beside it.",
            "requires = [\"directory\"]",
        ),
        optional(
            "excludes",
            Form::Refs("control"),
            "Controls that cannot stand beside it.",
            "excludes = [\"sms-codes\"]",
        ),
        optional(
            "one_of",
            Form::Text,
            "Levels or makes of one thing: a plan takes at most one of the same name.",
            "one_of = \"sign-in\"",
        ),
        optional(
            "fails_with",
            Form::Table(&FAILS_WITH),
            "Failures that it shares with others.",
            "fails_with = { group = \"identity\", share = \"20%\" }",
        ),
        default(
            "in_place",
            Form::Flag,
            "false",
            "true: already part of today; a plan may drop it.",
            "in_place = false",
        ),
        optional("effect", Form::Tables(&EFFECT), "What it does; one or several.", "[[control.effect]]"),
        optional(
            "saves",
            Form::Table(&SAVES),
            "Time that it saves: a gain that counts beside the loss avoided, and no cash.",
            "[control.saves]",
        ),
        required("cost", Form::Table(&COST), "What it costs; what is left out is nothing.", "[control.cost]"),
    ],
};

pub static MILESTONE: TableDef = TableDef {
    name: "[[control.milestones]]",
    doc: "Something that is to be done by a day. No figure depends on it.",
    record: false,
    rules: &[],
    fields: &[
        required("name", Form::Text, "What is done.", "name = \"contract signed\""),
        required("by", Form::Date, "By when.", "by = \"2027-03-31\""),
    ],
};

pub static FAILS_WITH: TableDef = TableDef {
    name: "[control.fails_with]",
    doc: "This part of its failures happens to the whole group at once.",
    record: false,
    rules: &[],
    fields: &[
        required("group", Form::Text, "The group.", "group = \"identity\""),
        required("share", Form::Fixed(Kind::Chance), "The part of its failures.", "share = \"20%\""),
    ],
};

pub static EFFECT: TableDef = TableDef {
    name: "[[control.effect]]",
    doc: "What the control does to one factor of one risk, where it acts (coverage × reliability). Either `reduction` or `becomes`.",
    record: true,
    rules: &[
        Rule::One(&[&["reduction"], &["becomes"]]),
        Rule::NewValueByFactor,
        Rule::Told("The risk has the factor: `outage` needs an outage, `vulnerability` a `threat`."),
    ],
    fields: &[
        required("risk", Form::Ref("risk"), "The risk.", "risk = \"phishing\""),
        required("on", Form::Factor, "The factor.", "on = \"loss\""),
        optional(
            "reduction",
            knowledge(Kind::Chance),
            "The factor is multiplied by one minus this.",
            "reduction = { min = \"40%\", likely = \"60%\", max = \"80%\" }",
        ),
        optional(
            "becomes",
            Form::FactorEstimate,
            "The factor's new estimate; the only way for `resistance`.",
            "becomes = { min = \"60%\", likely = \"80%\", max = \"95%\" }",
        ),
    ],
};

pub static COST: TableDef = TableDef {
    name: "[control.cost]",
    doc: "What the control costs.",
    record: true,
    rules: &[Rule::Told("`yearly` and `quarterly` do not stand together.")],
    fields: &[
        optional("initial", knowledge(Kind::Money), "Once, at its start and at every renewal.", "initial = \"60k\""),
        optional(
            "yearly",
            Form::Series(Kind::YearlyMoney),
            "Every year, from its start; a list by year from its start, whose last amount goes on.",
            "yearly = { min = \"30k\", likely = \"36k\", max = \"50k\" }",
        ),
        optional(
            "quarterly",
            Form::Series(Kind::Money),
            "The same by quarter, instead of `yearly`: the amounts of quarters from its start, whose last goes on.",
            "quarterly = [\"40k\", \"20k\", \"10k\"]",
        ),
        optional(
            "people",
            Form::Table(&PEOPLE),
            "Own people (52 weeks a year; a working day has 8 hours).",
            "people = { time = \"4 hours per week\", rate = \"65 per hour\" }",
        ),
        optional(
            "friction",
            Form::Table(&FRICTION),
            "What it costs the business: time that users lose.",
            "friction = { users = 900, time = \"1 minute per day\", rate = \"40 per hour\" }",
        ),
        optional("retired", knowledge(Kind::YearlyMoney), "Yearly spending that it ends.", "retired = \"8k per year\""),
    ],
};

pub static SAVES: TableDef = TableDef {
    name: "[control.saves]",
    doc: "Time that the control saves from its start on. It counts in the value, after tax, and is no cash.",
    record: true,
    rules: &[Rule::Any(&["people", "users"])],
    fields: &[
        optional(
            "people",
            Form::Table(&PEOPLE),
            "Working time of own people.",
            "people = { time = \"10 hours per week\", rate = \"65 per hour\" }",
        ),
        optional(
            "users",
            Form::Table(&FRICTION),
            "Time of users.",
            "users = { users = 900, time = \"1 minute per day\", rate = \"40 per hour\" }",
        ),
    ],
};

pub static PEOPLE: TableDef = TableDef {
    name: "[control.cost.people]",
    doc: "Working time of own people.",
    record: true,
    rules: &[],
    fields: &[
        required("time", knowledge(Kind::WorkTime), "How much.", "time = \"4 hours per week\""),
        required("rate", knowledge(Kind::Wage), "What an hour costs.", "rate = \"65 per hour\""),
    ],
};

pub static FRICTION: TableDef = TableDef {
    name: "[control.cost.friction]",
    doc: "Time that users lose.",
    record: true,
    rules: &[],
    fields: &[
        required("users", Form::Integer(0, 1_000_000_000), "How many people.", "users = 900"),
        required(
            "time",
            knowledge(Kind::WorkTime),
            "How much each; `per day` means per working day.",
            "time = \"1 minute per day\"",
        ),
        required("rate", knowledge(Kind::Wage), "What an hour costs.", "rate = \"40 per hour\""),
    ],
};
