//! What does a measure do and cost? Pairs of figures before and after, a stated effect, and the price of the row.

use rust_decimal::Decimal;

use super::amounts::PERCENTAGE;
use super::expected::product;
use super::joins::called;
use super::staff::is_of_posts;
use super::{Bare, FORM, Factor, Figure, Register, often_text, says_percent};
use crate::import::columns::NOW;
use crate::import::draft::{COST, Effect, Form, Value};
use crate::import::grid::Row;
use crate::import::heading::{Guess, Phase, Role, guess, is_one_of, words};
use crate::import::number::{amount, is_blank_cell};
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::span::Span;
use crate::import::table::{Column, Table, parts};

impl<'a> Register<'a, '_> {
    /// What a pair of figures before and after says: factor, whether it is the new figure, value.
    pub(super) fn effects(&mut self, row: &Row, risk: usize) -> Vec<Effect> {
        let table = self.table;
        let has_after = [Role::Likelihood, Role::Frequency, Role::Loss, Role::Expected]
            .iter()
            .any(|role| table.of(*role, &[Phase::After]).next().is_some());
        if !has_after {
            return Vec::new();
        }
        let mut effects = Vec::new();
        let known = self.draft.findings.len();
        let before = self.often(row, &NOW);
        // What the first reading told stands already.
        self.draft.findings.truncate(known);
        let after = self.often(row, &[Phase::After]);
        // A second measure of a risk has figures of its own and none of today.
        if let (None, Some((_, place))) = (&before, &after) {
            self.not_taken(place.clone());
        }
        if let (Some((before, place)), Some((after, after_place))) = (before, after) {
            if self.is_share_or_chance(&before, &after, &after_place) {
                let message = format!(
                    "{} beside {}: the chance of a year, or the part that is left of it?",
                    after_place.text, place.text
                );
                self.fault(
                    Code::TwoReadings,
                    after_place,
                    message,
                    "write how often it happens then, such as \"0.6 per year\"",
                );
            } else {
                effects.extend(self.pair(risk, "frequency", (before, place), (after, after_place)));
            }
        }
        let find = |phases: &[Phase]| {
            let columns: Vec<&Column> = table.of(Role::Loss, phases).collect();
            columns.iter().find(|column| !column.scored).or(columns.first()).copied()
        };
        if let (Some(before), Some(after)) = (find(&NOW), find(&[Phase::After])) {
            let known = self.draft.findings.len();
            let first = self.loss_figure(row, before);
            self.draft.findings.truncate(known);
            let second = self.loss_figure(row, after);
            match (first, second) {
                (Some(first), Some(second)) => effects.extend(self.pair(risk, "loss", first, second)),
                (None, Some((_, place))) => self.not_taken(place),
                _ => {}
            }
        }
        if effects.is_empty()
            && let Some(after) = table.of(Role::Expected, &[Phase::After]).next()
            && let Some((first, place)) = self.expected_today(row, risk)
            && let Some((Figure::Money(second), after)) = self.loss_figure(row, after)
        {
            if second > first {
                self.rises(&after, first, second);
            } else if let Some(part) = (second * Decimal::ONE_HUNDRED).checked_div(first) {
                let question = "on what does it act? The table states the expected loss before and after; taken to act on how often it happens";
                let text = format!("{}%", (Decimal::ONE_HUNDRED - part).round_dp(6).normalize());
                let value = Value::keys(Vec::new(), vec![place, after]);
                let value = Value { form: Form::One(text), asked: Some(question.to_owned()), ..value };
                effects.push(Effect { risk, on: "frequency".into(), becomes: false, part: None, value });
            }
        }
        // Where nothing changes, that is what the table says of the measure.
        if effects.iter().all(is_nothing) {
            effects.truncate(1);
        } else {
            effects.retain(|effect| !is_nothing(effect));
        }
        effects
    }

    /// Tells that a figure is higher with the measure.
    fn rises(&mut self, place: &Place, first: Decimal, second: Decimal) {
        let message = format!("it is higher afterwards ({second}) than before ({first}): no effect was taken");
        self.draft.findings.push(Finding::question(Some(place.clone()), message));
    }

    /// Tells that what is left with a measure was not taken.
    pub(super) fn not_taken(&mut self, place: Place) {
        let message = "what is left with the measure was not taken: by which part of itself does it lower the risk?";
        self.draft.findings.push(Finding::question(Some(place), message));
    }

    /// Whether a percentage stands beside events a year, under a heading that speaks of frequencies.
    fn is_share_or_chance(&self, before: &Figure<'_>, after: &Figure<'_>, place: &Place) -> bool {
        let is_frequency = |column: &Column| {
            self.table.is_in(place, column) && column.meaning.is_some_and(|meaning| meaning.role == Role::Frequency)
        };
        matches!((before, after), (Figure::Often(_, false), Figure::Often(_, true)))
            && self.table.columns.iter().any(is_frequency)
    }

    /// The expected loss of today, as the table states it or by frequency × loss, with its cell.
    fn expected_today(&mut self, row: &Row, risk: usize) -> Option<(Decimal, Place)> {
        if let Some(before) = self.table.of(Role::Expected, &NOW).next()
            && let Some((Figure::Money(stated), place)) = self.loss_figure(row, before)
        {
            return Some((stated, place));
        }
        let risk = &self.draft.risks[risk];
        let place = risk.loss.first()?.1.from.first()?.clone();
        Some((product(risk)?, place))
    }

    fn loss_figure(&mut self, row: &Row, column: &Column) -> Option<(Figure<'a>, Place)> {
        let place = self.table.place(row, column);
        if is_blank_cell(&place.text) {
            return None;
        }
        if column.scored {
            return self.level(Factor::Impact, column, place).map(|(level, place)| (Figure::Level(level), place));
        }
        self.money(row, column).ok().flatten().map(|found| (Figure::Money(found.value), place))
    }

    fn pair(
        &mut self,
        risk: usize,
        on: &str,
        before: (Figure<'_>, Place),
        after: (Figure<'_>, Place),
    ) -> Option<Effect> {
        let places = vec![before.1.clone(), after.1.clone()];
        let size = |figure: &Figure<'_>| match figure {
            Figure::Often(read, _) => read.a_year(),
            Figure::Money(value) => Some(*value),
            Figure::Level(_) => None,
        };
        if let (Figure::Level(first), Figure::Level(second)) = (&before.0, &after.0) {
            let part = (1.0 - second.middle / first.middle) * 100.0;
            if part < 0.5 {
                return None;
            }
            let why = format!(
                "is the step from \"{}\" to \"{}\" this large? From the middles of their levels",
                places[0].text, places[1].text
            );
            let value = Value { form: Form::One(percent(part)), from: places, asked: Some(why), why: None };
            return Some(Effect { risk, on: on.into(), becomes: false, part: None, value });
        }
        let (first, second) = (size(&before.0)?, size(&after.0)?);
        if second > first {
            self.rises(&places[1], first, second);
            return None;
        }
        if first.is_zero() {
            return None;
        }
        let part = Decimal::ONE_HUNDRED - (second * Decimal::ONE_HUNDRED).checked_div(first)?;
        let exact = part.normalize();
        let (text, becomes, on) = if exact.scale() <= 8 {
            (format!("{exact}%"), false, on.to_owned())
        } else if let Figure::Often(read, _) = &after.0 {
            (often_text(read), true, on.to_owned())
        } else {
            (second.to_string(), true, format!("loss.{FORM}"))
        };
        let is_same = part.is_zero().then(|| format!("the same before and after ({first}): has it no effect?"));
        let value = Value {
            form: Form::One(text),
            from: places,
            asked: is_same,
            why: Some(format!("{first} before, {second} after")),
        };
        Some(Effect { risk, on, becomes, part: Some(part), value })
    }

    /// The measures of a row with their costs and effects: of each column of measures that has its own, else of all.
    pub(super) fn measures(&mut self, row: &Row, risks: &[usize], effects: Vec<Effect>) {
        let table = self.table;
        if !table.columns.iter().any(|column| column.of.is_some()) {
            return self.group(row, risks, effects, None);
        }
        let columns: Vec<&Column> = table.of(Role::Control, &[Phase::Unsaid]).collect();
        let filled: Vec<&&Column> = columns.iter().filter(|column| !is_blank_cell(self.merged(row, column))).collect();
        let parts = filled.len();
        for column in filled {
            let effects = effects.iter().map(|effect| shared(effect, parts)).collect();
            self.group(row, risks, effects, Some(column.index));
        }
    }

    /// The price of a row's measures, once and every year, and whether any was stated.
    fn price(&mut self, row: &Row, group: Option<usize>) -> ([Option<Value>; 2], bool) {
        let table = self.table;
        let mut costs = [None, None];
        let mut priced = false;
        for (role, at) in [(Role::CostOnce, 0), (Role::CostYearly, 1), (Role::Cost, 0)] {
            let Some(column) = of_group(table, role, group) else { continue };
            let place = table.place(row, column);
            if is_of_posts(column, &place.text) {
                priced = true;
                continue;
            }
            if let Some(value) = self.share_of_price(row, column, group) {
                priced = true;
                costs[1].get_or_insert(value);
                continue;
            }
            let found = match self.money(row, column) {
                Ok(Some(found)) => found,
                Ok(None) => continue,
                // A price that cannot be read is not nothing.
                Err(()) => {
                    let question = "what does it cost? The source does not say so that it can be read";
                    costs[at].get_or_insert(Value::placeholder(&COST, question));
                    continue;
                }
            };
            if found.value.is_sign_negative() {
                self.fault(Code::Cell, place, "a cost is not below zero".into(), "write what it costs");
                continue;
            }
            priced = true;
            let by_heading = || if let Span::Unit(a_year) = column.span { Some(a_year) } else { None };
            let a_year = found.a_year.or_else(|| by_heading().filter(|_| role != Role::CostOnce));
            let yearly = a_year.is_some() || at == 1;
            let times = Decimal::from(a_year.unwrap_or(1));
            let value = Value::one(found.value.checked_mul(times).unwrap_or(found.value).to_string(), &place);
            let unclear = role == Role::Cost && a_year.is_none();
            // "950/day" may be the rate of a consultant.
            let is_rate = found.a_year.is_some_and(|times| times > 12);
            let slot = usize::from(yearly);
            if costs[slot].is_some() {
                let message = "another column states the same cost: that one was taken".to_owned();
                self.fault(Code::Cell, place, message, "say in the mapping which column holds the cost");
                continue;
            }
            let value = self.asked(value);
            let question = if is_rate {
                format!("is this paid all year, or the rate of somebody's work? Taken as paid {times} times a year")
            } else {
                "is this paid once or every year? The table does not say; taken as once".to_owned()
            };
            costs[slot] = Some(if unclear || is_rate { value.ask_also(&question) } else { value });
        }
        if let Some(value) = self.by_year(row).filter(|_| costs[1].is_none()) {
            (costs[1], priced) = (Some(value), true);
        }
        (costs, priced)
    }

    /// What a percentage in place of a price comes to every year, of the price once of the row: `18 %` of the licence.
    fn share_of_price(&mut self, row: &Row, column: &Column, group: Option<usize>) -> Option<Value> {
        let cell = row.cells.get(column.index)?;
        let place = self.table.place(row, column);
        let is_bare = says_percent(&column.heading) && !is_blank_cell(&place.text);
        let text = place.text.split_once('%').map_or(place.text.as_str(), |(before, _)| before);
        if !(cell.percent || place.text.contains('%') || is_bare) {
            return None;
        }
        let part = column.reading.amount(text.trim(), true).ok()?.value;
        let roles = [Role::CostOnce, Role::Cost];
        let mut others = roles.into_iter().filter_map(|role| of_group(self.table, role, group));
        let base = others.find(|other| other.index != column.index)?;
        let known = self.draft.findings.len();
        let price = self.money(row, base);
        self.draft.findings.truncate(known);
        let amount = price.ok()??.value.checked_mul(part)?.checked_div(Decimal::ONE_HUNDRED)?;
        let of = self.table.place(row, base);
        let sign = if place.text.contains('%') { "" } else { "%" };
        let (share, price) = (&place.text, &of.text);
        let question = format!("{share}{sign} of which price, and every year? Taken of {price} ({})", base.heading);
        let value = Value { from: vec![place, of], ..Value::one(amount.normalize().to_string(), &Place::default()) };
        Some(value.ask(question))
    }

    /// Whether a row has the measures of one above, from which their cell is merged, and that one states their price.
    fn is_priced_above(&self, row: &Row, columns: &[&Column], group: Option<usize>) -> bool {
        let above = columns.iter().find_map(|column| self.above(row, column));
        let is_filled = |above: &Row, role: Role| {
            of_group(self.table, role, group).is_some_and(|column| !is_blank_cell(above.text(column.index)))
        };
        let prices = [Role::CostOnce, Role::CostYearly, Role::Cost];
        above.is_some_and(|above| prices.into_iter().any(|role| is_filled(above, role)))
    }

    /// The names of a row's measures; several in one cell are one where they have a price or an effect in common.
    fn named(&mut self, row: &Row, columns: &[&Column], is_joint: bool) -> Vec<(String, Place)> {
        let mut names: Vec<(String, Place)> = Vec::new();
        for column in columns {
            let place = self.merged_place(row, column);
            if is_blank_cell(&place.text) || self.is_no_measure(&place) {
                continue;
            }
            let is_share = matches!(amount(&place.text, column.reading.style), Ok(read) if read.percent);
            let Ok(name) = called(&place, is_share) else {
                let message = format!("\"{}\" alone names no measure", shortened(&place.text));
                self.fault(Code::Cell, place, message, "write the name of the measure into the cell or the heading");
                continue;
            };
            if is_share {
                let message =
                    format!("what does {} say of \"{name}\", its effect, or how far it has come?", place.text);
                self.draft.findings.push(Finding::question(Some(place.clone()), message));
            }
            if self.known.is_of_ids(column) {
                for part in parts(&name) {
                    if self.known.is_control(part) {
                        names.push((part.to_owned(), place.clone()));
                    } else {
                        let message = format!("\"{}\" names no measure of the other tables", shortened(part));
                        let cure = "write the id of a measure as it stands there, or add the measure to that table";
                        self.fault(Code::Dangling, Place { text: part.to_owned(), ..place.clone() }, message, cure);
                    }
                }
            } else if let Some(ids) = self.known.controls_of(&name) {
                names.extend(ids.into_iter().map(|id| (id.to_owned(), place.clone())));
            } else if is_joint {
                let lines: Vec<&str> = name.lines().map(unmarked).filter(|line| !line.is_empty()).collect();
                names.push((lines.join(if lines.len() > 1 { ", " } else { "" }), place));
            } else if let Some(parts) = self.known.listed(&name) {
                names.extend(parts.into_iter().map(|part| (part.to_owned(), place.clone())));
            } else {
                let parts = name.split([';', '|', '\n']).map(unmarked).filter(|part| !part.is_empty());
                names.extend(parts.map(|part| (part.to_owned(), place.clone())));
            }
        }
        names
    }

    /// The measures of a row, or that of one of its columns.
    fn group(&mut self, row: &Row, risks: &[usize], effects: Vec<Effect>, group: Option<usize>) {
        let table = self.table;
        let columns: Vec<&Column> = table
            .of(Role::Control, &[Phase::Unsaid])
            .filter(|column| group.is_none_or(|group| column.index == group))
            .collect();
        let (mut costs, priced) = self.price(row, group);
        let people = self.staff(row, group);
        let joint = priced
            || effects.iter().any(|effect| effect.value.asked.is_none())
            || self.is_priced_above(row, &columns, group);
        let mut names = self.named(row, &columns, joint);
        let mut stated = self.stated(row, group);
        if priced && columns.is_empty() && self.is_in_place(row) {
            let message = "the price beside a measure in place is that of what stands already: it was not taken";
            self.draft.findings.push(Finding::question(Some(table.row_place(row)), message));
            return;
        }
        let standing = if names.is_empty() { None } else { self.standing(row) };
        let twice = names.iter().find(|(name, _)| self.known.listed(name).is_some()).map(|(name, _)| {
            format!(
                "\"{}\" are several measures, and one of them stands in another row too: is it paid twice?",
                shortened(name)
            )
        });
        if let Some(question) = standing.or(twice) {
            let values = costs.iter_mut().flatten().chain(stated.iter_mut().map(|(_, value)| value));
            values.for_each(|value| *value = value.clone().ask_also(&question));
        }
        // A stated effect weighs more than a pair that does not change.
        let is_silent = effects.iter().all(is_nothing) && !stated.is_empty();
        let effects = if is_silent { stated_of(risks, &stated) } else { effects };
        let id = table.of(Role::ControlId, &[Phase::Unsaid]).next();
        // The id of a measure names it where nothing else does.
        if let Some(column) = id.filter(|_| columns.is_empty()) {
            let place = table.place(row, column);
            names.extend((!is_blank_cell(&place.text)).then(|| (place.text.clone(), place)));
        }
        if names.is_empty()
            && (priced || !effects.iter().all(is_nothing))
            && let [risk] = *risks
        {
            let scored = effects.iter().all(|effect| effect.value.asked.is_some()) && !priced && stated.is_empty();
            let is_zero = |value: &Value| matches!(&value.form, Form::One(text) if matches!(text.as_str(), "0" | "0%"));
            let has_nothing = costs.iter().flatten().chain(stated.iter().map(|(_, value)| value)).all(is_zero);
            if columns.is_empty() || !scored && !has_nothing {
                names.push((
                    format!("Measures for: {}", self.draft.risks[risk].name),
                    self.draft.risks[risk].place.clone(),
                ));
            }
        }
        let effects: Vec<Effect> =
            effects.into_iter().map(|effect| Effect { value: self.as_step(effect.value.clone()), ..effect }).collect();
        let parts = names.len();
        let id = id.map_or("", |column| row.text(column.index)).to_owned();
        for (number, (name, place)) in names.into_iter().enumerate() {
            let id = if parts == 1 && !is_blank_cell(&id) { id.as_str() } else { "" };
            let index = self.control(id, &name, place);
            let control = &mut self.draft.controls[index];
            for effect in &effects {
                if !control.effects.iter().any(|other| other.risk == effect.risk && other.on == effect.on) {
                    control.effects.push(shared(effect, parts));
                }
            }
            if risks.is_empty() && control.effects.is_empty() {
                // The table of risks may have said on which of them it acts.
                control.effects = stated_of(&control.acts_on, &stated);
            }
            if risks.is_empty() && control.effects.is_empty() {
                control.stated = control.stated.take().or_else(|| stated.first().map(|(_, value)| value.clone()));
            }
            for risk in risks {
                if !control.acts_on.contains(risk) {
                    control.acts_on.push(*risk);
                }
            }
            if number == 0 {
                if control.people.is_none() {
                    control.people.clone_from(&people);
                }
                let [initial, yearly] = costs.clone();
                for (known, found) in [(&mut control.initial, initial), (&mut control.yearly, yearly)] {
                    match (&known, found) {
                        (Some(before), Some(now)) if before.form != now.form => {
                            let message =
                                format!("\"{name}\" has another cost here than in a row above: the first was taken");
                            self.draft.findings.push(Finding::question(now.from.first().cloned(), message));
                        }
                        (None, Some(now)) => *known = Some(now),
                        _ => {}
                    }
                }
            }
        }
    }

    /// The effects that columns state, each with what it acts on. Where no heading and no cell says it, that is asked.
    fn stated(&mut self, row: &Row, group: Option<usize>) -> Vec<(&'static str, Value)> {
        let table = self.table;
        let mut stated: Vec<(&'static str, Value)> = Vec::new();
        for role in [Role::EffectOnFrequency, Role::EffectOnLoss, Role::Effect] {
            let Some(column) = of_group(table, role, group) else { continue };
            let Some(value) = self.effect(row, column) else { continue };
            let on: &[&'static str] = match role {
                Role::EffectOnFrequency => &["frequency"],
                Role::EffectOnLoss => &["loss"],
                _ => self.acts_on(row),
            };
            let question = "on what does it act? The table does not say; taken to act on how often it happens";
            let value = if on.is_empty() { value.ask(question) } else { self.asked(value) };
            for on in if on.is_empty() { &["frequency"] } else { on } {
                if !stated.iter().any(|(other, _)| other == on) {
                    stated.push((on, value.clone()));
                }
            }
        }
        stated
    }

    /// What a cell of the row says that its effect acts on; a fault was told where it says another thing.
    fn acts_on(&mut self, row: &Row) -> &'static [&'static str] {
        const BOTH: &str = "both|beide|beides|deux|ambos|ambas|entrambi|entrambe|all|alle";
        let Some(column) = self.table.of(Role::ActsOn, &[Phase::Unsaid]).next() else { return &[] };
        let place = self.merged_place(row, column);
        // "Acts on: Fraud" names the risk.
        if is_blank_cell(&place.text) || self.known.refers_by(column) {
            return &[];
        }
        let said = words(&place.text);
        let names = |wanted: fn(Role) -> bool| {
            let is_wanted = |text: &str| matches!(guess(text), Guess::Clear(meaning) if wanted(meaning.role));
            is_wanted(&place.text) || said.iter().any(|word| is_wanted(word))
        };
        let is_both = said.iter().any(|word| is_one_of(word, BOTH));
        match (is_both || names(Role::is_often), is_both || names(Role::is_loss)) {
            (true, true) => &["frequency", "loss"],
            (true, false) => &["frequency"],
            (false, true) => &["loss"],
            (false, false) => {
                let message = "this is neither how often it happens nor what it costs".to_owned();
                self.fault(Code::Cell, place, message, "write frequency, loss or both");
                &[]
            }
        }
    }

    /// The effect that a column states.
    fn effect(&mut self, row: &Row, column: &Column) -> Option<Value> {
        let row = self.above(row, column).unwrap_or(row);
        let place = self.table.place(row, column);
        if is_blank_cell(&place.text) {
            return None;
        }
        let cell = row.cells.get(column.index);
        let read = match cell.and_then(|cell| cell.number) {
            Some(value) => Ok((value, cell.is_some_and(|cell| cell.percent))),
            None => column.reading.amount(&place.text, false).map(|found| (found.value, found.percent)),
        };
        let bare = self.bare.get(&column.index).copied().unwrap_or(Bare::Doubt);
        // Beside 50 and 80 a 0.3 could be a part of one.
        let small = |value: Decimal| value > Decimal::ZERO && value < Decimal::ONE;
        let mixed = bare == Bare::Percent
            && !says_percent(&column.heading)
            && matches!(read, Ok((value, false)) if small(value));
        if mixed || bare == Bare::Doubt && matches!(read, Ok((_, false))) {
            self.doubtful(place, true);
            return None;
        }
        let part = match read {
            Ok((value, true)) => value,
            Ok((value, false)) if bare == Bare::Percent => value.checked_div(Decimal::ONE_HUNDRED)?,
            Ok((value, false)) => value,
            Err(fault) => {
                self.misread(fault, place, &PERCENTAGE);
                return None;
            }
        };
        if part.is_sign_negative() || part > Decimal::ONE {
            self.fault(
                Code::Cell,
                place,
                "an effect lies between 0% and 100%".into(),
                "write by which part the risk is lowered",
            );
            return None;
        }
        Some(Value::one(format!("{}%", (part * Decimal::ONE_HUNDRED).normalize()), &place))
    }
}

/// Whether an effect takes nothing off.
fn is_nothing(effect: &Effect) -> bool {
    matches!(&effect.value.form, Form::One(text) if text == "0%") && !effect.becomes
}

/// A line of a list without its mark: `1. MFA`, `- Fence`.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark =
        if digits > 0 { line[digits..].strip_prefix(['.', ')']) } else { line.strip_prefix(['-', '–', '•', '*']) };
    mark.filter(|rest| rest.starts_with(char::is_whitespace)).map_or(line, str::trim)
}

/// A part in percent, as fine as what it leaves: 99.5 % is not 100 %.
fn percent(part: f64) -> String {
    let text = if part < 99.0 { format!("{part:.0}") } else { format!("{part:.4}") };
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{short}%")
}

/// The stated effects on each of some risks.
fn stated_of(risks: &[usize], stated: &[(&'static str, Value)]) -> Vec<Effect> {
    let effect = |risk: usize, (on, value): &(&'static str, Value)| Effect {
        risk,
        on: (*on).to_owned(),
        becomes: false,
        part: None,
        value: value.clone(),
    };
    risks.iter().flat_map(|risk| stated.iter().map(|stated| effect(*risk, stated))).collect()
}

/// The column of a role that belongs to a column of measures, or to all.
pub(super) fn of_group<'t>(table: &'t Table<'_>, role: Role, group: Option<usize>) -> Option<&'t Column> {
    table.of(role, &[Phase::Unsaid]).find(|column| column.of.is_none() || column.of == group)
}

/// The part of a joint effect that one of several measures has, where all act alike and independently.
fn shared(effect: &Effect, parts: usize) -> Effect {
    let mut effect = effect.clone();
    if let (Form::One(text), true) = (&effect.value.form, parts > 1 && !effect.becomes)
        && let Some(whole) = text.strip_suffix('%').and_then(|text| text.parse::<f64>().ok())
    {
        let part = 100.0 * (1.0 - libm::pow(1.0 - whole / 100.0, 1.0 / parts as f64));
        effect.value.asked =
            Some(format!("which part of the joint {text} is due to this one of {parts} measures? Split evenly"));
        effect.value.form = Form::One(percent(part));
    }
    effect
}
