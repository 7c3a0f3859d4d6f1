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
        id::CardId,
        merchant::Merchant,
        wallet::{Account, AccountKind, Following, Link, LinkKind, Wallet},
    },
    json::Json,
};

/// The wallet. One that seemed empty would send the fan to recover a card that is
/// there.
pub(super) fn wallet(fields: Fields<'_>) -> Option<Wallet> {
    let account = account(fields.object("account")?)?;
    let cards = fields.list("cards", card)?;
    let mut merchants = fields.list("merchants", merchant)?;
    describe_all(&mut merchants, &cards, &account.name);
    Some(Wallet {
        as_of: fields.time("server_time")?,
        revision: fields.id("revision")?,
        merchants,
        merchant_id: fields.id("merchant_id")?,
        phone_masked: fields.string("phone_masked"),
        phone_proof: phone_proof(fields)?,
        terms_version: terms_version(fields)?,
        current_card_id: fields.id("current_card_id"),
        open_claim_id: fields.id("open_claim_id"),
        cards,
        account,
    })
}

fn account(fields: Fields<'_>) -> Option<Account> {
    let mut links = Vec::new();
    for link in fields.list("links", link)?.into_iter().flatten() {
        links.push(link);
    }
    Some(Account {
        id: fields.id("id")?,
        name: fields.string("name")?,
        kind: match fields.text("kind")? {
            "own" => AccountKind::Own,
            "platform" => AccountKind::Platform,
            "operator" => AccountKind::Operator,
            _ => AccountKind::Unknown,
        },
        following: match fields.flag("follows")? {
            true => Following::Following,
            false => Following::NotFollowing,
        },
        qr_url: fields.image("qr_url"),
        changed_from: fields.object_if_any("changed", |changed| changed.string("from_name"))?,
        links,
    })
}

/// An entry of the menu; none if its address must not be opened.
fn link(fields: Fields<'_>) -> Option<Option<Link>> {
    let kind = match fields.text("kind")? {
        "order" => LinkKind::Order,
        _ => LinkKind::Other,
    };
    let label = fields.string("label")?;
    fields.text("url")?;
    Some(fields.url("url").map(|url| Link { kind, label, url }))
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
    use crate::domain::{brand_color::BrandColor, money::Money};

    fn read(wallet: &Value) -> Wallet {
        Wallet::read(&Json::from(wallet)).unwrap()
    }

    fn card(id: &str, merchant: &str) -> Value {
        json!({
            "id": id, "merchant_id": merchant, "number": "880001008000", "kind": "online",
            "status": "active", "origin": "claimed", "holder": {},
            "level": { "name": "普通会员", "benefits": [] },
            "balance_fen": 0, "points": 7, "coupon_count": 0,
        })
    }

    fn with_cards(cards: &[Value]) -> Value {
        json!({
            "server_time": "2026-11-23T13:04:05.678Z", "revision": "7",
            "account": {
                "id": "case-2", "name": "排队网", "kind": "platform", "follows": true, "links": [],
            },
            "merchants": [{ "id": "m1", "name": "川味小馆", "brand_color": "#b3261e" }],
            "merchant_id": "m1", "phone_proven": true, "terms": { "version": "1" },
            "cards": cards,
        })
    }

    #[test]
    fn a_card_of_a_merchant_that_the_reply_lacks_is_shown_all_the_same() {
        let wallet = read(&with_cards(&[
            card("a", "m1"),
            card("b", "m2"),
            card("c", "m2"),
        ]));
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
    fn a_wallet_is_all_of_its_cards_or_none() {
        assert!(read(&with_cards(&[])).cards.is_empty());
        let mut reply = with_cards(&[]);
        for cards in [
            json!(null),
            json!({}),
            json!([{ "number": "1" }]),
            json!([card("a", "m1"), { "id": "b" }]),
        ] {
            reply["cards"] = cards;
            assert_eq!(Wallet::read(&Json::from(&reply)), Err(WireError), "{reply}");
        }
    }

    #[test]
    fn an_address_that_must_not_be_opened_is_left_out() {
        let mut of_a = card("a", "m1");
        of_a["holder"]["avatar_url"] = json!("javascript:alert(1)");
        let mut reply = with_cards(&[of_a]);
        reply["account"]["qr_url"] = json!("javascript:alert(1)");
        reply["account"]["links"] = json!([
            { "kind": "order", "label": "点餐", "url": "javascript:alert(1)" },
            { "kind": "takeaway", "label": "外卖", "url": "/takeaway" },
        ]);
        reply["merchants"][0]["avatar_url"] = json!("//evil.example/x.svg");
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
    fn an_amount_is_what_the_reply_says_or_the_reply_is_unreadable() {
        let with = |balance: &str| {
            let reply = with_cards(&[card("a", "m1")]).to_string();
            let reply = reply.replace("\"balance_fen\":0", &format!("\"balance_fen\":{balance}"));
            let wallet = Wallet::read(&Json::parse(&reply).unwrap());
            wallet.map(|wallet| wallet.cards[0].balance)
        };
        for (text, fen) in [
            ("128.0", 128),
            ("1e3", 1_000),
            ("-0.5e1", -5),
            ("9007199254740992", 9_007_199_254_740_992),
            ("9007199254740993", 9_007_199_254_740_993),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(with(text), Ok(Money::from_fen(fen)), "{text}");
        }
        for text in [
            "1.5",
            "9223372036854775808",
            "1e19",
            "1e400",
            "\"12800\"",
            "null",
            "true",
        ] {
            assert_eq!(with(text), Err(WireError), "{text}");
        }
    }
}
