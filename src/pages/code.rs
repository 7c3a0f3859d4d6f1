//! A card's member code.

use core::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::failure::FailureView;
use crate::{
    browser::{clock, page},
    components::{page_header::PageHeader, qr_code::QrCode, skeleton::Skeleton},
    context::{Failure, use_app},
    domain::{
        card::{AccountId, CardId, CardNumber},
        member_code::MemberCode,
        timestamp::Timestamp,
    },
    route::Route,
};

/// The code that the shop scans. A code that has expired is never shown.
#[component]
pub fn CodePage(
    /// The account that the fan is in.
    account: AccountId,
    /// The card whose code it is.
    card: CardId,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    page::set_title(wording.code.title);
    let code = RwSignal::new(None::<(MemberCode, Timestamp)>);
    let failure = RwSignal::new(None::<Failure>);
    let is_loading = StoredValue::new(false);
    let now = RwSignal::new(app.now());
    let key = StoredValue::new((account.clone(), card.clone()));

    let load = move || {
        if is_loading.get_value() {
            return;
        }
        is_loading.set_value(true);
        spawn_local(async move {
            let Some((account, card)) = key.try_get_value() else {
                return;
            };
            let result = app.client().code(&account, &card).await;
            if is_loading.try_set_value(false).is_some() {
                return;
            }
            match result {
                Ok(next) => {
                    now.set(app.now());
                    failure.set(None);
                    code.set(Some((next, app.now())));
                }
                Err(error) => failure.set(Some(app.fail(&account, error))),
            }
        });
    };
    load();
    page::on_return(move || {
        now.set(app.now());
        load();
    });
    let seconds_to_refresh = Memo::new(move |_| {
        let now = now.get();
        code.with(|code| {
            let (code, received_at) = code.as_ref()?;
            let wait = i64::from(code.refresh_after?) * 1000;
            let left = wait - now.since(*received_at);
            Some(u32::try_from((left + 999) / 1000).unwrap_or_default())
        })
    });
    clock::every(Duration::from_millis(500), move || {
        now.set(app.now());
        if seconds_to_refresh.get_untracked() == Some(0) {
            load();
        }
    });

    let valid = Memo::new(move |_| {
        let now = now.get();
        code.with(|code| {
            code.as_ref()
                .map(|(code, _)| code)
                .filter(|code| code.is_valid(now))
                .cloned()
        })
    });
    let last_four = app.with_wallet(|wallet| {
        let card = wallet?.card(&card)?;
        Some(card.number.last_four().to_owned())
    });
    let last_four = StoredValue::new(last_four.unwrap_or_default());
    let heading = app.with_wallet(|wallet| {
        let wallet = wallet?;
        let card = wallet.card(&card)?;
        let merchant = wallet.merchant(&card.merchant_id)?;
        let ending = (wording.card.ending_in)(card.number.last_four());
        Some(format!("{} · {ending}", merchant.name))
    });
    let wallet_route = Route::Wallet(account);
    let back_href = app.href(&wallet_route);
    let on_back = Callback::new(move |()| app.back(&wallet_route));
    view! {
        <PageHeader title=wording.code.title back_label=wording.app.back back_href on_back />
        {move || match (valid.get(), failure.get()) {
            (Some(code), _) => {
                let number = CardNumber::from(code.payload.clone());
                view! {
                    <section class="code-plate">
                        {heading.clone().map(|heading| view! { <h2 class="code-plate__card">{heading}</h2> })}
                        <p class="code-plate__instruction">{wording.code.instruction}</p>
                        <QrCode
                            payload=code.payload
                            label=(wording.code.picture)(&last_four.get_value())
                        />
                        <p class="code-plate__number" aria-label=wording.code.member_number>
                            {number.grouped()}
                        </p>
                        {move || {
                            seconds_to_refresh
                                .get()
                                .map(|seconds| {
                                    view! {
                                        <p class="code-plate__refresh">
                                            {(wording.code.refreshes_in)(seconds)}
                                        </p>
                                    }
                                })
                        }}
                    </section>
                    <p class="code-hint">{wording.code.brightness}</p>
                }
                    .into_any()
            }
            (None, Some(failure)) => {
                let retry = Callback::new(move |()| load());
                view! { <FailureView failure on_retry=retry /> }.into_any()
            }
            (None, None) => view! { <Skeleton label=wording.code.refreshing /> }.into_any(),
        }}
    }
}
