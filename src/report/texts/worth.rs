//! What each control adds, and whether each step up in cost is worth it.

super::group! {
    /// What each control of an option adds.
    Worth {
        title: "What each control adds: {plan}",
        cost: "Cost",
        alone: "Alone",
        left_out: "If left out",
        fair_share: "Fair share",
        columns: "Alone: its value if nothing else is bought. If left out: how much value the option loses without it. Fair share: its part of the option's value, averaged over every order of buying (Shapley value); the parts add up.",
        claimed_twice: "Taken separately, the controls' values add up to {twice} more than they achieve together, because they partly prevent the same losses.",
        without: "Without {control} the option would be worth {more} more.",
        without_required: "Without {control} the option would be worth {more} more, but another of its controls requires it.",
        policies: "Its policies add {more}: additional insurance payments less additional premiums.",
    }
}

super::group! {
    /// Each option against the best of those that cost less.
    Steps {
        title: "One step at a time",
        lead: "Options in order of cost, each compared with the best cheaper one: is the extra cost worth it? In today's money.",
        against: "Against",
        costs_more: "Extra cost",
        avoids_more: "Extra loss avoided",
        brings_more: "Extra loss avoided and time saved",
        worth_more: "Extra value",
        verdict: "Verdict",
        better: "worth the step",
        not_worth_it: "not worth the step",
        dominated: "a cheaper option avoids as much",
    }
}
