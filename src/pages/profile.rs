//! What is known about the fan, and how to take it back.

mod panels;
mod state;
mod unlink;

use kabao_core::{
    domain::{id::AccountId, profile::Profile},
    machine::sign_in::{Event as SignInEvent, SignInState},
};
use leptos::{prelude::*, task::spawn_local};

use self::{
    panels::{ConsentsPanel, PhonePanel, StoredPanel},
    state::ProfileState,
    unlink::UnlinkSheet,
};
use super::{
    header::PageHeader,
    problem::{ProblemNotice, ProblemPage},
    retry::Retry,
    terms::{Document, TermsSheet},
};
use crate::{
    browser::{page, storage},
    components::{
        button::{BusyButton, Button, Emphasis},
        skeleton::Skeleton,
        toast::ToastHost,
    },
    i18n::{ProfileWording, use_wording},
    store::{backend::use_backend, failure::Failure, session::use_session, wallet::use_wallet},
};

/// The masked phone, the consents, and signing out.
#[component]
pub(crate) fn ProfilePage(account: AccountId) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let session = use_session();
    page::set_title(wording.title);
    let state = ProfileState {
        account: StoredValue::new(account.clone()),
        profile: RwSignal::new(None),
        failure: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        toast: RwSignal::new(None),
    };
    let load = loader(state);
    load.run(());
    let retry = Retry {
        on_retry: load,
        is_busy: state.is_busy.into(),
    };
    let is_signed_out =
        Memo::new(move |_| session.with_state(|state| *state == SignInState::SignedOut));
    let body = move || {
        if is_signed_out.get() {
            return view! { <SignedOut /> }.into_any();
        }
        match (state.profile.get(), state.failure.get()) {
            (Some(profile), _) => view! {
                <Stale state retry />
                <Known profile state />
            }
            .into_any(),
            (None, Some(failure)) => view! { <ProblemPage failure retry=Some(retry) /> }.into_any(),
            (None, None) => view! { <Skeleton label=use_wording().app.loading /> }.into_any(),
        }
    };
    view! {
        <PageHeader title=wording.title account />
        {body}
        <ToastHost message=state.toast />
    }
}

fn loader(state: ProfileState) -> Callback<()> {
    let backend = use_backend();
    let session = use_session();
    Callback::new(move |()| {
        state.is_busy.set(true);
        let call = state
            .account
            .with_value(|account| backend.client().profile(account));
        spawn_local(async move {
            let result = call.await;
            state.is_busy.try_set(false);
            match result {
                Ok(profile) => {
                    state.failure.try_set(None);
                    state.profile.try_set(Some(profile));
                }
                Err(error) => {
                    state.failure.try_set(Some(session.fail(error)));
                }
            }
        });
    })
}

/// Says that the last thing asked for has no result.
#[component]
fn Stale(state: ProfileState, retry: Retry) -> impl IntoView {
    move || {
        let failure = state.failure.get()?;
        Some(view! { <ProblemNotice failure retry=Some(retry) /> })
    }
}

#[component]
fn Known(profile: Profile, state: ProfileState) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let document = RwSignal::new(None::<Document>);
    let asks_unlink = RwSignal::new(false);
    let has_phone = profile.phone_masked.is_some();
    let version = profile.terms_version.clone();
    let open = move |it: Document| {
        let show = Callback::new(move |()| document.set(Some(it)));
        view! { <Button label=it.title() emphasis=Emphasis::Quiet on_click=show /> }
    };
    let unlink = has_phone.then(|| {
        view! {
            <BusyButton
                label=wording.unlink
                emphasis=Emphasis::Warning
                is_busy=state.is_busy
                on_click=Callback::new(move |()| asks_unlink.set(true))
            />
        }
    });
    // A sheet that is asked for twice is opened once.
    let shown = Memo::new(move |_| document.get());
    let is_unlinking = Memo::new(move |_| asks_unlink.get());
    let terms = move || {
        let document_shown = shown.get()?;
        let close = Callback::new(move |()| document.set(None));
        let version = version.clone();
        Some(view! { <TermsSheet document=document_shown version on_close=close /> })
    };
    view! {
        <PhonePanel phone=profile.phone_masked proof=profile.phone_proof />
        <ConsentsPanel consents=profile.consents />
        <section class="panel">{open(Document::Terms)} {open(Document::Privacy)}</section>
        <StoredPanel toast=state.toast />
        {unlink}
        <SignOutButton account=state.account />
        {terms}
        {move || is_unlinking.get().then(|| view! { <UnlinkSheet state asks_unlink /> })}
    }
}

/// Forgets what is on this device, and ends the session.
#[component]
fn SignOutButton(account: StoredValue<AccountId>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let backend = use_backend();
    let session = use_session();
    let wallet = use_wallet();
    let is_busy =
        Signal::derive(move || session.with_state(|state| *state == SignInState::SigningOut));
    let failure = move || {
        session.with_state(|state| match state {
            SignInState::SignOutFailed(error) => Some(Failure::Call(error.clone())),
            _ => None,
        })
    };
    let sign_out = Callback::new(move |()| {
        session.dispatch(SignInEvent::SignOutRequested);
        // First, because nobody knows whether the reply will come.
        storage::clear();
        wallet.forget();
        let call = account.with_value(|account| backend.client().sign_out(account));
        spawn_local(async move {
            session.dispatch(match call.await {
                Ok(_) => SignInEvent::SignedOut,
                Err(error) => SignInEvent::SignOutFailed(error),
            });
        });
    });
    view! {
        <BusyButton label=wording.sign_out is_busy on_click=sign_out />
        {move || failure().map(|failure| view! { <ProblemNotice failure /> })}
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    let wording = ProfileWording::in_use();
    view! {
        <section class="panel" role="status">
            <h2 class="panel__title">{wording.signed_out}</h2>
            <p>{wording.signed_out_text}</p>
        </section>
    }
}
