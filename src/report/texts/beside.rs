//! What is said of the recommended option beside the one that is asked for.

super::group! {
    /// The option that is asked for and the one that is recommended, side by side.
    Beside {
        title: "Requested and recommended",
        lead: "{asked} is requested; we recommend {advised}. The pages that follow are about {asked}.",
        figure: "Figure",
        requested: "Requested: “{plan}”",
        recommended: "Recommended: “{plan}”",
        budget: "Budget over {years} (cash)",
        buys: "{plan} includes: {controls}.",
        buys_policies: "{plan} includes the insurance {policies} ({premium} of premiums a year).",
        buys_both: "{plan} includes: {controls}; and the insurance {policies} ({premium} of premiums a year).",
        wrong_if: "What would make the recommendation of {plan} wrong stands on page one.",
    }
}
