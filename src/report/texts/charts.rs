//! What several charts say: in sentences, within the pictures, and in the tables behind them. What one form alone says
//! stands in its own file (`report::pictures`).

super::group! {
    /// In descriptions `{option}` is "today" or "with Core".
    Charts {
        sorted: "Chance of losing more than {loss}, agreed at {agreed}: {options}.",
        average_year: "Average year",
        bad_year_in_20: "Bad year, 1 in 20",
        very_bad_year_in_100: "Very bad year, 1 in 100",
        option: "Option",
        three_years: "Average year (circle), bad year, 1 in 20 (square), very bad year, 1 in 100 (diamond), {currency}",
        agreed: "{loss}, at most {chance}",
        year: "Year",
        from: "From",
        to: "To",
        loss_in_year: "Loss in one year, {currency}",
        average_loss: "Average loss per year",
        start_today: "Today",
        risk: "Risk",
        average_loss_in: "Average loss per year, {currency}",
        other_risks: "{count} other risks",
        today: "today",
        start_with_plan: "With {plan}",
        within: "{option}, the chance of losing more than {loss} is {chance}: within the agreed {agreed}.",
        too_close: "{option}, the chance of losing more than {loss} is {chance}: too close to the agreed {agreed} to tell.",
        over: "{option}, the chance of losing more than {loss} is {chance}: over the agreed {agreed}.",
        sorted_today: "today ({chance})",
        sorted_plan: "{plan} ({chance})",
        sorted_within: "within it {options}",
        sorted_over: "over it {options}",
        sorted_close: "too close to tell {options}",
        more_than: "More than {loss} ({limit}, {chance})",
        and: "{most} and {last}",
        average: "average",
        bad_year: "bad year",
        in_20: "1 in 20",
        very_bad_year: "very bad year",
        in_100: "1 in 100",
        with_plan: "with {plan}",
        examples_one: "1 of {all} assumptions is an example.",
        examples: "{count} of {all} assumptions are examples.",
    }
}
