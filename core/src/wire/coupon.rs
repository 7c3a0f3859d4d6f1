//! A card's coupons in replies.

use super::{
    fields::Fields,
    list_page::list_page,
    reply::{Reply, WireError},
};
use crate::{
    domain::{
        coupon::{Coupon, CouponState},
        list_page::ListPage,
        money::Money,
    },
    json::Json,
};

impl Reply for ListPage<Coupon> {
    fn read(reply: &Json) -> Result<Self, WireError> {
        list_page(reply, coupon)
    }
}

fn coupon(fields: Fields<'_>) -> Option<Coupon> {
    Some(Coupon {
        id: fields.id("id")?,
        title: fields.string("title")?,
        rule: fields.string("rule")?,
        state: match fields.text("state")? {
            "unused" => CouponState::Unused,
            "used" => CouponState::Used,
            "expired" => CouponState::Expired,
            _ => CouponState::Unknown,
        },
        value: fields
            .if_any("value_fen", Fields::integer)?
            .map(Money::from_fen),
        code: fields.payload("code").filter(|code| !code.is_empty()),
        starts_at: fields.time("starts_at"),
        ends_at: fields.time("ends_at"),
    })
}
