//! `GET /api/v1/tables/{code}`: where a table code leads.

use serde_json::{Value, json};

use crate::{
    draft::Draft,
    id::TableCode,
    problem::{Code, Problem},
    reply::Reply,
    request::percent_encoded,
    state::TableSide,
    view,
};

pub(crate) fn look_up(draft: &Draft<'_>, code: &str) -> Result<Reply, Problem> {
    let state = draft.state();
    let unknown = || Problem::new(Code::TableCodeUnknown);
    let table = state
        .tables
        .get(&TableCode::from(code))
        .ok_or_else(unknown)?;
    let merchant = state.merchants.get(&table.merchant).ok_or_else(unknown)?;
    let shown = |wallet_url: Option<String>| -> Value {
        view::without_nulls(json!({
            "name": merchant.name,
            "phone": merchant.phone,
            "wallet_url": wallet_url,
        }))
    };
    // The right-hand code was made for an account, and dies with it.
    if table.side == TableSide::Right && table.account != merchant.account {
        return Err(Problem::new(Code::TableCodeStale)
            .with(
                "merchant",
                shown(Some(format!("/enter?merchant={}", merchant.id))),
            )
            .supported_by(Some(merchant), &merchant.account, draft.now()));
    }
    let body = json!({
        "order_url": format!("/sandbox/order/{}", percent_encoded(table.code.as_str())),
        "merchant": shown(None),
    });
    Ok(Reply::json(200, draft.now(), &body))
}
