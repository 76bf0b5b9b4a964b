//! What stands at a key that is no quantity: a text, a day, a word, a number, the id of something.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::cursor::{Cursor, literal, wrong_kind};
use super::explain::grouped;
use super::quantity::number;
use super::word::{cleaned_id, is_id, nearest};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Id, PlanId};
use crate::scenario::grammar::{Field, Form};
use crate::scenario::syntax::{Node, Value};
use crate::units::reading::{Undated, day};

impl<'r> Cursor<'r, '_> {
    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        if text.trim().is_empty() {
            self.reader.report(
                Diagnostic::new(Code::BadQuantity, format!("`{key}` is empty"))
                    .at(node.span, "nothing written here")
                    .help(format!(
                        "write for example `{}`, or leave the key out",
                        self.field(key).map_or("", |f| f.example)
                    ))
                    .path(self.path_of(key)),
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// The text at a node, or a fault.
    pub fn text_of<'n>(&self, node: &'n Node, key: &str) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            _ => {
                let example = self.field(key).map_or("", |field| field.example);
                let help = match (&node.value, literal(node)) {
                    (Value::Number(_) | Value::Bool(_), Some(value)) => format!("write `{key} = \"{value}\"`"),
                    _ => format!("write for example `{example}`"),
                };
                self.reader
                    .report(wrong_kind(node, &format!("`{key}` is a text in quotes"), &self.path_of(key)).help(help));
                None
            }
        }
    }

    /// true or false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        let help = match &node.value {
            Value::Bool(flag) => return Some(*flag),
            Value::Text(word) => match word.to_ascii_lowercase().as_str() {
                "yes" | "true" | "on" | "y" => format!("write `{key} = true`"),
                "no" | "false" | "off" | "n" => format!("write `{key} = false`"),
                _ => format!("write `{key} = true` or leave the key out"),
            },
            _ => format!("write `{key} = true` or leave the key out"),
        };
        self.reader.report(
            wrong_kind(node, &format!("`{key}` is true or false, without quotes"), &self.path_of(key)).help(help),
        );
        None
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        let unread = match day(text) {
            Ok(date) => return Some(date),
            Err(unread) => unread,
        };
        let place = |message: String, label: &str| {
            Diagnostic::new(Code::BadQuantity, message).at(node.span, label).path(self.path_of(key))
        };
        self.reader.report(match unread {
            Undated::TwoReadings([one, other]) => {
                place(format!("\"{text}\" can be read in two ways: as {one} or as {other}"), "which of the two?")
                    .help(format!("write year, month and day: \"{one}\" or \"{other}\""))
            }
            Undated::NoDay => place(format!("\"{text}\" is not a day of the calendar"), "not a day")
                .help("write year, month and day, such as \"2027-01-31\""),
        });
        None
    }

    /// A whole number in the bounds of its field.
    pub fn integer(&self, key: &str) -> Option<u64> {
        let node = self.node(key)?;
        let Some(Field { form: Form::Integer(least, most), .. }) = self.field(key) else { return None };
        let number = match &node.value {
            Value::Number(text) => number(text).filter(Decimal::is_integer),
            _ => None,
        };
        // A minus before a zero is a slip as well.
        let is_negative = matches!(&node.value, Value::Number(text) if text.starts_with('-'));
        let fits = number.and_then(|n| u64::try_from(n).ok()).filter(|n| (least..=most).contains(&n) && !is_negative);
        if fits.is_none() {
            let own = match &node.value {
                Value::Text(text) => self::number(text).filter(|n| n.is_integer() && !n.is_sign_negative()),
                _ => None,
            };
            let diagnostic = if let Some(number) = number {
                let label = if is_negative && number.is_zero() { "negative zero" } else { "out of range" };
                Diagnostic::new(
                    Code::OutOfRange,
                    format!("`{key}` lies outside {} to {}", grouped((*least).into()), grouped((*most).into())),
                )
                .at(node.span, label)
                .path(self.path_of(key))
            } else {
                wrong_kind(node, &format!("`{key}` is a whole number, without quotes"), &self.path_of(key))
            };
            let example = self.field(key).map_or("", |field| field.example);
            self.reader.report(diagnostic.help(match own {
                Some(own) => format!("write `{key} = {own}`"),
                None => format!("write for example `{example}`"),
            }));
        }
        fits
    }

    /// A number above zero.
    pub fn positive(&self, key: &str) -> Option<Decimal> {
        let node = self.node(key)?;
        let number = match &node.value {
            Value::Number(text) => number(text),
            _ => None,
        };
        let fits = number.filter(|n| *n > Decimal::ZERO);
        if fits.is_none() {
            let example = self.field(key).map_or("", |field| field.example);
            let diagnostic = match &node.value {
                Value::Number(text) => {
                    Diagnostic::new(Code::OutOfRange, format!("`{key}` is {text}, and must be a number above 0"))
                        .at(node.span, "not above 0")
                        .path(self.path_of(key))
                }
                _ => wrong_kind(node, &format!("`{key}` is a number without quotes"), &self.path_of(key)),
            };
            self.reader.report(diagnostic.help(format!("write for example `{example}`")));
        }
        fits
    }

    /// One of the words of its field.
    pub fn word(&self, key: &str, words: &[&'static str]) -> Option<&'static str> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        self.word_of(node, text, words, key)
    }

    /// The known word that `text` is, or a fault with the nearest.
    pub fn word_of(&self, node: &Node, text: &str, words: &[&'static str], key: &str) -> Option<&'static str> {
        let found = words.iter().find(|word| **word == text).copied();
        if found.is_none() {
            let list: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let mut diagnostic = Diagnostic::new(Code::UnknownWord, format!("\"{text}\" is not a word for `{key}`"))
                .at(node.span, "unknown word")
                .path(self.path_of(key));
            if let Some(word) = nearest(text, words.iter().copied()) {
                diagnostic = diagnostic.help(format!("did you mean \"{word}\"?"));
            }
            self.reader.report(diagnostic.help(format!("words here: {}", list.join(", "))));
        }
        found
    }

    /// The texts of a list.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.text_nodes(key).into_iter().map(|(_, text)| text.to_owned()).collect()
    }

    fn text_nodes(&self, key: &str) -> Vec<(&'r Node, &'r str)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::List(nodes) = &node.value else {
            let example = self.field(key).map_or("", |field| field.example);
            let help = match (&node.value, literal(node)) {
                (Value::Text(_), Some(value)) => format!("write `{key} = [{value}]`"),
                _ => format!("write for example `{example}`"),
            };
            self.reader.report(
                wrong_kind(node, &format!("`{key}` is a list in square brackets"), &self.path_of(key)).help(help),
            );
            return Vec::new();
        };
        nodes.iter().filter_map(|node| self.text_of(node, key).map(|text| (node, text))).collect()
    }

    /// The index of what a key refers to.
    pub fn reference<I: Id>(&self, key: &str, kind: &'static str) -> Option<I> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        self.resolve(node, text, kind, key)
    }

    /// The indices of what a list refers to; a doubled entry is a fault.
    pub fn references<I: Id>(&self, key: &str, kind: &'static str) -> Vec<I> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let index = self.resolve(node, text, kind, key)?;
            Some((index, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// The elements of a list without what is named again, which is a fault.
    fn each_once<T: PartialEq>(&self, named: Vec<(T, Span, &str)>, key: &str) -> Vec<T> {
        let mut found: Vec<(T, Span)> = Vec::new();
        for (element, span, text) in named {
            match found.iter().find(|(known, _)| *known == element) {
                Some((_, first)) => self.doubled(span, *first, text, key),
                None => found.push((element, span)),
            }
        }
        found.into_iter().map(|(element, _)| element).collect()
    }

    /// Notes that a list names something twice.
    pub fn doubled(&self, span: Span, first: Span, text: &str, key: &str) {
        self.reader.report(
            Diagnostic::new(Code::Contradiction, format!("`{key}` names \"{text}\" twice"))
                .at(span, "again here")
                .also(first, "first here")
                .help("write it once")
                .path(self.path_of(key)),
        );
    }

    /// The words of a list with their nodes.
    pub fn words(&self, key: &str, words: &[&'static str]) -> Vec<&'static str> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let word = self.word_of(node, text, words, key)?;
            Some((word, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// References where the word `today` stands for no plan.
    pub fn plan_references(&self, key: &str) -> Vec<Option<PlanId>> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let plan = if text == "today" { None } else { Some(self.resolve(node, text, "plan", key)?) };
            Some((plan, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// The index of an id, or a fault with the id that was probably meant.
    pub fn resolve<I: Id>(&self, node: &Node, id: &str, kind: &'static str, key: &str) -> Option<I> {
        let found = self.reader.resolve(kind, id);
        // Where an id cannot be read, that fault is the cause of this one.
        if found.is_none() && !self.reader.has_unreadable_id(kind) {
            let ids = self.reader.ids(kind).iter().map(String::as_str);
            let words = kind.replace('_', " ");
            let diagnostic = Diagnostic::new(Code::UnknownId, format!("there is no {words} \"{id}\""))
                .at(node.span, format!("no {words} has this id"))
                .path(self.path_of(key));
            let alike = self.reader.may_compare(ids.len()).then(|| nearest(id, ids.clone())).flatten();
            let help = match (self.reader.id_of_name(kind, id), alike) {
                _ if key == "plans" && id.eq_ignore_ascii_case("today") => "did you mean \"today\"?".to_owned(),
                (Some(id), _) => format!("this is its name; write its id, \"{id}\""),
                (None, Some(id)) => format!("did you mean \"{id}\"?"),
                (None, None) if ids.len() == 0 => {
                    format!("the file has none yet: add a `[[{kind}]]` with `id = \"{id}\"`")
                }
                (None, None) => {
                    let more = if ids.len() > 12 { ", …" } else { "" };
                    let list: Vec<String> = ids.take(12).map(|id| format!("\"{id}\"")).collect();
                    format!("ids of {words}s: {}{more}", list.join(", "))
                }
            };
            self.reader.report(diagnostic.help(help));
        }
        found.map(I::new)
    }

    /// The id of this table.
    pub fn id(&self) -> String {
        let Some(node) = self.node("id") else { return String::new() };
        let Some(id) = self.text_of(node, "id") else { return String::new() };
        if !is_id(id) {
            let cleaned = cleaned_id(id);
            self.reader.report(
                Diagnostic::new(Code::BadId, format!("\"{id}\" cannot be an id"))
                    .at(node.span, "letters, digits, `-` and `_` only")
                    .help(format!("write for example \"{cleaned}\"; the `name` may be any text"))
                    .path(self.path_of("id")),
            );
        }
        id.to_owned()
    }
}
