//! The cards beside the one in use: which of them are shown, and in which order.

use core::{
    cmp::Reverse,
    hash::{Hash as _, Hasher as _},
};

use std::{collections::BinaryHeap, sync::Arc};

use rustc_hash::FxHasher;

use super::{
    card::Card,
    digits::{ascii_digit, is_separator},
    fold::{fold, folded},
    id::CardId,
    merchant::Merchant,
    wallet::{ShownWallet, Wallet},
};

/// From this many cards on, a wallet can be searched and sorted.
pub const SEARCHABLE_FROM: usize = 8;

/// What comes first in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The card that was used last.
    LastUse,
    /// The merchant whose name comes first: by pinyin initials where they are
    /// known.
    Name,
    /// The card with the most stored value.
    Balance,
}

impl SortBy {
    /// Every order there is.
    pub const ALL: [Self; 3] = [Self::LastUse, Self::Name, Self::Balance];
}

/// The cards beside the one in use, in groups: each by its place in
/// [`Wallet::cards`], because there can be thousands of them and few are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardList {
    /// Those that the fan has put at the top.
    pub pinned: Vec<usize>,
    /// Those of the merchant in focus.
    pub in_focus: Vec<usize>,
    /// Those of other merchants.
    pub others: Vec<usize>,
}

/// Another number once anything that a card shows has changed.
#[must_use]
pub fn fingerprint(card: &Card, merchant: &Merchant) -> u64 {
    let mut hasher = FxHasher::default();
    card.hash(&mut hasher);
    merchant.hash(&mut hasher);
    hasher.finish()
}

impl CardList {
    /// The cards of `wallet` beside `current`, as they are arranged.
    #[must_use]
    pub fn of(
        wallet: &Wallet,
        current: Option<&CardId>,
        pinned: &[CardId],
        arrangement: &Arrangement,
    ) -> Self {
        let shown = ShownWallet { wallet, current };
        let focus = shown.merchant_id();
        let cards: Vec<_> = wallet
            .cards
            .iter()
            .enumerate()
            .filter(|(_, card)| Some(&card.id) != current)
            .filter_map(|(place, card)| {
                let merchant = wallet.merchant(&card.merchant_id)?;
                Some(Row {
                    place,
                    card,
                    merchant,
                })
            })
            .filter(|row| (arrangement.shows)(row.card, row.merchant))
            .collect();
        let mut list = Self::default();
        for Row { place, card, .. } in (arrangement.sorted)(&cards) {
            let group = if pinned.contains(&card.id) {
                &mut list.pinned
            } else if card.merchant_id == *focus {
                &mut list.in_focus
            } else {
                &mut list.others
            };
            group.push(place);
        }
        list
    }

    /// Whether there is no card in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pinned.is_empty() && self.in_focus.is_empty() && self.others.is_empty()
    }
}

/// A card on its way into the list.
#[derive(Clone, Copy)]
struct Row<'a> {
    place: usize,
    card: &'a Card,
    merchant: &'a Merchant,
}

type Filter = dyn Fn(&Card, &Merchant) -> bool + Send + Sync;

/// Which cards are shown, and in which order. Until a fan searches or sorts it is
/// the default, which is all that the first screen needs.
#[derive(Clone)]
pub struct Arrangement {
    shows: Arc<Filter>,
    sorted: for<'a> fn(&[Row<'a>]) -> Vec<Row<'a>>,
}

impl Default for Arrangement {
    /// All of them, the one that was used last first.
    fn default() -> Self {
        Self {
            shows: Arc::new(|_, _| true),
            sorted: by_last_use,
        }
    }
}

impl Arrangement {
    /// The cards that match `query`, sorted.
    #[must_use]
    pub fn new(query: &str, sort: SortBy) -> Self {
        let query = Query::new(query);
        Self {
            shows: Arc::new(move |card, merchant| query.matches(card, merchant)),
            sorted: match sort {
                SortBy::LastUse => by_last_use,
                SortBy::Name => by_name,
                SortBy::Balance => by_balance,
            },
        }
    }
}

/// The only order that the first screen needs. A heap is less code than
/// the library's sort, and keeps what is equal in its order by its place.
fn by_last_use<'a>(cards: &[Row<'a>]) -> Vec<Row<'a>> {
    let places = cards.iter().enumerate();
    let heap: BinaryHeap<_> = places
        .map(|(place, row)| (Reverse(row.card.last_used_at), place))
        .collect();
    let sorted = heap.into_sorted_vec().into_iter();
    sorted.map(|(_, place)| cards[place]).collect()
}

fn by_name<'a>(cards: &[Row<'a>]) -> Vec<Row<'a>> {
    let mut cards = cards.to_vec();
    cards.sort_by(|one, other| letters(one.merchant).cmp(letters(other.merchant)));
    cards
}

fn by_balance<'a>(cards: &[Row<'a>]) -> Vec<Row<'a>> {
    let mut cards = cards.to_vec();
    cards.sort_by_key(|row| Reverse(row.card.balance));
    cards
}

/// 尾号: how people begin to name a card by the end of its number.
const TAIL: &str = "尾号";

/// What the merchant is sorted by, letter by letter.
fn letters(merchant: &Merchant) -> impl Iterator<Item = char> {
    merchant.sort_key().chars().map(fold)
}

/// What somebody searches for.
struct Query {
    /// Folded, without blanks.
    text: String,
    /// Its digits, if it is nothing but digits and what parts them.
    digits: Option<String>,
    /// What the card's number ends in, where that is what is asked for. It is
    /// empty until the first digit is typed, and every number ends in that.
    tail: Option<String>,
}

impl Query {
    fn new(typed: &str) -> Self {
        let text = searched(typed);
        let tail = text
            .strip_prefix(TAIL)
            .map(|tail| tail.trim_start_matches(':'));
        Self {
            digits: all_digits(&text).filter(|digits| !digits.is_empty()),
            tail: tail.and_then(all_digits),
            text,
        }
    }

    fn matches(&self, card: &Card, merchant: &Merchant) -> bool {
        let holds_text = |text: &str| searched(text).contains(&self.text);
        let is_held = |text: &Option<String>| text.as_deref().is_some_and(holds_text);
        let number = card.number.digits();
        self.text.is_empty()
            || self.digits.as_ref().is_some_and(|it| number.contains(it))
            || self.tail.as_ref().is_some_and(|it| number.ends_with(it))
            || holds_text(&merchant.name)
            || is_held(&merchant.initials)
            || is_held(&merchant.pinyin)
    }
}

/// `text` as it is compared: folded, without what only parts its characters.
fn searched(text: &str) -> String {
    let mut text = folded(text);
    text.retain(|letter| !is_separator(letter));
    text
}

/// The digits of `text`, or `None` if it has anything else.
fn all_digits(text: &str) -> Option<String> {
    text.chars().map(ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        brand_color::BrandColor,
        card::{CardNumber, CardOrigin, CardStatus},
        id::MerchantId,
        merchant::Retention,
        money::Money,
        timestamp::Timestamp,
        wallet::example,
    };

    fn merchant(id: &str, name: &str, initials: Option<&str>) -> Merchant {
        Merchant {
            id: MerchantId::from(id),
            name: name.to_owned(),
            initials: initials.map(str::to_owned),
            pinyin: None,
            avatar_url: None,
            phone: None,
            brand_color: BrandColor::NEUTRAL,
            retention: Retention::Kept,
        }
    }

    fn card(id: &str, merchant: &str, number: &str, fen: i64, used: Option<i64>) -> Card {
        Card {
            merchant_id: MerchantId::from(merchant),
            number: CardNumber::from(number.to_owned()),
            balance: Some(Money::from_fen(fen)),
            last_used_at: used.map(Timestamp::from_milliseconds),
            ..example::card(id, CardStatus::Active, CardOrigin::Opened)
        }
    }

    fn wallet() -> Wallet {
        let mut wallet = example::wallet(
            vec![
                card("a", "sichuan", "800100001111", 500, Some(3)),
                card("b", "noodles", "800100002222", 900, None),
                card("c", "sichuan", "800100003333", -100, Some(9)),
                card("d", "tea", "800100004444", 100, Some(5)),
            ],
            Some("a"),
        );
        wallet.merchants = vec![
            merchant("sichuan", "川味小馆", Some("CWXG")),
            Merchant {
                pinyin: Some("jiangnanmianguan".to_owned()),
                ..merchant("noodles", "江南面馆", Some("JNMG"))
            },
            merchant("tea", "Blue Tea", None),
        ];
        wallet
    }

    fn ids(wallet: &Wallet, places: &[usize]) -> Vec<String> {
        let id = |place: &usize| wallet.cards[*place].id.as_str().to_owned();
        places.iter().map(id).collect()
    }

    fn found(query: &str, sort: SortBy) -> (Vec<String>, Vec<String>) {
        let wallet = wallet();
        let list = CardList::of(
            &wallet,
            wallet.current_card_id.as_ref(),
            &[],
            &Arrangement::new(query, sort),
        );
        (ids(&wallet, &list.in_focus), ids(&wallet, &list.others))
    }

    fn strings(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn the_cards_of_the_merchant_in_focus_are_apart() {
        assert_eq!(
            found("", SortBy::LastUse),
            (strings(&["c"]), strings(&["d", "b"]))
        );
    }

    #[test]
    fn without_a_card_in_use_the_wallets_merchant_is_in_focus() {
        let list = CardList::of(&wallet(), None, &[], &Arrangement::new("", SortBy::LastUse));
        assert_eq!(list.in_focus.len(), 2);
        assert_eq!(list.others.len(), 2);
    }

    #[test]
    fn sorts_by_last_use_name_and_balance() {
        assert_eq!(found("", SortBy::LastUse).1, strings(&["d", "b"]));
        assert_eq!(found("", SortBy::Name).1, strings(&["d", "b"]));
        assert_eq!(found("", SortBy::Balance).1, strings(&["b", "d"]));
    }

    #[test]
    fn finds_by_name_initials_and_number() {
        for (query, card) in [
            ("面馆", "b"),
            ("jnm", "b"),
            ("JN", "b"),
            ("blue t", "d"),
            ("bluetea", "d"),
            ("4444", "d"),
            ("0000 22", "b"),
            ("８００１０００２２２２", "none"),
            ("００２２", "b"),
            ("jiangnan", "b"),
            ("Jiāng nán miànguǎn", "b"),
            ("ＭＩＡＮＧＵＡＮ", "b"),
            ("BLÜE TÉA", "d"),
            ("Ｂｌｕｅ　Ｔｅａ", "d"),
            ("ß", "none"),
            ("尾号4444", "d"),
            ("尾号 4444", "d"),
            ("尾号：４４４４", "d"),
            ("尾号2", "b"),
            ("尾号0000", "none"),
            ("尾号jn", "none"),
        ] {
            let (in_focus, others) = found(query, SortBy::LastUse);
            let expected = if card == "none" {
                vec![]
            } else {
                strings(&[card])
            };
            assert_eq!([in_focus, others].concat(), expected, "{query}");
        }
    }

    #[test]
    fn nothing_is_hidden_while_the_end_of_a_number_is_being_typed() {
        let (in_focus, others) = found("尾号", SortBy::LastUse);
        assert_eq!([in_focus, others].concat(), strings(&["c", "d", "b"]));
    }

    #[test]
    fn neither_case_nor_accents_count_when_names_are_sorted() {
        let mut wallet = wallet();
        wallet.merchants = vec![
            merchant("sichuan", "Zoe", None),
            merchant("noodles", "émile", None),
            merchant("tea", "Frida", None),
        ];
        let list = CardList::of(
            &wallet,
            Some(&"a".into()),
            &[],
            &Arrangement::new("", SortBy::Name),
        );
        assert_eq!(ids(&wallet, &list.others), strings(&["b", "d"]));
    }

    #[test]
    fn a_card_that_has_changed_has_another_fingerprint() {
        let of = |wallet: &Wallet| {
            let card = &wallet.cards[1];
            fingerprint(card, wallet.merchant(&card.merchant_id).unwrap())
        };
        let (before, mut after) = (wallet(), wallet());
        assert_eq!(of(&before), of(&after));
        after.cards[1].points = Some(-1);
        assert_ne!(of(&before), of(&after));
        let mut after = wallet();
        after.merchants[1].name.push('店');
        assert_ne!(of(&before), of(&after));
    }

    #[test]
    fn the_card_in_use_is_never_in_the_list() {
        let (in_focus, others) = found("1111", SortBy::LastUse);
        assert!(in_focus.is_empty() && others.is_empty());
    }

    #[test]
    fn a_pinned_card_is_at_the_top_whoever_s_it_is() {
        let pinned = [CardId::from("d"), CardId::from("c")];
        let wallet = wallet();
        let list = CardList::of(&wallet, Some(&"a".into()), &pinned, &Arrangement::default());
        assert_eq!(ids(&wallet, &list.pinned), strings(&["c", "d"]));
        assert_eq!(ids(&wallet, &list.others), strings(&["b"]));
        assert!(list.in_focus.is_empty() && !list.is_empty());
    }
}
