//! What does a YAML text say?
//!
//! YAML 1.2 with the core schema, read from saphyr-parser's events, which come one by one without
//! recursion. Of YAML's extras, aliases are followed; tags, merge keys and several documents are
//! refused, because they have no equal in TOML and JSON and hide what a figure is.

mod advice;
mod anchor;
mod letters;
mod plain;

use super::duplicate;
use super::limit::{MAX_LEVELS, MAX_SYNTAX_FAULTS, MAX_VALUES, too_deep, too_many};
use super::place;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Span};
use anchor::Anchors;
use letters::Letters;
use saphyr_parser::{Event, Input, Parser, ScalarStyle};
use std::cell::Cell;

/// Nothing after this point can be read; the faults say why.
struct Stop;

/// A list or table that is not closed yet.
struct Open {
    span: Span,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Table { entries: Vec<Entry>, key: Option<(String, Span)> },
}

struct Reader<'a> {
    text: &'a str,
    letters: Letters<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    anchors: Anchors,
    documents: usize,
    /// The end of what was read last.
    last: usize,
    values: usize,
    syntax: Vec<Diagnostic>,
    duplicates: Vec<Diagnostic>,
}

/// The tree of a YAML text.
pub(super) fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let mut reader = Reader {
        text,
        letters: Letters::new(text),
        open: Vec::new(),
        root: None,
        anchors: Anchors::default(),
        documents: 0,
        last: 0,
        values: 0,
        syntax: Vec::new(),
        duplicates: Vec::new(),
    };
    let reach = Reach::default();
    if text.len() <= REACH {
        reader.follow(Parser::new_from_str(text), &reach);
    } else {
        reader.follow(Parser::new_from_iter(reach.letters(text)), &reach);
        if reach.is_exceeded() {
            return Err(vec![reader.too_wide()]);
        }
    }
    let mut faults = reader.syntax;
    faults.append(&mut reader.duplicates);
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(reader.root.unwrap_or(Node { value: Value::Null, span: Span::default() }))
}

/// How far the parser may read before it tells what it has read, in letters.
///
/// It keeps a whole value in brackets in memory, at some forty times its size, where that value
/// could be a key.
const REACH: usize = 2_000_000;

/// How far the parser has read, and how far it may.
struct Reach {
    read: Cell<usize>,
    allowed: Cell<usize>,
}

impl Default for Reach {
    fn default() -> Self {
        Self { read: Cell::new(0), allowed: Cell::new(REACH) }
    }
}

impl Reach {
    /// The letters of the text; to the parser it ends where the reach does.
    fn letters<'a>(&'a self, text: &'a str) -> impl Iterator<Item = char> + 'a {
        text.chars().take_while(|_| {
            self.read.set(self.read.get() + 1);
            !self.is_exceeded()
        })
    }

    fn is_exceeded(&self) -> bool {
        self.read.get() > self.allowed.get()
    }
}

impl Reader<'_> {
    /// Takes the parser's events until the end or until reading on is of no use.
    fn follow<'a, T: Input>(&mut self, mut parser: Parser<'a, T>, reach: &Reach) {
        while let Some(event) = parser.next_event() {
            if reach.is_exceeded() {
                return;
            }
            reach.allowed.set(reach.read.get() + REACH);
            let go_on = match event {
                Ok((event, span)) => {
                    let span = self.letters.span(span.start.index(), span.end.index());
                    self.last = self.last.max(span.end);
                    self.take(event, span)
                }
                Err(error) => {
                    let at = self.letters.byte(error.marker().index());
                    let flow = self.open.iter().rev().map(|open| open.span).find(|span| self.is_flow(*span));
                    self.syntax.push(advice::fault(self.text, at, error.info(), flow));
                    Err(Stop)
                }
            };
            if go_on.is_err() {
                return;
            }
        }
    }

    /// The fault of a value beyond the parser's reach.
    fn too_wide(&self) -> Diagnostic {
        let rest = &self.text[self.last..];
        let open = rest.find(['[', '{', '"', '\'']).map_or(self.last, |at| self.last + at);
        Diagnostic::new(Code::TooBig, "one value in brackets or quotes of more than 2 MB")
            .at(place::letter(self.text, open), "it begins about here")
            .help("if the file is JSON, give it a name that ends in `.json`")
            .help("else write lists and tables on lines of their own, without brackets")
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let place = place::first_line(self.text, span);
                    let fault = Diagnostic::new(Code::Syntax, "several documents in one file")
                        .at(place, "a second document begins here")
                        .help("keep one scenario in one file, and no line `---` within it");
                    self.syntax.push(fault);
                    return Err(Stop);
                }
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span)?;
                self.open(span, anchor, Content::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span)?;
                self.open(span, anchor, Content::Table { entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), span)?;
                self.scalar(&text, style, anchor, span)?;
            }
            Event::Alias(anchor) => match self.anchors.copy(anchor, span, self.open.len()) {
                Ok(node) => self.put(node)?,
                Err(fault) => {
                    self.syntax.push(fault);
                    return Err(Stop);
                }
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn count(&mut self, span: Span) -> Result<(), Stop> {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.syntax.push(too_many(span));
            return Err(Stop);
        }
        Ok(())
    }

    fn open(&mut self, span: Span, anchor: usize, content: Content) -> Result<(), Stop> {
        self.count(span)?;
        if self.open.len() >= MAX_LEVELS {
            self.syntax.push(too_deep(span));
            return Err(Stop);
        }
        let span = self.without_anchor(span);
        self.open.push(Open { span, anchor, content });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else { return Err(Stop) };
        let flow = self.is_flow(open.span);
        let last = match &open.content {
            Content::List(items) => items.last().map(|item| item.span.end),
            Content::Table { entries, .. } => entries.last().map(|entry| entry.node.span.end.max(entry.key_span.end)),
        };
        // A block ends where its last value does; the parser sees the end only on a later line.
        let end = if flow { end.end } else { last.unwrap_or(open.span.end) };
        let value = match open.content {
            Content::List(items) => Value::List(items),
            Content::Table { entries, .. } => Value::Table(duplicate::table(entries, &mut self.duplicates)),
        };
        let node = Node { value, span: Span::new(open.span.start, end.max(open.span.end)) };
        self.finish(node, open.anchor)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, span: Span) -> Result<(), Stop> {
        self.count(span)?;
        let span = self.without_anchor(span);
        let (value, span) = match style {
            // Only a value that is not written at all is plain and empty.
            ScalarStyle::Plain if text.is_empty() => (Value::Null, Span::new(span.start, span.start)),
            ScalarStyle::Plain => (plain::value(text), span),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                (Value::Text(text.to_owned()), place::quoted(self.text, span))
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (Value::Text(text.to_owned()), place::trimmed(self.text, span))
            }
        };
        let is_plain = style == ScalarStyle::Plain;
        if is_plain && self.is_key_due() {
            return self.plain_key(text, span);
        }
        self.finish(Node { value, span }, anchor)
    }

    fn plain_key(&mut self, text: &str, span: Span) -> Result<(), Stop> {
        let fault = match text {
            "" => Diagnostic::new(Code::Syntax, "a key is missing").at(span, "a key is due before the colon"),
            "<<" => Diagnostic::new(Code::Syntax, "merge keys (`<<`) are not read")
                .at(span, "this would mix in another table's keys")
                .help("write the keys out, or give the whole value as an alias: `loss: *name`"),
            _ => return self.put_key(text.to_owned(), span),
        };
        self.syntax.push(fault);
        self.enough()?;
        self.put_key(text.to_owned(), span)
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        if anchor != 0
            && let Err(fault) = self.anchors.keep(anchor, &node)
        {
            self.syntax.push(fault);
            return Err(Stop);
        }
        self.put(node)
    }

    /// Puts a value where it belongs: into the open list or table, as a key or as the root.
    fn put(&mut self, node: Node) -> Result<(), Stop> {
        if self.is_key_due() {
            return match node.value {
                Value::Text(key) | Value::Number(key) => self.put_key(key, node.span),
                Value::Bool(is) => self.put_key(is.to_string(), node.span),
                Value::Null | Value::List(_) | Value::Table(_) => {
                    let fault = Diagnostic::new(Code::Syntax, "a key that is not a text")
                        .at(place::first_line(self.text, node.span), "a key must be one word or text")
                        .help("put quotes around text that begins with `{` or `[`");
                    self.syntax.push(fault);
                    self.enough()?;
                    self.put_key(String::new(), node.span)
                }
            };
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Table { entries, key }) => {
                let (key, key_span) = key.take().unwrap_or_default();
                entries.push(Entry { key, key_span, node });
            }
        }
        Ok(())
    }

    fn put_key(&mut self, text: String, span: Span) -> Result<(), Stop> {
        if let Some(Open { content: Content::Table { key, .. }, .. }) = self.open.last_mut() {
            *key = Some((text, span));
        }
        Ok(())
    }

    fn is_key_due(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Table { key: None, .. }, .. }))
    }

    /// Whether a list or table is written in brackets.
    fn is_flow(&self, span: Span) -> bool {
        self.text[span.start..].starts_with(['[', '{'])
    }

    /// The span of a value without the `&name` before it.
    fn without_anchor(&self, span: Span) -> Span {
        let written = &self.text[span.start..span.end];
        let Some(named) = written.strip_prefix('&') else { return span };
        let length = named.find(char::is_whitespace).unwrap_or(named.len());
        let start = span.end - named[length..].trim_start().len();
        Span::new(start, span.end)
    }

    fn refuse_tag(&mut self, tag: Option<&saphyr_parser::Tag>, span: Span) -> Result<(), Stop> {
        let Some(tag) = tag else { return Ok(()) };
        let name = if tag.is_yaml_core_schema() {
            format!("!!{}", tag.suffix)
        } else {
            format!("{}{}", tag.handle, tag.suffix)
        };
        let message = format!("tags such as `{}` are not read", place::short(&name));
        let fault = Diagnostic::new(Code::Syntax, message)
            .at(place::first_line(self.text, span), "a value with a tag")
            .help("leave the tag out; put quotes around what must be text");
        self.syntax.push(fault);
        self.enough()
    }

    fn enough(&self) -> Result<(), Stop> {
        if self.syntax.len() >= MAX_SYNTAX_FAULTS { Err(Stop) } else { Ok(()) }
    }
}
