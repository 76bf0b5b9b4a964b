//! The controls, and those that act on the same thing.

super::group! {
    /// What each control costs, in which options it is and what it acts on.
    Controls {
        title: "The controls",
        bought: "What “{plan}” includes",
        once: "Once",
        per_year: "Per year",
        hours: "Own hours",
        plans: "In",
        every_plan: "all",
        acts_on: "Acts on",
        factor_within: "{factor} ({risk})",
        per_year_is: "Per year: running costs, own staff's time and users' lost time, less spending that ends.",
        first_year: "{control} costs {least} in its first year, and {then} a year from then on, as the table shows.",
        first_years: "{control} costs {least} a year in its first {years} years, and {then} a year from then on, as the table shows.",
        first_years_between: "{control} costs {least} to {most} a year in its first {years} years, and {then} a year from then on, as the table shows.",
    }
}

super::group! {
    /// Controls whose effects may be the same.
    Overlaps {
        title: "Controls that act on the same thing",
        lead: "We count them as independent. If they stop the same events, only the best of them counts; the true figure lies between the two.",
        factor: "Factor",
        controls: "Controls",
        best_alone: "Best alone",
        independent: "Independent",
        loss: "Loss per year",
        if_best: "If only the best counts",
        before_insurers: "Losses before insurance.",
        and: " and ",
    }
}
