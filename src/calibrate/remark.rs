//! Where an event stands, and how a file was read where it could be read otherwise: parts, said in the language of
//! whoever asks.

use std::fmt;

use crate::report::texts::{Calibrated, line, number, texts};
use crate::units::Voice;

/// Where an event stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// Where in it.
    pub row: Row,
}

/// Which part of a file an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// All of it.
    Whole,
    /// A line of a table.
    Line(u64),
    /// One of several records.
    Record(usize),
}

impl Place {
    /// As its readers say it.
    #[must_use]
    pub fn said(&self, voice: Voice) -> String {
        let (words, file): (&Calibrated, _) = (&texts(voice).calibrated, &self.file);
        match self.row {
            Row::Whole => file.clone(),
            Row::Line(at) => line(words.line, &[("file", file), ("number", &at)]),
            Row::Record(at) => line(words.record, &[("file", file), ("number", &at)]),
        }
    }
}

/// As faults say it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said(Voice::default()))
    }
}

/// How a file was read where it could be read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// What stands first in a day with two readings.
    DayOrder {
        /// The file.
        file: String,
        /// Whether the day does; else the month.
        day_first: bool,
        /// A day with two readings.
        open: String,
        /// One that has a single reading.
        witness: String,
    },
    /// An incident that stands in several lines.
    Repeated {
        /// The file.
        file: String,
        /// Its name.
        name: String,
        /// Where it stands.
        lines: Vec<u64>,
        /// How many others do so.
        others: usize,
    },
    /// Sheets of the workbook that were not read.
    OtherSheets {
        /// The file.
        file: String,
        /// The one that was read.
        sheet: String,
        /// Those that were not, each in quotes.
        others: Vec<String>,
    },
    /// Rows that stand for several events each.
    Several {
        /// The file.
        file: String,
        /// How many rows do.
        rows: usize,
        /// How many events the log has with them.
        events: usize,
    },
    /// Hidden rows, which count.
    Hidden {
        /// The file.
        file: String,
        /// How many.
        rows: usize,
    },
}

impl Remark {
    /// As its readers say it.
    #[must_use]
    pub fn said(&self, voice: Voice) -> String {
        let words = &texts(voice).calibrated;
        match self {
            Self::DayOrder { file, day_first, open, witness } => line(
                if *day_first { words.day_first } else { words.month_first },
                &[("file", file), ("day", open), ("witness", witness)],
            ),
            Self::Repeated { file, name, lines, others } => {
                let lines = lines.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
                line(
                    if *others == 0 { words.repeated } else { words.repeated_more },
                    &[("file", file), ("name", name), ("lines", &lines), ("count", others)],
                )
            }
            Self::OtherSheets { file, sheet, others } => {
                line(words.other_sheets, &[("file", file), ("sheet", sheet), ("others", &others.join(", "))])
            }
            Self::Several { file, rows, events } => line(
                number(*rows, words.several_one, words.several),
                &[("file", file), ("rows", rows), ("count", events)],
            ),
            Self::Hidden { file, rows } => {
                line(number(*rows, words.hidden_one, words.hidden), &[("file", file), ("count", rows)])
            }
        }
    }
}
