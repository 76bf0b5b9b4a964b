//! Which letters does which face have, and how wide are they?
//!
//! The paper is set in the embedded face, without kerning, so that digits stand under digits. Letters that it lacks are
//! set in faces that the caller found on the machine; what no face has is written as its name in brackets, and remembered,
//! so that somebody is told.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use owned_ttf_parser::{AsFaceRef, OwnedFace};

use super::{PdfError, names};
use crate::drawing::text::{FONT_BOLD, FONT_REGULAR};
use crate::units::Language;

/// A font of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// The file.
    pub bytes: Vec<u8>,
    /// Which face of a collection.
    pub index: u32,
}

/// The faces that a paper is set in.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    others: Vec<(Face, ShaperData)>,
    /// Letters that the embedded faces lack.
    foreign: RefCell<BTreeSet<char>>,
    /// Letters that no face has.
    unset: RefCell<BTreeSet<char>>,
    /// In which such letters are named.
    language: Language,
}

struct Face {
    outline: OwnedFace,
    font: Font,
    index: u32,
    /// Units per em.
    units: f64,
}

/// Which face a run is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Regular,
    Bold,
    Other(usize),
}

/// Glyphs of one face that follow each other.
pub(super) struct Run {
    pub font: Font,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub width: f64,
}

impl Face {
    fn new(bytes: Vec<u8>, index: u32) -> Option<Self> {
        let font = Font::new(bytes.clone().into(), index)?;
        let outline = OwnedFace::from_vec(bytes, index).ok()?;
        let units = f64::from(outline.as_face_ref().units_per_em());
        Some(Self { outline, font, index, units })
    }

    fn has(&self, letter: char) -> bool {
        self.outline.as_face_ref().glyph_index(letter).is_some()
    }

    /// Glyph and width in ems; the box of the face for a letter that it lacks.
    fn glyph(&self, letter: char) -> (u16, f64) {
        let face = self.outline.as_face_ref();
        let glyph = face.glyph_index(letter).unwrap_or_default();
        (glyph.0, f64::from(face.glyph_hor_advance(glyph).unwrap_or_default()) / self.units)
    }
}

impl Faces {
    /// The embedded faces, and those of these files that can be read.
    pub fn new(others: Vec<FontFile>) -> Result<Self, PdfError> {
        let embedded = |bytes: &[u8]| Face::new(bytes.to_vec(), 0).ok_or(PdfError::Font);
        let shaped = |file: FontFile| {
            let face = Face::new(file.bytes, file.index)?;
            let shaper = ShaperData::new(&font_ref(&face)?);
            Some((face, shaper))
        };
        Ok(Self {
            regular: embedded(FONT_REGULAR)?,
            bold: embedded(FONT_BOLD)?,
            others: others.into_iter().filter_map(shaped).collect(),
            foreign: RefCell::default(),
            unset: RefCell::default(),
            language: Language::English,
        })
    }

    /// The same faces for a paper in this language.
    pub fn speaking(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The text with every letter that no face has as a name in brackets.
    pub fn readable<'t>(&self, text: &'t str, bold: bool) -> Cow<'t, str> {
        if text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let own = if bold { &self.bold } else { &self.regular };
        let is_set = |letter: char| own.has(letter) || self.others.iter().any(|(face, _)| face.has(letter));
        if text.chars().all(is_set) {
            return Cow::Borrowed(text);
        }
        let mut said = String::with_capacity(text.len() + 16);
        for letter in text.chars() {
            if is_set(letter) {
                said.push(letter);
            } else {
                self.foreign.borrow_mut().insert(letter);
                self.unset.borrow_mut().insert(letter);
                said.push_str(&names::instead(letter, self.language));
            }
        }
        Cow::Owned(said)
    }

    /// Letters asked for so far that the embedded faces lack.
    pub fn foreign(&self) -> BTreeSet<char> {
        self.foreign.borrow().clone()
    }

    /// Letters asked for so far that no face has.
    pub fn unset(&self) -> BTreeSet<char> {
        self.unset.borrow().clone()
    }

    /// Width of a line in the unit of `size`.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let widths = self.split(text, bold).into_iter().map(|(which, part)| match which {
            Which::Regular => part.chars().map(|c| self.regular.glyph(c).1).sum::<f64>(),
            Which::Bold => part.chars().map(|c| self.bold.glyph(c).1).sum(),
            Which::Other(place) => self.shaped(place, part).1,
        });
        widths.sum::<f64>() * size
    }

    /// A line as glyphs.
    pub fn runs(&self, text: &str, bold: bool) -> Vec<Run> {
        let run = |(which, part): (Which, &str)| {
            let (font, (glyphs, width)) = match which {
                Which::Regular => (&self.regular.font, plain(&self.regular, part)),
                Which::Bold => (&self.bold.font, plain(&self.bold, part)),
                Which::Other(place) => (&self.others[place].0.font, self.shaped(place, part)),
            };
            Run { font: font.clone(), text: part.to_owned(), glyphs, width }
        };
        self.split(text, bold).into_iter().map(run).collect()
    }

    /// A line in parts of one face each. A space belongs to the part before it where its face has one, so that words of
    /// a script that runs the other way stay in their order.
    fn split<'t>(&self, text: &'t str, bold: bool) -> Vec<(Which, &'t str)> {
        let mut parts: Vec<(Which, usize, usize)> = Vec::new();
        for (at, letter) in text.char_indices() {
            let end = at + letter.len_utf8();
            let before = parts.last().map(|part| part.0);
            let which = self.face_of(letter, bold, before);
            match parts.last_mut() {
                Some(part) if part.0 == which => part.2 = end,
                _ => parts.push((which, at, end)),
            }
        }
        parts.into_iter().map(|(which, from, to)| (which, text.get(from..to).unwrap_or_default())).collect()
    }

    fn face_of(&self, letter: char, bold: bool, before: Option<Which>) -> Which {
        let embedded = if bold { Which::Bold } else { Which::Regular };
        let joins = letter == ' ' || matches!(letter, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}');
        if let Some(Which::Other(place)) = before
            && joins
            && self.others[place].0.has(letter)
        {
            return Which::Other(place);
        }
        if (if bold { &self.bold } else { &self.regular }).has(letter) {
            return embedded;
        }
        self.foreign.borrow_mut().insert(letter);
        match self.others.iter().position(|(face, _)| face.has(letter)) {
            Some(place) => Which::Other(place),
            None => {
                self.unset.borrow_mut().insert(letter);
                embedded
            }
        }
    }

    /// A part in a face of the machine, set as its script asks.
    fn shaped(&self, place: usize, text: &str) -> (Vec<KrillaGlyph>, f64) {
        let (face, shaper) = &self.others[place];
        let Some(font) = font_ref(face) else { return plain(face, text) };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let set = shaper.shaper(&font).build().shape(buffer, ShapeOptions::new());
        let starts: BTreeSet<usize> = set.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let ems = |units: i32| (f64::from(units) / face.units) as f32;
        let mut width = 0.0;
        let glyph = |(info, at): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| {
            let start = info.cluster as usize;
            let end = starts.range(start + 1..).next().copied().unwrap_or(text.len());
            width += f64::from(at.x_advance) / face.units;
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                ems(at.x_advance),
                ems(at.x_offset),
                ems(at.y_offset),
                ems(at.y_advance),
                start..end,
                None,
            )
        };
        let glyphs = set.glyph_infos().iter().zip(set.glyph_positions()).map(glyph).collect();
        (glyphs, width)
    }
}

fn font_ref(face: &Face) -> Option<FontRef<'_>> {
    FontRef::from_index(face.outline.as_slice(), face.index).ok()
}

/// Letter by letter, each as wide as it is.
fn plain(face: &Face, text: &str) -> (Vec<KrillaGlyph>, f64) {
    let mut width = 0.0;
    let glyph = |(at, letter): (usize, char)| {
        let (glyph, advance) = face.glyph(letter);
        width += advance;
        let letters = at..at + letter.len_utf8();
        KrillaGlyph::new(GlyphId::new(u32::from(glyph)), advance as f32, 0.0, 0.0, 0.0, letters, None)
    };
    let glyphs = text.char_indices().map(glyph).collect();
    (glyphs, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_under_digits() {
        let faces = Faces::new(Vec::new()).unwrap();
        let width = |text: &str| faces.width(text, 10.0, false);
        assert!((width("1111") - width("2738")).abs() < 1e-9);
        let run = &faces.runs("1111", false)[0];
        assert_eq!((run.glyphs.len(), (run.width * 10.0 - width("1111")).abs() < 1e-9), (4, true));
    }

    #[test]
    fn a_letter_that_no_face_has_is_remembered() {
        let faces = Faces::new(Vec::new()).unwrap();
        faces.width("Zürich 東京", 10.0, true);
        assert_eq!(faces.unset().into_iter().collect::<String>(), "京東");
        assert_eq!(faces.foreign(), faces.unset());
    }
}
