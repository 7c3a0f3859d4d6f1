//! A stand-in for WeChat's authorize endpoint, which issues a code that only the
//! backend can exchange for an openid.

use crate::{
    change::Change,
    draft::Draft,
    entropy::Entropy,
    id::OpenId,
    reply::Reply,
    sign_in::is_code_over,
    state::{State, WeChatCode},
    timestamp::Timestamp,
};

/// The person who uses WeChat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The same in every account.
    pub openid: OpenId,
    /// Whether WeChat shows a snapshot page (快照页), for which it gives a virtual identity.
    pub is_snapshot: bool,
}

/// Grants the sign-in whose `state` is `login` to `visitor`: redirects to the backend's
/// callback with a code.
#[must_use]
pub fn grant(
    state: &State,
    login: &str,
    visitor: &Visitor,
    now: Timestamp,
    entropy: Entropy,
) -> (Reply, Vec<Change>) {
    let mut draft = Draft::new(state, now, entropy);
    let stale: Vec<Change> = state
        .wechat_codes
        .values()
        .filter(|code| is_code_over(code.given_at, now))
        .map(|code| Change::PutWeChatCode(code.clone()).deletion())
        .collect();
    for change in stale {
        draft.put(change);
    }
    let code = draft.entropy().token();
    draft.put(Change::PutWeChatCode(WeChatCode {
        code: code.clone(),
        login: login.to_owned(),
        openid: visitor.openid.clone(),
        is_snapshot: visitor.is_snapshot,
        given_at: now,
    }));
    let location = format!(
        "/wechat/callback?code={code}&state={}",
        crate::request::percent_encoded(login)
    );
    (Reply::redirect(location), draft.into_changes())
}
