//! The third step: the cards that were found.

use super::{
    field_message,
    flow::{Action, ClaimFlow},
    introduction, step_title,
};
use crate::{
    browser::dom::{Element, element},
    components::{
        button::{Emphasis, busy_button},
        candidate_row::CandidateRow,
    },
    signal::Signal,
};
use kabao_core::domain::{
    claim::{Binding, Findings, NewCard},
    id::CardId,
};

/// Asks which of the cards to bind. All that can be bound are chosen at first.
pub(super) fn view(flow: ClaimFlow, findings: &Findings) -> Element {
    let wording = flow.app.claim_wording();
    let chosen = Signal::new(findings.selectable());
    let bind = move || {
        let cards = chosen.get_untracked();
        if cards.is_empty() {
            flow.say(wording.none_chosen.to_owned());
        } else {
            flow.submit(Action::Bind(Binding::Cards(cards)));
        }
    };
    let open_new = (findings.new_card == NewCard::Allowed).then(|| {
        busy_button(wording.not_mine, Emphasis::Quiet, flow.is_busy, move || {
            flow.submit(Action::Bind(Binding::NewCard));
        })
    });
    let bind = busy_button("", Emphasis::Primary, flow.is_busy, bind)
        .live_text(move || (wording.bind)(chosen.with(Vec::len)));
    element("div")
        .class("claim")
        .child(step_title(&(wording.choose_title)(
            findings.candidates.len(),
        )))
        .child(introduction(wording.choose_text))
        .child(candidates_view(flow, findings, chosen))
        .child(field_message(flow))
        .child(bind)
        .children(open_new)
}

/// The cards that were found, each with what it is recognised by.
pub(super) fn candidates_view(
    flow: ClaimFlow,
    findings: &Findings,
    chosen: Signal<Vec<CardId>>,
) -> Element {
    let wording = flow.app.wording();
    let words = flow.app.claim_wording();
    let rows = findings.candidates.iter().map(|candidate| {
        let merchant = findings
            .merchants
            .iter()
            .find(|merchant| merchant.id == candidate.card.merchant_id);
        let row = CandidateRow {
            candidate,
            merchant,
            wording: &wording.card,
            reason: words.not_selectable,
        };
        element("li").child(row.view(chosen))
    });
    element("ul").class("claim__candidates").children(rows)
}
