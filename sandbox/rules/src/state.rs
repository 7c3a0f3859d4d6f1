//! Everything that the rules know: rows, and nothing that is not in a row.

use std::collections::BTreeSet;

use rpds::RedBlackTreeMapSync;
use serde::{Deserialize, Serialize};

use crate::{
    id::{
        AccountId, CardId, ClaimId, FanId, MemberId, MerchantId, OpenId, PersonId, Phone,
        Pseudonym, SessionToken, TableCode, WorldId,
    },
    timestamp::Timestamp,
};

/// Whose official account (公众号) it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 商家自有公众号.
    Own,
    /// 排队网公众号.
    Platform,
    /// 运营者公众号.
    Operator,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: AccountId,
    pub world: WorldId,
    pub name: String,
    pub kind: AccountKind,
    /// Whether 聚食汇 may act for the account (授权).
    pub is_authorised: bool,
    /// The picture of the QR code by which one follows it.
    pub qr_url: Option<String>,
    /// The menu's entries besides the wallet.
    pub links: Vec<MenuLink>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLink {
    /// `order`, `takeaway`, `member`, `coupons` or `other`, as in the contract.
    pub kind: String,
    pub label: String,
    pub url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueMode {
    /// 手动开卡: the fan asks for a card.
    Manual,
    /// 自动发卡: a card is issued on the first visit.
    Automatic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsGateway {
    Working,
    Failing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptchaPolicy {
    Never,
    Always,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merchant {
    pub id: MerchantId,
    pub world: WorldId,
    pub name: String,
    /// The initials of its name in pinyin, for searching.
    pub initials: String,
    /// Its name in pinyin, in lower case without blanks, for searching.
    pub pinyin: Option<String>,
    pub phone: Option<String>,
    /// Its picture.
    pub avatar_url: Option<String>,
    /// Its colour, `#rrggbb`.
    pub brand_color: String,
    /// The account in which its pages run now.
    pub account: AccountId,
    /// The changes of account, the latest last.
    pub moves: Vec<Move>,
    /// Whether the members of before the last move were kept (保留会员).
    pub members_retained: bool,
    pub issue_mode: IssueMode,
    /// SMS credits (短信额度) left.
    pub sms_credits: u32,
    pub sms_gateway: SmsGateway,
    pub captcha: CaptchaPolicy,
    pub terms_version: String,
    /// 服务商: who set the shop up.
    pub provider: Option<Provider>,
    pub code_mode: CodeMode,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub from: AccountId,
    pub from_name: String,
    pub at: Timestamp,
}

/// 服务商.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    pub name: String,
    pub phone: String,
}

/// Whether member codes change, and what a code tells of its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeMode {
    Static,
    /// Every 30 seconds. The older code is accepted for 30 more, so that one that
    /// changes while staff scan it still works.
    Rotating,
    /// Every 30 seconds, when the older code dies. A code says when it dies, and not
    /// when to fetch the next.
    RotatingByExpiry,
    /// Every 30 seconds, when the older code dies. A code says to fetch the next only
    /// later than that: a backend that is set up wrongly.
    RotatingTooLate,
}

/// A person as one official account knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fan {
    pub id: FanId,
    pub account: AccountId,
    /// Never leaves the backend; replies name a fan by [`FanId::public`].
    pub openid: OpenId,
    /// `phone` in the manual.
    pub phone: Option<Phone>,
    pub phone_proven_at: Option<Timestamp>,
    /// Whether the fan follows (关注) the account.
    pub follows: bool,
    /// Whether this is the virtual identity that WeChat gives a snapshot page (快照页).
    pub is_snapshot: bool,
    /// The merchants whose entry the fan has used.
    pub merchants: BTreeSet<MerchantId>,
    /// The merchants whose automatic issue has happened: it happens once.
    pub issued_by: BTreeSet<MerchantId>,
    /// The merchant whose entry the fan used last.
    pub focus: Option<MerchantId>,
    pub current_card: Option<CardId>,
    /// Goes up with each change of the wallet.
    pub revision: u64,
    pub consents: Vec<Consent>,
    pub open_claim: Option<ClaimId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    pub version: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    IssuedAutomatically,
    /// Recovered by SMS code.
    Claimed,
    Opened,
    /// Found by a phone that the account knew.
    FoundByPhone,
}

/// A card in a fan's wallet: `card_id` of the fan in the manual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub fan: FanId,
    pub card: CardId,
    pub origin: Origin,
}

/// A fan who is a member: `member_id` of the fan in the manual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub member: MemberId,
    pub fan: FanId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub merchant: MerchantId,
    pub name: Option<String>,
    pub phone: Option<Phone>,
    /// The fan whose proof has put the number on record; none if the merchant had it.
    pub phone_told_by: Option<FanId>,
    /// Whether the member was kept in the last change of account.
    pub is_retained: bool,
    /// The number may have changed hands and much is at stake, so the cards are bound
    /// only at the shop.
    pub needs_staff_check: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// 微会员卡.
    Online,
    /// 实体卡.
    Physical,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    Active,
    /// 冻结.
    Frozen,
    /// 挂失.
    Lost,
    /// 过期.
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: CardId,
    /// Its merchant is the card's.
    pub member: MemberId,
    pub merchant: MerchantId,
    /// Digits only.
    pub number: String,
    pub kind: CardKind,
    pub status: CardStatus,
    pub level: Level,
    /// May be negative.
    pub balance_fen: i64,
    pub points: i64,
    /// 原公众号: the account where it was used before.
    pub previous_account_name: Option<String>,
    pub last_used_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    /// The points that lapse first.
    pub points_expiring: Option<ExpiringPoints>,
    /// The last time that its code was used at a till.
    pub last_use: Option<LastUse>,
    pub updated_at: Timestamp,
}

/// Points that lapse together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiringPoints {
    pub points: i64,
    pub at: Timestamp,
}

/// A use of a card's code at a till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUse {
    pub at: Timestamp,
    pub title: String,
    /// What was spent.
    pub amount_fen: i64,
    /// What it earned.
    pub points: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    pub name: String,
    /// `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    pub benefits: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextLevel>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextLevel {
    pub name: String,
    /// The points from which the level is reached.
    pub at_points: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// 储值, in fen.
    StoredValue,
    /// 积分, in points.
    Points,
    /// 券, in pieces.
    Coupon,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub card: CardId,
    /// 0 is the oldest.
    pub position: u32,
    pub at: Timestamp,
    pub kind: EntryKind,
    /// Fen, points or pieces; negative when spent.
    pub amount: i64,
    pub balance_after: Option<i64>,
    pub title: String,
    pub shop: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    Unused,
    Used,
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    pub card: CardId,
    /// Counted from 0.
    pub position: u32,
    pub title: String,
    pub rule: String,
    pub state: CouponState,
    /// In fen; none for what has no fixed value.
    pub value_fen: Option<i64>,
    /// The digits of its own code; none for what is taken with the member code.
    pub code: Option<String>,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    CodeSent,
    /// The code was right.
    Verified,
    Bound,
    /// It ended without a card: refused, withdrawn or given up for a newer claim.
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub id: ClaimId,
    pub fan: FanId,
    /// Whose terms were agreed to, and where a new card would be opened.
    pub merchant: MerchantId,
    /// Only until the code was right or the claim has ended.
    pub phone: Option<Phone>,
    /// `138****8000`.
    pub phone_masked: String,
    pub state: ClaimState,
    /// The code of the latest message to the number; older ones are wrong. None once it is
    /// used, burned, expired or followed by another for the same number.
    pub code: Option<String>,
    /// How many more codes may be tried.
    pub attempts_left: u32,
    pub resend_at: Timestamp,
    pub code_expires_at: Timestamp,
    pub expires_at: Timestamp,
    /// Latest used first.
    pub candidates: Vec<CardId>,
    pub bound: Vec<CardId>,
}

impl Claim {
    /// Whether the claim has ended or was left for too long.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        match self.state {
            ClaimState::CodeSent | ClaimState::Verified => self.expires_at <= now,
            ClaimState::Expired => true,
            ClaimState::Bound => false,
        }
    }

    /// Whether the fan can still go on with the claim.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.state != ClaimState::Bound && !self.is_over(now)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    pub id: String,
    pub phone: Phone,
    pub at: Timestamp,
    pub text: String,
    pub code: String,
    /// The merchant whose credits paid for it.
    pub merchant: MerchantId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The secret in the cookie.
    pub token: SessionToken,
    pub fan: FanId,
    pub began_at: Timestamp,
}

/// A sign-in that has led to a session. WeChat's browsers sometimes load the callback
/// twice, and the second time has to lead to the same session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Landing {
    /// The one-time `state` of the sign-in.
    pub state: String,
    /// WeChat's code, which has used the `state` up.
    pub code: String,
    pub account: AccountId,
    pub session: SessionToken,
    pub at: Timestamp,
}

/// A code of the stand-in for WeChat: it can be exchanged for an openid once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeChatCode {
    pub code: String,
    /// The account that may exchange it.
    pub account: AccountId,
    pub openid: OpenId,
    pub is_snapshot: bool,
    pub given_at: Timestamp,
}

/// The final answer to a POST, kept for its idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    pub fan: FanId,
    pub key: String,
    /// Of the call's path and body.
    pub digest: u64,
    pub status: u16,
    pub body: serde_json::Value,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captcha {
    pub id: String,
    pub fan: FanId,
    /// The digits in the picture.
    pub answer: String,
    pub at: Timestamp,
}

/// What limits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// An SMS that was sent.
    Sms,
    /// A captcha that was shown.
    Captcha,
}

/// One of what limits count. It tells apart who has asked, and doesn't say who it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub id: String,
    pub what: Counted,
    /// To which an SMS went.
    pub number: Option<Pseudonym>,
    pub fan: Pseudonym,
    pub session: Option<Pseudonym>,
    /// The network address.
    pub address: Option<Pseudonym>,
    pub merchant: MerchantId,
    pub at: Timestamp,
}

/// Which of a table's two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableSide {
    /// 左边餐台码: survives every change of account.
    Left,
    /// 右边餐台码: dies with the account.
    Right,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub code: TableCode,
    pub merchant: MerchantId,
    pub name: String,
    pub side: TableSide,
    /// The account that the code was generated for.
    pub account: AccountId,
}

/// A person of the sandbox, who can take up a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub world: WorldId,
    pub name: String,
    /// What is special about them, in Chinese.
    pub story: String,
    pub story_in_english: String,
    pub phone: Phone,
    /// The same in every account: a fan is told apart by account and openid.
    pub openid: OpenId,
    pub is_snapshot: bool,
    /// The address of the menu entry that they tap.
    pub entry: String,
}

/// A case laid out: its people, account and clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldRow {
    /// Also the id of the account that the people are in.
    pub id: WorldId,
    pub case: String,
    /// The four digits in the middle of its phone numbers.
    pub phone_block: u16,
    /// Seconds by which the world's clock is ahead.
    pub clock_offset: i64,
}

/// The rows of one kind by their keys, in order. A clone shares the rows with its original,
/// and a change of either copies no more than the way to the row.
pub type Rows<Key, Row> = RedBlackTreeMapSync<Key, Row>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub worlds: Rows<WorldId, WorldRow>,
    pub people: Rows<PersonId, Person>,
    pub accounts: Rows<AccountId, Account>,
    pub merchants: Rows<MerchantId, Merchant>,
    pub fans: Rows<FanId, Fan>,
    pub members: Rows<MemberId, Member>,
    pub memberships: Rows<(MemberId, FanId), Membership>,
    pub cards: Rows<CardId, Card>,
    pub holdings: Rows<(FanId, CardId), Holding>,
    pub entries: Rows<(CardId, u32), Entry>,
    pub coupons: Rows<(CardId, u32), Coupon>,
    pub claims: Rows<ClaimId, Claim>,
    pub messages: Rows<String, Sms>,
    pub sessions: Rows<SessionToken, Session>,
    pub landings: Rows<String, Landing>,
    pub wechat_codes: Rows<String, WeChatCode>,
    pub answers: Rows<(FanId, String), StoredAnswer>,
    pub captchas: Rows<String, Captcha>,
    pub tallies: Rows<String, Tally>,
    pub tables: Rows<TableCode, Table>,
}

impl State {
    pub fn merchants_of<'a>(
        &'a self,
        account: &AccountId,
    ) -> impl Iterator<Item = &'a Merchant> + use<'a> {
        let account = account.clone();
        self.merchants
            .values()
            .filter(move |merchant| merchant.account == account)
    }

    pub fn holdings_of<'a>(&'a self, fan: &FanId) -> impl Iterator<Item = &'a Holding> + use<'a> {
        let fan = fan.clone();
        self.holdings
            .range((fan.clone(), CardId::default())..)
            .take_while(move |((holder, _), _)| *holder == fan)
            .map(|(_, holding)| holding)
    }

    pub fn fans_of_member<'a>(
        &'a self,
        member: &MemberId,
    ) -> impl Iterator<Item = &'a FanId> + use<'a> {
        let member = member.clone();
        self.memberships
            .range((member.clone(), FanId::default())..)
            .take_while(move |((other, _), _)| *other == member)
            .map(|(_, membership)| &membership.fan)
    }

    /// By position.
    pub fn coupons_of<'a>(&'a self, card: &CardId) -> impl Iterator<Item = &'a Coupon> + use<'a> {
        let card = card.clone();
        self.coupons
            .range((card.clone(), 0)..)
            .take_while(move |((other, _), _)| *other == card)
            .map(|(_, coupon)| coupon)
    }

    /// Newest first.
    pub fn entries_of<'a>(&'a self, card: &CardId) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.entries
            .range((card.clone(), 0)..=(card.clone(), u32::MAX))
            .rev()
            .map(|(_, entry)| entry)
    }
}

#[must_use]
pub fn fan_id(account: &AccountId, openid: &OpenId) -> FanId {
    FanId::from(format!("{account}_{openid}"))
}
