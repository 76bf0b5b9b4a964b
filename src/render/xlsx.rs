//! The case as an Excel workbook: formulas with their results, names, and a print set-up.
//!
//! Text of the file is written as text, so nothing in it is ever a formula. The same workbook gives the same bytes:
//! the creation date is fixed.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
    Color, ConditionalFormatFormula, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook as File, XlsxError,
};

use super::plain::clean;
use super::{format, sheet_print};
use crate::report::PROVENANCE;
use crate::report::workbook::{Cells, Graph, GraphForm, Look, Sheet, Slot, Workbook};
use crate::units::Unit;

/// What must not be changed.
const GREY: Color = Color::RGB(0x6B_6B_6B);
/// The letters of a property that a program shows.
const PROPERTY: usize = 255;
/// Excel's bound on the letters of one cell.
const LETTERS: usize = 32_000;

/// The bytes of a workbook.
///
/// # Errors
/// What the writer of the format refuses, such as a sheet of more rows than the format has.
pub fn xlsx(book: &Workbook, unit: Unit) -> Result<Vec<u8>, String> {
    write(book, unit).map_err(|fault| fault.to_string())
}

fn write(book: &Workbook, unit: Unit) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    // A date of its own would make each run another file.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let mut properties = DocProperties::new().set_title(clean(&book.title)).set_creation_datetime(&created);
    for (place, piece) in book.provenance.as_bytes().chunks(PROPERTY).enumerate() {
        properties = properties
            .set_custom_property(format!("{PROVENANCE} {}", place + 1), String::from_utf8_lossy(piece).as_ref());
    }
    file.set_properties(&properties);
    for sheet in &book.sheets {
        add(&mut file, sheet, book, unit)?;
    }
    for (name, cell) in &book.names {
        file.define_name(name, &format!("={cell}"))?;
    }
    file.save_to_buffer()
}

fn add(file: &mut File, sheet: &Sheet, book: &Workbook, unit: Unit) -> Result<(), XlsxError> {
    let page = file.add_worksheet();
    page.set_name(&sheet.name)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xEE_F2_F5));
    let written = |(index, width): (usize, &f64)| width.max(figures_width(sheet, index));
    let widths: Vec<f64> = sheet.widths.iter().enumerate().map(written).collect();
    for (index, width) in widths.iter().enumerate() {
        page.set_column_width(index as u16, *width)?;
    }
    let small = is_small(sheet);
    let looks = |look: Look| looks(look, small);
    let all: f64 = sheet.widths.iter().sum();
    let last = sheet.widths.len().saturating_sub(1) as u16;
    // A column of figures has its head to the right, over them.
    let is_figures = |place: usize| {
        let slot = |row: &Vec<Slot>| {
            row.get(place).is_some_and(|slot| {
                matches!(
                    slot,
                    Slot::Number(..) | Slot::Formula(..) | Slot::Input(..) | Slot::Fixed(..) | Slot::Verdict(..)
                )
            })
        };
        sheet.rows.iter().any(slot)
    };
    // Words right behind a column of figures keep off them.
    let is_close = |place: usize| place > 0 && is_figures(place - 1) && !is_figures(place);
    for (row, slots) in sheet.rows.iter().enumerate() {
        let at = row as u32;
        let mut lines: f64 = 1.0;
        for (place, slot) in slots.iter().enumerate() {
            let column = place as u16;
            let words = words(slot, unit);
            let room = sheet.widths.get(place).copied().unwrap_or(10.0);
            match slot {
                Slot::Empty => {}
                // A sentence has the whole width of the sheet.
                Slot::Sentence(_) if last > 0 => {
                    lines = lines.max(needed(&words, all));
                    page.merge_range(at, 0, at, last, &words, &wrapped)?;
                }
                Slot::Words(_) if slots.len() == 1 => {
                    page.write_string(at, column, &words)?;
                }
                Slot::Words(_) | Slot::Said(_) | Slot::Sentence(_) => {
                    lines = lines.max(needed(&words, room));
                    let format = if is_close(place) { wrapped.clone().set_indent(1) } else { wrapped.clone() };
                    page.write_string_with_format(at, column, &words, &format)?;
                }
                Slot::Head(_) => {
                    lines = lines.max(if slots.len() == 1 { 1.0 } else { needed(&words, room * 0.9) });
                    let right = place > 0 && is_figures(place);
                    let format = match right {
                        true => head.clone().set_align(FormatAlign::Right),
                        false if is_close(place) => head.clone().set_indent(1),
                        false => head.clone(),
                    };
                    page.write_string_with_format(at, column, &words, &format)?;
                }
                Slot::Title(_) => {
                    page.write_string_with_format(at, column, &words, &Format::new().set_bold().set_font_size(13))?;
                    lines = lines.max(1.3);
                }
                Slot::Number(number, look) => {
                    page.write_number_with_format(at, column, *number, &looks(*look))?;
                }
                Slot::Input(number, look) => {
                    // Blue on yellow, as people who build models mark what is typed.
                    let input = looks(*look).set_font_color(Color::RGB(0x00_00_C0));
                    let input = input.set_background_color(Color::RGB(0xFF_F9_DB)).set_unlocked();
                    page.write_number_with_format(at, column, *number, &input)?;
                }
                Slot::Fixed(number, look) => {
                    let grey = looks(*look).set_font_color(GREY).set_background_color(Color::RGB(0xF2_F2_F2));
                    page.write_number_with_format(at, column, *number, &grey)?;
                }
                Slot::Choice(chosen, list) => {
                    let input = Format::new().set_font_color(Color::RGB(0x00_00_C0)).set_align(FormatAlign::Top);
                    let input = input.set_background_color(Color::RGB(0xFF_F9_DB)).set_unlocked().set_text_wrap();
                    page.write_string_with_format(at, column, clean(chosen), &input)?;
                    let one_of = DataValidation::new().allow_list_formula(format!("={list}").as_str().into());
                    page.add_data_validation(at, column, at, column, &one_of)?;
                }
                Slot::Alert(formula, result) => {
                    let calm = Format::new().set_font_color(GREY);
                    page.write_formula_with_format(at, column, Formula::new(formula).set_result(result), &calm)?;
                    let red = Format::new().set_bold().set_font_color(Color::RGB(0xC0_00_00));
                    let differs = ConditionalFormatFormula::new().set_rule("=as_in_file=0").set_format(red);
                    page.add_conditional_format(at, column, at, column, &differs)?;
                }
                Slot::Formula(formula, result, look) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(at, column, formula, &looks(*look))?;
                }
                Slot::Verdict(formula, result) => {
                    lines = lines.max(needed(result, room));
                    let right = Format::new().set_text_wrap().set_align(FormatAlign::Right).set_align(FormatAlign::Top);
                    page.write_formula_with_format(at, column, Formula::new(formula).set_result(result), &right)?;
                }
            }
        }
        if lines > 1.0 {
            page.set_row_height(at, 15.0 * lines)?;
        }
    }
    let below = sheet.rows.len() as u32 + 1;
    for (place, graph) in sheet.graphs.iter().enumerate() {
        // Charts stand side by side as far as a page is wide, then below each other.
        let at = below + (place as u32 / 2) * GRAPH_ROWS;
        let beside = place as u32 % 2 * (GRAPH_WIDTH + 24);
        page.insert_chart_with_offset(at, 0, &drawn(graph, &sheet.name), beside, 4)?;
    }
    if sheet.frozen > 0 {
        page.set_freeze_panes(sheet.frozen, 1)?;
    }
    // Without a password: it keeps hands off formulas, and whoever means to may lift it.
    page.protect();
    sheet_print::set_up(page, sheet, &widths, &book.foot)
}

/// Size of a graph in pixels, and the rows that it covers.
const GRAPH_WIDTH: u32 = 480;
const GRAPH_HEIGHT: u32 = 320;
/// Names stand beside bars.
const BARS_WIDTH: u32 = 900;
const GRAPH_ROWS: u32 = 18;

/// The colours of Okabe and Ito, today's grey before them.
const INKS: [u32; 9] =
    [0x4A_4A_4A, 0x00_72_B2, 0xE6_9F_00, 0x00_9E_73, 0xCC_79_A7, 0xD5_5E_00, 0x56_B4_E9, 0x99_99_99, 0xF0_E4_42];

fn drawn(graph: &Graph, sheet: &str) -> Chart {
    let mut chart = Chart::new(match graph.form {
        GraphForm::Columns => ChartType::Column,
        GraphForm::Bars => ChartType::Bar,
        GraphForm::Line => ChartType::Line,
    });
    let range = |cells: &Cells| (sheet, cells.first.0, cells.first.1, cells.last.0, cells.last.1);
    for (place, (name, cells)) in graph.series.iter().enumerate() {
        let ink = Color::RGB(INKS[place % INKS.len()]);
        let series = chart.add_series().set_name(range(name));
        series.set_categories(range(&graph.labels)).set_values(range(cells));
        match graph.form {
            GraphForm::Columns | GraphForm::Bars => {
                series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(ink)))
            }
            GraphForm::Line => {
                series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(ink).set_width(2.25)))
            }
        };
    }
    chart.title().set_name(clean(&graph.title).as_str()).set_font(ChartFont::new().set_size(12));
    // Labels keep off what reaches below zero.
    let size = match graph.form {
        // Along a chart of bars the amounts are its x axis. The first name stands at the top, and the amounts below.
        GraphForm::Bars => {
            chart.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
            chart.x_axis().set_num_format("#,##0").set_label_position(ChartAxisLabelPosition::High);
            let groups = graph.labels.last.0.abs_diff(graph.labels.first.0) + 1;
            let bars = groups.saturating_mul(graph.series.len() as u32);
            (BARS_WIDTH, (130 + 16 * bars + 10 * groups).max(GRAPH_HEIGHT))
        }
        GraphForm::Columns | GraphForm::Line => {
            chart.y_axis().set_num_format("#,##0");
            chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
            (GRAPH_WIDTH, GRAPH_HEIGHT)
        }
    };
    if graph.series.len() == 1 {
        chart.legend().set_hidden();
    } else {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    }
    chart.set_width(size.0).set_height(size.1);
    chart
}

/// The words of a cell, none where it holds a number.
fn words(slot: &Slot, unit: Unit) -> String {
    let words = match slot {
        Slot::Words(words) | Slot::Head(words) | Slot::Title(words) => clean(words),
        Slot::Sentence(sentence) => {
            let words: String = sentence.0.iter().map(|piece| format::piece(piece, unit)).collect();
            clean(&words)
        }
        Slot::Said(cell) => clean(&format::cell(cell, unit.voice)),
        Slot::Empty
        | Slot::Number(..)
        | Slot::Input(..)
        | Slot::Fixed(..)
        | Slot::Choice(..)
        | Slot::Alert(..)
        | Slot::Formula(..)
        | Slot::Verdict(..) => String::new(),
    };
    words.chars().take(LETTERS).collect()
}

/// How many lines words need in a column of so many letters; letters of other scripts are up to twice as wide.
fn needed(words: &str, width: f64) -> f64 {
    let letters: f64 = words.chars().map(|c| if c < '\u{1100}' { 1.05 } else { 1.8 }).sum();
    (letters / width.max(1.0)).ceil().clamp(1.0, 27.0)
}

/// Every number of a sheet, with its column and look.
fn numbers(sheet: &Sheet) -> impl Iterator<Item = (usize, f64, Look)> + '_ {
    sheet.rows.iter().flat_map(|row| row.iter().enumerate()).filter_map(|(column, slot)| match slot {
        Slot::Number(number, look)
        | Slot::Input(number, look)
        | Slot::Fixed(number, look)
        | Slot::Formula(_, number, look) => Some((column, *number, *look)),
        _ => None,
    })
}

/// Every number of a sheet that is an amount.
fn amounts(sheet: &Sheet) -> impl Iterator<Item = (usize, f64)> + '_ {
    let is_amount = |look: &Look| matches!(look, Look::Money | Look::Total);
    numbers(sheet).filter(move |(.., look)| is_amount(look)).map(|(column, number, _)| (column, number))
}

/// As wide as the largest amount of a column is with its marks, and the longest number with its decimals.
fn figures_width(sheet: &Sheet, column: usize) -> f64 {
    let marked = |number: f64| {
        let digits = libm::floor(libm::log10(number.abs().max(1.0))) + 1.0;
        digits + libm::floor((digits - 1.0) / 3.0)
    };
    let width = |(place, number, look): (usize, f64, Look)| match look {
        _ if place != column => None,
        Look::Money | Look::Total => Some(marked(number) + 4.0),
        Look::Plain => {
            let decimals = format!("{:.6}", number.abs().fract());
            Some(marked(number) + decimals.trim_end_matches('0').len() as f64 + 1.0)
        }
        _ => None,
    };
    numbers(sheet).filter_map(width).fold(5.0, f64::max)
}

/// Whether whole units would hide what a sheet says.
fn is_small(sheet: &Sheet) -> bool {
    amounts(sheet).all(|(_, number)| number.abs() < 1_000.0)
}

fn looks(look: Look, small: bool) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Money if small => format.set_num_format("#,##0.00;-#,##0.00;0"),
        Look::Total if small => {
            format.set_num_format("#,##0.00;-#,##0.00;0").set_bold().set_border_top(FormatBorder::Thin)
        }
        Look::Money => format.set_num_format("#,##0;-#,##0;0"),
        Look::Total => format.set_num_format("#,##0;-#,##0;0").set_bold().set_border_top(FormatBorder::Thin),
        Look::Share => format.set_num_format("0.0%"),
        Look::Plain => format.set_num_format("#,##0.######"),
        Look::Years => format.set_num_format("0.0"),
    }
}
