//! The cards beside the one in use: in groups, searched and sorted.

use kabao_core::domain::{
    card_list::{CardList, CardRow, SEARCHABLE_FROM},
    id::CardId,
};
use leptos::{html, prelude::*};

use super::current_card::CURRENT_CARD;
use crate::{
    browser::{motion, page},
    components::card_face::{AvatarAction, CardFace, CardFaceSize},
    i18n::use_wording,
    pages::{
        card_links::open_action,
        lazy::{LazyPart, Part},
    },
    router::use_router,
    store::wallet::use_wallet,
};

/// The other cards: the avatar of each switches to it, the rest of it opens it.
#[component]
pub(super) fn OtherCards() -> impl IntoView {
    let wording = use_wording();
    let wallet = use_wallet();
    let has_others = Memo::new(move |_| {
        wallet
            .with(|shown| shown.other_cards().next().map(|_| ()))
            .is_some()
    });
    let is_searchable = Memo::new(move |_| {
        let count = wallet.with(|shown| Some(shown.wallet.cards.len()));
        count.is_some_and(|count| count >= SEARCHABLE_FROM)
    });
    move || {
        has_others.get().then(|| {
            view! {
                <section class="wallet__others" aria-label=wording.wallet.others>
                    {move || {
                        is_searchable
                            .get()
                            .then(|| {
                                view! {
                                    <div class="wallet__search">
                                        <LazyPart part=Part::Search />
                                    </div>
                                }
                            })
                    }}
                    <Groups />
                </section>
            }
        })
    }
}

#[component]
fn Groups() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let controls = wallet.controls;
    let list = Memo::new(move |_| {
        let arrangement = controls.arrangement.get();
        let list = wallet.with_pinned(|pinned| {
            wallet.with(|shown| {
                Some(CardList::of(
                    shown.wallet,
                    shown.current,
                    pinned,
                    &arrangement,
                ))
            })
        });
        list.unwrap_or_default()
    });
    // It stands where the first avatars are.
    let hint = move |is_first: fn(&CardList) -> bool| {
        let text = use_wording().switching.hint;
        let hint = move || {
            let is_needed = !wallet.knows_switching() && list.with(is_first);
            is_needed.then_some(text)
        };
        Signal::derive(hint)
    };
    let of_merchant = move || {
        let name = wallet.with(|shown| Some(shown.merchant()?.name.clone()));
        (wording.others_of)(&name.unwrap_or_default())
    };
    view! {
        <Group
            title=Signal::stored(wording.pinned.to_owned())
            hint=hint(|_| true)
            rows=Signal::derive(move || list.get().pinned)
        />
        <Group
            title=Signal::derive(of_merchant)
            hint=hint(|list| list.pinned.is_empty())
            rows=Signal::derive(move || list.get().in_focus)
        />
        <Group
            title=Signal::stored(wording.others.to_owned())
            hint=hint(|list| list.pinned.is_empty() && list.in_focus.is_empty())
            rows=Signal::derive(move || list.get().others)
        />
        <div role="status">
            {move || {
                list.with(CardList::is_empty)
                    .then(|| view! { <p class="wallet__none">{wording.none_found}</p> })
            }}
        </div>
    }
}

/// One group of cards, with its title while there are any.
#[component]
fn Group(
    title: Signal<String>,
    /// How to switch, beside the first avatars that do.
    hint: Signal<Option<&'static str>>,
    rows: Signal<Vec<CardRow>>,
) -> impl IntoView {
    let hint = move || {
        hint.get()
            .map(|hint| view! { <p class="section-hint">{hint}</p> })
    };
    let heading = move || {
        (!rows.with(Vec::is_empty)).then(|| {
            view! {
                <div class="section-head">
                    <h2 class="section-title">{title}</h2>
                    {hint}
                </div>
            }
        })
    };
    view! {
        {heading}
        <ul class="wallet__list">
            <For
                each=move || rows.get()
                // A card whose data has changed is drawn anew; a switch moves two.
                key=|row| (row.id.clone(), row.fingerprint)
                children=|row| view! { <OtherCard id=row.id /> }
            />
        </ul>
    }
}

#[component]
fn OtherCard(id: CardId) -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    let router = use_router();
    let (card, merchant) = wallet.card_untracked(&id)?;
    let place = NodeRef::<html::Li>::new();
    let avatar_action = AvatarAction {
        label: (wording.switch_to)(&merchant.name, card.number.last_four()),
        on_click: Callback::new(move |()| {
            wallet.switch_to(id.clone());
            page::focus_soon(CURRENT_CARD);
            // It comes up from where it was, and the eye goes with it.
            if let Some(place) = place.get_untracked() {
                motion::slide_from(&place, CURRENT_CARD);
            }
        }),
    };
    let open_action = open_action(router, &card, &merchant);
    Some(view! {
        <li node_ref=place>
            <CardFace
                card
                merchant
                size=CardFaceSize::Compact
                avatar_action=Some(avatar_action)
                open_action
            />
        </li>
    })
}
