//! The figures as CSV: one row a figure, its key path and its value.
//!
//! Text that a spreadsheet would take for a formula is marked as text.

use crate::report::Datum;

use super::json;

/// The figures as CSV with a heading line.
pub fn csv(figures: &Datum) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(["figure", "value"]);
    write(&mut writer, String::new(), figures);
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn write(writer: &mut csv::Writer<Vec<u8>>, path: String, datum: &Datum) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match datum {
        Datum::Map(entries) => {
            for (key, datum) in entries {
                write(writer, under(key), datum);
            }
        }
        Datum::List(list) => {
            for (index, datum) in list.iter().enumerate() {
                write(writer, under(&label(datum, index)), datum);
            }
        }
        Datum::Words(words) => {
            let _ = writer.write_record([as_text(&path), as_text(words)]);
        }
        _ => {
            let value = match json::value(datum) {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            let _ = writer.write_record([as_text(&path), value]);
        }
    }
}

/// What stands for an element of a list in a path: its id, else its number (years begin at 0).
fn label(datum: &Datum, index: usize) -> String {
    if let Datum::Map(entries) = datum
        && let Some((_, Datum::Words(id))) = entries.iter().find(|(key, _)| key == "id" || key == "name")
    {
        return id.clone();
    }
    index.to_string()
}

/// A text that no spreadsheet takes for a formula.
fn as_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
