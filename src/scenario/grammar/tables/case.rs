//! What holds for the whole case: the decision, the assumptions, the appetite, the value streams.

use super::{DEPRECIATED_TO, DEPRECIATIONS, END_VALUES, TIMINGS};
use crate::scenario::grammar::{Form, Rule, TableDef, default, knowledge, optional, required};
use crate::units::Kind;

pub static DECISION: TableDef = TableDef {
    name: "[decision]",
    doc: "What is asked of the board.",
    record: false,
    rules: &[],
    fields: &[
        optional("plan", Form::Ref("plan"), "The plan asked for.", "plan = \"core\""),
        optional("by", Form::Date, "By when the decision is needed.", "by = \"2027-01-31\""),
    ],
};

pub static PROPOSAL: TableDef = TableDef {
    name: "[proposal]",
    doc: "Who asks whom: what stands over the first page of a paper.",
    record: false,
    rules: &[],
    fields: &[
        optional("by", Form::Text, "Who asks.", "by = \"Head of information security\""),
        optional("to", Form::Text, "Who decides.", "to = \"The board\""),
        optional("date", Form::Date, "The day of the paper; nothing reads a clock.", "date = \"2026-11-30\""),
        optional(
            "first_year",
            Form::Integer(1_900, 2_200),
            "The calendar or budget year that year 1 stands for; tables by year then name it.",
            "first_year = 2027",
        ),
        optional("classification", Form::Text, "Who may read it.", "classification = \"Confidential\""),
    ],
};

pub static ORGANISATION: TableDef = TableDef {
    name: "[organisation]",
    doc: "Whose case it is, and the size of its business: amounts of the case stand beside these in papers.",
    record: false,
    rules: &[],
    fields: &[
        optional("name", Form::Text, "Its name.", "name = \"Example Ltd\""),
        optional("turnover", Form::Fixed(Kind::Money), "What it earns a year.", "turnover = \"45M\""),
        optional(
            "ebitda",
            Form::Fixed(Kind::Money),
            "Earnings of a year before interest, tax, depreciation and amortisation.",
            "ebitda = \"5M\"",
        ),
        optional("it_budget", Form::Fixed(Kind::Money), "What it spends on IT a year.", "it_budget = \"1.8M\""),
        optional(
            "security_budget",
            Form::Fixed(Kind::Money),
            "What it spends on security a year.",
            "security_budget = \"160k\"",
        ),
    ],
};

pub static RATE: TableDef = TableDef {
    name: "[exchange_rates]",
    doc: "The key is the code of a currency, its value what one unit of it is worth in that of the file, alone or with its source.",
    record: true,
    rules: &[],
    fields: &[required("value", Form::Positive, "What one unit is worth.", "value = \"0.92\"")],
};

pub static ASSUMPTIONS: TableDef = TableDef {
    name: "[assumptions]",
    doc: "What holds for the whole case. What is left out is listed in every output with the default taken.",
    record: false,
    rules: &[
        Rule::DepreciationByMethod,
        Rule::Needs("depreciation_to", "depreciation"),
        Rule::Told("`\"macrs\"` has tables for 3, 5, 7, 10, 15 and 20 years, and always writes down to nothing."),
    ],
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
        optional(
            "depreciation_years",
            Form::Integer(1, 50),
            "Over how many years they are written off.",
            "depreciation_years = 3",
        ),
        optional(
            "depreciation_rate",
            Form::Fixed(Kind::Chance),
            "Which part of what is left is written off each year; only with `\"declining\"`.",
            "depreciation_rate = \"40%\"",
        ),
        optional(
            "depreciation_to",
            Form::Word(DEPRECIATED_TO),
            "What is left in the books: nothing (also where this is left out), or the `salvage` of the control.",
            "depreciation_to = \"salvage\"",
        ),
        optional(
            "end_value",
            Form::Word(END_VALUES),
            "Whether what is left of a `lifetime` at the end of the horizon counts: not at all (also where this is left out), or evenly by its years to come.",
            "end_value = \"straight-line\"",
        ),
        default(
            "timing",
            Form::Word(TIMINGS),
            "year-end",
            "When in a year its flows fall: at its end or in its middle.",
            "timing = \"year-end\"",
        ),
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
    name: "[assumptions.growth]",
    doc: "Growth a year.",
    record: false,
    rules: &[],
    fields: &[
        default("losses", Form::Fixed(Kind::Rate), "0%", "Growth of what an event costs.", "losses = \"2%\""),
        default("rates", Form::Fixed(Kind::Rate), "0%", "Growth of how often events happen.", "rates = \"5%\""),
        default("costs", Form::Fixed(Kind::Rate), "0%", "Growth of what controls cost.", "costs = \"3%\""),
    ],
};

pub static STATED_CASE: TableDef = TableDef {
    name: "[[case]]",
    doc: "A stated set of assumptions beside those of the file, such as a low and a high case: the full paper shows what the option costs and brings in each. At most ten.",
    record: false,
    rules: &[Rule::Told("Each entry of `set` is a key, an equals sign and a value, as behind `--set`.")],
    fields: &[
        required("name", Form::Text, "What it is called.", "name = \"Low\""),
        optional("why", Form::Text, "Why these values.", "why = \"as in the two quiet years\""),
        required(
            "set",
            Form::Texts,
            "What is assumed instead.",
            "set = [\"risk.phishing.frequency = 1 in 8 years\", \"control.edr.cost.yearly = 80k to 120k\"]",
        ),
    ],
};

pub static APPETITE: TableDef = TableDef {
    name: "[[appetite]]",
    doc: "A point that the board agreed: a year may lose more than `loss` with at most `chance`.",
    record: false,
    rules: &[],
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
    rules: &[],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"orders\""),
        required("name", Form::Text, "Its name.", "name = \"Online orders\""),
        optional("goal", Form::Text, "The business goal that it serves.", "goal = \"Grow direct sales by a fifth\""),
        optional(
            "revenue",
            knowledge(Kind::Revenue),
            "What it earns per hour, day, week, month or year (8,760 hours).",
            "revenue = \"18k per hour\"",
        ),
        default(
            "margin",
            knowledge(Kind::Chance),
            "100%",
            "What a lost hour really costs, as part of its revenue; the rest is caught up.",
            "margin = \"35%\"",
        ),
    ],
};
