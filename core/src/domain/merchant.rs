//! A restaurant.

use super::{brand_color::BrandColor, id::MerchantId};

/// A restaurant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// Its identifier.
    pub id: MerchantId,
    /// Its name.
    pub name: String,
    /// The pinyin initials of its name, such as CWXG for 川味小馆.
    pub initials: Option<String>,
    /// Its sign.
    pub avatar_url: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
    /// Its colour.
    pub brand_color: BrandColor,
}

impl Merchant {
    /// What it is sorted by: its pinyin initials, or else its name.
    #[must_use]
    pub fn sort_key(&self) -> &str {
        self.initials.as_deref().unwrap_or(&self.name)
    }
}
