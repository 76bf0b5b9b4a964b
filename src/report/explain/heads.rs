//! What do the tables call a figure?
//!
//! Whoever reads a heading may ask for it: the words come from the catalogue of every language, so that a heading that is
//! put otherwise is known at once.

use crate::report::texts::texts;
use crate::units::Language;

/// The key of the figure below a heading; nothing where no table has it.
pub fn key_below(heading: &str) -> Option<&'static str> {
    let asked = plain(heading);
    let is_meant = |label: &str| {
        let known = plain(label);
        // Behind the heading stands a length of time.
        if label.contains('{') { asked.starts_with(&known) } else { asked == known }
    };
    let all = Language::ALL.into_iter().flat_map(headings);
    all.filter(|(label, _)| is_meant(label)).map(|(_, key)| key).next()
}

/// Headings and labels of tables and of the lines below them, each with its key.
fn headings(language: Language) -> [(&'static str, &'static str); 25] {
    let words = texts(language);
    let (options, shared, years, money, worth) =
        (&words.options, &words.shared, &words.years, &words.money, &words.worth);
    [
        (options.cost, "present_value_of_cost"),
        (options.less, "loss_avoided"),
        (options.rosi, "rosi"),
        (options.pays_back, "payback_years"),
        (options.chance, "chance_of_paying_back"),
        (shared.average_loss, "expected_annual_loss"),
        (shared.bad_year, "quantiles.0.95"),
        (shared.value_today, "net_present_value"),
        (years.any_loss, "chance_of_loss"),
        (years.middle, "quantiles.0.5"),
        (years.one_in_ten, "quantiles.0.9"),
        (years.very_bad, "quantiles.0.99"),
        (years.worst_mean, "tail_mean.0.95"),
        (money.cash, "cash"),
        (money.avoided, "loss_avoided"),
        (money.internal_rate, "internal_rate_of_return"),
        (money.rosi, "rosi"),
        (money.textbook, "rosi_textbook"),
        (money.benefit_cost, "benefit_cost_ratio"),
        (money.even_cost, "equivalent_annual_cost"),
        (money.premiums, "premiums"),
        (words.insurance.premium, "premiums"),
        (worth.alone, "alone"),
        (worth.left_out, "last_in"),
        (worth.fair_share, "shapley"),
    ]
}

/// Without what a heading says besides, in small letters, words joined by one space.
fn plain(label: &str) -> String {
    let end = label.find(['{', ':', '(', ',']).unwrap_or(label.len());
    let words = label[..end].to_lowercase().replace(['_', '-'], " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_table_says_is_a_key() {
        let cases = [
            ("Chance of any loss", "chance_of_loss"),
            ("median year", "quantiles.0.5"),
            ("Cash spent (budget)", "cash"),
            ("simple ROSI", "rosi_textbook"),
            ("fair share", "shapley"),
            ("If left out", "last_in"),
            ("premium per year", "premiums"),
            ("mean of the worst 1 in 20", "tail_mean.0.95"),
            ("chance it pays back in 3 years", "chance_of_paying_back"),
            ("Rendite (ROSI)", "rosi"),
            ("Medianjahr", "quantiles.0.5"),
        ];
        for (heading, key) in cases {
            assert_eq!(key_below(heading), Some(key), "{heading}");
        }
        assert_eq!(key_below("chance of rain"), None);
        assert_eq!(key_below("mean"), None);
    }

    #[test]
    fn no_heading_is_empty_or_stands_for_two_figures() {
        for language in Language::ALL {
            for (label, key) in headings(language) {
                assert!(plain(label).len() > 3, "{label}");
                assert_eq!(key_below(label), Some(key), "{label}");
            }
        }
    }
}
