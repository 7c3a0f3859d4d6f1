//! Whose wallet it is.

use kabao_core::{domain::wallet::AccountKind, route::Route};
use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    components::avatar::Avatar, i18n::use_wording, router::use_router, store::wallet::use_wallet,
};

/// The account and who runs it, and the way to the fan's profile. An account of
/// its own has the shop's picture; in a shared one the card names the shop.
#[component]
pub(super) fn Strip() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let router = use_router();
    let account_and_shop = Memo::new(move |_| {
        wallet.with(|shown| {
            let account = &shown.wallet.account;
            let shop = shown
                .merchant()
                .filter(|_| account.kind == AccountKind::Own);
            Some((account.clone(), shop.cloned()))
        })
    });
    move || {
        let (account, shop) = account_and_shop.get()?;
        let picture = shop.map(|shop| {
            view! { <Avatar name=shop.name color=shop.brand_color url=shop.avatar_url /> }
        });
        let profile = Route::Profile(account.id);
        let href = router.href(&profile);
        let open_profile = move |event: MouseEvent| {
            event.prevent_default();
            router.push(profile.clone());
        };
        Some(view! {
            <header class="strip">
                {picture}
                <h1 class="strip__account name">
                    <span>
                        <bdi>{account.name}</bdi>
                        <span class="strip__whose">{(wording.account)(account.kind)}</span>
                    </span>
                </h1>
                <a
                    class="strip__profile"
                    href=href
                    aria-label=wording.profile
                    on:click=open_profile
                >
                    {wording.me}
                </a>
            </header>
        })
    }
}
