//! A member card.

use super::{
    brand_color::BrandColor,
    digits,
    id::{CardId, MerchantId},
    money::Money,
    timestamp::Timestamp,
    url::ImageUrl,
};

/// The number printed on a card: digits, or digits and `*` where it is masked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CardNumber(String);

impl From<String> for CardNumber {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl CardNumber {
    /// The number without spaces, as it is copied and searched.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number in groups of four, as it is read.
    #[must_use]
    pub fn grouped(&self) -> String {
        digits::grouped(&self.0, 4)
    }

    /// The number with all but its last four digits hidden.
    #[must_use]
    pub fn masked(&self) -> Self {
        Self(format!("********{}", self.last_four()))
    }

    /// 尾号: the last four digits, by which people name a card.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let start = self
            .0
            .char_indices()
            .rev()
            .nth(3)
            .map_or(0, |(index, _)| index);
        self.0.get(start..).unwrap_or_default()
    }
}

/// What a card is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// 微会员卡: exists in the phone only.
    Online,
    /// 实体卡: a plastic card.
    Physical,
    /// A kind that this version does not know.
    Unknown,
}

/// Whether a card can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardStatus {
    /// It can.
    Active,
    /// 冻结: the shop has stopped it for now.
    Frozen,
    /// 挂失: reported lost.
    Lost,
    /// 过期: its time is over.
    Expired,
    /// A status that this version does not know. The backend decides.
    Unknown,
}

impl CardStatus {
    /// Whether the fan may try to use the card.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Active | Self::Unknown)
    }
}

/// How a card came to this fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardOrigin {
    /// 自动发卡: issued on the fan's first visit.
    IssuedAutomatically,
    /// Recovered by phone number and SMS code.
    Claimed,
    /// Opened anew by the fan.
    Opened,
    /// Found by the phone number that the account already knew.
    FoundByPhone,
    /// A way that this version does not know.
    Unknown,
}

impl CardOrigin {
    /// Whether the card is an old one that came back to its owner.
    #[must_use]
    pub const fn is_recovered(self) -> bool {
        matches!(self, Self::Claimed | Self::FoundByPhone)
    }
}

/// A member's level at a merchant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Level {
    /// Its name, such as 金卡会员.
    pub name: String,
    /// The colour that sets it apart, such as a gold card's.
    pub color: Option<BrandColor>,
    /// What it gives, a sentence each.
    pub benefits: Vec<String>,
    /// The level above, if there is one.
    pub next: Option<NextLevel>,
}

/// The level above a member's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NextLevel {
    pub name: String,
    /// The points from which it is reached.
    pub at_points: i64,
}

/// Points that lapse together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExpiringPoints {
    /// At least one.
    pub points: i64,
    /// When they lapse, by the backend's clock.
    pub at: Timestamp,
}

/// Coupons that end together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExpiringCoupons {
    /// At least one.
    pub count: u32,
    /// When they end, by the backend's clock.
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    pub id: CardId,
    pub merchant_id: MerchantId,
    /// Its number; masked where the card is only a candidate.
    pub number: CardNumber,
    pub kind: CardKind,
    pub status: CardStatus,
    pub origin: CardOrigin,
    pub holder_name: Option<String>,
    pub avatar_url: Option<ImageUrl>,
    pub level: Level,
    /// Stored value (储值).
    pub balance: Money,
    /// Points (积分).
    pub points: i64,
    /// Coupons that can be used now.
    pub coupon_count: u32,
    /// 原公众号: the account where the card was used before.
    pub previous_account_name: Option<String>,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    /// What its member code shows without a network: it identifies the member,
    /// can't pay, and may be kept on the phone.
    pub offline_payload: Option<String>,
    /// The points that lapse soonest, however far off that is.
    pub points_expiring: Option<ExpiringPoints>,
    /// The coupons that end soonest, however far off that is.
    pub coupons_expiring: Option<ExpiringCoupons>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_groups_and_named_by_its_end() {
        let number = CardNumber::from("800100008000".to_owned());
        assert_eq!(number.grouped(), "8001 0000 8000");
        assert_eq!(number.last_four(), "8000");
        assert_eq!(number.masked().grouped(), "**** **** 8000");
        assert_eq!(
            CardNumber::from("********8000".to_owned()).last_four(),
            "8000"
        );
        assert_eq!(CardNumber::from("80".to_owned()).last_four(), "80");
        assert_eq!(
            CardNumber::from("卡八千零一".to_owned()).last_four(),
            "八千零一"
        );
    }
}
