//! Withdrawing the consent and unlinking the phone.

use kabao_core::{
    domain::{id::AccountId, profile::Profile},
    machine::wallet::Event as WalletEvent,
    problem::{ApiError, Outcome, ProblemCode},
};
use leptos::{prelude::*, task::spawn_local};

use super::panels::PHONE;
use crate::{
    browser::page,
    components::{
        button::{BusyButton, Button, Emphasis},
        notice::Notice,
        toast::Toast,
    },
    i18n::ProfileWording,
    pages::{load::Load, problem::ProblemNotice, retry::Retry, sheet::Sheet},
    store::{backend::use_backend, failure::Failure, wallet::use_wallet},
};

/// Why the phone is still linked.
#[derive(Clone, PartialEq, Eq)]
enum NotUnlinked {
    /// The backend has not done it, and says why.
    Refused(Failure),
    /// The reply was lost, and the profile tells that it did not happen.
    StillLinked,
}

/// How unlinking stands. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Unlinking {
    /// Unlinks the phone, or tries it again.
    action: Retry,
    trouble: RwSignal<Option<NotUnlinked>>,
}

impl Unlinking {
    pub(super) fn new(
        account: AccountId,
        load: Load<Profile>,
        toast: RwSignal<Option<Toast>>,
    ) -> Self {
        let backend = use_backend();
        let wallet = use_wallet();
        let unlinked = ProfileWording::in_use().unlinked;
        let is_busy = RwSignal::new(false);
        let trouble = RwSignal::new(None);
        let is_in_doubt = RwSignal::new(false);
        let tell_unlinked = move || {
            toast.set(Some(unlinked.into()));
            page::focus_soon(PHONE);
        };
        Effect::new(move || {
            if is_in_doubt.get() && load.failure().is_none() {
                is_in_doubt.set(false);
                let has_phone = load.data().with_untracked(|profile| {
                    let profile = profile.as_ref();
                    profile.is_some_and(|profile| profile.phone_masked.is_some())
                });
                if has_phone {
                    trouble.set(Some(NotUnlinked::StillLinked));
                } else {
                    tell_unlinked();
                }
            }
        });
        let on_retry = Callback::new(move |()| {
            is_busy.set(true);
            let begun = wallet.mark();
            let call = backend.client().unlink_phone(&account);
            spawn_local(async move {
                let result = call.await;
                // It may have taken effect without a result, too.
                wallet.dispatch(WalletEvent::Wrote {
                    begun,
                    wallet: None,
                });
                if is_busy.try_set(false).is_some() {
                    // The page has been left.
                    return;
                }
                trouble.set(None);
                match result {
                    Ok(profile) => {
                        load.set(profile);
                        tell_unlinked();
                    }
                    Err(error) if is_refused(&error) => {
                        trouble.set(Some(NotUnlinked::Refused(Failure::Call(error))));
                    }
                    // What the profile says next tells what became of it.
                    Err(error) => {
                        load.fail(error);
                        is_in_doubt.set(true);
                    }
                }
            });
        });
        Self {
            action: Retry {
                on_retry,
                is_busy: is_busy.into(),
            },
            trouble,
        }
    }
}

/// Whether the backend has said that it did nothing, for a reason other than that
/// the session is over.
fn is_refused(error: &ApiError) -> bool {
    let is_session_over = matches!(error.code(), Some(ProblemCode::NotSignedIn { .. }));
    error.outcome() == Outcome::NotDone && !is_session_over
}

/// Asks whether the phone is really to be unlinked, and does so.
#[component]
pub(super) fn UnlinkButton(unlinking: Unlinking) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let is_asking = RwSignal::new(false);
    // A sheet that is asked for twice is opened once.
    let has_sheet = Memo::new(move |_| is_asking.get());
    let close = Callback::new(move |()| is_asking.set(false));
    let confirm = unlinking.action.on_retry;
    view! {
        <div role="alert">{move || trouble_notice(unlinking)}</div>
        <BusyButton
            label=wording.unlink
            emphasis=Emphasis::Warning
            is_busy=unlinking.action.is_busy
            on_click=Callback::new(move |()| is_asking.set(true))
        />
        {move || has_sheet.get().then(|| view! { <Question close confirm /> })}
    }
}

fn trouble_notice(unlinking: Unlinking) -> Option<AnyView> {
    let wording = ProfileWording::in_use();
    let retry = unlinking.action;
    Some(match unlinking.trouble.get()? {
        NotUnlinked::Refused(failure) => {
            view! { <ProblemNotice failure retry=Some(retry) /> }.into_any()
        }
        NotUnlinked::StillLinked => view! {
            <Notice title=wording.still_linked text=wording.still_linked_text>
                <BusyButton
                    label=wording.unlink_confirm
                    is_busy=retry.is_busy
                    on_click=retry.on_retry
                />
            </Notice>
        }
        .into_any(),
    })
}

#[component]
fn Question(close: Callback<()>, confirm: Callback<()>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let unlink = Callback::new(move |()| {
        close.run(());
        confirm.run(());
    });
    view! {
        <Sheet title=wording.unlink_title on_close=close>
            <p>{wording.unlink_text}</p>
            <Button label=wording.unlink_confirm emphasis=Emphasis::Warning on_click=unlink />
            <Button label=wording.cancel on_click=close />
        </Sheet>
    }
}
