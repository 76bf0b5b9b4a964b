//! Obligations: the chain of chances, the costs without a fine, and the fine under its ceiling.
//!
//! Each obligation becomes steps of the secondary losses of the risks that touch it: what comes where the event must be
//! reported, what comes where the authority acts, and the fine. One draw an event decides how far it goes.

use rust_decimal::Decimal;

use super::cursor::Cursor;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    ByRisk, DutyCost, EstimateId, Form, Loss, Obligation, ObligationId, Organisation, Regime, Risk, Role, Secondary,
    Table,
};
use crate::scenario::grammar::REGIMES;
use crate::units::{Currency, Kind};

/// The obligations of a file; their steps are added to the risks that touch them.
pub fn obligations(
    root: &Cursor<'_, '_>,
    organisation: &Organisation,
    risks: &mut ByRisk<Risk>,
) -> Table<ObligationId, Obligation> {
    let cursors = root.tables("obligation", "id");
    let mut found = Table::default();
    for cursor in &cursors {
        let Some(obligation) = obligation(cursor, organisation) else { continue };
        let place = found.push(obligation);
        let obligation = &found[place];
        for risk in &obligation.risks {
            if let Some(risk) = risks.get_mut(*risk) {
                risk.secondary.extend(steps(obligation, place));
            }
        }
    }
    found
}

fn obligation(cursor: &Cursor<'_, '_>, organisation: &Organisation) -> Option<Obligation> {
    let id = cursor.id();
    let name = cursor.text("name").unwrap_or_default();
    let regime = cursor.word("regime", REGIMES).and_then(Regime::of_word);
    let risks = cursor.references("risks", "risk");
    let reported = cursor.estimate("reported", Role::Luck);
    let [acts, fined, fine] = ["acts", "fined", "fine"].map(|key| cursor.estimate(key, Role::Luck));
    let costs: Vec<(DutyCost, EstimateId)> =
        DutyCost::ALL.into_iter().filter_map(|cost| Some((cost, cursor.estimate(cost.key(), Role::Luck)?))).collect();
    chain(cursor);
    let regime = regime?;
    let ceiling = ceiling(cursor, regime, organisation, fine.is_some());
    if let (Some(fine), Some(ceiling)) = (fine, ceiling) {
        bounded(cursor, fine, ceiling, regime);
    }
    Some(Obligation { id, name, regime, risks, ceiling, reported: reported?, acts, fined, costs, fine })
}

/// What each later step needs of the earlier ones.
fn chain(cursor: &Cursor<'_, '_>) {
    let has = |key: &str| cursor.node(key).is_some();
    let needs = |key: &str, other: &str, what: &str, example: &str| {
        if has(key) && !cursor.has_key(other) && !cursor.is_said_elsewhere(other) {
            cursor.reader.report(
                Diagnostic::new(Code::Missing, format!("`{}` has `{key}` and no `{other}`", cursor.path))
                    .at(cursor.key_span(key), "with what chance?")
                    .help(format!("write {what}: `{example}`"))
                    .path(cursor.path_of(other)),
            );
        }
    };
    needs("audits", "acts", "the chance that the authority acts on a report", "acts = \"10%\"");
    needs("standstill", "acts", "the chance that the authority acts on a report", "acts = \"10%\"");
    needs("fined", "acts", "the chance that the authority acts on a report", "acts = \"10%\"");
    needs("fine", "fined", "the chance that a fine follows where the authority acts", "fined = \"20%\"");
    needs("fined", "fine", "what the fine costs if there is one", "fine = { low = \"5k\", high = \"200k\" }");
    let costs = DutyCost::ALL.map(DutyCost::key);
    if !costs.into_iter().chain(["fine", "fined"]).any(|key| cursor.has_key(key)) && !cursor.has_unknown_key() {
        cursor.reader.report(
            Diagnostic::new(Code::Missing, format!("`{}` does not say what it costs", cursor.path))
                .at(cursor.head(), "nothing costs here")
                .help("write first what comes without any fine, per event: `notification = \"12k\"`; others are `monitoring`, `audits`, `standstill`")
                .path(cursor.path_of("notification")),
        );
    }
}

/// The ceiling in the currency of the file: the one that is written, else that of the law.
fn ceiling(cursor: &Cursor<'_, '_>, regime: Regime, organisation: &Organisation, is_needed: bool) -> Option<Decimal> {
    let is_small = cursor.flag("small").unwrap_or(false);
    if is_small && !regime.spares_the_small() {
        cursor.reader.report(
            Diagnostic::new(
                Code::Contradiction,
                format!("\"{}\" knows no lower ceiling for small firms", regime.word()),
            )
            .at(cursor.key_span("small"), "changes nothing here")
            .help("leave `small` out; only the AI Act has it")
            .path(cursor.path_of("small")),
        );
    }
    if cursor.has_key("ceiling") {
        return cursor.fixed("ceiling", Kind::Money);
    }
    let law = regime.law()?;
    let turnover = organisation.turnover.map(|turnover| turnover.get());
    if turnover.is_none() && law.share > Decimal::ZERO {
        if is_needed {
            cursor.reader.report(
                Diagnostic::new(
                    Code::Missing,
                    format!("the ceiling of \"{}\" depends on the turnover, which the file does not say", regime.word()),
                )
                .at(cursor.key_span("regime"), "share of which turnover?")
                .help("write the worldwide turnover of the whole group in the year before, above the first line in brackets: `organisation = { turnover = \"400M\" }`")
                .help("or the ceiling itself: `ceiling = \"10M\"`")
                .path(cursor.path_of("ceiling")),
            );
        }
        return None;
    }
    let own = cursor.reader.currency();
    let rate = if law.currency == own.code() {
        Some(Decimal::ONE)
    } else {
        let rates = &cursor.reader.settings().rates;
        Currency::from_code(law.currency)
            .and_then(|other| rates.iter().find(|(currency, _)| *currency == other))
            .map(|(_, rate)| *rate)
    };
    let Some(rate) = rate else {
        if is_needed {
            let other = law.currency;
            cursor.reader.report(
                Diagnostic::new(
                    Code::OtherCurrency,
                    format!("the ceiling of \"{}\" is in {other}, the file in {}", regime.word(), own.code()),
                )
                .at(cursor.key_span("regime"), "worth how much?")
                .help(format!("say what one {other} is worth, above the first line in brackets: `exchange_rates = {{ {other} = \"0.92\" }}`"))
                .help("or write the ceiling itself: `ceiling = \"10M\"`")
                .path(cursor.path_of("ceiling")),
            );
        }
        return None;
    };
    let of_law = |turnover: Decimal| law.of_turnover(turnover, is_small)?.checked_mul(rate);
    of_law(turnover.unwrap_or_default().checked_div(rate)?)
}

/// Puts the fine under its ceiling; one that lies wholly above it is a fault.
fn bounded(cursor: &Cursor<'_, '_>, fine: EstimateId, ceiling: Decimal, regime: Regime) {
    if cursor.reader.cap_estimate(fine, ceiling) {
        return;
    }
    cursor.reader.report(
        Diagnostic::new(
            Code::OutOfRange,
            format!("the whole fine lies above the ceiling of {}", super::grouped(ceiling)),
        )
        .at(cursor.key_span("fine"), "more than can be asked")
        .help(format!("{}: a fine below it, or the right `ceiling`", regime.says()))
        .path(cursor.path_of("fine")),
    );
}

/// What a risk that touches an obligation may bring, in the order in which it comes.
fn steps(obligation: &Obligation, duty: ObligationId) -> Vec<Secondary> {
    let reported = vec![obligation.reported];
    let acts: Vec<EstimateId> = reported.iter().copied().chain(obligation.acts).collect();
    let step = |chance: &[EstimateId], form: Form, amount: EstimateId| Secondary {
        chance: chance.to_vec(),
        losses: vec![Loss { form, amount }],
        duty: Some(duty),
    };
    let mut steps = Vec::new();
    for (cost, amount) in &obligation.costs {
        if cost.needs_authority() && obligation.acts.is_none() {
            continue;
        }
        let form = if *cost == DutyCost::Standstill { Form::Productivity } else { Form::Response };
        steps.push(step(if cost.needs_authority() { &acts } else { &reported }, form, *amount));
    }
    if let (Some(_), Some(fined), Some(fine)) = (obligation.acts, obligation.fined, obligation.fine) {
        let chance: Vec<EstimateId> = acts.iter().copied().chain([fined]).collect();
        steps.push(step(&chance, Form::FinesAndJudgments, fine));
    }
    steps
}
