//! How does a sheet of the workbook print, so that it can be read at arm's length?
//!
//! Letters of 11 points are scaled to the width of the page. A sheet as wide as a page stands on one; a wider one goes over
//! to pages beside it, each with its first column and its heads again, instead of being made smaller than [`LEAST`]. A
//! narrow one without charts stands upright. Programs that lack the workbook's letters put wider ones in their place, by
//! which columns grow: the bounds hold for those too.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::plain::clean;
use crate::report::workbook::Sheet;

/// The smallest type on paper, and that of the cells, in points.
const LEAST: f64 = 8.0;
const CELLS: f64 = 11.0;
/// The width of a letter of a column where the letters are wider ones, in points.
const LETTER: f64 = 7.27;
/// A4 without its margins, in points: lying and standing.
const LYING: f64 = 784.0;
const STANDING: f64 = 537.0;
/// The margins left and right, above and below, and of head and foot, in inches.
const MARGINS: [f64; 3] = [0.4, 0.6, 0.3];
const A4: u8 = 9;
/// So much smaller a sheet is made rather than that its last column stands on a page of its own.
const SPARE: f64 = 0.04;

/// Letters of all columns that a page holds without being made too small.
fn room(width: f64) -> f64 {
    width * CELLS / (LEAST * LETTER)
}

/// Sets up how the sheet prints; `widths` are those of its columns as they are written.
pub(super) fn set_up(page: &mut Worksheet, sheet: &Sheet, widths: &[f64], foot: &str) -> Result<(), XlsxError> {
    let printed = sheet.printed.unwrap_or(widths.len());
    let all: f64 = widths.iter().take(printed).sum();
    if sheet.frozen > 0 {
        page.set_repeat_rows(0, sheet.frozen - 1)?;
    }
    if sheet.printed.is_some() {
        page.set_print_area(0, 0, sheet.rows.len() as u32, printed.saturating_sub(1) as u16)?;
    }
    // Charts stand on a page of their own rather than over the edge of one; programs that scale to a width may ignore it.
    if !sheet.graphs.is_empty() {
        page.set_page_breaks(&[sheet.rows.len() as u32])?;
    }
    page.set_paper_size(A4);
    let [side, above, head] = MARGINS;
    page.set_margins(side, side, above, above, head, head);
    let is_upright = all <= room(STANDING) && sheet.graphs.is_empty();
    let pages = match all - room(LYING) {
        over if over > SPARE * all && printed > 1 => {
            let first = widths.first().copied().unwrap_or(0.0);
            // What stands again on each further page takes its room there.
            page.set_repeat_columns(0, 0)?;
            1 + libm::ceil(over / (room(LYING) - first).max(1.0)) as u16
        }
        _ => 1,
    };
    if is_upright {
        page.set_portrait();
    } else {
        page.set_landscape();
    }
    page.set_print_fit_to_pages(pages, 0);
    // The foot keeps its size.
    page.set_header_footer_scale_with_doc(false);
    // `&` begins a code in a footer.
    page.set_footer(format!("&L&8{}&R&8&P / &N", clean(foot).replace('&', "&&")));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_as_many_letters_as_stay_readable() {
        // Eight points of eleven: 784 points hold 148 letters of 7.27 points, upright 537 points hold 101.
        assert_eq!([room(LYING), room(STANDING)].map(f64::floor), [148.0, 101.0]);
    }
}
