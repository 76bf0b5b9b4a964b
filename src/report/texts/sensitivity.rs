//! What would change the answer.

super::group! {
    /// What would change the answer: the assumptions by swing, the tipping point, what is worth finding out.
    Sensitivity {
        title: "What would change the answer: {plan}",
        lead: "The net present value with one assumption at the low or high end of its range (1 in 10 lower, 1 in 10 higher; for a loss per event, of its average) and all others at their averages.",
        low: "Low",
        high: "High",
        value_low: "Value at low",
        value_high: "Value at high",
        worth_nothing: "Break-even at",
        to_know: "Value of knowing",
        one_more: "One more assumption with a range moves the value less.",
        more: "{count} more assumptions with a range move the value less.",
        insured: "All values are net of insurance.",
        no_tipping: "No single assumption changes the recommendation, however wrong it is.",
        tips_above: "{input} is above {at} (we assume {mean}): {option} is then better",
        tips_below: "{input} is below {at} (we assume {mean}): {option} is then better",
        smallest_change: ". This is the smallest change that would alter the recommendation",
        by_factor: " (a factor of {times})",
        by_part: " (of {part})",
        by_next_to_nothing: " (almost none)",
        likely: "; that is within our 80% range.",
        unlikely: "; that is outside our 80% range.",
        no_range: "; we have no range for this figure.",
        range_of_events: ".",
        no_range_matters: "No assumption is uncertain on average: how sure this is depends on chance alone, on how many losses the years bring and how large they are.",
        no_ranges: "No assumption has a range: how sure this is depends on chance alone, on how many losses the years bring.",
        how_sure: "The chance that it is worth its cost on average is {worth}; that it has paid for itself by the end of the horizon, {paid}.",
        how_sure_on_average: "The chance that it is worth its cost on average is {worth}.",
        nothing_worth_knowing: "No further research would pay: within these ranges nothing you could learn would change the decision enough to cover its cost.",
        find_out: "Before committing, it is worth spending up to {worth} to firm up {input}, more than for any other assumption; perfect information would be worth {all} at most.",
        no_single: "Knowing any one assumption before deciding would be worth {most} at most; perfect information {all}.",
    }
}
