//! Risks, what they cost, and causes that they share.

use super::{COUNTS, LOSSES_OF_FORMS};
use crate::model::Form as LossForm;
use crate::scenario::grammar::{Form, Rule, TableDef, bare, default, knowledge, luck, optional, required};
use crate::units::Kind;

pub static RISK: TableDef = TableDef {
    name: "[[risk]]",
    doc: "One loss scenario in the Open FAIR sense: a threat acts on an asset with an effect. It needs a rate (`frequency` or `threat`) and a loss (`loss`, `asset`, `outage`, `dwell` or `secondary`).",
    record: true,
    rules: &[
        Rule::One(&[&["frequency"], &["threat"]]),
        Rule::Any(&["loss", "asset", "outage", "dwell", "secondary"]),
        Rule::Needs("outage", "value_stream"),
        Rule::AssetIsReplacement,
        Rule::FrequencyByCount,
        Rule::Told("The value stream of an outage has a `revenue`; `leads_to` runs in no circle."),
    ],
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
            "Loss events a year. With `count = \"at most one\"`: the chance of one in a year.",
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
        optional("dwell", Form::Table(&DWELL), "What the time from break-in to containment costs.", "[risk.dwell]"),
        optional(
            "secondary",
            Form::TableOrTables(&SECONDARY),
            "Loss from what others do after the event; one or several.",
            "[[risk.secondary]]",
        ),
        optional(
            "inherent",
            Form::Table(&INHERENT),
            "The level before any control, where somebody wants it shown beside today. No value is worked out from it.",
            "inherent = { frequency = \"2 per year\", loss = \"300k\" }",
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
    rules: &[
        Rule::One(&[&["events"], &["contacts", "action"]]),
        Rule::One(&[&["vulnerability"], &["capability", "resistance"]]),
    ],
    fields: &[
        optional(
            "events",
            bare(Kind::Frequency),
            "Threat events a year.",
            "events = { min = 2, likely = 12, max = 40 }",
        ),
        optional("contacts", bare(Kind::Frequency), "Contacts a year.", "contacts = \"300 per year\""),
        optional(
            "action",
            knowledge(Kind::Chance),
            "Chance that a contact becomes a threat event.",
            "action = \"20%\"",
        ),
        optional(
            "vulnerability",
            knowledge(Kind::Chance),
            "Chance that a threat event becomes a loss event.",
            "vulnerability = \"40%\"",
        ),
        optional(
            "capability",
            luck(Kind::Chance),
            "How strong the threat is, as a percentile of all.",
            "capability = { min = \"35%\", likely = \"60%\", max = \"90%\" }",
        ),
        optional(
            "resistance",
            luck(Kind::Chance),
            "How strong a threat must be to win.",
            "resistance = { min = \"40%\", likely = \"65%\", max = \"85%\" }",
        ),
    ],
};

pub static CLUSTERING: TableDef = TableDef {
    name: "[risk.count]",
    doc: "Events that come in clusters: negative binomial.",
    record: false,
    rules: &[],
    fields: &[required(
        "clustering",
        Form::Above(0),
        "Its size: variance = mean + mean² / size; smaller means more clustered.",
        "clustering = 0.8",
    )],
};

pub static LOSS: TableDef = TableDef {
    name: "[risk.loss]",
    doc: "Primary loss of an event: any of the six forms of Open FAIR.",
    record: true,
    rules: &[Rule::Any(&LossForm::KEYS)],
    fields: &LOSSES_OF_FORMS,
};

pub static SECONDARY_LOSS: TableDef = TableDef {
    name: "[risk.secondary.loss]",
    doc: "What the follow-up costs: any of the six forms of Open FAIR.",
    record: true,
    rules: &[Rule::Any(&LossForm::KEYS)],
    fields: &LOSSES_OF_FORMS,
};

pub static ASSET: TableDef = TableDef {
    name: "[risk.asset]",
    doc: "The textbook form: single loss = value × exposure.",
    record: true,
    rules: &[],
    fields: &[
        required("value", knowledge(Kind::Money), "What the asset is worth.", "value = \"120k\""),
        required("exposure", knowledge(Kind::Chance), "Which part of it an event destroys.", "exposure = \"25%\""),
    ],
};

pub static INHERENT: TableDef = TableDef {
    name: "[risk.inherent]",
    doc: "The risk as it would be without any control, as registers state it: shown beside today in tables and papers, and in the JSON. Whether it is right nobody can observe, so nothing is ever worked out from it: a plan is worth today minus what remains.",
    record: false,
    rules: &[],
    fields: &[
        required("frequency", Form::Fixed(Kind::Frequency), "Loss events a year.", "frequency = \"2 per year\""),
        required("loss", Form::Fixed(Kind::Money), "What one event costs.", "loss = \"300k\""),
    ],
};

pub static DWELL: TableDef = TableDef {
    name: "[risk.dwell]",
    doc: "The time from break-in to containment as money: `per_day` for each day of it, and a next stage that comes with the chance 1 − 2^(−time / after). One draw of the time an event decides both. It counts as response (see `docs/model/dwell.md`).",
    record: true,
    rules: &[
        Rule::Any(&["per_day", "then"]),
        Rule::Told("A control acts `on = \"dwell\"` by `becomes`: the new time, as a service level promises it."),
    ],
    fields: &[
        required(
            "time",
            luck(Kind::Period),
            "From break-in to containment.",
            "time = { p10 = \"1 day\", p50 = \"9 days\", p90 = \"60 days\" }",
        ),
        optional(
            "per_day",
            knowledge(Kind::Money),
            "What is lost in a day while it lasts.",
            "per_day = { low = \"1k\", high = \"10k\" }",
        ),
        optional(
            "then",
            Form::Table(&NEXT_STAGE),
            "What the intruder does next, if nobody stops him.",
            "then = { after = \"21 days\", loss = { low = \"400k\", high = \"5M\" } }",
        ),
    ],
};

pub static NEXT_STAGE: TableDef = TableDef {
    name: "[risk.dwell.then]",
    doc: "The next stage of an event that is not contained in time.",
    record: true,
    rules: &[],
    fields: &[
        required(
            "after",
            Form::Fixed(Kind::Period),
            "The time after which half of all intruders have come so far.",
            "after = \"21 days\"",
        ),
        required("loss", luck(Kind::Money), "What it costs when it comes.", "loss = { low = \"400k\", high = \"5M\" }"),
    ],
};

pub static OUTAGE: TableDef = TableDef {
    name: "[risk.outage]",
    doc: "Standstill: duration × share × the stream's revenue × its margin.",
    record: true,
    rules: &[],
    fields: &[
        required(
            "duration",
            luck(Kind::Period),
            "How long; a day has 24 hours.",
            "duration = { min = \"4 hours\", likely = \"1 day\", max = \"9 days\" }",
        ),
        default("share", knowledge(Kind::Chance), "100%", "Which part of the stream stands.", "share = \"60%\""),
    ],
};

pub static SECONDARY: TableDef = TableDef {
    name: "[[risk.secondary]]",
    doc: "Loss from what customers, regulators or courts do after an event.",
    record: true,
    rules: &[],
    fields: &[
        required("chance", luck(Kind::Chance), "The chance that an event brings it.", "chance = \"30%\""),
        required("loss", Form::Table(&SECONDARY_LOSS), "What it then costs.", "[risk.secondary.loss]"),
    ],
};

pub static CHAIN: TableDef = TableDef {
    name: "[[risk.leads_to]]",
    doc: "Each event of this risk brings one of that, with this chance.",
    record: true,
    rules: &[],
    fields: &[
        required("risk", Form::Ref("risk"), "The risk that follows.", "risk = \"ransomware\""),
        required("chance", knowledge(Kind::Chance), "The chance of it.", "chance = \"2%\""),
    ],
};

pub static SHARED_CAUSE: TableDef = TableDef {
    name: "[[shared_cause]]",
    doc: "One cause that strikes several risks at once: one event in each, on top of their own.",
    record: true,
    rules: &[Rule::Any(&["strikes"])],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"supplier\""),
        required("name", Form::Text, "What happens, in words.", "name = \"Shared supplier is breached\""),
        required("frequency", knowledge(Kind::Frequency), "How often.", "frequency = \"1 in 8 years\""),
        required(
            "strikes",
            Form::Refs("risk"),
            "The risks that it strikes.",
            "strikes = [\"ransomware\", \"phishing\"]",
        ),
    ],
};
