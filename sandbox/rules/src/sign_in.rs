//! Signing in: the entry in the menu, the callback, and the way out.

use crate::{
    begun::Begun,
    change::Change,
    draft::Draft,
    id::{AccountId, FanId, MerchantId, OpenId, SessionToken},
    issue,
    problem::{Code, Problem},
    reply::{Reply, SessionChange},
    request::{Request, percent_decoded, percent_encoded},
    setting,
    state::{Account, AccountKind, Fan, Landing, Merchant, Session, State, WeChatCode, fan_id},
    timestamp::Timestamp,
    wechat::CODE_LIVES,
};

/// How long a session is valid, in seconds.
pub(crate) const SESSION_LIVES: i64 = 30 * 24 * 60 * 60;
/// How many sessions a fan may have at once.
pub(crate) const SESSIONS_PER_FAN: usize = 10;
/// The longest path that is returned to, in bytes.
const LONGEST_RETURN: usize = 512;
/// The app's page that says to open the wallet from the account's menu.
const NOWHERE: &str = "/";

/// `/enter?merchant=ID` or `/enter?account=ID`: redirects to WeChat, for the account in
/// which the merchant's pages run now. With `to=code` it leads on to the code of the card
/// in use.
///
/// It changes nothing: anybody can call it as often as they like.
pub(crate) fn enter(draft: &mut Draft<'_>, request: &Request) -> Reply {
    let state = draft.state();
    let Some((account, merchant)) = destination(state, request) else {
        return Reply::redirect(NOWHERE.to_owned());
    };
    let home = format!("/a/{}", account.id);
    if !setting::is_served(state, account) {
        return Reply::redirect(home);
    }
    let return_to = readable(request, "return_to")
        .and_then(|asked| own_path(&asked, &home))
        .unwrap_or_else(|| match readable(request, "to").as_deref() {
            Some("code") => format!("{home}/code"),
            _ => home,
        });
    let (account, merchant) = (
        account.id.clone(),
        merchant.map(|merchant| merchant.id.clone()),
    );
    let begun = Begun {
        secret: draft.entropy().token(),
        merchant,
        return_to,
        began_at: draft.now(),
    };
    let callback = format!("/wechat/callback/{}", percent_encoded(account.as_str()));
    let location = format!(
        "/sandbox/wechat/authorize?account={}&state={}&redirect_uri={}",
        percent_encoded(account.as_str()),
        begun.state(),
        percent_encoded(&callback),
    );
    Reply::redirect(location).with_sign_in(begun.begin(&account))
}

/// A parameter of an entry. Unlike the API, an entry ignores one that can't be decoded,
/// because a person has to land on some page.
fn readable(request: &Request, name: &str) -> Option<String> {
    request.parameter(name).ok().flatten()
}

/// The account to sign in to, and the merchant that the entry names.
fn destination<'a>(
    state: &'a State,
    request: &Request,
) -> Option<(&'a Account, Option<&'a Merchant>)> {
    if let Some(merchant) = readable(request, "merchant") {
        let merchant = state.merchants.get(&MerchantId::from(merchant))?;
        return Some((state.accounts.get(&merchant.account)?, Some(merchant)));
    }
    let account = state
        .accounts
        .get(&AccountId::from(readable(request, "account")?))?;
    let mut here = state.merchants_of(&account.id);
    match (here.next(), here.next()) {
        // A restaurant's own account is that restaurant's entry.
        (Some(merchant), None) if account.kind == AccountKind::Own => {
            Some((account, Some(merchant)))
        }
        (Some(_), _) => Some((account, None)),
        // The menu of an account that its merchant has left.
        (None, _) => {
            let moved = state
                .merchants
                .values()
                .find(|merchant| merchant.moves.iter().any(|step| step.from == account.id));
            match moved {
                Some(merchant) => Some((state.accounts.get(&merchant.account)?, Some(merchant))),
                None => Some((account, None)),
            }
        }
    }
}

/// The path under `home` that `asked` names, in the one spelling that every browser,
/// proxy and server takes for the same: decoded until nothing is left to decode, and of
/// identifiers alone. The query stays as it is.
fn own_path(asked: &str, home: &str) -> Option<String> {
    let (path, query) = match asked.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (asked, None),
    };
    let is_plain = |query: &str| {
        let mut bytes = query.bytes();
        bytes.all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'#' | b'\\'))
    };
    if asked.len() > LONGEST_RETURN || !query.is_none_or(is_plain) {
        return None;
    }
    let mut path = path.to_owned();
    loop {
        let decoded = percent_decoded(&path)?;
        if decoded == path {
            break;
        }
        path = decoded;
    }
    let path = path.strip_suffix('/').unwrap_or(&path);
    let rest = path.strip_prefix(home)?;
    let is_identifier = |segment: &str| {
        let mut bytes = segment.bytes();
        !segment.is_empty()
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let is_own = rest.is_empty()
        || rest
            .strip_prefix('/')
            .is_some_and(|rest| rest.split('/').all(is_identifier));
    is_own.then(|| match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    })
}

/// `/wechat/callback/{account}?code=…&state=…`
///
/// Only the browser that began a sign-in can end it: otherwise a link with someone else's
/// code would sign its reader in as them, and her card would go into their wallet. Whoever
/// comes without that browser's cookie is led to the app, which signs in afresh.
pub(crate) fn callback(draft: &mut Draft<'_>, request: &Request, account: &AccountId) -> Reply {
    let now = draft.now();
    let Some(account) = draft.state().accounts.get(account).cloned() else {
        return Reply::redirect(NOWHERE.to_owned());
    };
    let home = format!("/a/{}", account.id);
    let begun = readable(request, "state")
        .and_then(|state| Begun::among(&request.sign_ins, &state, now))
        .filter(|begun| own_path(&begun.return_to, &home).as_ref() == Some(&begun.return_to));
    let Some(begun) = begun else {
        return Reply::redirect(home);
    };
    let ended = begun.end(&account.id);
    let given_up = Reply::redirect(begun.return_to.clone()).with_sign_in(ended.clone());
    // Without a code the visitor has refused.
    let Some(code) = readable(request, "code") else {
        return given_up;
    };
    let token = match draft.state().landings.get(&begun.state()).cloned() {
        None => match begin_session(draft, &account.id, &begun, code) {
            Some(token) => token,
            None => return given_up,
        },
        // WeChat's browsers sometimes load the callback twice.
        Some(landing)
            if landing.account == account.id
                && landing.code == code
                && is_live(draft.state(), &landing.session, now) =>
        {
            landing.session
        }
        Some(_) => return Reply::redirect(home).with_sign_in(ended),
    };
    let set = SessionChange::Set {
        account: account.id,
        token,
    };
    given_up.with_session(set)
}

/// Exchanges WeChat's code, and uses the `state` up; `None` if WeChat gave no such code.
fn begin_session(
    draft: &mut Draft<'_>,
    account: &AccountId,
    begun: &Begun,
    code: String,
) -> Option<SessionToken> {
    let now = draft.now();
    let answer = draft
        .state()
        .wechat_codes
        .get(&code)
        .filter(|answer| answer.account == *account)
        .filter(|answer| answer.given_at.plus_seconds(CODE_LIVES) > now)?
        .clone();
    let merchant = begun
        .merchant
        .as_ref()
        .filter(|merchant| draft.state().merchants.contains_key(*merchant));
    let fan = arrive(draft, account, merchant, &answer);
    if !answer.is_snapshot {
        issue::on_entry(draft, &fan, merchant);
    }
    end_surplus_sessions(draft, &fan);
    let token = SessionToken::from(draft.entropy().token());
    draft.put(Change::PutSession(Session {
        token: token.clone(),
        fan,
        began_at: now,
    }));
    draft.put(Change::PutWeChatCode(answer).deletion());
    draft.put(Change::PutLanding(Landing {
        state: begun.state(),
        code,
        account: account.clone(),
        session: token.clone(),
        at: now,
    }));
    Some(token)
}

/// Each tap on the menu begins a session, so the oldest of a fan end for the latest.
fn end_surplus_sessions(draft: &mut Draft<'_>, fan: &FanId) {
    let mut sessions: Vec<Session> = draft
        .state()
        .sessions
        .values()
        .filter(|session| session.fan == *fan)
        .cloned()
        .collect();
    sessions.sort_by_key(|session| session.began_at);
    let surplus = (sessions.len() + 1).saturating_sub(SESSIONS_PER_FAN);
    for session in sessions.into_iter().take(surplus) {
        draft.put(Change::PutSession(session).deletion());
    }
}

/// The session of a cookie, if it has not ended.
pub(crate) fn session<'a>(state: &'a State, token: &str, now: Timestamp) -> Option<&'a Session> {
    state
        .sessions
        .get(token)
        .filter(|session| !is_session_over(session.began_at, now))
}

fn is_live(state: &State, token: &SessionToken, now: Timestamp) -> bool {
    session(state, token.as_str(), now).is_some()
}

pub(crate) fn is_session_over(began_at: Timestamp, now: Timestamp) -> bool {
    began_at.plus_seconds(SESSION_LIVES) <= now
}

/// Creates or updates the fan whom WeChat has named.
fn arrive(
    draft: &mut Draft<'_>,
    account: &AccountId,
    merchant: Option<&MerchantId>,
    answer: &WeChatCode,
) -> FanId {
    let id = fan_id(account, &answer.openid);
    let known = draft.state().fans.get(&id).cloned();
    let mut fan = known.unwrap_or_else(|| new_fan(account, &answer.openid, false));
    fan.is_snapshot = answer.is_snapshot;
    if let Some(merchant) = merchant {
        fan.merchants.insert(merchant.clone());
        fan.focus = Some(merchant.clone());
    }
    draft.put(Change::PutFan(fan));
    id
}

/// A fan without a phone, cards or consents.
pub(crate) fn new_fan(account: &AccountId, openid: &OpenId, follows: bool) -> Fan {
    Fan {
        id: fan_id(account, openid),
        account: account.clone(),
        openid: openid.clone(),
        phone: None,
        phone_proven_at: None,
        follows,
        is_snapshot: false,
        merchants: std::collections::BTreeSet::new(),
        issued_by: std::collections::BTreeSet::new(),
        focus: None,
        current_card: None,
        revision: 1,
        consents: Vec::new(),
        open_claim: None,
    }
}

pub(crate) fn sign_out(
    draft: &mut Draft<'_>,
    request: &Request,
    fan: &FanId,
) -> Result<Reply, Problem> {
    let account = draft
        .state()
        .fans
        .get(fan)
        .ok_or(Problem::new(Code::NotFound))?
        .account
        .clone();
    let session = request
        .session
        .as_deref()
        .and_then(|token| draft.state().sessions.get(token))
        .cloned();
    if let Some(session) = session {
        draft.put(Change::PutSession(session).deletion());
    }
    Ok(Reply::json(200, draft.now(), &serde_json::json!({}))
        .with_session(SessionChange::Clear { account }))
}

pub(crate) fn sessions_of<'a>(
    state: &'a State,
    account: &'a AccountId,
) -> impl Iterator<Item = &'a Session> {
    state.sessions.values().filter(move |session| {
        state
            .fans
            .get(&session.fan)
            .is_some_and(|fan| fan.account == *account)
    })
}
