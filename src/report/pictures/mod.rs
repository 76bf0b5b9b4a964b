//! Which pictures does a report have?
//!
//! One file a form of picture: its figures, how they are made of a case, the words around them, their table, their check
//! and their layout. A new form is a file here and a line in the list, whose order is that of a report.

#[cfg(test)]
mod tests;
mod view;

pub(super) use view::View;

use super::chart::{AgreedLimit, Chart};
use super::texts::{catalogue, line, number, texts};
use crate::drawing::scene::{Area, Scene};
use crate::engine::Analysis;
use crate::model::Scenario;

/// What every form of picture is made with.
mod kit {
    pub(super) use std::fmt::Display;

    pub(super) use super::{Figures, Picture, View};
    pub(super) use crate::drawing::axis::{Axis, MARGIN, NORMAL, SMALL};
    pub(super) use crate::drawing::key;
    pub(super) use crate::drawing::palette::{
        self, AXIS, EDGE, FORBIDDEN, GRID, Hatch, Marker, QUIET_TEXT, RISE, Series, TEXT, WHITE, WORTH,
    };
    pub(super) use crate::drawing::place::{Room, spread, spread_sized};
    pub(super) use crate::drawing::rows::{self, Names, ROW, Style, is_narrow};
    pub(super) use crate::drawing::scene::{Align, Area, Label, Scene};
    pub(super) use crate::drawing::tag::{GAP, Tag, leader};
    pub(super) use crate::drawing::text;
    pub(super) use crate::report::chart::amounts::{self, Amounts};
    pub(super) use crate::report::chart::ladder;
    pub(super) use crate::report::chart::{
        AgreedLimit, Chart, ChartOption, ExceedanceCurve, LADDER, LEAST_CHANCE, Scale, Standing, high, high_on_phone,
        is_chance, titled,
    };
    pub(super) use crate::report::texts::{line, texts, words};
    pub(super) use crate::units::{Figure, Language, Unit, Voice};
}

/// A table behind a picture: the titles of its columns, and its rows.
pub type Figures = (Vec<String>, Vec<Vec<String>>);

/// The figures of one form of picture: what they are made of, how they are told, checked and drawn.
pub(super) trait Picture {
    /// The charts of this form that a case has.
    fn of(view: &View<'_>) -> Vec<Chart>
    where
        Self: Sized;

    /// The part of the board paper that shows it.
    fn part(&self) -> &'static str;

    /// The figures behind it, amounts in full units.
    fn table(&self) -> Figures;

    /// Whether a printed paper has this table.
    fn is_table_printed(&self) -> bool {
        true
    }

    /// All its amounts and chances; none where there is nothing to draw.
    fn amounts(&self) -> Vec<f64>;

    /// Whether its figures fit together.
    fn fits(&self) -> bool {
        true
    }

    /// What the amounts are, in which currency: the line below the title.
    fn caption(&self) -> String;

    /// The height at which it reads best, 960 wide, without the names of case and run.
    fn height(&self) -> u32;

    /// The same where it is as narrow as a phone, and the names stand above their rows.
    fn height_on_phone(&self) -> u32 {
        self.height()
    }

    /// The largest height on a printed page.
    fn most_on_page(&self) -> u32 {
        u32::MAX
    }

    /// The least height of its body where its rows would run into each other.
    fn least(&self) -> Option<f64> {
        None
    }

    /// Lays it out within the body, below title and caption.
    fn draw(&self, scene: &mut Scene, body: Area);
}

/// Declares the forms of picture: their files, the enumeration of their figures, and the charts of a case.
macro_rules! pictures {
    ($($file:ident: $form:ident,)*) => {
        $(
            pub mod $file;
            pub use $file::$form;

            impl From<$form> for ChartKind {
                fn from(data: $form) -> Self {
                    Self::$form(data)
                }
            }
        )*

        /// The figures of a chart; one variant for each form of picture.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum ChartKind {
            $(
                #[doc = concat!("The figures of `", stringify!($file), "`.")]
                $form($form),
            )*
        }

        impl ChartKind {
            pub(super) fn picture(&self) -> &dyn Picture {
                match self {
                    $(Self::$form(data) => data,)*
                }
            }
        }

        catalogue! {
            /// What the forms say, each for itself.
            Words { $($file: $file::Words,)* }
        }

        /// Every chart of a case. Plans keep the order of the file, which fixes their colours.
        pub(super) fn charts(view: &View<'_>) -> Vec<Chart> {
            finished(view.scenario, [$($form::of(view),)*].into_iter().flatten())
        }
    };
}

pictures! {
    before_and_after: LossBeforeAndAfter,
    exceedance: Exceedance,
    tail: TailContribution,
    density: AnnualLossDensity,
    waterfall: Waterfall,
    loss_by_risk: LossByRisk,
    ranges: LossRanges,
    cash: CumulativeCash,
    cost: CostAgainstLossAvoided,
    tower: InsuranceTower,
    tornado: Tornado,
    frontier: Frontier,
    fit: DataAgainstFit,
}

/// What the board agreed to bear, and how every option stands to it; nothing where years are not known.
pub(super) fn limits_of(scenario: &Scenario, analysis: &Analysis) -> Vec<AgreedLimit> {
    View::new(scenario, analysis).limits
}

/// The charts with the words that every one of them has.
pub(super) fn finished(scenario: &Scenario, charts: impl Iterator<Item = Chart>) -> Vec<Chart> {
    let (count, all) = (scenario.example_count(), scenario.stated_count());
    let words = &texts(scenario).charts;
    let said = number(count, words.examples_one, words.examples);
    let examples = (count > 0).then(|| line(said, &[("count", &count), ("all", &all)]));
    charts.map(|chart| Chart { examples: examples.clone(), ..chart.of_case(scenario.title()) }).collect()
}
