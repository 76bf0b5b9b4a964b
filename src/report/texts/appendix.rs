//! The appendix of a paper, without its list of words.

super::group! {
    /// Every assumption, how the figures were found, and which run this is.
    Appendix {
        assumptions: "Every assumption",
        data: "The data behind the assumptions",
        one_year: "What one year may bring",
        method: "How the figures were found",
        words: "The words",
        run: "This run",
        assumption: "Assumption",
        value: "Value",
        average: "Average",
        tenth_higher: "If a tenth higher",
        source: "Source",
        owner: "Owner",
        date: "Date",
        why: "Why",
        signed_off: "Signed off",
        no_source: "none",
        tenth_higher_is: "\"If a tenth higher\": by how much the net present value of {plan} then changes.",
        loss_is: "The loss of a year is the number of events times what each costs, added over all risks. The words and the tree of causes are those of the Open FAIR standard.",
        average_is: "An average loss is the product of averages, worked out in decimals wherever the file gives fixed numbers or ranges with exact averages; nothing is drawn by chance for it.",
        worth_is: "A plan is worth what is lost today less what is still lost with it. What is in place already is part of today.",
        controls_act: "Every control acts or fails to act on each event with the chance that its coverage and reliability give; different controls act independently unless the file ties their failures together.",
        exact: "The distribution of a year is exact: the losses of events, their number and the risks are put together by Fourier transforms on a fine grid, and what is not known is averaged over its range.",
        simulated: "The distribution of a year is simulated: what is not known is drawn once for each world, events and their losses are drawn afresh, and today and every option meet the same events.",
        averages_only: "Only averages were asked for: the distribution of a year was not worked out.",
        discounted_middle: "Flows of a year fall in its middle and are brought to today's money at {rate} a year. Loss avoided is an estimate of what does not happen; it is not cash.",
        discounted: "Flows of a year fall at its end and are brought to today's money at {rate} a year. Loss avoided is an estimate of what does not happen; it is not cash.",
        hash: "SHA-256 of the scenario: {hash}",
        valued_at: "Amounts are valued at {day}.",
        same_figures: "The same file, version and seed give the same figures on any machine.",
    }
}
