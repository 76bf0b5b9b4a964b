//! The figures for other programs, as types.
//!
//! Each document that rosi writes is a record: [`Assessment`], [`Optimisation`], [`Comparison`], [`Gate`],
//! [`GroupAssessment`], [`Faults`]. One definition of each gives its type (with `serde`), what every field is, its
//! unit, its formula and its page; JSON, CSV, explanations, bounds, the schema of the output and the page of figures
//! are read from it. A document that is read back is equal to the one that was written:
//!
//! ```
//! use rosi::figures::Assessment;
//!
//! let text = rosi_json();
//! let assessment: Assessment = serde_json::from_str(&text)?;
//! let value = assessment.plans[0].investment.net_present_value;
//! println!("{}: {} {value}", assessment.plans[0].name, assessment.currency);
//! assert_eq!(serde_json::from_str::<Assessment>(&serde_json::to_string(&assessment)?)?, assessment);
//! # fn rosi_json() -> String {
//! #     let text = include_str!("../../scenarios/small-office/scenario.toml");
//! #     let case = rosi::Case::from_text("case.toml", text).unwrap();
//! #     serde_json::to_string(&case.assess(&rosi::Options::default()).unwrap()).unwrap()
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```

mod assessment;
mod comparison;
mod formula;
mod group;
mod node;
mod page;
mod quantity;
mod schema;
mod search;
mod verdict;

use serde::Serialize;

pub use assessment::*;
pub use comparison::*;
pub use group::*;
pub use node::{ByFigure, ByLevel, ByPlan, Field, Leaf, Name, Node, Record, Shape, View, name_of};
pub use page::page;
pub use quantity::{Chance, Hours, Measure, Money, Quantity, Rate, Ratio, Share, Years};
pub use schema::schema;
pub use search::*;
pub use verdict::*;

/// Every document that is written, by its `schema`.
pub const DOCUMENTS: [(&str, &Record); 6] = [
    ("rosi.assessment/1", Assessment::RECORD),
    ("rosi.optimisation/1", Optimisation::RECORD),
    ("rosi.comparison/1", Comparison::RECORD),
    ("rosi.gate/1", Gate::RECORD),
    ("rosi.group/1", GroupAssessment::RECORD),
    ("rosi.faults/1", Faults::RECORD),
];

/// The document of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Document {
    /// Of `rosi assess`.
    Assessment(Box<Assessment>),
    /// Of `rosi optimise`.
    Optimisation(Box<Optimisation>),
    /// Of `rosi compare`.
    Comparison(Box<Comparison>),
    /// Of `rosi gate`.
    Gate(Box<Gate>),
    /// Of `rosi group`.
    Group(Box<GroupAssessment>),
}

impl Document {
    /// The document as a value that can be walked.
    pub fn node(&self) -> &dyn Node {
        match self {
            Self::Assessment(document) => document.as_ref(),
            Self::Optimisation(document) => document.as_ref(),
            Self::Comparison(document) => document.as_ref(),
            Self::Gate(document) => document.as_ref(),
            Self::Group(document) => document.as_ref(),
        }
    }

    /// What is doubtful about the case, where the document tells it.
    pub fn warnings(&self) -> &[Warning] {
        match self {
            Self::Assessment(document) => &document.warnings,
            _ => &[],
        }
    }
}
