//! The page that decides, and the foot of every page.

super::group! {
    /// The decision, the options side by side, and what would make the answer wrong.
    Front {
        no_money: "We ask for no money: none of the options is worth its cost.",
        no_option: "No option has been put forward yet; this paper shows what is at risk today.",
        not_the_best: "This is not the option that we recommend: {best} is worth {more} more in today's money.",
        not_worth_it: "This option is not worth its cost: we estimate that it avoids less loss than it costs, by {less} in today's money.",
        approve: "Approve {plan}: a budget of {budget} over {years}",
        approve_cheaper: "Approve {plan}: over {years} it spends {less} less than today",
        at_start: ", {now} of it at the start",
        decide_by: " Decide by {day}.",
        buys: "It buys: {controls}.",
        after: "{control} (after {time})",
        options: "The options",
        is_within: "Within the {limit}?",
        within: "yes: {chance}",
        over: "no: {chance}",
        too_close: "too close to tell: {chance}",
        amounts: "Amounts in {currency}. Cost and value in today's money at {rate} a year; value is the loss avoided less the cost, as we estimate them. Limits: the chance of a year beyond them.",
        amounts_without_limits: "Amounts in {currency}. Cost and value in today's money at {rate} a year; value is the loss avoided less the cost, as we estimate them.",
        taxed: "Cost, loss avoided and value are after tax at {rate}; the budget is before tax.",
        budget_and_cost: "The budget holds money paid, not discounted; the cost holds own people's and users' time too, in today's money.",
        letters: "In pictures k stands for thousands, M for millions, bn for billions (thousand millions), tn for trillions.",
        limit: "The {limit}: at most {chance} to lose more than {loss} in a year.",
        wrong_if: "This would be wrong if…",
        better_lower: "{assumption} is lower than we assume ({estimate}): a tenth less adds about {change} to the value of {plan}.",
        better_higher: "{assumption} is higher than we assume ({estimate}): a tenth more adds about {change} to the value of {plan}.",
        lower: "{assumption} is lower than we assume ({estimate}): a tenth less takes about {change} off the value of {plan}.",
        higher: "{assumption} is higher than we assume ({estimate}): a tenth more takes about {change} off the value of {plan}.",
        still_example: " It is still an example.",
        no_source: " It has no source yet.",
        source: " Source: {source}.",
        foot_example: "{run} · {count} of {all} assumptions is an example",
        foot_examples: "{run} · {count} of {all} assumptions are examples",
    }
}
