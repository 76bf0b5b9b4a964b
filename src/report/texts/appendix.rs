//! The appendix of a paper, without its list of words.

super::group! {
    /// Every assumption, how the figures were found, and which run this is.
    Appendix {
        assumptions: "Every assumption",
        data: "The data behind the assumptions",
        one_year: "What one year may bring",
        method: "How the figures were calculated",
        words: "Glossary",
        run: "This run",
        assumption: "Assumption",
        value: "Value",
        average: "Average",
        tenth_higher: "If 10% higher",
        source: "Source",
        owner: "Owner",
        date: "Date",
        why: "Why",
        signed_off: "Signed off",
        no_source: "none",
        tenth_higher_is: "“If 10% higher”: the resulting change in the net present value of {plan}; a chance is raised to 100% at most.",
        loss_is: "The loss of a year is the number of events times what each costs, summed over all risks. Terms and the tree of causes follow the Open FAIR standard.",
        average_is: "An average loss is the product of averages, in decimal arithmetic wherever the file gives fixed numbers or ranges with exact averages. It is calculated, not simulated.",
        worth_is: "The loss an option avoids is today's loss less the loss that remains with it. What is already in place is part of today.",
        controls_act: "Each control works or fails on each event, with the chance given by its coverage and reliability. Different controls act independently unless the file links their failures.",
        exact: "The distribution of a year is calculated, not simulated: the losses of events, their number and the risks are combined by Fourier transforms on a fine grid, and uncertain inputs are averaged over their ranges.",
        simulated: "The distribution of a year is simulated: uncertain inputs are drawn once per block of years, events and their losses afresh each year. Today and every option meet the same events.",
        averages_only: "Only averages were asked for; the distribution of a year was not calculated.",
        discounted_middle: "Each year's flows fall at mid-year and are discounted at {rate} a year. Loss avoided is an estimate of what does not happen; it is not cash.",
        discounted: "Each year's flows fall at year-end and are discounted at {rate} a year. Loss avoided is an estimate of what does not happen; it is not cash.",
        hash: "SHA-256 of the scenario: {hash}",
        valued_at: "Valuation date of the amounts: {day}.",
        same_figures: "The same file, version and seed give the same figures on any machine.",
    }
}
