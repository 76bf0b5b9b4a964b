//! What each control adds, and whether each step up in cost is worth it.

super::group! {
    /// What each control of an option adds.
    Worth {
        title: "What each control adds: {plan}",
        cost: "Cost",
        alone: "Alone",
        left_out: "If left out",
        fair_share: "Fair share",
        columns: "Alone: what it is worth if nothing else is bought. If left out: what the option would lose without it. Fair share: its part of the option's value, the mean over every order of buying (Shapley value); the parts add up.",
        claimed_twice: "Added up, the controls alone would claim {twice} more than they bring together: in part they would avoid the same loss.",
        without: "Without {control} the option would be worth {more} more.",
        without_required: "Without {control} the option would be worth {more} more, but another control of it requires it.",
        policies: "Its policies add {more}: what insurers pay more than today, less what the premiums cost more.",
    }
}

super::group! {
    /// Each option against the best of those that cost less.
    Steps {
        title: "One step at a time",
        lead: "Options by rising cost, each against the best so far: is what it costs more worth what it avoids more? Today's money.",
        against: "Against",
        costs_more: "Extra cost",
        avoids_more: "Extra loss avoided",
        worth_more: "Extra value",
        verdict: "Verdict",
        better: "worth the step",
        not_worth_it: "not worth the step",
        dominated: "out: another option avoids at least as much for no more money",
    }
}
