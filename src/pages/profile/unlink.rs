use kabao_core::machine::wallet::Event as WalletEvent;
use leptos::{prelude::*, task::spawn_local};

use super::state::ProfileState;
use crate::{
    components::{
        bottom_sheet::BottomSheet,
        button::{Button, Emphasis},
    },
    i18n::{ProfileWording, use_wording},
    router::use_router,
    store::{backend::use_backend, session::use_session, wallet::use_wallet},
};

/// Asks whether the phone is really to be unlinked, and does so.
#[component]
pub(super) fn UnlinkSheet(state: ProfileState, asks_unlink: RwSignal<bool>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let backend = use_backend();
    let session = use_session();
    let wallet = use_wallet();
    let close = Callback::new(move |()| asks_unlink.set(false));
    use_router().open_sheet(close);
    let unlink = Callback::new(move |()| {
        // The second of two clicks finds the sheet still there.
        if !asks_unlink.get_untracked() {
            return;
        }
        close.run(());
        state.is_busy.set(true);
        let begun = wallet.mark();
        let call = state
            .account
            .with_value(|account| backend.client().unlink_phone(account));
        spawn_local(async move {
            let result = call.await;
            wallet.dispatch(WalletEvent::Wrote {
                begun,
                wallet: None,
            });
            state.is_busy.try_set(false);
            match result {
                Ok(profile) => {
                    state.toast.try_set(Some(wording.unlinked.into()));
                    state.failure.try_set(None);
                    state.profile.try_set(Some(profile));
                }
                Err(error) => {
                    state.failure.try_set(Some(session.fail(error)));
                }
            }
        });
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
