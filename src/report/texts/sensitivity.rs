//! What would change the answer.

super::group! {
    /// What would change the answer: the assumptions by swing, the tipping point, what is worth finding out.
    Sensitivity {
        title: "What would change the answer: {plan}",
        lead: "The value today where one assumption is at the low or high end of its range (once in ten it is lower, once in ten higher; of a loss per event its average), all others at their averages.",
        low: "Low",
        high: "High",
        value_low: "Value at low",
        value_high: "Value at high",
        worth_nothing: "Worth nothing at",
        to_know: "To know it",
        one_more: "One more assumption with a range moves the value less.",
        more: "{count} more assumptions with a range move the value less.",
        insured: "What insurers pay is held at its mean here.",
        no_tipping: "No single assumption, however wrong, changes the recommendation.",
        tips_above: "The recommendation changes first, to {option}, if {input} is above {at} instead of {mean}",
        tips_below: "The recommendation changes first, to {option}, if {input} is below {at} instead of {mean}",
        part_more: ", that is {part} more",
        part_less: ", that is {part} less",
        times_more: ", that is {times} times as much",
        times_less: ", that is {part} of our estimate",
        likely: "; the file takes that for possible: its range reaches there.",
        unlikely: "; that lies outside the range that we hold 8 in 10 likely.",
        no_range: "; the file gives it no range.",
        how_sure: "How sure: within what we hold possible, the chance is {worth} that it is worth its cost on average; that it has paid back when the years are over, luck included, {paid}.",
        nothing_worth_knowing: "Nothing is worth finding out before deciding: whatever the truth within these ranges, no other decision would be worth more than we could pay for knowing it.",
        find_out: "Before you spend, find out {input}: to know it is worth up to {worth}, more than to know any other assumption; to know everything that can be known is worth {all} at most. What luck brings, nobody can know.",
        no_single: "No single assumption is worth finding out before deciding; to know everything that can be known is worth {all} at most. What luck brings, nobody can know.",
    }
}
