//! The integration suite, in one binary so that it links once.
#![allow(clippy::disallowed_methods, reason = "tests read and write files, start rosi and look at the clock")]

#[cfg(feature = "import")]
mod across;
#[cfg(feature = "html")]
mod added;
#[cfg(feature = "import")]
mod apart;
mod asked;
mod attacked;
#[cfg(feature = "calibrate")]
mod audited;
mod averages;
mod bad_years;
mod batch;
#[cfg(feature = "import")]
mod beside;
#[cfg(feature = "calibrate")]
mod calibrate;
mod changed;
mod changes;
#[cfg(feature = "charts")]
mod charts;
mod cli;
mod compare;
mod contested;
#[cfg(feature = "import")]
mod contested_tables;
mod cures;
#[cfg(feature = "import")]
mod cut_cells;
mod diagnostics;
mod documents;
#[cfg(feature = "import")]
mod doubtful;
mod duties;
mod elsewhere;
mod explain;
#[cfg(feature = "web")]
mod explore;
#[cfg(all(feature = "html", feature = "pdf"))]
mod figures;
#[cfg(feature = "import")]
mod frequencies;
mod front;
mod gate;
mod group;
mod group_terms;
#[cfg(feature = "import")]
mod handed_on;
#[cfg(feature = "import")]
mod import;
mod inherent;
mod insured;
mod investment;
#[cfg(all(feature = "calibrate", feature = "import"))]
mod joined;
#[cfg(feature = "import")]
mod kept_whole;
mod language;
mod laws;
mod layers;
mod logs;
#[cfg(feature = "import")]
mod merged;
#[cfg(feature = "import")]
mod messy;
#[cfg(feature = "import")]
mod misread;
mod money;
#[cfg(feature = "html")]
mod one_figure;
mod optimise;
#[cfg(feature = "html")]
mod page_one;
#[cfg(feature = "html")]
mod paper;
mod policies;
#[cfg(all(feature = "html", feature = "import", feature = "xlsx"))]
mod read;
mod reading;
mod reference;
#[cfg(feature = "import")]
mod refused_cells;
#[cfg(feature = "import")]
mod registers;
#[cfg(feature = "calibrate")]
mod reviewed;
mod scenarios;
mod schema;
mod sensitivity;
#[cfg(feature = "web")]
mod served;
mod shares;
#[cfg(feature = "import")]
mod sources;
mod syntaxes;
#[cfg(feature = "import")]
mod told;
mod tools;
mod turned;
#[cfg(all(feature = "html", feature = "xlsx"))]
mod workbook;
mod write;
