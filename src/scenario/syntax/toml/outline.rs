//! Is a TOML text small enough to be read, and which bracket is left open?
//!
//! The library builds dotted keys and headers of any depth, and then freeing them overflows the
//! stack; it also keeps every word of the text at once. So depth and words are counted before it
//! sees the text. The count errs on the side of too deep only for what is no TOML anyway.

use super::token::{Kind, Tokens};
use crate::diagnostic::{Diagnostic, Span};
use crate::scenario::syntax::limit::{MAX_LEVELS, too_deep, too_many};

/// A million values in a list are three million words. The library holds about 60 bytes a word.
const MAX_WORDS: usize = 4_000_000;

/// A bracket of a value that is open.
struct Open {
    span: Span,
    is_list: bool,
    level: usize,
    /// The `=` of a key was met and its value is due or being read.
    in_value: bool,
    /// A line ended since the last comma.
    broken: bool,
}

/// The opening bracket that was never closed, if there is one.
pub(super) fn unclosed(text: &str) -> Result<Option<Span>, Diagnostic> {
    let mut outline =
        Outline { level: 1, dots: 0, run: 0, was_dot: false, place: Place::Start, open: Vec::new(), unclosed: None };
    let mut words = 0;
    for (kind, span) in Tokens::new(text) {
        words += 1;
        if words > MAX_WORDS {
            return Err(too_many(span));
        }
        outline.take(kind, span);
        let level = outline.open.last().map_or(outline.level, |open| open.level) + outline.dots;
        if level > MAX_LEVELS || outline.run > MAX_LEVELS {
            return Err(too_deep(span));
        }
    }
    Ok(outline.unclosed.or(outline.open.last().map(|open| open.span)))
}

/// Where in a statement we are, outside of brackets.
#[derive(PartialEq)]
enum Place {
    Start,
    Header,
    Key,
    Value,
}

struct Outline {
    /// The level of the table that the last header opened.
    level: usize,
    /// The dots of the key that is being read.
    dots: usize,
    /// The dots in a row of words and dots, whatever they belong to.
    run: usize,
    was_dot: bool,
    place: Place,
    open: Vec<Open>,
    unclosed: Option<Span>,
}

impl Outline {
    fn take(&mut self, kind: Kind, span: Span) {
        self.count_run(kind);
        match kind {
            Kind::Blank | Kind::Comment => {}
            Kind::Newline => self.newline(),
            Kind::Sign(b'.') => {
                if self.place == Place::Header {
                    self.level += 1;
                } else if self.is_key() {
                    self.dots += 1;
                }
            }
            Kind::Sign(b'[') if self.place == Place::Start => {
                self.place = Place::Header;
                self.level = 2;
            }
            // A list of tables is two levels, and mostly its parents were counted as one.
            Kind::Sign(b'[') if self.place == Place::Header => self.level += 1,
            Kind::Sign(b']') if self.place == Place::Header => {}
            Kind::Sign(b'[' | b'{') if self.place != Place::Header => self.open(kind, span),
            Kind::Sign(b']' | b'}') => {
                self.open.pop();
                self.dots = 0;
            }
            Kind::Sign(b'=') => self.equals(),
            Kind::Sign(b',') => {
                self.dots = 0;
                if let Some(open) = self.open.last_mut() {
                    open.in_value = false;
                    open.broken = false;
                }
            }
            Kind::Sign(_) | Kind::Quoted | Kind::Bare => {
                if self.place == Place::Start {
                    self.place = Place::Key;
                }
            }
        }
    }

    fn count_run(&mut self, kind: Kind) {
        match kind {
            Kind::Sign(b'.') => {
                self.run += 1;
                self.was_dot = true;
            }
            Kind::Blank => {}
            Kind::Quoted | Kind::Bare if self.was_dot => self.was_dot = false,
            _ => {
                self.run = 0;
                self.was_dot = false;
            }
        }
    }

    fn is_key(&self) -> bool {
        match self.open.last() {
            Some(open) => !open.is_list && !open.in_value,
            None => matches!(self.place, Place::Start | Place::Key),
        }
    }

    fn newline(&mut self) {
        match self.open.last_mut() {
            Some(open) => open.broken = true,
            None => {
                self.place = Place::Start;
                self.dots = 0;
            }
        }
    }

    fn open(&mut self, kind: Kind, span: Span) {
        let level = self.open.last().map_or(self.level, |open| open.level) + self.dots + 1;
        self.dots = 0;
        let is_list = kind == Kind::Sign(b'[');
        self.open.push(Open { span, is_list, level, in_value: false, broken: false });
    }

    fn equals(&mut self) {
        match self.open.last_mut() {
            // A list has no keys: the next statement has begun and the bracket was forgotten.
            Some(open) if open.is_list || (open.in_value && open.broken) => {
                self.unclosed.get_or_insert(open.span);
                self.open.clear();
                self.place = Place::Value;
                self.dots = 0;
            }
            Some(open) => open.in_value = true,
            None => self.place = Place::Value,
        }
    }
}
