//! Everything that the rules know: rows, and nothing that is not in a row.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    id::{
        AccountId, CardId, ClaimId, FanId, MemberId, MerchantId, OpenId, PersonId, Phone,
        SessionToken, TableCode, WorldId,
    },
    timestamp::Timestamp,
};

/// Whose official account it is.
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

/// An official account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// The world that it belongs to.
    pub world: WorldId,
    /// Its name in WeChat.
    pub name: String,
    /// Whose it is.
    pub kind: AccountKind,
    /// Whether 聚食汇 is authorised to act for it (授权).
    pub is_authorised: bool,
    /// The other entries of its menu.
    pub links: Vec<MenuLink>,
}

/// An entry of an account's menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLink {
    /// `order`, `takeaway`, `member`, `coupons` or `other`.
    pub kind: String,
    /// What the menu calls it.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// How a merchant's cards are issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueMode {
    /// 手动开卡: the fan asks for a card.
    Manual,
    /// 自动发卡: a card is issued on the first visit.
    Automatic,
}

/// Whether messages get through to the carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsGateway {
    /// They do.
    Working,
    /// They don't.
    Failing,
}

/// Whether an SMS has to be earned by solving a captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptchaPolicy {
    /// It hasn't.
    Never,
    /// Always.
    Always,
}

/// A restaurant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merchant {
    /// Its identifier.
    pub id: MerchantId,
    /// The world that it belongs to.
    pub world: WorldId,
    /// Its name.
    pub name: String,
    /// The initials of its name in pinyin, for searching.
    pub initials: String,
    /// Its phone.
    pub phone: Option<String>,
    /// Its colour, `#rrggbb`.
    pub brand_color: String,
    /// The account that its pages run in.
    pub account: AccountId,
    /// The accounts that its pages ran in before, the latest last.
    pub moves: Vec<Move>,
    /// Whether the members of before the last move were kept (保留会员).
    pub members_retained: bool,
    /// How its cards are issued.
    pub issue_mode: IssueMode,
    /// SMS credits (短信额度) left.
    pub sms_credits: u32,
    /// Whether messages get through.
    pub sms_gateway: SmsGateway,
    /// Whether an SMS needs a captcha.
    pub captcha: CaptchaPolicy,
    /// The version of the terms in force.
    pub terms_version: String,
    /// Who set the shop up (服务商).
    pub provider: Option<Provider>,
    /// Whether its cards show a code that changes.
    pub code_mode: CodeMode,
}

/// A change of account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The account before.
    pub from: AccountId,
    /// That account's name.
    pub from_name: String,
    /// When it happened.
    pub at: Timestamp,
}

/// A provider (服务商).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its name.
    pub name: String,
    /// Its phone.
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
    /// Its identifier.
    pub id: FanId,
    /// The account.
    pub account: AccountId,
    /// The WeChat identity within that account.
    pub openid: OpenId,
    /// The phone on record (`phone` in the manual).
    pub phone: Option<Phone>,
    /// When that phone was proven by SMS.
    pub phone_proven_at: Option<Timestamp>,
    /// Whether the fan follows (关注) the account.
    pub follows: bool,
    /// Whether this is the virtual identity of a snapshot page (快照页).
    pub is_snapshot: bool,
    /// The merchants that the fan has entered for.
    pub merchants: BTreeSet<MerchantId>,
    /// The merchants that have issued a card automatically: once is enough.
    pub issued_by: BTreeSet<MerchantId>,
    /// The merchant that the fan entered for last.
    pub focus: Option<MerchantId>,
    /// The card in use.
    pub current_card: Option<CardId>,
    /// Counts the changes of the wallet.
    pub revision: u64,
    /// The consents that were given.
    pub consents: Vec<Consent>,
    /// The claim that is open.
    pub open_claim: Option<ClaimId>,
}

/// A consent that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The version of the terms.
    pub version: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// How a card came to a fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Issued on the first visit.
    IssuedAutomatically,
    /// Recovered by SMS code.
    Claimed,
    /// Opened anew.
    Opened,
    /// Found by a phone that the account knew.
    FoundByPhone,
}

/// A card in a fan's wallet (`card_id` of the fan in the manual).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Whose wallet.
    pub fan: FanId,
    /// Which card.
    pub card: CardId,
    /// How it came there.
    pub origin: Origin,
}

/// That a fan is a member (`member_id` of the fan in the manual).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The member.
    pub member: MemberId,
    /// The fan.
    pub fan: FanId,
}

/// A member of a merchant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its identifier.
    pub id: MemberId,
    /// The merchant.
    pub merchant: MerchantId,
    /// The name on record.
    pub name: Option<String>,
    /// The phone on record.
    pub phone: Option<Phone>,
    /// Whether the merchant has kept the member through the change of account.
    pub is_retained: bool,
    /// Whether the number may have changed hands while much is at stake, so
    /// that only staff who see the person may bind the cards.
    pub needs_staff_check: bool,
}

/// What a card is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// 微会员卡.
    Online,
    /// 实体卡.
    Physical,
}

/// Whether a card can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// It can.
    Active,
    /// 冻结.
    Frozen,
    /// 挂失.
    Lost,
    /// 过期.
    Expired,
}

/// A member card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its identifier.
    pub id: CardId,
    /// Whose card it is.
    pub member: MemberId,
    /// The merchant of that member.
    pub merchant: MerchantId,
    /// Its number: digits.
    pub number: String,
    /// Online or plastic.
    pub kind: CardKind,
    /// Whether it can be used.
    pub status: CardStatus,
    /// The member's level.
    pub level: Level,
    /// Stored value, in fen.
    pub balance_fen: i64,
    /// Points.
    pub points: i64,
    /// 原公众号: the account where it was used before.
    pub previous_account_name: Option<String>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When its row last changed.
    pub updated_at: Timestamp,
}

/// A level and what it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// What it gives.
    pub benefits: Vec<String>,
    /// The level above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextLevel>,
}

/// The level above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextLevel {
    /// Its name.
    pub name: String,
    /// The points from which it is reached.
    pub at_points: i64,
}

/// What an entry of a card's timeline counts.
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

/// An entry of a card's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The card.
    pub card: CardId,
    /// Its place in the timeline, from 0 upwards.
    pub position: u32,
    /// When it happened.
    pub at: Timestamp,
    /// What it counts.
    pub kind: EntryKind,
    /// How much: fen, points or pieces.
    pub amount: i64,
    /// What there was afterwards.
    pub balance_after: Option<i64>,
    /// What it was for.
    pub title: String,
    /// Where it was.
    pub shop: Option<String>,
}

/// The state of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CouponState {
    /// It can be used.
    Unused,
    /// It was used.
    Used,
    /// Its time is over.
    Expired,
}

/// A coupon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// The card that it belongs to.
    pub card: CardId,
    /// Its place in the list, from 0 upwards.
    pub position: u32,
    /// What it is.
    pub title: String,
    /// When it may be used.
    pub rule: String,
    /// Its state.
    pub state: CouponState,
    /// What it is worth, in fen.
    pub value_fen: Option<i64>,
    /// When it begins.
    pub starts_at: Option<Timestamp>,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// A code was sent.
    CodeSent,
    /// The phone is proven.
    Verified,
    /// Cards were bound.
    Bound,
    /// It ended without a card.
    Expired,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its identifier.
    pub id: ClaimId,
    /// Who claims.
    pub fan: FanId,
    /// The merchant with whom it was begun.
    pub merchant: MerchantId,
    /// The number.
    pub phone: Phone,
    /// How far it has come.
    pub state: ClaimState,
    /// The code that was sent last.
    pub code: String,
    /// Wrong tries still allowed.
    pub attempts_left: u32,
    /// When another code may be asked for.
    pub resend_at: Timestamp,
    /// When the code ends.
    pub code_expires_at: Timestamp,
    /// When the claim ends.
    pub expires_at: Timestamp,
    /// The cards found, latest used first.
    pub candidates: Vec<CardId>,
    /// The cards bound.
    pub bound: Vec<CardId>,
}

impl Claim {
    /// Whether the claim can lead to nothing any more: it has ended, or was left for
    /// too long.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        match self.state {
            ClaimState::CodeSent | ClaimState::Verified => self.expires_at <= now,
            ClaimState::Expired => true,
            ClaimState::Bound => false,
        }
    }

    /// Whether the claim waits for its fan.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        self.state != ClaimState::Bound && !self.is_over(now)
    }
}

/// A text message that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sms {
    /// Its identifier.
    pub id: String,
    /// To whom.
    pub phone: Phone,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
    /// The code in it.
    pub code: String,
    /// On whose account it was sent.
    pub merchant: MerchantId,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its secret.
    pub token: SessionToken,
    /// Who is signed in.
    pub fan: FanId,
    /// When it began.
    pub began_at: Timestamp,
}

/// A sign-in under way: between `/enter` and the callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The one-time `state`.
    pub state: String,
    /// The account.
    pub account: AccountId,
    /// The merchant that the entry names.
    pub merchant: Option<MerchantId>,
    /// The path to land on.
    pub return_to: String,
    /// When it began.
    pub began_at: Timestamp,
    /// Which code has used it up, and the session that came of it.
    pub done: Option<(String, SessionToken)>,
}

/// A code of the fake WeChat: it stands for an openid, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeChatCode {
    /// The code.
    pub code: String,
    /// The login that it was given for.
    pub login: String,
    /// Whom it stands for.
    pub openid: OpenId,
    /// Whether it is a snapshot page's.
    pub is_snapshot: bool,
    /// When it was given.
    pub given_at: Timestamp,
}

/// The stored answer to a POST.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// Who asked.
    pub fan: FanId,
    /// The idempotency key.
    pub key: String,
    /// A digest of the call and its body.
    pub digest: u64,
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: serde_json::Value,
    /// When it was given.
    pub at: Timestamp,
}

/// A captcha that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captcha {
    /// Its identifier.
    pub id: String,
    /// Who was asked.
    pub fan: FanId,
    /// The digits in its picture.
    pub answer: String,
    /// When it was asked.
    pub at: Timestamp,
}

/// Which of a table's two codes it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableSide {
    /// 左边餐台码: survives every change of account.
    Left,
    /// 右边餐台码: dies with the account.
    Right,
}

/// A table code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The code.
    pub code: TableCode,
    /// The merchant.
    pub merchant: MerchantId,
    /// What the table is called.
    pub name: String,
    /// Which of its two codes.
    pub side: TableSide,
    /// The account that it was generated for.
    pub account: AccountId,
}

/// A person of the sandbox, and who they are in each account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its identifier.
    pub id: PersonId,
    /// The world that they live in.
    pub world: WorldId,
    /// Their name.
    pub name: String,
    /// What is special about them, in Chinese.
    pub story: String,
    /// The same in English.
    pub story_in_english: String,
    /// Their phone number.
    pub phone: Phone,
    /// Their openid in each account, which the account's id completes.
    pub openid: OpenId,
    /// Whether WeChat shows them a snapshot page.
    pub is_snapshot: bool,
    /// The menu entry that they tap.
    pub entry: String,
}

/// A copy of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorldRow {
    /// Its identifier: also that of the account that its people are in.
    pub id: WorldId,
    /// The case's name.
    pub case: String,
    /// The four digits in the middle of its phone numbers.
    pub phone_block: u16,
    /// How far its clock is ahead, in seconds.
    pub clock_offset: i64,
}

/// Everything that the rules know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Worlds.
    pub worlds: BTreeMap<WorldId, WorldRow>,
    /// People of the sandbox.
    pub people: BTreeMap<PersonId, Person>,
    /// Official accounts.
    pub accounts: BTreeMap<AccountId, Account>,
    /// Merchants.
    pub merchants: BTreeMap<MerchantId, Merchant>,
    /// Fans.
    pub fans: BTreeMap<FanId, Fan>,
    /// Members.
    pub members: BTreeMap<MemberId, Member>,
    /// Memberships of fans.
    pub memberships: BTreeMap<(MemberId, FanId), Membership>,
    /// Cards.
    pub cards: BTreeMap<CardId, Card>,
    /// Cards in wallets.
    pub holdings: BTreeMap<(FanId, CardId), Holding>,
    /// Timelines.
    pub entries: BTreeMap<(CardId, u32), Entry>,
    /// Coupons.
    pub coupons: BTreeMap<(CardId, u32), Coupon>,
    /// Claims.
    pub claims: BTreeMap<ClaimId, Claim>,
    /// Text messages that were sent.
    pub messages: BTreeMap<String, Sms>,
    /// Sessions.
    pub sessions: BTreeMap<SessionToken, Session>,
    /// Sign-ins under way.
    pub logins: BTreeMap<String, Login>,
    /// Codes of the fake WeChat.
    pub wechat_codes: BTreeMap<String, WeChatCode>,
    /// Stored answers.
    pub answers: BTreeMap<(FanId, String), StoredAnswer>,
    /// Captchas.
    pub captchas: BTreeMap<String, Captcha>,
    /// Table codes.
    pub tables: BTreeMap<TableCode, Table>,
}

impl State {
    /// The fan whom `account` knows by `openid`.
    #[must_use]
    pub fn fan_by_openid(&self, account: &AccountId, openid: &OpenId) -> Option<&Fan> {
        self.fans.get(&fan_id(account, openid))
    }

    /// The merchants whose pages run in `account`.
    pub fn merchants_of<'a>(
        &'a self,
        account: &AccountId,
    ) -> impl Iterator<Item = &'a Merchant> + use<'a> {
        let account = account.clone();
        self.merchants
            .values()
            .filter(move |merchant| merchant.account == account)
    }

    /// The cards in a fan's wallet.
    pub fn holdings_of<'a>(&'a self, fan: &FanId) -> impl Iterator<Item = &'a Holding> + use<'a> {
        let fan = fan.clone();
        self.holdings
            .range((fan.clone(), CardId::default())..)
            .take_while(move |((holder, _), _)| *holder == fan)
            .map(|(_, holding)| holding)
    }

    /// The fans who are this member.
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

    /// The coupons of a card, in order.
    pub fn coupons_of<'a>(&'a self, card: &CardId) -> impl Iterator<Item = &'a Coupon> + use<'a> {
        let card = card.clone();
        self.coupons
            .range((card.clone(), 0)..)
            .take_while(move |((other, _), _)| *other == card)
            .map(|(_, coupon)| coupon)
    }

    /// The timeline of a card, newest first.
    pub fn entries_of<'a>(&'a self, card: &CardId) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.entries
            .range((card.clone(), 0)..=(card.clone(), u32::MAX))
            .rev()
            .map(|(_, entry)| entry)
    }
}

/// The identifier of the fan whom `account` knows by `openid`.
#[must_use]
pub fn fan_id(account: &AccountId, openid: &OpenId) -> FanId {
    FanId::from(format!("{account}_{openid}"))
}
