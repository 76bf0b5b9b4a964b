//! Does the case keep to what is demanded of it?

super::group! {
    /// The answer of the gate, and its checks.
    Gate {
        met: "The gate is met: {count} of {count} checks hold.",
        not_met: "The gate is not met: {checks}.",
        checks: "The checks",
        check: "Check",
        found: "Found",
        allowed: "Allowed",
        holds: "holds",
        fails: "FAILS",
        today: "today",
        not_known: "not known",
        too_close: "{chance}, too close to call",
        at_most: "at most {chance}",
        none: "none",
        and_more: "{names} and {count} more",
        no_source: "Assumptions without a source",
        examples: "Assumptions that are examples",
        old: "Assumptions from before {day} or without a date",
    }
}
