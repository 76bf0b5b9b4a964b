//! What does a part of a workbook say? XML (W3C, fifth edition) as a tree, by `quick-xml`.
//!
//! Names are told apart by their namespaces, not by their prefixes, as an office program does. What no office program
//! writes and what could hide something is refused: a document type, entities of its own, another encoding, a foreign
//! element where cells stand.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// Spreadsheets, their relations and drawings, by ECMA-376 and by ISO 29500 strict.
const KNOWN: [&str; 2] = ["http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"];
/// The most elements of a part.
const MOST: usize = 4_000_000;
/// How deep they may lie within each other.
const DEEPEST: usize = 100;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Its name without a prefix; empty where it belongs to no known namespace.
    pub name: String,
    /// The names and values of its attributes. Those of a namespace of their own have `:` before their names.
    attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Node>,
    /// Its own text.
    pub text: String,
}

impl Node {
    /// Reads a part.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(super) fn read(xml: &[u8]) -> Result<Self, String> {
        let xml = std::str::from_utf8(xml).map_err(|fault| fault.to_string())?;
        let mut reader = NsReader::from_str(xml.trim_start_matches('\u{feff}'));
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            let event = reader.read_event().map_err(|fault| fault.to_string())?;
            match event {
                Event::Start(ref start) | Event::Empty(ref start) => {
                    count += 1;
                    if count > MOST || open.len() > DEEPEST {
                        return Err(format!("more than {MOST} elements, or {DEEPEST} within each other"));
                    }
                    open.push(Self::of(start, &reader)?);
                    if matches!(event, Event::Empty(_)) {
                        close(&mut open);
                    }
                }
                Event::End(_) => close(&mut open),
                Event::Text(text) => say(&mut open, &text.xml10_content()),
                Event::CData(text) => say(&mut open, &text.xml10_content()),
                Event::GeneralRef(name) => {
                    let letter = name.resolve_char_ref().map_err(|fault| fault.to_string())?;
                    match (letter, quick_xml::escape::resolve_predefined_entity(&name)) {
                        (Some(letter), _) => say(&mut open, letter.encode_utf8(&mut [0; 4])),
                        (None, Some(text)) => say(&mut open, text),
                        (None, None) => return Err(format!("the entity &{}; is none of XML", &*name)),
                    }
                }
                Event::Decl(declaration) => match declaration.encoding() {
                    None => {}
                    Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => {}
                    Some(_) => return Err("an encoding that is not UTF-8".to_owned()),
                },
                Event::DocType(_) => return Err("a document type of its own".to_owned()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        // What stands around the root, and the root.
        let around = if open.len() == 1 { open.pop() } else { None };
        around.and_then(|mut around| around.children.pop()).ok_or_else(|| "it ends too early".to_owned())
    }

    fn of(start: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<Self, String> {
        let is_known = |found: &ResolveResult<'_>| matches!(found, ResolveResult::Bound(space) if KNOWN.iter().any(|known| space.as_ref().starts_with(known)));
        let (space, name) = reader.resolver().resolve_element(start.name());
        let name = if is_known(&space) { name.as_ref().to_owned() } else { String::new() };
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|fault| fault.to_string())?;
            let (space, key) = reader.resolver().resolve_attribute(attribute.key);
            let key = match space {
                ResolveResult::Unbound => key.as_ref().to_owned(),
                space if is_known(&space) => format!(":{}", key.as_ref()),
                _ => continue,
            };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|fault| fault.to_string())?;
            attributes.push((key, value.into_owned()));
        }
        Ok(Self { name, attributes, ..Self::default() })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether an attribute says yes.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self.attribute(name), Some("1" | "true" | "on"))
    }

    /// What of this name stands in it.
    pub(super) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// What of this name stands within what of that name.
    pub(super) fn within<'n>(&'n self, outer: &'n str, name: &'n str) -> impl Iterator<Item = &'n Self> {
        self.all(outer).flat_map(move |outer| outer.all(name))
    }

    /// Everything in it, at any depth.
    pub(super) fn deep(&self) -> Vec<&Self> {
        let mut found = vec![self];
        let mut at = 0;
        while let Some(node) = found.get(at).copied() {
            found.extend(&node.children);
            at += 1;
        }
        found
    }

    /// All text of a string of one or several forms of letters, without how it is pronounced.
    pub(super) fn said(&self) -> String {
        let runs = self.children.iter().flat_map(|child| match child.name.as_str() {
            "t" => vec![child],
            "r" => child.all("t").collect(),
            _ => Vec::new(),
        });
        runs.map(|text| text.text.as_str()).collect()
    }
}

fn close(open: &mut Vec<Node>) {
    if let [.., _, _] = open.as_slice()
        && let (Some(done), Some(outer)) = (open.pop(), open.last_mut())
    {
        outer.children.push(done);
    }
}

fn say(open: &mut [Node], text: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(text);
    }
}
