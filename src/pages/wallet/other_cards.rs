//! The cards beside the one in use: in groups, searched and sorted.

use kabao_core::domain::card_list::{CardList, SEARCHABLE_FROM, fingerprint};
use leptos::{html, prelude::*};

use super::{current_card::CURRENT_CARD, list_window::ListWindow};
use crate::{
    browser::{motion, page},
    components::card_face::{AvatarAction, CardFace, CardFaceSize},
    i18n::use_wording,
    pages::{
        card_links::open_action,
        lazy::{LazyPart, LazyWindow, Part},
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
    let list = Memo::new(move |_| wallet.card_list().unwrap_or_default());
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
            id="pinned-cards"
            title=Signal::stored(wording.pinned.to_owned())
            hint=hint(|_| true)
            list
            cards=|list| &list.pinned
        />
        <Group
            id="cards-of-merchant"
            title=Signal::derive(of_merchant)
            hint=hint(|list| list.pinned.is_empty())
            list
            cards=|list| &list.in_focus
        />
        <Group
            id="cards-of-others"
            title=Signal::stored(wording.others.to_owned())
            hint=hint(|list| list.pinned.is_empty() && list.in_focus.is_empty())
            list
            cards=|list| &list.others
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
    /// Of the list's element.
    id: &'static str,
    title: Signal<String>,
    /// How to switch, beside the first avatars that do.
    hint: Signal<Option<&'static str>>,
    list: Memo<CardList>,
    /// Those of the group.
    cards: fn(&CardList) -> &Vec<usize>,
) -> impl IntoView {
    let wallet = use_wallet();
    let hint = move || {
        hint.get()
            .map(|hint| view! { <p class="section-hint">{hint}</p> })
    };
    // The list changes with the other groups, too.
    let places = Memo::new(move |_| list.with(|list| cards(list).clone()));
    let is_empty = Memo::new(move |_| places.with(Vec::is_empty));
    let heading = move || {
        (!is_empty.get()).then(|| {
            view! {
                <div class="section-head">
                    <h2 class="section-title">{title}</h2>
                    {hint}
                </div>
            }
        })
    };
    let window = ListWindow::of(id, places);
    let is_long = Memo::new(move |_| window.is_needed());
    let key_of = move |place: usize| {
        wallet.with(|shown| {
            let card = shown.wallet.cards.get(place)?;
            let merchant = shown.wallet.merchant(&card.merchant_id)?;
            Some((card.id.clone(), fingerprint(card, merchant)))
        })
    };
    let rows = move || -> Vec<_> {
        let places = window.shown().into_iter();
        places.map(|place| (place, key_of(place))).collect()
    };
    view! {
        {heading}
        // Before the rows, because it says which of them are drawn.
        {move || is_long.get().then(|| view! { <LazyWindow window /> })}
        <ul id=id class="wallet__list">
            <For
                each=rows
                // A card whose data has changed is drawn anew; a switch moves two.
                key=|row| row.clone()
                children=move |(place, _)| view! { <OtherCard place /> }
            />
        </ul>
    }
}

#[component]
fn OtherCard(
    /// Of the card in the wallet.
    place: usize,
) -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    let router = use_router();
    let (card, merchant) = wallet.card_at(place)?;
    let id = card.id.clone();
    let row = NodeRef::<html::Li>::new();
    let avatar_action = AvatarAction {
        label: (wording.switch_to)(&merchant.name, card.number.last_four()),
        on_click: Callback::new(move |()| {
            wallet.switch_to(id.clone());
            page::focus_soon(CURRENT_CARD);
            // It comes up from where it was, and the eye goes with it.
            if let Some(row) = row.get_untracked() {
                motion::slide_from(&row, CURRENT_CARD);
            }
        }),
    };
    let open_action = open_action(router, &card, &merchant);
    Some(view! {
        <li node_ref=row>
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
