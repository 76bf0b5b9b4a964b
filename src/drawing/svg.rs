//! How does a scene become an SVG file that people, browsers and screen readers can all read?
//!
//! The drawing library writes whole-number coordinates, in which slanted lines step and letters shift. So everything is
//! drawn on a canvas ten times as large, and a `viewBox` brings it back: a step is then a tenth of a pixel. The head of
//! the file is written here, with title, description and the table of figures.

use std::fmt::Write;

use plotters::prelude::{DrawingBackend, RGBColor, SVGBackend, ShapeStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TextStyle};

use super::ChartError;
use super::palette::Ink;
use super::scene::{Align, Item, Scene};
use super::text::{self, FONT_FAMILY};

/// Drawing units a nominal pixel.
const FINE: f64 = 10.0;
/// The drawing library divides type sizes by this before it writes them.
const WRITTEN_SIZE: f64 = 1.24;
/// From the top of a line to its baseline, as the drawing library writes it.
const TOP_TO_BASELINE: f64 = 0.76;

/// What a reader who cannot see the picture needs.
pub(crate) struct Head<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    /// The figures: a line of headings, and one a row.
    pub figures: Vec<Vec<String>>,
}

pub(crate) fn svg(told: &Head<'_>, scene: &Scene) -> Result<String, ChartError> {
    let mut drawn = String::new();
    {
        let canvas = (fine(scene.width).unsigned_abs(), fine(scene.height).unsigned_abs());
        let mut backend = SVGBackend::with_string(&mut drawn, canvas);
        for item in &scene.items {
            draw(&mut backend, item).map_err(|fault| ChartError::Drawing(fault.to_string()))?;
        }
        backend.present().map_err(|fault| ChartError::Drawing(fault.to_string()))?;
    }
    let shapes = drawn.split_once(">\n").map_or("", |(_, rest)| rest);
    let mut file = head(told, scene);
    completed(&mut file, shapes, scene);
    file.push_str("</svg>\n");
    Ok(file)
}

fn fine(length: f64) -> i32 {
    // Saturates rather than wraps, whatever comes in.
    (length * FINE).round() as i32
}

fn draw(backend: &mut SVGBackend<'_>, item: &Item) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let at = |points: &[(f64, f64)]| points.iter().map(|(x, y)| (fine(*x), fine(*y))).collect::<Vec<_>>();
    match item {
        Item::Fill { points, ink } => backend.fill_polygon(at(points), &style(*ink, 0.0).filled())?,
        Item::Line { points, thickness, ink, .. } => backend.draw_path(at(points), &style(*ink, *thickness))?,
        Item::Label(label) => {
            let anchor = match label.align {
                Align::Start => HPos::Left,
                Align::Middle => HPos::Center,
                Align::End => HPos::Right,
            };
            let font = text::font(label.size * FINE * WRITTEN_SIZE, label.bold);
            let ink = colour(label.ink);
            let written = TextStyle::from(font).pos(Pos::new(anchor, VPos::Top)).color(&ink);
            let top = label.y - TOP_TO_BASELINE * label.size;
            backend.draw_text(&label.text, &written, (fine(label.x), fine(top)))?;
        }
    }
    Ok(())
}

fn colour(ink: Ink) -> RGBColor {
    RGBColor(ink.0, ink.1, ink.2)
}

fn style(ink: Ink, thickness: f64) -> ShapeStyle {
    colour(ink).stroke_width(fine(thickness).unsigned_abs())
}

/// The opening tag with all that a reader who cannot see the picture needs.
fn head(told: &Head<'_>, scene: &Scene) -> String {
    let id: String = told.id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let (width, height) = (scene.width, scene.height);
    let (fine_width, fine_height) = (width * FINE, height * FINE);
    let title = escaped(&text::clean(told.title));
    let description = escaped(&text::clean(told.description));
    let mut file = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {fine_width} {fine_height}\" role=\"img\" aria-labelledby=\"chart-{id}-title chart-{id}-desc\" \
         font-family=\"{FONT_FAMILY}\" stroke-linejoin=\"round\">\n\
         <title id=\"chart-{id}-title\">{title}</title>\n\
         <desc id=\"chart-{id}-desc\">{description}</desc>\n\
         <metadata>{table}</metadata>\n",
        table = escaped(&table(&told.figures)),
    );
    file
}

/// The figures as lines of cells between tabs.
fn table(figures: &[Vec<String>]) -> String {
    let line = |cells: &Vec<String>| cells.iter().map(|cell| text::clean(cell)).collect::<Vec<_>>().join("\t");
    figures.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Copies the drawn shapes with what the drawing library cannot write: dashes, and for every shortened text its whole
/// wording, which browsers show under the pointer. The library writes one element an item, in their order.
fn completed(file: &mut String, shapes: &str, scene: &Scene) {
    // What every text or shape repeats stands once in the head, or is the default anyway.
    let family = format!(" font-family=\"{FONT_FAMILY}\"");
    let shapes = shapes.replace(&family, "").replace(" opacity=\"1\"", "").replace(" text-anchor=\"start\"", "");
    let mut drawn = shapes.lines();
    for item in &scene.items {
        let Some(element) = drawn.next() else { return };
        match item {
            Item::Fill { .. } => file.push_str(element),
            Item::Line { dash, .. } => {
                file.push_str(element.strip_suffix("/>").unwrap_or(element));
                if !dash.is_empty() {
                    let lengths: Vec<String> = dash.iter().map(|length| fine(*length).to_string()).collect();
                    let _ = write!(file, " stroke-dasharray=\"{}\"", lengths.join(" "));
                }
                file.push_str("/>");
            }
            // Three lines: the opening tag, the words, the closing tag.
            Item::Label(label) => {
                file.push_str(element);
                if let Some(full) = &label.full {
                    let _ = write!(file, "<title>{}</title>", escaped(full));
                }
                file.push_str(drawn.next().unwrap_or_default());
                file.push_str(drawn.next().unwrap_or_default());
            }
        }
        file.push('\n');
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            other => safe.push(other),
        }
    }
    safe
}
