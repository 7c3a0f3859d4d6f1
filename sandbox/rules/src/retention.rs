//! What is kept no longer. Nothing is right only because it was deleted in time: whatever
//! is over is over by the clock.

use crate::{
    begun::is_state_over,
    captcha::CAPTCHA_LIVES,
    change::Change,
    claim,
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, FanId, MerchantId, WorldId},
    idempotency,
    limits::TALLY_LIVES,
    sign_in::is_session_over,
    sms::MESSAGE_LIVES,
    state::{Claim, State},
    timestamp::Timestamp,
    wechat::CODE_LIVES,
};

/// The rows of a world that may be kept no longer at `now`, changed or deleted.
#[must_use]
pub fn due(state: &State, world: &WorldId, now: Timestamp) -> Vec<Change> {
    let of_account = |account: &AccountId| {
        let account = state.accounts.get(account);
        account.is_some_and(|account| account.world == *world)
    };
    let of_fan = |fan: &FanId| {
        let fan = state.fans.get(fan);
        fan.is_some_and(|fan| of_account(&fan.account))
    };
    let of_merchant = |merchant: &MerchantId| {
        let merchant = state.merchants.get(merchant);
        merchant.is_some_and(|merchant| merchant.world == *world)
    };
    let is_over = |since: Timestamp, lives: i64| since.plus_seconds(lives) <= now;

    let sessions = state
        .sessions
        .values()
        .filter(|row| of_fan(&row.fan) && is_session_over(row.began_at, now))
        .map(|row| Change::PutSession(row.clone()));
    let landings = state
        .landings
        .values()
        .filter(|row| of_account(&row.account) && is_state_over(row.at, now))
        .map(|row| Change::PutLanding(row.clone()));
    let wechat_codes = state
        .wechat_codes
        .values()
        .filter(|row| of_account(&row.account) && is_over(row.given_at, CODE_LIVES))
        .map(|row| Change::PutWeChatCode(row.clone()));
    let answers = state
        .answers
        .values()
        .filter(|row| of_fan(&row.fan) && is_over(row.at, idempotency::RETENTION))
        .map(|row| Change::PutAnswer(row.clone()));
    let captchas = state
        .captchas
        .values()
        .filter(|row| of_fan(&row.fan) && is_over(row.at, CAPTCHA_LIVES))
        .map(|row| Change::PutCaptcha(row.clone()));
    let messages = state
        .messages
        .values()
        .filter(|row| of_merchant(&row.merchant) && is_over(row.at, MESSAGE_LIVES))
        .map(|row| Change::PutSms(row.clone()));
    let tallies = state
        .tallies
        .values()
        .filter(|row| of_merchant(&row.merchant) && is_over(row.at, TALLY_LIVES))
        .map(|row| Change::PutTally(row.clone()));
    let mut changes: Vec<Change> = sessions
        .chain(landings)
        .chain(wechat_codes)
        .chain(answers)
        .chain(captchas)
        .chain(messages)
        .chain(tallies)
        .map(Change::deletion)
        .collect();

    // Nothing random becomes of a claim.
    let mut draft = Draft::new(state, now, Entropy::from_seed([0; 32]));
    let claims: Vec<&Claim> = state
        .claims
        .values()
        .filter(|claim| of_fan(&claim.fan))
        .collect();
    for claim in claims {
        claim::age(&mut draft, claim);
    }
    changes.extend(draft.into_changes());
    changes
}
