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
        others: "{count} other risks",
        all: "All risks",
        insured: "Averages are what remains after insurers pay; what they pay is simulated, all else comes from closed forms and quadrature.",
        exact: "Averages are exact: decimal arithmetic from the file to this table.",
        closed: "Averages come from closed forms and quadrature, to ten digits and more; no dice were thrown.",
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
