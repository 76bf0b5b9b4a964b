//! What are the words of a TOML text?
//!
//! The library's own words are not public; these are cut at the same places, so that what is
//! counted and looked for here is what the library will meet.

use crate::diagnostic::Span;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of `.` `=` `,` `[` `]` `{` `}`.
    Sign(u8),
    /// Spaces and tabs.
    Blank,
    /// From `#` to the end of the line.
    Comment,
    /// A line break.
    Newline,
    /// Text in quotes, or from an open quote on.
    Quoted,
    /// Everything else: bare keys, numbers, dates, true, false.
    Bare,
}

/// The words of a text, one after the other.
pub(super) struct Tokens<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0 }
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Kind, Span);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        let until = |stop: &[u8]| rest.iter().position(|b| stop.contains(b)).unwrap_or(rest.len());
        let (kind, length) = match *rest.first()? {
            sign @ (b'.' | b'=' | b',' | b'[' | b']' | b'{' | b'}') => (Kind::Sign(sign), 1),
            b' ' | b'\t' => {
                let blank = rest.iter().position(|b| !matches!(b, b' ' | b'\t'));
                (Kind::Blank, blank.unwrap_or(rest.len()))
            }
            b'#' => (Kind::Comment, until(b"\r\n")),
            b'\n' => (Kind::Newline, 1),
            b'\r' => (Kind::Newline, if rest.get(1) == Some(&b'\n') { 2 } else { 1 }),
            b'"' | b'\'' => (Kind::Quoted, quoted(rest)),
            _ => (Kind::Bare, until(b".=,[]{} \t#\r\n")),
        };
        let start = self.at;
        self.at += length;
        Some((kind, Span::new(start, self.at)))
    }
}

/// The length of the quoted text that `rest` begins with; an open quote ends with its line, an open
/// triple quote with the text.
fn quoted(rest: &[u8]) -> usize {
    let quote = rest[0];
    let escapes = quote == b'"';
    let triple = rest.starts_with(&[quote; 3]);
    let mut at = if triple { 3 } else { 1 };
    while let Some(&byte) = rest.get(at) {
        if escapes && byte == b'\\' {
            // Only these two could be taken for something else after the backslash.
            at += if matches!(rest.get(at + 1), Some(b'"' | b'\\')) { 2 } else { 1 };
        } else if triple && rest[at..].starts_with(&[quote; 3]) {
            // Up to two quotes directly before the closing three belong to the text.
            let more = rest[at + 3..].iter().take(2).take_while(|&&b| b == quote).count();
            return at + 3 + more;
        } else if !triple && byte == quote {
            return at + 1;
        } else if !triple && byte == b'\n' {
            return at;
        } else {
            at += 1;
        }
    }
    rest.len()
}
