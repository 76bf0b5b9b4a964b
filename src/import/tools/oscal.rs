//! A plan of action and milestones of OSCAL: titles and responses. It holds no frequency and no amount.

use crate::import::Context;
use crate::import::draft::{Control, Risk};
use crate::import::place::{Code, Finding, shortened};
use crate::import::tree::Branch;

/// Reads risks with their responses, and items that name risks.
pub fn read(root: &Branch<'_>, context: &mut Context) {
    let Some(plan) = root.get("plan-of-action-and-milestones") else { return };
    if let Some(title) = plan.at(&["metadata", "title"]).and_then(|branch| branch.written()) {
        context.draft.title = title;
    }
    let mut ids: Vec<(String, usize)> = Vec::new();
    let mut others: Vec<(String, String)> = Vec::new();
    for item in plan.list("risks") {
        let place = item.get("title").map_or_else(|| item.place(), |branch| branch.place());
        let title = item.text("title");
        let mut risk = Risk {
            id: title.split(':').next().unwrap_or("").to_owned(),
            name: title.clone(),
            place,
            ..Risk::default()
        };
        for key in ["status", "deadline", "statement"] {
            let text = item.text(key);
            if !text.is_empty() {
                risk.remarks.push(format!("{key}: {}", shortened(&text)));
            }
        }
        if item.text("status") == "closed" {
            let message = "its status is \"closed\": does the risk still stand? Else take it out";
            context.draft.fault(Finding::question(Some(risk.place.clone()), message));
        }
        for facet in item.list("characterizations").iter().flat_map(|found| found.list("facets")) {
            risk.remarks.push(format!("{}: {}", facet.text("name"), facet.text("value")));
        }
        for factor in item.list("mitigating-factors") {
            others.push((factor.text("uuid"), format!("a mitigating factor of \"{title}\"")));
            risk.remarks.push(format!("in place: {}", shortened(&factor.text("description"))));
        }
        let index = context.draft.risks.len();
        ids.push((item.text("uuid"), index));
        for response in item.list("remediations") {
            others.push((response.text("uuid"), format!("a response to \"{title}\"")));
            let kind =
                response.list("props").iter().find(|prop| prop.text("name") == "type").map(|prop| prop.text("value"));
            let (name, about) = (response.text("title"), shortened(&response.text("description")));
            if kind.as_deref() == Some("accept") {
                risk.remarks.push(format!("response, accepted: {name}: {about}"));
                continue;
            }
            context.draft.controls.push(Control {
                id: name.split(':').next().unwrap_or("").to_owned(),
                name,
                place: response.place(),
                acts_on: vec![index],
                remarks: vec![about],
                ..Control::default()
            });
        }
        context.draft.risks.push(risk);
    }
    for item in plan.list("poam-items") {
        let title = item.text("title");
        let mut acts_on = Vec::new();
        for related in item.list("related-risks") {
            let uuid = related.text("risk-uuid");
            match ids.iter().find(|(known, _)| *known == uuid) {
                Some((_, index)) => acts_on.push(*index),
                None => {
                    let other = others
                        .iter()
                        .find(|(known, _)| *known == uuid)
                        .map_or("nothing in the file", |(_, what)| what.as_str());
                    let place = related.get("risk-uuid").map(|branch| branch.place());
                    let message = format!("the item \"{title}\" names a risk that is {other}");
                    context.draft.fault(Finding::fault(
                        Code::Dangling,
                        place,
                        message,
                        "write the uuid of the risk that it belongs to",
                    ));
                }
            }
        }
        if acts_on.is_empty() {
            let message = format!(
                "the item \"{title}\" belongs to no risk of the file: which one does it act on? It was left out"
            );
            context.draft.fault(Finding::question(Some(item.place()), message));
            continue;
        }
        let place = item.get("title").map_or_else(|| item.place(), |branch| branch.place());
        let remarks = vec![shortened(&item.text("description"))];
        context.draft.controls.push(Control {
            id: title.clone(),
            name: title,
            place,
            acts_on,
            remarks,
            ..Control::default()
        });
    }
}
