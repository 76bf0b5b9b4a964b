//! What did the board agree to bear, and does each option keep to it?

use super::words::{chance_about, less_than_percent, rough};
use super::{Scale, is_chance};
use crate::engine::year::is_within;
use crate::report::texts::{line, texts};
use crate::units::Voice;

/// A point of the risk appetite: a loss that may be passed in a year with at most this chance.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreedLimit {
    /// Its name, such as "agreed limit" or "capacity".
    pub name: String,
    /// The loss of one year, in currency units.
    pub loss: f64,
    /// The largest chance of losing more than that in a year, 0 to 1.
    pub chance: f64,
    /// The chance of losing more than that with each option, in their order and today first. They decide whether the
    /// option keeps to the limit, so that the picture says the same as every table.
    pub chances: Vec<f64>,
    /// Standard errors of the chances, in their order; nothing where they are exact.
    pub errors: Vec<f64>,
}

/// How an option stands to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its chance is at most the agreed one.
    Within,
    /// Its chance is above the agreed one.
    Over,
    /// The simulation cannot tell: within two standard errors of the agreed chance.
    TooClose,
}

impl AgreedLimit {
    /// The same for the options at these places only.
    pub(in crate::report) fn of(&self, places: &[usize]) -> Self {
        let at = |all: &[f64]| places.iter().filter_map(|place| all.get(*place).copied()).collect();
        Self { chances: at(&self.chances), errors: at(&self.errors), ..self.clone() }
    }

    /// The chance of the option at this place, with the digits that it is known to.
    pub(in crate::report) fn said(&self, option: usize, voice: Voice) -> Option<String> {
        let chance = *self.chances.get(option)?;
        let error = self.errors.get(option).copied().unwrap_or(0.0);
        Some(chance_about(chance, error, self.chance, voice))
    }

    /// The same as a percentage, with the same digits: where no simulated year passed the limit, less than what that may
    /// be off by.
    pub(in crate::report) fn percent(&self, option: usize, scale: &Scale) -> Option<String> {
        let chance = *self.chances.get(option)?;
        let error = self.errors.get(option).copied().unwrap_or(0.0);
        if chance < error && chance + error < 1.0 {
            return Some(less_than_percent(rough(chance + error, error), scale.voice));
        }
        Some(scale.percent(rough(chance, error)))
    }

    /// Its amount and its chances.
    pub(in crate::report) fn figures(&self) -> impl Iterator<Item = f64> {
        [self.loss, self.chance].into_iter().chain(self.chances.iter().copied())
    }

    /// Whether it has a chance for each of so many options.
    pub(in crate::report) fn fits(&self, options: usize) -> bool {
        self.loss >= 0.0
            && is_chance(self.chance)
            && self.chances.len() == options
            && self.chances.iter().all(|chance| is_chance(*chance))
    }

    /// How the option at this place stands to the limit; none where there is no such option.
    pub fn standing(&self, option: usize) -> Option<Standing> {
        let chance = *self.chances.get(option)?;
        let error = self.errors.get(option).copied().unwrap_or(0.0);
        Some(match is_within(chance, self.chance) {
            _ if (chance - self.chance).abs() < 2.0 * error => Standing::TooClose,
            true => Standing::Within,
            false => Standing::Over,
        })
    }

    /// One sentence an option: which chance it has of passing the limit, and on which side of the agreed one that is.
    pub(in crate::report) fn sentences<'a>(&self, names: impl Iterator<Item = &'a str>, scale: &Scale) -> Vec<String> {
        let words = &texts(scale).charts;
        let loss = scale.amount_with_currency(self.loss);
        let sentence = |(option, (name, _)): (usize, (&str, &f64))| {
            let start = if option == 0 { words.start_today } else { words.start_with_plan };
            let (said, agreed) = (self.said(option, scale.voice).unwrap_or_default(), scale.chance(self.chance));
            let verdict = match self.standing(option) {
                Some(Standing::Within) => words.within,
                Some(Standing::TooClose) => words.too_close,
                _ => words.over,
            };
            let option = line(start, &[("plan", &name)]);
            line(verdict, &[("option", &option), ("loss", &loss), ("chance", &said), ("agreed", &agreed)])
        };
        names.zip(&self.chances).enumerate().map(sentence).collect()
    }

    /// The same for many options: one sentence that sorts them.
    pub(in crate::report) fn summary<'a>(
        &self,
        template: &str,
        names: impl Iterator<Item = &'a str>,
        scale: &Scale,
    ) -> String {
        let words = &texts(scale).charts;
        let (mut kept, mut passed, mut close) = (Vec::new(), Vec::new(), Vec::new());
        for (option, (name, _)) in names.zip(&self.chances).enumerate() {
            let said = self.said(option, scale.voice).unwrap_or_default();
            let template = if option == 0 { words.sorted_today } else { words.sorted_plan };
            let text = line(template, &[("plan", &name), ("chance", &said)]);
            match self.standing(option) {
                Some(Standing::Within) => kept.push(text),
                Some(Standing::TooClose) => close.push(text),
                _ => passed.push(text),
            }
        }
        let part = |template: &str, options: &[String]| {
            // Of forty options the first are named: the table has all of them.
            let more = if options.len() > MOST_NAMED + 1 { options.len() - MOST_NAMED } else { 0 };
            let named = match more {
                0 => listed(scale, options),
                more => {
                    let names = options[..options.len() - more].join(", ");
                    line(texts(scale).shared.and_more, &[("names", &names), ("count", &more)])
                }
            };
            (!options.is_empty()).then(|| line(template, &[("options", &named)]))
        };
        let parts =
            [part(words.sorted_within, &kept), part(words.sorted_over, &passed), part(words.sorted_close, &close)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let (loss, agreed) = (scale.amount_with_currency(self.loss), scale.chance(self.chance));
        line(template, &[("loss", &loss), ("agreed", &agreed), ("options", &parts.join("; "))])
    }

    /// A template with its loss, its name and its chance.
    pub(in crate::report) fn of_template(&self, template: &str, scale: &Scale) -> String {
        let (loss, chance) = (scale.full(self.loss), scale.chance(self.chance));
        line(template, &[("loss", &loss), ("limit", &self.name), ("chance", &chance)])
    }

    /// Its row in the table behind a picture: what it is, then the chance with each option.
    pub(in crate::report) fn row(&self, options: usize, scale: &Scale) -> Vec<String> {
        let title = self.of_template(texts(scale).charts.more_than, scale);
        let chance = |option: usize| self.percent(option, scale).unwrap_or_default();
        std::iter::once(title).chain((0..options).map(chance)).collect()
    }
}

/// How many options a sentence about a limit names.
const MOST_NAMED: usize = 8;

fn listed(scale: &Scale, words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => line(texts(scale).charts.and, &[("most", &most.join(", ")), ("last", last)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Language;

    #[test]
    fn a_chance_within_its_error_of_the_limit_is_neither_within_nor_over() {
        let limit = AgreedLimit {
            name: "agreed limit".into(),
            loss: 1e6,
            chance: 0.05,
            chances: vec![0.06, 0.051, 0.049, 0.04, 0.05],
            errors: vec![0.001; 4],
        };
        let standings: Vec<Option<Standing>> = (0..6).map(|option| limit.standing(option)).collect();
        let told = [Standing::Over, Standing::TooClose, Standing::TooClose, Standing::Within, Standing::Within];
        assert_eq!(standings[..5], told.map(Some));
        assert_eq!(standings[5], None);
        let names = ["Today", "A", "B", "C", "D"];
        assert_eq!(
            limit.summary(
                texts(Language::English).charts.sorted,
                names.into_iter(),
                &Scale::for_amounts("EUR", std::iter::empty())
            ),
            "Chance of losing more than EUR 1M, agreed at 1 in 20: within it C (1 in 25) and D (1 in 20); over it today \
             (1 in 17); too close to call A (1 in 19.6) and B (1 in 20.4)."
        );
    }
}
