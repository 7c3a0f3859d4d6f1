//! What comes below the cards. It is in the lazy module, because it is below the
//! first screen.

use kabao_core::domain::wallet::{Following, Lead};
use leptos::prelude::*;

use super::account_changed::AccountChanged;
use crate::{
    components::button::{Button, Emphasis},
    i18n::use_wording,
    pages::{card_links::to_claim, closable::ClosableNotice, code::offline_code},
    router::use_router,
    store::wallet::use_wallet,
};

/// Ways to more cards, news of the account, and the other entries of its menu.
#[component]
pub(crate) fn WalletFooter() -> impl IntoView {
    let wallet = use_wallet();
    offline_code::keep_current(wallet);
    let is_in_order = Memo::new(move |_| wallet.lead() == Some(Lead::Nothing));
    view! {
        {move || is_in_order.get().then(|| view! { <FindMore /> })}
        <AccountChanged />
        <FollowNotice />
        <MenuLinks />
    }
}

/// A way to more cards for a fan whose wallet is in order.
#[component]
fn FindMore() -> impl IntoView {
    let label = use_wording().wallet.find_more;
    view! { <Button label emphasis=Emphasis::Quiet on_click=to_claim(use_router()) /> }
}

/// How to follow the account. It blocks nothing.
#[component]
fn FollowNotice() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let account = Memo::new(move |_| wallet.with(|shown| Some(shown.wallet.account.clone())));
    move || {
        let account = account.get()?;
        let qr_url = account.qr_url?;
        let title = (wording.follow_title)(&account.name);
        let alt = (wording.follow_qr)(&account.name);
        (account.following == Following::NotFollowing).then(|| {
            let key = format!("follow.{}", account.id.as_str());
            let qr_url = qr_url.as_str().to_owned();
            view! {
                <ClosableNotice key title text=wording.follow_text.to_owned()>
                    <img class="notice__qr" src=qr_url.clone() alt=alt.clone() />
                </ClosableNotice>
            }
        })
    }
}

/// The other entries of the account's menu.
#[component]
fn MenuLinks() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let links = Memo::new(move |_| {
        let links = wallet.with(|shown| Some(shown.wallet.account.links.clone()));
        links.unwrap_or_default()
    });
    move || {
        let links: Vec<_> = links
            .get()
            .into_iter()
            .map(|link| {
                view! {
                    <li>
                        <a class="menu__link" href=link.url.as_str().to_owned()>
                            {link.label}
                        </a>
                    </li>
                }
            })
            .collect();
        (!links.is_empty()).then(|| {
            view! {
                <nav class="menu" aria-label=wording.menu>
                    <ul class="menu__list">{links}</ul>
                </nav>
            }
        })
    }
}
