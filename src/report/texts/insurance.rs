//! Who bears the loss.

super::group! {
    /// Insurance and controls in one table.
    Insurance {
        title: "Who bears the loss",
        lead: "An average year, from gross to net loss. Retained: below the retentions per event and per year, and the insured's share of the rest. Not insured: not covered (forms of loss, hours within a waiting period, amounts above a sublimit) or above the limits. Retained plus not insured is the net loss.",
        policies: "Policies",
        premium: "Premium per year",
        gross: "Gross loss",
        transferred: "Insurers pay",
        retained: "Retained",
        uninsured: "Not insured",
        remains: "Net of insurance",
        year_after: "{policy} pays in a year only above {amount} of covered losses.",
        waits: "{policy} pays for an outage only after a waiting period of {hours}.",
        waits_franchise: "{policy} pays for an outage from its start if it lasts at least {hours}.",
        sublimit: "{policy} covers {form} up to {amount} per event.",
        worth: "On average a policy pays back less than its premium; its value is protection in bad years.",
        too_cheap: "Insurers would pay more than the premium in an average year: ",
        too_cheap_today: "today",
        too_cheap_with: "with {plan}",
        check: ". No insurer offers that for long. Check the premium, and how often and how bad the insured losses are.",
    }
}
