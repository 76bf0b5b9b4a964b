//! How does a plan get from today's average loss to its own?
//!
//! From the top down: today, a step for each control, the plan. What a step takes off is hollow, because it is gone;
//! what a step adds is filled. Rows rather than columns, because controls have long names.

use super::amounts::{self, Amounts};
use super::frame::{Axis, SMALL};
use super::palette::{self, AXIS, EDGE, Hatch, Marker, QUIET_TEXT, RISE, Series, TEXT, WORTH};
use super::rows::{self, ROW, Style};
use super::scene::{Area, Label, Scene};
use super::text;
use crate::report::chart::{Waterfall, WaterfallStep};
use crate::report::texts::{line, texts};
use crate::units::Language;

enum Form {
    End(Series),
    Step { is_insurance: bool },
}

struct Row {
    name: String,
    from: f64,
    to: f64,
    form: Form,
}

impl Row {
    fn style(&self) -> Style {
        Style { ink: TEXT, bold: matches!(self.form, Form::End(_)) }
    }

    fn figure(&self, data: &Waterfall) -> String {
        match self.form {
            Form::End(_) => data.scale.amount(self.to),
            Form::Step { .. } => {
                let change = self.to - self.from;
                let written = data.scale.amount(change);
                let sign = if change > 0.0 && written != "0" { "+" } else { "" };
                format!("{sign}{written}")
            }
        }
    }
}

pub(super) fn draw(scene: &mut Scene, body: Area, data: &Waterfall) {
    let bottom = body.bottom - amounts::LABELS;
    let rows = all_rows(data, ((bottom - body.top) / ROW).floor() as usize);
    let height = ((bottom - body.top) / rows.len() as f64).min(44.0);
    let bottom = body.top + height * rows.len() as f64;
    let names = rows::names_width(rows.iter().map(|row| row.name.as_str()), body);
    let left = body.left + names + 10.0;

    let low = rows.iter().map(|row| row.to).fold(0.0, f64::min);
    let reach = |row: &Row| {
        let figure = text::width(&row.figure(data), SMALL, row.style().bold);
        (row.from.max(row.to), figure + 12.0)
    };
    let per_unit = rows::pixels_per_unit(rows.iter().map(reach), low, body.right - left);
    let place = |amount: f64| left + (amount - low) * per_unit;
    if per_unit > 0.0 {
        let labels = ((body.right - left) / 110.0).clamp(2.0, 8.0) as usize;
        let ends = [low, low + (body.right - left) / per_unit];
        let axis = Amounts::Linear(Axis::holding(ends.into_iter(), labels, false));
        axis.draw(scene, Area::new(left, body.top, body.right, bottom), &data.scale, "");
    }
    scene.line(vec![(place(0.0), body.top), (place(0.0), bottom)], 1.0, AXIS);
    let inset = (height * 0.18).max(3.0);
    for (index, row) in rows.iter().enumerate() {
        let top = body.top + index as f64 * height;
        rows::name(scene, &row.name, row.style(), (left - 10.0, names), (top, height));
        let (from, to) = (place(row.from), place(row.to));
        let area = Area::new(from.min(to), top + inset, from.max(to), top + height - inset);
        match row.form {
            Form::End(series) => {
                rows::bar(scene, place(0.0), per_unit, row.to, (area.top, area.bottom), series);
            }
            Form::Step { is_insurance } => step(scene, area, row.to > row.from, is_insurance),
        }
        if index + 1 < rows.len() {
            // From the end of this bar to the start of the next.
            scene.line(vec![(to, area.bottom), (to, area.bottom + 2.0 * inset)], 1.0, EDGE);
        }
        let mut label = Label::new(row.figure(data), area.right + 6.0, rows::baseline(top, height), SMALL, TEXT);
        label.bold = row.style().bold;
        if matches!(row.form, Form::Step { .. }) && row.to == row.from {
            label.ink = QUIET_TEXT;
        }
        rows::figure(scene, label);
    }
}

fn step(scene: &mut Scene, area: Area, is_rise: bool, is_insurance: bool) {
    let mut area = area;
    if area.width() < 1.0 {
        // A step of nothing is still a place on the way.
        area.right = area.left + 1.0;
    }
    if is_rise {
        scene.bar(area, Series { ink: RISE, dash: &[], marker: Marker::Circle, hatch: Hatch::Rising });
        return;
    }
    let hatch = if is_insurance { Hatch::Rising } else { Hatch::None };
    // On a light bar the hatching and the outline are dark.
    scene.bar(area, Series { ink: WORTH, dash: &[], marker: Marker::Circle, hatch });
}

/// Today, the steps that find room, the plan.
fn all_rows(data: &Waterfall, room: usize) -> Vec<Row> {
    let steps = fitting((&data.scale).into(), &data.steps, room.max(4) - 2);
    let end = |name: &str, amount: f64, series: Series| Row {
        name: text::clean(name),
        from: 0.0,
        to: amount,
        form: Form::End(series),
    };
    let mut rows = vec![end(data.start(), data.today, palette::today())];
    let mut level = data.today;
    for step in steps {
        let after = level - step.reduction;
        let form = Form::Step { is_insurance: step.is_insurance };
        rows.push(Row { name: text::clean(&step.name), from: level, to: after, form });
        level = after;
    }
    let series = data.plan.place.map_or_else(palette::today, palette::plan);
    rows.push(end(&data.plan.name, data.remaining(), series));
    rows
}

/// The steps in their order; where they outgrow the room the smallest controls are one step behind the others.
fn fitting(language: Language, steps: &[WaterfallStep], room: usize) -> Vec<WaterfallStep> {
    if steps.len() <= room {
        return steps.to_vec();
    }
    let mut by_size: Vec<usize> = (0..steps.len()).collect();
    let size = |index: usize| (steps[index].is_insurance, steps[index].reduction.abs());
    by_size.sort_by(|a, b| {
        let (a, b) = (size(*a), size(*b));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    let (kept, rest) = by_size.split_at(room - 1);
    let reduction = rest.iter().map(|index| steps[*index].reduction).sum();
    let name = line(texts(language).drawing.smaller_steps, &[("count", &rest.len())]);
    let smaller = WaterfallStep { name, reduction, is_insurance: false };
    let mut kept = kept.to_vec();
    kept.sort_unstable();
    let mut shown: Vec<WaterfallStep> = kept.iter().map(|index| steps[*index].clone()).collect();
    // Insurance pays for what all controls leave.
    let before = shown.iter().rposition(|step| !step.is_insurance).map_or(0, |last| last + 1);
    shown.insert(before, smaller);
    shown
}
