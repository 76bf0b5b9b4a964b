//! What one year may bring.

super::group! {
    /// Good years and bad years, by option.
    Years {
        title: "Good years and bad years",
        lead: "What one year may cost, with every control in full force. A bad year is reached or exceeded once in 20 years.",
        after_insurers: " Net of insurance.",
        any_loss: "Chance of any loss",
        middle: "Median year (1 in 2)",
        one_in_ten: "1 year in 10",
        very_bad: "Very bad (1 in 100)",
        worst_mean: "Mean of the worst 1 in 20",
        exact: "The distribution of a year is calculated on a fine grid, not simulated.",
        simulated: "From {years} simulated years, the same for every option.",
        simulated_within: "From {years} simulated years, the same for every option. Simulation error of today's bad year: ± {half}. This says nothing about the assumptions.",
        mean_agrees: " Cross-check passed: its mean matches the independently calculated average loss.",
        trial_agrees: " {years} simulated years give the same bad years, within their error.",
        differs: " A second calculation does not agree: see the warnings.",
        agreed: "Agreed: {limit}, at most a {chance} chance of losing more than {loss} in a year",
        today: ". Today: {chance}",
        more: "; {count} more options are in the table",
        with_plan: "; with {plan}: {chance}",
        within: ", within",
        over: ", over",
        too_close: ", too close to call",
        reached: "; the loss at the agreed chance is {loss}",
        worst: "The worst 1 in 20 years cost {loss} on average today. By risk: ",
        worst_part: "{risk} {share}",
        hardly_together: "Risks striking together change the 1-in-20 loss by less than 1%.",
        together: "If the risks struck independently of each other, the 1-in-20 year would cost {alone} instead of {together}.",
        knowledge: "{share} of the year-to-year variation (variance) is due to uncertain estimates; the rest is chance.",
    }
}
