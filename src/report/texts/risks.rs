//! The risks, and what they mean for the business.

super::group! {
    /// What each risk costs, today and with the options.
    Risks {
        title: "The risks",
        title_before: "The risks, before insurance",
        title_after: "The risks, net of insurance",
        risk: "Risk",
        how_often: "How often",
        one_event: "Loss of one event",
        inherent: "Per year before any control",
        inherent_note: "The level before any control is as stated in the file; no other figure rests on it.",
        today: "Per year today",
        bad_year_alone: "Bad year, this risk alone (1 in 20)",
        none_in_bad_years: "A bad year of 0: the risk is rarer than 1 in 20 years, so its losses fall in rarer years than a bad one.",
        other: "1 other risk",
        others: "{count} other risks",
        all: "All risks",
        insured: "Averages are net of what insurers are expected to pay.",
        exact: "Averages are exact: decimal arithmetic throughout.",
        closed: "Averages are calculated, not simulated.",
        contest: "An attack succeeds when the attacker's capability exceeds our resistance.",
    }
}

super::group! {
    /// What the risks cost by value stream.
    Streams {
        title: "What it means for the business",
        stream: "Value stream",
        goal: "Business goal",
        today: "Loss per year today",
        after_insurers: "Net of insurance.",
    }
}
