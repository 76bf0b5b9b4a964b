//! The report and the board paper as Markdown, for a pull request or a wiki.

use std::fmt::Write;

use crate::report::chart::Chart;
use crate::report::texts::{line, texts};
use crate::report::{Cell, PROVENANCE, Paper, Part, Piece, Report, Section, Text};

use super::format;
use super::plain::clean;
use crate::units::Unit;

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let unit = report.unit();
    let mut page = format!("# {}\n\n", escaped(&report.title));
    for sentence in &report.answer {
        let _ = writeln!(page, "{}\n", text(sentence, unit));
    }
    for line in &report.caution {
        let _ = writeln!(page, "> {}\n", text(line, unit));
    }
    for section in &report.sections {
        write_section(&mut page, section, 2, unit);
    }
    if !report.next.is_empty() {
        let _ = writeln!(page, "## {}\n", texts(report.voice).answer.next);
    }
    for line in &report.next {
        let _ = writeln!(page, "- {}", text(line, unit));
    }
    let _ = write!(page, "\n{}\n", escaped(&report.run));
    page
}

/// The board paper as Markdown: the charts as the tables behind them, the appendix folded away.
pub fn paper(paper: &Paper) -> String {
    let (front, words, unit) = (&paper.front, &paper.words, paper.report.unit());
    let mut page = format!("# {}\n\n{}\n\n", escaped(&paper.report.title), escaped(&front.head));
    for line in &front.caution {
        let _ = writeln!(page, "> {}\n", text(line, unit));
    }
    let _ = writeln!(page, "## {}\n", escaped(words.decision));
    for line in &front.decision {
        let _ = writeln!(page, "{}\n", text(line, unit));
    }
    let _ = writeln!(page, "## {}\n", escaped(words.answer));
    for line in &front.answer {
        let _ = writeln!(page, "{}\n", text(line, unit));
    }
    write_section(&mut page, &front.options, 2, unit);
    if let Some(chart) = front.picture.as_ref().and_then(|id| paper.chart(id)) {
        write_chart(&mut page, chart);
    }
    if !front.wrong_if.notes.is_empty() {
        write_section(&mut page, &front.wrong_if, 2, unit);
    }
    let _ = writeln!(page, "## {}\n", escaped(words.sign_off));
    write_rows(&mut page, &words.signing.map(str::to_owned), &[], |_| false);
    for [role, name] in &front.sign_off {
        let _ = writeln!(page, "| {} | {} | | |", escaped(role), escaped(name));
    }
    page.push('\n');
    for part in paper.parts.iter().filter(|part| !part.is_appendix) {
        let _ = writeln!(page, "## {}\n", escaped(&part.title));
        write_part(&mut page, paper, part);
    }
    for part in paper.parts.iter().filter(|part| part.is_appendix) {
        let title = line(words.in_appendix, &[("title", &part.title)]);
        let _ = writeln!(page, "<details><summary>{}</summary>\n", escaped(&title));
        write_part(&mut page, paper, part);
        page.push_str("</details>\n\n");
    }
    let _ = writeln!(page, "{}", escaped(&paper.foot));
    if let Some(run) = paper.report.provenance() {
        let _ = writeln!(page, "\n<!-- {PROVENANCE} {run} -->");
    }
    page
}

fn write_part(page: &mut String, paper: &Paper, part: &Part) {
    for section in &part.sections {
        let level = if section.title == part.title { 0 } else { 3 };
        write_section(page, section, level, paper.report.unit());
    }
    for chart in part.charts.iter().filter_map(|id| paper.chart(id)) {
        write_chart(page, chart);
    }
}

/// A chart as what it says and the table behind it.
fn write_chart(page: &mut String, chart: &Chart) {
    let (header, rows) = chart.table_on_paper();
    let _ = writeln!(page, "**{}**  \n{}\n", escaped(&chart.title), escaped(&chart.description));
    let _ = writeln!(page, "<details><summary>{}</summary>\n", escaped(&chart.title));
    write_rows(page, &header, &rows, |index| index > 0);
    page.push_str("\n</details>\n\n");
}

/// A table of text.
fn write_rows(page: &mut String, header: &[String], rows: &[Vec<String>], is_right: impl Fn(usize) -> bool) {
    let line = |cells: &[String]| cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ");
    let _ = writeln!(page, "| {} |", line(header));
    let rule: Vec<&str> = (0..header.len()).map(|index| if is_right(index) { "---:" } else { "---" }).collect();
    let _ = writeln!(page, "| {} |", rule.join(" | "));
    for row in rows {
        let _ = writeln!(page, "| {} |", line(row));
    }
}

/// A section under a heading of this level; none at level 0.
fn write_section(page: &mut String, section: &Section, level: usize, unit: Unit) {
    if level > 0 {
        let _ = writeln!(page, "{} {}\n", "#".repeat(level), escaped(&section.title));
    }
    if let Some(lead) = &section.lead {
        let _ = writeln!(page, "{}\n", text(lead, unit));
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
                .map(|cell| escaped(&format::cell(cell, unit.voice)))
                .map(|cell| if bold && !cell.is_empty() { format!("**{cell}**") } else { cell })
                .collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        page.push('\n');
    }
    for note in &section.notes {
        let _ = writeln!(page, "- {}", text(note, unit));
    }
    if !section.notes.is_empty() {
        page.push('\n');
    }
}

fn text(text: &Text, unit: Unit) -> String {
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Figure(_) => format!("**{}**", escaped(&format::piece(piece, unit))),
            // A backtick inside would end the code.
            Piece::Code(code) => format!("`{}`", code.replace('`', "'")),
            Piece::Plain(_) | Piece::Name(_) => escaped(&format::piece(piece, unit)),
        })
        .collect()
}

/// Text of the file as text: no markup, no line of its own, no link, no mention, no formula.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Spaces at the ends belong to the sentence around it.
    let inside = clean(text);
    if inside.is_empty() {
        return if text.is_empty() { String::new() } else { " ".to_owned() };
    }
    if text.starts_with(' ') {
        escaped.push(' ');
    }
    // A page on the web turns addresses into links by their `://`, `www.` and `@`.
    for c in inside.replace("www.", "www\u{1}").chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '$' => escaped.push_str("&#36;"),
            '/' if escaped.ends_with(':') => escaped.push_str("&#47;"),
            '\u{1}' => escaped.push_str("&#46;"),
            c => escaped.push(c),
        }
    }
    if text.ends_with(' ') {
        escaped.push(' ');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_file_is_never_markup() {
        assert_eq!(escaped("a|b\n<script>[x](y)"), "a\\|b &lt;script&gt;\\[x\\](y)");
        assert_eq!(escaped("see http://x.org or www.x.org"), "see http:&#47;/x.org or www&#46;x.org");
        assert_eq!(escaped(" a@b costs $1$ \u{202E}"), " a&#64;b costs &#36;1&#36;");
        assert_eq!((escaped(" and "), escaped("  ")), (" and ".to_owned(), " ".to_owned()));
    }
}
