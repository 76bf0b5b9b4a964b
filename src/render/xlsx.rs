//! The case as an Excel workbook: formulas with their results, names, and a print set-up.
//!
//! Text of the file is written as text, so nothing in it is ever a formula. The same workbook gives the same bytes:
//! the creation date is fixed.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook as File, XlsxError,
};

use super::format;
use super::plain::clean;
use crate::report::workbook::{Look, Sheet, Slot, Workbook};

/// Excel's bound on the letters of one cell.
const LETTERS: usize = 32_000;

/// The bytes of a workbook.
///
/// # Errors
/// What the writer of the format refuses, such as a sheet of more rows than the format has.
pub fn xlsx(book: &Workbook, currency: &str) -> Result<Vec<u8>, String> {
    write(book, currency).map_err(|fault| fault.to_string())
}

fn write(book: &Workbook, currency: &str) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    // A date of its own would make each run another file.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    file.set_properties(&DocProperties::new().set_title(clean(&book.title)).set_creation_datetime(&created));
    for sheet in &book.sheets {
        add(&mut file, sheet, book, currency)?;
    }
    for (name, cell) in &book.names {
        file.define_name(name, &format!("={cell}"))?;
    }
    file.save_to_buffer()
}

fn add(file: &mut File, sheet: &Sheet, book: &Workbook, currency: &str) -> Result<(), XlsxError> {
    let page = file.add_worksheet();
    page.set_name(&sheet.name)?;
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xEE_F2_F5));
    for (index, width) in sheet.widths.iter().enumerate() {
        page.set_column_width(index as u16, *width)?;
    }
    for (row, slots) in sheet.rows.iter().enumerate() {
        let row = row as u32;
        // A sentence alone in its row may run over the columns beside it.
        let is_alone = slots.len() == 1;
        for (place, slot) in slots.iter().enumerate() {
            let place = place as u16;
            let text = |words: &str| short(&clean(words));
            match slot {
                Slot::Empty => {}
                Slot::Words(words) if is_alone => {
                    page.write_string(row, place, text(words))?;
                }
                Slot::Words(words) => {
                    page.write_string_with_format(row, place, text(words), &wrapped)?;
                }
                Slot::Sentence(sentence) => {
                    let words: String = sentence.0.iter().map(|piece| format::piece(piece, currency)).collect();
                    page.write_string(row, place, text(&words))?;
                }
                Slot::Said(cell) => {
                    page.write_string_with_format(row, place, text(&format::cell(cell)), &wrapped)?;
                }
                Slot::Head(words) => {
                    page.write_string_with_format(row, place, text(words), &head)?;
                }
                Slot::Number(number, look) => {
                    page.write_number_with_format(row, place, *number, &looks(*look))?;
                }
                Slot::Formula(formula, result, look) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(row, place, formula, &looks(*look))?;
                }
                Slot::Verdict(formula, result) => {
                    page.write_formula(row, place, Formula::new(formula).set_result(result))?;
                }
            }
        }
    }
    if sheet.frozen > 0 {
        page.set_freeze_panes(sheet.frozen, 1)?;
        page.set_repeat_rows(0, sheet.frozen - 1)?;
    }
    page.set_landscape();
    page.set_paper_size(9);
    page.set_print_fit_to_pages(1, 0);
    // `&` begins a code in a footer.
    page.set_footer(format!("&L&8{}&R&8&P / &N", clean(&book.foot).replace('&', "&&")));
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(LETTERS).collect()
}

fn looks(look: Look) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match look {
        Look::Money => format.set_num_format("#,##0;-#,##0;0"),
        Look::Total => format.set_num_format("#,##0;-#,##0;0").set_bold().set_border_top(FormatBorder::Thin),
        Look::Share => format.set_num_format("0.0%"),
        Look::Plain => format.set_num_format("#,##0.######"),
        Look::Years => format.set_num_format("0.0"),
    }
}
