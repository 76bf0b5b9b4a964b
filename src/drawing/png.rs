//! How does an SVG chart become a picture for those who cannot place an SVG?
//!
//! The same file is rasterised, with the embedded face only: the fonts of the machine have no say, so the bytes are the
//! same everywhere.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::text::{FONT_BOLD, FONT_REGULAR};
use super::{ChartError, Size};

/// A hundred million pixels: more than any page needs, and 400 MB of memory.
const MOST_PIXELS: f64 = 1e8;

/// The SVG of a picture of this size as PNG, `scale` pixels for each nominal pixel.
///
/// # Errors
/// `ChartError::Size` for a scale that is not above zero or gives more than 10⁸ pixels.
pub(crate) fn png(svg: &str, size: Size, scale: f32) -> Result<Vec<u8>, ChartError> {
    let (width, height) = (f64::from(size.width) * f64::from(scale), f64::from(size.height) * f64::from(scale));
    if !(scale > 0.0 && width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
        return Err(ChartError::Size);
    }
    let options = Options { fontdb: fonts(), font_family: "Rosi Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|fault| ChartError::Drawing(fault.to_string()))?;
    let mut pixels = Pixmap::new(width.round() as u32, height.round() as u32).ok_or(ChartError::Size)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|fault| ChartError::Drawing(fault.to_string()))
}

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(FONT_REGULAR.to_vec());
        fonts.load_font_data(FONT_BOLD.to_vec());
        fonts.set_sans_serif_family("Rosi Sans");
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}
