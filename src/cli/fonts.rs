//! Which fonts of this machine have the letters that rosi's own face lacks?

use std::collections::BTreeSet;

use fontdb::{Database, ID, Style, Weight};
use owned_ttf_parser::Face;

use crate::render::FontFile;

/// Fonts that have these letters, as many of them as there are on this machine; those with most of them first.
pub fn with(letters: &BTreeSet<char>) -> Vec<FontFile> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    let mut candidates: Vec<(bool, String, ID, BTreeSet<char>)> = Vec::new();
    for info in fonts.faces().filter(|info| info.weight == Weight::NORMAL && info.style == Style::Normal) {
        let has = fonts.with_face_data(info.id, |bytes, index| covered(bytes, index, letters)).unwrap_or_default();
        if !has.is_empty() {
            // Faces without serifs look like the rest of the paper; the name decides what else is equal.
            let is_plain = info.post_script_name.contains("Sans") && !info.monospaced;
            candidates.push((!is_plain, info.post_script_name.clone(), info.id, has));
        }
    }
    candidates.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let mut open = letters.clone();
    let mut found = Vec::new();
    while !open.is_empty() {
        let gain = |has: &BTreeSet<char>| has.intersection(&open).count();
        // Of equals the first.
        let Some((_, _, id, has)) = candidates.iter().rev().max_by_key(|(.., has)| gain(has)) else { break };
        if gain(has) == 0 {
            break;
        }
        found.extend(fonts.with_face_data(*id, |bytes, index| FontFile { bytes: bytes.to_vec(), index }));
        open = open.difference(has).copied().collect();
    }
    found
}

fn covered(bytes: &[u8], index: u32, letters: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(face) = Face::parse(bytes, index) else { return BTreeSet::new() };
    letters.iter().copied().filter(|letter| face.glyph_index(*letter).is_some()).collect()
}
