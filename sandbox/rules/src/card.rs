//! One card: in full, its member code, its timeline and its coupons.

use serde_json::{Value, json};

use crate::{
    draft::Draft,
    hash::fnv_1a,
    id::{CardId, FanId},
    problem::{Code, Problem},
    reply::Reply,
    request::Request,
    state::{Card, CodeMode, CouponState, EntryKind, Holding, State},
    timestamp::Timestamp,
    view,
};

const PAGE_LENGTH: usize = 20;
/// In seconds.
const CODE_CHANGES: i64 = 30;

fn held<'a>(
    state: &'a State,
    fan: &FanId,
    card: &CardId,
) -> Result<(&'a Holding, &'a Card), Problem> {
    let holding = state.holdings.get(&(fan.clone(), card.clone()));
    holding
        .zip(state.cards.get(card))
        .ok_or(Problem::new(Code::CardNotFound))
}

/// The fan's card; a problem if it can't be used.
pub(crate) fn usable<'a>(
    state: &'a State,
    fan: &FanId,
    card: &CardId,
    now: Timestamp,
) -> Result<&'a Card, Problem> {
    let (_, row) = held(state, fan, card)?;
    match view::unusable(row.status).zip(state.fans.get(fan)) {
        None => Ok(row),
        Some((code, fan)) => Err(Problem::new(code).about(card).supported_by(
            state.merchants.get(&row.merchant),
            &fan.account,
            now,
        )),
    }
}

pub(crate) fn show(draft: &Draft<'_>, fan: &FanId, card: &CardId) -> Result<Reply, Problem> {
    let state = draft.state();
    let (holding, row) = held(state, fan, card)?;
    let body = json!({
        "card": view::card(state, holding, draft.now()),
        "merchant": state.merchants.get(&row.merchant).map(view::merchant),
    });
    Ok(Reply::json(200, draft.now(), &body))
}

/// `GET /cards/{id}/code`.
pub(crate) fn code(draft: &Draft<'_>, fan: &FanId, card: &CardId) -> Result<Reply, Problem> {
    let state = draft.state();
    let now = draft.now();
    let row = usable(state, fan, card, now)?;
    let mode = state
        .merchants
        .get(&row.merchant)
        .map_or(CodeMode::Static, |merchant| merchant.code_mode);
    let window = window(now);
    let changes_at = Timestamp::from_milliseconds((window + 1) * CODE_CHANGES * 1000);
    let wait = changes_at.seconds_from(now);
    let (expires_at, refresh_after) = match mode {
        CodeMode::Static => (None, None),
        CodeMode::Rotating => (Some(changes_at.plus_seconds(CODE_CHANGES)), Some(wait)),
        CodeMode::RotatingByExpiry => (Some(changes_at), None),
        CodeMode::RotatingTooLate => (Some(changes_at), Some(wait + CODE_CHANGES)),
    };
    let (payload, mode) = match mode {
        CodeMode::Static => (row.number.clone(), "static"),
        _ => (rotating_payload(&row.number, window), "rotating"),
    };
    let body = view::without_nulls(json!({
        "payload": payload,
        "mode": mode,
        "expires_at": expires_at.map(Timestamp::rfc3339),
        "refresh_after": refresh_after,
        "offline_payload": row.number,
        "last_use": row.last_use.as_ref().map(|last| json!({
            "at": last.at.rfc3339(),
            "title": last.title,
            "amount_fen": last.amount_fen,
            "points": last.points,
        })),
    }));
    Ok(Reply::json(200, now, &body))
}

/// Which code of a card that changes its code is the present one.
fn window(now: Timestamp) -> i64 {
    now.milliseconds().div_euclid(CODE_CHANGES * 1000)
}

/// The codes by which a till takes a card now, the present one first.
pub(crate) fn accepted_codes(card: &Card, mode: CodeMode, now: Timestamp) -> Vec<String> {
    let window = window(now);
    match mode {
        CodeMode::Static => vec![card.number.clone()],
        CodeMode::Rotating => [window, window - 1]
            .map(|window| rotating_payload(&card.number, window))
            .into(),
        CodeMode::RotatingByExpiry | CodeMode::RotatingTooLate => {
            vec![rotating_payload(&card.number, window)]
        }
    }
}

/// Eighteen digits that change with the window. A production backend would sign them:
/// these pay for nothing.
fn rotating_payload(number: &str, window: i64) -> String {
    let hash = fnv_1a(number.bytes().chain(window.to_be_bytes()));
    format!("28{:016}", hash % 10_000_000_000_000_000)
}

/// `GET /cards/{id}/entries`, newest first.
pub(crate) fn entries(
    draft: &Draft<'_>,
    fan: &FanId,
    card: &CardId,
    request: &Request,
) -> Result<Reply, Problem> {
    let kind: Option<EntryKind> = choice(request, "kind")?;
    held(draft.state(), fan, card)?;
    let entries = draft
        .state()
        .entries_of(card)
        .filter(|entry| kind.is_none_or(|kind| entry.kind == kind))
        .map(|entry| {
            view::without_nulls(json!({
                "id": format!("{}-{}", entry.card, entry.position),
                "at": entry.at.rfc3339(),
                "kind": entry.kind,
                "amount": entry.amount,
                "balance_after": entry.balance_after,
                "title": entry.title,
                "shop": entry.shop,
            }))
        });
    page(draft, request, entries)
}

/// `GET /cards/{id}/coupons`.
pub(crate) fn coupons(
    draft: &Draft<'_>,
    fan: &FanId,
    card: &CardId,
    request: &Request,
) -> Result<Reply, Problem> {
    let state: Option<CouponState> = choice(request, "state")?;
    held(draft.state(), fan, card)?;
    let coupons = draft
        .state()
        .coupons_of(card)
        .filter(|coupon| state.is_none_or(|state| coupon.state == state))
        .map(|coupon| {
            view::without_nulls(json!({
                "id": format!("{}-{}", coupon.card, coupon.position),
                "title": coupon.title,
                "rule": coupon.rule,
                "state": coupon.state,
                "value_fen": coupon.value_fen,
                "code": coupon.code,
                "starts_at": coupon.starts_at.map(Timestamp::rfc3339),
                "ends_at": coupon.ends_at.map(Timestamp::rfc3339),
            }))
        });
    page(draft, request, coupons)
}

fn choice<T: serde::de::DeserializeOwned>(
    request: &Request,
    name: &str,
) -> Result<Option<T>, Problem> {
    request
        .parameter(name)?
        .map(|text| serde_json::from_value(Value::String(text)))
        .transpose()
        .map_err(|_| Problem::new(Code::BadRequest))
}

fn page(
    draft: &Draft<'_>,
    request: &Request,
    items: impl Iterator<Item = Value>,
) -> Result<Reply, Problem> {
    let from: usize = match request.parameter("cursor")? {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| Problem::new(Code::BadRequest))?,
    };
    let mut items = items.skip(from).peekable();
    let page: Vec<Value> = items.by_ref().take(PAGE_LENGTH).collect();
    let next = items
        .peek()
        .is_some()
        .then(|| from.saturating_add(PAGE_LENGTH).to_string());
    let body = view::without_nulls(json!({ "items": page, "next_cursor": next }));
    Ok(Reply::json(200, draft.now(), &body))
}
