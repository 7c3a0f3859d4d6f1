//! A restaurant.

use super::{brand_color::BrandColor, id::MerchantId, phone::Phone, url::ImageUrl};

/// A restaurant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Merchant {
    pub id: MerchantId,
    pub name: String,
    /// The pinyin initials of its name, such as CWXG for 川味小馆.
    pub initials: Option<String>,
    /// Its name in pinyin, such as chuanweixiaoguan for 川味小馆.
    pub pinyin: Option<String>,
    /// Its sign.
    pub avatar_url: Option<ImageUrl>,
    pub phone: Option<Phone>,
    pub brand_color: BrandColor,
    pub retention: Retention,
}

/// Whether a merchant kept its members (保留会员) when it last changed its
/// account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Retention {
    #[default]
    Kept,
    /// It must not be promised that an old card can be found, and a new card
    /// comes first.
    NotKept,
}

impl Merchant {
    /// What it is sorted by: its pinyin initials, or else its name.
    #[must_use]
    pub fn sort_key(&self) -> &str {
        self.initials.as_deref().unwrap_or(&self.name)
    }
}
