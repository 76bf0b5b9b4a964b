//! Which keys does a scenario have, and what may stand in each?
//!
//! One set of tables (`tables`) is read by three readers: the file reader (unknown and missing
//! keys), the JSON Schema (`rosi schema`) and the page `docs/file-format.md`. So none of the
//! three can know a key that the others do not.

mod estimate;
mod page;
mod quantities;
mod rule;
mod schema;
mod tables;

pub use page::page;
pub use rule::Rule;
pub use schema::schema;

pub(super) use estimate::{CONFIDENCES, ESTIMATE, FAMILIES, QUANTILES};
pub(super) use tables::*;

use crate::model::Role;
use crate::units::Kind;

/// A table of keys.
#[derive(Debug)]
pub struct TableDef {
    /// Its heading, such as `[[risk]]`.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys, in the order in which people write them.
    pub fields: &'static [Field],
    /// Whether `source`, `owner`, `date`, `why` and `example` may stand here for all that it holds.
    pub record: bool,
    /// What must hold between its keys.
    pub rules: &'static [Rule],
}

/// One key.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What may stand there.
    pub form: Form,
    /// Whether it must.
    pub need: Need,
    /// What it means.
    pub doc: &'static str,
    /// One way to write it, in TOML.
    pub example: &'static str,
}

/// Whether a key must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may; absent means none.
    Optional,
    /// It may; absent means this.
    Default(&'static str),
}

/// What may stand at a key.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// The number of the file format.
    SchemaVersion,
    /// Any text.
    Text,
    /// An id: letters, digits, `-` and `_`.
    Id,
    /// The id of something of this kind.
    Ref(&'static str),
    /// A three-letter currency code.
    Currency,
    /// A day, `2027-01-31`.
    Date,
    /// true or false.
    Flag,
    /// One quantity.
    Fixed(Kind),
    /// An estimate: one quantity or a range; `bare` where a number without unit is taken.
    Estimate {
        /// The kind of quantity.
        kind: Kind,
        /// Whether the key names the unit.
        bare: bool,
        /// What a range means here.
        role: Role,
    },
    /// An estimate, or a list of them by time.
    Series(Kind),
    /// A chance or a yearly frequency.
    EventFrequency,
    /// What a factor becomes: of the factor's kind.
    FactorEstimate,
    /// A whole number in these bounds.
    Integer(u64, u64),
    /// A number above this one.
    Above(u32),
    /// A percentage above zero by which an average may be off.
    Doubt,
    /// Observed values, or the file that holds them.
    Samples,
    /// What was observed: quantities, open ones (`> 40000`), bands (`10k to 50k`).
    Observed,
    /// A column of a file, by its heading or its number.
    Column,
    /// Any number.
    Plain,
    /// A number above zero, which may stand in quotes.
    Positive,
    /// A number of zero or more.
    Seen,
    /// A weight by number or name.
    Confidence(&'static [(&'static str, u32)]),
    /// How many: an estimate of a plain number.
    Quantity,
    /// What each costs: an estimate of the same kind.
    Each,
    /// What one unit of other currencies is worth: keys are codes.
    Rates(&'static TableDef),
    /// `year 2` or `month 7`.
    Start,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A factor of a risk.
    Factor,
    /// A list of texts.
    Texts,
    /// A list of ids of this kind.
    Refs(&'static str),
    /// A list of words.
    Words(&'static [&'static str]),
    /// A table.
    Table(&'static TableDef),
    /// A list of tables.
    Tables(&'static TableDef),
    /// A table, or a list of them.
    TableOrTables(&'static TableDef),
    /// A word or a table.
    WordOrTable(&'static [&'static str], &'static TableDef),
    /// One quantity or a table.
    FixedOrTable(Kind, &'static TableDef),
    /// A list of ids or tables.
    RefsOrTables(&'static str, &'static TableDef),
}

impl Form {
    /// Whether a range here stands for what is not known or for what differs, in words.
    fn role_words(self) -> Option<&'static str> {
        match self {
            Self::Estimate { role: Role::Luck, .. } => Some("Differs from event to event."),
            Self::Estimate { role: Role::Knowledge, .. } | Self::Series(_) | Self::EventFrequency => Some("Knowledge."),
            _ => None,
        }
    }
}

impl TableDef {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        let record = if self.record { tables::RECORD } else { &[] };
        self.fields.iter().chain(record).find(|field| field.key == key)
    }

    /// Every key that may stand here.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        let record = if self.record { tables::RECORD } else { &[] };
        self.fields.iter().chain(record).map(|field| field.key)
    }
}

const fn required(key: &'static str, form: Form, doc: &'static str, example: &'static str) -> Field {
    Field { key, form, need: Need::Required, doc, example }
}

const fn optional(key: &'static str, form: Form, doc: &'static str, example: &'static str) -> Field {
    Field { key, form, need: Need::Optional, doc, example }
}

const fn default(
    key: &'static str,
    form: Form,
    value: &'static str,
    doc: &'static str,
    example: &'static str,
) -> Field {
    Field { key, form, need: Need::Default(value), doc, example }
}

const fn knowledge(kind: Kind) -> Form {
    Form::Estimate { kind, bare: false, role: Role::Knowledge }
}

const fn luck(kind: Kind) -> Form {
    Form::Estimate { kind, bare: false, role: Role::Luck }
}

/// Knowledge of a number whose unit the key names.
const fn bare(kind: Kind) -> Form {
    Form::Estimate { kind, bare: true, role: Role::Knowledge }
}
