//! What is not JSON, though other readers let it pass?

use super::{Reader, Step, Stop};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::syntax::limit::MAX_SYNTAX_FAULTS;
use crate::scenario::syntax::place;

impl Reader<'_> {
    /// Notes a fault and lends it for a line of help.
    pub(super) fn fault(&mut self, message: &str, span: Span, label: &str) -> &mut Diagnostic {
        self.syntax.push(Diagnostic::new(Code::Syntax, message).at(span, label));
        let last = self.syntax.len() - 1;
        &mut self.syntax[last]
    }

    /// Stops when as many faults are noted as are told.
    pub(super) fn enough(&self) -> Step<()> {
        if self.syntax.len() >= MAX_SYNTAX_FAULTS { Err(Stop) } else { Ok(()) }
    }

    pub(super) fn never_closed<T>(&mut self, open: Span, bracket: &str) -> Step<T> {
        let close = if bracket == "{" { "}" } else { "]" };
        let message = format!("`{bracket}` is never closed");
        self.fault(&message, open, "opened here").push_help(format!("add `{close}` where it ends"));
        Err(Stop)
    }

    pub(super) fn wrong_close<T>(&mut self, open: Span, close: Span, due: &str) -> Step<T> {
        let label = format!("`{due}` is due here");
        self.fault("the wrong closing bracket", close, &label).related.push((open, "opened here".to_owned()));
        Err(Stop)
    }

    pub(super) fn check_last_comma(&mut self, comma: Option<Span>) -> Step<()> {
        if let Some(comma) = comma {
            self.fault("a comma before the closing bracket", comma, "JSON allows no comma after the last item")
                .push_help("delete the comma");
            self.enough()?;
        }
        Ok(())
    }

    /// Between pieces stand only the four white spaces of JSON.
    pub(super) fn check_gap(&mut self, start: usize) -> Step<()> {
        let odd = |&(_, c): &(usize, char)| !matches!(c, ' ' | '\t' | '\n' | '\r');
        let gap = self.text.get(self.end..start).unwrap_or("");
        if let Some((at, letter)) = gap.char_indices().find(odd) {
            let message = format!("an invisible space (U+{:04X})", u32::from(letter));
            let span = place::letter(self.text, self.end + at);
            self.fault(&message, span, "JSON does not allow it here").push_help("write an ordinary space");
            self.enough()?;
        }
        Ok(())
    }

    pub(super) fn check_string(&mut self, span: Span) -> Step<()> {
        let written = &self.text[span.start..span.end];
        if let Some(newline) = written.find(['\n', '\r']) {
            // Mostly the closing quote is missing, and everything after it would be read inside out.
            let line = place::trimmed(self.text, Span::new(span.start, span.start + newline));
            self.fault("a quote is not closed on its line", line, "opened here")
                .push_help("add the closing quote; a line break inside a text is written `\\n`");
            return Err(Stop);
        }
        if let Some(tab) = written.find('\t') {
            let place = place::letter(self.text, span.start + tab);
            self.fault("a tab inside quotes", place, "JSON does not allow it").push_help("write `\\t` or a space");
        } else if written.starts_with('\'') {
            let help = format!("write `\"{}\"`", place::short(written.trim_matches('\'')));
            self.fault("single quotes", span, "JSON uses double quotes").push_help(help);
        }
        self.enough()
    }

    pub(super) fn check_number(&mut self, number: &str, span: Span) -> Step<()> {
        let digits = number.strip_prefix('-').unwrap_or(number);
        let whole = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (message, help) = if digits.contains(['N', 'I']) {
            ("not a number", "write a number: JSON has no infinity and no NaN".to_owned())
        } else if number.starts_with('+') {
            ("a number with a plus sign", format!("write `{}`", place::short(number.trim_start_matches('+'))))
        } else if digits.contains(['x', 'X']) {
            ("a hexadecimal number", "write it with the digits 0 to 9".to_owned())
        } else if whole == 0 {
            (
                "a number without a digit before its point",
                format!("write `{}`", place::short(&number.replacen('.', "0.", 1))),
            )
        } else if digits[whole..].strip_prefix('.').is_some_and(|f| !f.starts_with(|c: char| c.is_ascii_digit())) {
            ("a number without a digit after its point", "write a digit after the point".to_owned())
        } else {
            return Ok(());
        };
        self.fault(message, span, "JSON does not allow this").push_help(help);
        self.enough()
    }

    /// The scanner cannot go on at `span`.
    pub(super) fn scan_fault(&mut self, span: Span) {
        let start = span.start;
        let first = self.text[start..].chars().next();
        let line = place::first_line(self.text, Span::new(start, self.text.len()));
        match first {
            Some('"' | '\'') => {
                self.fault("a quote is never closed", line, "opened here").push_help("add the closing quote");
            }
            Some('\\') => {
                self.fault("an unknown escape", span, "after `\\` JSON knows only \" \\ / b f n r t and uXXXX")
                    .push_help("write a backslash itself as `\\\\`");
            }
            Some('/') => {
                self.fault("a stray `/`", place::first_line(self.text, span), "JSON has no comments");
            }
            Some('0') => {
                self.fault("a number with a leading zero", span, "not a JSON number").push_help("leave the zero out");
            }
            Some('-' | '+' | '1'..='9' | '.' | 'e' | 'E') => {
                self.fault("a number that cannot be read", place::first_line(self.text, span), "not a JSON number")
                    .push_help("write text such as `2.5M` in double quotes");
            }
            Some(letter) => {
                let message = format!("`{}` cannot stand here", letter.escape_debug());
                self.fault(&message, place::letter(self.text, start), "not JSON")
                    .push_help("put text in double quotes");
            }
            None => {
                self.fault("the text ends too early", place::letter(self.text, start), "something is missing here");
            }
        }
    }
}

/// Adds a line of help to a diagnostic that is already noted.
pub(super) trait PushHelp {
    fn push_help(&mut self, help: impl Into<String>);
}

impl PushHelp for Diagnostic {
    fn push_help(&mut self, help: impl Into<String>) {
        self.help.push(help.into());
    }
}
