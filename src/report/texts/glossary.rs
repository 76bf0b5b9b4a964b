//! The words of a paper and what they mean.

super::group! {
    /// Each word with what it means.
    Glossary {
        word: "Term",
        meaning: "What it means",
        average: "average loss per year",
        average_is: "the mean of what a year may cost, good and bad years together; also called annualised loss expectancy (ALE)",
        bad_year: "bad year, very bad year",
        bad_year_is: "a loss that is reached or exceeded once in 20 years, or once in 100",
        control: "control",
        control_is: "something we buy or do that makes a loss rarer or smaller",
        option: "option",
        option_is: "a set of controls with start dates; doing nothing more is always one",
        today: "today",
        today_is: "the loss with what is in place now",
        avoided: "loss avoided",
        avoided_is: "today's average loss less the loss with an option: an estimate of what does not happen, not cash",
        cost: "cost",
        cost_is: "cash spent, own staff's time and users' lost time, less spending that ends",
        budget: "budget",
        budget_is: "cash spent only",
        todays_money: "today's money",
        todays_money_is: "future amounts reduced by the discount rate for each year ahead",
        value: "net present value",
        value_is: "loss avoided less cost, both in today's money (NPV)",
        return_on_cost: "return (ROSI)",
        return_on_cost_is: "net present value divided by cost; also called return on security investment",
        limit: "agreed limit",
        limit_is: "a loss that a year may exceed with at most a stated chance, as agreed by the board",
        assumption: "assumption",
        assumption_is: "a number or range that the figures rest on; an example is still a placeholder",
        one_in: "1 in 20",
        one_in_is: "once in 20 years on average, or a chance of 5% in any one year",
    }
}
