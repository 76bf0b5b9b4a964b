//! What stands on one screen and nowhere else.

super::group! {
    /// The answer in one line, and what one screen leaves out.
    Prompt {
        recommended: "Answer: {plan}. Net present value {value}, cost {cost}.",
        nothing: "Answer: do nothing more; no option is worth its cost.",
        no_option: "Answer: none yet; the file has no option to compare.",
        lead: "Cost and value in today's money at {rate} a year.",
        after_insurers: " Losses are net of insurance.",
        limit: "Limit {loss} at {agreed}: {options}.",
        replace_first: "Replace this example first: {key}",
        one_more_option: "One more option: see --full.",
        more_options: "{count} more options: see --full.",
        one_more_limit: "One more limit: see --full.",
        more_limits: "{count} more limits: see --full.",
        moves_most: "What moves the value of \"{plan}\" most",
        lower_less: "{assumption} 10% lower: {change} less",
        higher_less: "{assumption} 10% higher: {change} less",
        lower_more: "{assumption} 10% lower: {change} more",
        higher_more: "{assumption} 10% higher: {change} more",
        whole: "All tables: {command}",
        whole_and_one: "All tables and one hint: {command}",
        whole_and_advice: "All tables, {count} pieces of advice: {command}",
    }
}
