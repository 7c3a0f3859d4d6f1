//! Cards in replies.

use super::{
    fields::Fields,
    merchant::{merchant, undescribed},
    reply::{Reply, WireError, read_object},
};
use crate::{
    domain::{
        brand_color::BrandColor,
        card::{
            Card, CardKind, CardOrigin, CardStatus, ExpiringCoupons, ExpiringPoints, Level,
            NextLevel,
        },
        merchant::Merchant,
        money::Money,
        timestamp::Timestamp,
    },
    json::Json,
};

/// A card. It can't be told from others without an identifier; everything else
/// may be unknown, and an unknown balance is not shown as none.
pub(super) fn card(fields: Fields<'_>) -> Option<Card> {
    let holder = fields.object("holder");
    Some(Card {
        id: fields.id("id")?,
        merchant_id: fields.id("merchant_id").unwrap_or_default(),
        number: fields.id::<String>("number").unwrap_or_default().into(),
        kind: match fields.text("kind") {
            Some("online") => CardKind::Online,
            Some("physical") => CardKind::Physical,
            _ => CardKind::Unknown,
        },
        status: match fields.text("status") {
            Some("active") => CardStatus::Active,
            Some("frozen") => CardStatus::Frozen,
            Some("lost") => CardStatus::Lost,
            Some("expired") => CardStatus::Expired,
            _ => CardStatus::Unknown,
        },
        origin: match fields.text("origin") {
            Some("issued_automatically") => CardOrigin::IssuedAutomatically,
            Some("claimed") => CardOrigin::Claimed,
            Some("opened") => CardOrigin::Opened,
            Some("found_by_phone") => CardOrigin::FoundByPhone,
            _ => CardOrigin::Unknown,
        },
        holder_name: holder.and_then(|holder| holder.string("name")),
        avatar_url: holder.and_then(|holder| holder.image("avatar_url")),
        level: fields.object("level").and_then(level),
        balance: fields.integer("balance_fen").map(Money::from_fen),
        points: fields.integer("points"),
        coupon_count: fields.count("coupon_count").unwrap_or_default(),
        previous_account_name: fields.string("previous_account_name"),
        last_used_at: fields.time("last_used_at"),
        expires_at: fields.time("expires_at"),
        offline_payload: fields.payload("offline_payload"),
        points_expiring: fields.object("points_expiring").and_then(expiring_points),
        coupons_expiring: fields.object("coupons_expiring").and_then(expiring_coupons),
    })
}

/// Nobody is warned of what is none, or of what ends nobody knows when.
fn expiring_points(fields: Fields<'_>) -> Option<ExpiringPoints> {
    Some(ExpiringPoints {
        points: fields.integer("points").filter(|points| *points > 0)?,
        at: fields.time("at")?,
    })
}

fn expiring_coupons(fields: Fields<'_>) -> Option<ExpiringCoupons> {
    Some(ExpiringCoupons {
        count: fields.count("count").filter(|count| *count > 0)?,
        at: fields.time("at")?,
    })
}

fn level(fields: Fields<'_>) -> Option<Level> {
    Some(Level {
        name: fields.string("name")?,
        color: fields.text("color").and_then(BrandColor::parse),
        benefits: fields.strings("benefits"),
        next: fields.object("next").and_then(next_level),
    })
}

fn next_level(fields: Fields<'_>) -> Option<NextLevel> {
    Some(NextLevel {
        name: fields.string("name")?,
        at_points: fields.integer("at_points")?,
    })
}

/// One card in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardInFull {
    pub card: Card,
    pub merchant: Merchant,
    /// The backend's clock when it described them.
    pub as_of: Timestamp,
}

impl Reply for CardInFull {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            let mut card = card(fields.object("card")?)?;
            let merchant = fields
                .object("merchant")
                .and_then(merchant)
                .unwrap_or_else(|| undescribed(card.merchant_id.clone(), ""));
            if card.merchant_id.as_str().is_empty() {
                card.merchant_id = merchant.id.clone();
            }
            Some(Self {
                card,
                merchant,
                as_of: fields.time("server_time")?,
            })
        })
    }
}
