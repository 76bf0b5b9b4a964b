//! What a budget holder enters, what stated cases say, and who does what.

super::group! {
    /// The budget by year.
    Budget {
        title: "The budget by year: {plan}",
        capex: "Capital expenditure (capex): what is bought",
        opex: "Operating expenditure (opex): running costs and premiums, less what ends",
        paid: "Money paid (budget)",
        people: "Own staff's time",
        all: "Budget and own staff's time",
        note: "Before tax, at the prices of each year. What counts as capital expenditure in the accounts is for the accountant to say; here it is what is bought at a start and at a renewal. Own staff are paid from other budgets. What a sale brings at the end of a life is shown in the money by year.",
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
