//! The third step when there is nothing to bind.

use leptos::prelude::*;

use super::{
    STEP_TITLE,
    flow::{Action, ClaimFlow},
};
use crate::{
    api::wire::Binding,
    browser::page,
    components::{
        button::{Button, Emphasis},
        candidate_row::CandidateRow,
        problem_view::SupportView,
    },
    domain::claim::{Findings, NewCard},
};

/// Says that nothing was found, or nothing that can be bound here, and what can
/// be done: another number first, then the shop, and a new card last.
#[component]
pub(super) fn NothingStep(flow: ClaimFlow, findings: Findings) -> impl IntoView {
    let wording = flow.app.wording();
    Effect::new(|| page::focus(STEP_TITLE));
    let restart = Callback::new(move |()| flow.restart());
    let open_new = Callback::new(move |()| flow.submit(Action::Bind(Binding::NewCard)));
    let phone_masked = flow.claim.with_untracked(|claim| {
        claim
            .as_ref()
            .map(|claim| claim.phone_masked.clone())
            .unwrap_or_default()
    });
    let (title, text) = if findings.candidates.is_empty() {
        (
            wording.claim.nothing_title,
            (wording.claim.nothing_text)(&phone_masked),
        )
    } else {
        (
            wording.claim.nothing_bindable_title,
            wording.claim.nothing_bindable_text.to_owned(),
        )
    };
    let merchants = findings.merchants;
    let rows: Vec<_> = findings
        .candidates
        .into_iter()
        .map(|candidate| {
            let merchant = merchants
                .iter()
                .find(|merchant| merchant.id == candidate.card.merchant_id)
                .cloned();
            view! {
                <li>
                    <CandidateRow
                        candidate
                        merchant
                        is_chosen=Signal::stored(false)
                        on_toggle=None
                        wording=&wording.card
                        reason=wording.claim.not_selectable
                    />
                </li>
            }
        })
        .collect();
    view! {
        <div class="claim">
            <h2 class="claim__title" id=STEP_TITLE tabindex="-1">
                {title}
            </h2>
            <p class="claim__introduction">{text}</p>
            {(!rows.is_empty()).then(|| view! { <ul class="claim__candidates">{rows}</ul> })}
            <Button
                label=wording.claim.try_other_phone
                emphasis=Emphasis::Primary
                on_press=restart
            />
            <p class="claim__aside">{wording.claim.ask_shop}</p>
            {findings.support.map(|support| view! { <SupportView support wording=&wording.help /> })}
            {(findings.new_card == NewCard::Allowed)
                .then(|| {
                    view! {
                        <p class="claim__aside">{wording.claim.new_card_question}</p>
                        <Button
                            label=wording.claim.open_new
                            emphasis=Emphasis::Quiet
                            is_busy=flow.is_busy
                            on_press=open_new
                        />
                    }
                })}
        </div>
    }
}
