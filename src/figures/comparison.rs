//! What changed between two versions of a case: `rosi.comparison/1`.

use super::assessment::Provenance;
use super::node::{ByFigure, figures};
use super::quantity::Money;

figures! {
    /// Figures before and after, and what each change of the file did to them.
    pub struct Comparison {
        /// Which document this is: `rosi.comparison/1`
        schema: String;
        /// Which run of the newer case this is
        provenance: Provenance;
        /// The SHA-256 of the older case
        before_sha256: String;
        /// The currency of all amounts, by its three letters
        currency: String;
        /// In which order changes were made
        order: String;
        /// What was recommended, and what is
        recommendation: Recommendations;
        /// Figures before and after
        figures: Vec<Change>;
        /// What each change did
        causes: Vec<Cause>;
    }

    /// What was recommended, and what is: ids of plans, or `today`.
    pub struct Recommendations {
        /// In the older case
        before: String;
        /// In the newer case
        after: String;
    }

    /// A figure before and after.
    pub struct Change {
        /// The key of the figure
        key: String;
        /// In the older case
        before: Option<Money>, "as in its assessment", "compare";
        /// In the newer case
        after: Option<Money>, "as in its assessment", "compare";
        /// What it changed by
        change: Option<Money>, "after − before", "compare";
        /// How far the change may be off where years are simulated
        standard_error: Option<Money>, "√(error before² + error after²)", "compare";
        /// Whether the change is no more than simulation brings about by itself
        within_noise: bool, "0 < |change| ≤ 2 × standard error", "compare";
    }

    /// Entries of the file that changed together, and what that did.
    pub struct Cause {
        /// Their keys
        input: String;
        /// What they said before; null of new ones
        before: Option<String>;
        /// What they say now; null of what was taken out
        after: Option<String>;
        /// What each figure changed by
        effects: ByFigure<Money>, "figure with this change − figure just before it", "compare";
    }
}
