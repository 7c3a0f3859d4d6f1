//! A card's member code.

mod loader;
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
    i18n::{CodeWording, use_wording},
    store::wallet::use_wallet,
};

/// The code that the shop scans. One that has ended is never shown.
#[component]
pub(crate) fn CodePage(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CodeWording::in_use();
    page::set_title(wording.title);
    wake_lock::keep_screen_on();
    wechat::hide_share_menu();
    let name = use_wallet().card_untracked(&card).map(|(card, merchant)| {
        let last_four = card.number.last_four().to_owned();
        let ending = (use_wording().card.ending_in)(&last_four);
        CardName {
            title: format!("{} · {ending}", merchant.name),
            last_four,
        }
    });
    let name = name.unwrap_or_default();
    let loader = CodeLoader::start(account.clone(), card);
    let shown = Memo::new(move |_| loader.shown());
    let body = move || match shown.get() {
        Shown::Code(payload) => view! { <Plate payload name=name.clone() loader /> }.into_any(),
        Shown::Offline(payload) => {
            view! { <Plate payload name=name.clone() loader is_offline=true /> }.into_any()
        }
        Shown::Failed(failure) => {
            view! { <ProblemPage failure retry=Some(loader.retry()) /> }.into_any()
        }
        Shown::Loading => view! { <Skeleton label=wording.refreshing /> }.into_any(),
    };
    view! {
        <PageHeader title=wording.title account />
        {body}
    }
}
