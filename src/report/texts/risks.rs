//! The risks, and what they mean for the business.

super::group! {
    /// What each risk costs, today and with the options.
    Risks {
        title: "The risks",
        risk: "Risk",
        how_often: "How often",
        one_event: "Loss of one event",
        today: "Per year today",
        bad_year_alone: "Bad year of it alone (1 in 20)",
        none_in_bad_years: "A bad year of 0: the risk strikes in fewer than 1 year of 20, so what it costs lies in the rarer years.",
        other: "1 other risk",
        others: "{count} other risks",
        all: "All risks",
        insured: "Averages are what remains after insurers pay; what they pay is simulated, all else is worked out without chance.",
        exact: "Averages are exact: decimal arithmetic from the file to this table.",
        closed: "Averages are worked out without chance, by formulas and integrals, to ten digits and more.",
        contest: "Where an attacker's capability meets resistance, the chance of success is the chance that the first is larger.",
    }
}

super::group! {
    /// What the risks cost by value stream.
    Streams {
        title: "What it means for the business",
        stream: "Value stream",
        goal: "Business goal",
        today: "Loss per year today",
    }
}
