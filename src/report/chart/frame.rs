//! What surrounds the figures of every picture: title, caption, note, case and run.

use super::Chart;
use crate::drawing::axis::{MARGIN, NORMAL, SMALL, TITLE};
use crate::drawing::palette::{QUIET_TEXT, TEXT};
use crate::drawing::scene::{Area, Label, Scene};
use crate::drawing::{Size, text};

/// The title of a narrow picture.
const NARROW_TITLE: f64 = 16.0;
/// Height of the line that names the case.
const CASE: f64 = SMALL * text::LEADING + 2.0;

/// Writes case, title, caption and note; the answer is the space between them.
pub(super) fn draw(scene: &mut Scene, chart: &Chart, caption: &str) -> Area {
    let room = scene.width - 2.0 * MARGIN;
    // Short lines hold fewer words, so there are more of them.
    let (size, most) = if scene.width < f64::from(Size::SMALLEST.width) { (NARROW_TITLE, 4) } else { (TITLE, 2) };
    let title = text::bound(&text::clean(&chart.title));
    let mut top = MARGIN;
    if let Some(case) = case(chart) {
        let shown = text::shortened(&case, SMALL, false, room);
        scene.label(Label::new(shown, MARGIN, top + SMALL * text::ASCENT, SMALL, QUIET_TEXT).standing_for(&case));
        top += CASE;
    }
    if !title.is_empty() {
        let (lines, cut) = text::wrapped(&title, size, true, room, most);
        let first = Label::new("", MARGIN, top + size * text::ASCENT, size, TEXT).bold();
        scene.lines(&lines, &first, &title, cut);
        top += lines.len() as f64 * size * text::LEADING + 2.0;
    }
    if !caption.is_empty() {
        let (lines, cut) = text::wrapped(caption, NORMAL, false, room, most - 1);
        let first = Label::new("", MARGIN, top + NORMAL * text::ASCENT, NORMAL, QUIET_TEXT);
        scene.lines(&lines, &first, caption, cut);
        top += lines.len() as f64 * NORMAL * text::LEADING;
    }
    let mut bottom = scene.height - MARGIN;
    if let Some(run) = run(chart) {
        let shown = text::shortened(&run, SMALL, false, room);
        scene.label(Label::new(shown, MARGIN, bottom, SMALL, QUIET_TEXT).standing_for(&run));
        bottom -= CASE;
    }
    if let Some(note) = chart.remark().as_deref().map(text::clean).filter(|note| !note.is_empty()) {
        let (lines, cut) = text::wrapped(&note, SMALL, false, room, most);
        let height = lines.len() as f64 * SMALL * text::LEADING;
        let first = Label::new("", MARGIN, bottom - height + SMALL, SMALL, QUIET_TEXT);
        scene.lines(&lines, &first, &note, cut);
        bottom -= height + 6.0;
    }
    Area::new(MARGIN, top + 10.0, scene.width - MARGIN, bottom)
}

/// The name of the case, where there is one to write.
fn case(chart: &Chart) -> Option<String> {
    chart.case.as_deref().map(text::clean).filter(|case| !case.is_empty())
}

/// The run that it comes from, where there is one to write.
fn run(chart: &Chart) -> Option<String> {
    chart.run.as_deref().map(text::clean).filter(|run| !run.is_empty())
}

/// What the names of case and run take of the height.
pub(super) fn lines(chart: &Chart) -> u32 {
    [case(chart), run(chart)].iter().flatten().count() as u32 * CASE.ceil() as u32
}
