//! What have all pictures in common?
//!
//! A chart is the words around a picture and the figures within it, which know how they are told, checked and drawn
//! ([`Picture`], one file a form). The same figures feed the picture and the table behind it,
//! so the two cannot disagree.

pub(super) mod amounts;
mod curve;
mod frame;
pub(super) mod ladder;
mod limit;
mod scale;
pub mod words;
pub(super) mod years;

pub(super) use curve::points;
pub use curve::{ExceedanceCurve, LADDER, LEAST_CHANCE};
pub use limit::{AgreedLimit, Standing};
pub use scale::Scale;
pub(super) use scale::grouped;

use super::pictures::{ChartKind, Figures, Picture};
use super::texts::{line, texts};
#[cfg(feature = "pdf")]
use crate::drawing::axis::{MARGIN, SMALL};
use crate::drawing::palette::{self, Series};
#[cfg(feature = "pdf")]
use crate::drawing::scene::FOOT;
use crate::drawing::scene::Scene;
#[cfg(feature = "charts")]
use crate::drawing::{self, Head};
use crate::drawing::{ChartError, Size, text};
use crate::units::Language;

/// One chart: its words and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Short name, unique among the charts of one report; it becomes part of file names and of anchors in a page.
    pub id: String,
    /// The statement at the top of the picture.
    pub title: String,
    /// One or two sentences for captions and for readers who cannot see the picture.
    pub description: String,
    /// The title of the budget case, so that a picture taken out of its report still says whose figures it shows.
    pub case: Option<String>,
    /// Which run drew it (version, scenario, seed, method), for the same reason; below everything else.
    pub run: Option<String>,
    /// A line below the picture.
    pub note: Option<String>,
    /// How many assumptions are examples, behind the note.
    pub examples: Option<String>,
    /// The figures, and with them the form of the picture.
    pub kind: ChartKind,
}

/// An option that a chart is about, and the place that fixes its colour in every chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartOption {
    /// Its name.
    pub name: String,
    /// Its place among the plans of the report, from 0; none for today.
    pub place: Option<usize>,
}

impl Chart {
    /// A chart without a note.
    pub fn new(id: &str, title: &str, description: &str, kind: impl Into<ChartKind>) -> Self {
        let text = str::to_owned;
        Self {
            id: text(id),
            title: text(title),
            description: text(description),
            case: None,
            run: None,
            note: None,
            examples: None,
            kind: kind.into(),
        }
    }

    /// The same chart with the title of its budget case.
    #[must_use]
    pub fn of_case(self, case: &str) -> Self {
        Self { case: Some(case.to_owned()), ..self }
    }

    /// The same chart with the run that it comes from.
    #[must_use]
    pub fn of_run(self, run: &str) -> Self {
        Self { run: Some(run.to_owned()), ..self }
    }

    /// The same chart as a part of a paper, which names the case and the run already.
    #[must_use]
    pub fn within_paper(&self) -> Self {
        Self { case: None, run: None, ..self.clone() }
    }

    /// The same chart on a page of a paper whose foot says how many assumptions are examples.
    #[must_use]
    pub fn on_page(&self) -> Self {
        Self { examples: None, ..self.within_paper() }
    }

    /// The words below the picture.
    pub(super) fn remark(&self) -> Option<String> {
        let said: Vec<&str> = [&self.note, &self.examples].into_iter().flatten().map(String::as_str).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// The same chart with a line below the picture, behind the one that it may have already.
    #[must_use]
    pub fn with_note(mut self, note: &str) -> Self {
        self.note = Some(match self.note {
            Some(first) => format!("{first} {note}"),
            None => note.to_owned(),
        });
        self
    }

    /// What it shows.
    fn picture(&self) -> &dyn Picture {
        self.kind.picture()
    }

    /// The figures behind the picture: column titles, then one row of text for each risk, plan, year or step. Amounts in
    /// full units, thousands grouped.
    pub fn table(&self) -> Figures {
        self.picture().table()
    }

    /// The same as a paper shows it: with a minus sign where the table has a hyphen, which other programs read.
    pub(crate) fn table_on_paper(&self) -> Figures {
        let (header, mut rows) = self.table();
        for cell in rows.iter_mut().flatten() {
            if let Some(amount) = cell.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
                *cell = format!("\u{2212}{amount}");
            }
        }
        (header, rows)
    }

    /// Whether a printed paper has its table.
    pub fn is_table_printed(&self) -> bool {
        self.picture().is_table_printed()
    }

    /// The part of the board paper that shows it.
    pub fn part(&self) -> &'static str {
        self.picture().part()
    }

    /// The size at which it reads best: 960 wide, and as high as its rows need.
    pub fn size(&self) -> Size {
        Size { width: 960, height: self.picture().height() + frame::lines(self) }
    }

    /// The size for a printed page or a column of text: 720 wide, so that words are as large as those around them.
    pub fn size_on_page(&self) -> Size {
        Size { width: Size::PAGE, height: self.size().height.min(self.picture().most_on_page()) }
    }

    /// The size for a phone held upright: names stand above their rows, and the words around the picture take more lines.
    pub fn size_on_phone(&self) -> Size {
        let natural = self.picture().height_on_phone() + frame::lines(self);
        let around = |width: u32| {
            let mut scene = Scene::new(f64::from(width), f64::from(natural));
            f64::from(natural) - frame::draw(&mut scene, self, &self.caption()).height()
        };
        let more = around(Size::PHONE) - around(Size::PAGE);
        Size { width: Size::PHONE, height: (natural + more.max(0.0).ceil() as u32).max(Size::PHONE) }
    }

    /// The chart as an SVG file of this size, with title, description and its figures within.
    ///
    /// # Errors
    /// `ChartError` says which: nothing to show, a figure that cannot be drawn, figures that do not match the options, or
    /// a size out of bounds.
    #[cfg(feature = "charts")]
    pub fn svg(&self, size: Size) -> Result<String, ChartError> {
        let scene = self.scene(size)?;
        let (header, rows) = self.table();
        let figures = std::iter::once(header).chain(rows).collect();
        drawing::svg(&Head { id: &self.id, title: &self.title, description: &self.description, figures }, &scene)
    }

    /// The chart as PNG, `scale` pixels for each nominal pixel of `size` (2 for print and sharp screens).
    ///
    /// # Errors
    /// As [`Chart::svg`], and `ChartError::Size` for a scale that is not above zero or gives more than 10⁸ pixels.
    #[cfg(feature = "png")]
    pub fn png(&self, size: Size, scale: f32) -> Result<Vec<u8>, ChartError> {
        drawing::png(&self.svg(size)?, size, scale)
    }

    /// Every line and word in its place.
    pub(crate) fn scene(&self, size: Size) -> Result<Scene, ChartError> {
        if size.is_drawable() { self.drawn(size) } else { Err(ChartError::Size) }
    }

    /// The chart as wide as a page and as high as its room, for where a page has little: its words stay as large.
    #[cfg(feature = "pdf")]
    pub(crate) fn scene_as_high(&self, height: f64) -> Result<Scene, ChartError> {
        let natural = f64::from(self.size_on_page().height);
        let least = self.picture().least().map_or(0.0, |body| {
            let mut around = Scene::new(f64::from(Size::PAGE), natural);
            natural - frame::draw(&mut around, self, &self.caption()).height() + body
        });
        // Below its last line a picture has a margin that a page does not need.
        let height = (height + MARGIN - SMALL * text::DESCENT - FOOT).max(least).min(natural).max(0.0) as u32;
        self.drawn(Size { width: Size::PAGE, height }).map(Scene::cropped)
    }

    /// The chart as wide as a page.
    #[cfg(feature = "pdf")]
    pub(crate) fn scene_on_page(&self) -> Result<Scene, ChartError> {
        self.scene(self.size_on_page()).map(Scene::cropped)
    }

    fn drawn(&self, size: Size) -> Result<Scene, ChartError> {
        check(self.picture())?;
        let mut scene = Scene::new(f64::from(size.width), f64::from(size.height));
        let body = frame::draw(&mut scene, self, &self.caption());
        self.picture().draw(&mut scene, body);
        Ok(scene)
    }

    fn caption(&self) -> String {
        text::clean(&self.picture().caption()).trim_end_matches(',').to_owned()
    }
}

/// Refuses a picture without figures, with figures that are no amounts or chances, or with figures that do not fit
/// together.
fn check(picture: &dyn Picture) -> Result<(), ChartError> {
    /// Larger amounts are no money.
    const LARGEST: f64 = 1e100;
    let amounts = picture.amounts();
    if amounts.is_empty() {
        return Err(ChartError::Empty);
    }
    if !amounts.iter().all(|amount| amount.abs() <= LARGEST) {
        return Err(ChartError::NotFinite);
    }
    if picture.fits() { Ok(()) } else { Err(ChartError::Shape) }
}

pub(super) fn is_chance(chance: f64) -> bool {
    (0.0..=1.0).contains(&chance)
}

/// The height of a picture whose rows ask for so much.
pub(super) fn high(rows: f64) -> u32 {
    rows.clamp(f64::from(Size::SMALLEST.height), 1200.0).ceil() as u32
}

/// The same on a phone, where a long picture is scrolled like the text around it.
pub(super) fn high_on_phone(rows: f64) -> u32 {
    rows.clamp(f64::from(Size::PHONE), 4000.0).ceil() as u32
}

impl ChartOption {
    /// Today, under the name that the report gives it.
    pub fn today(name: &str) -> Self {
        Self { name: name.to_owned(), place: None }
    }

    /// The plan at this place of the report, from 0.
    pub fn plan(name: &str, place: usize) -> Self {
        Self { name: name.to_owned(), place: Some(place) }
    }

    /// What it wears in every picture.
    pub(super) fn series(&self) -> Series {
        self.place.map_or_else(palette::today, palette::plan)
    }

    /// "today" or "with Core".
    pub(super) fn phrase(&self, language: impl Into<Language>) -> String {
        let words = &texts(language).charts;
        if self.place.is_none() { words.today.to_owned() } else { line(words.with_plan, &[("plan", &self.name)]) }
    }
}

/// The heading of a column of amounts.
pub(super) fn titled(name: &str, scale: &Scale) -> String {
    if scale.currency.is_empty() { name.to_owned() } else { format!("{name} ({})", scale.currency) }
}
