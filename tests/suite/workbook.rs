//! The workbook: text stays text, names are cells, results are rosi's.

use rosi::internal::report::workbook::Slot;

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
fn the_check_works_figures_out_without_the_cells_that_it_checks_and_agrees() {
    for path in files() {
        let book = paper_of(&path).workbook;
        let check = book.sheets.iter().find(|sheet| sheet.name == "Check").unwrap();
        let mut compared = 0;
        for row in &check.rows {
            if let [_, Slot::Formula(formula, anew, _), Slot::Formula(cell, _, _), Slot::Number(rosi, _), ..] =
                row.as_slice()
            {
                assert!((anew - rosi).abs() <= 0.005 + 1e-9 * rosi.abs(), "{}: {anew} is not {rosi}", path.display());
                assert_ne!(formula, cell);
                compared += 1;
            }
        }
        assert!(compared > 1);
    }
}

#[test]
fn what_may_be_changed_stands_in_a_formula_and_what_may_not_is_locked() {
    for path in files() {
        let book = paper_of(&path).workbook;
        let inputs = book.sheets.iter().find(|sheet| sheet.name == "Inputs").unwrap();
        let formulas: Vec<&str> = book
            .sheets
            .iter()
            .filter(|sheet| sheet.name != "Inputs" && sheet.name != "Check")
            .flat_map(|sheet| sheet.rows.iter().flatten())
            .filter_map(|slot| if let Slot::Formula(formula, ..) = slot { Some(formula.as_str()) } else { None })
            .collect();
        let stands = |name: &str| {
            let next =
                |formula: &str| formula.split(name).skip(1).any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
            formulas.iter().any(|formula| next(formula))
        };
        let mut open = 0;
        for (index, row) in inputs.rows.iter().enumerate().skip(3) {
            let is_open = row.iter().any(|slot| matches!(slot, Slot::Input(..)));
            let is_said = row.get(7) == Some(&Slot::Words("here".to_owned()));
            assert_eq!(is_open, is_said, "{}: {row:?}", path.display());
            if !is_open {
                continue;
            }
            open += 1;
            let cell = format!("Inputs!$F${}", index + 1);
            let name = book.names.iter().find(|(_, of)| *of == cell).map(|(name, _)| name.as_str());
            assert!(stands(&cell) || name.is_some_and(stands), "{}: {cell} {row:?}", path.display());
        }
        assert!(open > 3, "{}", path.display());
        // Only inputs may be changed, and every sheet says when one is.
        for sheet in &book.sheets {
            assert!(matches!(sheet.rows[0][0], Slot::Alert(..)), "{}", sheet.name);
            let others = sheet.rows.iter().flatten().filter(|slot| matches!(slot, Slot::Input(..)));
            assert!(sheet.name == "Inputs" || others.count() == 0, "{}", sheet.name);
        }
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let paper = paper_of(&awkward("yen-long-names"));
    let bytes = || rosi::internal::render::xlsx(&paper.workbook, "JPY".into()).unwrap();
    assert_eq!(bytes(), bytes());
}
