//! render

#[cfg(feature = "charts")]
pub mod chart;
