//! What stands against a case: one error, with every fault in it.

use std::fmt;

use crate::diagnostic::{Diagnostic, draw};
use crate::figures::Fault;
use crate::render;
use crate::scenario::Source;

/// Why a case gives no figures: a sentence, and every fault of the text with its line, its column and its cure.
#[derive(Clone)]
pub struct Error(Box<Told>);

#[derive(Clone)]
struct Told {
    message: String,
    help: Vec<String>,
    /// The faults, and the text that they are of.
    faults: Option<(Vec<Diagnostic>, Source)>,
}

/// How many faults there are in what is called so.
pub(crate) fn no_figures(diagnostics: &[Diagnostic], name: &str) -> String {
    let faults = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let s = if faults == 1 { "" } else { "s" };
    format!("{faults} fault{s} in {name}: no figures")
}

impl Error {
    /// What is asked of a case and cannot be answered.
    pub(crate) fn asked(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self(Box::new(Told { message: message.into(), help: vec![help.into()], faults: None }))
    }

    /// What stands against a text: a sentence, and its faults.
    #[doc(hidden)]
    pub fn of(message: impl Into<String>, faults: Vec<Diagnostic>, source: &Source) -> Self {
        Self(Box::new(Told { message: message.into(), help: Vec::new(), faults: Some((faults, source.clone())) }))
    }

    /// The faults as they were found, and the text that they are of.
    pub(crate) fn found(&self) -> Option<&(Vec<Diagnostic>, Source)> {
        self.0.faults.as_ref()
    }

    /// The sentence, without the faults.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What helps, where it is no fault of the text.
    pub fn help(&self) -> &[String] {
        &self.0.help
    }

    /// Every fault of the text, with line, column and cure.
    pub fn faults(&self) -> Vec<Fault> {
        self.found().map_or_else(Vec::new, |(faults, source)| render::faults(faults, source).faults)
    }

    /// The faults as they are drawn on a terminal: the lines of the text with what is wrong in them.
    pub fn picture(&self) -> String {
        self.found().map_or_else(String::new, |(faults, source)| draw(faults, &source.name, &source.text(), false))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.message())?;
        self.help().iter().try_for_each(|help| write!(out, "; {help}"))?;
        let name = self.found().map_or("", |(_, source)| source.name.as_str());
        for fault in self.faults() {
            write!(out, "\n  {name}")?;
            if let (Some(line), Some(column)) = (fault.line, fault.column) {
                write!(out, ":{line}:{column}")?;
            }
            write!(out, ": {} [{}]", fault.message, fault.code)?;
            fault.help.iter().try_for_each(|help| write!(out, "\n    {help}"))?;
        }
        Ok(())
    }
}

/// As it is told: a program that ends with `?` shows this.
impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use crate::{Case, Options};

    const CASE: &str = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n\n# once\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"2 per year\"\nloss.response = \"1k\"\n";

    #[test]
    fn an_error_holds_every_fault_with_line_column_and_cure() {
        let wrong =
            CASE.replace("2 per year", "often").replace("1k", "much").replace("schema = 1", "schema = 1\nfoo = 2");
        let error = Case::from_text("c.toml", wrong).unwrap_err();
        let lines: Vec<Option<u64>> = error.faults().iter().map(|fault| fault.line).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.contains(&Some(2)) && lines.contains(&Some(10)) && lines.contains(&Some(11)), "{lines:?}");
        let told = error.to_string();
        assert!(told.starts_with("3 faults in c.toml: no figures\n") && told.contains("c.toml:10:13: "), "{told}");
        assert_eq!(format!("{error:?}"), told, "what `?` shows of main is the same");
        assert!(error.picture().contains("^^^"));
    }

    #[test]
    fn a_change_keeps_comments_and_one_that_fails_changes_nothing() {
        let mut case = Case::from_text("c.toml", CASE).unwrap();
        let before = case.assess(&Options::default()).unwrap();
        case.set("risk.r.frequency", "1 per year").unwrap();
        let after = case.assess(&Options::default()).unwrap();
        assert_eq!(before.today.year.expected_annual_loss.to_string(), "2000");
        assert_eq!(after.today.year.expected_annual_loss.to_string(), "1000");
        assert_eq!(case.text(), CASE.replace("2 per year", "1 per year"));
        assert_eq!(after.provenance.file_sha256, Some(before.provenance.scenario_sha256));
        for (key, value) in [("risk.x.frequency", "1 per year"), ("risk.r.frequency", "often"), ("", "1")] {
            assert!(case.set(key, value).is_err(), "{key}={value}");
            assert_eq!(case.assess(&Options::default()).unwrap(), after);
        }
        let options = Options { plans: vec!["none".to_owned()], ..Options::default() };
        assert!(case.assess(&options).unwrap_err().to_string().contains("there is no plan \"none\""));
    }
}
