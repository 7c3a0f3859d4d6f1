//! The third step when there is nothing to bind.

use super::{
    aside,
    choose_step::candidates_view,
    flow::{Action, ClaimFlow},
    introduction, step_title,
};
use crate::{
    browser::dom::{Element, element},
    components::{
        button::{Emphasis, busy_button, button},
        problem_view::support_view,
    },
    signal::Signal,
};
use kabao_core::domain::claim::{Binding, Findings, NewCard};

/// Says that nothing was found, or nothing that can be bound here, and what can
/// be done: another number first, then the shop, and a new card last.
pub(super) fn view(flow: ClaimFlow, findings: &Findings) -> Element {
    let wording = flow.app.wording();
    let words = flow.app.claim_wording();
    let has_candidates = !findings.candidates.is_empty();
    let (title, text) = if has_candidates {
        (
            words.nothing_bindable_title,
            words.nothing_bindable_text.to_owned(),
        )
    } else {
        (
            words.nothing_title,
            (words.nothing_text)(&flow.phone_masked()),
        )
    };
    let candidates =
        has_candidates.then(|| candidates_view(flow, findings, Signal::new(Vec::new())));
    let support = findings
        .support
        .as_ref()
        .map(|support| support_view(support, &wording.help));
    let new_card = (findings.new_card == NewCard::Allowed).then(|| {
        let open_new = move || flow.submit(Action::Bind(Binding::NewCard));
        [
            aside(words.new_card_question),
            busy_button(words.open_new, Emphasis::Quiet, flow.is_busy, open_new),
        ]
    });
    element("div")
        .class("claim")
        .child(step_title(title))
        .child(introduction(&text))
        .children(candidates)
        .child(button(
            words.try_other_phone,
            Emphasis::Primary,
            move || flow.restart(),
        ))
        .child(aside(words.ask_shop))
        .children(support)
        .children(new_card.into_iter().flatten())
}
