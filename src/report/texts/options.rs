//! The options beside each other.

super::group! {
    /// The options beside each other: cost, loss, value, return.
    Options {
        title: "The options",
        lead: "Cost and net present value (loss avoided less cost) are in today's money, at {rate} a year.",
        lead_and_time: "Cost and net present value (loss avoided and time saved, less cost) are in today's money, at {rate} a year.",
        after_insurers: " Losses are net of insurance; costs include premiums beyond today's.",
        cost: "Cost over {years}",
        less: "Less than today",
        rosi: "Return (ROSI)",
        pays_back: "Pays back after",
        chance: "Chance it pays back in {years}",
    }
}
