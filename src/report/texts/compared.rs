//! Two versions of a case beside each other.

super::group! {
    /// What changed, and what moved with it.
    Compared {
        whole: "See the new case as a whole: {command}",
        today: "Today",
        value: "net present value",
        cost: "cost in today's money",
        average: "average loss per year",
        bad_year: "bad year (1 in 20)",
        figure_of: "{whose}: {what}",
        stays: "The recommendation stays: {plan}.",
        changes: "The recommendation changes from {old} to {new}.",
        nothing: "Nothing that the figures depend on is different.",
        one_entry: "1 entry of the file changed; {moved} of {all} headline figures moved.",
        entries: "{count} entries of the file changed; {moved} of {all} headline figures moved.",
        moved: "{figure}: {before} before, {after} now",
        most: "; most of the change comes from {inputs} ({effect})",
        new: "new",
        gone: "no longer there",
        no_change: "no change",
        figure: "Figure",
        before: "Before",
        now: "Now",
        change: "Change",
        noise: "No change: the difference is inside what simulated figures differ by from run to run.",
        then_and_now: "The figures then and now",
        absent: "absent",
        taken_out: "taken out",
        all_changes: "All changes",
        input: "Input",
        one_without: "1 more entry changed and no headline figure with it.",
        without: "{count} more entries changed and no headline figure with them.",
        what_moved: "What moved them",
        what_moved_lead: "The changes are made one after the other in the order of the new file, what was taken out last; each line tells what its change then does, so that the lines add up. In another order the parts may differ, the sum does not. All stages meet the same random events.",
    }
}
