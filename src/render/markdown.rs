//! The report as Markdown, for a pull request or a wiki.

use std::fmt::Write;

use crate::report::{Cell, Piece, Report, Section, Text};

use super::format;

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let currency = report.currency.code();
    let mut page = format!("# {}\n\n", escaped(&report.title));
    for sentence in &report.answer {
        let _ = writeln!(page, "{}\n", text(sentence, currency));
    }
    for line in &report.caution {
        let _ = writeln!(page, "> {}\n", text(line, currency));
    }
    for section in &report.sections {
        write_section(&mut page, section, currency);
    }
    page.push_str("## What to do next\n\n");
    for line in &report.next {
        let _ = writeln!(page, "- {}", text(line, currency));
    }
    let _ = write!(page, "\n{}\n", escaped(&report.run));
    page
}

fn write_section(page: &mut String, section: &Section, currency: &str) {
    let _ = writeln!(page, "## {}\n", escaped(&section.title));
    if let Some(lead) = &section.lead {
        let _ = writeln!(page, "{}\n", text(lead, currency));
    }
    if let Some(table) = &section.table {
        let heads: Vec<String> = table.columns.iter().map(|head| escaped(head)).collect();
        let _ = writeln!(page, "| {} |", heads.join(" | "));
        let right = |index: usize| table.rows.iter().any(|row| row[index].is_number() && row[index] != Cell::None);
        let rule: Vec<&str> = (0..heads.len()).map(|index| if right(index) { "---:" } else { "---" }).collect();
        let _ = writeln!(page, "| {} |", rule.join(" | "));
        for (index, row) in table.rows.iter().enumerate() {
            let bold = table.emphasised == Some(index);
            let cells: Vec<String> = row
                .iter()
                .map(|cell| escaped(&format::cell(cell)))
                .map(|cell| if bold && !cell.is_empty() { format!("**{cell}**") } else { cell })
                .collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        page.push('\n');
    }
    for note in &section.notes {
        let _ = writeln!(page, "- {}", text(note, currency));
    }
    if !section.notes.is_empty() {
        page.push('\n');
    }
}

fn text(text: &Text, currency: &str) -> String {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Figure(_) => format!("**{}**", escaped(&format::piece(piece, currency))),
            // A backtick inside would end the code.
            Piece::Code(code) => format!("`{}`", code.replace('`', "'")),
            Piece::Plain(_) | Piece::Name(_) => escaped(&format::piece(piece, currency)),
        })
        .collect()
}

/// Text of the file as text: no markup, no line of its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_file_is_never_markup() {
        assert_eq!(escaped("a|b\n<script>[x](y)"), "a\\|b &lt;script&gt;\\[x\\](y)");
    }
}
