//! The money by year.

super::group! {
    /// The money by year, in the form that finance people know.
    Money {
        title: "The money by year: {plan}",
        now: "Now",
        year: "Year {year}",
        total: "Total",
        todays_money: "Today's money",
        bought: "Bought",
        running: "Running costs",
        people: "Own people",
        friction: "Lost time of users",
        retired: "Spending that ends",
        sold: "Sold at the end",
        premiums: "Premiums, less today's",
        tax_saved: "Tax saved by costs",
        costs: "All costs",
        costs_taxed: "All costs, after tax",
        avoided: "Loss avoided (estimate)",
        avoided_taxed: "Loss avoided, after tax (estimate)",
        net: "Net",
        cash: "Money paid (budget)",
        not_cash: "Loss avoided is an estimate of what does not happen, not cash. The budget holds money paid: what is bought, running costs and premiums, less spending that ends.",
        taxed: "After tax at {rate}: a loss avoided adds to the profit that is taxed; a cost takes from it, and what is bought does so as it is written down. The budget is before tax.",
        internal_rate: "Internal rate of return: {figure}.",
        rosi: "Return per unit spent: {figure}.",
        textbook: "The same by the textbook, with every control in full force from the first day and nothing discounted: {figure}.",
        benefit_cost: "Loss avoided per unit of cost: {figure}.",
        even_cost: "Cost as an even yearly amount: {figure}.",
        posts: "Own people: {hours} a year, {posts} full-time posts of 8 hours a day.",
        later_costs: "To begin a year later would cost {value} of value; in that year we estimate {loss} more loss than with the option begun now.",
        later_adds: "To begin a year later would add {value} of value; in that year we estimate {loss} more loss than with the option begun now.",
    }
}
