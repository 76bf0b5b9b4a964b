//! What a budget holder enters, what stated cases say, and who does what.

super::group! {
    /// The budget by year.
    Budget {
        title: "The budget by year: {plan}",
        capex: "Capital expenditure (capex): what is bought",
        opex: "Operating expenditure (opex): running costs and premiums, less spending that ends",
        paid: "Cash spent (budget)",
        people: "Own staff's time",
        all: "Budget and own staff's time",
        note: "Before tax, at each year's prices. What the accounts capitalise is for the accountants to decide; here it is what is bought at the start and at each renewal. Own staff are paid from other budgets. Sale proceeds at the end of a life are shown under costs and benefits by year.",
    }
}

super::group! {
    /// The cases that the file states.
    Stated {
        title: "The stated cases",
        lead: "What {plan} costs and brings in each of the stated cases. A case changes all of its assumptions at once and nothing else.",
        case: "Case",
        base: "Base (as stated)",
        today: "Average loss today",
        cost: "Its cost in today's money",
        value: "Its net present value",
        best: "Best option then",
        none: "cannot be worked out",
        said: "{what}: {value}",
    }
}

super::group! {
    /// Who does what.
    Tasks {
        title: "Who does what: {plan}",
        control: "Control",
        owner: "Owner",
        begins: "Begins",
        milestones: "Milestones",
        milestone: "{day} {what}",
        month: "Month {month}",
        from_year: "year {year}",
        from_month: "month {month}",
    }
}
