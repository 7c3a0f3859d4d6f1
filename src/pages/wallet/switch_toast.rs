use leptos::prelude::*;

use crate::{
    components::toast::{Toast, ToastAction, ToastHost},
    i18n::use_wording,
    store::wallet::{Settled, WalletStore, use_wallet},
};

/// Tells of a switch that is done.
#[component]
pub(crate) fn SwitchToast() -> impl IntoView {
    let wallet = use_wallet();
    let toast = RwSignal::new(None);
    Effect::new(move || {
        if let Some(settled) = wallet.take_settled() {
            toast.set(switched_toast(wallet, settled));
        }
    });
    view! { <ToastHost message=toast /> }
}

/// Tells which card is in use now, with a way back to the one from before.
fn switched_toast(wallet: WalletStore, settled: Settled) -> Option<Toast> {
    let wording = &use_wording().switching;
    let (card, merchant) = wallet.card_untracked(&settled.card)?;
    let before = settled.before.filter(|before| {
        let card = wallet.card_untracked(before);
        card.is_some_and(|(card, _)| card.status.is_usable())
    });
    Some(Toast {
        text: (wording.done)(&merchant.name, card.number.last_four()),
        action: before.map(|before| ToastAction {
            label: wording.undo,
            on_click: Callback::new(move |()| wallet.switch_to(before.clone())),
        }),
    })
}
