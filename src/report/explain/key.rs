//! Which figure does a key such as `plan.core.net_present_value` name?

use crate::figures::{Assessment, Field, Leaf, Node, View};
use crate::units::Figure;

use super::heads::key_below;

/// A figure, and the whole way to it.
pub struct Found<'d> {
    /// Names of the steps, from the top: `["plans", "core", "investment", "net_present_value"]`.
    pub path: Vec<String>,
    /// The figure.
    pub node: &'d dyn Node,
    /// What the last step with a formula or a page is.
    pub field: Option<&'static Field>,
}

/// A step of the way: its name, what it leads to, and its definition where it is a field.
type Way<'d> = (String, &'d dyn Node, Option<&'static Field>);

/// Short names of lists, for the one that is meant.
const ALIASES: [(&str, &str); 4] =
    [("risk", "risks"), ("plan", "plans"), ("value_stream", "value_streams"), ("step", "steps")];

/// Parts of a plan, and of a risk, that may be left out of a key.
const IMPLIED: [&str; 3] = ["investment", "risk", "plans"];

/// What tables and people call a figure, and its key.
const WORDS: [(&str, &str); 30] = [
    ("npv", "net_present_value"),
    ("value", "net_present_value"),
    ("value_today", "net_present_value"),
    ("irr", "internal_rate_of_return"),
    ("payback", "payback_years"),
    ("pays_back_after", "payback_years"),
    ("budget", "cash"),
    ("break_even", "break_even_reduction"),
    ("waiting", "cost_of_waiting"),
    ("return_per_unit", "rosi"),
    ("roi", "rosi"),
    ("bcr", "benefit_cost_ratio"),
    ("ale", "expected_annual_loss"),
    ("average", "expected_annual_loss"),
    ("average_loss", "expected_annual_loss"),
    ("average_loss_per_year", "expected_annual_loss"),
    ("median", "quantiles.0.5"),
    ("bad_year", "quantiles.0.95"),
    ("very_bad_year", "quantiles.0.99"),
    ("worst_mean", "tail_mean.0.95"),
    ("kapitalwert", "net_present_value"),
    ("interner_zinsfuß", "internal_rate_of_return"),
    ("amortisation", "payback_years"),
    ("amortisationsdauer", "payback_years"),
    ("nutzen_kosten_verhältnis", "benefit_cost_ratio"),
    ("mittlerer_jahresschaden", "expected_annual_loss"),
    ("durchschnittlicher_schaden", "expected_annual_loss"),
    ("zentralwert", "quantiles.0.5"),
    ("schlechtes_jahr", "quantiles.0.95"),
    ("sehr_schlechtes_jahr", "quantiles.0.99"),
];

/// Finds a figure by its key, or by what tables call it: `plan.core.value`, and `value` alone for the plan that is
/// recommended, else for the first; what no plan has is looked for in today.
pub fn find<'d>(root: &'d Assessment, key: &str) -> Option<Found<'d>> {
    if let Some(found) = by_key(root, key) {
        return Some(found);
    }
    let (whose, called) =
        key.trim().rsplit_once('.').map_or((None, key.trim()), |(whose, called)| (Some(whose), called));
    let called = called.to_lowercase().replace([' ', '-'], "_");
    let known = WORDS.iter().find(|(word, _)| *word == called).map(|(_, key)| *key);
    let meant = known.or_else(|| key_below(&called)).unwrap_or(&called);
    if let Some(whose) = whose {
        return by_key(root, &format!("{whose}.{meant}"));
    }
    let recommended = root.plans.iter().find(|plan| plan.id == root.recommendation.plan);
    let plan = recommended.or_else(|| root.plans.first());
    let of_plan = plan.and_then(|plan| by_key(root, &format!("plans.{}.{meant}", plan.id)));
    of_plan.or_else(|| by_key(root, &format!("today.{meant}")))
}

/// What a figure may be off by, and whether that is a standard error: it stands under the same names beside it.
pub fn error_of(root: &Assessment, path: &[String]) -> Option<(Figure, bool)> {
    let walk = |names: &[&str]| {
        names.iter().try_fold(root as &dyn Node, |node, name| {
            children(node).into_iter().find(|(other, ..)| other == name).map(|(_, next, _)| next)
        })
    };
    (1..path.len()).rev().find_map(|place| {
        ["standard_error", "error"].into_iter().find_map(|beside| {
            let (before, behind) = path.split_at(place);
            let names = before.iter().map(String::as_str).chain([beside]).chain(behind.iter().map(String::as_str));
            match walk(&names.collect::<Vec<_>>())?.view() {
                View::Leaf(Leaf::Money(error)) if error.is_positive() => Some((error, beside == "standard_error")),
                _ => None,
            }
        })
    })
}

fn by_key<'d>(root: &'d dyn Node, key: &str) -> Option<Found<'d>> {
    let aliased = ALIASES.iter().find_map(|(short, long)| {
        let rest = key.strip_prefix(short)?;
        rest.starts_with('.').then(|| format!("{long}{rest}"))
    });
    let key = aliased.as_deref().unwrap_or(key);
    below(root, key, &mut Vec::new())
}

fn below<'d>(node: &'d dyn Node, key: &str, way: &mut Vec<Way<'d>>) -> Option<Found<'d>> {
    if key.is_empty() {
        let told = |field: &&Field| !field.formula.is_empty() || !field.page.is_empty();
        let field = way.iter().rev().filter_map(|(_, _, field)| *field).find(told);
        return Some(Found { path: way.iter().map(|(name, ..)| name.clone()).collect(), node, field });
    }
    let children = children(node);
    // Names may hold points, so every name that the key begins with is a step.
    for (name, next, field) in &children {
        let Some(rest) = key.strip_prefix(name.as_str()) else { continue };
        let Some(rest) = (if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }) else { continue };
        way.push((name.clone(), *next, *field));
        if let Some(found) = below(*next, rest, way) {
            return Some(found);
        }
        way.pop();
    }
    // A table of all figures counts elements that have no id.
    if let View::List(list) = node.view() {
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        if let Some(next) = first.parse().ok().and_then(|index: usize| list.get(index).copied()) {
            way.push((name_of(next).unwrap_or_else(|| first.to_owned()), next, None));
            if let Some(found) = below(next, rest, way) {
                return Some(found);
            }
            way.pop();
        }
    }
    // Only within an element of a list: a key begins at the top.
    if way.len() == 2 {
        for implied in IMPLIED {
            let Some((name, next, field)) = children.iter().find(|(name, _, field)| field.is_some() && name == implied)
            else {
                continue;
            };
            way.push((name.clone(), *next, *field));
            if let Some(found) = below(*next, key, way) {
                return Some(found);
            }
            way.pop();
        }
    }
    None
}

/// What stands in a value, by name; elements of a list by their id, else by their number.
fn children(node: &dyn Node) -> Vec<Way<'_>> {
    match node.view() {
        View::Record(fields) => {
            fields.into_iter().map(|(field, next)| (field.key().to_owned(), next, Some(field))).collect()
        }
        View::Table(entries) => entries.into_iter().map(|(name, next)| (name.to_owned(), next, None)).collect(),
        View::List(list) => {
            let named = list.into_iter().enumerate();
            named.map(|(index, next)| (name_of(next).unwrap_or_else(|| index.to_string()), next, None)).collect()
        }
        View::Leaf(_) | View::Nothing(_) => Vec::new(),
    }
}

/// The id or the name of an element.
fn name_of(node: &dyn Node) -> Option<String> {
    crate::figures::name_of(node, &["id", "name", "plan"]).map(str::to_owned)
}

/// Those of some known keys that are most like one that is none.
pub fn like(key: &str, known: impl Iterator<Item = String>) -> Vec<String> {
    const SHOWN: usize = 4;
    let mut rated: Vec<(f64, String)> = known.map(|other| (strsim::jaro_winkler(key, &other), other)).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    rated.into_iter().take(SHOWN).map(|(_, key)| key).collect()
}

/// Every key below a value, for suggestions: the short forms, with what they name.
pub fn keys(root: &dyn Node) -> Vec<(String, &dyn Node)> {
    let mut found = Vec::new();
    collect(root, &mut Vec::new(), &mut found);
    found
}

fn collect<'d>(node: &'d dyn Node, path: &mut Vec<String>, found: &mut Vec<(String, &'d dyn Node)>) {
    let mut children = children(node);
    if let View::List(_) = node.view() {
        // A place in a list is no name.
        children.retain(|(_, next, _)| name_of(*next).is_some());
    }
    if children.is_empty() && !path.is_empty() {
        found.push((short(path), node));
    }
    for (name, next, _) in children {
        path.push(name);
        collect(next, path, found);
        path.pop();
    }
}

/// A key as people write it: `plan.core.net_present_value`.
pub fn short(path: &[String]) -> String {
    let mut names: Vec<&str> = path.iter().map(String::as_str).collect();
    if let Some(first) = names.first_mut()
        && let Some((short, _)) = ALIASES.iter().find(|(_, long)| long == first)
    {
        *first = short;
    }
    if names.len() > 3
        && ((names[0] == "plan" && names[2] == "investment") || (names[0] == "risk" && names[2] == "plans"))
    {
        names.remove(2);
    }
    names.join(".")
}
