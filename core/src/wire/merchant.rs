//! A merchant in a reply.

use super::fields::Fields;
use crate::domain::{
    brand_color::BrandColor,
    id::MerchantId,
    merchant::{Merchant, Retention},
};

pub(super) fn merchant(fields: Fields<'_>) -> Option<Merchant> {
    Some(Merchant {
        id: fields.id("id")?,
        name: fields.string("name")?,
        initials: fields.string("initials"),
        pinyin: fields.string("pinyin"),
        avatar_url: fields.image("avatar_url"),
        phone: fields.phone("phone"),
        brand_color: BrandColor::parse(fields.text("brand_color")?).unwrap_or(BrandColor::NEUTRAL),
        retention: match fields.flag("members_retained") {
            Some(false) => Retention::NotKept,
            _ => Retention::Kept,
        },
    })
}

/// Stands in for a merchant that a reply names and does not describe, so that
/// its cards are shown all the same.
pub(super) fn undescribed(id: MerchantId, name: &str) -> Merchant {
    Merchant {
        id,
        name: name.to_owned(),
        initials: None,
        pinyin: None,
        avatar_url: None,
        phone: None,
        brand_color: BrandColor::NEUTRAL,
        retention: Retention::Kept,
    }
}
