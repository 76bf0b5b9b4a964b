//! Obligations: what a duty costs, without a fine and with one.

use crate::scenario::grammar::{Form, Rule, TableDef, default, luck, optional, required};
use crate::units::Kind;

/// Words for `regime`.
pub const REGIMES: &[&str] = &[
    "GDPR 83(4)",
    "GDPR 83(5)",
    "NIS2 essential",
    "NIS2 important",
    "DORA",
    "HIPAA tier 1",
    "HIPAA tier 2",
    "HIPAA tier 3",
    "HIPAA tier 4",
    "PCI DSS",
    "AI Act 99(3)",
    "AI Act 99(4)",
    "AI Act 99(5)",
    "own",
];

pub static OBLIGATION: TableDef = TableDef {
    name: "[[obligation]]",
    doc: "A duty of law or contract that events of some risks touch. An event goes as far as one draw takes it: it must be reported (`reported`), the authority acts (`acts`), a fine follows (`fined`); each chance holds where the step before came. Costs without a fine come first: they are likelier. A fine lies under the ceiling of the law, which is a bound and never a forecast. What it costs is part of the loss of those risks (see `docs/model/obligations.md`).",
    record: true,
    rules: &[
        Rule::Any(&["notification", "monitoring", "audits", "standstill", "fine"]),
        Rule::Needs("audits", "acts"),
        Rule::Needs("standstill", "acts"),
        Rule::Needs("fined", "acts"),
        Rule::Needs("fine", "fined"),
        Rule::Needs("fined", "fine"),
        Rule::Told(
            "A fine under a ceiling that depends on turnover needs `turnover` in `[organisation]`; one in another currency needs its rate in `exchange_rates`.",
        ),
        Rule::Told("`small` is for the AI Act only."),
    ],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"gdpr\""),
        required("name", Form::Text, "The duty, in words.", "name = \"GDPR: security of processing\""),
        required(
            "regime",
            Form::Word(REGIMES),
            "Which law or contract; `own` for any other.",
            "regime = \"GDPR 83(4)\"",
        ),
        required("risks", Form::Refs("risk"), "The risks whose events touch it.", "risks = [\"laptop\"]"),
        required("reported", luck(Kind::Chance), "The chance that an event must be reported.", "reported = \"60%\""),
        optional(
            "notification",
            luck(Kind::Money),
            "Telling authorities and people, where it must be reported; such as `{ quantity = …, each = … }`.",
            "notification = \"12k\"",
        ),
        optional(
            "monitoring",
            luck(Kind::Money),
            "Watching accounts for those affected, where it must be reported.",
            "monitoring = \"30k\"",
        ),
        optional("acts", luck(Kind::Chance), "The chance that the authority acts on a report.", "acts = \"5%\""),
        optional(
            "audits",
            luck(Kind::Money),
            "Audits and measures that it asks for, where it acts.",
            "audits = { low = \"20k\", high = \"120k\" }",
        ),
        optional(
            "standstill",
            luck(Kind::Money),
            "What an order to stop costs, where it acts.",
            "standstill = \"200k\"",
        ),
        optional("fined", luck(Kind::Chance), "The chance that a fine follows where it acts.", "fined = \"10%\""),
        optional(
            "fine",
            luck(Kind::Money),
            "The fine, if there is one; what would lie above the ceiling counts as the ceiling.",
            "fine = { low = \"5k\", high = \"400k\" }",
        ),
        optional(
            "ceiling",
            Form::Fixed(Kind::Money),
            "The most that a fine can be, where national law or a contract says otherwise than the regime.",
            "ceiling = \"10M\"",
        ),
        default(
            "small",
            Form::Flag,
            "false",
            "true for a small or medium-sized firm, whose ceiling is the lower of amount and share.",
            "small = true",
        ),
    ],
};
