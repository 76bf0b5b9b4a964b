//! The fixed words of a paper: headings and labels that every format writes.
//!
//! Another language is another value of [`Words`] here, beside the sentences of the report.

/// Headings and labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The language, as HTML and PDF name it.
    pub language: &'static str,
    /// What kind of document it is.
    pub kind: &'static str,
    /// Over what is asked.
    pub decision: &'static str,
    /// Over the answer.
    pub answer: &'static str,
    /// Over the list of parts.
    pub contents: &'static str,
    /// Before the title of each part of the appendix.
    pub appendix: &'static str,
    /// Over the room for signatures.
    pub sign_off: &'static str,
    /// The columns of that room.
    pub signing: [&'static str; 4],
    /// Who signs.
    pub roles: [&'static str; 3],
    /// Over the tables behind the charts.
    pub figures: &'static str,
    /// The link from a chart to its table.
    pub figures_of_chart: &'static str,
    /// Before the title of a chart whose figures a table holds.
    pub figures_of: &'static str,
    /// "Page 2 of 9": before, between.
    pub page: [&'static str; 2],
}

/// The only language so far.
pub const ENGLISH: Words = Words {
    language: "en",
    kind: "Budget case",
    decision: "The decision",
    answer: "The answer",
    contents: "Contents",
    appendix: "Appendix",
    sign_off: "Sign-off",
    signing: ["Role", "Name", "Date", "Signature"],
    roles: ["Asked for by", "Figures checked by finance", "Decided by"],
    figures: "The figures behind the charts",
    figures_of_chart: "The figures of this chart",
    figures_of: "Figures",
    page: ["Page", "of"],
};
