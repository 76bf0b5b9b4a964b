//! What did the writer of broken TOML probably mean?
//!
//! One mistake makes the library stumble several times on a line, so each line is explained once,
//! by what stands on it. Where nothing is recognised, the library's own words are given.

use super::token::{Kind, Tokens};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::syntax::limit::MAX_SYNTAX_FAULTS;
use crate::scenario::syntax::place::{self, short};
use toml::de::Error;

/// The first errors, one a line.
pub(super) fn faults(text: &str, errors: &[&Error], unclosed: Option<Span>) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut errors: Vec<(Span, &str)> = errors
        .iter()
        .map(|error| {
            let range = error.span().unwrap_or(text.len()..text.len());
            (place::within(text, range.start, range.end), error.message())
        })
        .collect();
    if let (Some(open), false) = (unclosed, errors.is_empty()) {
        errors.retain(|(span, _)| span.start < open.start);
        let (open, close) = if text[open.start..].starts_with('[') { ((open, '['), ']') } else { ((open, '{'), '}') };
        let fault = new(&format!("`{}` is never closed", open.1), open.0, "opened here");
        faults.push(fault.help(format!("add `{close}` where it ends")));
    }
    errors.sort_by_key(|(span, _)| span.start);
    let mut explained: Option<Span> = None;
    for (span, message) in errors {
        if faults.len() >= MAX_SYNTAX_FAULTS {
            break;
        }
        if explained.is_some_and(|place| span.start <= place.end) {
            continue;
        }
        let fault = explain(text, span, message);
        let line = place::line(text, span.start);
        let end = fault.span.map_or(line.end, |span| span.end.max(line.end));
        explained = Some(Span::new(line.start, end));
        faults.push(fault);
    }
    faults
}

fn new(message: &str, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(Code::Syntax, message).at(span, label)
}

fn explain(text: &str, span: Span, message: &str) -> Diagnostic {
    let line = place::line(text, span.start);
    let written = &text[line.start..line.end];
    if message.contains("string, expected") && !message.contains("quoted") {
        return open_quote(text, span);
    }
    if message.contains("escape") {
        return new("an unknown escape", letter_or_before(text, span), "in a text with double quotes")
            .help("write a backslash as `\\\\`, or use single quotes: 'C:\\temp'");
    }
    if let Some(fault) = odd_blank(text, line) {
        return fault;
    }
    let is_bad_key = message.contains("unquoted key");
    let has_no_equals = is_bad_key && !written.contains('=') && !written.trim_start().starts_with('[');
    if has_no_equals || message.starts_with("key with no value") || message.starts_with("invalid key-value") {
        return no_value(line, written);
    }
    if is_bad_key {
        let words = Tokens::new(written).map(|(_, word)| Span::new(line.start + word.start, line.start + word.end));
        let word = words.filter(|word| word.start <= span.start).last();
        let key = word.unwrap_or(letter_or_before(text, span));
        return new("a key that needs quotes", key, "bare keys have the letters A to Z, digits, `-` and `_`")
            .help(format!("write `\"{}\"`", short(&text[key.start..key.end])));
    }
    if message.starts_with("extra `=`") {
        return new("an `=` too many", span, "one is enough").help("write `key = value`");
    }
    if message.starts_with("missing comma") || message.starts_with("extra assignment") {
        let here = place::within(text, span.start, span.start);
        return new("a comma is missing", here, "a comma is due here");
    }
    if message.starts_with("unclosed") {
        return new("a bracket is missing", letter_or_before(text, span), "a closing `]` is due here");
    }
    if let Some(fault) = value(text, span, line, message) {
        return fault;
    }
    let message = format!("not valid TOML: {}", short(message));
    new(&message, letter_or_before(text, span), "here")
}

/// The span, or the letter at an empty span.
fn letter_or_before(text: &str, span: Span) -> Span {
    if span.start == span.end && text[span.start..].starts_with(['\r', '\n']) {
        return span;
    }
    if span.start == span.end { place::letter(text, span.start) } else { place::first_line(text, span) }
}

fn open_quote(text: &str, span: Span) -> Diagnostic {
    // The error stands where the quote is due; the quoted word that ends there has the opening one.
    let opened = Tokens::new(text)
        .take_while(|(_, word)| word.start <= span.start)
        .filter(|(kind, word)| *kind == Kind::Quoted && word.end >= span.start)
        .last();
    let place = opened.map_or_else(|| letter_or_before(text, span), |(_, word)| place::first_line(text, word));
    new("a quote is never closed", place, "opened here").help("add the closing quote")
}

fn no_value(line: Span, written: &str) -> Diagnostic {
    let start = line.end - written.trim_start().len();
    let place = Span::new(start, start + written.trim().len());
    let content = written.trim();
    if content.starts_with("//") || content.starts_with("/*") || content.starts_with("--") {
        return new("a comment that TOML does not know", place, "comments begin with `#`");
    }
    if content.starts_with('{') {
        return new("a `{` where a key is due", place, "TOML has no braces around the whole file")
            .help("if the file is JSON, give it a name that ends in `.json`");
    }
    if content.starts_with("- ") {
        return new("a list item as in YAML", place, "TOML writes lists as `key = [\"a\", \"b\"]`")
            .help("if the file is YAML, give it a name that ends in `.yaml`");
    }
    if let Some((key, value)) = content.split_once(':') {
        let help = match value.trim() {
            "" => format!("write `[{}]` for a table, or `key = value`", short(key.trim())),
            value => format!("write `{} = {}`", short(key.trim()), as_value(value)),
        };
        return new("`:` where `=` is due", place, "this looks like YAML")
            .help(help)
            .help("if the file is YAML, give it a name that ends in `.yaml`");
    }
    new("a key without a value", place, "an `=` and a value are due here").help("write `key = value`")
}

/// A blank that TOML does not know, such as text programs put before `=`.
fn odd_blank(text: &str, line: Span) -> Option<Diagnostic> {
    let is_odd = |c: char| (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{200b}' | '\u{feff}');
    let words = Tokens::new(&text[line.start..line.end]).filter(|(kind, _)| *kind == Kind::Bare);
    let mut words = words.map(|(_, word)| Span::new(line.start + word.start, line.start + word.end));
    let place = words.find(|word| text[word.start..word.end].contains(is_odd))?;
    let written = &text[place.start..place.end];
    // Within a text that lacks its quotes it does not matter.
    let is_key = !text[line.start..place.start].contains('=');
    if !is_key && !written.trim_matches(is_odd).is_empty() {
        return None;
    }
    let code = u32::from(written.chars().find(|c| is_odd(*c))?);
    let plain: String = written.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let fault = new("a blank that is no plain space", place, &format!("U+{code:04X} looks like a space and is none"));
    Some(match plain.trim() {
        "" => fault.help("write a plain space in its place"),
        plain => fault.help(format!("write `{}` with plain spaces around it", short(plain))),
    })
}

/// A value as TOML writes it: in quotes unless it is a number, a flag, a list or a table.
fn as_value(written: &str) -> String {
    let is_value = written.starts_with(['"', '\'', '[', '{'])
        || matches!(written, "true" | "false")
        || written.bytes().all(|b| b.is_ascii_digit() || b == b'.') && written.parse::<f64>().is_ok();
    if is_value { short(written) } else { format!("\"{}\"", short(written.trim_matches(QUOTES))) }
}

/// Quotes that text programs write; TOML knows none but the straight ones.
const QUOTES: [char; 14] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›', '"', '\''];

/// The whole value around `span` within brackets: from the sign before it to the one behind.
fn value_within(text: &str, span: Span, value: Span) -> Option<Span> {
    let before = text.get(value.start..span.start)?.rfind(['=', ',', '[', '{']).map(|at| value.start + at + 1)?;
    let end = text.get(span.start..value.end)?.find([',', '}', ']', '=']).map_or(value.end, |at| span.start + at);
    let place = place::trimmed(text, Span::new(before, end));
    let written = &text[place.start..place.end];
    let is_one = !written.is_empty() && !written.contains(['"', '\'', '\n']) && !text[end..].starts_with('=');
    is_one.then_some(place)
}

/// What stands after `=`, where something is wrong with it.
fn value(text: &str, span: Span, line: Span, message: &str) -> Option<Diagnostic> {
    let value = value_on(text, line)?;
    let in_brackets = text[value.start..].starts_with(['[', '{']);
    let place = if in_brackets {
        value_within(text, span, value).unwrap_or_else(|| place::first_line(text, span))
    } else {
        value
    };
    let written = &text[place.start..place.end];
    if written.is_empty() {
        let after = Span::new(place.start, place.start);
        return Some(new("a value is missing", after, "a value is due here"));
    }
    if written.starts_with(['"', '\'']) {
        let rest = Span::new(span.start, value.end.max(span.start));
        let second = text[rest.start..rest.end].split_once('=').map(|(key, _)| key.trim());
        if second.is_some_and(|key| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))) {
            let fault = new("two keys on one line", rest, "a second key");
            return Some(fault.help("write each key on a line of its own"));
        }
        let fault = new("text after a closing quote", rest, "the quoted text ends before this");
        return Some(fault.help("put the whole text into double quotes, and write quotes within it as `\\\"`"));
    }
    if written.starts_with(['[', '{']) {
        return None;
    }
    let before_key = written.rfind(' ').map(|blank| place.start + written[..blank].trim_end().len());
    if let (true, Some(end)) = (in_brackets && text[place.end..].trim_start().starts_with('='), before_key) {
        return Some(new("a comma is missing", Span::new(end, end), "a comma is due here"));
    }
    let help = match written.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "write `true`".to_owned(),
        "false" | "no" | "off" => "write `false`".to_owned(),
        "null" | "none" | "nil" | "~" => "TOML has no null: leave the key out".to_owned(),
        _ if message.contains("leading zero") => "write the number without leading zeros".to_owned(),
        _ if message.contains("invalid date") || message.contains("invalid time") => {
            return Some(new("a date that does not exist", place, "not a date").help("write `2026-09-30`"));
        }
        _ if written.contains('=') => {
            return Some(
                new("two keys on one line", place, "a second `=`").help("write each key on a line of its own"),
            );
        }
        lower if lower.ends_with([',', ';']) => "write nothing after the value: a line ends by itself".to_owned(),
        _ if is_decimal_comma(written) => {
            format!(
                "write `\"{written}\"` in quotes, or `{}` where a number without a unit is due",
                written.replace(',', ".")
            )
        }
        _ => format!("write `\"{}\"`", short(written.trim_matches(QUOTES))),
    };
    if is_decimal_comma(written) {
        return Some(new("a decimal comma", place, "TOML numbers have a decimal point").help(help));
    }
    let title = if message.contains("leading zero") {
        "a number with a leading zero"
    } else if written.ends_with([',', ';']) {
        "something after the value"
    } else {
        "text without quotes"
    };
    Some(new(title, place, "TOML text needs straight quotes").help(help))
}

/// Whether a text is a number with a comma for its point: `1,5`.
fn is_decimal_comma(written: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    written.split_once(',').is_some_and(|(whole, fraction)| is_digits(whole) && is_digits(fraction))
}

/// The place after the first `=` of a line, without white space and comment.
fn value_on(text: &str, line: Span) -> Option<Span> {
    let written = &text[line.start..line.end];
    let mut words = Tokens::new(written).skip_while(|(kind, _)| *kind != Kind::Sign(b'='));
    let (_, equals) = words.next()?;
    let comment = words.find(|(kind, _)| *kind == Kind::Comment);
    let end = comment.map_or(line.end, |(_, comment)| line.start + comment.start);
    let start = line.start + equals.end;
    let value = place::trimmed(text, Span::new(start, end));
    // Nothing but white space: the place is right after the `=`.
    Some(if value.start == value.end { Span::new(start, start) } else { value })
}
