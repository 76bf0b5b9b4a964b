//! What data say: a rate from counts, an amount or a duration from a log, the effect of a control.

super::group! {
    /// What every estimate from data may say.
    Calibrated {
        of_category: "{what} of category {category}",
        infinite: "infinite",
        line: "{file}, line {number}",
        record: "{file}, record {number}",
        written: "written into {file} at {key}",
        drawn: "drawn: {file}",
        day_first: "{file}: days such as {day} are read with the day first, as {witness} shows.",
        month_first: "{file}: days such as {day} are read with the month first, as {witness} shows.",
        repeated: "{file}: \"{name}\" stands in lines {lines}. Each line counts as an event of its own: join them where it is one incident.",
        repeated_more: "{file}: \"{name}\" stands in lines {lines} (more such names: {count}). Each line counts as an event of its own: join them where it is one incident.",
        other_sheets: "{file}: the sheet \"{sheet}\" was read, and not {others}: `--sheet NAME` names another.",
        several_one: "{file}: 1 row stands for several events of its day: {count} events are counted in all.",
        several: "{file}: {rows} rows stand for several events of their days: {count} events are counted in all.",
        hidden_one: "{file}: 1 row is hidden: it counts like the others.",
        hidden: "{file}: {count} rows are hidden: they count like the others.",
    }
}

super::group! {
    /// How often it happens.
    Frequency {
        average: "Average {mean} a year; nine times in ten between {low} and {high} a year.",
        next_year: "The chance of at least one in the next year is {chance}.",
        nothing: "Nothing was seen in {years}: without any prior, the rate is below {high} a year with 95% confidence.",
        counts_alone: "The counts alone, without any prior: {low} to {high} a year (exact).",
        seen: "{share} of events were seen, as you say: {years} counted as {counted}.",
        begins: "The period begins on {day}, the day of the first event. A log that begins with an event leaves out the quiet time before it, and the rate comes out too high: give the day on which recording began as `--from`.",
        ends: "The period ends on {day}, the day of the last event: give the last day on which an event would have been recorded as `--to`.",
        clustered: "Counts by year ({counts}) vary {ratio} times as much as chance alone would make them (chance of that: {chance}): the events cluster.",
        clustering: "events come in clusters: bad years are worse, the average is the same",
        even: "Counts by year ({counts}): no more uneven than chance alone would make them (chance of as much: {chance}).",
        prior: "Under the prior ({low} to {high} a year), {expected} events were expected and {count} came (chance of as far off: {chance}).",
        contradiction: "The prior and the log contradict each other: find out which of them is of another time or another thing before you mix them.",
        rests_on: "{events} from {from} to {to} ({years}); gamma with {prior}",
        partly_seen: "{years}, of which {share} were seen",
        jeffreys: "Jeffreys' prior",
        stated_prior: "the prior {low} to {high} a year",
    }
}

super::group! {
    /// What one event costs, or how long it takes.
    Fitted {
        one_amount: "1 amount",
        amounts: "{count} amounts",
        one_duration: "1 duration",
        durations: "{count} durations",
        outage: "{what} (standstill)",
        detection: "{what} (beginning to detection)",
        containment: "{what} (beginning to containment)",
        response: "{what} (detection to containment)",
        lognormal: "lognormal",
        gamma: "gamma",
        pareto: "Pareto",
        average: "Average {mean}; half of the events above {median}, one in twenty above {high}.",
        doubt: "The average may be off by {doubt} either way, nine times in ten: `doubt` says so.",
        fits: "The {family} fits (chance of data as far off: {chance}). Akaike's criterion, lower is better: {criteria}.",
        fits_badly: "The {family} fits badly (chance of data as far off: {chance}). Akaike's criterion, lower is better: {criteria}.",
        data_for: "The data speak for `--shape {family}`.",
        mixed: "Data of a {family} would lie so far off in {chance} of cases only: do not trust the tail. Perhaps two kinds of events are mixed: try `--category`.",
        tail_index: "tail index {low} to {high} by {count} values",
        any_value: "any value",
        finite: "The data allow only tails with an average ({index}).",
        cannot_tell_bound: "The data alone could not tell whether there is an average ({index}); your bound gives it one.",
        cannot_tell_amount: "The data cannot tell a finite average from an infinite one ({index}; from 1 on there is none). The average of {mean} rests on the chosen family, not on the data. Say what one event can cost at most: `--at-most`.",
        cannot_tell_duration: "The data cannot tell a finite average from an infinite one ({index}; from 1 on there is none). The average of {mean} rests on the chosen family, not on the data. Say how long one event can last at most: `--at-most`.",
        no_average: "The data alone have no average ({index}); your bound gives them one.",
        open: "{open} of {what} are known only to be above a value and are counted so.",
        above_only: "The estimate is of events above {threshold} only; a frequency counted from the same log fits it.",
        below: "The estimate is of all events, {below} of which lie below the threshold of {threshold} and were never recorded. A frequency counted from the same log lacks them too: multiply the share that you see of recorded events by {factor}%. Where you see all of them: `--seen {typed}%`; where you see 90%: `--seen {of_ninety}%`.",
        few_gamma: "Of few amounts with a threshold and open ones, the range of a gamma's average holds the true one in 86% of logs, not in 90%.",
        few: "{what} are few: let people who know state a range as well, and compare (`rosi calibrate experts`).",
        points_differ: "The family below the bound averages {mean}; the three points written average {written}.",
        recorded_from: "{what}, recorded from {threshold} on",
        some_open: "{what}, {open} of them open",
        rests_on: "{what}; {family} by maximum likelihood",
        money_of: "{what}, in the money of {day}",
        no_amount_one: "1 event without an amount is left out. If small losses are the ones not written down, say so with `--threshold`.",
        no_amount: "{count} events without an amount are left out. If small losses are the ones not written down, say so with `--threshold`.",
        too_small_one: "1 amount below the threshold in today's money ({threshold}) is left out.",
        too_small: "{count} amounts below the threshold in today's money ({threshold}) are left out.",
        net: "Recoveries of {amount} are taken off: do not count them as insurance in the case again.",
        gross: "Amounts are before recoveries ({amount} came back): what insurers pay belongs in `[[insurance]]`; `--net` takes recoveries off.",
        not_closed: "{place}: the case is not closed, and its amount counts as final. Write `> …` if it may grow.",
        several_years: "The amounts are of several years and count as they stand: `--inflation 3%` brings them to today's money.",
        inflation: "Amounts are in the money of {day}, at {inflation} a year.",
        currency: "Amounts are in {currency}.",
        no_length_one: "1 event of which the length is not known is left out. Those that last longest are often the ones without an end: write `never` where it has not ended.",
        no_length: "{count} events of which the length is not known are left out. Those that last longest are often the ones without an end: write `never` where it has not ended.",
        not_ended_one: "1 has not ended: counted as longer than until the last day.",
        not_ended: "{count} have not ended: counted as longer than until the last day.",
    }
}

super::group! {
    /// What a control did.
    Effect {
        ratio: "{before} in {years_before} before, {after} in {years_after} after: {ratio} times the rate; its exact 90% interval is {low} to {high}.",
        fell: "The chance that the rate fell at all is {chance}.",
        reduction: "The reduction averages {mean}, give or take {spread}.",
        other_causes: "The counts cannot tell the control from whatever else changed: reporting, staff, attackers, the size of the business.",
        too_early: "The interval holds 1: the rate may as well not have fallen. It is too early to tell; the reduction is wide for that reason.",
        short: "One of the periods is shorter than a year: what comes with the seasons is not evened out.",
        rests_on: "{events} in {years_before} before, {after} in {years_after} after; a rise counts as no reduction",
    }
}
