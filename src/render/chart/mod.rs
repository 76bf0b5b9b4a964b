//! Charts as pictures: SVG, and PNG made from it.
//!
//! A chart's figures come from [`crate::report::chart`]. Here they are laid out as a scene in which every line and word
//! has its place, and the scene is written as SVG. The same chart gives the same bytes at any time on any machine.
//!
//! Adding a form of picture: a variant of `ChartKind` with its data and its table, one file here that lays it out, a
//! line in `scene_of`, and its awkward cases in the tests.

mod amounts;
mod bars;
mod check;
mod density;
mod exceedance;
mod fit;
mod frame;
mod frontier;
mod lines;
mod palette;
mod place;
#[cfg(feature = "png")]
mod png;
mod points;
mod ranges;
mod rows;
mod scene;
mod svg;
mod tag;
mod tail;
#[cfg(test)]
mod tests;
mod text;
mod tornado;
mod tower;
mod waterfall;
mod years;

#[cfg(feature = "pdf")]
pub(super) use palette::{FORBIDDEN, Ink, QUIET_TEXT, TEXT};
pub use palette::{night_ground, night_inks};
#[cfg(feature = "png")]
pub use png::png;
#[cfg(feature = "pdf")]
pub(super) use scene::{Align, Area, Item, Label};
#[cfg(feature = "pdf")]
pub(super) use text::is_square;
pub use text::{FONT_BOLD, FONT_FAMILY, FONT_REGULAR};

use crate::report::chart::{Chart, ChartKind, Scale};
use crate::report::texts::{line, texts};
pub(super) use scene::Scene;

/// Size of a picture in nominal pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// Why a chart was not drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChartError {
    /// There is no option, plan or risk to show.
    Empty,
    /// A figure is not a number, infinite or too large to draw (beyond 10¹⁰⁰).
    NotFinite,
    /// Figures do not fit together: more or fewer of them than there are options, a chance beyond 0 and 1, a curve that
    /// does not fall.
    Shape,
    /// The picture is too small for its labels or too large to be of use.
    Size,
    /// The drawing library reports a fault.
    Drawing(String),
}

impl std::fmt::Display for ChartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => write!(f, "the chart has nothing to show"),
            Self::NotFinite => write!(f, "the chart has a figure that is not a finite amount"),
            Self::Shape => write!(f, "the figures of the chart do not fit together"),
            Self::Size => write!(
                f,
                "the picture must be {} by {} to {} by {} pixels",
                Size::SMALLEST.width,
                Size::SMALLEST.height,
                Size::LARGEST.width,
                Size::LARGEST.height
            ),
            Self::Drawing(fault) => write!(f, "the chart could not be drawn: {fault}"),
        }
    }
}

impl std::error::Error for ChartError {}

impl Size {
    /// Below this, labels no longer find room.
    pub const SMALLEST: Self = Self { width: 560, height: 320 };
    /// The width of a page or a column of text, on which words of a picture are as large as those around it.
    pub const PAGE: u32 = 720;
    /// Above this, coordinates grow without a use.
    pub const LARGEST: Self = Self { width: 8000, height: 8000 };

    /// The size at which a chart reads best on a page: 960 wide, and as high as its rows need.
    pub fn natural(chart: &Chart) -> Self {
        let height = match &chart.kind {
            ChartKind::LossByRisk(data) => {
                let options = data.options.len().max(1) as f64;
                let rows = data.risks.len().max(1);
                let frame = 118.0;
                let height = if data.options.len() <= bars::GROUPED {
                    (options * (bars::PITCH + 5.0) + bars::GAP) * rows.min(12) as f64 + frame + bars::FOOTER
                } else {
                    (rows::ROW + 8.0) * rows.min(20) as f64 + frame + bars::HEADER
                };
                in_bounds(height)
            }
            ChartKind::TailContribution(data) => in_bounds(30.0 * (data.risks.len() + 1).min(16) as f64 + 132.0),
            ChartKind::Waterfall(data) => in_bounds(32.0 * (data.steps.len() + 2).min(24) as f64 + 148.0),
            ChartKind::Tornado(data) => in_bounds(34.0 * data.swings.len().clamp(1, 16) as f64 + 140.0),
            ChartKind::LossBeforeAndAfter(data) => in_bounds(52.0 * data.options.len() as f64 + 180.0),
            ChartKind::LossRanges(data) => {
                let group = (data.options.len() as f64 * (ranges::PITCH + 1.0) + ranges::GAP).max(rows::ROW);
                in_bounds(group * data.risks.len().min(14) as f64 + ranges::HEADER + 150.0)
            }
            ChartKind::Exceedance(_) => 580,
            ChartKind::AnnualLossDensity(_) | ChartKind::DataAgainstFit(_) => 500,
            ChartKind::InsuranceTower(_) => 420,
            ChartKind::CostAgainstLossAvoided(_) | ChartKind::CumulativeCash(_) | ChartKind::Frontier(_) => 540,
        };
        let lines = [frame::case(chart), frame::run(chart)].iter().flatten().count() as u32;
        Self { width: 960, height: height + lines * frame::CASE.ceil() as u32 }
    }
}

impl Size {
    /// The size for a printed page or a column of text: 720 wide, so that words are as large as those around them.
    pub fn on_page(chart: &Chart) -> Self {
        let natural = Self::natural(chart).height;
        let height = match &chart.kind {
            ChartKind::Exceedance(_) => natural.min(440),
            ChartKind::AnnualLossDensity(_) => natural.min(400),
            ChartKind::CostAgainstLossAvoided(_) | ChartKind::CumulativeCash(_) | ChartKind::Frontier(_) => {
                natural.min(420)
            }
            _ => natural,
        };
        Self { width: Self::PAGE, height }
    }
}

fn in_bounds(height: f64) -> u32 {
    height.clamp(f64::from(Size::SMALLEST.height), 1200.0).ceil() as u32
}

/// The chart as an SVG file of this size, with title, description and its figures within.
///
/// # Errors
/// `ChartError` says which: nothing to show, a figure that cannot be drawn, figures that do not match the options, or
/// a size out of bounds.
pub fn svg(chart: &Chart, size: Size) -> Result<String, ChartError> {
    svg::write(chart, &scene_of(chart, size)?)
}

/// The chart as wide as a page and as high as its room, for where a page has little: its words stay as large.
#[cfg(feature = "pdf")]
pub(super) fn scene_as_high(chart: &Chart, height: f64) -> Result<Scene, ChartError> {
    let natural = f64::from(Size::on_page(chart).height);
    let height = height.max(least(chart, natural)).min(natural).max(0.0) as u32;
    drawn(chart, Size { width: Size::PAGE, height })
}

/// Below it the rows of a picture run into each other.
#[cfg(feature = "pdf")]
fn least(chart: &Chart, natural: f64) -> f64 {
    let ChartKind::LossBeforeAndAfter(data) = &chart.kind else { return 0.0 };
    let mut around = Scene::new(f64::from(Size::PAGE), natural);
    let body = frame::draw(&mut around, chart, &caption(&chart.kind));
    natural - body.height() + years::least(data)
}

pub(super) fn scene_of(chart: &Chart, size: Size) -> Result<Scene, ChartError> {
    if size.width < Size::SMALLEST.width
        || size.height < Size::SMALLEST.height
        || size.width > Size::LARGEST.width
        || size.height > Size::LARGEST.height
    {
        return Err(ChartError::Size);
    }
    drawn(chart, size)
}

fn drawn(chart: &Chart, size: Size) -> Result<Scene, ChartError> {
    check::check(&chart.kind)?;
    let mut scene = Scene::new(f64::from(size.width), f64::from(size.height));
    let body = frame::draw(&mut scene, chart, &caption(&chart.kind));
    match &chart.kind {
        ChartKind::LossByRisk(data) => bars::draw(&mut scene, body, data),
        ChartKind::CostAgainstLossAvoided(data) => points::draw(&mut scene, body, data),
        ChartKind::CumulativeCash(data) => lines::draw(&mut scene, body, data),
        ChartKind::Exceedance(data) => exceedance::draw(&mut scene, body, data),
        ChartKind::AnnualLossDensity(data) => density::draw(&mut scene, body, data),
        ChartKind::TailContribution(data) => tail::draw(&mut scene, body, data),
        ChartKind::Waterfall(data) => waterfall::draw(&mut scene, body, data),
        ChartKind::LossBeforeAndAfter(data) => years::draw(&mut scene, body, data),
        ChartKind::Tornado(data) => tornado::draw(&mut scene, body, data),
        ChartKind::Frontier(data) => frontier::draw(&mut scene, body, data),
        ChartKind::InsuranceTower(data) => tower::draw(&mut scene, body, data),
        ChartKind::DataAgainstFit(data) => fit::draw(&mut scene, body, data),
        ChartKind::LossRanges(data) => ranges::draw(&mut scene, body, data),
    }
    Ok(scene)
}

/// What the amounts are, in which currency.
fn caption(kind: &ChartKind) -> String {
    let words = &texts(kind.language()).drawing;
    let with_currency = |template: &str, scale: &Scale| line(template, &[("currency", &scale.currency)]);
    let caption = match kind {
        ChartKind::LossByRisk(data) => with_currency(words.average_loss, &data.scale),
        ChartKind::CostAgainstLossAvoided(data) => {
            line(words.avoided, &[("years", &data.horizon), ("currency", &data.loss_scale.currency)])
        }
        ChartKind::CumulativeCash(data) => with_currency(words.balance, &data.scale),
        ChartKind::Exceedance(_) => words.losing_more.to_owned(),
        ChartKind::DataAgainstFit(_) => words.share_above.to_owned(),
        ChartKind::AnnualLossDensity(data) => match data.step() {
            Some(step) => {
                let step = data.scale.amount_with_currency(step);
                line(words.loss_in_steps, &[("option", &data.option.name), ("amount", &step)])
            }
            None => line(words.loss_as_area, &[("option", &data.option.name)]),
        },
        ChartKind::TailContribution(data) => {
            let (chance, currency) = (data.scale.chance(data.chance), data.scale.currency);
            line(words.mean_loss, &[("option", &data.option.name), ("chance", &chance), ("currency", &currency)])
        }
        ChartKind::InsuranceTower(data) => with_currency(words.loss_of_event, &data.scale),
        ChartKind::Tornado(data) => {
            line(words.value, &[("option", &data.option.name), ("currency", &data.scale.currency)])
        }
        ChartKind::Frontier(data) => with_currency(words.average_left, &data.loss_scale),
        ChartKind::Waterfall(data) => with_currency(words.average_loss, &data.scale),
        ChartKind::LossBeforeAndAfter(data) => with_currency(words.three_years, &data.scale),
        ChartKind::LossRanges(data) => with_currency(words.three_years, &data.scale),
    };
    text::clean(&caption).trim_end_matches(',').to_owned()
}
