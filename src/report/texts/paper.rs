//! The fixed words of a paper: headings and labels that every format writes.

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
    /// Over the parts of the appendix in the list.
    pub appendix: &'static str,
    /// The title of a part of the appendix.
    pub in_appendix: &'static str,
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
    /// What the table behind a chart is called.
    pub figures_of: &'static str,
    /// At the foot of a page.
    pub page: &'static str,
}

impl Words {
    /// In English.
    pub(crate) const ENGLISH: Self = Self {
        language: "en",
        kind: "Budget case",
        decision: "The decision",
        answer: "The answer",
        contents: "Contents",
        appendix: "Appendix",
        in_appendix: "Appendix: {title}",
        sign_off: "Sign-off",
        signing: ["Role", "Name", "Date", "Signature"],
        roles: ["Requested by", "Figures checked by finance", "Decided by"],
        figures: "The figures behind the charts",
        figures_of_chart: "The figures of this chart",
        figures_of: "Figures: {title}",
        page: "Page {page} of {pages}",
    };

    /// Each text with its name.
    pub(crate) fn all(&self) -> Vec<(String, &'static str)> {
        let single = [
            ("kind", self.kind),
            ("decision", self.decision),
            ("answer", self.answer),
            ("contents", self.contents),
            ("appendix", self.appendix),
            ("in_appendix", self.in_appendix),
            ("sign_off", self.sign_off),
            ("figures", self.figures),
            ("figures_of_chart", self.figures_of_chart),
            ("figures_of", self.figures_of),
            ("page", self.page),
        ];
        let several =
            self.signing.map(|word| ("signing", word)).into_iter().chain(self.roles.map(|word| ("roles", word)));
        single.into_iter().chain(several).map(|(key, text)| (format!("Words.{key}"), text)).collect()
    }
}
