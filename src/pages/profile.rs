//! What is known about the fan, and how to take it back.

mod documents;
mod panels;
mod sign_out;
mod unlink;

use kabao_core::{
    domain::{id::AccountId, profile::Profile},
    machine::sign_in::SignInState,
};
use leptos::prelude::*;

use self::{
    documents::DocumentsPanel,
    panels::{ConsentsPanel, PhonePanel, StoredPanel},
    sign_out::{NotSignedOut, SignOut, SignOutButton},
    unlink::{UnlinkButton, Unlinking},
};
use super::{header::PageHeader, load::Load, loaded::Loaded, signed_out::SignedOut};
use crate::{
    browser::page,
    components::toast::{Toast, ToastHost},
    i18n::ProfileWording,
    store::{backend::use_backend, session::use_session},
};

/// The masked phone, the consents, and signing out.
#[component]
pub(crate) fn ProfilePage(account: AccountId) -> impl IntoView {
    let wording = ProfileWording::in_use();
    page::set_title(wording.title);
    let toast = RwSignal::new(None::<Toast>);
    view! {
        <PageHeader title=wording.title account=account.clone() />
        <Body account toast />
        <ToastHost message=toast />
    }
}

#[component]
fn Body(account: AccountId, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let backend = use_backend();
    let session = use_session();
    let sign_out = SignOut::new(account.clone());
    let is_signed_out =
        Memo::new(move |_| session.with_state(|state| *state == SignInState::SignedOut));
    let load = {
        let account = account.clone();
        Load::start(None, move || backend.client().profile(&account))
    };
    let unlinking = Unlinking::new(account, load, toast);
    let profile = Memo::new(move |_| load.data().get());
    move || {
        if is_signed_out.get() {
            return view! { <SignedOut /> }.into_any();
        }
        if let Some(failure) = sign_out.failure.get() {
            return view! { <NotSignedOut failure sign_out /> }.into_any();
        }
        view! {
            <Loaded load>
                {move || {
                    let profile = profile.get()?;
                    Some(view! { <Panels profile toast /> })
                }}
                <div class="apart">
                    {move || {
                        let has_phone = profile.with(|it| {
                            it.as_ref().is_some_and(|it| it.phone_masked.is_some())
                        });
                        has_phone.then(|| view! { <UnlinkButton unlinking /> })
                    }}
                    <SignOutButton sign_out />
                </div>
            </Loaded>
        }
        .into_any()
    }
}

/// What the backend keeps about the fan, and what this phone does.
#[component]
fn Panels(profile: Profile, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    view! {
        <PhonePanel phone=profile.phone_masked proof=profile.phone_proof />
        <ConsentsPanel consents=profile.consents />
        <DocumentsPanel version=profile.terms_version />
        <StoredPanel toast />
    }
}
