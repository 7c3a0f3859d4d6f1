//! The cards beside the one in use: which of them are shown, and in which order.

use core::{
    cmp::Reverse,
    hash::{Hash as _, Hasher as _},
};

use std::{collections::BinaryHeap, sync::Arc};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

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
    /// The cards of `shown` beside the one in use, in the order of `arranged`: places
    /// of cards, as an [`Arrangement`] gives them.
    #[must_use]
    pub fn of(shown: ShownWallet<'_>, arranged: &[usize], pinned: &[CardId]) -> Self {
        let focus = shown.merchant_id();
        let mut list = Self::default();
        for place in arranged {
            let card = shown.wallet.cards.get(*place);
            let Some(card) = card.filter(|card| Some(&card.id) != shown.current) else {
                continue;
            };
            let group = if pinned.contains(&card.id) {
                &mut list.pinned
            } else if card.merchant_id == *focus {
                &mut list.in_focus
            } else {
                &mut list.others
            };
            group.push(*place);
        }
        list
    }

    /// Whether there is no card in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pinned.is_empty() && self.in_focus.is_empty() && self.others.is_empty()
    }
}

type Arrange = dyn Fn(&Wallet) -> Vec<usize> + Send + Sync;

/// Which cards are shown, and in which order. Until a fan searches or sorts it is
/// the default, which is all that the first screen needs. It does not depend on the
/// card in use, so that a switch sorts nothing anew.
#[derive(Clone)]
pub struct Arrangement(Arc<Arrange>);

impl Default for Arrangement {
    /// All of them, the one that was used last first.
    fn default() -> Self {
        Self(Arc::new(|wallet| {
            by_last_use(wallet, (0..wallet.cards.len()).collect())
        }))
    }
}

impl Arrangement {
    /// The cards that match `query`, sorted.
    #[must_use]
    pub fn new(query: &str, sort: SortBy) -> Self {
        let query = Query::new(query);
        let sorted = match sort {
            SortBy::LastUse => by_last_use,
            SortBy::Name => by_name,
            SortBy::Balance => by_balance,
        };
        Self(Arc::new(move |wallet| sorted(wallet, query.found(wallet))))
    }

    /// The cards of `wallet` that are shown, the one in use among them, by their
    /// places.
    #[must_use]
    pub fn of(&self, wallet: &Wallet) -> Vec<usize> {
        (self.0)(wallet)
    }
}

/// The only order that the first screen needs. A heap is less code than
/// the library's sort, and keeps what is equal in its order by its place.
fn by_last_use(wallet: &Wallet, places: Vec<usize>) -> Vec<usize> {
    let last_use = |place: usize| Some(Reverse(wallet.cards.get(place)?.last_used_at));
    let heap: BinaryHeap<_> = places
        .into_iter()
        .map(|place| (last_use(place), place))
        .collect();
    let sorted = heap.into_sorted_vec().into_iter();
    sorted.map(|(_, place)| place).collect()
}

fn by_name(wallet: &Wallet, mut places: Vec<usize>) -> Vec<usize> {
    // There are fewer merchants than cards, and letters are slow to compare.
    let mut merchants: Vec<_> = wallet.merchants.iter().collect();
    merchants.sort_by(|one, other| letters(one).cmp(letters(other)));
    let same_letters = merchants.chunk_by(|one, other| letters(one).eq(letters(other)));
    let ranks: FxHashMap<_, _> = same_letters
        .enumerate()
        .flat_map(|(rank, merchants)| merchants.iter().map(move |it| (&it.id, rank)))
        .collect();
    places.sort_by_cached_key(|place| ranks.get(&wallet.cards[*place].merchant_id));
    places
}

fn by_balance(wallet: &Wallet, mut places: Vec<usize>) -> Vec<usize> {
    places.sort_by_key(|place| Reverse(wallet.cards[*place].balance));
    places
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

    /// The cards of `wallet` that match, by their places.
    fn found(&self, wallet: &Wallet) -> Vec<usize> {
        let merchants: FxHashSet<_> = wallet
            .merchants
            .iter()
            .filter(|merchant| self.names(merchant))
            .map(|merchant| &merchant.id)
            .collect();
        let cards = wallet.cards.iter().enumerate();
        cards
            .filter(|(_, card)| self.numbers(card) || merchants.contains(&card.merchant_id))
            .map(|(place, _)| place)
            .collect()
    }

    /// Whether it is part of what the merchant is called.
    fn names(&self, merchant: &Merchant) -> bool {
        let holds_text = |text: &str| searched(text).contains(&self.text);
        let is_held = |text: &Option<String>| text.as_deref().is_some_and(holds_text);
        holds_text(&merchant.name) || is_held(&merchant.initials) || is_held(&merchant.pinyin)
    }

    /// Whether it is a part of the card's number, and the part that is asked for.
    fn numbers(&self, card: &Card) -> bool {
        let number = card.number.digits();
        self.digits.as_ref().is_some_and(|it| number.contains(it))
            || self.tail.as_ref().is_some_and(|it| number.ends_with(it))
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
            balance: Money::from_fen(fen),
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

    fn list_of(
        wallet: &Wallet,
        current: Option<&CardId>,
        pinned: &[CardId],
        arrangement: &Arrangement,
    ) -> CardList {
        let shown = ShownWallet { wallet, current };
        CardList::of(shown, &arrangement.of(wallet), pinned)
    }

    fn found(query: &str, sort: SortBy) -> (Vec<String>, Vec<String>) {
        let wallet = wallet();
        let list = list_of(
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
        let list = list_of(&wallet(), None, &[], &Arrangement::new("", SortBy::LastUse));
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
        let list = list_of(
            &wallet,
            Some(&"a".into()),
            &[],
            &Arrangement::new("", SortBy::Name),
        );
        assert_eq!(ids(&wallet, &list.others), strings(&["b", "d"]));
    }

    #[test]
    fn cards_of_merchants_with_the_same_letters_stay_in_the_order_of_the_wallet() {
        let mut wallet = wallet();
        wallet.merchants = vec![
            merchant("noodles", "江南面馆", Some("JNMG")),
            merchant("tea", "京南茗馆", Some("jnmg")),
            merchant("sichuan", "川味小馆", Some("CWXG")),
        ];
        let list = list_of(&wallet, None, &[], &Arrangement::new("", SortBy::Name));
        assert_eq!(ids(&wallet, &list.in_focus), strings(&["a", "c"]));
        assert_eq!(ids(&wallet, &list.others), strings(&["b", "d"]));
        wallet.cards.reverse();
        let list = list_of(&wallet, None, &[], &Arrangement::new("", SortBy::Name));
        assert_eq!(ids(&wallet, &list.others), strings(&["d", "b"]));
    }

    #[test]
    fn a_card_that_has_changed_has_another_fingerprint() {
        let of = |wallet: &Wallet| {
            let card = &wallet.cards[1];
            fingerprint(card, wallet.merchant(&card.merchant_id).unwrap())
        };
        let (before, mut after) = (wallet(), wallet());
        assert_eq!(of(&before), of(&after));
        after.cards[1].points = -1;
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
        let list = list_of(&wallet, Some(&"a".into()), &pinned, &Arrangement::default());
        assert_eq!(ids(&wallet, &list.pinned), strings(&["c", "d"]));
        assert_eq!(ids(&wallet, &list.others), strings(&["b"]));
        assert!(list.in_focus.is_empty() && !list.is_empty());
    }

    #[test]
    fn a_list_is_empty_where_no_group_has_a_card() {
        for counts in [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]] {
            let [pinned, in_focus, others] = counts.map(|count| vec![0; count]);
            let list = CardList {
                pinned,
                in_focus,
                others,
            };
            assert_eq!(list.is_empty(), counts == [0, 0, 0], "{counts:?}");
        }
    }
}
