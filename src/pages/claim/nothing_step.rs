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

use super::{
    candidates::Candidates,
    other_ways::{Asking, NewCardSheet},
    step_title::StepTitle,
    trouble::ClaimNotice,
};
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
        let may_open_new = findings.new_card == NewCard::Allowed;
        let ways = match retention {
            Retention::Kept => view! {
                <OtherWays support=findings.support.clone() />
                {may_open_new.then(|| view! { <AskForNew /> })}
            }
            .into_any(),
            Retention::NotKept => view! {
                {may_open_new.then(|| view! { <OpenNew /> })}
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

/// A new card, which is asked for once before it is opened.
#[component]
fn AskForNew() -> impl IntoView {
    let wording = ClaimWording::in_use();
    let asking = RwSignal::new(Asking::default());
    view! {
        <p class="claim__aside">{wording.new_card_question}</p>
        <BusyButton
            label=wording.open_new
            emphasis=Emphasis::Quiet
            is_busy=use_claim().is_busy()
            on_click=Callback::new(move |()| asking.set(Asking::WaysOn))
        />
        <NewCardSheet asking />
    }
}

/// A new card at once: whoever has just read that one is needed is not asked.
#[component]
fn OpenNew() -> impl IntoView {
    let claim = use_claim();
    view! {
        <BusyButton
            label=ClaimWording::in_use().open_new
            emphasis=Emphasis::Primary
            is_busy=claim.is_busy()
            on_click=Callback::new(move |()| claim.dispatch(Event::OpenNewCard))
        />
    }
}
