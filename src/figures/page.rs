//! The page `docs/figures.md`: every figure that is written for other programs, from the definitions of the documents.

use std::fmt::Write;

use super::DOCUMENTS;
use super::node::{Record, Shape, fields};

/// What the page says before the tables.
const INTRODUCTION: &str = "# Figures\n\nWhat `--format json` writes, key by key: what each figure is, its unit, its formula, and the page that derives it. `--format csv` writes the same keys, one row a figure, with the ids of the case in the place of list numbers; `rosi explain` and `rosi gate --figure` take them too. `rosi schema --output` prints the same as a JSON Schema. Keys are added, never renamed; a key is always there, and a figure that does not exist is null.\n\nMoney is text: a decimal, in full where it is exact, with ten significant digits where it went through floating point. Every other figure is a number with ten significant digits.\n";

/// The page on figures, as Markdown.
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    for (id, record) in DOCUMENTS {
        let _ = writeln!(page, "\n## `{id}`\n\n{}.\n", sentence(record.about));
        page.push_str("| key | what it is | unit | formula |\n|---|---|---|---|\n");
        let mut rows = String::new();
        rows_of(record, "", &mut rows);
        page.push_str(&rows);
    }
    page
}

fn sentence(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// A row for each figure of a record, and of the records in it.
fn rows_of(record: &'static Record, before: &str, rows: &mut String) {
    for field in fields(record) {
        let key = format!("{before}{}", field.key());
        let (suffix, shape) = below((field.shape)());
        let key = format!("{key}{suffix}");
        let mut what = field.what().to_owned();
        if !field.asked.is_empty() {
            what.push_str(&format!(". {}", field.asked.trim().trim_end_matches('.')));
        }
        let formula = match (field.formula, field.page) {
            ("", "") => String::new(),
            ("", page) => format!("[{page}](model/{page}.md)"),
            (formula, "") => formula.to_owned(),
            (formula, page) => format!("{formula} ([{page}](model/{page}.md))"),
        };
        match shape {
            Shape::Record(inner) => {
                let _ = writeln!(rows, "| `{key}` | {} | | {} |", cell(&what), cell(&formula));
                rows_of(inner, &format!("{key}."), rows);
            }
            shape => {
                let unit = shape.measure().map_or("", super::Measure::key);
                let _ = writeln!(rows, "| `{key}` | {} | {unit} | {} |", cell(&what), cell(&formula));
            }
        }
    }
}

/// What stands for the names of a table or the places of a list in a key, and what they lead to.
fn below(shape: Shape) -> (String, Shape) {
    match shape {
        Shape::Optional(inner) => below(*inner),
        Shape::List(inner) => {
            let (suffix, inner) = below(*inner);
            (format!("[]{suffix}"), inner)
        }
        Shape::Table(names, inner) => {
            let (suffix, inner) = below(*inner);
            (format!(".{}{suffix}", names.key()), inner)
        }
        shape => (String::new(), shape),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
