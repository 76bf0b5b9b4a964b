//! Where in somebody's file does a statement stand, and what was said about it?

use std::fmt;
use std::sync::Arc;

/// A cell of a table or a key of a tree, with its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name.
    pub file: Arc<str>,
    /// The sheet of a workbook; empty elsewhere.
    pub sheet: Arc<str>,
    /// The row of a table, or the line of a text, from 1; 0 for the whole file.
    pub row: usize,
    /// The column, from 1; 0 for the whole row.
    pub column: usize,
    /// The heading of the column, or the path of the key.
    pub heading: Arc<str>,
    /// What stands there.
    pub text: String,
}

impl Place {
    /// A whole file.
    pub fn file(name: &str) -> Self {
        Self { file: name.into(), ..Self::default() }
    }

    /// The short form that stands as the source of a figure: `register.xlsx, Register!H6`.
    pub fn short(&self) -> String {
        let mut text = self.file.to_string();
        if self.column > 0 {
            let sheet = if self.sheet.is_empty() { String::new() } else { format!("{}!", self.sheet) };
            text.push_str(&format!(", {sheet}{}{}", letters(self.column), self.row));
        } else if self.row > 0 {
            text.push_str(&format!(", line {}", self.row));
            if !self.heading.is_empty() {
                text.push_str(&format!(", {}", self.heading));
            }
        }
        text
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if !self.sheet.is_empty() {
            write!(f, ", sheet \"{}\"", self.sheet)?;
        }
        if self.row > 0 {
            write!(
                f,
                ", {} {}",
                if self.column > 0 || !self.sheet.is_empty() || self.heading.is_empty() { "row" } else { "line" },
                self.row
            )?;
        }
        if self.column > 0 {
            write!(f, ", column {}", letters(self.column))?;
        }
        if !self.heading.is_empty() {
            write!(f, " ({})", self.heading)?;
        }
        if !self.text.is_empty() {
            write!(f, ": \"{}\"", shortened(&self.text))?;
        }
        Ok(())
    }
}

/// The letters of a column, as spreadsheets name it: 1 is A, 27 is AA.
pub fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    while column > 0 {
        column -= 1;
        name.push(b'A' + (column % 26) as u8);
        column /= 26;
    }
    name.reverse();
    String::from_utf8(name).unwrap_or_default()
}

/// The beginning of a long text, on one line.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something of the file could not be taken.
    Fault,
    /// The file does not say something that a case needs.
    Question,
    /// What was taken for what, or left out.
    Note,
}

/// The kinds of findings; the text is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The file cannot be opened as what it is.
    Unreadable,
    /// The file is larger than an import takes.
    TooBig,
    /// No table of risks or controls was found.
    NoTable,
    /// Headings leave a doubt.
    Headings,
    /// Scores without a scale.
    NoScale,
    /// The scale cannot be used.
    Scale,
    /// The mapping cannot be used.
    Mapping,
    /// A number has two readings.
    TwoReadings,
    /// A cell is not what its column holds.
    Cell,
    /// A row is incomplete.
    Row,
    /// Amounts in another currency.
    Currency,
    /// A gain among the losses.
    Gain,
    /// A reference to nothing.
    Dangling,
    /// Something that a case cannot hold.
    Unsupported,
    /// The file does not say what a case needs.
    Asked,
    /// What was taken or left out.
    Told,
    /// A figure of the case was edited by hand.
    ByHand,
}

impl Code {
    /// The stable text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "I0101",
            Self::TooBig => "I0102",
            Self::NoTable => "I0103",
            Self::Headings => "I0201",
            Self::NoScale => "I0202",
            Self::Scale => "I0203",
            Self::Mapping => "I0204",
            Self::TwoReadings => "I0301",
            Self::Cell => "I0302",
            Self::Row => "I0303",
            Self::Currency => "I0304",
            Self::Gain => "I0305",
            Self::Dangling => "I0401",
            Self::Unsupported => "I0402",
            Self::Asked => "I0501",
            Self::Told => "I0502",
            Self::ByHand => "I0503",
        }
    }
}

/// One thing that is said about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// Its kind.
    pub code: Code,
    /// Where.
    pub place: Option<Place>,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do; may be empty.
    pub cure: String,
}

impl Finding {
    /// A fault with its cure.
    pub fn fault(code: Code, place: Option<Place>, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { weight: Weight::Fault, code, place, message: message.into(), cure: cure.into() }
    }

    /// A question to whoever knows the answer.
    pub fn question(place: Option<Place>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Question, code: Code::Asked, place, message: message.into(), cure: String::new() }
    }

    /// What was taken for what, or left out.
    pub fn note(place: Option<Place>, message: impl Into<String>) -> Self {
        Self { weight: Weight::Note, code: Code::Told, place, message: message.into(), cure: String::new() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "[{}] {place}: {}", self.code.as_str(), self.message),
            None => write!(f, "[{}] {}", self.code.as_str(), self.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names: Vec<String> = [1, 26, 27, 52, 703].map(letters).into();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
