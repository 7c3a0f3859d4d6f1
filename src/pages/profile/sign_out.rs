//! Signing out.

use kabao_core::machine::sign_in::{Event, SignInState};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::storage,
    components::button::BusyButton,
    i18n::ProfileWording,
    pages::{problem::ProblemNotice, retry::Retry},
    store::{backend::use_backend, failure::Failure, session::use_session, wallet::use_wallet},
};
use kabao_core::domain::id::AccountId;

/// How signing out stands. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SignOut {
    /// Signs out, or tries it again.
    pub(super) action: Retry,
    /// Why it has no result.
    pub(super) failure: RwSignal<Option<Failure>>,
}

impl SignOut {
    pub(super) fn new(account: AccountId) -> Self {
        let backend = use_backend();
        let session = use_session();
        let wallet = use_wallet();
        let failure = RwSignal::new(None);
        let on_retry = Callback::new(move |()| {
            session.dispatch(Event::SignOutRequested);
            // First, because nobody knows whether the reply will come.
            storage::clear();
            wallet.forget();
            let call = backend.client().sign_out(&account);
            spawn_local(async move {
                match call.await {
                    Ok(_) => session.dispatch(Event::SignedOut),
                    Err(error) => {
                        failure.try_set(Some(Failure::Call(error.clone())));
                        session.dispatch(Event::SignOutFailed(error));
                    }
                }
            });
        });
        let is_busy =
            Signal::derive(move || session.with_state(|state| *state == SignInState::SigningOut));
        Self {
            action: Retry { on_retry, is_busy },
            failure,
        }
    }
}

#[component]
pub(super) fn SignOutButton(sign_out: SignOut) -> impl IntoView {
    let Retry { on_retry, is_busy } = sign_out.action;
    view! { <BusyButton label=ProfileWording::in_use().sign_out is_busy on_click=on_retry /> }
}

/// In place of the profile, which this phone has forgotten already: whether the
/// session is over is not known.
#[component]
pub(super) fn NotSignedOut(failure: Failure, sign_out: SignOut) -> impl IntoView {
    let title = Some(ProfileWording::in_use().not_signed_out);
    view! { <ProblemNotice failure title retry=Some(sign_out.action) /> }
}
