//! A card's member code.

mod full_screen;
mod loader;
pub(super) mod offline_code;
mod plate;

use kabao_core::{
    domain::id::{AccountId, CardId},
    route::Route,
};
use leptos::prelude::*;

use self::{
    loader::{CodeLoader, Shown},
    plate::Plate,
};
use super::{header::QuietHeader, retry::Retry};
use crate::{
    browser::{page, wake_lock, wechat},
    components::skeleton::Skeleton,
    i18n::CodeWording,
    router::use_router,
    store::{failure::Failure, wallet::use_wallet},
};

/// Shows a problem in place of the page. The code's module explains none itself.
pub(crate) type ProblemView = fn(Failure, Retry) -> AnyView;

/// The code that the shop scans. One that has ended is never shown.
#[component]
pub(crate) fn CodePage(account: AccountId, card: CardId, problem: ProblemView) -> impl IntoView {
    let wording = CodeWording::in_use();
    let wallet = use_wallet();
    page::set_title(wording.title);
    wake_lock::keep_screen_on();
    wechat::hide_share_menu();
    wallet.know(&account);
    let known = {
        let id = card.clone();
        Memo::new(move |_| {
            wallet.with(|shown| {
                let card = shown.wallet.card(&id)?;
                let merchant = shown.wallet.merchant(&card.merchant_id);
                Some((card.clone(), merchant.cloned()))
            })
        })
    };
    let header = view! { <QuietHeader title=wording.title account=account.clone() /> };
    let loader = CodeLoader::start(account, card);
    let shown = Memo::new(move |_| loader.shown());
    let is_full_screen = RwSignal::new(false);
    // The plate stays where it is when the code on it changes.
    let screen = Memo::new(move |_| match shown.get() {
        Shown::Code(_) | Shown::Offline(_) => Screen::Plate,
        Shown::Failed(failure) => Screen::Failed(failure),
        Shown::Loading => Screen::Loading,
    });
    let body = move || match screen.get() {
        Screen::Plate => view! { <Plate shown card=known loader is_full_screen /> }.into_any(),
        Screen::Failed(failure) => problem(failure, loader.retry()),
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

/// The code of the card in use, once the wallet has told which one that is. A fan
/// who has none is led to the wallet, which knows how to get one.
#[component]
pub(crate) fn CurrentCodePage(account: AccountId, problem: ProblemView) -> impl IntoView {
    let wording = CodeWording::in_use();
    let wallet = use_wallet();
    let router = use_router();
    wallet.know(&account);
    offline_code::keep_current(wallet);
    let card = {
        let account = account.clone();
        Memo::new(move |_| {
            let known = wallet.with(|shown| Some(shown.current.cloned()));
            known.or_else(|| offline_code::last_current(&account, &wallet.failure()?).map(Some))
        })
    };
    move || match card.get() {
        Some(Some(card)) => view! { <CodePage account=account.clone() card problem /> }.into_any(),
        Some(None) => {
            router.replace(Route::Wallet(account.clone()));
            ().into_any()
        }
        None => match wallet.failure() {
            Some(failure) => problem(failure, Retry::of_wallet(wallet)),
            None => view! { <Skeleton label=wording.refreshing /> }.into_any(),
        },
    }
}
