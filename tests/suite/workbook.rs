//! The workbook: text stays text, names are cells, results are rosi's.

use rosi::report::workbook::Slot;

use crate::paper::{awkward, files, paper_of};

#[test]
fn text_of_the_file_is_never_a_formula_and_sheet_names_are_lawful() {
    for path in files() {
        let book = paper_of(&path).workbook;
        let mut names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert!(
            names.iter().all(|name| name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), book.sheets.len(), "{}", path.display());
        for slot in book.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten()) {
            if let Slot::Formula(formula, result, _) = slot {
                assert!(formula.starts_with('=') && result.is_finite(), "{formula}: {result}");
                assert!(!formula.contains("HYPERLINK") && !formula.contains("DDE"), "{formula}");
            }
        }
    }
    // The hostile names are there, as words.
    let book = paper_of(&awkward("hostile-names")).workbook;
    let words = book.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    assert!(words.filter(|slot| matches!(slot, Slot::Words(words) if words.starts_with('='))).count() > 0);
}

#[test]
fn the_check_of_every_case_agrees() {
    for path in files() {
        let book = paper_of(&path).workbook;
        let check = book.sheets.iter().find(|sheet| sheet.name == "Check").unwrap();
        for row in &check.rows {
            if let [_, Slot::Formula(_, anew, _), Slot::Number(rosi, _), ..] = row.as_slice() {
                assert!((anew - rosi).abs() <= 0.005 + 1e-9 * rosi.abs(), "{}: {anew} is not {rosi}", path.display());
            }
        }
        assert!(check.rows.len() > 3);
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let paper = paper_of(&awkward("yen-long-names"));
    let bytes = || rosi::render::xlsx(&paper.workbook, "JPY".into()).unwrap();
    assert_eq!(bytes(), bytes());
}
