//! Rows as the contract shows them.

use serde_json::{Value, json};

use crate::{
    id::FanId,
    problem::Problem,
    setting,
    state::{Card, CardStatus, CouponState, Holding, Merchant, Origin, State},
    timestamp::Timestamp,
};

/// How long the wallet mentions a change of account, in seconds: 90 days.
const CHANGE_IS_NEWS: i64 = 90 * 24 * 60 * 60;

pub(crate) fn wallet(state: &State, fan: &FanId, now: Timestamp) -> Result<Value, Problem> {
    let (fan, account, focus) = setting::of(state, fan)?;
    let cards = || {
        state
            .holdings_of(&fan.id)
            .filter_map(|holding| state.cards.get(&holding.card))
    };
    let mut shown = merchants(state, cards());
    if !cards().any(|card| card.merchant == focus.id) {
        shown.push(merchant(focus));
    }
    let changed = focus
        .moves
        .last()
        .filter(|step| step.from != account.id)
        .filter(|step| step.at.plus_seconds(CHANGE_IS_NEWS) > now);
    let open_claim = fan
        .open_claim
        .as_ref()
        .and_then(|id| state.claims.get(id))
        .filter(|claim| claim.is_open(now));
    Ok(without_nulls(json!({
        "server_time": now.rfc3339(),
        "fan": fan.id.public(),
        "revision": fan.revision.to_string(),
        "account": {
            "id": account.id,
            "name": account.name,
            "kind": account.kind,
            "follows": fan.follows,
            "qr_url": account.qr_url,
            "changed": changed.map(|step| json!({
                "from_name": step.from_name,
                "at": step.at.rfc3339(),
            })),
            "links": account.links,
        },
        "merchants": shown,
        "merchant_id": focus.id,
        "issue_mode": focus.issue_mode,
        "phone_masked": fan.phone.as_ref().map(crate::id::Phone::masked),
        "phone_proven": fan.phone_proven_at.is_some(),
        "terms": { "version": focus.terms_version },
        "current_card_id": fan.current_card,
        "open_claim_id": open_claim.map(|claim| &claim.id),
        "cards": state
            .holdings_of(&fan.id)
            .filter_map(|holding| card(state, holding, now))
            .collect::<Vec<_>>(),
    })))
}

/// The merchants of the cards, without duplicates.
pub(crate) fn merchants<'a>(state: &'a State, cards: impl Iterator<Item = &'a Card>) -> Vec<Value> {
    let ids: std::collections::BTreeSet<_> = cards.map(|card| &card.merchant).collect();
    ids.into_iter()
        .filter_map(|id| state.merchants.get(id))
        .map(merchant)
        .collect()
}

pub(crate) fn merchant(merchant: &Merchant) -> Value {
    without_nulls(json!({
        "id": merchant.id,
        "name": merchant.name,
        "initials": merchant.initials,
        "pinyin": merchant.pinyin,
        "avatar_url": merchant.avatar_url,
        "phone": merchant.phone,
        "brand_color": merchant.brand_color,
        "members_retained": merchant.members_retained,
    }))
}

pub(crate) fn card(state: &State, holding: &Holding, now: Timestamp) -> Option<Value> {
    let card = state.cards.get(&holding.card)?;
    let name = state
        .members
        .get(&card.member)
        .and_then(|member| member.name.clone());
    let mut view = fields(state, card, holding.origin, &card.number, name.as_deref());
    let mut more = |name: &str, value: Value| {
        if let Some(fields) = view.as_object_mut() {
            fields.insert(name.to_owned(), value);
        }
    };
    if unusable(card.status).is_none() {
        more("offline_payload", card.number.clone().into());
    }
    if let Some(points) = points_expiring(card, now) {
        more("points_expiring", points);
    }
    if let Some(coupons) = coupons_expiring(state, card, now) {
        more("coupons_expiring", coupons);
    }
    Some(view)
}

/// No more lapse than there are.
fn points_expiring(card: &Card, now: Timestamp) -> Option<Value> {
    let lot = card.points_expiring.as_ref().filter(|lot| lot.at > now)?;
    let points = lot.points.min(card.points);
    (points > 0).then(|| json!({ "points": points, "at": lot.at.rfc3339() }))
}

fn coupons_expiring(state: &State, card: &Card, now: Timestamp) -> Option<Value> {
    let ends: Vec<Timestamp> = state
        .coupons_of(&card.id)
        .filter(|coupon| coupon.state == CouponState::Unused)
        .filter_map(|coupon| coupon.ends_at)
        .filter(|end| *end > now)
        .collect();
    let first = *ends.iter().min()?;
    let count = ends.iter().filter(|end| **end == first).count();
    Some(json!({ "count": count, "at": first.rfc3339() }))
}

/// A card that isn't the fan's yet, with number and holder masked.
pub(crate) fn masked_card(state: &State, card: &Card) -> Value {
    let tail = card.number.len().saturating_sub(4);
    let number = card
        .number
        .char_indices()
        .map(|(index, digit)| if index < tail { '*' } else { digit })
        .collect::<String>();
    let name = state
        .members
        .get(&card.member)
        .and_then(|member| member.name.as_ref())
        .and_then(|name| name.chars().next())
        .map(|first| format!("{first}*"));
    fields(state, card, Origin::Claimed, &number, name.as_deref())
}

fn fields(
    state: &State,
    card: &Card,
    origin: Origin,
    number: &str,
    holder_name: Option<&str>,
) -> Value {
    let coupons = state
        .coupons_of(&card.id)
        .filter(|coupon| coupon.state == CouponState::Unused)
        .count();
    without_nulls(json!({
        "id": card.id,
        "merchant_id": card.merchant,
        "number": number,
        "kind": card.kind,
        "status": card.status,
        "origin": origin,
        "holder": { "name": holder_name },
        "level": card.level,
        "balance_fen": card.balance_fen,
        "points": card.points,
        "coupon_count": coupons,
        "previous_account_name": card.previous_account_name,
        "last_used_at": card.last_used_at.map(Timestamp::rfc3339),
        "expires_at": card.expires_at.map(Timestamp::rfc3339),
        "updated_at": card.updated_at.rfc3339(),
    }))
}

/// The problem of using a card with this status.
pub(crate) fn unusable(status: CardStatus) -> Option<crate::problem::Code> {
    match status {
        CardStatus::Active => None,
        CardStatus::Frozen => Some(crate::problem::Code::CardFrozen),
        CardStatus::Lost => Some(crate::problem::Code::CardLost),
        CardStatus::Expired => Some(crate::problem::Code::CardExpired),
    }
}

/// Removes null fields: in the contract an absent value has no field.
pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
