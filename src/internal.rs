//! What the suite, the measurements, the fuzz targets and the Python package reach behind the front.
//!
//! No API: nothing here is promised from one version to the next. Cargo makes each of those a crate of its own, which
//! sees only what is public. Naming every item, instead of opening the modules, lets the compiler see what is dead.

#[cfg(feature = "calibrate")]
pub mod calibrate {
    pub use crate::calibrate::Log;
    pub mod experts {
        pub use crate::calibrate::answers::answers;
        pub use crate::calibrate::experts::{records, scores};
    }
    pub mod log {
        pub use crate::calibrate::log::Columns;
    }
    pub mod table {
        pub use crate::calibrate::table::Table;
    }
    pub mod workbook {
        pub use crate::calibrate::workbook::Sheet;
    }
    pub mod write {
        pub use crate::calibrate::write::into_case;
    }
}
pub mod diagnostic {
    pub use crate::diagnostic::{Code, Diagnostic, Severity, Span, draw};
}
pub mod engine {
    pub use crate::engine::{
        Analysis, Check, Investment, LossModel, MethodChoice, OptionId, Settings, Values, analyse,
    };
    pub mod attribution {
        pub use crate::engine::attribution::Contribution;
    }
    pub mod compare {
        pub use crate::engine::compare::{Comparison, compare};
    }
    pub mod incremental {
        pub use crate::engine::incremental::Outcome;
    }
    pub mod money {
        pub mod costs {
            pub use crate::engine::money::costs::{CostLine, control_costs, costs_on_their_dates};
        }
        pub mod flows {
            pub use crate::engine::money::flows::{Discounting, Flow};
        }
        pub mod payback {
            pub use crate::engine::money::payback::payback;
        }
        pub mod rate_of_return {
            pub use crate::engine::money::rate_of_return::rates_of_return;
        }
    }
    pub mod optimise {
        pub use crate::engine::optimise::{Best, Fault, Goal, Optimisation, Patience, Question, YEARS, optimise};
    }
    pub mod sensitivity {
        pub use crate::engine::sensitivity::Input;
    }
}
#[cfg(feature = "import")]
pub mod import {
    pub mod export {
        pub use crate::import::export::{Format, export};
    }
    pub use crate::import::{
        Finding, Input, Options, Outcome, READER, Refusal, SCALE_TEMPLATE, Style, Weight, import, merge,
    };
}
pub mod model {
    pub use crate::model::{ControlId, Count, Estimate, PlanId, PlannedControl, RiskId, Scenario, Timing};
}
pub mod render {
    #[cfg(feature = "html")]
    pub use crate::render::html;
    #[cfg(feature = "xlsx")]
    pub use crate::render::xlsx;
    pub use crate::render::{Format, cell, json, paper_markdown, render, value};
    #[cfg(feature = "pdf")]
    pub use crate::render::{Sheet, pdf};
}
pub mod report {
    pub use crate::report::insurance::borne;
    pub use crate::report::{Cell, Context, Digits, Front, Paper, Part, Piece, Report, Section, Table, Text};
    pub use crate::report::{board_paper, build, comparison, explanation, optimisation, paper, prompt};
    pub mod chart {
        pub use crate::report::chart::{Chart, ExceedanceCurve};
    }
    pub mod pictures {
        pub use crate::report::pictures::{ChartKind, before_and_after::OptionYears};
    }
    pub mod workbook {
        pub use crate::report::workbook::{Look, Slot, Workbook};
    }
}
pub mod scenario {
    pub use crate::scenario::{Parsed, Source, attachments, parse};
    pub mod difference {
        pub use crate::scenario::difference::{Stage, stages};
    }
    pub mod edit {
        pub use crate::scenario::edit::{Change, To, changed, settings};
    }
    pub mod grammar {
        pub use crate::scenario::grammar::{page, schema};
    }
    pub mod syntax {
        pub use crate::scenario::syntax::{Entry, MAX_LEVELS, Node, Syntax, Value, parse};
    }
}
pub mod stats {
    pub use crate::stats::{Distribution, Gamma, Lognormal, Pareto};
    pub mod fit {
        pub use crate::stats::fit::{Family, Fit, Observation, Observed};
    }
    pub mod lattice {
        pub use crate::stats::lattice::{Count, EventLoss, Grid, Part, Portfolio, Rates, Risk, Severity, discretise};
    }
    pub mod mixture {
        pub use crate::stats::mixture::Mixture;
    }
    pub mod rng {
        pub use crate::stats::rng::Stream;
    }
}
pub mod units {
    pub use crate::units::{Currency, Figure, Kind, Numbers, Voice};
    pub mod reading {
        pub use crate::units::reading::{Misread, Reading, Settings, pattern, read};
    }
}
