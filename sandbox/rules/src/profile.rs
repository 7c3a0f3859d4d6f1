//! `GET /profile` and `DELETE /profile/phone`.

use serde_json::json;

use crate::{
    change::Change, claim, draft::Draft, id::FanId, problem::Problem, reply::Reply, setting, sms,
    state::Member, timestamp::Timestamp, view,
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
/// in the wallet, and the number that a merchant had on record of its member stays there.
pub(crate) fn unlink_phone(draft: &mut Draft<'_>, fan: &FanId) -> Result<Reply, Problem> {
    let now = draft.now();
    let state = draft.state();
    let known = state.fans.get(fan);
    let open_claim = known
        .and_then(|fan| fan.open_claim.as_ref())
        .and_then(|claim| state.claims.get(claim))
        .cloned();
    let proven = known.and_then(|fan| fan.phone.clone());
    let typed = open_claim.as_ref().and_then(|claim| claim.phone.clone());
    let told: Vec<Member> = state
        .members
        .values()
        .filter(|member| member.phone_told_by.as_ref() == Some(fan))
        .cloned()
        .collect();
    if let Some(claim) = open_claim {
        claim::end(draft, claim);
    }
    for phone in [proven, typed].iter().flatten() {
        sms::forget_messages(draft, phone);
    }
    for mut member in told {
        member.phone = None;
        member.phone_told_by = None;
        draft.put_erasing(Change::PutMember(member));
    }
    if let Some(mut fan) = draft.state().fans.get(fan).cloned() {
        fan.phone = None;
        fan.phone_proven_at = None;
        fan.revision += 1;
        for consent in &mut fan.consents {
            consent.withdrawn_at.get_or_insert(now);
        }
        draft.put_erasing(Change::PutFan(fan));
    }
    show(draft, fan)
}
