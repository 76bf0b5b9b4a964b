//! At which byte does the n-th letter stand?
//!
//! The YAML parser counts characters, everything else here counts bytes.

use crate::diagnostic::Span;

/// A mark is kept for every so many letters.
const STRIDE: usize = 64;

/// The letters of a text, each with its byte.
pub(super) struct Letters<'a> {
    text: &'a str,
    /// The byte of every 64th letter; empty where letters are bytes.
    marks: Vec<usize>,
}

impl<'a> Letters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Self { text, marks }
    }

    /// The byte of a letter; the end of the text for a letter beyond it.
    pub(super) fn byte(&self, letter: usize) -> usize {
        if self.marks.is_empty() {
            return letter.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(letter / STRIDE) else { return self.text.len() };
        let mut rest = self.text[mark..].char_indices();
        rest.nth(letter % STRIDE).map_or(self.text.len(), |(byte, _)| mark + byte)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.byte(start), self.byte(end))
    }
}
