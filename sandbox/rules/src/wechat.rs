//! A stand-in for WeChat's authorize endpoint, which issues a code that only the
//! backend can exchange for an openid.

use crate::{
    change::Change,
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, OpenId},
    reply::Reply,
    request::percent_encoded,
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

/// How long a code is valid, in seconds.
pub(crate) const CODE_LIVES: i64 = 5 * 60;

/// Tells `account` who `visitor` is: redirects to its callback with a code and with `login`,
/// the `state` of the sign-in.
#[must_use]
pub fn grant(
    state: &State,
    account: &AccountId,
    login: &str,
    visitor: &Visitor,
    now: Timestamp,
    entropy: Entropy,
) -> (Reply, Vec<Change>) {
    let mut draft = Draft::new(state, now, entropy);
    let code = draft.entropy().token();
    draft.put(Change::PutWeChatCode(WeChatCode {
        code: code.clone(),
        account: account.clone(),
        openid: visitor.openid.clone(),
        is_snapshot: visitor.is_snapshot,
        given_at: now,
    }));
    let location = format!(
        "/wechat/callback/{}?code={code}&state={}",
        percent_encoded(account.as_str()),
        percent_encoded(login)
    );
    (Reply::redirect(location), draft.into_changes())
}
