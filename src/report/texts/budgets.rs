//! What more or less money would buy.

super::group! {
    /// The best set of controls under each budget.
    Budgets {
        title: "More or less money",
        lead: "The best set under each budget; budgets that buy nothing new are left out.",
        budget: "Budget",
        cash: "Cash spent",
        change: "Against the line above",
        same: "the same",
        nothing: "nothing",
        no_more_value: "More money than that of the last line buys nothing that is worth its cost.",
        no_less_loss: "More money than that of the last line takes no more off the loss.",
        unproved: "Not every line is proved: another set may be better, by at most {gap}.",
    }
}
