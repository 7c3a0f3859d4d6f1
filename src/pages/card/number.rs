use kabao_core::domain::card::CardNumber;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::page,
    components::{button::Button, toast::Toast},
    i18n::CardPageWording,
    store::network::use_network,
};

/// The card's number, to be copied. Without a network it is masked.
#[component]
pub(super) fn NumberPanel(number: CardNumber, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let network = use_network();
    let digits = number.digits().to_owned();
    let copy = Callback::new(move |()| {
        let digits = digits.clone();
        spawn_local(async move {
            let is_copied = page::copy(&digits).await;
            let text = if is_copied {
                wording.copied
            } else {
                wording.copy_failed
            };
            toast.try_set(Some(text.into()));
        });
    });
    let shown = move || {
        if network.is_online() {
            number.grouped()
        } else {
            number.masked().grouped()
        }
    };
    view! {
        <section class="panel">
            <div class="panel__number">
                <div>
                    <h2 class="panel__title">{wording.number}</h2>
                    <p class="panel__digits">{shown}</p>
                </div>
                <Button label=wording.copy_number on_click=copy />
            </div>
        </section>
    }
}
