//! A case that was changed by `--set`, beside its file.

super::group! {
    /// What differs from the file.
    Changed {
        caution: "Changed by --set: {changes}. These are not the figures of the file.",
        title: "Beside the file",
        figure: "Figure",
        in_file: "In the file",
        now: "As changed",
        by: "Difference",
        same: "none",
        average_today: "Average loss per year today",
        bad_today: "Bad year today (1 in 20)",
        value: "Net present value of {plan}",
        cost: "Cost of {plan}",
        same_answer: "The recommendation stays {plan}.",
        other_answer: "The recommendation changes from {old} to {new}.",
    }
}
