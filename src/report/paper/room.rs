//! What of page one stays on it where all of it has no room, and what of it stands on the next page then?
//!
//! Nothing that page one says is lost: what is left out of it is the first thing behind it.

use crate::engine::{Analysis, OptionId};

use super::super::texts::{line, texts};
use super::super::{Cell, Section, Table};
use super::{Front, Paper};

/// Rows of options that the short paper shows on its second page.
const ROWS: usize = 12;
/// Letters of a name on a first page that has little room; the parts behind it have all of it.
const SHORT_NAME: usize = 44;

/// The rows of a table of options in the order in which they are kept: those that always stay, then by value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Order {
    rows: Vec<usize>,
    /// How many of them always stay.
    due: usize,
}

impl Order {
    /// Doing nothing, the option asked for and the one advised; then those of the highest net present value.
    pub fn of(analysis: &Analysis, asked: Option<OptionId>) -> Self {
        let is_due = |plan: OptionId| Some(plan) == asked || Some(plan) == analysis.recommended;
        let value = |plan: OptionId| analysis.plans[plan].investment.net_present_value.to_f64();
        let mut plans: Vec<OptionId> = analysis.plans.ids().collect();
        plans.sort_by(|&a, &b| is_due(b).cmp(&is_due(a)).then(value(b).total_cmp(&value(a))).then(a.cmp(&b)));
        let due = 1 + plans.iter().filter(|plan| is_due(**plan)).count();
        Self { rows: std::iter::once(0).chain(plans.into_iter().map(OptionId::row)).collect(), due }
    }

    /// The rows that stay of a table with so many: the first of them, and all that always stay; where there is room for
    /// none, the marked one.
    fn kept(&self, most: usize, marked: Option<usize>) -> Vec<usize> {
        let count = if most == 0 { 0 } else { most.max(self.due) };
        let mut kept: Vec<usize> = self.rows.iter().copied().take(count).collect();
        kept.extend(marked.filter(|row| !kept.contains(row)));
        kept.sort_unstable();
        kept
    }
}

impl Paper {
    /// The page that decides with at most so many rows of options, remarks on them, things that would make the answer
    /// wrong and sentences of it, where it has no room for more. A better set stays, in one line.
    pub fn front_within(&self, [rows, notes, wrong, answer]: [usize; 4]) -> Front {
        let mut front = self.front.clone();
        front.answer.truncate(answer);
        if front.options.notes.len() > notes {
            let short = front.better.clone();
            front.options.notes.truncate(if short.is_some() { notes.saturating_sub(1) } else { notes });
            front.options.notes.extend(short);
        }
        front.wrong_if.notes.truncate(wrong);
        if let Some(table) = &mut front.options.table {
            self.keep_rows(table, rows, texts(self.report.voice.language).front.next_page);
        }
        front
    }

    /// What page one has no room for, as it stands on the next page.
    pub fn beyond(&self, front: &Front) -> Vec<Section> {
        let words = &texts(self.report.voice.language).front;
        let all = &self.front;
        let rows = |front: &Front| front.options.table.as_ref().map_or(0, |table| table.rows.len());
        let mut found = Vec::new();
        if front.answer.len() < all.answer.len() {
            let notes = all.answer[front.answer.len()..].to_vec();
            found.push(super::listed(self.words.answer, notes));
        }
        let notes: Vec<_> =
            all.options.notes.iter().filter(|note| !front.options.notes.contains(note)).cloned().collect();
        // The whole paper has all options with the money.
        let mut table = all.options.table.clone().filter(|_| self.is_short && rows(front) < rows(all));
        if let Some(table) = &mut table {
            self.keep_rows(table, ROWS, words.more_rows);
        }
        if table.is_some() || !notes.is_empty() {
            let lead = all.options.lead.clone().filter(|_| table.is_some());
            found.push(Section { title: all.options.title.clone(), lead, table, notes });
        }
        if front.wrong_if.notes.len() < all.wrong_if.notes.len() {
            let notes = all.wrong_if.notes[front.wrong_if.notes.len()..].to_vec();
            found.push(super::listed(&all.wrong_if.title, notes));
        }
        found
    }

    /// Leaves so many rows of the table of options; how many more there are stands below them.
    fn keep_rows(&self, table: &mut Table, most: usize, words: &str) {
        if table.rows.len() <= most + 1 {
            return;
        }
        let chosen = table.emphasised;
        let kept = self.front.order.kept(most, chosen);
        let left = table.rows.len() - kept.len();
        // A line that says that one is left out takes as much room as that one.
        if left < 2 {
            return;
        }
        table.emphasised = kept.iter().position(|row| Some(*row) == chosen);
        table.rows = kept.iter().filter_map(|row| table.rows.get(*row).cloned()).collect();
        let mut more = vec![Cell::words(""); table.columns.len()];
        if let Some(first) = more.first_mut() {
            *first = Cell::words(line(words, &[("count", &left)]));
        }
        table.rows.push(more);
    }
}

impl Front {
    /// The same with long names cut, but for what is decided.
    #[must_use]
    pub fn with_short_names(mut self) -> Self {
        let lists = [&mut self.answer, &mut self.options.notes, &mut self.wrong_if.notes];
        lists.into_iter().flatten().for_each(|text| text.shorten_names(SHORT_NAME));
        self.options.table.iter_mut().for_each(|table| table.shorten_names(SHORT_NAME));
        self
    }
}
