//! A coupon on a card.

use super::{money::Money, timestamp::Timestamp};

/// Whether a coupon can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponState {
    /// It can.
    Unused,
    /// It has been.
    Used,
    /// Its time is over.
    Expired,
    /// A state that this version does not know.
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupon {
    pub id: String,
    pub title: String,
    /// When and where it is taken.
    pub rule: String,
    pub state: CouponState,
    /// What it is worth, where that is an amount of money.
    pub value: Option<Money>,
    /// The digits of the code of its own by which the shop takes it: 12 to 18, an
    /// even number of them. Without one it is taken with the member code.
    pub code: Option<String>,
    /// From when it can be used.
    pub starts_at: Option<Timestamp>,
    /// Until when it can be used.
    pub ends_at: Option<Timestamp>,
}
