//! What one year may bring.

super::group! {
    /// Good years and bad ones, by option.
    Years {
        title: "Good years and bad ones",
        lead: "What one year may cost, with every control in full force. A bad year is reached or passed in 1 year of 20.",
        after_insurers: " After insurers pay.",
        any_loss: "Chance of any loss",
        middle: "Middle year (1 in 2)",
        one_in_ten: "1 year in 10",
        very_bad: "Very bad (1 in 100)",
        worst_mean: "Mean of the worst 1 in 20",
        exact: "The distribution of a year is exact: worked out on a fine grid, without chance.",
        simulated: "From {years} simulated years, the same for every option.",
        simulated_within: "From {years} simulated years, the same for every option; so many years tell today's bad year to ± {half}; how right the assumptions are is another question.",
        mean_agrees: " Cross-check passed: its mean is the average loss, which is worked out without it.",
        trial_agrees: " {years} simulated years give the same bad years, within their error.",
        differs: " A second way of working it out does not agree: see the warnings.",
        agreed: "Agreed: {limit}, at most {chance} to lose more than {loss}",
        today: ". Today: {chance}",
        with_plan: "; with {plan}: {chance}",
        within: ", within",
        over: ", over",
        too_close: ", too close to the limit to tell",
        reached: " (a year of that chance costs {loss})",
        worst: "The worst 1 in 20 years cost {loss} on average today; of this comes from ",
        worst_part: "{risk} {share}",
        hardly_together: "That some of the risks strike together moves the 1-in-20 year by less than 1 %.",
        together: "If the risks struck independently of each other, the 1-in-20 year would cost {alone} instead of {together}.",
        knowledge: "Of the spread (variance) of today's years {share} comes from what we do not know and better estimates would take away; the rest is luck.",
    }
}
