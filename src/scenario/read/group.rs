//! From the spanned tree to a group: the same keys, quantities and faults as in a case.

use super::assumptions::{head, horizon};
use super::cursor::Cursor;
use super::plan::{appetite, plan_id};
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Entity, Group, GroupCause, GroupLayer, GroupPlan, Manifest, Role};
use crate::scenario::grammar::GROUP;
use crate::scenario::syntax::Node;
use crate::units::{Kind, Money, Probability, Rate};

/// Reads a whole group; faults are left in the reader.
pub fn group(reader: &mut Reader<'_>, root: &Node, sha256: &str) -> Option<Group> {
    reader.collect_ids(root);
    reader.language = super::language_of(root);
    let cursor = Cursor::root(reader, root, &GROUP)?;
    head(&cursor);
    let title = cursor.text("title").unwrap_or_default();
    let voice = super::voice(&cursor);
    let terms = cursor.table("assumptions");
    let rate = terms.as_ref().and_then(|terms| terms.fixed("discount_rate", Kind::Rate)).and_then(Rate::new);
    let entities = entities(&cursor);
    let manifest = cursor
        .table("manifest")
        .and_then(|table| Some(Manifest { table: table.text("table")?, template: table.text("template") }));
    if cursor.node("entity").is_none() && cursor.node("manifest").is_none() {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, "the group names no entity")
                .at(cursor.head(), "`entity` or `manifest` is missing here")
                .help("write `[[entity]]` with `id` and `case` for each, or `manifest = { table = \"entities.csv\", template = \"case.toml\" }`")
                .path("entity"),
        );
    }
    Some(Group {
        title,
        currency: reader.currency(),
        voice,
        reading: reader.settings().clone(),
        horizon: horizon(terms.as_ref()).unwrap_or(1),
        discount_rate: rate.or_else(|| Rate::new(rust_decimal::Decimal::new(8, 2)))?,
        seed: terms.as_ref().and_then(|terms| terms.integer("seed")).unwrap_or(1),
        appetite: appetite(&cursor),
        entities,
        manifest,
        causes: causes(&cursor),
        tower: tower(&cursor),
        plans: plans(&cursor),
        estimates: reader.take_estimates(),
        sha256: sha256.to_owned(),
    })
}

fn entities(root: &Cursor<'_, '_>) -> Vec<Entity> {
    let of = |cursor: &Cursor<'_, '_>| {
        let id = cursor.id();
        Entity {
            name: cursor.text("name").unwrap_or_else(|| id.clone()),
            case: cursor.text("case").unwrap_or_default(),
            id,
        }
    };
    root.tables("entity", "id").iter().map(of).collect()
}

fn causes(root: &Cursor<'_, '_>) -> Vec<GroupCause> {
    let of = |cursor: &Cursor<'_, '_>| {
        let frequency = cursor.estimate("frequency", Role::Knowledge);
        let cause = GroupCause {
            id: cursor.id(),
            name: cursor.text("name").unwrap_or_default(),
            frequency: frequency?,
            strikes: cursor.texts("strikes"),
            entities: cursor.texts("entities"),
        };
        for (key, is_empty) in [
            ("strikes", cause.strikes.is_empty()),
            ("entities", cause.entities.is_empty() && cursor.node("entities").is_some()),
        ] {
            if is_empty && cursor.has_key(key) {
                cursor.reader.report(
                    Diagnostic::new(Code::NoEffect, format!("the shared cause \"{}\" strikes nothing", cause.id))
                        .at(cursor.key_span(key), "an empty list")
                        .help("name the risks that it strikes: `strikes = [\"ransomware\"]`; leave `entities` out for all")
                        .path(cursor.path_of(key)),
                );
            }
        }
        Some(cause)
    };
    root.tables("shared_cause", "id").iter().filter_map(of).collect()
}

fn tower(root: &Cursor<'_, '_>) -> Vec<GroupLayer> {
    let of = |cursor: &Cursor<'_, '_>| {
        let id = cursor.id();
        let money = |key: &str, kind: Kind| cursor.fixed(key, kind).and_then(Money::new);
        GroupLayer {
            name: cursor.text("name").unwrap_or_else(|| id.clone()),
            id,
            premium: money("premium", Kind::YearlyMoney).unwrap_or_default(),
            retention: money("retention", Kind::Money).unwrap_or_default(),
            limit: money("limit", Kind::Money),
            coinsurance: cursor.fixed("coinsurance", Kind::Chance).and_then(Probability::new).unwrap_or_default(),
        }
    };
    root.tables("insurance", "id").iter().map(of).collect()
}

fn plans(root: &Cursor<'_, '_>) -> Vec<GroupPlan> {
    let of = |cursor: &Cursor<'_, '_>| {
        let money = |key: &str, kind: Kind| cursor.fixed(key, kind).and_then(Money::new).unwrap_or_default();
        GroupPlan {
            id: plan_id(cursor),
            name: cursor.text("name").unwrap_or_default(),
            controls: cursor.texts("controls"),
            initial: money("initial", Kind::Money),
            yearly: money("yearly", Kind::YearlyMoney),
        }
    };
    root.tables("plan", "id").iter().map(of).collect()
}
