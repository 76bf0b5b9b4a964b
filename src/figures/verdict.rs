//! What was checked: `rosi.gate/1` and `rosi.faults/1`.

use super::assessment::Provenance;
use super::node::figures;
use super::quantity::Quantity;

figures! {
    /// Whether a case holds what was agreed.
    pub struct Gate {
        /// Which document this is: `rosi.gate/1`
        schema: String;
        /// Which run this is, so that it can be done again
        provenance: Provenance;
        /// Whether every check holds
        met: bool;
        /// What was checked
        checks: Vec<Check>;
    }

    /// One check.
    pub struct Check {
        /// What is looked at
        what: String;
        /// What was found, in words
        found: String;
        /// What was found, where it is one figure
        value: Option<Quantity>, "the figure that is checked", "";
        /// What is allowed, in words
        allowed: String;
        /// Whether it holds
        holds: bool;
    }

    /// What is wrong with a file, and what is doubtful about it.
    pub struct Faults {
        /// Which document this is: `rosi.faults/1`
        schema: String;
        /// The name of the file
        file: String;
        /// Whether figures can be worked out from it
        sound: bool;
        /// What is wrong with it
        faults: Vec<Fault>;
        /// What is doubtful about it
        warnings: Vec<Fault>;
    }

    /// What is wrong or doubtful at one place.
    pub struct Fault {
        /// The code: docs/diagnostics.md explains it
        code: String;
        /// What is wrong
        message: String;
        /// The key that it is about
        r#where: String;
        /// The line in the file, from 1
        line: Option<u64>;
        /// The letter in the line, from 1
        column: Option<u64>;
        /// What mends it
        help: Vec<String>;
    }
}
