//! What do people note on cells of an XLSX, beside what stands in them?
//!
//! ECMA-376, part 1, 18.7: the notes of a sheet stand in a part of their own, which its relations name.

use crate::archive::Archive;

use super::place::{Finding, Place, shortened};
use super::workbook::{elements, entry};

/// The most notes of a sheet that are told.
const MOST: usize = 200;

/// What is told of the notes of a sheet, by the path of its part: on a heading a note may change what figures mean.
pub(super) fn told(
    archive: &mut Archive<'_>,
    path: &str,
    place: impl Fn(&str) -> Place,
    is_heading: impl Fn(&Place) -> bool,
) -> Vec<Finding> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let relations = entry(archive, &format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
    let mut targets: Vec<String> = Vec::new();
    elements(&relations, |name, attribute, starts| {
        let is_notes = || attribute("Type").is_some_and(|kind| kind.ends_with("/comments"));
        if starts && name == "Relationship" && is_notes() {
            targets.extend(attribute("Target"));
        }
    });
    let mut found: Vec<(String, String)> = Vec::new();
    for target in targets {
        let path = match (target.strip_prefix('/'), target.strip_prefix("../")) {
            (Some(whole), _) => whole.to_owned(),
            (None, Some(beside)) => format!("{}/{beside}", folder.rsplit_once('/').map_or("", |(above, _)| above)),
            (None, None) => format!("{folder}/{target}"),
        };
        let mut within = false;
        elements(&entry(archive, &path).unwrap_or_default(), |name, attribute, starts| match (name, starts) {
            ("comment", true) => found.push((attribute("ref").unwrap_or_default(), String::new())),
            ("t", starts) => within = starts,
            ("#text", true) if within => {
                if let Some((_, text)) = found.last_mut() {
                    text.extend(attribute(""));
                }
            }
            _ => {}
        });
    }
    let finding = |(cell, text): (String, String)| {
        let place = place(&cell);
        let text = shortened(&text);
        if is_heading(&place) {
            let message =
                format!("a note on this cell says \"{text}\": does it change what the figures are? It was not read");
            Finding::question(Some(place), message)
        } else {
            Finding::note(Some(place), format!("a note on this cell was not read: {text}"))
        }
    };
    found.into_iter().filter(|(_, text)| !text.trim().is_empty()).take(MOST).map(finding).collect()
}

/// The row and the column, both from 1, of a cell such as `C5`.
pub(super) fn position(cell: &str) -> (usize, usize) {
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let column = letters.bytes().fold(0_usize, |sum, letter| {
        let place = usize::from(letter.to_ascii_uppercase().saturating_sub(b'A')) + 1;
        sum.saturating_mul(26).saturating_add(place)
    });
    (cell[letters.len()..].parse().unwrap_or(0), column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_by_its_name() {
        assert_eq!([position("C5"), position("AA12"), position("")], [(5, 3), (12, 27), (0, 0)]);
    }
}
