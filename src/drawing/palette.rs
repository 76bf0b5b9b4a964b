//! Which colour, dash, marker and hatching does each option wear?
//!
//! Colours are those of Okabe and Ito (2008), which people with any form of colour blindness tell apart. Every option
//! also differs without colour: lines by dash and marker, bars by hatching. An option wears the same in every chart.

/// A colour, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ink(pub u8, pub u8, pub u8);

/// Titles, names and figures.
pub(crate) const TEXT: Ink = Ink(0x1F, 0x1F, 0x1F);
/// Captions, axis labels and notes; 7 to 1 against white.
pub(crate) const QUIET_TEXT: Ink = Ink(0x55, 0x55, 0x55);
pub(crate) const AXIS: Ink = Ink(0x6E, 0x6E, 0x6E);
pub(crate) const GRID: Ink = Ink(0xE4, 0xE4, 0xE4);
pub(crate) const WHITE: Ink = Ink(0xFF, 0xFF, 0xFF);
/// Behind the part of a chart where a plan is worth its cost.
pub(crate) const WORTH: Ink = Ink(0xEA, 0xF4, 0xEF);
/// Behind the part of a chart that was agreed not to be entered.
pub(crate) const FORBIDDEN: Ink = Ink(0xFB, 0xEA, 0xE4);
/// A step that adds loss; vermilion, as far from the pale green of what is taken off as the palette goes.
pub(crate) const RISE: Ink = Ink(0xD5, 0x5E, 0x00);
/// Around markers and beneath light lines, so that yellow is seen on white.
pub(crate) const EDGE: Ink = Ink(0x3A, 0x3A, 0x3A);

const TODAY: Ink = Ink(0x4A, 0x4A, 0x4A);
/// In an order in which neighbours differ in lightness too.
const PLANS: [Ink; 8] = [
    Ink(0x00, 0x72, 0xB2),
    Ink(0xE6, 0x9F, 0x00),
    Ink(0x00, 0x9E, 0x73),
    Ink(0xCC, 0x79, 0xA7),
    Ink(0xD5, 0x5E, 0x00),
    Ink(0x56, 0xB4, 0xE9),
    Ink(0x99, 0x99, 0x99),
    Ink(0xF0, 0xE4, 0x42),
];

/// Behind everything on a dark page.
const NIGHT: Ink = Ink(0x16, 0x18, 0x1B);

/// The inks that change on a dark page, and into which; the colours of the options stay.
const NIGHT_INKS: [(Ink, Ink); 9] = [
    (TEXT, Ink(0xEC, 0xEC, 0xEC)),
    (QUIET_TEXT, Ink(0xB8, 0xB8, 0xB8)),
    (AXIS, Ink(0x9A, 0x9A, 0x9A)),
    (GRID, Ink(0x38, 0x3C, 0x40)),
    (WHITE, NIGHT),
    (WORTH, Ink(0x1C, 0x2E, 0x27)),
    (FORBIDDEN, Ink(0x3A, 0x26, 0x20)),
    (EDGE, Ink(0xD2, 0xD2, 0xD2)),
    (TODAY, Ink(0xA8, 0xA8, 0xA8)),
];

/// Each ink that changes on a dark page, as the picture writes it, and the ink to take instead.
pub fn night_inks() -> Vec<(String, String)> {
    NIGHT_INKS.iter().map(|(day, night)| (day.written(), night.written())).collect()
}

/// What a dark page is behind the pictures.
pub fn night_ground() -> String {
    NIGHT.written()
}

/// The form of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    Circle,
    Square,
    Triangle,
    Diamond,
    TriangleDown,
    Plus,
    Cross,
    Bar,
}

/// The lines drawn across a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hatch {
    None,
    Rising,
    Falling,
    Crossed,
    Upright,
    Level,
    WideRising,
    WideUpright,
}

/// All that tells one option from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Series {
    pub ink: Ink,
    /// Lengths of stroke and gap in turn; empty for an unbroken line.
    pub dash: &'static [f64],
    pub marker: Marker,
    pub hatch: Hatch,
}

/// An unbroken line is that of today.
const DASHES: [&[f64]; 8] = [
    &[22.0, 3.0],
    &[10.0, 4.0],
    &[3.0, 3.0],
    &[12.0, 4.0, 3.0, 4.0],
    &[6.0, 3.0],
    &[16.0, 5.0],
    &[8.0, 3.0, 2.0, 3.0, 2.0, 3.0],
    &[2.0, 5.0],
];
/// The circle is that of today first.
const MARKERS: [Marker; 8] = [
    Marker::Square,
    Marker::Triangle,
    Marker::Diamond,
    Marker::TriangleDown,
    Marker::Plus,
    Marker::Cross,
    Marker::Bar,
    Marker::Circle,
];
const HATCHES: [Hatch; 8] = [
    Hatch::None,
    Hatch::Rising,
    Hatch::Upright,
    Hatch::Falling,
    Hatch::Level,
    Hatch::Crossed,
    Hatch::WideRising,
    Hatch::WideUpright,
];

/// Today: dark grey, solid.
pub(crate) fn today() -> Series {
    Series { ink: TODAY, dash: &[], marker: Marker::Circle, hatch: Hatch::None }
}

/// The plan with this place in the report. Past eight the colours start again while dashes and hatches move on by one,
/// so that the ninth still differs from the first.
pub(crate) fn plan(index: usize) -> Series {
    let colour = index % 8;
    let form = (index + index / 8) % 8;
    Series { ink: PLANS[colour], dash: DASHES[form], marker: MARKERS[form], hatch: HATCHES[form] }
}

/// The option at this place of a case, today first.
pub(crate) fn option(index: usize) -> Series {
    index.checked_sub(1).map_or_else(today, plan)
}

impl Ink {
    /// As an SVG writes it.
    fn written(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// Relative luminance (WCAG 2.2), 0 for black to 1 for white.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast against another colour (WCAG 2.2), 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_colour_reads_on_white_and_on_shaded_parts() {
        for ink in [TEXT, QUIET_TEXT] {
            assert!([WHITE, WORTH, FORBIDDEN].into_iter().all(|ground| ink.contrast(ground) >= 4.5));
        }
    }

    #[test]
    fn at_night_text_reads_and_every_option_is_seen() {
        let night = |ink: Ink| NIGHT_INKS.iter().find(|(day, _)| *day == ink).map_or(ink, |(_, night)| *night);
        for ink in [TEXT, QUIET_TEXT] {
            assert!([WHITE, WORTH, FORBIDDEN].into_iter().all(|ground| night(ink).contrast(night(ground)) >= 4.5));
        }
        assert!(PLANS.into_iter().chain([TODAY]).all(|ink| night(ink).contrast(NIGHT) >= 3.0));
    }

    #[test]
    fn no_two_of_sixteen_plans_look_alike() {
        for a in 0..16 {
            // In grey a line of today's form would be taken for today.
            assert!(!plan(a).dash.is_empty());
            for b in 0..a {
                assert_ne!(plan(a), plan(b));
                assert!(a >= 8 || plan(a).hatch != plan(b).hatch && plan(a).marker != plan(b).marker);
            }
        }
    }
}
