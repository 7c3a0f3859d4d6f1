//! Cards in replies.

use super::{
    fields::Fields,
    merchant::merchant,
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

pub(super) fn card(fields: Fields<'_>) -> Option<Card> {
    let holder = fields.object("holder")?;
    Some(Card {
        id: fields.id("id")?,
        merchant_id: fields.id("merchant_id")?,
        number: fields.id::<String>("number")?.into(),
        kind: match fields.text("kind")? {
            "online" => CardKind::Online,
            "physical" => CardKind::Physical,
            _ => CardKind::Unknown,
        },
        status: match fields.text("status")? {
            "active" => CardStatus::Active,
            "frozen" => CardStatus::Frozen,
            "lost" => CardStatus::Lost,
            "expired" => CardStatus::Expired,
            _ => CardStatus::Unknown,
        },
        origin: match fields.text("origin")? {
            "issued_automatically" => CardOrigin::IssuedAutomatically,
            "claimed" => CardOrigin::Claimed,
            "opened" => CardOrigin::Opened,
            "found_by_phone" => CardOrigin::FoundByPhone,
            _ => CardOrigin::Unknown,
        },
        holder_name: holder.string("name"),
        avatar_url: holder.image("avatar_url"),
        level: level(fields.object("level")?)?,
        balance: Money::from_fen(fields.integer("balance_fen")?),
        points: fields.integer("points")?,
        coupon_count: fields.count("coupon_count")?,
        previous_account_name: fields.string("previous_account_name"),
        last_used_at: fields.time("last_used_at"),
        expires_at: fields.time("expires_at"),
        offline_payload: fields.payload("offline_payload"),
        // Nobody is warned of what is none.
        points_expiring: fields
            .object_if_any("points_expiring", expiring_points)?
            .filter(|it| it.points > 0),
        coupons_expiring: fields
            .object_if_any("coupons_expiring", expiring_coupons)?
            .filter(|it| it.count > 0),
    })
}

fn expiring_points(fields: Fields<'_>) -> Option<ExpiringPoints> {
    Some(ExpiringPoints {
        points: fields.integer("points")?,
        at: fields.time("at")?,
    })
}

fn expiring_coupons(fields: Fields<'_>) -> Option<ExpiringCoupons> {
    Some(ExpiringCoupons {
        count: fields.count("count")?,
        at: fields.time("at")?,
    })
}

fn level(fields: Fields<'_>) -> Option<Level> {
    Some(Level {
        name: fields.string("name")?,
        color: fields.text("color").and_then(BrandColor::parse),
        benefits: fields.strings("benefits")?,
        next: fields.object_if_any("next", next_level)?,
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
            Some(Self {
                card: card(fields.object("card")?)?,
                merchant: merchant(fields.object("merchant")?)?,
                as_of: fields.time("server_time")?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nobody_is_warned_of_what_is_none() {
        for (count, is_told) in [(0, false), (1, true)] {
            let at = "2026-12-31T15:59:59.000Z";
            let json = json!({
                "id": "c1", "merchant_id": "m1", "number": "880001008000", "kind": "online",
                "status": "active", "origin": "claimed", "holder": {},
                "level": { "name": "普通会员", "benefits": [] },
                "balance_fen": 0, "points": 0, "coupon_count": 0,
                "points_expiring": { "points": count, "at": at },
                "coupons_expiring": { "count": count, "at": at },
            });
            let read = Fields::of(&Json::from(&json))
                .and_then(card)
                .expect("a card");
            assert_eq!(read.points_expiring.is_some(), is_told, "{count}");
            assert_eq!(read.coupons_expiring.is_some(), is_told, "{count}");
        }
    }
}
