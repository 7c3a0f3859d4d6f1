//! `GET /profile` and `DELETE /profile/phone`.

use serde_json::json;

use crate::{
    claim, draft::Draft, id::FanId, problem::Problem, reply::Reply, setting, timestamp::Timestamp,
    view,
};

pub(crate) fn show(draft: &Draft<'_>, fan: &FanId) -> Result<Reply, Problem> {
    let (fan, _, merchant) = setting::of(draft.state(), fan)?;
    let consents: Vec<_> = fan
        .consents
        .iter()
        .map(|consent| {
            json!({
                "version": consent.version,
                "given_at": consent.given_at.rfc3339(),
                "withdrawn_at": consent.withdrawn_at.map(Timestamp::rfc3339),
            })
        })
        .collect();
    let body = view::without_nulls(json!({
        "phone_masked": fan.phone.as_ref().map(crate::id::Phone::masked),
        "phone_proven": fan.phone_proven_at.is_some(),
        "consents": consents,
        "terms": { "version": merchant.terms_version },
    }));
    Ok(Reply::json(200, draft.now(), &body))
}

/// `DELETE /profile/phone`: withdraws every consent and unlinks the phone. The cards stay
/// in the wallet.
pub(crate) fn unlink_phone(draft: &mut Draft<'_>, fan: &FanId) -> Result<Reply, Problem> {
    let now = draft.now();
    let open_claim = draft
        .state()
        .fans
        .get(fan)
        .and_then(|fan| fan.open_claim.as_ref())
        .and_then(|claim| draft.state().claims.get(claim))
        .cloned();
    if let Some(claim) = open_claim {
        claim::end(draft, claim);
    }
    draft.change_fan(fan, |fan| {
        fan.phone = None;
        fan.phone_proven_at = None;
        fan.revision += 1;
        for consent in &mut fan.consents {
            consent.withdrawn_at.get_or_insert(now);
        }
    });
    show(draft, fan)
}
