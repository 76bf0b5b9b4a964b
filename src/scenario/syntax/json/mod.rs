//! What does a JSON text say?
//!
//! Strict JSON (RFC 8259). The scanner is jsonc-parser's, told to let pass everything that people
//! write by habit (comments, single quotes, unquoted words), so that it can be refused here by
//! name and reading can go on to the next fault. Numbers keep their digits.

mod refusal;

use super::duplicate;
use super::limit::{MAX_LEVELS, MAX_SYNTAX_FAULTS, MAX_VALUES, too_deep, too_many};
use super::place;
use super::tree::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, Span};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use refusal::PushHelp as _;

/// Nothing after this point can be trusted; the faults say why.
struct Stop;

type Step<T> = Result<T, Stop>;

struct Piece<'a> {
    token: Token<'a>,
    span: Span,
}

struct Reader<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
    /// Where the scanner's text begins; it starts anew after text it cannot scan.
    base: usize,
    /// The end of the last piece.
    end: usize,
    /// A piece that was looked at but not used.
    ahead: Option<Piece<'a>>,
    values: usize,
    syntax: Vec<Diagnostic>,
    duplicates: Vec<Diagnostic>,
}

/// The tree of a JSON text.
pub(super) fn read(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let mut reader = Reader {
        text,
        scanner: scanner(text),
        base: 0,
        end: 0,
        ahead: None,
        values: 0,
        syntax: Vec::new(),
        duplicates: Vec::new(),
    };
    let root = reader.document();
    let mut faults = reader.syntax;
    faults.append(&mut reader.duplicates);
    match root {
        Ok(root) if faults.is_empty() => Ok(root),
        _ => Err(faults),
    }
}

fn scanner(text: &str) -> Scanner<'_> {
    let options = ScannerOptions {
        // JSON5's escapes change what a string says, so these are refused at once.
        allow_extended_string_escapes: false,
        ..ScannerOptions::default()
    };
    Scanner::new(text, &options)
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Step<Node> {
        let Some(first) = self.advance()? else {
            return Ok(Node { value: Value::Null, span: Span::new(0, 0) });
        };
        let root = self.value(first, 1)?;
        if let Some(more) = self.advance()? {
            self.fault("there is more text after the end", more.span, "this is not part of the table")
                .push_help("a JSON file is one `{ … }`; check for a closing `}` too many");
            return Err(Stop);
        }
        Ok(root)
    }

    fn value(&mut self, piece: Piece<'a>, level: usize) -> Step<Node> {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.syntax.push(too_many(piece.span));
            return Err(Stop);
        }
        let Piece { token, span } = piece;
        let value = match token {
            Token::OpenBrace | Token::OpenBracket if level > MAX_LEVELS => {
                self.syntax.push(too_deep(span));
                return Err(Stop);
            }
            Token::OpenBrace => return self.table(span, level),
            Token::OpenBracket => return self.list(span, level),
            Token::String(text) => Value::Text(text.into_owned()),
            Token::Boolean(is) => Value::Bool(is),
            Token::Null => Value::Null,
            Token::Number(text) if self.ends_cleanly(span.end) => {
                self.check_number(text, span)?;
                Value::Number(text.to_owned())
            }
            Token::Word(_) | Token::Number(_) => return self.bare_text(span.start),
            Token::Comma | Token::Colon | Token::CloseBrace | Token::CloseBracket => {
                self.fault("a value is missing", span, "a value is due before this");
                return Err(Stop);
            }
            Token::CommentLine(_) | Token::CommentBlock(_) => return Err(Stop),
        };
        Ok(Node { value, span })
    }

    fn table(&mut self, open: Span, level: usize) -> Step<Node> {
        let mut entries = Vec::new();
        let mut comma = None;
        loop {
            let Some(piece) = self.advance()? else { return self.never_closed(open, "{") };
            let key = match piece.token {
                Token::CloseBrace => {
                    self.check_last_comma(comma)?;
                    break;
                }
                Token::String(key) => key.into_owned(),
                Token::Word(_) | Token::Number(_) | Token::Boolean(_) | Token::Null => {
                    let key = self.text[piece.span.start..piece.span.end].to_owned();
                    let help = format!("write `\"{}\"`", place::short(&key));
                    self.fault("a key without quotes", piece.span, "JSON keys need double quotes").push_help(help);
                    self.enough()?;
                    key
                }
                Token::CloseBracket => return self.wrong_close(open, piece.span, "}"),
                _ => {
                    self.fault("a key is missing", piece.span, "a key in double quotes is due here");
                    return Err(Stop);
                }
            };
            self.colon(piece.span)?;
            let Some(first) = self.advance_to_value()? else { return self.never_closed(open, "{") };
            let node = self.value(first, level + 1)?;
            entries.push(Entry { key, key_span: piece.span, node });
            comma = match self.separator(open, "{")? {
                Separator::Comma(span) => Some(span),
                Separator::Close(Token::CloseBrace) => break,
                Separator::Close(_) => return self.wrong_close(open, self.last_letter(), "}"),
                Separator::Missing => None,
            };
        }
        let table = duplicate::table(entries, &mut self.duplicates);
        Ok(Node { value: Value::Table(table), span: Span::new(open.start, self.end) })
    }

    fn list(&mut self, open: Span, level: usize) -> Step<Node> {
        let mut items = Vec::new();
        let mut comma = None;
        loop {
            let Some(piece) = self.advance_to_value()? else { return self.never_closed(open, "[") };
            if piece.token == Token::CloseBracket {
                self.check_last_comma(comma)?;
                break;
            } else if piece.token == Token::CloseBrace {
                return self.wrong_close(open, piece.span, "]");
            }
            items.push(self.value(piece, level + 1)?);
            comma = match self.separator(open, "[")? {
                Separator::Comma(span) => Some(span),
                Separator::Close(Token::CloseBracket) => break,
                Separator::Close(_) => return self.wrong_close(open, self.last_letter(), "]"),
                Separator::Missing => None,
            };
        }
        Ok(Node { value: Value::List(items), span: Span::new(open.start, self.end) })
    }

    /// What stands after a value.
    fn separator(&mut self, open: Span, bracket: &str) -> Step<Separator<'a>> {
        let after = self.end;
        let Some(piece) = self.advance()? else { return self.never_closed(open, bracket) };
        match piece.token {
            Token::Comma => Ok(Separator::Comma(piece.span)),
            Token::CloseBrace | Token::CloseBracket => Ok(Separator::Close(piece.token)),
            _ => {
                let place = place::within(self.text, after, after);
                self.fault("a comma is missing", place, "a comma is due here");
                self.enough()?;
                self.ahead = Some(piece);
                Ok(Separator::Missing)
            }
        }
    }

    fn colon(&mut self, key: Span) -> Step<()> {
        let gap = self.text[self.end..].len() - self.text[self.end..].trim_start().len();
        let at = self.end + gap;
        if self.ahead.is_none() && self.text[at..].starts_with('=') {
            self.fault("`=` where `:` is due", place::letter(self.text, at), "JSON writes `\"key\": value`");
            self.enough()?;
            self.restart(at + 1);
            return Ok(());
        }
        match self.advance()? {
            Some(Piece { token: Token::Colon, .. }) => Ok(()),
            _ => {
                self.fault("a key without a value", key, "a `:` and a value are due after this");
                Err(Stop)
            }
        }
    }

    /// The next piece, where a value is due: text that cannot be scanned is taken as unquoted text.
    fn advance_to_value(&mut self) -> Step<Option<Piece<'a>>> {
        let faults = self.syntax.len();
        match self.advance() {
            Err(Stop) if self.syntax.len() == faults + 1 => {
                let start = self.base + self.scanner.token_start();
                let scannable = self.text[start..].starts_with(['"', '\'', '/', '-', '+']);
                if scannable || self.syntax.len() >= MAX_SYNTAX_FAULTS {
                    return Err(Stop);
                }
                self.syntax.pop();
                Ok(Some(Piece { token: Token::Word(""), span: place::letter(self.text, start) }))
            }
            other => other,
        }
    }

    fn advance(&mut self) -> Step<Option<Piece<'a>>> {
        if let Some(piece) = self.ahead.take() {
            return Ok(Some(piece));
        }
        loop {
            let scanned = self.scanner.scan();
            let start = self.base + self.scanner.token_start();
            self.check_gap(start)?;
            match scanned {
                Ok(None) => return Ok(None),
                Ok(Some(token)) => {
                    self.end = self.base + self.scanner.token_end();
                    let span = place::within(self.text, start, self.end);
                    match token {
                        Token::CommentLine(_) | Token::CommentBlock(_) => {
                            let span = place::first_line(self.text, span);
                            self.fault("a comment in JSON", span, "JSON has no comments")
                                .push_help("delete it, or write the file in TOML or YAML, which have comments");
                            self.enough()?;
                        }
                        Token::String(_) => {
                            self.check_string(span)?;
                            return Ok(Some(Piece { token, span }));
                        }
                        token => return Ok(Some(Piece { token, span })),
                    }
                }
                Err(error) => {
                    let range = error.range();
                    let span = place::within(self.text, self.base + range.start, self.base + range.end);
                    self.scan_fault(span);
                    return Err(Stop);
                }
            }
        }
    }

    /// Starts scanning anew at `offset`.
    fn restart(&mut self, offset: usize) {
        self.base = offset;
        self.end = offset;
        self.scanner = scanner(&self.text[offset..]);
    }

    /// Text without quotes, up to the end of the value or the line.
    fn bare_text(&mut self, start: usize) -> Step<Node> {
        let rest = &self.text[start..];
        let length = rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
        let span = place::trimmed(self.text, Span::new(start, start + length));
        let word = &self.text[span.start..span.end];
        let help = match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => "write `true`".to_owned(),
            "false" | "no" | "off" => "write `false`".to_owned(),
            "null" | "none" | "nil" => "write `null`, or leave the key out".to_owned(),
            _ if word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
                "write a number without leading zeros, or text in double quotes".to_owned()
            }
            _ => format!("write `\"{}\"`", place::short(word.trim_matches(['“', '”', '„', '"', '\'']))),
        };
        self.fault("text without quotes", span, "JSON text needs straight double quotes").push_help(help);
        self.enough()?;
        let node = Node { value: Value::Text(word.to_owned()), span };
        self.restart(span.end);
        Ok(node)
    }

    fn ends_cleanly(&self, end: usize) -> bool {
        let next = self.text[end..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ':' | '}' | ']' | '/'))
    }

    fn last_letter(&self) -> Span {
        place::within(self.text, self.end.saturating_sub(1), self.end)
    }
}

enum Separator<'a> {
    Comma(Span),
    Close(Token<'a>),
    Missing,
}
