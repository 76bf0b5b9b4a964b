//! What follows behind the first page.

super::group! {
    /// Titles of the parts, and what stands in those that only a paper has.
    Parts {
        why_now: "Why now",
        risks: "The risks",
        controls: "How the controls reduce the loss",
        years: "Good years and bad ones",
        insurance: "Insurance beside controls",
        money: "The money",
        business: "What it asks of the business",
        changes: "What changes the answer",
        budgets: "More or less money",
        left_out: "What was left out",
        duties: "Duties",
        duty: "Duty",
        touching: "Risks that touch it",
        fines: "Fines per year today",
        with_plan: "With {plan}",
        fines_note: "Fines and judgments as an average over all years, before insurers pay; they are part of the losses above. A risk that touches several duties stands under each of them.",
        turns: "Where the answer turns",
        time: "Time that {plan} takes",
        control: "Control",
        own_time: "Own people, a year",
        users_time: "Users' time, a year",
        full_time: "Full-time people",
        cost: "Cost over {years}",
        all_controls: "All controls",
        time_note: "In a full year with every control in force; the cost is not discounted. It counts in the value of the option and is not part of the budget that is asked for. A full-time person works {hours} a year.",
        one_counted: "Risks that the file does not name: only the one above is counted.",
        counted: "Risks that the file does not name: only the {count} above are counted.",
    }
}
