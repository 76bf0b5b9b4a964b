//! What an option is worth if the money is counted otherwise.

super::group! {
    /// Values at other discount rates, horizons and growth.
    Otherwise {
        title: "Other discount rates, horizons and growth rates",
        lead: "The net present value of {plan} with one of these changed, all else unchanged.",
        counted: "Based on",
        value: "Net present value",
        best: "Best option then",
        as_assumed: "as assumed",
        discount_rate: "a discount rate of {rate}",
        horizon: "a horizon of {years}",
        growth_of_losses: "losses that grow by {rate} a year",
        fall_of_losses: "losses that fall by {rate} a year",
        level_losses: "losses that do not grow",
    }
}
