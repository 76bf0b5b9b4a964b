//! What the suite, the measurements, the fuzz targets and the Python package reach behind the front.
//!
//! No API: nothing here is promised from one version to the next. Cargo makes each of those a crate of its own, which
//! sees only what is public. Naming every item, instead of opening the modules, lets the compiler see what is dead.

#[cfg(feature = "calibrate")]
pub mod calibrate {
    pub use crate::calibrate::Log;
    pub use crate::calibrate::experts;
    pub use crate::calibrate::log;
    pub use crate::calibrate::table;
    pub use crate::calibrate::write;
}
pub mod diagnostic {
    pub use crate::diagnostic::{Code, Diagnostic, Severity, Span, draw};
}
pub mod engine {
    pub use crate::engine::{Analysis, Check, Investment, MethodChoice, Settings, Values, analyse};
    pub use crate::engine::{attribution, compare, incremental, optimise, sensitivity};
    pub mod money {
        pub use crate::engine::money::{costs, flows, payback, rate_of_return};
    }
}
#[cfg(feature = "import")]
pub mod import {
    pub use crate::import::export;
    pub use crate::import::{Input, Options, Outcome, READER, Refusal, SCALE_TEMPLATE, Style, Weight, import, merge};
}
pub mod model {
    pub use crate::model::{Count, Estimate, PlannedControl, Scenario, Timing};
}
pub mod render {
    #[cfg(feature = "html")]
    pub use crate::render::html;
    #[cfg(feature = "xlsx")]
    pub use crate::render::xlsx;
    pub use crate::render::{Format, cell, json, paper_markdown, render, value};
    #[cfg(feature = "pdf")]
    pub use crate::render::{Sheet, pdf};
    #[cfg(feature = "charts")]
    pub mod chart {
        pub use crate::render::chart::{Size, svg};
    }
}
pub mod report {
    pub use crate::report::workbook;
    pub use crate::report::{Cell, Context, Digits, Paper, Piece, Report, Text};
    pub use crate::report::{board_paper, build, comparison, explanation, optimisation, prompt};
    pub mod chart {
        pub use crate::report::chart::{Chart, ChartKind, ExceedanceCurve, OptionYears};
    }
}
pub mod scenario {
    pub use crate::scenario::{Parsed, Source, attachments, difference, edit, grammar, parse, syntax};
}
pub mod stats {
    pub use crate::stats::{Distribution, Gamma, Lognormal, Pareto};
    pub use crate::stats::{fit, lattice, mixture, rng};
}
pub mod units {
    pub use crate::units::{Currency, Figure, Kind, Numbers, Voice, reading};
}
