//! Every table and key of a scenario.

use super::{Field, Form, TableDef, bare, default, estimate, optional, required};
use crate::units::Kind;

/// Words for the forms of loss.
pub const FORMS_OF_LOSS: &[&str] =
    &["productivity", "response", "replacement", "competitive_advantage", "fines", "reputation"];
/// Words for `timing`.
pub const TIMINGS: &[&str] = &["year-end", "mid-year"];
/// Words for `depreciation`.
pub const DEPRECIATIONS: &[&str] = &["straight-line", "sum-of-digits"];
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
    fields: &[
        required("schema", Form::SchemaVersion, "The version of this format.", "schema = 1"),
        required("title", Form::Text, "What the case is about.", "title = \"Keep orders flowing\""),
        required("currency", Form::Currency, "The currency of every amount (ISO 4217).", "currency = \"EUR\""),
        optional(
            "decision",
            Form::Table(&DECISION),
            "What is asked of the board; the amount is computed.",
            "decision = { plan = \"core\", by = \"2027-01-31\" }",
        ),
        optional("assumptions", Form::Table(&ASSUMPTIONS), "What holds for the whole case.", "[assumptions]"),
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

pub static DECISION: TableDef = TableDef {
    name: "decision",
    doc: "What is asked of the board.",
    record: false,
    fields: &[
        optional("plan", Form::Ref("plan"), "The plan asked for.", "plan = \"core\""),
        optional("by", Form::Date, "By when the decision is needed.", "by = \"2027-01-31\""),
    ],
};

pub static ASSUMPTIONS: TableDef = TableDef {
    name: "[assumptions]",
    doc: "What holds for the whole case. What is left out is listed in every output with the default taken.",
    record: false,
    fields: &[
        default(
            "horizon",
            Form::Fixed(Kind::Period),
            "3 years",
            "Years looked ahead: whole years, 1 to 50.",
            "horizon = \"3 years\"",
        ),
        default(
            "discount_rate",
            Form::Fixed(Kind::Rate),
            "8%",
            "What money a year later is worth less.",
            "discount_rate = \"8%\"",
        ),
        optional(
            "growth",
            Form::Table(&GROWTH),
            "Growth a year; year t uses (1 + growth)^(t − 1).",
            "growth = { losses = \"2%\", rates = \"0%\", costs = \"3%\" }",
        ),
        default(
            "tax_rate",
            Form::Fixed(Kind::Rate),
            "0%",
            "With a tax rate, loss avoided and costs are after tax.",
            "tax_rate = \"25%\"",
        ),
        optional(
            "depreciation",
            Form::Word(DEPRECIATIONS),
            "How initial costs are written off; without it they are an expense of their year.",
            "depreciation = \"straight-line\"",
        ),
        optional("depreciation_years", Form::Integer(1, 50), "Over how many years.", "depreciation_years = 3"),
        default("timing", Form::Word(TIMINGS), "year-end", "When in a year its flows fall.", "timing = \"year-end\""),
        optional(
            "valued_at",
            Form::Date,
            "The day that year 0 stands for; nothing reads a clock.",
            "valued_at = \"2026-12-31\"",
        ),
        default("working_days", Form::Integer(1, 366), "220", "Working days a year.", "working_days = 220"),
        default(
            "seed",
            Form::Integer(0, u64::MAX >> 1),
            "1",
            "Names the random numbers: the same seed, the same figures.",
            "seed = 1",
        ),
    ],
};

pub static GROWTH: TableDef = TableDef {
    name: "growth",
    doc: "Growth a year.",
    record: false,
    fields: &[
        default("losses", Form::Fixed(Kind::Rate), "0%", "Of what an event costs.", "losses = \"2%\""),
        default("rates", Form::Fixed(Kind::Rate), "0%", "Of how often events happen.", "rates = \"5%\""),
        default("costs", Form::Fixed(Kind::Rate), "0%", "Of what controls cost.", "costs = \"3%\""),
    ],
};

pub static APPETITE: TableDef = TableDef {
    name: "[[appetite]]",
    doc: "A point that the board agreed: a year may lose more than `loss` with at most `chance`.",
    record: false,
    fields: &[
        required("name", Form::Text, "What the board calls it.", "name = \"agreed limit\""),
        required("loss", Form::Fixed(Kind::Money), "The loss of a year.", "loss = \"2.5M\""),
        required(
            "chance",
            Form::Fixed(Kind::Chance),
            "The chance of a worse year that is still agreed.",
            "chance = \"1 in 20\"",
        ),
    ],
};

pub static VALUE_STREAM: TableDef = TableDef {
    name: "[[value_stream]]",
    doc: "A part of the business that earns money; an outage is priced by it.",
    record: true,
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"orders\""),
        required("name", Form::Text, "Its name.", "name = \"Online orders\""),
        optional("goal", Form::Text, "The business goal that it serves.", "goal = \"Grow direct sales by a fifth\""),
        optional(
            "revenue",
            estimate(Kind::Revenue),
            "What it earns per hour, day, week, month or year (8,760 hours). Knowledge.",
            "revenue = \"18k per hour\"",
        ),
        default(
            "margin",
            estimate(Kind::Chance),
            "100%",
            "What a lost hour really costs, as part of its revenue; the rest is caught up. Knowledge.",
            "margin = \"35%\"",
        ),
    ],
};

pub static RISK: TableDef = TableDef {
    name: "[[risk]]",
    doc: "One loss scenario in the Open FAIR sense: a threat acts on an asset with an effect. It needs a rate (`frequency` or `threat`) and a loss (`loss`, `asset`, `outage` or `secondary`).",
    record: true,
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"ransomware\""),
        required("name", Form::Text, "What happens, in words.", "name = \"Ransomware stops order processing\""),
        optional(
            "value_stream",
            Form::Ref("value_stream"),
            "The value stream that it strikes.",
            "value_stream = \"orders\"",
        ),
        optional("obligations", Form::Texts, "Duties that it touches.", "obligations = [\"NIS2 art. 23\"]"),
        optional(
            "frequency",
            Form::EventFrequency,
            "Loss events a year. Knowledge. With `count = \"at most one\"`: the chance of one in a year.",
            "frequency = { low = \"1 in 20 years\", high = \"1 in 2 years\" }",
        ),
        optional("threat", Form::Table(&THREAT), "Instead of `frequency`: the Open FAIR tree.", "[risk.threat]"),
        default(
            "count",
            Form::WordOrTable(COUNTS, &CLUSTERING),
            "poisson",
            "How the events of a year are counted.",
            "count = \"at most one\"",
        ),
        optional("loss", Form::Table(&LOSS), "Primary loss of an event, by form.", "[risk.loss]"),
        optional(
            "asset",
            Form::Table(&ASSET),
            "The textbook form of loss: value × exposure, counted as replacement.",
            "asset = { value = \"120k\", exposure = \"25%\" }",
        ),
        optional(
            "outage",
            Form::Table(&OUTAGE),
            "Standstill, priced by the value stream; part of productivity.",
            "[risk.outage]",
        ),
        optional(
            "secondary",
            Form::TableOrTables(&SECONDARY),
            "Loss from what others do after the event; one or several.",
            "[[risk.secondary]]",
        ),
        optional(
            "leads_to",
            Form::Tables(&CHAIN),
            "Risks that an event of this one may bring.",
            "leads_to = [{ risk = \"ransomware\", chance = \"2%\" }]",
        ),
    ],
};

pub static THREAT: TableDef = TableDef {
    name: "[risk.threat]",
    doc: "The Open FAIR tree: (`events`, or `contacts` × `action`) × (`vulnerability`, or P(`capability` > `resistance`)).",
    record: true,
    fields: &[
        optional(
            "events",
            bare(Kind::Frequency),
            "Threat events a year. Knowledge.",
            "events = { min = 2, likely = 12, max = 40 }",
        ),
        optional("contacts", bare(Kind::Frequency), "Contacts a year. Knowledge.", "contacts = \"300 per year\""),
        optional(
            "action",
            estimate(Kind::Chance),
            "Chance that a contact becomes a threat event. Knowledge.",
            "action = \"20%\"",
        ),
        optional(
            "vulnerability",
            estimate(Kind::Chance),
            "Chance that a threat event becomes a loss event. Knowledge.",
            "vulnerability = \"40%\"",
        ),
        optional(
            "capability",
            estimate(Kind::Chance),
            "How strong the threat is, as a percentile of all. Differs from event to event.",
            "capability = { min = \"35%\", likely = \"60%\", max = \"90%\" }",
        ),
        optional(
            "resistance",
            estimate(Kind::Chance),
            "How strong a threat must be to win. Differs from event to event.",
            "resistance = { min = \"40%\", likely = \"65%\", max = \"85%\" }",
        ),
    ],
};

pub static CLUSTERING: TableDef = TableDef {
    name: "count",
    doc: "Events that come in clusters: negative binomial.",
    record: false,
    fields: &[required(
        "clustering",
        Form::Positive,
        "Its size: variance = mean + mean² / size; smaller means more clustered.",
        "clustering = 0.8",
    )],
};

macro_rules! six_forms {
    () => {
        &[
            optional(
                "productivity",
                estimate(Kind::Money),
                "Work and sales that do not happen, per event.",
                "productivity = \"80k\"",
            ),
            optional(
                "response",
                estimate(Kind::Money),
                "Handling the event.",
                "response = { low = \"40k\", high = \"600k\" }",
            ),
            optional("replacement", estimate(Kind::Money), "Replacing what is lost.", "replacement = \"200k\""),
            optional(
                "competitive_advantage",
                estimate(Kind::Money),
                "Lost advantage over competitors.",
                "competitive_advantage = \"1M\"",
            ),
            optional(
                "fines",
                estimate(Kind::Money),
                "Fines, judgments, contract penalties.",
                "fines = { low = \"20k\", high = \"900k\" }",
            ),
            optional("reputation", estimate(Kind::Money), "Lost trust.", "reputation = \"100k\""),
        ]
    };
}

pub static LOSS: TableDef = TableDef {
    name: "[risk.loss]",
    doc: "Primary loss of an event: any of the six forms of Open FAIR. Each differs from event to event.",
    record: true,
    fields: six_forms!(),
};

pub static SECONDARY_LOSS: TableDef = TableDef {
    name: "[risk.secondary.loss]",
    doc: "What the follow-up costs: any of the six forms of Open FAIR.",
    record: true,
    fields: six_forms!(),
};

pub static ASSET: TableDef = TableDef {
    name: "asset",
    doc: "The textbook form: single loss = value × exposure.",
    record: true,
    fields: &[
        required("value", estimate(Kind::Money), "What the asset is worth. Knowledge.", "value = \"120k\""),
        required(
            "exposure",
            estimate(Kind::Chance),
            "Which part of it an event destroys. Knowledge.",
            "exposure = \"25%\"",
        ),
    ],
};

pub static OUTAGE: TableDef = TableDef {
    name: "[risk.outage]",
    doc: "Standstill: duration × share × the stream's revenue × its margin.",
    record: true,
    fields: &[
        required(
            "duration",
            estimate(Kind::Period),
            "How long; a day has 24 hours. Differs from event to event.",
            "duration = { min = \"4 hours\", likely = \"1 day\", max = \"9 days\" }",
        ),
        default(
            "share",
            estimate(Kind::Chance),
            "100%",
            "Which part of the stream stands. Knowledge.",
            "share = \"60%\"",
        ),
    ],
};

pub static SECONDARY: TableDef = TableDef {
    name: "[[risk.secondary]]",
    doc: "Loss from what customers, regulators or courts do after an event.",
    record: true,
    fields: &[
        required("chance", estimate(Kind::Chance), "The chance that an event brings it.", "chance = \"30%\""),
        required("loss", Form::Table(&SECONDARY_LOSS), "What it then costs.", "[risk.secondary.loss]"),
    ],
};

pub static CHAIN: TableDef = TableDef {
    name: "leads_to",
    doc: "Each event of this risk brings one of that, with this chance.",
    record: true,
    fields: &[
        required("risk", Form::Ref("risk"), "The risk that follows.", "risk = \"ransomware\""),
        required("chance", estimate(Kind::Chance), "The chance of it. Knowledge.", "chance = \"2%\""),
    ],
};

pub static SHARED_CAUSE: TableDef = TableDef {
    name: "[[shared_cause]]",
    doc: "One cause that strikes several risks at once: one event in each, on top of their own.",
    record: true,
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"supplier\""),
        required("name", Form::Text, "What happens, in words.", "name = \"Shared supplier is breached\""),
        required("frequency", estimate(Kind::Frequency), "How often. Knowledge.", "frequency = \"1 in 8 years\""),
        required(
            "strikes",
            Form::Refs("risk"),
            "The risks that it strikes.",
            "strikes = [\"ransomware\", \"phishing\"]",
        ),
    ],
};

pub static CONTROL: TableDef = TableDef {
    name: "[[control]]",
    doc: "Something bought or done that acts on named factors of named risks and costs money.",
    record: true,
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"mfa\""),
        required("name", Form::Text, "Its name.", "name = \"Phishing-resistant sign-in\""),
        optional("mitigates", Form::Texts, "Which catalogue entries it meets.", "mitigates = [\"CIS 6.3\"]"),
        default(
            "coverage",
            estimate(Kind::Chance),
            "100%",
            "Which part of what should be covered is. Knowledge.",
            "coverage = \"95%\"",
        ),
        default(
            "reliability",
            estimate(Kind::Chance),
            "100%",
            "How often it works when it should. Knowledge.",
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
        optional(
            "salvage",
            estimate(Kind::Money),
            "What it brings at the end of its life. Knowledge.",
            "salvage = \"5k\"",
        ),
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
        required("cost", Form::Table(&COST), "What it costs; what is left out is nothing.", "[control.cost]"),
    ],
};

pub static FAILS_WITH: TableDef = TableDef {
    name: "fails_with",
    doc: "This part of its failures happens to the whole group at once.",
    record: false,
    fields: &[
        required("group", Form::Text, "The group.", "group = \"identity\""),
        required("share", Form::Fixed(Kind::Chance), "The part of its failures.", "share = \"20%\""),
    ],
};

pub static EFFECT: TableDef = TableDef {
    name: "[[control.effect]]",
    doc: "What the control does to one factor of one risk, where it acts (coverage × reliability). Either `reduction` or `becomes`.",
    record: true,
    fields: &[
        required("risk", Form::Ref("risk"), "The risk.", "risk = \"phishing\""),
        required("on", Form::Factor, "The factor.", "on = \"vulnerability\""),
        optional(
            "reduction",
            estimate(Kind::Chance),
            "The factor is multiplied by one minus this. Knowledge.",
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
    doc: "What the control costs. Every part is knowledge.",
    record: true,
    fields: &[
        optional("initial", estimate(Kind::Money), "Once, at its start and at every renewal.", "initial = \"60k\""),
        optional(
            "yearly",
            estimate(Kind::YearlyMoney),
            "A year.",
            "yearly = { min = \"30k\", likely = \"36k\", max = \"50k\" }",
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
        optional("retired", estimate(Kind::YearlyMoney), "Yearly spending that it ends.", "retired = \"8k per year\""),
    ],
};

pub static PEOPLE: TableDef = TableDef {
    name: "people",
    doc: "Working time of own people.",
    record: true,
    fields: &[
        required("time", estimate(Kind::WorkTime), "How much.", "time = \"4 hours per week\""),
        required("rate", estimate(Kind::Wage), "What an hour costs.", "rate = \"65 per hour\""),
    ],
};

pub static FRICTION: TableDef = TableDef {
    name: "friction",
    doc: "Time that users lose.",
    record: true,
    fields: &[
        required("users", Form::Integer(0, 1_000_000_000), "How many people.", "users = 900"),
        required(
            "time",
            estimate(Kind::WorkTime),
            "How much each; `per day` means per working day.",
            "time = \"1 minute per day\"",
        ),
        required("rate", estimate(Kind::Wage), "What an hour costs.", "rate = \"40 per hour\""),
    ],
};

pub static PLAN: TableDef = TableDef {
    name: "[[plan]]",
    doc: "An option: a set of controls with start dates.",
    record: false,
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
    name: "a planned control",
    doc: "A control with its start.",
    record: false,
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
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"cyber\""),
        optional("name", Form::Text, "Its name.", "name = \"Cyber policy\""),
        default("premium", Form::Fixed(Kind::YearlyMoney), "0", "A year.", "premium = \"90k\""),
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
