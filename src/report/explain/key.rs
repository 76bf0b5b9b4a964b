//! Which figure does a key such as `plan.core.net_present_value` name?

use super::super::Datum;

/// A figure, and the whole way to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'d> {
    /// Names of the steps, from the top: `["plans", "core", "investment", "net_present_value"]`.
    pub path: Vec<String>,
    /// The figure.
    pub datum: &'d Datum,
}

/// Short names of lists, for the one that is meant.
const ALIASES: [(&str, &str); 4] =
    [("risk", "risks"), ("plan", "plans"), ("value_stream", "value_streams"), ("step", "steps")];

/// Parts of a plan, and of a risk, that may be left out of a key.
const IMPLIED: [&str; 3] = ["investment", "risk", "plans"];

/// What tables and people call a figure, and its key.
const WORDS: [(&str, &str); 20] = [
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
];

/// Finds a figure by its key, or by what tables call it: `plan.core.value`, and `value` alone for the plan that is
/// recommended, else for the first; what no plan has is looked for in today.
pub fn find<'d>(root: &'d Datum, key: &str) -> Option<Found<'d>> {
    if let Some(found) = by_key(root, key) {
        return Some(found);
    }
    let (whose, called) =
        key.trim().rsplit_once('.').map_or((None, key.trim()), |(whose, called)| (Some(whose), called));
    let called = called.to_lowercase().replace([' ', '-'], "_");
    let meant = WORDS.iter().find(|(word, _)| *word == called).map_or(called.as_str(), |(_, key)| key);
    if let Some(whose) = whose {
        return by_key(root, &format!("{whose}.{meant}"));
    }
    let recommended = match root.get("recommendation").and_then(|found| found.get("plan")) {
        Some(Datum::Words(plan)) if plan != "today" => Some(plan.clone()),
        _ => None,
    };
    let first = || match root.get("plans") {
        Some(Datum::List(plans)) => plans.first().and_then(name_of),
        _ => None,
    };
    let of_plan = recommended.or_else(first).and_then(|plan| by_key(root, &format!("plans.{plan}.{meant}")));
    of_plan.or_else(|| by_key(root, &format!("today.{meant}")))
}

fn by_key<'d>(root: &'d Datum, key: &str) -> Option<Found<'d>> {
    let aliased = ALIASES.iter().find_map(|(short, long)| {
        let rest = key.strip_prefix(short)?;
        rest.starts_with('.').then(|| format!("{long}{rest}"))
    });
    let key = aliased.as_deref().unwrap_or(key);
    below(root, key, &mut Vec::new())
}

fn below<'d>(datum: &'d Datum, key: &str, path: &mut Vec<String>) -> Option<Found<'d>> {
    if key.is_empty() {
        return Some(Found { path: path.clone(), datum });
    }
    for (name, next, rest) in steps(datum, key) {
        path.push(name);
        if let Some(found) = below(next, rest, path) {
            return Some(found);
        }
        path.pop();
    }
    if let Datum::Map(entries) = datum {
        for implied in IMPLIED {
            // Only within an element of a list: a key begins at the top.
            if path.len() == 2
                && let Some((_, next)) = entries.iter().find(|(name, _)| name == implied)
            {
                path.push(implied.to_owned());
                if let Some(found) = below(next, key, path) {
                    return Some(found);
                }
                path.pop();
            }
        }
    }
    None
}

/// Names may hold points, so every name that the key begins with is a step.
fn steps<'d, 'k>(datum: &'d Datum, key: &'k str) -> Vec<(String, &'d Datum, &'k str)> {
    let after = |name: &str| -> Option<&'k str> {
        let rest = key.strip_prefix(name)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('.') }
    };
    match datum {
        Datum::Map(entries) => {
            entries.iter().filter_map(|(name, next)| Some((name.clone(), next, after(name)?))).collect()
        }
        Datum::List(list) => list
            .iter()
            .enumerate()
            .filter_map(|(index, next)| {
                let name = name_of(next).unwrap_or_else(|| index.to_string());
                let rest = after(&name)?;
                Some((name, next, rest))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The id or the name of an element.
fn name_of(datum: &Datum) -> Option<String> {
    let Datum::Map(entries) = datum else { return None };
    let key = ["id", "name", "plan"].into_iter().find(|key| entries.iter().any(|(name, _)| name == key))?;
    entries.iter().find_map(|(name, value)| match value {
        Datum::Words(words) if name == key => Some(words.clone()),
        _ => None,
    })
}

/// Those of some known keys that are most like one that is none.
pub fn like(key: &str, known: impl Iterator<Item = String>) -> Vec<String> {
    const SHOWN: usize = 4;
    let mut rated: Vec<(f64, String)> = known.map(|other| (strsim::jaro_winkler(key, &other), other)).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    rated.into_iter().take(SHOWN).map(|(_, key)| key).collect()
}

/// Every key below a datum, for suggestions: the short forms.
pub fn keys(root: &Datum) -> Vec<String> {
    let mut found = Vec::new();
    collect(root, &mut Vec::new(), &mut found);
    found
}

fn collect(datum: &Datum, path: &mut Vec<String>, found: &mut Vec<String>) {
    let children: Vec<(String, &Datum)> = match datum {
        Datum::Map(entries) => entries.iter().map(|(name, next)| (name.clone(), next)).collect(),
        Datum::List(list) => list.iter().filter_map(|next| Some((name_of(next)?, next))).collect(),
        _ => Vec::new(),
    };
    if children.is_empty() && !path.is_empty() {
        found.push(short(path));
    }
    for (name, next) in children {
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
