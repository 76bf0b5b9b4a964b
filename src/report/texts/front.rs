//! The page that decides, and the foot of every page.

super::group! {
    /// The decision, the options side by side, and what would make the answer wrong.
    Front {
        no_money: "We ask for no money: none of the options is worth its cost.",
        approve: "Approve {plan}: a budget of {budget} over {years}",
        at_start: ", {now} of it at the start",
        decide_by: " Decide by {day}.",
        buys: "It buys: {controls}.",
        after: "{control} (after {time})",
        options: "The options",
        option: "Option",
        cost: "Cost over {years}",
        average: "Average loss per year",
        bad_year: "Bad year (1 in 20)",
        value: "Value today",
        is_within: "Within the {limit}?",
        nothing_more: "Do nothing more",
        within: "yes: {chance}",
        over: "no: {chance}",
        too_close: "too close to tell: {chance}",
        amounts: "Amounts in {currency}. Cost and value in today's money at {rate} a year; value is the loss avoided less the cost, as we estimate them.",
        limit: "The {limit}: at most {chance} to lose more than {loss} in a year.",
        wrong_if: "This would be wrong if…",
        lower: "{assumption} is lower than we assume ({estimate}): a tenth less takes about {change} off the value of {plan}.",
        higher: "{assumption} is higher than we assume ({estimate}): a tenth more takes about {change} off the value of {plan}.",
        still_example: " It is still an example.",
        no_source: " It has no source yet.",
        source: " Source: {source}.",
        foot_example: "{run} · {count} of {all} assumptions is an example",
        foot_examples: "{run} · {count} of {all} assumptions are examples",
    }
}
