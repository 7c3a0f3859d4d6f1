//! The third step: the cards that were found.

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
    },
    domain::{
        card::CardId,
        claim::{Eligibility, Findings, NewCard},
    },
};

/// Asks which of the cards to bind. All that can be bound are chosen at first.
#[component]
pub(super) fn ChooseStep(flow: ClaimFlow, findings: Findings) -> impl IntoView {
    let wording = flow.app.wording();
    let chosen = RwSignal::new(findings.selectable());
    Effect::new(|| page::focus(STEP_TITLE));
    let toggle = move |id: &CardId| {
        flow.message.set(None);
        chosen.update(|chosen| match chosen.iter().position(|other| other == id) {
            Some(position) => {
                chosen.remove(position);
            }
            None => chosen.push(id.clone()),
        });
    };
    let bind = Callback::new(move |()| {
        let cards = chosen.get_untracked();
        if cards.is_empty() {
            flow.message.set(Some(wording.claim.none_chosen.to_owned()));
        } else {
            flow.submit(Action::Bind(Binding::Cards(cards)));
        }
    });
    let open_new = Callback::new(move |()| flow.submit(Action::Bind(Binding::NewCard)));
    let count = findings.candidates.len();
    let merchants = findings.merchants;
    let rows: Vec<_> = findings
        .candidates
        .into_iter()
        .map(|candidate| {
            let merchant = merchants
                .iter()
                .find(|merchant| merchant.id == candidate.card.merchant_id)
                .cloned();
            let id = candidate.card.id.clone();
            let is_chosen = {
                let id = id.clone();
                Signal::derive(move || chosen.with(|chosen| chosen.contains(&id)))
            };
            let is_selectable = candidate.eligibility == Eligibility::Selectable;
            let on_toggle = is_selectable.then(|| Callback::new(move |()| toggle(&id)));
            view! {
                <li>
                    <CandidateRow
                        candidate
                        merchant
                        is_chosen
                        on_toggle
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
                {(wording.claim.choose_title)(count)}
            </h2>
            <p class="claim__introduction">{wording.claim.choose_text}</p>
            <ul class="claim__candidates">{rows}</ul>
            <p class="field__message" role="alert">
                {move || flow.message.get()}
            </p>
            <Button
                label=Signal::derive(move || (wording.claim.bind)(chosen.with(Vec::len)))
                emphasis=Emphasis::Primary
                is_busy=flow.is_busy
                on_press=bind
            />
            {(findings.new_card == NewCard::Allowed)
                .then(|| {
                    view! {
                        <Button
                            label=wording.claim.not_mine
                            emphasis=Emphasis::Quiet
                            is_busy=flow.is_busy
                            on_press=open_new
                        />
                    }
                })}
        </div>
    }
}
