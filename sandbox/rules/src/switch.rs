//! `PUT /current-card`: the switch.

use serde::Deserialize;
use serde_json::json;

use crate::{
    card,
    draft::Draft,
    id::{CardId, FanId},
    problem::{Code, Problem},
    reply::Reply,
    request::Request,
    view,
};

#[derive(Deserialize)]
struct Body {
    card_id: CardId,
}

pub(crate) fn put(draft: &mut Draft<'_>, fan: &FanId, request: &Request) -> Result<Reply, Problem> {
    let now = draft.now();
    let bad_request = || Problem::new(Code::BadRequest);
    let body: Body = serde_json::from_str(&request.body).map_err(|_| bad_request())?;
    let seen = request.if_match.as_deref().ok_or_else(bad_request)?;
    let seen = seen
        .trim()
        .strip_prefix('"')
        .and_then(|seen| seen.strip_suffix('"'))
        .ok_or_else(bad_request)?;
    let state = draft.state();
    let known = state.fans.get(fan).ok_or_else(bad_request)?;
    if known.revision.to_string() != seen {
        return Err(
            Problem::new(Code::WalletChanged).with("wallet", view::wallet(state, fan, now)?)
        );
    }
    card::usable(state, fan, &body.card_id, now)?;
    // Also where the card is in use already: a switch that was sent earlier and comes later
    // must not undo this one.
    draft.change_fan(fan, |fan| {
        fan.current_card = Some(body.card_id.clone());
        fan.revision += 1;
    });
    let revision = draft.state().fans.get(fan).map_or(0, |fan| fan.revision);
    let reply = json!({ "current_card_id": body.card_id, "revision": revision.to_string() });
    Ok(Reply::json(200, now, &reply))
}
