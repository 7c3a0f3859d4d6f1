//! One card.

use leptos::{prelude::*, task::spawn_local};

use super::failure::FailureView;
use crate::{
    api::wire::CardInFull,
    browser::{clock, page},
    components::{
        button::{Button, Emphasis},
        card_face::{CardFace, CardFaceSize},
        page_header::PageHeader,
        skeleton::Skeleton,
        toast::Toast,
    },
    context::{AppContext, Failure, use_app},
    domain::{
        card::{AccountId, Card, CardId, CardKind, CardOrigin, CardStatus},
        money::grouped,
        timestamp::Timestamp,
    },
    route::Route,
};

/// Everything about one card.
#[component]
pub fn CardPage(
    /// The account that the fan is in.
    account: AccountId,
    /// The card.
    card: CardId,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    page::set_title(wording.card.number);
    let toast = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    // The wallet that was just seen has most of it, so it is shown at once.
    let known = app.wallet(&account).and_then(|wallet| {
        let card = wallet.card(&card)?.clone();
        let merchant = wallet.merchant(&card.merchant_id)?.clone();
        Some(CardInFull {
            card,
            merchant,
            as_of: wallet.as_of,
        })
    });
    let shown = RwSignal::new(known);
    let key = StoredValue::new((account.clone(), card));
    let load = move || {
        spawn_local(async move {
            let Some((account, card)) = key.try_get_value() else {
                return;
            };
            match app.client().card(&account, &card).await {
                Ok(card) => {
                    let _ = failure.try_set(None);
                    let _ = shown.try_set(Some(card));
                }
                Err(error) => {
                    let _ = failure.try_set(Some(app.fail(&account, error)));
                }
            }
        });
    };
    load();
    page::on_return(load);
    let wallet_route = Route::Wallet(account);
    let back_href = app.href(&wallet_route);
    let on_back = Callback::new(move |()| app.back(&wallet_route));
    view! {
        <PageHeader
            title=wording.app.title
            back_label=wording.app.back
            back_href
            on_back
        />
        {move || match (failure.get(), shown.get()) {
            (Some(failure), _) => {
                let retry = Callback::new(move |()| load());
                view! { <FailureView failure on_retry=retry /> }.into_any()
            }
            (None, Some(shown)) => card_view(app, shown, toast).into_any(),
            (None, None) => view! { <Skeleton label=wording.app.loading /> }.into_any(),
        }}
        <Toast message=toast />
    }
}

fn card_view(app: AppContext, shown: CardInFull, toast: RwSignal<Option<String>>) -> impl IntoView {
    let wording = app.wording();
    let CardInFull {
        card,
        merchant,
        as_of,
    } = shown;
    let date = |at: Timestamp| at.wall_time(clock::utc_offset()).date();
    let next_step = match card.status {
        CardStatus::Active | CardStatus::Unknown => None,
        CardStatus::Frozen => Some(wording.card.frozen_next_step),
        CardStatus::Lost => Some(wording.card.lost_next_step),
        CardStatus::Expired => Some(wording.card.expired_next_step),
    };
    let show_code = card.status.is_usable().then(|| {
        let id = card.id.clone();
        let show = Callback::new(move |()| {
            if let Some(account) = app.route().account() {
                app.go(Route::Code(account.clone(), id.clone()));
            }
        });
        view! { <Button label=wording.wallet.show_code emphasis=Emphasis::Primary on_press=show /> }
    });
    let digits = card.number.digits().to_owned();
    let copy = Callback::new(move |()| {
        let digits = digits.clone();
        spawn_local(async move {
            let message = if page::copy(&digits).await {
                wording.card.copied
            } else {
                wording.card.copy_failed
            };
            let _ = toast.try_set(Some(message.to_owned()));
        });
    });
    let facts: Vec<_> = facts(app, &card, date)
        .into_iter()
        .map(|(term, fact)| view! { <div class="facts__row"><dt>{term}</dt><dd>{fact}</dd></div> })
        .collect();
    let benefits: Vec<_> = card
        .level
        .benefits
        .iter()
        .map(|benefit| view! { <li>{benefit.clone()}</li> })
        .collect();
    let next_level = card.level.next.as_ref().map(|next| {
        let missing = next.at_points.saturating_sub(card.points).max(0);
        view! { <p class="level__next">{(wording.card.next_level)(&next.name, &grouped(missing))}</p> }
    });
    let level_name = card.level.name.clone();
    let number = card.number.grouped();
    view! {
        <CardFace card merchant wording=&wording.card size=CardFaceSize::Full />
        {next_step.map(|text| view! { <p class="wallet__next-step">{text}</p> })}
        {show_code}
        <section class="panel">
            <div class="panel__number">
                <div>
                    <h2 class="panel__title">{wording.card.number}</h2>
                    <p class="panel__digits">{number}</p>
                </div>
                <Button label=wording.card.copy_number emphasis=Emphasis::Secondary on_press=copy />
            </div>
        </section>
        <section class="panel">
            <h2 class="panel__title">{wording.card.benefits} " · " {level_name}</h2>
            <ul class="level__benefits">{benefits}</ul>
            {next_level}
        </section>
        <section class="panel">
            <dl class="facts">{facts}</dl>
            <p class="panel__as-of">
                {(wording.card.as_of)(&as_of.wall_time(clock::utc_offset()).time_of_day())}
            </p>
        </section>
    }
}

fn facts(
    app: AppContext,
    card: &Card,
    date: impl Fn(Timestamp) -> String,
) -> Vec<(&'static str, String)> {
    let wording = &app.wording().card;
    let kind = match card.kind {
        CardKind::Online => Some(wording.kind_online),
        CardKind::Physical => Some(wording.kind_physical),
        CardKind::Unknown => None,
    };
    let origin = match card.origin {
        CardOrigin::IssuedAutomatically => Some(wording.origin_issued),
        CardOrigin::Claimed => Some(wording.origin_claimed),
        CardOrigin::Opened => Some(wording.origin_opened),
        CardOrigin::FoundByPhone => Some(wording.origin_found),
        CardOrigin::Unknown => None,
    };
    [
        (wording.kind, kind.map(str::to_owned)),
        (wording.origin, origin.map(str::to_owned)),
        (wording.previous_account, card.previous_account_name.clone()),
        (wording.valid_until, card.expires_at.map(date)),
    ]
    .into_iter()
    .filter_map(|(term, fact)| Some((term, fact?)))
    .collect()
}
