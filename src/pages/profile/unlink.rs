//! Withdrawing the consent and unlinking the phone.

use kabao_core::{
    domain::{id::AccountId, profile::Profile},
    machine::wallet::Event as WalletEvent,
};
use leptos::{prelude::*, task::spawn_local};

use super::panels::PHONE;
use crate::{
    browser::page,
    components::{
        bottom_sheet::BottomSheet,
        button::{BusyButton, Button, Emphasis},
        toast::Toast,
    },
    i18n::{ProfileWording, use_wording},
    pages::load::Load,
    router::use_router,
    store::{backend::use_backend, wallet::use_wallet},
};

/// Asks whether the phone is really to be unlinked, and does so.
#[component]
pub(super) fn UnlinkButton(
    account: AccountId,
    load: Load<Profile>,
    toast: RwSignal<Option<Toast>>,
) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let is_asking = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let confirm = unlink(account, load, toast, is_busy);
    // A sheet that is asked for twice is opened once.
    let has_sheet = Memo::new(move |_| is_asking.get());
    let close = Callback::new(move |()| is_asking.set(false));
    view! {
        <BusyButton
            label=wording.unlink
            emphasis=Emphasis::Warning
            is_busy
            on_click=Callback::new(move |()| is_asking.set(true))
        />
        {move || has_sheet.get().then(|| view! { <Question close confirm /> })}
    }
}

fn unlink(
    account: AccountId,
    load: Load<Profile>,
    toast: RwSignal<Option<Toast>>,
    is_busy: RwSignal<bool>,
) -> Callback<()> {
    let backend = use_backend();
    let wallet = use_wallet();
    let unlinked = ProfileWording::in_use().unlinked;
    Callback::new(move |()| {
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
            match result {
                Ok(profile) => {
                    toast.set(Some(unlinked.into()));
                    load.set(profile);
                    page::focus_soon(PHONE);
                }
                Err(error) => load.fail(error),
            }
        });
    })
}

#[component]
fn Question(close: Callback<()>, confirm: Callback<()>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    use_router().open_sheet(close);
    let unlink = Callback::new(move |()| {
        close.run(());
        confirm.run(());
    });
    view! {
        <BottomSheet
            title=wording.unlink_title
            close_label=use_wording().app.close
            on_close=close
        >
            <p>{wording.unlink_text}</p>
            <Button label=wording.unlink_confirm emphasis=Emphasis::Warning on_click=unlink />
            <Button label=wording.cancel on_click=close />
        </BottomSheet>
    }
}
