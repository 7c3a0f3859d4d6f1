//! One card.

mod coupon;
mod coupons;
mod details;
mod facts;
mod history;
mod lapses;
mod level;
mod number;
mod paged;
mod pin;
mod timeline;

use kabao_core::{
    domain::id::{AccountId, CardId},
    wire::card::CardInFull,
};
use leptos::prelude::*;

use self::{details::Details, history::History, pin::PinButton};
use super::{header::PageHeader, load::Load, loaded::Loaded};
use crate::{
    browser::page,
    components::toast::{Toast, ToastHost},
    i18n::CardPageWording,
    store::{backend::use_backend, wallet::use_wallet},
};

/// Everything about one card. What the wallet knows of it is shown at once.
#[component]
pub(crate) fn CardPage(account: AccountId, card: CardId) -> impl IntoView {
    let title = CardPageWording::in_use().card_title;
    page::set_title(title);
    let toast = RwSignal::new(None::<Toast>);
    let load = load(account.clone(), card.clone());
    // It tells what this device keeps at the top, and where to order.
    use_wallet().know(&account);
    let header = view! { <PageHeader title account=account.clone() /> };
    view! {
        {header}
        <Loaded load>
            <Details load toast />
            <History account=account.clone() card=card.clone() />
            <PinButton card=card.clone() />
        </Loaded>
        <ToastHost message=toast />
    }
}

fn load(account: AccountId, card: CardId) -> Load<CardInFull> {
    let backend = use_backend();
    let wallet = use_wallet();
    let known = wallet.card_untracked(&card).and_then(|(card, merchant)| {
        let as_of = untrack(|| wallet.as_of())?;
        Some(CardInFull {
            card,
            merchant,
            as_of,
        })
    });
    Load::start(known, move || backend.client().card(&account, &card))
}
