//! The wallet: every card that a fan holds in one account.

use super::{
    card::Card,
    id::{AccountId, CardId, ClaimId, MerchantId},
    merchant::{Merchant, Retention},
    timestamp::Timestamp,
    url::{HttpUrl, ImageUrl},
};

/// Whose official account (公众号) the pages run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// 商家自有公众号: the restaurant's own.
    Own,
    /// 排队网公众号: shared by every merchant without an account.
    Platform,
    /// 运营者公众号: an agent's, shared by that agent's merchants.
    Operator,
    /// A kind that this version does not know.
    Unknown,
}

/// Whether the fan follows (关注) the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    /// The fan does.
    Following,
    /// The fan does not; the account's QR code may be shown.
    NotFollowing,
}

/// An official account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub kind: AccountKind,
    pub following: Following,
    /// The picture to long-press in order to follow it.
    pub qr_url: Option<ImageUrl>,
    /// The name of the account that it took over from.
    pub changed_from: Option<String>,
    /// The other entries of its menu.
    pub links: Vec<Link>,
}

/// Where an entry of the menu leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// 点餐: ordering at the table.
    Order,
    /// Anything else.
    Other,
}

/// An entry of the account's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub kind: LinkKind,
    pub label: String,
    pub url: HttpUrl,
}

/// Whether the account knows the fan's phone and has seen it proven by SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProof {
    /// Proven.
    Proven,
    /// Not proven, or not known at all.
    Unproven,
}

/// The wallet as the backend last described it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// The backend's clock when it described it.
    pub as_of: Timestamp,
    /// Which version of the wallet this is; a switch names it.
    pub revision: String,
    /// The account that the fan is in.
    pub account: Account,
    /// The merchants of all cards, and the one in focus.
    pub merchants: Vec<Merchant>,
    /// The merchant in focus where no card is in use.
    pub merchant_id: MerchantId,
    pub phone_masked: Option<String>,
    pub phone_proof: PhoneProof,
    /// The version of the terms that is in force.
    pub terms_version: String,
    pub current_card_id: Option<CardId>,
    /// A claim that was begun and not ended.
    pub open_claim_id: Option<ClaimId>,
    pub cards: Vec<Card>,
}

/// What the wallet puts first, because it is what the fan most likely needs.
/// It depends on the data, never on the kind of account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// No usable card: recover one, or open one where no members were kept.
    Claim,
    /// An old card came back and is not in use: tap its avatar.
    Switch(CardId),
    /// The phone is not proven, so old cards may be missing: prove it.
    ProvePhone,
    /// Everything is as it should be.
    Nothing,
}

impl Wallet {
    /// Whether both are the same, but for the card in use, the revision and the
    /// time at which they were described.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        self.account == other.account
            && self.merchants == other.merchants
            && self.merchant_id == other.merchant_id
            && self.phone_masked == other.phone_masked
            && self.phone_proof == other.phone_proof
            && self.terms_version == other.terms_version
            && self.open_claim_id == other.open_claim_id
            && self.cards == other.cards
    }

    #[must_use]
    pub fn card(&self, id: &CardId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == *id)
    }

    #[must_use]
    pub fn merchant(&self, id: &MerchantId) -> Option<&Merchant> {
        self.merchants.iter().find(|merchant| merchant.id == *id)
    }

    /// A card with its merchant, to be kept while the wallet changes.
    #[must_use]
    pub fn described(&self, card: &Card) -> Option<(Card, Merchant)> {
        let merchant = self.merchant(&card.merchant_id)?;
        Some((card.clone(), merchant.clone()))
    }

    /// The merchant in focus: that of the card in use, where there is one.
    #[must_use]
    pub fn merchant_in_focus(&self) -> Option<&Merchant> {
        let current = self.current_card_id.as_ref();
        let wallet = self;
        ShownWallet { wallet, current }.merchant()
    }
}

/// A wallet with the card that is shown as the one in use: while a switch is
/// under way, not the one that the backend has confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownWallet<'a> {
    /// As the backend last described it.
    pub wallet: &'a Wallet,
    /// The card that is shown as the one in use.
    pub current: Option<&'a CardId>,
}

impl<'a> ShownWallet<'a> {
    /// The card that is shown as the one in use.
    #[must_use]
    pub fn card(self) -> Option<&'a Card> {
        self.wallet.card(self.current?)
    }

    /// The other cards.
    pub fn other_cards(self) -> impl Iterator<Item = &'a Card> {
        let current = self.current;
        let cards = self.wallet.cards.iter();
        cards.filter(move |card| Some(&card.id) != current)
    }

    /// The merchant in focus: that of the card in use, where there is one.
    #[must_use]
    pub fn merchant_id(self) -> &'a MerchantId {
        self.card()
            .map_or(&self.wallet.merchant_id, |card| &card.merchant_id)
    }

    /// The merchant in focus, as the wallet describes it.
    #[must_use]
    pub fn merchant(self) -> Option<&'a Merchant> {
        self.wallet.merchant(self.merchant_id())
    }

    /// Whether the merchant in focus has kept its members, so that an old card may
    /// be promised.
    #[must_use]
    pub fn retention(self) -> Retention {
        self.merchant()
            .map_or(Retention::Kept, |merchant| merchant.retention)
    }

    /// What to put first.
    #[must_use]
    pub fn lead(self) -> Lead {
        let cards = &self.wallet.cards;
        if !cards.iter().any(|card| card.status.is_usable()) {
            return Lead::Claim;
        }
        let current_is_recovered = self.card().is_some_and(|card| card.origin.is_recovered());
        let waiting = self
            .other_cards()
            .find(|card| card.origin.is_recovered() && card.status.is_usable());
        match waiting {
            Some(card) if !current_is_recovered => Lead::Switch(card.id.clone()),
            _ if self.wallet.phone_proof == PhoneProof::Unproven
                && self.retention() == Retention::Kept =>
            {
                Lead::ProvePhone
            }
            _ => Lead::Nothing,
        }
    }
}

/// A wallet to test with.
#[cfg(test)]
pub(crate) mod example {
    use super::*;
    use crate::domain::{
        card::{CardKind, CardNumber, CardOrigin, CardStatus, Level},
        money::Money,
    };

    pub(crate) fn card(id: &str, status: CardStatus, origin: CardOrigin) -> Card {
        Card {
            id: CardId::from(id),
            merchant_id: MerchantId::from("sichuan"),
            number: CardNumber::from("800100008000".to_owned()),
            kind: CardKind::Online,
            status,
            origin,
            holder_name: None,
            avatar_url: None,
            level: Level {
                name: "普通会员".to_owned(),
                color: None,
                benefits: Vec::new(),
                next: None,
            },
            balance: Money::from_fen(12_800),
            points: 560,
            coupon_count: 0,
            previous_account_name: None,
            last_used_at: None,
            expires_at: None,
            offline_payload: None,
            points_expiring: None,
            coupons_expiring: None,
        }
    }

    pub(crate) fn wallet(cards: Vec<Card>, current: Option<&str>) -> Wallet {
        Wallet {
            as_of: Timestamp::from_milliseconds(0),
            revision: "1".to_owned(),
            account: Account {
                id: AccountId::from("case-2"),
                name: "排队网".to_owned(),
                kind: AccountKind::Platform,
                following: Following::Following,
                qr_url: None,
                changed_from: None,
                links: Vec::new(),
            },
            merchants: Vec::new(),
            merchant_id: MerchantId::from("sichuan"),
            phone_masked: None,
            phone_proof: PhoneProof::Unproven,
            terms_version: "1".to_owned(),
            current_card_id: current.map(CardId::from),
            open_claim_id: None,
            cards,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{example::*, *};
    use crate::domain::{
        brand_color::BrandColor,
        card::{CardOrigin, CardStatus},
    };

    fn lead(wallet: &Wallet) -> Lead {
        let current = wallet.current_card_id.as_ref();
        ShownWallet { wallet, current }.lead()
    }

    /// One whose members were not kept.
    fn merchant() -> Merchant {
        Merchant {
            id: MerchantId::from("sichuan"),
            name: "川味小馆".to_owned(),
            initials: None,
            pinyin: None,
            avatar_url: None,
            phone: None,
            brand_color: BrandColor::NEUTRAL,
            retention: Retention::NotKept,
        }
    }

    #[test]
    fn a_wallet_looks_the_same_only_if_what_differs_is_when_and_which_card_is_in_use() {
        let card = card("a", CardStatus::Active, CardOrigin::Claimed);
        let wallet = wallet(vec![card], None);
        let is_alike = |change: fn(&mut Wallet)| {
            let mut other = wallet.clone();
            change(&mut other);
            wallet.looks_like(&other)
        };
        assert!(is_alike(|other| {
            other.as_of = other.as_of.plus(1);
            other.revision.push('0');
            other.current_card_id = Some(CardId::from("a"));
        }));
        let changes: [fn(&mut Wallet); 8] = [
            |other| other.account.name.clear(),
            |other| other.merchants.push(merchant()),
            |other| other.merchant_id = MerchantId::from("other"),
            |other| other.phone_masked = Some("138****8000".to_owned()),
            |other| other.phone_proof = PhoneProof::Proven,
            |other| other.terms_version.push('0'),
            |other| other.open_claim_id = Some(ClaimId::from("c")),
            |other| other.cards.clear(),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            assert!(!is_alike(change), "{index}");
        }
    }

    #[test]
    fn an_empty_wallet_leads_with_the_claim() {
        assert_eq!(lead(&wallet(Vec::new(), None)), Lead::Claim);
    }

    #[test]
    fn a_wallet_without_a_usable_card_leads_with_the_claim() {
        let frozen = card("a", CardStatus::Frozen, CardOrigin::Claimed);
        assert_eq!(lead(&wallet(vec![frozen], Some("a"))), Lead::Claim);
    }

    #[test]
    fn an_issued_card_alone_leads_with_proving_the_phone() {
        let issued = card("new", CardStatus::Active, CardOrigin::IssuedAutomatically);
        assert_eq!(lead(&wallet(vec![issued], Some("new"))), Lead::ProvePhone);
    }

    #[test]
    fn where_no_members_were_kept_no_old_card_is_promised() {
        let issued = card("new", CardStatus::Active, CardOrigin::IssuedAutomatically);
        let mut wallet = wallet(vec![issued], Some("new"));
        wallet.merchants = vec![merchant()];
        assert_eq!(lead(&wallet), Lead::Nothing);
        wallet.cards.clear();
        assert_eq!(lead(&wallet), Lead::Claim);
    }

    #[test]
    fn an_old_card_that_is_not_in_use_leads_with_the_switch() {
        let issued = card("new", CardStatus::Active, CardOrigin::IssuedAutomatically);
        let old = card("old", CardStatus::Active, CardOrigin::Claimed);
        let wallet = wallet(vec![issued, old], Some("new"));
        assert_eq!(lead(&wallet), Lead::Switch(CardId::from("old")));
    }

    #[test]
    fn nothing_leads_once_an_old_card_is_in_use() {
        let issued = card("new", CardStatus::Active, CardOrigin::IssuedAutomatically);
        let old = card("old", CardStatus::Active, CardOrigin::FoundByPhone);
        let another = card("another", CardStatus::Active, CardOrigin::Claimed);
        let mut wallet = wallet(vec![issued, old, another], Some("old"));
        wallet.phone_proof = PhoneProof::Proven;
        assert_eq!(lead(&wallet), Lead::Nothing);
    }

    #[test]
    fn only_an_old_card_that_can_be_used_leads_with_the_switch() {
        for (status, origin) in [
            (CardStatus::Frozen, CardOrigin::Claimed),
            (CardStatus::Active, CardOrigin::Opened),
        ] {
            let issued = card("new", CardStatus::Active, CardOrigin::IssuedAutomatically);
            let wallet = wallet(vec![issued, card("other", status, origin)], Some("new"));
            assert_eq!(lead(&wallet), Lead::ProvePhone, "{status:?} {origin:?}");
        }
    }

    #[test]
    fn a_card_is_described_with_its_merchant_where_that_is_known() {
        let card = card("a", CardStatus::Active, CardOrigin::Claimed);
        let mut wallet = wallet(vec![card.clone()], None);
        assert_eq!(wallet.described(&card), None);
        wallet.merchants = vec![merchant()];
        assert_eq!(wallet.described(&card), Some((card, merchant())));
    }
}
