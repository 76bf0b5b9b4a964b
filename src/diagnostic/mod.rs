//! What is wrong with a file, where, and what to write instead.
//!
//! A [`Diagnostic`] is plain data: a stable [`Code`], the figures, the place in the file, the
//! key path and the cure. [`draw()`] turns it into a picture with the source line. Nothing here
//! knows what a risk is.

mod code;
mod draw;
mod span;

pub use code::{Code, Severity};
pub use draw::{draw, in_file_order};
pub use span::Span;

/// One fault or piece of advice about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code; it decides the severity.
    pub code: Code,
    /// One sentence with the figures, without a full stop.
    pub message: String,
    /// The same in German, where it may stand in a paper.
    pub german: Option<String>,
    /// The place in the source text, where there is one.
    pub span: Option<Span>,
    /// A short text drawn beside the place ("this is 8,500 %").
    pub label: String,
    /// Further places that matter ("first written here").
    pub related: Vec<(Span, String)>,
    /// What to write instead; one line each.
    pub help: Vec<String>,
    /// The key path, such as `risk.phishing.loss.response`; empty when the fault is of the whole file.
    pub path: String,
}

impl Diagnostic {
    /// A diagnostic with a code and a message; the rest is added with the builder methods.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            german: None,
            span: None,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
            path: String::new(),
        }
    }

    /// Says it in German too, for papers: ids and names in straight quotation marks as in the message.
    #[must_use]
    pub fn german(mut self, message: impl Into<String>) -> Self {
        self.german = Some(message.into());
        self
    }

    /// Places the diagnostic at `span`, with a short text drawn beside it.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.span = Some(span);
        self.label = label.into();
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Adds a line that says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Names the key path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Whether the file cannot be used because of it.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}
