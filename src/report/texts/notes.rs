//! What a reader has to know about how the years were found: places where the method did not reach.

super::group! {
    /// One sentence for each.
    Notes {
        no_mean: "A loss has no mean: a few events could cost any amount.",
        no_variance: "A few extreme losses dominate, so that the standard deviation is infinite: look at the bad years instead.",
        not_held: "The loss of 1 year in {years} lies beyond every grid.",
        coarse: "The loss of 1 year in {years} is right to {error}%.",
        atoms_off_grid: "All losses are fixed amounts without a common unit: quantiles are right to a step.",
        averaged: "What is not known was averaged over {points} points: the loss of a bad year (1 in 20) is right to about {error}%.",
        simulated_one: "The year of one entity was simulated, over {years} years: its own policies have annual terms, sublimits or waiting times, or overlap.",
        simulated: "The years of {entities} entities were simulated, each over {years} years: their own policies have annual terms, sublimits or waiting times, or overlap.",
        too_many_events: "Events are so many that fewer years were simulated than were asked for.",
        not_precise: "The years were not enough for the precision that was wanted: the standard errors say how near they came.",
        no_paths: "Events are so many that no years over the horizon were followed: the chance of paying back is not known.",
    }
}
