//! A till (收银台), which scans a member code and takes the price from the card.

use crate::{
    card,
    change::Change,
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, CardId},
    issue,
    state::{Card, CardStatus, CodeMode, Entry, EntryKind, LastUse, Person, State, fan_id},
    timestamp::Timestamp,
};

const FEN_PER_YUAN: i64 = 100;
/// No till rings up more: one million yuan, in fen.
const MOST_FEN: i64 = 1_000_000 * FEN_PER_YUAN;
/// Where the till is.
const SHOP: &str = "总店";

/// What the till has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub card: CardId,
    /// What was taken from the card.
    pub amount_fen: i64,
    /// What is left on it.
    pub balance_fen: i64,
    /// The points that it earned.
    pub points: i64,
}

/// Why the till takes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    UnknownCode,
    /// The code of a card whose codes change, as it is kept for a phone without a network.
    OfflineCode,
    Frozen,
    Lost,
    Expired,
    NoAmount,
    BalanceTooSmall,
}

impl Refusal {
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::UnknownCode => "没有这个会员码，或者它已经过期，请刷新后再扫。",
            Self::OfflineCode => "这是离线会员码，只能识别会员，不能付款。",
            Self::Frozen => "这张会员卡已被冻结，不能使用。",
            Self::Lost => "这张会员卡已挂失，不能使用。",
            Self::Expired => "这张会员卡已过期，不能使用。",
            Self::NoAmount => "请输入大于 0 的金额。",
            Self::BalanceTooSmall => "卡内余额不足，没有扣款。",
        }
    }

    #[must_use]
    pub const fn english_sentence(self) -> &'static str {
        match self {
            Self::UnknownCode => {
                "There is no such code, or it has ended: refresh it and scan again."
            }
            Self::OfflineCode => {
                "This is an offline code: it tells who the member is and can't pay."
            }
            Self::Frozen => "The card is frozen and can't be used.",
            Self::Lost => "The card was reported lost and can't be used.",
            Self::Expired => "The card has expired and can't be used.",
            Self::NoAmount => "Type an amount above 0.",
            Self::BalanceTooSmall => "The balance is too small; nothing was taken.",
        }
    }
}

/// Scans `payload` and takes `amount_fen`, and returns the rows that change.
pub fn scan(
    state: &State,
    payload: &str,
    amount_fen: i64,
    now: Timestamp,
    entropy: Entropy,
) -> (Result<Receipt, Refusal>, Vec<Change>) {
    let mut draft = Draft::new(state, now, entropy);
    let result = use_code(&mut draft, payload, amount_fen);
    (result, draft.into_changes())
}

pub(crate) fn use_code(
    draft: &mut Draft<'_>,
    payload: &str,
    amount_fen: i64,
) -> Result<Receipt, Refusal> {
    let now = draft.now();
    let mut card = scanned(draft.state(), payload, now)?.clone();
    match card.status {
        CardStatus::Active => {}
        CardStatus::Frozen => return Err(Refusal::Frozen),
        CardStatus::Lost => return Err(Refusal::Lost),
        CardStatus::Expired => return Err(Refusal::Expired),
    }
    if !(1..=MOST_FEN).contains(&amount_fen) {
        return Err(Refusal::NoAmount);
    }
    if card.balance_fen < amount_fen {
        return Err(Refusal::BalanceTooSmall);
    }
    // A point for each whole yuan.
    let earned = amount_fen / FEN_PER_YUAN;
    let title = "消费".to_owned();
    card.balance_fen -= amount_fen;
    card.points += earned;
    card.level = issue::level_at(card.points);
    card.last_used_at = Some(now);
    card.updated_at = now;
    card.last_use = Some(LastUse {
        at: now,
        title: title.clone(),
        amount_fen,
        points: earned,
    });
    if earned > 0 {
        let title = "消费积分".to_owned();
        record(draft, &card, EntryKind::Points, earned, card.points, title);
    }
    record(
        draft,
        &card,
        EntryKind::StoredValue,
        -amount_fen,
        card.balance_fen,
        title,
    );
    let receipt = Receipt {
        card: card.id.clone(),
        amount_fen,
        balance_fen: card.balance_fen,
        points: earned,
    };
    draft.put(Change::PutCard(card));
    Ok(receipt)
}

/// Adds the newest entry of the card's timeline.
fn record(
    draft: &mut Draft<'_>,
    card: &Card,
    kind: EntryKind,
    amount: i64,
    balance_after: i64,
    title: String,
) {
    let newest = draft.state().entries_of(&card.id).next();
    let position = newest.map_or(0, |entry| entry.position + 1);
    let at = draft.now();
    draft.put(Change::PutEntry(Entry {
        card: card.id.clone(),
        position,
        at,
        kind,
        amount,
        balance_after: Some(balance_after),
        title,
        shop: Some(SHOP.to_owned()),
    }));
}

fn scanned<'a>(state: &'a State, payload: &str, now: Timestamp) -> Result<&'a Card, Refusal> {
    let takes = |card: &&Card| {
        card::accepted_codes(card, code_mode(state, card), now)
            .iter()
            .any(|code| code == payload)
    };
    if let Some(card) = state.cards.values().find(takes) {
        return Ok(card);
    }
    if state.cards.values().any(|card| card.number == payload) {
        return Err(Refusal::OfflineCode);
    }
    Err(Refusal::UnknownCode)
}

fn code_mode(state: &State, card: &Card) -> CodeMode {
    state
        .merchants
        .get(&card.merchant)
        .map_or(CodeMode::Static, |merchant| merchant.code_mode)
}

/// The code that a person would show now: that of the card in use.
#[must_use]
pub fn code_of(state: &State, person: &Person, now: Timestamp) -> Option<String> {
    let account = AccountId::from(person.world.as_str());
    let fan = state.fans.get(&fan_id(&account, &person.openid))?;
    let card = state.cards.get(fan.current_card.as_ref()?)?;
    card::accepted_codes(card, code_mode(state, card), now)
        .into_iter()
        .next()
}

/// The world of the card that a code is of, if it is of any.
#[must_use]
pub fn world_of(state: &State, payload: &str, now: Timestamp) -> Option<crate::id::WorldId> {
    let card = scanned(state, payload, now).ok()?;
    let merchant = state.merchants.get(&card.merchant)?;
    Some(merchant.world.clone())
}
