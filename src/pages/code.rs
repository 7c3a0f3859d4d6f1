//! A card's member code.

mod loader;
mod offline_code;
mod plate;

use kabao_core::domain::id::{AccountId, CardId};
use leptos::prelude::*;

use self::{
    loader::{CodeLoader, Shown},
    plate::{CardName, Plate},
};
use super::{header::PageHeader, problem::ProblemPage};
use crate::{
    browser::{page, wake_lock, wechat},
    components::skeleton::Skeleton,
    i18n::CodeWording,
    store::{failure::Failure, wallet::use_wallet},
};

/// The code that the shop scans. One that has ended is never shown.
#[component]
pub(crate) fn CodePage(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CodeWording::in_use();
    page::set_title(wording.title);
    wake_lock::keep_screen_on();
    wechat::hide_share_menu();
    let name = name_of(&card);
    let header = view! { <PageHeader title=wording.title account=account.clone() /> };
    let loader = CodeLoader::start(account, card);
    let shown = Memo::new(move |_| loader.shown());
    // The plate stays where it is when the code on it changes.
    let screen = Memo::new(move |_| match shown.get() {
        Shown::Code(_) | Shown::Offline(_) => Screen::Plate,
        Shown::Failed(failure) => Screen::Failed(failure),
        Shown::Loading => Screen::Loading,
    });
    let body = move || match screen.get() {
        Screen::Plate => view! { <Plate shown name=name.clone() loader /> }.into_any(),
        Screen::Failed(failure) => {
            view! { <ProblemPage failure retry=Some(loader.retry()) /> }.into_any()
        }
        Screen::Loading => view! { <Skeleton label=wording.refreshing /> }.into_any(),
    };
    view! {
        {header}
        {body}
    }
}

#[derive(Clone, PartialEq)]
enum Screen {
    Loading,
    Plate,
    Failed(Failure),
}

/// How the card is called, as far as the wallet knows it.
fn name_of(card: &CardId) -> CardName {
    let wallet = use_wallet();
    let name = untrack(|| {
        wallet.with(|shown| {
            let card = shown.wallet.card(card)?;
            let merchant = shown.wallet.merchant(&card.merchant_id);
            Some(CardName {
                merchant: merchant.map(|merchant| merchant.name.clone()),
                last_four: card.number.last_four().to_owned(),
            })
        })
    });
    name.unwrap_or_default()
}
