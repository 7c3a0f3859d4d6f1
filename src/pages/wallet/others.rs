//! The cards beside the one in use: in groups, searched and sorted.

use std::rc::Rc;

use super::{KNOWS_SWITCHING, WalletPage};
use crate::{
    browser::{
        dom::{Element, View, element, group, live},
        storage::{self, Kept},
    },
    components::{
        card_face::{AvatarAction, CardFace, CardFaceSize},
        choice::choice,
    },
    signal::{Signal, derived},
};
use kabao_core::domain::{
    card::Card,
    card_list::{CardList, SEARCHABLE_FROM, SortBy},
    id::CardId,
    merchant::Merchant,
};

impl WalletPage {
    /// The other cards: the avatar of each switches to it, the rest of it opens
    /// it.
    pub(super) fn others_view(self) -> View {
        // A card whose data has changed is drawn anew; a switch only moves two.
        let cards = derived(move || {
            self.wallet.with(|wallet| {
                let wallet = wallet.as_ref()?;
                Some((wallet.cards.clone(), wallet.merchants.clone()))
            })
        });
        let shown = derived(move || self.switcher.shown());
        let list = derived(move || {
            let sort = SortBy::ALL[self.sort.get() % SortBy::ALL.len()];
            let query = self.query.get();
            let shown = shown.get();
            self.wallet.with(|wallet| {
                let wallet = wallet.as_deref()?;
                Some(CardList::of(wallet, shown.as_ref(), &query, sort))
            })
        });
        let count =
            derived(move || cards.with(|cards| cards.as_ref().map_or(0, |(cards, _)| cards.len())));
        let has_others = derived(move || {
            let others = count.get() - usize::from(shown.get().is_some()).min(count.get());
            others > 0
        });
        let is_searchable = derived(move || count.get() >= SEARCHABLE_FROM);
        let has_found =
            derived(move || list.with(|list| list.as_ref().is_some_and(|list| !list.is_empty())));
        live(move || {
            has_others.get().then(|| {
                let wording = self.app.wording();
                let knows = storage::get(Kept::OnThisDevice, KNOWS_SWITCHING).is_some();
                let hint = (!knows).then(|| {
                    element("p")
                        .class("section-hint")
                        .text(wording.switching.hint)
                });
                let focus = derived(move || self.focus_name());
                let in_focus_title = move || {
                    let name = focus.get().unwrap_or_default();
                    (wording.wallet.others_of)(&name)
                };
                element("section")
                    .class("wallet__others")
                    .attribute("aria-label", wording.wallet.others)
                    .children(hint)
                    .live(move || is_searchable.get().then(|| self.search_view()))
                    .child(self.group_view(cards, list, in_focus_title, |list| &list.in_focus))
                    .child(self.group_view(
                        cards,
                        list,
                        move || wording.wallet.others.to_owned(),
                        |list| &list.others,
                    ))
                    .child(element("div").attribute("role", "status").live(move || {
                        (!has_found.get()).then(|| {
                            element("p")
                                .class("wallet__none")
                                .text(wording.wallet.none_found)
                        })
                    }))
            })
        })
    }

    /// The name of the merchant in focus, which is that of the card in use.
    fn focus_name(self) -> Option<String> {
        self.seen.with(|seen| {
            let merchant = seen.as_deref()?.merchant_in_focus()?;
            Some(merchant.name.clone())
        })
    }

    /// A way to find one card among many.
    fn search_view(self) -> View {
        let wording = &self.app.wording().wallet;
        let field = element("input")
            .class("field__input field__input--search")
            .attribute("type", "search")
            .attribute("enterkeyhint", "search")
            .attribute("autocomplete", "off")
            .attribute("aria-label", wording.search)
            .attribute("placeholder", wording.search_placeholder)
            .on_input(move |field| self.query.set(field.value()));
        let orders = SortBy::ALL.map(wording.sort_by);
        group([field, choice(wording.sort, &orders, self.sort)])
    }

    /// One group of the other cards, with its title while there are any.
    fn group_view(
        self,
        cards: Signal<Option<(Vec<Card>, Vec<Merchant>)>>,
        list: Signal<Option<CardList>>,
        title: impl Fn() -> String + 'static,
        of: fn(&CardList) -> &Vec<CardId>,
    ) -> View {
        let title = Rc::new(title);
        let ids = derived(move || {
            list.with(|list| {
                let ids = of(list.as_ref()?).iter();
                Some(ids.map(|id| id.as_str().to_owned()).collect::<Vec<_>>())
            })
            .unwrap_or_default()
        });
        let has_any = derived(move || ids.with(|ids| !ids.is_empty()));
        let heading = move || {
            let title = Rc::clone(&title);
            has_any.get().then(|| {
                element("h2")
                    .class("section-title")
                    .live_text(move || title())
            })
        };
        let list = move || {
            cards.follow();
            element("ul").class("wallet__list").live_children(
                move || ids.get(),
                move |id| {
                    cards.with_untracked(|cards| {
                        let found = cards.as_ref().and_then(|(cards, merchants)| {
                            let card = cards.iter().find(|card| card.id.as_str() == id)?;
                            let is_its = |merchant: &&Merchant| merchant.id == card.merchant_id;
                            Some((card, merchants.iter().find(is_its)?))
                        });
                        element("li")
                            .children(found.map(|(card, merchant)| self.other_view(card, merchant)))
                    })
                },
            )
        };
        group([live(heading), live(list)])
    }

    fn other_view(self, card: &Card, merchant: &Merchant) -> Element {
        let wording = self.app.wording();
        let id = card.id.clone();
        let avatar_action = AvatarAction {
            label: (wording.switching.switch_to)(&merchant.name, card.number.last_four()),
            on_press: Box::new(move || self.switcher.tap(id.clone())),
        };
        CardFace {
            card,
            merchant,
            wording: &wording.card,
            size: CardFaceSize::Compact,
            is_in_use: false,
            avatar_action: Some(avatar_action),
            open_action: self.open_action(card, merchant),
        }
        .view()
    }
}
