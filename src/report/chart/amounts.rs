//! Where do amounts of money stand along the bottom of a picture, and which of them are written there?

use super::Scale;
use crate::drawing::axis::{Axis, MARGIN, NORMAL, SMALL};
use crate::drawing::palette::{GRID, QUIET_TEXT};
use crate::drawing::rows::is_narrow;
use crate::drawing::scene::{Align, Area, Label, Scene};
use crate::drawing::text;

/// Height of the labels below a plot, and of labels with a caption.
pub(in crate::report) const LABELS: f64 = 22.0;
const WITH_CAPTION: f64 = 42.0;

/// Height of the labels below a plot with a caption, which takes two lines in a narrow picture.
pub(in crate::report) fn with_caption(body: Area) -> f64 {
    if is_narrow(body) { WITH_CAPTION + NORMAL * text::LEADING } else { WITH_CAPTION }
}

/// The width of the widest mark of an axis that runs up.
pub(in crate::report) fn widest(marks: &[(f64, String)]) -> f64 {
    marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max)
}

/// A line across a plot at this height, with its mark so far to the left of it.
pub(in crate::report) fn level(scene: &mut Scene, plot: Area, y: f64, mark: String, gap: f64) {
    scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
    scene.label(Label::new(mark, plot.left - gap, y + SMALL * 0.36, SMALL, QUIET_TEXT).align(Align::End));
}

/// An axis of amounts from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) enum Amounts {
    Linear(Axis),
    /// Amounts below the low end, zero among them, stand at it.
    Logarithmic {
        low: f64,
        high: f64,
    },
}

impl Amounts {
    /// From zero to a little over the largest.
    pub fn up_to(largest: f64, width: f64) -> Self {
        Self::holding(std::iter::once(largest * 1.05), width)
    }

    /// From the least to the largest of these and of zero, with as many labels as find room.
    pub fn holding(amounts: impl Iterator<Item = f64>, width: f64) -> Self {
        Self::Linear(Axis::holding(amounts, (width / 110.0).clamp(2.0, 8.0) as usize, false))
    }

    /// Between two amounts above zero, with a little space around them.
    pub fn between(low: f64, high: f64) -> Self {
        Self::Logarithmic { low: low / 1.3, high: high * 1.3 }
    }

    /// The low end.
    pub fn low(&self) -> f64 {
        match self {
            Self::Linear(axis) => axis.low,
            Self::Logarithmic { low, .. } => *low,
        }
    }

    /// Where an amount stands in a plot; beyond the ends, at them.
    pub fn place(&self, amount: f64, plot: Area) -> f64 {
        let part = match self {
            Self::Linear(axis) => axis.place(amount, 0.0, 1.0),
            Self::Logarithmic { low, high } => libm::log(amount.max(*low) / low) / libm::log(high / low),
        };
        plot.left + part.clamp(0.0, 1.0) * plot.width()
    }

    fn marks(&self, scale: &Scale, width: f64) -> Vec<(f64, String)> {
        match self {
            Self::Linear(axis) => {
                axis.labels().into_iter().map(|amount| (amount, scale.tick(amount, axis.step))).collect()
            }
            Self::Logarithmic { low, high } => {
                let (first, last) = (libm::log10(*low).floor() as i32, libm::log10(*high).ceil() as i32);
                let decade = width / f64::from((last - first).max(1));
                // As many round amounts in each power of ten as find room, or not even one in each.
                let round: &[f64] = if decade > 170.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
                let every = (60.0 / decade).ceil().max(1.0) as usize;
                let powers = (first..=last).step_by(every).map(|power| libm::pow(10.0, f64::from(power)));
                let amounts = powers.flat_map(|power| round.iter().map(move |digit| digit * power));
                let within = amounts.filter(|amount| (*low..=*high).contains(amount));
                within.map(|amount| (amount, scale.amount(amount))).collect()
            }
        }
    }

    /// Grid lines, labels below them and, where there is one, a caption below the labels.
    pub fn draw(&self, scene: &mut Scene, plot: Area, scale: &Scale, caption: &str) {
        let mut last_right = f64::NEG_INFINITY;
        for (amount, mark) in self.marks(scale, plot.width()) {
            let x = self.place(amount, plot);
            scene.line(vec![(x, plot.top), (x, plot.bottom + 4.0)], 1.0, GRID);
            let mut label = Label::new(mark, x, plot.bottom + 5.0 + SMALL, SMALL, QUIET_TEXT).align(Align::Middle);
            let over = label.area().right - (scene.width - 4.0);
            label.x -= over.max(0.0);
            let area = label.area();
            if area.left > last_right + 8.0 {
                last_right = area.right;
                scene.label(label);
            }
        }
        let caption = text::clean(caption);
        let caption = caption.trim_end_matches(',');
        if !caption.is_empty() {
            let around = Area { left: MARGIN, right: scene.width - MARGIN, ..plot };
            let (room, most) = if is_narrow(around) { (plot.right - MARGIN, 2) } else { (plot.width(), 1) };
            let (lines, cut) = text::wrapped(caption, NORMAL, false, room, most);
            let first = Label::new("", plot.right, plot.bottom + 36.0, NORMAL, QUIET_TEXT).align(Align::End);
            scene.lines(&lines, &first, caption, cut);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithmic_axis_writes_round_amounts_at_any_span() {
        let scale = Scale::for_amounts("EUR", std::iter::once(1e6));
        for (low, high, width) in [(1e3, 1e6, 700.0), (0.5, 1e13, 400.0), (3e5, 4e5, 700.0), (1.0, 60.0, 900.0)] {
            let marks = Amounts::between(low, high).marks(&scale, width);
            assert!(marks.len() <= 14, "{marks:?}");
            assert!(low > 2e5 || marks.len() >= 2, "{marks:?}");
        }
        let words: Vec<String> =
            Amounts::between(2e4, 2e6).marks(&scale, 700.0).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(words, ["20k", "50k", "100k", "200k", "500k", "1M", "2M"]);
    }
}
