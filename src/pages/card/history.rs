use kabao_core::domain::id::{AccountId, CardId};
use leptos::prelude::*;

use super::{coupons::Coupons, timeline::Timeline};
use crate::{components::segmented_control::SegmentedControl, i18n::CardPageWording};

/// What has happened on the card, and its coupons.
#[component]
pub(super) fn History(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let chosen = RwSignal::new(0);
    let shown = Memo::new(move |_| chosen.get());
    let list = move || {
        let (account, card) = (account.clone(), card.clone());
        match shown.get() {
            0 => view! { <Timeline account card /> }.into_any(),
            _ => view! { <Coupons account card /> }.into_any(),
        }
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{wording.title}</h2>
            <SegmentedControl
                label=wording.title
                options=vec![wording.entries_title, wording.coupons_title]
                chosen
            />
            {list}
        </section>
    }
}
