//! The manual claim (手动申请会员卡): a phone number, a code by SMS, the old cards.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;

use crate::{
    captcha::CaptchaAnswer,
    change::Change,
    draft::Draft,
    id::{CardId, ClaimId, FanId, Phone},
    issue::{self, Obstacle},
    limits::NUMBER_INTERVAL,
    outcome::{self, Outcome},
    problem::{Code, Problem},
    reply::Reply,
    request::Request,
    setting,
    sms::{self, Order},
    state::{CardStatus, Claim, ClaimState, Consent, Origin, State},
    timestamp::Timestamp,
    view,
};

/// In seconds.
const CODE_LIVES: i64 = 5 * 60;
/// In seconds.
const CLAIM_LIVES: i64 = 30 * 60;
/// How long a claim is still told of after that, in seconds.
const ENDED_LIVES: i64 = 24 * 60 * 60;
/// Codes that may be tried for one message.
const ATTEMPTS: u32 = 5;

#[derive(Deserialize)]
struct OpenBody {
    phone: String,
    consent: ConsentBody,
    captcha: Option<CaptchaAnswer>,
}

#[derive(Deserialize)]
struct ConsentBody {
    version: String,
}

#[derive(Deserialize)]
struct ResendBody {
    captcha: Option<CaptchaAnswer>,
}

#[derive(Deserialize)]
struct VerificationBody {
    code: String,
}

#[derive(Deserialize)]
struct BindingBody {
    card_ids: Option<Vec<CardId>>,
    open_new: Option<bool>,
}

/// Whether there are cards, and each of them once.
fn is_set(cards: &[CardId]) -> bool {
    let distinct: BTreeSet<_> = cards.iter().collect();
    !cards.is_empty() && distinct.len() == cards.len()
}

fn body<'a, T: Deserialize<'a>>(request: &'a Request) -> Result<T, Problem> {
    serde_json::from_str(&request.body).map_err(|_| Problem::new(Code::BadRequest))
}

pub(crate) fn open(
    draft: &mut Draft<'_>,
    fan: &FanId,
    request: &Request,
) -> Result<Reply, Problem> {
    let now = draft.now();
    let body: OpenBody = body(request)?;
    if !Phone::is_valid(&body.phone) {
        return Err(Problem::new(Code::PhoneInvalid));
    }
    let phone = Phone::from(body.phone);
    let (known, account, merchant) = setting::of(draft.state(), fan)?;
    if body.consent.version != merchant.terms_version {
        return Err(Problem::new(Code::ConsentRequired)
            .with("terms", json!({ "version": merchant.terms_version })));
    }
    let earlier = known.open_claim.clone();
    let (account, merchant) = (account.id.clone(), merchant.id.clone());
    let order = Order {
        fan,
        account: &account,
        merchant: &merchant,
        phone: &phone,
        captcha: body.captcha,
        request,
    };
    let code = sms::send_code(draft, order)?;
    end_codes_of(draft, &phone, None);
    if let Some(earlier) = earlier.and_then(|id| draft.state().claims.get(&id).cloned()) {
        end(draft, earlier);
    }
    let claim = Claim {
        id: ClaimId::from(draft.entropy().token()),
        fan: fan.clone(),
        merchant,
        phone_masked: phone.masked(),
        phone: Some(phone),
        state: ClaimState::CodeSent,
        code: Some(code),
        attempts_left: ATTEMPTS,
        resend_at: now.plus_seconds(NUMBER_INTERVAL),
        code_expires_at: now.plus_seconds(CODE_LIVES),
        expires_at: now.plus_seconds(CLAIM_LIVES),
        candidates: Vec::new(),
        bound: Vec::new(),
    };
    draft.change_fan(fan, |fan| {
        fan.open_claim = Some(claim.id.clone());
        let is_known = |consent: &Consent| {
            consent.version == body.consent.version && consent.withdrawn_at.is_none()
        };
        if !fan.consents.iter().any(is_known) {
            fan.consents.push(Consent {
                version: body.consent.version,
                given_at: now,
                withdrawn_at: None,
            });
        }
    });
    draft.put(Change::PutClaim(claim.clone()));
    answer(draft, 201, &claim)
}

pub(crate) fn show(draft: &Draft<'_>, fan: &FanId, claim: &ClaimId) -> Result<Reply, Problem> {
    let claim = of_fan(draft.state(), fan, claim, draft.now())?;
    answer(draft, 200, &claim)
}

/// `POST /claims/{id}/sms`: sends a new code, which replaces the older one.
pub(crate) fn resend(
    draft: &mut Draft<'_>,
    fan: &FanId,
    claim: &ClaimId,
    request: &Request,
) -> Result<Reply, Problem> {
    let now = draft.now();
    let body: ResendBody = body(request)?;
    let mut claim = of_fan(draft.state(), fan, claim, now)?;
    match claim.state {
        ClaimState::CodeSent => {}
        ClaimState::Expired => return Err(Problem::new(Code::ClaimExpired)),
        // The phone is proven, so there is nothing to send a code for.
        ClaimState::Verified | ClaimState::Bound => return answer(draft, 200, &claim),
    }
    let (_, account, _) = setting::of(draft.state(), fan)?;
    let account = account.id.clone();
    let phone = claim.phone.clone();
    let phone = phone.ok_or(Problem::new(Code::ClaimExpired))?;
    let order = Order {
        fan,
        account: &account,
        merchant: &claim.merchant,
        phone: &phone,
        captcha: body.captcha,
        request,
    };
    let code = sms::send_code(draft, order)?;
    end_codes_of(draft, &phone, Some(&claim.id));
    claim.code = Some(code);
    claim.attempts_left = ATTEMPTS;
    claim.resend_at = now.plus_seconds(NUMBER_INTERVAL);
    claim.code_expires_at = now.plus_seconds(CODE_LIVES);
    draft.put(Change::PutClaim(claim.clone()));
    answer(draft, 200, &claim)
}

/// `POST /claims/{id}/verification`
pub(crate) fn verify(
    draft: &mut Draft<'_>,
    fan: &FanId,
    claim: &ClaimId,
    request: &Request,
) -> Result<Reply, Problem> {
    let now = draft.now();
    let body: VerificationBody = body(request)?;
    if !sms::is_code(&body.code) {
        return Err(Problem::new(Code::BadRequest));
    }
    let mut claim = of_fan(draft.state(), fan, claim, now)?;
    match claim.state {
        ClaimState::CodeSent => {}
        ClaimState::Expired => return Err(Problem::new(Code::ClaimExpired)),
        ClaimState::Verified | ClaimState::Bound => return answer(draft, 200, &claim),
    }
    if claim.attempts_left == 0 {
        return Err(Problem::new(Code::TooManyAttempts));
    }
    let is_over = claim.code_expires_at <= now;
    let (Some(code), Some(phone), false) = (&claim.code, claim.phone.clone(), is_over) else {
        return Err(Problem::new(Code::CodeExpired));
    };
    if body.code != *code {
        claim.attempts_left -= 1;
        let left = claim.attempts_left;
        if left == 0 {
            claim.code = None;
            draft.put_erasing(Change::PutClaim(claim));
            return Err(Problem::new(Code::TooManyAttempts));
        }
        draft.put(Change::PutClaim(claim));
        return Err(Problem::new(Code::CodeWrong).with("attempts_left", left));
    }
    let (known, account, _) = setting::of(draft.state(), fan)?;
    let merchant = draft
        .state()
        .merchants
        .get(&claim.merchant)
        .ok_or(Problem::new(Code::NotFound))?;
    let refused = |code| Err(Problem::new(code).supported_by(Some(merchant), &account.id, now));
    match outcome::search(draft.state(), account, known, merchant, &phone) {
        Outcome::PhoneInUse => {
            let refusal = refused(Code::PhoneInUse);
            end(draft, claim);
            refusal
        }
        Outcome::CardAlreadyBound => {
            let refusal = refused(Code::CardAlreadyBound);
            end(draft, claim);
            refusal
        }
        Outcome::Cards(cards) => {
            prove(draft, fan, &phone);
            claim.state = ClaimState::Verified;
            claim.phone = None;
            claim.code = None;
            claim.candidates = cards;
            draft.put_erasing(Change::PutClaim(claim.clone()));
            answer(draft, 200, &claim)
        }
    }
}

/// Records that the phone is the fan's. Members of theirs without a phone get it too, so
/// that the next change of account loses nobody.
fn prove(draft: &mut Draft<'_>, fan: &FanId, phone: &Phone) {
    let now = draft.now();
    draft.change_fan(fan, |fan| {
        fan.phone = Some(phone.clone());
        fan.phone_proven_at = Some(now);
        fan.revision += 1;
    });
    let state = draft.state();
    let nameless: Vec<_> = state
        .memberships
        .values()
        .filter(|membership| membership.fan == *fan)
        .filter_map(|membership| state.members.get(&membership.member))
        .filter(|member| member.phone.is_none())
        .cloned()
        .collect();
    for mut member in nameless {
        member.phone = Some(phone.clone());
        member.phone_told_by = Some(fan.clone());
        draft.put(Change::PutMember(member));
    }
}

/// `POST /claims/{id}/binding`: all cards or none.
pub(crate) fn bind(
    draft: &mut Draft<'_>,
    fan: &FanId,
    claim: &ClaimId,
    request: &Request,
) -> Result<Reply, Problem> {
    let now = draft.now();
    let body: BindingBody = body(request)?;
    let mut claim = of_fan(draft.state(), fan, claim, now)?;
    match claim.state {
        ClaimState::Verified => {}
        ClaimState::Bound => return bound(draft, fan, &claim),
        ClaimState::Expired => return Err(Problem::new(Code::ClaimExpired)),
        ClaimState::CodeSent => return Err(Problem::new(Code::BadRequest)),
    }
    claim.bound = match (body.card_ids, body.open_new) {
        (Some(cards), None | Some(false)) if is_set(&cards) => {
            for card in &cards {
                check_bindable(draft.state(), fan, &claim, card, now)?;
            }
            for card in &cards {
                issue::hold(draft, fan, card, Origin::Claimed);
            }
            cards
        }
        (None, Some(true)) if can_open_new(draft.state(), &claim) => {
            vec![issue::open_card(
                draft,
                fan,
                &claim.merchant,
                Origin::Opened,
            )]
        }
        _ => return Err(Problem::new(Code::BadRequest)),
    };
    claim.state = ClaimState::Bound;
    draft.put(Change::PutClaim(claim.clone()));
    draft.change_fan(fan, |fan| {
        fan.open_claim = None;
    });
    bound(draft, fan, &claim)
}

fn bound(draft: &Draft<'_>, fan: &FanId, claim: &Claim) -> Result<Reply, Problem> {
    let body = json!({
        "claim": view(draft, claim)?,
        "wallet": view::wallet(draft.state(), fan, draft.now())?,
    });
    Ok(Reply::json(200, draft.now(), &body))
}

fn check_bindable(
    state: &State,
    fan: &FanId,
    claim: &Claim,
    card: &CardId,
    now: Timestamp,
) -> Result<(), Problem> {
    let row = state
        .cards
        .get(card)
        .filter(|_| claim.candidates.contains(card));
    let (Some(row), Some(fan)) = (row, state.fans.get(fan)) else {
        return Err(Problem::new(Code::BadRequest));
    };
    let refused = |code| {
        Err(Problem::new(code).about(card).supported_by(
            state.merchants.get(&row.merchant),
            &fan.account,
            now,
        ))
    };
    if outcome::is_bound_elsewhere(state, &row.member, fan) {
        return refused(Code::CardAlreadyBound);
    }
    match issue::obstacle(state, card) {
        None => Ok(()),
        Some(Obstacle::Lost) => refused(Code::CardLost),
        Some(Obstacle::Expired) => refused(Code::CardExpired),
        Some(Obstacle::StaffCheck) => refused(Code::Forbidden),
    }
}

/// Not beside a card of the same merchant: a second one would only split the points.
fn can_open_new(state: &State, claim: &Claim) -> bool {
    !issue::holds_card_of(state, &claim.fan, &claim.merchant)
}

/// The fan's claim, expired if it was left for too long.
fn of_fan(state: &State, fan: &FanId, claim: &ClaimId, now: Timestamp) -> Result<Claim, Problem> {
    let mut claim = state
        .claims
        .get(claim)
        .filter(|claim| claim.fan == *fan)
        .ok_or(Problem::new(Code::ClaimNotFound))?
        .clone();
    if claim.is_over(now) {
        claim.state = ClaimState::Expired;
    }
    Ok(claim)
}

/// Ends a claim, unless it has led to a card.
pub(crate) fn end(draft: &mut Draft<'_>, mut claim: Claim) {
    if claim.state == ClaimState::Bound {
        return;
    }
    claim.state = ClaimState::Expired;
    claim.phone = None;
    claim.code = None;
    let (id, fan) = (claim.id.clone(), claim.fan.clone());
    draft.put_erasing(Change::PutClaim(claim));
    draft.change_fan(&fan, |fan| {
        if fan.open_claim.as_ref() == Some(&id) {
            fan.open_claim = None;
        }
    });
}

/// A newer code ends every older one for the number, whoever had asked for it: a phone has
/// one code that is right, the one that came last.
fn end_codes_of(draft: &mut Draft<'_>, phone: &Phone, but: Option<&ClaimId>) {
    let now = draft.now();
    let older: Vec<Claim> = draft
        .state()
        .claims
        .values()
        .filter(|claim| Some(&claim.id) != but)
        .filter(|claim| claim.code.is_some() && claim.phone.as_ref() == Some(phone))
        .cloned()
        .collect();
    for mut claim in older {
        claim.code = None;
        claim.code_expires_at = claim.code_expires_at.min(now);
        draft.put_erasing(Change::PutClaim(claim));
    }
}

/// What becomes of a claim with time: its number and code are kept no longer than they are
/// of use, and the claim not much longer.
pub(crate) fn age(draft: &mut Draft<'_>, claim: &Claim) {
    let now = draft.now();
    if claim.expires_at.plus_seconds(ENDED_LIVES) <= now {
        draft.put(Change::PutClaim(claim.clone()).deletion());
    } else if claim.is_over(now) && claim.phone.is_some() {
        end(draft, claim.clone());
    } else if claim.code_expires_at <= now && claim.code.is_some() {
        draft.put_erasing(Change::PutClaim(Claim {
            code: None,
            ..claim.clone()
        }));
    }
}

fn answer(draft: &Draft<'_>, status: u16, claim: &Claim) -> Result<Reply, Problem> {
    Ok(Reply::json(
        status,
        draft.now(),
        &json!({ "claim": view(draft, claim)? }),
    ))
}

fn view(draft: &Draft<'_>, claim: &Claim) -> Result<serde_json::Value, Problem> {
    let state = draft.state();
    let now = draft.now();
    let mut view = json!({
        "id": claim.id,
        "merchant_id": claim.merchant,
        "state": claim.state,
        "phone_masked": claim.phone_masked,
        "code_length": sms::CODE_LENGTH,
        "attempts_left": claim.attempts_left,
        "resend_at": claim.resend_at.rfc3339(),
        "code_expires_at": claim.code_expires_at.rfc3339(),
        "expires_at": claim.expires_at.rfc3339(),
    });
    let Some(fields) = view.as_object_mut() else {
        return Ok(view);
    };
    match claim.state {
        ClaimState::Verified => {
            let (fan, account, _) = setting::of(state, &claim.fan)?;
            let candidates: Vec<_> = claim
                .candidates
                .iter()
                .filter_map(|card| candidate(state, fan, card))
                .collect();
            let candidate_cards = || claim.candidates.iter().filter_map(|id| state.cards.get(id));
            let mut merchants = view::merchants(state, candidate_cards());
            if !candidate_cards().any(|card| card.merchant == claim.merchant)
                && let Some(own) = state.merchants.get(&claim.merchant)
            {
                merchants.push(view::merchant(own));
            }
            let is_selectable = |candidate: &serde_json::Value| candidate["selectable"] == true;
            if !candidates.iter().any(is_selectable)
                && let Some(merchant) = state.merchants.get(&claim.merchant)
            {
                let support = crate::problem::no_card_support(merchant, account, now);
                fields.insert("support".to_owned(), support);
            }
            fields.insert("merchants".to_owned(), merchants.into());
            fields.insert("candidates".to_owned(), candidates.into());
            fields.insert("can_open_new".to_owned(), can_open_new(state, claim).into());
        }
        ClaimState::Bound => {
            let cards: Vec<_> = claim
                .bound
                .iter()
                .filter_map(|card| {
                    let holding = state.holdings.get(&(claim.fan.clone(), card.clone()))?;
                    view::card(state, holding, now)
                })
                .collect();
            fields.insert("bound_cards".to_owned(), cards.into());
        }
        ClaimState::CodeSent | ClaimState::Expired => {}
    }
    Ok(view)
}

fn candidate(state: &State, fan: &crate::state::Fan, card: &CardId) -> Option<serde_json::Value> {
    let row = state.cards.get(card)?;
    let obstacle = issue::obstacle(state, card);
    let reason = match obstacle {
        _ if outcome::is_bound_elsewhere(state, &row.member, fan) => Some("already_bound"),
        Some(Obstacle::Lost) => Some("lost"),
        Some(Obstacle::Expired) => Some("expired"),
        Some(Obstacle::StaffCheck) => Some("staff_check_required"),
        None => None,
    };
    let mut view = view::masked_card(state, row);
    let fields = view.as_object_mut()?;
    fields.insert("selectable".to_owned(), reason.is_none().into());
    if let Some(reason) = reason {
        fields.insert("reason".to_owned(), reason.into());
    }
    let is_staffs = row.status != CardStatus::Lost && obstacle == Some(Obstacle::StaffCheck);
    fields.insert("staff_check_required".to_owned(), is_staffs.into());
    Some(view)
}
