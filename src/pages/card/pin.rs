use kabao_core::domain::id::CardId;
use leptos::prelude::*;

use crate::{components::button::Button, i18n::CardPageWording, store::wallet::use_wallet};

/// Puts the card at the top of the wallet on this device, or takes it away from
/// there.
#[component]
pub(super) fn PinButton(card: CardId) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let wallet = use_wallet();
    let id = card.clone();
    let label = move || {
        if wallet.with_pinned(|pinned| pinned.contains(&id)) {
            wording.unpin
        } else {
            wording.pin
        }
        .to_owned()
    };
    view! { <Button label on_click=Callback::new(move |()| wallet.toggle_pin(&card)) /> }
}
