//! The options beside each other.

super::group! {
    /// The options beside each other: cost, loss, value, return.
    Options {
        title: "The options",
        lead: "Amounts in {currency}. Cost and value are in today's money, at {rate} a year; value is the loss avoided less the cost.",
        after_insurers: " Losses are what remains after insurers pay; premiums count in the cost.",
        cost: "Cost over {years}",
        less: "Less than today",
        return_per_unit: "Return per unit",
        pays_back: "Pays back after",
        chance: "Chance it pays back in {years}",
    }
}
