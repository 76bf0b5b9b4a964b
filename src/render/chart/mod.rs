//! Charts as pictures: SVG, and PNG made from it.
//!
//! A chart's figures come from [`crate::report::chart`]. Here they are laid out as a scene in which every line and word
//! has its place, and the scene is written as SVG. The same chart gives the same bytes at any time on any machine.
//!
//! Adding a form of picture: a variant of `ChartKind` with its data and its table, one file here that lays it out, a
//! line in `scene_of`, and its awkward cases in the tests.

mod bars;
mod frame;
mod lines;
mod palette;
mod place;
#[cfg(feature = "png")]
mod png;
mod points;
mod scene;
mod svg;
#[cfg(test)]
mod tests;
mod text;

#[cfg(feature = "png")]
pub use png::png;
pub use text::{FONT_BOLD, FONT_FAMILY, FONT_REGULAR};

use crate::report::chart::{Chart, ChartKind};
use scene::Scene;

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
    /// A risk has more or fewer figures than there are options.
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
            Self::Shape => write!(f, "a risk of the chart has more or fewer figures than there are options"),
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
                    (bars::ROW + 8.0) * rows.min(20) as f64 + frame + bars::HEADER
                };
                height.clamp(f64::from(Self::SMALLEST.height), 1200.0).ceil() as u32
            }
            ChartKind::CostAgainstLossAvoided(_) | ChartKind::CumulativeCash(_) => 540,
        };
        Self { width: 960, height }
    }
}

/// The chart as an SVG file of this size, with title, description and its figures within.
///
/// # Errors
/// [`ChartError`] says which: nothing to show, a figure that cannot be drawn, figures that do not match the options, or
/// a size out of bounds.
pub fn svg(chart: &Chart, size: Size) -> Result<String, ChartError> {
    svg::write(chart, &scene_of(chart, size)?)
}

fn scene_of(chart: &Chart, size: Size) -> Result<Scene, ChartError> {
    if size.width < Size::SMALLEST.width
        || size.height < Size::SMALLEST.height
        || size.width > Size::LARGEST.width
        || size.height > Size::LARGEST.height
    {
        return Err(ChartError::Size);
    }
    check(&chart.kind)?;
    let mut scene = Scene::new(f64::from(size.width), f64::from(size.height));
    let body = frame::draw(&mut scene, chart, &caption(&chart.kind));
    match &chart.kind {
        ChartKind::LossByRisk(data) => bars::draw(&mut scene, body, data),
        ChartKind::CostAgainstLossAvoided(data) => points::draw(&mut scene, body, data),
        ChartKind::CumulativeCash(data) => lines::draw(&mut scene, body, data),
    }
    Ok(scene)
}

/// What the amounts are, in which currency.
fn caption(kind: &ChartKind) -> String {
    let caption = match kind {
        ChartKind::LossByRisk(data) => format!("Average loss per year, {}", data.scale.currency),
        ChartKind::CostAgainstLossAvoided(data) => {
            format!("Loss avoided over {}, present value, {}", data.horizon, data.loss_scale.currency)
        }
        ChartKind::CumulativeCash(data) => {
            format!("Loss avoided minus cost, added up year by year, {}", data.scale.currency)
        }
    };
    text::clean(&caption).trim_end_matches(',').to_owned()
}

fn check(kind: &ChartKind) -> Result<(), ChartError> {
    let amounts: Vec<f64> = match kind {
        ChartKind::LossByRisk(data) => {
            if data.risks.iter().any(|risk| risk.losses.len() != data.options.len()) {
                return Err(ChartError::Shape);
            }
            data.risks.iter().flat_map(|risk| risk.losses.iter().copied()).collect()
        }
        ChartKind::CostAgainstLossAvoided(data) => {
            data.plans.iter().flat_map(|plan| [plan.cost, plan.loss_avoided]).collect()
        }
        ChartKind::CumulativeCash(data) => {
            if data.plans.iter().any(|plan| plan.net.is_empty()) {
                return Err(ChartError::Empty);
            }
            data.plans.iter().flat_map(|plan| plan.net.iter().copied()).collect()
        }
    };
    if amounts.is_empty() {
        return Err(ChartError::Empty);
    }
    if amounts.iter().all(|amount| amount.abs() <= 1e100) { Ok(()) } else { Err(ChartError::NotFinite) }
}
