//! What has happened on a card.

use super::timestamp::Timestamp;

/// What an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// 储值: stored value, in fen (分).
    StoredValue,
    /// 积分: points.
    Points,
    /// 券: coupons, in pieces.
    Coupon,
    /// A kind that this version does not know.
    Unknown,
}

/// A line of a card's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub at: Timestamp,
    pub kind: EntryKind,
    /// Fen, points or pieces; negative when they were spent.
    pub amount: i64,
    /// Fen, points or pieces afterwards.
    pub balance_after: Option<i64>,
    pub title: String,
    pub shop: Option<String>,
}
