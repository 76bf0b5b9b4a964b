//! Which risks make a bad year bad?
//!
//! Of the mean loss in the years at or beyond a bad one, the part that each risk brings: E[risk's loss | the year is
//! that bad]. Means add, so the parts make up the whole (Euler allocation, Tasche 1999).
//!
//! One bar a risk, with its part of the whole beside it; the last row is the whole. The small ones are added up where
//! they find no room.

use super::kit::*;

/// The parts of the risks in the mean loss of the bad years.
#[derive(Debug, Clone, PartialEq)]
pub struct TailContribution {
    /// Whose years these are.
    pub option: ChartOption,
    /// How rare the years are: 0.05 for the worst 1 in 20.
    pub chance: f64,
    /// The risks, largest part first.
    pub risks: Vec<RiskPart>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk's part.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskPart {
    /// Name of the risk.
    pub name: String,
    /// Mean loss of this risk in those years, in currency units.
    pub loss: f64,
}

impl TailContribution {
    /// Sorts the risks by their part, largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, option: ChartOption, chance: f64, mut risks: Vec<RiskPart>) -> Self {
        risks.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        let scale = Scale::for_amounts(unit, risks.iter().map(|risk| risk.loss));
        Self { option, chance, risks, scale }
    }

    /// The mean loss of those years: the sum of the parts.
    pub fn total(&self) -> f64 {
        self.risks.iter().map(|risk| risk.loss).sum()
    }

    /// A part as a share of the whole; none where nothing is lost.
    pub fn share(&self, loss: f64) -> Option<f64> {
        let total = self.total();
        (total > 0.0).then(|| loss / total)
    }

    /// The largest part as it is told: the whole keeps its digits, and what the rounding of the others leaves over goes
    /// here. 1.147M, 19k and 15k make 1.2M to two digits, so the first of them reads 1.2M.
    fn first_told(&self) -> f64 {
        let (first, total) = (self.risks.first().map_or(0.0, |risk| risk.loss), self.total());
        if total <= 0.0 || first <= 0.0 {
            return first;
        }
        let unit = libm::pow(10.0, libm::log10(total).floor() + 1.0 - f64::from(self.scale.digits));
        let count = |loss: f64| libm::round(loss / unit);
        let others: f64 = self.risks.iter().skip(1).map(|risk| count(risk.loss)).sum();
        let left = count(total) - others;
        if left == count(first) { first } else { left * unit }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).pictures.tail;
        let (chance, loss) = (self.scale.chance(self.chance), self.scale.estimate_with_currency(self.total()));
        let option = self.option.phrase(&self.scale);
        let mut description = line(words.description, &[("chance", &chance), ("option", &option), ("loss", &loss)]);
        if let Some((first, share)) = self.risks.first().and_then(|risk| Some((risk, self.share(risk.loss)?))) {
            let share = crate::report::sentences::capital(&self.scale.percent(share));
            description.push_str(&line(words.description_first, &[("risk", &first.name), ("share", &share)]));
        }
        Chart::new(id, title, &description, self)
    }
}

/// The worst 1 in 20 years: those that `OptionYear::tail_parts` speaks of.
const WORST: f64 = 0.05;

/// A longer list is left to pages and workbooks.
const PRINTED: usize = 12;

impl Picture for TailContribution {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let chart = |(place, id): (usize, &str)| {
            let parts = &view.options[place].year.tail_parts;
            let is_shown = view.scenario.risks().len() > 1 && parts.iter().all(|part| part.is_finite());
            let option = view.option(place);
            let words = &texts(view.scenario).pictures.tail;
            let title = match place {
                0 => words.title_today.to_owned(),
                _ => line(words.title_with, &[("plan", &option.name)]),
            };
            let risks = view.scenario.risks().iter().zip(parts);
            let risks = risks.map(|(risk, loss)| RiskPart { name: risk.name.clone(), loss: *loss }).collect();
            is_shown.then(|| {
                let mut data = Self::new(view.unit(), option, WORST, risks);
                data.scale = data.scale.with_digits(view.digits());
                data.into_chart(&format!("bad-years-{id}"), &title)
            })
        };
        view.shown().filter_map(chart).collect()
    }

    fn part(&self) -> &'static str {
        "years"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.tail;
        let shared = &texts(&self.scale).charts;
        let header = vec![shared.risk.to_owned(), titled(words.mean_loss, &self.scale), words.share.to_owned()];
        let row = |name: &str, loss: f64, told: f64| {
            vec![
                name.to_owned(),
                self.scale.told(told),
                self.share(loss).map_or_else(String::new, |share| self.scale.percent(share)),
            ]
        };
        let first = self.first_told();
        let told =
            |(place, risk): (usize, &RiskPart)| row(&risk.name, risk.loss, if place == 0 { first } else { risk.loss });
        let all = std::iter::once(row(words.all_risks, self.total(), self.total()));
        (header, self.risks.iter().enumerate().map(told).chain(all).collect())
    }

    /// On paper the picture names the largest with their figures, and adds up the rest.
    fn is_table_printed(&self) -> bool {
        self.risks.len() <= PRINTED
    }

    fn amounts(&self) -> Vec<f64> {
        self.risks.iter().map(|risk| risk.loss).collect()
    }

    fn fits(&self) -> bool {
        is_chance(self.chance)
    }

    fn caption(&self) -> String {
        let (chance, currency) = (self.scale.chance(self.chance), self.scale.currency);
        let words = texts(&self.scale).pictures.tail.caption;
        line(words, &[("option", &self.option.name), ("chance", &chance), ("currency", &currency)])
    }

    fn height(&self) -> u32 {
        high(30.0 * (self.risks.len() + 1).min(16) as f64 + 132.0)
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.risks.iter().map(|risk| risk.name.as_str()));
        high_on_phone((26.0 + above) * (self.risks.len() + 1).min(16) as f64 + 132.0)
    }

    fn most_on_page(&self) -> u32 {
        340
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let series = self.option.series();
        let bottom = body.bottom - amounts::LABELS;
        let above = Names::of(self.risks.iter().map(|risk| risk.name.as_str()), body).above();
        let rows = shown(self, ((bottom - body.top) / (ROW + above)).floor() as usize);
        let height = ((bottom - body.top) / rows.len() as f64).min(44.0 + above);
        let bottom = body.top + height * rows.len() as f64;
        let mut names = Names::of(rows.iter().map(|row| row.name.as_str()), body);
        let left = names.end(10.0);

        let figure = |loss: f64| self.scale.estimate(loss);
        let share = |loss: f64| self.share(loss).map_or_else(String::new, |share| self.scale.percent(share));
        let widths = |row: &Row| {
            text::width(&figure(row.told), SMALL, false) + text::width(&share(row.loss), SMALL, true) + 24.0
        };
        let length = |row: &Row| if row.has_bar { row.loss } else { 0.0 };
        let low = rows.iter().map(length).fold(0.0, f64::min);
        let bars = rows.iter().map(|row| (length(row), widths(row)));
        let per_unit = rows::pixels_per_unit(bars, low, body.right - left);
        let zero = left - low * per_unit;
        let total_top = bottom - height;
        if per_unit > 0.0 {
            let plot = Area::new(left, body.top, body.right, total_top);
            let ends = [low, low + plot.width() / per_unit];
            let axis = Amounts::holding(ends.into_iter(), plot.width());
            axis.draw(scene, Area::new(left, body.top, body.right, bottom), &self.scale, "");
        }
        for (index, row) in rows.iter().enumerate() {
            let top = body.top + index as f64 * height;
            let (top, height) = names.write(scene, &row.name, row.style, (top, height));
            let inset = (height * 0.2).max(3.0);
            let end = rows::bar(scene, zero, per_unit, length(row), (top + inset, top + height - inset), series);
            let y = rows::baseline(top, height);
            let mut label = Label::new(figure(row.told), end + 6.0, y, SMALL, TEXT);
            label.bold = row.style.bold;
            let after = rows::figure(scene, label);
            rows::figure(scene, Label::new(share(row.loss), after + 8.0, y, SMALL, TEXT).bold());
        }
        scene.line(vec![(zero, body.top), (zero, bottom)], 1.0, AXIS);
        scene.line(vec![(body.left, total_top), (body.right, total_top)], 1.0, AXIS);
        names.finish(scene);
    }
}

struct Row {
    name: String,
    loss: f64,
    /// The loss as it is told.
    told: f64,
    style: Style,
    /// Without a bar only the figures are shown.
    has_bar: bool,
}

/// The risks that find room, the rest added up, and the whole.
fn shown(data: &TailContribution, room: usize) -> Vec<Row> {
    let room = room.max(2) - 1;
    let count = if data.risks.len() <= room { data.risks.len() } else { room - 1 };
    let (top, rest) = data.risks.split_at(count);
    let plain = Style { ink: TEXT, bold: false };
    let mut rows: Vec<Row> = top
        .iter()
        .map(|risk| Row {
            name: text::clean(&risk.name),
            loss: risk.loss,
            told: risk.loss,
            style: plain,
            has_bar: true,
        })
        .collect();
    if let Some(first) = rows.first_mut() {
        first.told = data.first_told();
    }
    if !rest.is_empty() {
        let loss: f64 = rest.iter().map(|risk| risk.loss).sum();
        let name = line(texts(&data.scale).charts.other_risks, &[("count", &rest.len())]);
        // Many small risks together may dwarf the largest one; their bar would press all others flat.
        let has_bar = top.is_empty() || loss <= top.iter().map(|risk| risk.loss).fold(0.0, f64::max);
        rows.push(Row { name, loss, told: loss, style: Style { ink: QUIET_TEXT, bold: false }, has_bar });
    }
    let whole = Style { ink: TEXT, bold: true };
    rows.push(Row {
        name: texts(&data.scale).pictures.tail.all_risks.to_owned(),
        loss: data.total(),
        told: data.total(),
        style: whole,
        has_bar: false,
    });
    rows
}

words! {
    title_today: ["Which risks drive bad years today", "Welche Risiken schlechte Jahre heute bestimmen"],
    title_with: ["Which risks drive the bad years that remain with “{plan}”", "Welche Risiken die mit „{plan}“ verbleibenden schlechten Jahre bestimmen"],
    description: ["In the worst {chance} years {option} the loss is {loss} on average.", "Die schlechtesten Jahre ({chance}) kosten {option} im Mittel {loss}."],
    caption: ["{option}: mean loss in the worst {chance} years, {currency}", "{option}: mittlerer Schaden der schlechtesten Jahre ({chance}), {currency}"],
    description_first: [" {share} of it comes from “{risk}”.", " Davon entfallen {share} auf „{risk}“."],
    mean_loss: ["Mean loss in such a year", "Mittlerer Schaden in einem solchen Jahr"],
    share: ["Share", "Anteil"],
    all_risks: ["All risks", "Alle Risiken"],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(parts: &[(&str, f64)]) -> TailContribution {
        let risks = parts.iter().map(|(name, loss)| RiskPart { name: (*name).into(), loss: *loss }).collect();
        TailContribution::new("EUR", ChartOption::today("Today"), 0.05, risks)
    }

    #[test]
    fn the_parts_make_up_the_whole() {
        let data = tail(&[("a", 1e6), ("b", 3e6)]);
        let (_, rows) = data.table();
        assert_eq!(rows, [["b", "3,000,000", "75%"], ["a", "1,000,000", "25%"], ["All risks", "4,000,000", "100%"]]);
        let words = data.into_chart("tail", "t").description;
        assert_eq!(words, "In the worst 1 in 20 years today the loss is EUR 4M on average. 75% of it comes from “b”.");
    }

    #[test]
    fn the_parts_as_they_are_told_make_up_the_whole_as_it_is_told() {
        let mut data = tail(&[("a", 1.147e6), ("b", 1.9e4), ("c", 1.5e4)]);
        data.scale = data.scale.with_digits(2);
        let told: Vec<String> = data.table().1.into_iter().map(|row| row[1].clone()).collect();
        assert_eq!(told, ["1,200,000", "19,000", "15,000", "1,200,000"]);
        assert_eq!(data.table().1[0][2], "97%");
    }

    #[test]
    fn where_nothing_is_lost_there_are_no_shares() {
        let data = tail(&[("a", 0.0)]);
        assert_eq!(data.share(0.0), None);
        assert_eq!(data.table().1[0], ["a", "0", ""]);
    }
}
