//! The words of a paper and what they mean.

super::group! {
    /// Each word with what it means.
    Glossary {
        word: "Word",
        meaning: "What it means",
        average: "average loss per year",
        average_is: "the mean of all that a year may cost, good years and bad ones together; also called expected annual loss",
        bad_year: "bad year, very bad year",
        bad_year_is: "a loss that is reached or passed in 1 year of 20, and in 1 year of 100",
        control: "control",
        control_is: "something bought or done that makes a loss rarer or smaller",
        option: "option",
        option_is: "a set of controls with start dates; doing nothing more is always one",
        today: "today",
        today_is: "the loss with what is in place now",
        avoided: "loss avoided",
        avoided_is: "today's average loss less the loss with an option: an estimate of what does not happen, not cash",
        cost: "cost",
        cost_is: "money paid, own people's time and users' lost time, less the spending that ends",
        budget: "budget",
        budget_is: "money paid only",
        todays_money: "today's money",
        todays_money_is: "later amounts made smaller by the discount rate for every year that they are away",
        value: "net present value",
        value_is: "loss avoided less cost, both in today's money; also called net present value",
        return_on_cost: "return per unit",
        return_on_cost_is: "net present value divided by cost; also called return on security investment",
        limit: "agreed limit",
        limit_is: "a loss that the board agreed a year may pass with at most a stated chance",
        assumption: "assumption",
        assumption_is: "a number or a range that went in; an example is one that is still a placeholder",
        one_in: "1 in 20",
        one_in_is: "once in 20 years on average, or a chance of 5 % in any one year",
    }
}
