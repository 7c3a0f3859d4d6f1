//! Whose wallet it is.

use kabao_core::route::Route;
use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    components::{avatar::Avatar, notice::BriefNotice},
    i18n::use_wording,
    router::use_router,
    store::wallet::use_wallet,
};

/// The account, the merchant in focus, and the way to the fan's profile.
#[component]
pub(super) fn Strip() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let router = use_router();
    move || {
        let (account, merchant) =
            wallet.with(|shown| Some((shown.wallet.account.clone(), shown.merchant().cloned())))?;
        let changed = account.changed_from.as_deref().map(|from| {
            let text = (wording.account_changed_text)(from, &account.name);
            view! { <BriefNotice title=wording.account_changed_title text /> }
        });
        let profile = Route::Profile(account.id);
        let href = router.href(&profile);
        let open_profile = move |event: MouseEvent| {
            event.prevent_default();
            router.push(profile.clone());
        };
        let account_line = (wording.account)(&account.name, account.kind);
        let (name, url) = match merchant {
            Some(merchant) => (merchant.name, merchant.avatar_url),
            None => (account.name, None),
        };
        Some(view! {
            <header class="strip">
                <Avatar name=name.clone() url />
                <div class="strip__names">
                    <h1 class="strip__merchant name" dir="auto">{name}</h1>
                    <p class="strip__account name">{account_line}</p>
                </div>
                <a
                    class="strip__profile"
                    href=href
                    aria-label=wording.profile
                    on:click=open_profile
                >
                    {wording.me}
                </a>
            </header>
            {changed}
        })
    }
}
