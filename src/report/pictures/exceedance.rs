//! What is the chance of losing more than an amount in a year, today and with each plan?
//!
//! One falling curve an option. The chance runs on a logarithmic axis from every year down to once in a thousand years,
//! because the years that end careers stand where a linear axis has nothing left to show.
//! What the board does not want to bear, a loss above the agreed one at more than the agreed chance, is a shaded region with steps; a curve that runs through it is over.

use super::kit::*;
use crate::drawing::place::{distance, thinned};

/// Above this ratio between amounts the picture's axis is logarithmic.
const WIDE: f64 = 50.0;

/// Chance of losing more than an amount in a year, for each option, against what was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Exceedance {
    /// The options in order; the first is today.
    pub curves: Vec<ExceedanceCurve>,
    /// What the board agreed to bear.
    pub limits: Vec<AgreedLimit>,
    /// How amounts are written along a linear axis.
    pub scale: Scale,
    /// Whether amounts differ so much that only a logarithmic axis tells them apart.
    pub is_wide: bool,
    /// The place of each curve's option among all of them, which fixes its colour.
    pub places: Vec<usize>,
}

impl Exceedance {
    /// Chooses the axis: linear, unless the amounts that are lost once in a thousand years, or the agreed ones, lie more
    /// than 50 times apart.
    pub fn new(unit: impl Into<Unit>, curves: Vec<ExceedanceCurve>, limits: Vec<AgreedLimit>) -> Self {
        let unit = unit.into();
        let far: Vec<f64> = curves.iter().map(ExceedanceCurve::far_loss).filter(|loss| *loss > 0.0).collect();
        let largest = far.iter().copied().fold(0.0, f64::max);
        let agreed = limits.iter().map(|limit| limit.loss).filter(|loss| *loss > 0.0 && *loss < largest);
        let least = far.iter().copied().chain(agreed).fold(f64::INFINITY, f64::min);
        let is_wide = largest > WIDE * least;
        let places = (0..curves.len()).collect();
        let mut data = Self { curves, limits, scale: Scale::for_amounts(unit, std::iter::empty()), is_wide, places };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest amount that the picture shows. A limit far beyond all losses is told at the edge instead, because
    /// it would press the curves flat.
    pub fn reach(&self) -> f64 {
        let losses = self.curves.iter().map(ExceedanceCurve::far_loss).fold(0.0, f64::max);
        let agreed = self.limits.iter().map(|limit| limit.loss);
        let near = agreed.filter(|loss| losses <= 0.0 || *loss <= 3.0 * losses);
        near.fold(losses, f64::max)
    }

    /// What the names below a picture take of its height, where they find no room beside the curves.
    fn key_height(&self, columns: usize) -> f64 {
        let beside = if columns == IN_ONE { BESIDE_NARROW } else { BESIDE };
        if self.curves.len() > beside { key::height(self.curves.len(), columns) } else { 0.0 }
    }

    /// What a curve wears, as its option does in every picture.
    fn series(&self, curve: usize) -> Series {
        palette::option(self.places.get(curve).copied().unwrap_or(curve))
    }

    /// Which chance each option has of passing each agreed limit, in words, and whether that is within it.
    pub fn crossings(&self) -> Vec<String> {
        // Many options are sorted into those within and those over, for nobody reads thirty like sentences.
        let is_short = self.limits.len() * self.curves.len() <= 6;
        let names = || self.curves.iter().map(|curve| curve.name.as_str());
        let told = |limit: &AgreedLimit| {
            if is_short {
                limit.sentences(names(), &self.scale)
            } else {
                vec![limit.summary(texts(&self.scale).charts.sorted, names(), &self.scale)]
            }
        };
        self.limits.iter().flat_map(told).collect()
    }

    /// The chart with its words: what it shows, and how each option stands to what was agreed.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let mut description = texts(&self.scale).pictures.exceedance.description.to_owned();
        for sentence in self.crossings() {
            description.push(' ');
            description.push_str(&sentence);
        }
        Chart::new(id, title, &description, self)
    }
}

impl Picture for Exceedance {
    fn of(view: &View<'_>) -> Vec<Chart> {
        if view.options.is_empty() {
            return Vec::new();
        }
        let drawn = view.drawn();
        let curves = drawn.iter().map(|place| view.curve(&view.options[*place])).collect();
        let mut data = Self::new(view.unit(), curves, view.limits.iter().map(|limit| limit.of(&drawn)).collect());
        data.places = drawn;
        data.scale = data.scale.with_digits(view.digits());
        let words = &texts(view.scenario).pictures.exceedance;
        let title = match view.limits.first() {
            None => words.title.to_owned(),
            Some(limit) => {
                let said = |place: usize| limit.said(place, view.unit().voice).unwrap_or_default();
                let (loss, chance) = (data.scale.amount_with_currency(limit.loss), said(0));
                let mut parts: Vec<(&str, &dyn Display)> = vec![("loss", &loss), ("chance", &chance)];
                match view.subject.map(|index| (&view.options[index.row()].name, said(index.row()))) {
                    None => line(words.title_today, &parts),
                    Some((plan, left)) => {
                        parts.extend([("plan", plan as &dyn Display), ("left", &left)]);
                        line(words.title_with, &parts)
                    }
                }
            }
        };
        vec![view.with_rest(data.into_chart("chance-of-losing-more", &title))]
    }

    fn part(&self) -> &'static str {
        "years"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.exceedance;
        let mut header = vec![words.chance_of_losing_more.to_owned()];
        header.extend(self.curves.iter().map(|curve| titled(&curve.name, &self.scale)));
        let any = self.curves.iter().map(|curve| self.scale.percent(curve.chance_of_loss));
        let mut rows = vec![std::iter::once(words.any_loss.to_owned()).chain(any).collect()];
        for chance in LADDER.into_iter().filter(|chance| *chance < 1.0) {
            let loss =
                |curve: &ExceedanceCurve| curve.loss_at(chance).map_or_else(String::new, |loss| self.scale.told(loss));
            rows.push(std::iter::once(self.scale.chance(chance)).chain(self.curves.iter().map(loss)).collect());
        }
        rows.extend(self.limits.iter().map(|limit| limit.row(self.curves.len(), &self.scale)));
        (header, rows)
    }

    fn amounts(&self) -> Vec<f64> {
        if self.curves.is_empty() {
            return Vec::new();
        }
        let points = self.curves.iter().flat_map(ExceedanceCurve::path).flat_map(|(loss, chance)| [loss, chance]);
        points.chain(self.limits.iter().flat_map(AgreedLimit::figures)).collect()
    }

    fn fits(&self) -> bool {
        let falls = |curve: &ExceedanceCurve| {
            let path = curve.path();
            path.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1)
                && path.iter().all(|(loss, chance)| *loss >= 0.0 && is_chance(*chance))
        };
        self.curves.iter().all(falls) && self.limits.iter().all(|limit| limit.fits(self.curves.len()))
    }

    fn caption(&self) -> String {
        texts(&self.scale).pictures.exceedance.caption.to_owned()
    }

    fn height(&self) -> u32 {
        high(580.0 + self.key_height(IN_TWO))
    }

    fn height_on_phone(&self) -> u32 {
        high_on_phone(580.0 + self.key_height(IN_ONE))
    }

    fn most_on_page(&self) -> u32 {
        440 + self.key_height(IN_TWO) as u32
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let columns = if is_narrow(body) { IN_ONE } else { IN_TWO };
        let is_keyed = (1.0..MOST_KEY * body.height()).contains(&self.key_height(columns));
        let body = if is_keyed { names_below(scene, body, self, columns) } else { body };
        // A narrow picture has no room to say a chance twice.
        let marks = ladder::marks(&self.scale, is_narrow(body));
        let widest = amounts::widest(&marks);
        let (left, bottom) = (body.left + widest + 10.0, body.bottom - amounts::with_caption(body));
        let plot = Area::new(left, body.top + 6.0, body.right - 6.0, bottom);
        let plane = Plane { plot, across: across(self, plot.width()) };

        let kept = limits(self);
        region(scene, &plane, &kept);
        ladder::draw(scene, plot, marks, &|chance| plane.height(chance));
        let caption = line(texts(&self.scale).charts.loss_in_year, &[("currency", &self.scale.currency)]);
        plane.across.draw(scene, plot, &self.scale, &caption);
        let mut room = Room::new(plot);
        boundary(scene, &mut room, &plane, &kept);

        let groups = groups(self, &plane);
        for (index, curve) in self.curves.iter().enumerate() {
            scene.series_line(&plane.path(curve), if index == 0 { 3.4 } else { 2.2 }, self.series(index));
        }
        for group in &groups {
            room.take_line(&thinned(&group.path));
        }
        for limit in &self.limits {
            name_limit(scene, &mut room, &plane, self, limit);
        }
        // The marker of an option stands where its figure is read: at the bad year.
        let bad_years: Vec<Option<(f64, f64)>> = groups.iter().map(|group| group.bad_year(self, &plane)).collect();
        for at in bad_years.iter().flatten() {
            room.take(Area::around(*at, 6.0));
        }
        if !is_keyed {
            name_groups(scene, &mut room, &plane, self, &groups);
        }
        for (group, at) in groups.iter().zip(bad_years) {
            let option = group.options.first().copied().unwrap_or(0);
            at.into_iter().for_each(|at| scene.marker(at, 5.0, self.series(option)));
        }
    }
}

/// More curves than these find no room for their names beside them, or only on lines that cross other names: then all
/// names stand below the picture, in so many columns.
const BESIDE: usize = 5;
const BESIDE_NARROW: usize = 4;
const IN_TWO: usize = 2;
const IN_ONE: usize = 1;
/// As long as they take no more than this part of it.
const MOST_KEY: f64 = 0.6;

/// The names below the picture, each with its bad year; what is left of the body.
fn names_below(scene: &mut Scene, body: Area, data: &Exceedance, columns: usize) -> Area {
    let words = &texts(&data.scale).pictures.exceedance;
    let said = |loss| line(words.bad_year_of, &[("loss", &data.scale.estimate(loss))]);
    let entries: Vec<key::Entry<'_>> = data
        .curves
        .iter()
        .enumerate()
        .map(|(place, curve)| key::Entry {
            series: data.series(place),
            name: &curve.name,
            figure: curve.loss_at(0.05).map_or_else(String::new, said),
        })
        .collect();
    key::below(scene, body, &entries, columns)
}

/// Linear from nothing on, or logarithmic from where the first curve begins to fall.
fn across(data: &Exceedance, width: f64) -> Amounts {
    let reach = data.reach();
    if !data.is_wide {
        return Amounts::up_to(reach, width);
    }
    let falls = |curve: &ExceedanceCurve| curve.loss_at(0.7 * curve.chance_of_loss).filter(|loss| *loss > 0.0);
    let agreed = data.limits.iter().map(|limit| limit.loss).filter(|loss| *loss > 0.0);
    let low = data.curves.iter().filter_map(falls).chain(agreed).fold(reach / 10.0, f64::min);
    Amounts::between(low.max(reach * 1e-8), reach)
}

/// Where a loss and a chance stand.
struct Plane {
    plot: Area,
    across: Amounts,
}

impl Plane {
    fn height(&self, chance: f64) -> f64 {
        let part = libm::log(chance.clamp(LEAST_CHANCE, 1.0)) / libm::log(LEAST_CHANCE);
        self.plot.top + part * self.plot.height()
    }

    fn place(&self, loss: f64, chance: f64) -> (f64, f64) {
        (self.across.place(loss, self.plot), self.height(chance))
    }

    /// A curve from the left side to the bottom; empty where even any loss is rarer than once in a thousand years.
    fn path(&self, curve: &ExceedanceCurve) -> Vec<(f64, f64)> {
        if curve.chance_of_loss <= LEAST_CHANCE {
            return Vec::new();
        }
        let points = curve.path();
        // Along a logarithmic axis the curve enters where it passes the low end.
        let low = self.across.low();
        let entry = points.iter().rposition(|(loss, _)| *loss <= low).unwrap_or(0);
        let mut path: Vec<(f64, f64)> = Vec::new();
        for (loss, chance) in points.into_iter().skip(entry) {
            if chance <= LEAST_CHANCE {
                path.push(self.place(curve.loss_at(LEAST_CHANCE).unwrap_or(loss), LEAST_CHANCE));
                break;
            }
            path.push(self.place(loss, chance));
        }
        path
    }
}

/// The limits that stand in the picture.
fn limits(data: &Exceedance) -> Vec<&AgreedLimit> {
    data.limits.iter().filter(|limit| limit.loss <= data.reach()).collect()
}

/// From corner to corner of the region that was agreed not to be entered: right of a limit's loss and above its chance.
fn stairs(plane: &Plane, limits: &[&AgreedLimit]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = limits.iter().map(|limit| plane.place(limit.loss, limit.chance)).collect();
    corners.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut stairs: Vec<(f64, f64)> = Vec::new();
    let mut depth = plane.plot.top;
    for (x, y) in corners {
        if y > depth {
            stairs.extend([(x, depth), (x, y)]);
            depth = y;
        }
    }
    if !stairs.is_empty() {
        stairs.push((plane.plot.right, depth));
    }
    stairs
}

fn region(scene: &mut Scene, plane: &Plane, limits: &[&AgreedLimit]) {
    let mut outline = stairs(plane, limits);
    if !outline.is_empty() {
        outline.push((plane.plot.right, plane.plot.top));
        scene.fill(outline, FORBIDDEN);
    }
}

fn boundary(scene: &mut Scene, room: &mut Room, plane: &Plane, limits: &[&AgreedLimit]) {
    let line = stairs(plane, limits);
    room.take_line(&line);
    scene.line(line, 1.4, EDGE);
}

/// The limit's name, loss and chance at its corner; one beyond the picture is told at the right side.
fn name_limit(scene: &mut Scene, room: &mut Room, plane: &Plane, data: &Exceedance, limit: &AgreedLimit) {
    let is_beyond = limit.loss > data.reach();
    let at = plane.place(limit.loss, limit.chance);
    let corner = Series { ink: EDGE, dash: &[], marker: Marker::Diamond, hatch: palette::Hatch::None };
    let words = &texts(&data.scale).pictures.exceedance;
    let shared = &texts(&data.scale).charts;
    let agreed = if is_beyond { words.agreed_beyond } else { shared.agreed };
    let (loss, chance) = (data.scale.amount(limit.loss), data.scale.chance(limit.chance));
    let agreed = line(agreed, &[("loss", &loss), ("chance", &chance)]);
    if !is_beyond {
        room.take(Area::around(at, 5.0));
    }
    let names = [(corner, limit.name.as_str())];
    let sizes = [(260.0, true), (160.0, true), (90.0, false), (60.0, false)];
    let tag = |(limit, figures): (f64, bool)| {
        Tag::new(&names, false, if figures { vec![agreed.clone()] } else { Vec::new() }, limit)
    };
    let near = sizes.into_iter().map(tag).find_map(|tag| room.beside(at, tag.size, GAP).map(|area| (tag, area)));
    let found = near.or_else(|| {
        let sizes = sizes.into_iter().map(tag);
        sizes.into_iter().find_map(|tag| room.nearest(at, tag.size, |_, _| true).map(|area| (tag, area)))
    });
    if let Some((tag, area)) = found {
        let labels = tag.labels(area);
        if !is_beyond {
            leader(scene, room, at, &labels);
        }
        labels.into_iter().for_each(|label| scene.label(label));
    }
    if !is_beyond {
        scene.marker(at, 4.0, corner);
    }
}

/// Options whose curves cannot be told apart.
struct Group {
    options: Vec<usize>,
    path: Vec<(f64, f64)>,
}

fn groups(data: &Exceedance, plane: &Plane) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (option, curve) in data.curves.iter().enumerate() {
        let path = plane.path(curve);
        let is_same = |group: &&mut Group| {
            // The first place that is far from the other line decides: most lines are told apart at once.
            let along = |a: &[(f64, f64)], b: &[(f64, f64)]| a.iter().all(|point| distance(*point, b) < 1.5);
            group.path.is_empty() == path.is_empty() && along(&group.path, &path) && along(&path, &group.path)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.options.push(option),
            None => groups.push(Group { options: vec![option], path }),
        }
    }
    groups
}

/// Places along a line where its name may hang, those farthest from all other lines first.
fn anchors(path: &[(f64, f64)], others: &[&Group], taken: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const APART: f64 = 12.0;
    const MOST: usize = 24;
    let mut places: Vec<(f64, f64)> = Vec::new();
    let mut walked = 0.0;
    for pair in path.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = libm::hypot(x1 - x0, y1 - y0);
        let first = APART * (walked / APART).floor() + APART - walked;
        let mut at = first;
        while at < length {
            places.push((x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length));
            at += APART;
        }
        walked += length;
    }
    if places.is_empty() {
        places.extend(path.first());
    }
    let clear = |place: &(f64, f64)| {
        let lines = others.iter().map(|group| distance(*place, &group.path));
        let markers = taken.iter().map(|other| libm::hypot(place.0 - other.0, place.1 - other.1));
        // Past this distance a place is as good as any other.
        lines.chain(markers).fold(40.0, f64::min)
    };
    let mut ranked: Vec<(f64, (f64, f64))> = places.into_iter().map(|place| (clear(&place), place)).collect();
    // The later places stand lower, where curves lie farther apart.
    ranked.reverse();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(MOST).map(|(_, place)| place).collect()
}

fn name_groups(scene: &mut Scene, room: &mut Room, plane: &Plane, data: &Exceedance, groups: &[Group]) {
    let mut tags = Vec::new();
    let mut marked: Vec<(f64, f64)> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let others: Vec<&Group> =
            groups.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, group)| group).collect();
        let is_shown = !group.path.is_empty();
        let spots = if is_shown {
            anchors(&group.path, &others, &marked)
        } else {
            vec![(plane.plot.left + 2.0, plane.plot.bottom - 4.0)]
        };
        let Some(first) = spots.first().copied() else { continue };
        let tag = |limit: f64, figures: bool| group.tag(data, limit, figures);
        let near =
            [(240.0, true), (240.0, false), (130.0, false), (80.0, false)].into_iter().find_map(|(limit, figures)| {
                let tag = tag(limit, figures);
                let size = tag.size;
                spots
                    .iter()
                    .find_map(|spot| room.beside(*spot, size, GAP).map(|area| (*spot, area)))
                    .map(|at| (tag, at))
            });
        let found = near.or_else(|| {
            // Many names below each other need a high place, side by side a wide one.
            let sizes = [130.0, 80.0, 50.0].into_iter().flat_map(|limit| [1, 2, 3].map(|columns| (limit, columns)));
            sizes.into_iter().find_map(|(limit, columns)| {
                let tag = tag(limit, false).in_columns(columns);
                room.nearest(first, tag.size, |_, _| true).map(|area| (tag, (first, area)))
            })
        });
        let found = found.or_else(|| {
            let tag = group.summary(data)?;
            room.nearest(first, tag.size, |_, _| true).map(|area| (tag, (first, area)))
        });
        if let Some((tag, (spot, area))) = found {
            let labels = tag.labels(area);
            if is_shown {
                leader(scene, room, spot, &labels);
                room.take(Area::around(spot, 6.0));
                marked.push(spot);
            }
            let has_none = is_shown && group.bad_year(data, plane).is_none();
            tags.push((labels, tag.markers(area), has_none.then_some((spot, group))));
        }
    }
    for (labels, markers, spot) in tags {
        if let Some((spot, group)) = spot {
            scene.marker(spot, 5.0, data.series(group.options.first().copied().unwrap_or(0)));
        }
        markers.into_iter().for_each(|(at, series)| scene.marker(at, 4.0, series));
        labels.into_iter().for_each(|label| scene.label(label));
    }
}

impl Group {
    /// Where the loss of a bad year (1 in 20) stands on its curve; nothing where such a year costs nothing.
    fn bad_year(&self, data: &Exceedance, plane: &Plane) -> Option<(f64, f64)> {
        const BAD: f64 = 0.05;
        let curve = data.curves.get(*self.options.first()?)?;
        let loss = curve.loss_at(BAD).filter(|loss| *loss > plane.across.low() && curve.chance_of_loss > BAD)?;
        (!self.path.is_empty() && loss <= data.reach()).then(|| plane.place(loss, BAD))
    }

    /// One line that stands for all names, where those find no room.
    fn summary(&self, data: &Exceedance) -> Option<Tag> {
        let names: Vec<&str> =
            self.options.iter().filter_map(|option| data.curves.get(*option).map(|c| c.name.as_str())).collect();
        let (first, rest) = names.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let first = text::shortened(first, NORMAL, true, 80.0);
        let shown =
            line(texts(&data.scale).pictures.exceedance.and_more, &[("option", &first), ("count", &rest.len())]);
        Some(Tag::summing_up(data.series(*self.options.first()?), &shown, &names.join(", ")))
    }

    /// The options' names with their markers, and what a bad year costs.
    fn tag(&self, data: &Exceedance, limit: f64, with_figures: bool) -> Tag {
        let curves = self.options.iter().filter_map(|option| data.curves.get(*option).map(|curve| (*option, curve)));
        let names: Vec<_> = curves.map(|(option, curve)| (data.series(option), curve.name.as_str())).collect();
        let first = self.options.first().and_then(|option| data.curves.get(*option)).filter(|_| with_figures);
        let words = &texts(&data.scale).pictures.exceedance;
        let figure = first.and_then(|curve| match (self.path.is_empty(), curve.chance_of_loss <= 0.0) {
            (true, true) => Some(words.loses_nothing.to_owned()),
            (true, false) => Some(data.scale.voice.set(words.rare)),
            _ => curve.loss_at(0.05).map(|loss| line(words.bad_year_of, &[("loss", &data.scale.estimate(loss))])),
        });
        Tag::new(&names, true, figure.into_iter().collect(), limit)
    }
}

words! {
    title: ["How likely are years of large losses?", "Wie wahrscheinlich sind Jahre mit großen Schäden?"],
    title_today: ["Losing more than {loss} in a year: {chance} today", "Mehr als {loss} Schaden im Jahr: heute {chance}"],
    title_with: ["Losing more than {loss} in a year: {chance} today, {left} with “{plan}”", "Mehr als {loss} Schaden im Jahr: heute {chance}, mit „{plan}“ {left}"],
    description: ["Chance of losing more than an amount in one year, for each option.", "Wie wahrscheinlich es mit jeder Option ist, in einem Jahr mehr als einen Betrag zu verlieren."],
    caption: ["Chance of losing more than the amount below, in one year", "Wahrscheinlichkeit, in einem Jahr mehr als den Betrag unten zu verlieren"],
    chance_of_losing_more: ["Chance of losing more in a year", "Wahrscheinlichkeit, im Jahr mehr zu verlieren"],
    any_loss: ["Any loss", "Irgendein Schaden"],
    every_year: ["every year (100%)", "jedes Jahr (100 %)"],
    chance: ["{chance} ({share})", "{chance} ({share})"],
    agreed_beyond: ["{loss}, at most {chance}, beyond the right side", "{loss}, höchstens {chance}, rechts außerhalb"],
    and_more: ["{option} and {count} more", "{option} und {count} weitere"],
    loses_nothing: ["loses nothing", "verliert nichts"],
    rare: ["any loss: rarer than 1 in 1,000", "Schaden seltener als 1 von 1,000"],
    bad_year_of: ["1 in 20: {loss}", "1 von 20: {loss}"],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(chances: Vec<f64>) -> AgreedLimit {
        AgreedLimit { name: "agreed limit".into(), loss: 2.5e6, chance: 0.05, chances, errors: vec![] }
    }

    fn curve(name: &str, size: f64) -> ExceedanceCurve {
        ExceedanceCurve::new(name, 0.4, vec![(size, 0.1), (10.0 * size, 0.001), (20.0 * size, 0.0)])
    }

    #[test]
    fn the_axis_is_logarithmic_only_where_amounts_lie_far_apart() {
        let wide = |sizes: [f64; 2]| Exceedance::new("EUR", sizes.map(|s| curve("a", s)).to_vec(), vec![]).is_wide;
        assert!(!wide([1e5, 4e6]) && wide([1e5, 6e6]) && !wide([1e5, 0.0]) && !wide([0.0, 0.0]));
    }

    #[test]
    fn crossings_are_said_in_words() {
        let data =
            Exceedance::new("EUR", vec![curve("Today", 1e6), curve("Core", 2e5)], vec![limit(vec![0.153, 0.03])]);
        let chart = data.into_chart("exceedance", "t");
        assert_eq!(
            chart.description,
            "Chance of losing more than an amount in one year, for each option. Today, the chance of losing more than \
             EUR 2.5M is 1 in 6.5: over the agreed 1 in 20. With “Core”, the chance of losing more than EUR 2.5M is \
             1 in 33: within the agreed 1 in 20."
        );
    }

    #[test]
    fn many_options_are_sorted_into_within_and_over() {
        let names = ["Today", "A", "B", "C", "D", "E", "F"];
        let chances = vec![0.2, 0.05, 0.04, 0.0501, 0.0, 0.01, 0.02];
        let data = Exceedance::new("EUR", names.map(|name| curve(name, 1e6)).to_vec(), vec![limit(chances)]);
        assert_eq!(
            data.crossings(),
            ["Chance of losing more than EUR 2.5M, agreed at 1 in 20: within it A (1 in 20), B (1 in 25), D (never), \
              E (1 in 100) and F (1 in 50); over it today (1 in 5) and C (1 in 19.96)."]
        );
    }

    #[test]
    fn a_limit_far_beyond_all_losses_does_not_stretch_the_axis() {
        let at = |loss| {
            let limit = AgreedLimit { loss, ..limit(vec![0.0]) };
            Exceedance::new("EUR", vec![curve("Today", 1e5)], vec![limit]).reach()
        };
        assert_eq!((at(2.5e6), at(5e7), at(10.0)), (2.5e6, 1e6, 1e6));
    }
}
