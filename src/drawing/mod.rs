//! How does a layout become a picture?
//!
//! A toolkit that knows nothing of risk or money: a scene in which every line and word has its place, written as SVG by
//! plotters, and PNG made from it; with it what layouts have in common: axes, rows, colours, places of labels, the
//! measures of text. The same scene gives the same bytes at any time on any machine.

pub(crate) mod axis;
pub(crate) mod key;
pub(crate) mod palette;
pub(crate) mod place;
#[cfg(feature = "png")]
mod png;
pub(crate) mod rows;
pub(crate) mod scene;
#[cfg(feature = "charts")]
mod svg;
pub(crate) mod tag;
pub(crate) mod text;

#[cfg(feature = "png")]
pub(crate) use png::png;
#[cfg(feature = "charts")]
pub(crate) use svg::{Head, svg};

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
    /// A phone held upright: at this width words stay readable on it without scrolling aside. Such a picture is at least
    /// as high as it is wide.
    pub const PHONE: u32 = 360;
    /// Above this, coordinates grow without a use.
    pub const LARGEST: Self = Self { width: 8000, height: 8000 };

    /// Whether labels find room and coordinates stay of use.
    pub(crate) fn is_drawable(self) -> bool {
        let within = |length, least, most| (least..=most).contains(&length);
        let is_upright = self.height >= self.width;
        let narrowest = if is_upright { Self::PHONE } else { Self::SMALLEST.width };
        within(self.width, narrowest, Self::LARGEST.width)
            && within(self.height, Self::SMALLEST.height, Self::LARGEST.height)
    }
}
