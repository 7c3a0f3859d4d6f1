//! The third step when there is nothing to bind.

use kabao_core::{
    domain::{
        claim::{Findings, NewCard},
        merchant::Retention,
        support::Support,
    },
    machine::claim::{event::Event, state::Step},
};
use leptos::prelude::*;

use super::{choose_step::Candidates, step_title::StepTitle, trouble::ClaimNotice};
use crate::{
    components::{
        button::{BusyButton, Button, Emphasis},
        problem_panel::SupportPanel,
    },
    i18n::ClaimWording,
    store::claim::use_claim,
};

/// Says that nothing was found, or nothing that can be bound here, and what can
/// be done: another number first, then the shop, and a new card last. Where the
/// members were not kept, nothing can be found at all and the new card leads.
#[component]
pub(super) fn NothingStep() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let found = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::NothingFound(step) => {
                let phone = step.claim.phone_masked.clone();
                Some((step.findings.clone(), phone, state.retention()))
            }
            _ => None,
        })
    });
    move || {
        let (findings, phone, retention) = found.get()?;
        let has_candidates = !findings.candidates.is_empty();
        let (title, text) = if has_candidates {
            (
                wording.nothing_bindable_title,
                wording.nothing_bindable_text.to_owned(),
            )
        } else if retention == Retention::NotKept {
            (wording.not_kept_title, wording.not_kept_text.to_owned())
        } else {
            (wording.nothing_title, (wording.nothing_text)(&phone))
        };
        let new_card = (findings.new_card == NewCard::Allowed).then(|| {
            let emphasis = match retention {
                Retention::Kept => Emphasis::Quiet,
                Retention::NotKept => Emphasis::Primary,
            };
            view! { <OpenNew emphasis /> }
        });
        let ways = match retention {
            Retention::Kept => view! {
                <OtherWays support=findings.support.clone() />
                {new_card}
            }
            .into_any(),
            Retention::NotKept => view! {
                {new_card}
                <People support=findings.support.clone() />
            }
            .into_any(),
        };
        Some(view! {
            <div class="claim">
                <StepTitle title />
                <p class="claim__introduction">{text}</p>
                {has_candidates.then(|| candidates(findings))}
                {ways}
                <ClaimNotice />
            </div>
        })
    }
}

fn candidates(findings: Findings) -> impl IntoView {
    view! { <Candidates findings chosen=Signal::stored(Vec::new()) /> }
}

/// Another number, or the people who can look the card up.
#[component]
fn OtherWays(support: Option<Support>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    view! {
        <Button
            label=wording.try_other_phone
            emphasis=Emphasis::Primary
            on_click=Callback::new(move |()| claim.dispatch(Event::OtherPhone))
        />
        <p class="claim__aside">{wording.ask_shop}</p>
        <People support />
    }
}

/// Whom to ask, where the backend has named them.
#[component]
fn People(support: Option<Support>) -> impl IntoView {
    support.map(|support| view! { <SupportPanel support /> })
}

#[component]
fn OpenNew(emphasis: Emphasis) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    // Whoever has just read that a new card is needed is not asked.
    let question = (emphasis == Emphasis::Quiet)
        .then(|| view! { <p class="claim__aside">{wording.new_card_question}</p> });
    view! {
        {question}
        <BusyButton
            label=wording.open_new
            emphasis
            is_busy=claim.is_busy()
            on_click=Callback::new(move |()| claim.dispatch(Event::OpenNewCard))
        />
    }
}
