//! A problem beside the step, or in its place.

use kabao_core::machine::claim::event::Event;
use leptos::prelude::*;

use crate::{
    components::button::Button,
    i18n::use_wording,
    pages::{
        problem::{ProblemNotice, ProblemPage},
        retry::Retry,
    },
    store::{claim::use_claim, failure::Failure},
};

fn retry() -> Retry {
    let claim = use_claim();
    Retry {
        on_retry: Callback::new(move |()| claim.dispatch(Event::Retry)),
        is_busy: claim.is_busy(),
    }
}

/// A problem in the place of the step. What was typed is kept.
#[component]
pub(super) fn Blocked() -> impl IntoView {
    let claim = use_claim();
    let back = use_wording().app.back;
    let trouble = Memo::new(move |_| {
        claim.with(|state| {
            let trouble = state.blocked()?;
            Some((
                trouble.error.clone(),
                trouble.can_retry(),
                state.can_dismiss(),
            ))
        })
    });
    move || {
        let (error, can_retry, can_dismiss) = trouble.get()?;
        let dismiss = Callback::new(move |()| claim.dispatch(Event::Dismissed));
        Some(view! {
            <ProblemPage failure=Failure::Call(error) retry=can_retry.then(retry)>
                {can_dismiss.then(|| view! { <Button label=back on_click=dismiss /> })}
            </ProblemPage>
        })
    }
}

/// A problem beside the step.
#[component]
pub(super) fn ClaimNotice() -> impl IntoView {
    let claim = use_claim();
    let trouble = Memo::new(move |_| {
        claim.with(|state| {
            let trouble = state.notice()?;
            Some((trouble.error.clone(), trouble.can_retry()))
        })
    });
    let notice = move || {
        let (error, can_retry) = trouble.get()?;
        let failure = Failure::Call(error);
        Some(view! { <ProblemNotice failure retry=can_retry.then(retry) /> })
    };
    view! { <div role="alert">{notice}</div> }
}
