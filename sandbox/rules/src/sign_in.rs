//! Signing in: the entry in the menu, the callback, and the way out.

use crate::{
    change::Change,
    draft::Draft,
    id::{AccountId, FanId, MerchantId, OpenId, SessionToken},
    issue,
    problem::{Code, Problem},
    reply::{Reply, SessionChange},
    request::{Request, percent_decoded, percent_encoded},
    setting,
    state::{Account, AccountKind, Fan, Login, Merchant, Session, State, fan_id},
    timestamp::Timestamp,
};

/// How long a `state` is valid, in seconds.
const LOGIN_LIVES: i64 = 10 * 60;
/// How long WeChat's code is valid, in seconds.
const CODE_LIVES: i64 = 5 * 60;
/// The longest path that is returned to, in bytes.
const LONGEST_RETURN: usize = 512;
/// The app's page that says to open the wallet from the account's menu.
const NOWHERE: &str = "/";

/// `/enter?merchant=ID` or `/enter?account=ID`: redirects to WeChat, for the account in
/// which the merchant's pages run now. With `to=code` it leads on to the code of the card
/// in use.
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
    let forgotten: Vec<Change> = state
        .logins
        .values()
        .filter(|login| login.began_at.plus_seconds(LOGIN_LIVES) <= draft.now())
        .map(|login| Change::PutLogin(login.clone()).deletion())
        .collect();
    for change in forgotten {
        draft.put(change);
    }
    let login = Login {
        state: draft.entropy().token(),
        account: account.clone(),
        merchant,
        return_to,
        began_at: draft.now(),
        done: None,
    };
    let location = format!(
        "/sandbox/wechat/authorize?account={}&state={}&redirect_uri={}",
        percent_encoded(account.as_str()),
        login.state,
        percent_encoded("/wechat/callback"),
    );
    draft.put(Change::PutLogin(login));
    Reply::redirect(location)
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

/// `/wechat/callback?code=…&state=…`
pub(crate) fn callback(draft: &mut Draft<'_>, request: &Request) -> Reply {
    let now = draft.now();
    let (Some(code), Some(login)) = (readable(request, "code"), readable(request, "state")) else {
        return Reply::redirect(NOWHERE.to_owned());
    };
    let Some(login) = draft
        .state()
        .logins
        .get(&login)
        .filter(|login| login.began_at.plus_seconds(LOGIN_LIVES) > now)
        .cloned()
    else {
        return Reply::redirect(NOWHERE.to_owned());
    };
    // WeChat's browsers sometimes load the callback twice.
    if let Some((used, token)) = &login.done {
        return if *used == code {
            landed(&login, token.clone())
        } else {
            Reply::redirect(NOWHERE.to_owned())
        };
    }
    let Some(answer) = draft
        .state()
        .wechat_codes
        .get(&code)
        .filter(|answer| answer.login == login.state)
        .filter(|answer| answer.given_at.plus_seconds(CODE_LIVES) > now)
        .cloned()
    else {
        return Reply::redirect(login.return_to);
    };
    let fan = arrive(draft, &login, &answer.openid, answer.is_snapshot);
    if !answer.is_snapshot {
        issue::on_entry(draft, &fan, login.merchant.as_ref());
    }
    let token = SessionToken::from(draft.entropy().token());
    draft.put(Change::PutSession(Session {
        token: token.clone(),
        fan,
        began_at: now,
    }));
    draft.put(Change::PutWeChatCode(answer).deletion());
    let reply = landed(&login, token.clone());
    draft.put(Change::PutLogin(Login {
        done: Some((code, token)),
        ..login
    }));
    reply
}

fn landed(login: &Login, token: SessionToken) -> Reply {
    Reply::redirect(login.return_to.clone()).with_session(SessionChange::Set {
        account: login.account.clone(),
        token,
    })
}

/// Creates or updates the fan behind `openid`.
fn arrive(draft: &mut Draft<'_>, login: &Login, openid: &OpenId, is_snapshot: bool) -> FanId {
    let id = fan_id(&login.account, openid);
    let known = draft.state().fans.get(&id).cloned();
    let mut fan = known.unwrap_or_else(|| new_fan(&login.account, openid, false));
    fan.is_snapshot = is_snapshot;
    if let Some(merchant) = &login.merchant {
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
        .and_then(|token| draft.state().sessions.get(&SessionToken::from(token)))
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
pub(crate) fn is_code_over(given_at: Timestamp, now: Timestamp) -> bool {
    given_at.plus_seconds(CODE_LIVES) <= now
}
