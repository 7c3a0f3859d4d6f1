//! The third step: the cards that were found.

use kabao_core::{
    domain::{
        claim::{Candidate, Findings, NewCard},
        id::CardId,
    },
    machine::claim::{event::Event, placement::Field, state::Step},
};
use leptos::prelude::*;

use super::{messages::FieldMessage, step_title::StepTitle, trouble::ClaimNotice};
use crate::{
    components::{
        button::{BusyButton, Emphasis},
        candidate_row::CandidateRow,
    },
    i18n::ClaimWording,
    store::claim::use_claim,
};

/// Asks which of the cards to bind.
#[component]
pub(super) fn ChooseStep() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let is_busy = claim.is_busy();
    let chosen = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Choose(step) => step.chosen.clone(),
            _ => Vec::new(),
        })
    });
    let findings = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Choose(step) => Some(step.findings.clone()),
            _ => None,
        })
    });
    let bind_label = Signal::derive(move || (wording.bind)(chosen.with(Vec::len)));
    move || {
        let findings = findings.get()?;
        let title = (wording.choose_title)(findings.candidates.len());
        let may_open_new = findings.new_card == NewCard::Allowed;
        let open_new = move || {
            view! {
                <BusyButton
                    label=wording.not_mine
                    emphasis=Emphasis::Quiet
                    is_busy
                    on_click=Callback::new(move |()| claim.dispatch(Event::OpenNewCard))
                />
            }
        };
        Some(view! {
            <div class="claim">
                <StepTitle title />
                <p class="claim__introduction">{wording.choose_text}</p>
                <Candidates findings chosen=chosen.into() />
                <FieldMessage field=Field::Cards />
                <BusyButton
                    label=bind_label
                    emphasis=Emphasis::Primary
                    is_busy
                    on_click=Callback::new(move |()| claim.dispatch(Event::Bind))
                />
                <ClaimNotice />
                {may_open_new.then(open_new)}
            </div>
        })
    }
}

/// The cards that were found, each with what it is recognised by.
#[component]
pub(super) fn Candidates(findings: Findings, chosen: Signal<Vec<CardId>>) -> impl IntoView {
    let claim = use_claim();
    let Findings {
        candidates,
        merchants,
        ..
    } = findings;
    let row = move |candidate: Candidate| {
        let merchant = merchants
            .iter()
            .find(|merchant| merchant.id == candidate.card.merchant_id)
            .cloned();
        let id = candidate.card.id.clone();
        let toggled = id.clone();
        let is_chosen = Signal::derive(move || chosen.with(|chosen| chosen.contains(&id)));
        let toggle = Callback::new(move |_| claim.dispatch(Event::CardToggled(toggled.clone())));
        view! {
            <li>
                <CandidateRow candidate merchant is_chosen on_toggle=toggle />
            </li>
        }
    };
    let rows: Vec<_> = candidates.into_iter().map(row).collect();
    view! { <ul class="claim__candidates">{rows}</ul> }
}
