//! The file of a group.

use super::super::knowledge;
use super::APPETITE;
use crate::scenario::grammar::{Form, Rule, TableDef, default, optional, required};
use crate::units::{Kind, Language, Numbers};

/// The whole file.
pub static GROUP: TableDef = TableDef {
    name: "a group",
    doc: "Many cases together.",
    record: false,
    rules: &[Rule::Told("It names at least one entity, one by one or in a table.")],
    fields: &[
        required("schema", Form::SchemaVersion, "The version of this format.", "schema = 1"),
        required("title", Form::Text, "Whose year it is.", "title = \"Example Holding\""),
        required("currency", Form::Currency, "The currency of every amount, in the cases too.", "currency = \"EUR\""),
        optional("language", Form::Word(&Language::NAMES), "The language of tables and answers.", "language = \"de\""),
        optional("numbers", Form::Word(&Numbers::NAMES), "How numbers are written.", "numbers = \"1.234,5\""),
        optional(
            "assumptions",
            Form::Table(&GROUP_ASSUMPTIONS),
            "What holds for what the group itself pays.",
            "[assumptions]",
        ),
        optional("appetite", Form::Tables(&APPETITE), "What the board agreed to bear in all together.", "[[appetite]]"),
        optional("entity", Form::Tables(&ENTITY), "A company, a client: a case of its own.", "[[entity]]"),
        optional(
            "manifest",
            Form::Table(&MANIFEST),
            "A table of entities, as `rosi batch` reads it.",
            "manifest = { table = \"entities.csv\", template = \"case.toml\" }",
        ),
        optional(
            "shared_cause",
            Form::Tables(&GROUP_CAUSE),
            "A cause that strikes several entities at once.",
            "[[shared_cause]]",
        ),
        optional(
            "insurance",
            Form::Tables(&GROUP_LAYER),
            "A layer over the sum of a year, after what the entities' own policies pay.",
            "[[insurance]]",
        ),
        optional("plan", Form::Tables(&GROUP_PLAN), "What may be done in all entities.", "[[plan]]"),
    ],
};

pub static GROUP_ASSUMPTIONS: TableDef = TableDef {
    name: "[assumptions]",
    doc: "What holds for what the group itself pays; each case has its own.",
    record: false,
    rules: &[],
    fields: &[
        default("horizon", Form::Fixed(Kind::Period), "3 years", "Years looked ahead.", "horizon = \"3 years\""),
        default(
            "discount_rate",
            Form::Fixed(Kind::Rate),
            "8%",
            "What money a year later is worth less.",
            "discount_rate = \"8%\"",
        ),
        default("seed", Form::Integer(0, u64::MAX >> 1), "1", "Names the points of what is not known.", "seed = 1"),
    ],
};

pub static ENTITY: TableDef = TableDef {
    name: "[[entity]]",
    doc: "A company, a client: a case of its own.",
    record: false,
    rules: &[],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"north\""),
        optional("name", Form::Text, "Its name.", "name = \"North Ltd\""),
        required("case", Form::Text, "The path of its case, from this file.", "case = \"north.toml\""),
    ],
};

pub static MANIFEST: TableDef = TableDef {
    name: "[manifest]",
    doc: "A table of entities: a column `id`, and a column for each key that differs from the template.",
    record: false,
    rules: &[],
    fields: &[
        required("table", Form::Text, "The path of the table, from this file.", "table = \"entities.csv\""),
        optional("template", Form::Text, "The case that every row changes.", "template = \"case.toml\""),
    ],
};

pub static GROUP_CAUSE: TableDef = TableDef {
    name: "[[shared_cause]]",
    doc: "A cause that strikes several entities at once: one event in each risk that it names, in every entity that has it, on top of their own.",
    record: true,
    rules: &[Rule::Any(&["strikes"])],
    fields: &[
        required("id", Form::Id, "Its id; no case has a shared cause of the same id.", "id = \"identity\""),
        required("name", Form::Text, "What happens, in words.", "name = \"The identity provider is breached\""),
        required("frequency", knowledge(Kind::Frequency), "How often.", "frequency = \"1 in 12 years\""),
        required("strikes", Form::Texts, "The ids of the risks that it strikes.", "strikes = [\"ransomware\"]"),
        default("entities", Form::Texts, "all", "The ids of the entities that it strikes.", "entities = [\"north\"]"),
    ],
};

pub static GROUP_LAYER: TableDef = TableDef {
    name: "[[insurance]]",
    doc: "A layer over the sum S of a year after the entities' own policies: (1 − coinsurance) × min(max(S − retention, 0), limit).",
    record: false,
    rules: &[],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"first\""),
        optional("name", Form::Text, "Its name.", "name = \"First layer\""),
        default("premium", Form::Fixed(Kind::YearlyMoney), "0", "What it costs a year.", "premium = \"400k\""),
        default("retention", Form::Fixed(Kind::Money), "0", "Where the layer begins.", "retention = \"5M\""),
        optional("limit", Form::Fixed(Kind::Money), "How much it holds.", "limit = \"10M\""),
        default(
            "coinsurance",
            Form::Fixed(Kind::Chance),
            "0%",
            "The share of the layer that the group bears itself.",
            "coinsurance = \"10%\"",
        ),
    ],
};

pub static GROUP_PLAN: TableDef = TableDef {
    name: "[[plan]]",
    doc: "What may be done in all entities: the controls that it names, or each entity's own plan of the same id.",
    record: false,
    rules: &[Rule::NotNamed("today")],
    fields: &[
        required("id", Form::Id, "Its id.", "id = \"core\""),
        required("name", Form::Text, "Its name.", "name = \"Core in every company\""),
        optional(
            "controls",
            Form::Texts,
            "The ids of controls; every entity gets those that its case has.",
            "controls = [\"mfa\"]",
        ),
        default(
            "initial",
            Form::Fixed(Kind::Money),
            "0",
            "What the group itself pays once, on top of what the entities pay.",
            "initial = \"50k\"",
        ),
        default("yearly", Form::Fixed(Kind::YearlyMoney), "0", "The same every year.", "yearly = \"20k\""),
    ],
};
