//! The wallet in replies.

use super::{
    card::card,
    fields::Fields,
    merchant::{merchant, undescribed},
    profile::phone_proof,
    reply::{Reply, WireError, read_object},
    terms::terms_version,
};
use crate::{
    domain::{
        card::Card,
        id::{CardId, MerchantId},
        merchant::Merchant,
        wallet::{Account, AccountKind, Following, Link, LinkKind, Wallet},
    },
    json::Json,
};

/// The wallet. Whose account it is and which cards there are is essential: a
/// wallet that looks empty would send the fan to recover a card that is there.
pub(super) fn wallet(fields: Fields<'_>) -> Option<Wallet> {
    let account = account(fields.object("account")?)?;
    let mut cards = fields.list("cards", card)?;
    let mut merchants = fields.list("merchants", merchant).unwrap_or_default();
    let current_card_id = fields.id("current_card_id");
    let merchant_id = fields
        .id("merchant_id")
        .unwrap_or_else(|| likely_focus(&cards, current_card_id.as_ref(), &merchants));
    for card in &mut cards {
        if card.merchant_id.as_str().is_empty() {
            card.merchant_id = merchant_id.clone();
        }
    }
    describe_all(&mut merchants, &cards, &account.name);
    Some(Wallet {
        as_of: fields.time("server_time")?,
        // Without one a switch is refused, and the refusal carries the wallet.
        revision: fields.id("revision").unwrap_or_default(),
        merchants,
        merchant_id,
        phone_masked: fields.string("phone_masked"),
        phone_proof: phone_proof(fields),
        // Without one the backend refuses the consent, and says which it wants.
        terms_version: terms_version(fields).unwrap_or_default(),
        current_card_id,
        open_claim_id: fields.id("open_claim_id"),
        cards,
        account,
    })
}

fn account(fields: Fields<'_>) -> Option<Account> {
    Some(Account {
        id: fields.id("id")?,
        name: fields.string("name").unwrap_or_default(),
        kind: match fields.text("kind") {
            Some("own") => AccountKind::Own,
            Some("platform") => AccountKind::Platform,
            Some("operator") => AccountKind::Operator,
            _ => AccountKind::Unknown,
        },
        following: match fields.flag("follows") {
            Some(false) => Following::NotFollowing,
            // Nobody is asked to follow what they may be following.
            _ => Following::Following,
        },
        qr_url: fields.image("qr_url"),
        changed_from: fields
            .object("changed")
            .and_then(|changed| changed.string("from_name")),
        links: fields.list("links", link).unwrap_or_default(),
    })
}

fn link(fields: Fields<'_>) -> Option<Link> {
    Some(Link {
        kind: match fields.text("kind") {
            Some("order") => LinkKind::Order,
            _ => LinkKind::Other,
        },
        label: fields.string("label")?,
        url: fields.url("url")?,
    })
}

/// The merchant in focus where the reply does not say.
fn likely_focus(cards: &[Card], current: Option<&CardId>, merchants: &[Merchant]) -> MerchantId {
    let current = cards.iter().find(|card| Some(&card.id) == current);
    current
        .or_else(|| cards.first())
        .map(|card| &card.merchant_id)
        .or_else(|| merchants.first().map(|merchant| &merchant.id))
        .cloned()
        .unwrap_or_default()
}

/// Adds the merchants that `cards` name and `merchants` lacks: a card must not
/// vanish because its merchant does. They go by the account's name.
fn describe_all(merchants: &mut Vec<Merchant>, cards: &[Card], account_name: &str) {
    for card in cards {
        let is_known = merchants
            .iter()
            .any(|merchant| merchant.id == card.merchant_id);
        if !is_known {
            merchants.push(undescribed(card.merchant_id.clone(), account_name));
        }
    }
}

impl Reply for Wallet {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, wallet)
    }
}

/// A switch that the backend has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    pub current_card_id: CardId,
    /// The wallet's new revision.
    pub revision: String,
}

impl Reply for Switched {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                current_card_id: fields.id("current_card_id")?,
                revision: fields.id("revision")?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::brand_color::BrandColor;

    fn read(wallet: &Value) -> Wallet {
        Wallet::read(&Json::from(wallet)).unwrap()
    }

    fn least(cards: &Value) -> Value {
        json!({
            "server_time": "2026-11-23T13:04:05.678Z",
            "account": { "id": "case-2", "name": "排队网" },
            "cards": cards,
        })
    }

    #[test]
    fn a_card_of_a_merchant_that_the_reply_lacks_is_shown_all_the_same() {
        let mut reply = least(&json!([
            { "id": "a", "merchant_id": "m1" },
            { "id": "b", "merchant_id": "m2" },
            { "id": "c", "merchant_id": "m2" },
        ]));
        reply["merchants"] = json!([{ "id": "m1", "name": "川味小馆" }]);
        let wallet = read(&reply);
        let names: Vec<_> = wallet
            .cards
            .iter()
            .map(|card| wallet.merchant(&card.merchant_id).unwrap().name.as_str())
            .collect();
        assert_eq!(names, ["川味小馆", "排队网", "排队网"]);
        assert_eq!(wallet.merchants.len(), 2);
        assert_eq!(wallet.merchants[1].brand_color, BrandColor::NEUTRAL);
    }

    #[test]
    fn a_card_that_names_no_merchant_is_of_the_one_in_focus() {
        let mut reply = least(&json!([{ "id": "a" }]));
        reply["merchant_id"] = json!("m7");
        let wallet = read(&reply);
        assert_eq!(wallet.cards[0].merchant_id, MerchantId::from("m7"));
        assert!(wallet.merchant_in_focus().is_some());
    }

    #[test]
    fn the_merchant_in_focus_is_that_of_the_card_in_use_where_the_reply_does_not_say() {
        let mut reply = least(&json!([
            { "id": "a", "merchant_id": "m1" },
            { "id": "b", "merchant_id": "m2" },
        ]));
        assert_eq!(read(&reply).merchant_id, MerchantId::from("m1"));
        reply["current_card_id"] = json!("b");
        assert_eq!(read(&reply).merchant_id, MerchantId::from("m2"));
    }

    #[test]
    fn a_wallet_without_its_cards_is_not_an_empty_one() {
        let mut reply = least(&json!([]));
        assert!(read(&reply).cards.is_empty());
        for cards in [json!(null), json!({}), json!([{ "number": "1" }])] {
            reply["cards"] = cards;
            assert_eq!(Wallet::read(&Json::from(&reply)), Err(WireError), "{reply}");
        }
    }

    #[test]
    fn an_address_that_must_not_be_opened_is_left_out() {
        let mut reply = least(&json!([
            { "id": "a", "merchant_id": "m1", "holder": { "avatar_url": "javascript:alert(1)" } },
        ]));
        reply["account"]["qr_url"] = json!("javascript:alert(1)");
        reply["account"]["links"] = json!([
            { "label": "点餐", "url": "javascript:alert(1)" },
            { "label": "外卖", "url": "/takeaway" },
        ]);
        reply["merchants"] = json!([{ "id": "m1", "avatar_url": "//evil.example/x.svg" }]);
        let wallet = read(&reply);
        assert_eq!(wallet.account.qr_url, None);
        assert_eq!(wallet.cards[0].avatar_url, None);
        assert_eq!(wallet.merchants[0].avatar_url, None);
        let links: Vec<_> = wallet
            .account
            .links
            .iter()
            .map(|link| link.url.as_str())
            .collect();
        assert_eq!(links, ["/takeaway"]);
    }

    #[test]
    fn an_unknown_balance_is_not_none() {
        let cards = json!([
            { "id": "a", "balance_fen": 0, "points": 7 },
            { "id": "b", "balance_fen": "12800", "points": null },
            { "id": "c", "balance_fen": 12.5, "points": 12.0 },
        ]);
        let worth: Vec<_> = read(&least(&cards))
            .cards
            .iter()
            .map(|card| (card.balance, card.points))
            .collect();
        assert_eq!(
            worth,
            [
                (Some(crate::domain::money::Money::from_fen(0)), Some(7)),
                (None, None),
                (None, Some(12)),
            ]
        );
    }
}
