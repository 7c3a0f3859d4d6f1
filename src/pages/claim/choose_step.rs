//! The third step: the cards that were found.

use kabao_core::{
    domain::{
        claim::{Candidate, Findings},
        id::CardId,
        merchant::Merchant,
    },
    machine::claim::{event::Event, placement::Field, state::Step},
};
use leptos::prelude::*;

use super::{
    candidates::Candidates,
    main_action::MainAction,
    messages::FieldMessage,
    one_card::OneCard,
    other_ways::{Asking, OtherWaysSheet},
    step_title::StepTitle,
    trouble::ClaimNotice,
};
use crate::{
    components::button::{BusyButton, Button, Emphasis},
    i18n::ClaimWording,
    store::claim::use_claim,
};

/// Asks whether the one card that was found is the fan's, or which of several to
/// bind.
#[component]
pub(super) fn ChooseStep() -> impl IntoView {
    let claim = use_claim();
    let chosen = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Choose(step) => step.chosen.clone(),
            _ => Vec::new(),
        })
    });
    let found = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Choose(step) => Some((step.findings.clone(), step.claim.phone_masked.clone())),
            _ => None,
        })
    });
    move || {
        let (findings, phone_masked) = found.get()?;
        Some(match the_one(&findings) {
            Some((candidate, merchant)) => view! {
                <One findings>
                    <OneCard candidate merchant phone_masked />
                </One>
            }
            .into_any(),
            None => view! { <Several findings chosen=chosen.into() /> }.into_any(),
        })
    }
}

/// The card that was found, if it is the only one.
fn the_one(findings: &Findings) -> Option<(Candidate, Merchant)> {
    let [candidate] = findings.candidates.as_slice() else {
        return None;
    };
    let merchant = findings
        .merchants
        .iter()
        .find(|merchant| merchant.id == candidate.card.merchant_id)?;
    Some((candidate.clone(), merchant.clone()))
}

#[component]
fn One(findings: Findings, children: Children) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let asking = RwSignal::new(Asking::default());
    view! {
        <div class="claim">
            {children()}
            <Answers bind=wording.bind_one none=wording.not_mine asking />
        </div>
        <OtherWaysSheet title=wording.not_mine_title new_card=findings.new_card asking />
    }
}

#[component]
fn Several(findings: Findings, chosen: Signal<Vec<CardId>>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let asking = RwSignal::new(Asking::default());
    let new_card = findings.new_card;
    let bind = Signal::derive(move || (wording.bind)(chosen.with(Vec::len)));
    view! {
        <div class="claim">
            <StepTitle title=(wording.choose_title)(findings.candidates.len()) />
            <p class="claim__introduction">{wording.choose_text}</p>
            <Candidates findings chosen />
            <Answers bind none=wording.none_mine asking />
        </div>
        <OtherWaysSheet title=wording.none_mine_title new_card asking />
    }
}

/// The two answers, and what has come of the first.
#[component]
fn Answers(
    /// Says that the cards are the fan's.
    #[prop(into)]
    bind: Signal<String>,
    /// Says that they are not.
    none: &'static str,
    asking: RwSignal<Asking>,
) -> impl IntoView {
    let claim = use_claim();
    view! {
        <MainAction>
            <FieldMessage field=Field::Cards />
            <ClaimNotice />
            <BusyButton
                label=move || bind.get()
                emphasis=Emphasis::Primary
                is_busy=claim.is_busy()
                on_click=Callback::new(move |()| claim.dispatch(Event::Bind))
            />
        </MainAction>
        <Button
            label=none
            emphasis=Emphasis::Quiet
            on_click=Callback::new(move |()| asking.set(Asking::WaysOn))
        />
    }
}
