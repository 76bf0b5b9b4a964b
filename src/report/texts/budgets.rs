//! What more or less money would buy.

super::group! {
    /// The best set of controls under each budget.
    Budgets {
        title: "More or less money",
        lead: "The best set for each budget; only budgets that change it are shown.",
        budget: "Budget",
        cash: "Cash spent",
        change: "Against the line above",
        same: "the same",
        nothing: "nothing",
        no_more_value: "Beyond the last line, further spending on controls is not worth its cost.",
        no_less_loss: "Beyond the last line, further spending does not lower the loss.",
        unproved: "Not every line is proved optimal: another set may be better, by at most {gap}.",
    }
}
