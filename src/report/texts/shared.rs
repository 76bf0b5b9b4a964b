//! Headings and words that stand in more than one table.

super::group! {
    /// Headings and words that stand in more than one table: said alike everywhere.
    Shared {
        option: "Option",
        control: "Control",
        assumption: "Assumption",
        nothing_more: "Do nothing more",
        with_plan: "With “{plan}”",
        and_more: "{names} and {count} more",
        in_units: "Amounts in {currency}.",
        in_thousands: "Amounts in thousands of {currency}.",
        in_millions: "Amounts in millions of {currency}.",
        in_billions: "Amounts in billions (thousand millions) of {currency}.",
        adds_up: " Rounded so that rows and columns add up.",
        average_loss: "Average loss per year",
        bad_year: "Bad year (1 in 20)",
        value_today: "Net present value",
    }
}
