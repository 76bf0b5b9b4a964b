//! What was promised, and what came? A case against what happened since.
//!
//! [`actuals`] reads what came, [`log`] the incidents of a log beside it, `force` since when each control is in force, [`judge`] holds it against the case by tests that say when it is too
//! early to tell, [`found`] is what comes out, [`page`] writes the review as text, JSON, Markdown and a page. Methods:
//! `docs/model/review.md`; the file of what came: `docs/review.md`.

pub mod actuals;
mod count;
mod force;
pub mod found;
pub mod judge;
pub mod log;
pub mod page;

pub use actuals::Actuals;
pub use found::Review;
pub use judge::review;
