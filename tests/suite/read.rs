//! A workbook that was changed goes back into its file: what may be changed is written, anything else is refused.

use std::fs;
use std::path::{Path, PathBuf};

use rosi::internal::engine::{MethodChoice, Settings, analyse};
use rosi::internal::report::workbook::{Slot, Workbook};
use rosi::internal::report::{Context, Paper, board_paper};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Kind;

use crate::cli::{folder, rosi, stderr, stdout};
use crate::paper::files;

const CASE: &str = r#"# What we know.
schema = 1
title = "Read back"
currency = "EUR"
[assumptions]
horizon = "3 years"
discount_rate = "5%"   # of the treasurer
[[risk]]
id = "r"
name = "Outage"
frequency = "1 in 4 years" # asked in May
loss.response = { min = "80k", likely = "100k", max = "150k", source = "Invoices" }
[[control]]
id = "c"
name = "Mirror"
effect = [{ risk = "r", on = "frequency", reduction = "60%" }]
cost.yearly = "12k"
[[plan]]
id = "p"
name = "Buy"
controls = ["c"]
"#;

fn made(text: &[u8], name: &str) -> Paper {
    let parsed = parse(&Source::new(name, text)).unwrap();
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = analyse(&parsed.scenario, &settings).unwrap();
    board_paper(&parsed.scenario, &analysis, &parsed.warnings, &Context::default())
}

/// The workbook of a case as somebody changed it, beside the case.
fn changed(text: &str, name: &str, test: &str, change: impl FnOnce(&mut Workbook)) -> (PathBuf, PathBuf) {
    let folder = folder(test);
    let mut paper = made(text.as_bytes(), name);
    change(&mut paper.workbook);
    let (case, book) = (folder.join(name), folder.join("case.xlsx"));
    fs::write(&case, text).unwrap();
    fs::write(&book, rosi::internal::render::xlsx(&paper.workbook, paper.report.unit()).unwrap()).unwrap();
    (case, book)
}

fn slot<'b>(book: &'b mut Workbook, sheet: &str, (row, column): (u32, u32)) -> &'b mut Slot {
    let sheet = book.sheets.iter_mut().find(|known| known.name == sheet).unwrap();
    let row = &mut sheet.rows[row as usize];
    if row.len() <= column as usize {
        row.resize(column as usize + 1, Slot::Empty);
    }
    &mut row[column as usize]
}

fn place(book: &Workbook, key: &str) -> (u32, u32) {
    book.open.iter().find(|open| open.key == key).unwrap_or_else(|| panic!("{key}: {:?}", book.open)).place
}

/// Writes a number into the cell of a key.
fn type_in(book: &mut Workbook, key: &str, number: f64) {
    let at = place(book, key);
    match slot(book, "Inputs", at) {
        Slot::Input(value, _) => *value = number,
        other => panic!("{key}: {other:?}"),
    }
}

fn read(book: &Path, case: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["read", book.to_str().unwrap(), "--into", case.to_str().unwrap()];
    arguments.extend(more);
    let output = rosi(&arguments);
    (output.status.code(), stdout(&output), stderr(&output))
}

#[test]
fn changed_cells_are_written_where_they_stand_and_comments_stay() {
    let change = |book: &mut Workbook| {
        type_in(book, "assumptions.discount_rate", 0.065);
        type_in(book, "risk.r.frequency", 0.2);
        type_in(book, "risk.r.loss.response.max", 180_000.5);
        type_in(book, "control.c.cost.yearly", 14_000.0);
    };
    let (case, book) = changed(CASE, "case.toml", "read-toml", change);
    let (code, told, aside) = read(&book, &case, &[]);
    assert_eq!(code, Some(0), "{aside}");
    assert!(told.contains("0.25 per year → 0.2 per year"), "{told}");
    assert!(told.contains("Inputs, cell D4") && told.contains("5% → 6.5%"), "{told}");
    assert!(aside.contains("Nothing was written") && aside.contains("--yes"), "{aside}");
    assert_eq!(fs::read_to_string(&case).unwrap(), CASE);
    let (code, again, aside) = read(&book, &case, &["--yes"]);
    assert_eq!((code, again), (Some(0), told), "{aside}");
    let wanted = CASE
        .replace("discount_rate = \"5%\" ", "discount_rate = \"6.5%\" ")
        .replace("\"1 in 4 years\"", "\"0.2 per year\"")
        .replace("max = \"150k\"", "max = \"180000.5\"")
        .replace("cost.yearly = \"12k\"", "cost.yearly = \"14000 per year\"");
    assert_eq!(fs::read_to_string(&case).unwrap(), wanted);
    // The workbook is now of an older file.
    let (code, _, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(1));
    assert!(aside.contains("another scenario") && aside.contains("rosi report"), "{aside}");
}

#[test]
fn every_cell_that_may_be_changed_goes_back_and_the_new_workbook_shows_what_was_typed() {
    for (number, path) in files().into_iter().enumerate() {
        let text = fs::read_to_string(&path).unwrap();
        let mut typed = Vec::new();
        let name = "case.toml";
        if path.extension().is_none_or(|ending| ending != "toml")
            || ["forty-risks", "ransomware", "card-payments"].iter().any(|heavy| path.to_string_lossy().contains(heavy))
        {
            continue;
        }
        let change = |book: &mut Workbook| {
            for open in book.open.clone() {
                let is_share = matches!(open.kind, Kind::Chance | Kind::Rate);
                let value = open.value * if is_share { 0.9375 } else { 1.0625 };
                type_in(book, &open.key, value);
                typed.push((open.key, value));
            }
        };
        let (case, book) = changed(&text, name, &format!("read-all-{number}"), change);
        let (code, _, aside) = read(&book, &case, &["--yes", "--quiet"]);
        assert_eq!(code, Some(0), "{}: {aside}", path.display());
        let after = fs::read_to_string(&case).unwrap();
        let remarks = |text: &str| text.matches('#').count();
        assert_eq!(remarks(&after), remarks(&text), "{}", path.display());
        let anew = made(after.as_bytes(), name).workbook.open;
        assert_eq!(anew.len(), typed.len());
        for (open, (key, value)) in anew.iter().zip(&typed) {
            assert!(open.key == *key && (open.value - value).abs() <= 1e-12 * value.abs(), "{key}: {value} {open:?}");
        }
    }
}

#[test]
fn yaml_and_json_are_changed_in_their_own_hand() {
    let yaml = "# ours\nschema: 1\ntitle: T\ncurrency: EUR\nassumptions: {horizon: 3 years, discount_rate: 5%}\nrisk:\n  - id: r\n    name: R\n    frequency: 2 per year # counted\n    loss: {response: 10k}\ncontrol:\n  - {id: c, name: C, cost: {yearly: 1k}, effect: [{risk: r, on: frequency, reduction: 50%}]}\nplan:\n  - {id: p, name: P, controls: [c]}\n";
    let change = |book: &mut Workbook| type_in(book, "risk.r.frequency", 3.0);
    let (case, book) = changed(yaml, "case.yaml", "read-yaml", change);
    let (code, _, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(0), "{aside}");
    assert_eq!(fs::read_to_string(&case).unwrap(), yaml.replace("2 per year", "\"3 per year\""));
    let json = r#"{ "schema": 1, "title": "T", "currency": "EUR", "assumptions": { "horizon": "3 years", "discount_rate": "5%" },
  "risk": [{ "id": "r", "name": "R", "frequency": "2 per year", "loss": { "response": "10k" } }],
  "control": [{ "id": "c", "name": "C", "cost": { "yearly": "1k" }, "effect": [{ "risk": "r", "on": "frequency", "reduction": "50%" }] }],
  "plan": [{ "id": "p", "name": "P", "controls": ["c"] }] }
"#;
    let change = |book: &mut Workbook| type_in(book, "risk.r.loss.response", 12_500.0);
    let (case, book) = changed(json, "case.json", "read-json", change);
    let (code, _, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(0), "{aside}");
    assert_eq!(fs::read_to_string(&case).unwrap(), json.replace("\"10k\"", "\"12500\""));
}

#[test]
fn words_in_a_cell_are_read_as_the_file_reads_them_or_refused() {
    let say = |words: &str| {
        let words = words.to_owned();
        move |book: &mut Workbook| {
            let at = place(book, "risk.r.frequency");
            *slot(book, "Inputs", at) = Slot::Words(words);
        }
    };
    let (case, book) = changed(CASE, "case.toml", "read-words", say("1 in 8 years"));
    let (code, told, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(0), "{aside}");
    assert!(told.contains("1 in 8 years (0.125"), "{told}");
    assert_eq!(fs::read_to_string(&case).unwrap(), CASE.replace("1 in 4 years", "1 in 8 years"));
    for (words, why) in
        [("often", "Inputs, cell D10"), ("1 in 8 years to 1 in 2 years", "Inputs, cell D10"), ("  ", "is empty")]
    {
        let (case, book) = changed(CASE, "case.toml", "read-no-words", say(words));
        let (code, _, aside) = read(&book, &case, &["--yes"]);
        assert_eq!(code, Some(1), "{words}: {aside}");
        assert!(aside.contains(why), "{words}: {aside}");
        assert_eq!(fs::read_to_string(&case).unwrap(), CASE, "{words}");
    }
}

#[test]
fn whatever_else_was_changed_is_refused_with_its_cell_and_nothing_is_written() {
    type Change = fn(&mut Workbook);
    let cases: [(&str, Change, &[&str]); 8] = [
        (
            "a formula",
            |book| {
                let at = place(book, "risk.r.frequency");
                let [row, _] = [at.0, at.1];
                let Slot::Formula(formula, ..) = slot(book, "Inputs", (row, 5)) else { panic!("no average") };
                *formula = "=D11*2".to_owned();
            },
            &["Inputs, cell F10", "=D11*2"],
        ),
        (
            "a formula on another sheet",
            |book| {
                let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "Risks").unwrap();
                let formula = sheet.rows.iter_mut().flatten().find_map(|slot| match slot {
                    Slot::Formula(formula, ..) => Some(formula),
                    _ => None,
                });
                *formula.unwrap() = "=1".to_owned();
            },
            &["Risks, cell", "=1"],
        ),
        (
            "a formula made a number",
            |book| {
                let at = place(book, "risk.r.frequency");
                *slot(book, "Inputs", (at.0, 5)) = Slot::Number(0.3, rosi::internal::report::workbook::Look::Plain);
            },
            &["Inputs, cell F10", "0.3"],
        ),
        (
            "a formula in an input",
            |book| {
                let at = place(book, "risk.r.frequency");
                *slot(book, "Inputs", at) =
                    Slot::Formula("=1/5".to_owned(), 0.2, rosi::internal::report::workbook::Look::Plain);
            },
            &["Inputs, cell D10", "=1/5", "paste its value"],
        ),
        (
            "a row moved",
            |book| {
                let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "Inputs").unwrap();
                sheet.rows.swap(10, 11);
            },
            &["Inputs, row 11", "where rosi wrote"],
        ),
        (
            "a row of its own",
            |book| {
                let sheet = book.sheets.iter_mut().find(|sheet| sheet.name == "Inputs").unwrap();
                let row = sheet
                    .rows
                    .iter()
                    .find(|row| row.iter().any(|slot| matches!(slot, Slot::Input(..))))
                    .unwrap()
                    .clone();
                sheet.rows.push(row);
            },
            &["rosi has no row"],
        ),
        (
            "a locked number",
            |book| {
                let at = place(book, "risk.r.frequency");
                *slot(book, "Inputs", (at.0, 14)) = Slot::Number(0.7, rosi::internal::report::workbook::Look::Plain);
            },
            &["Inputs, cell O10", "0.7"],
        ),
        ("a chance of three", |book| type_in(book, "control.c.effect.reduction", 3.0), &["Inputs, cell D"]),
    ];
    for (index, (what, change, told)) in cases.into_iter().enumerate() {
        let (case, book) = changed(CASE, "case.toml", &format!("read-not-{index}"), change);
        let (code, _, aside) = read(&book, &case, &["--yes"]);
        assert_eq!(code, Some(1), "{what}: {aside}");
        for word in told {
            assert!(aside.contains(word), "{what}: {word}: {aside}");
        }
        assert_eq!(fs::read_to_string(&case).unwrap(), CASE, "{what}");
    }
}

#[test]
fn what_is_not_rosis_is_left_alone_and_what_is_no_workbook_is_told() {
    let change = |book: &mut Workbook| {
        let mut own = book.sheets[0].clone();
        own.name = "Mine".to_owned();
        own.graphs.clear();
        book.sheets.push(own);
        *slot(book, "Summary", (0, 6)) = Slot::Words("seen by finance".to_owned());
    };
    let (case, book) = changed(CASE, "case.toml", "read-own", change);
    let (code, told, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(0), "{aside}");
    assert!(told.contains("no input differs"), "{told}");
    assert!(aside.contains("Mine") && aside.contains("seen by finance"), "{aside}");
    let broken = book.with_file_name("broken.xlsx");
    let bytes = fs::read(&book).unwrap();
    fs::write(&broken, &bytes[..bytes.len() / 2]).unwrap();
    for (book, why) in [(&broken, "damaged"), (&case, "no workbook")] {
        let (code, _, aside) = read(book, &case, &["--yes"]);
        assert_eq!(code, Some(1));
        assert!(aside.contains(why), "{aside}");
    }
    assert_eq!(fs::read_to_string(&case).unwrap(), CASE);
}

#[test]
fn a_file_with_a_fault_or_without_writing_leaves_all_as_it_was() {
    let (case, book) = changed(CASE, "case.toml", "read-none", |_| ());
    let (code, told, aside) = read(&book, &case, &[]);
    assert_eq!(code, Some(0), "{aside}");
    assert!(told.contains("no input differs"), "{told}");
    let missing = case.with_file_name("none.toml");
    assert_eq!(read(&book, &missing, &["--yes"]).0, Some(1));
    assert_eq!(read(&book, Path::new("-"), &["--yes"]).0, Some(1));
}

#[test]
fn a_number_above_one_where_a_percentage_stands_is_refused() {
    let (case, book) =
        changed(CASE, "case.toml", "read-percent", |book| type_in(book, "assumptions.discount_rate", 5.0));
    let (code, _, aside) = read(&book, &case, &["--yes"]);
    assert_eq!(code, Some(1), "{aside}");
    assert!(aside.contains("holds 5, which is 500%: write 5% or 0.05"), "{aside}");
    assert_eq!(fs::read_to_string(&case).unwrap(), CASE);
}
