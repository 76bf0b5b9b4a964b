//! What did the writer of broken YAML probably mean?
//!
//! The parser's words are for people who know the grammar. These are for those who do not; where
//! nothing is recognised, the parser's own words are given.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::syntax::limit::too_deep;
use crate::scenario::syntax::place;

/// The fault that the parser found at byte `at`, within the bracket `flow` if any.
pub(super) fn fault(text: &str, at: usize, info: &str, flow: Option<Span>) -> Diagnostic {
    let at = place::boundary(text, at);
    let here = place::letter(text, at);
    let line = place::line(text, at);
    let written = &text[line.start..line.end];
    let indent = &written[..written.len() - written.trim_start().len()];
    let new = |message: &str, span: Span, label: &str| {
        Diagnostic::new(Code::Syntax, message).at(place::first_line(text, span), label)
    };
    if info.contains("recursion limit") {
        return too_deep(here);
    }
    if let Some(tab) = indent.find('\t') {
        let span = place::letter(text, line.start + tab);
        return new("a tab in the indentation", span, "YAML indents with spaces only")
            .help("write spaces instead of the tab");
    }
    if info.contains("tab") {
        // The parser tells the start of what the tab ends.
        let offset = text[at..].find('\t').map_or(at, |offset| at + offset);
        return new("a tab where spaces are due", place::letter(text, offset), "YAML indents with spaces only")
            .help("write spaces instead of the tab");
    }
    if info.contains("quoted scalar") && !info.contains("escape") && !info.contains("trailing") {
        return new("a quote is never closed", Span::new(at, line.end.max(at)), "opened here")
            .help("add the closing quote");
    }
    if info.contains("trailing content") || (info.contains("mapping values") && text[line.start..at].contains('\'')) {
        return new("text after a closing quote", here, "the quoted text ends before this")
            .help("put the whole text into double quotes; within single quotes write an apostrophe as `''`");
    }
    if info.contains("escape") {
        return new("an unknown escape", here, "in a text with double quotes")
            .help("write a backslash as `\\\\`, or use single quotes");
    }
    if info.contains("unknown anchor") {
        let end = text[at..].find(|c: char| c.is_whitespace() || ",]}".contains(c)).map_or(text.len(), |n| at + n);
        return new("an alias to nothing", Span::new(at, end), "no value before this bears that name")
            .help("a value gets a name by `&name` before it; put quotes around text that begins with `*`");
    }
    if let (Some(flow), false) = (flow, info.contains("misplaced")) {
        let close = if text[flow.start..].starts_with('[') { ']' } else { '}' };
        let open = place::letter(text, flow.start);
        return new("a bracket is not closed, or a comma is missing", here, "this cannot stand within the brackets")
            .also(open, "opened here")
            .help(format!("add `{close}` where it ends, or a comma between the items"));
    }
    if info.contains("unexpected character") {
        let letter = text[here.start..here.end].escape_debug().to_string();
        return new(&format!("a text cannot begin with `{letter}`"), here, "quotes are needed")
            .help("put the text in double quotes");
    }
    if info.contains("mapping values") || info.contains("simple key") {
        if let Some(fault) = squeezed_above(text, line) {
            return fault;
        }
        return if info.contains("mapping values") {
            mapping_values(text, at, here, line)
        } else {
            new("a line that is neither a key nor a value", here, "a key with a colon and a space is due here")
                .help("write `key: value`")
        };
    }
    if info.contains("misplaced bracket") {
        return new("a closing bracket too many", here, "nothing is open here").help("delete it");
    }
    if ["indentation", "expected key", "'-' indicator", "document start", "block sequence"]
        .iter()
        .any(|w| info.contains(w))
    {
        return new("the line does not fit to the lines above", here, "this cannot stand here")
            .help("keys of one table begin in the same column, and so do the items (`- `) of one list");
    }
    let message = format!("not valid YAML: {}", place::short(info));
    new(&message, here, "here")
}

/// A key without a space after its colon, on the line above `line`: YAML takes it for a text, and stumbles later.
fn squeezed_above(text: &str, line: Span) -> Option<Diagnostic> {
    let above = text[..line.start].trim_end();
    let above = place::line(text, above.len().checked_sub(1)?);
    let written = text[above.start..above.end].trim();
    let written = written.strip_prefix("- ").unwrap_or(written);
    let (key, value) = written.split_once(':')?;
    let is_squeezed = !key.is_empty()
        && !key.contains([' ', '"', '\'', '#', '{', '['])
        && !value.is_empty()
        && !value.starts_with([' ', '/']);
    let start = above.start + text[above.start..above.end].find(written)?;
    is_squeezed.then(|| {
        Diagnostic::new(Code::Syntax, "a space is missing after a colon")
            .at(Span::new(start, start + written.len()), "without a space this is one text")
            .help(format!("write `{key}: {}`", place::short(value)))
    })
}

/// A colon where no key can be: text with a colon.
fn mapping_values(text: &str, at: usize, here: Span, line: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::Syntax, "a colon that cannot stand here")
        .at(here, "a second key on this line, or a wrong indentation");
    if text[line.start..at].contains(':') {
        fault.help("put quotes around a text that contains a colon and a space")
    } else {
        fault.help("keys of one table begin in the same column")
    }
}
