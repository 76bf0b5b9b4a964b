//! What went in: assumptions, defaults, and advice about them.

super::group! {
    /// The assumptions by weight.
    Assumptions {
        title: "The assumptions, by weight",
        lead: "Change in net present value of {plan} if the assumption is 10% higher (a chance: 100% at most).",
        value: "Value",
        average: "Average",
        tenth_higher: "If 10% higher",
        source: "Source",
        example: "example",
        in_full: "{count} more assumptions: see the full paper.",
        no_source: "none",
        half_an_event: "The average rate from a count is the number seen plus half an event, divided by the years (plus one where it happens at most once a year): the few years seen may have been good ones.",
        one_more: "One more assumption weighs less.",
        more: "{count} more assumptions weigh less.",
    }
}

super::group! {
    /// What holds because the file says nothing.
    Defaults {
        title: "Defaults applied",
        key: "Key",
        what: "What",
        value: "Value",
        meaning: "Meaning",
        horizon: "Horizon",
        horizon_value: "3 years",
        horizon_is: "Years looked ahead: whole years, 1 to 50.",
        discount_rate: "Discount rate",
        discount_rate_is: "How much less money is worth a year later.",
        growth: "Growth",
        growth_is: "Growth a year of losses, rates and costs.",
        tax_rate: "Tax rate",
        tax_rate_is: "With a tax rate, loss avoided and costs are after tax.",
        timing: "Timing",
        timing_value: "year-end",
        timing_is: "Whether payments fall at the end or in the middle of a year.",
        working_days: "Working days",
        working_days_is: "Working days a year.",
        seed: "Seed",
        seed_is: "Names the random numbers: the same seed, the same figures.",
    }
}

super::group! {
    /// Advice on the file.
    Advice {
        title: "Advice",
        line: "{code}: {message}.",
    }
}
