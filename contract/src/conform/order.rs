//! Who is asked first: the account, then the session.

use serde_json::json;

use super::{
    check::Check,
    client::{Call, Reply},
    run::{Run, Session, fresh_key, nobody_s, text},
};

/// Makes every call of an account without a session. None may be carried out, and none may
/// look at the request first.
pub(super) fn without_a_session(run: &mut Run<'_>, account: &str) {
    for reply in every_call(run, account, None) {
        if run.expect(&reply, "not_signed_in") {
            look_login_url(run, &reply);
        }
    }
    let stranger = Session {
        account: account.to_owned(),
        cookie: nobody_s(),
    };
    let reply = run.send(stranger.get("/wallet"));
    run.expect(&reply, "not_signed_in");
    let nowhere = run.send(Call::get(format!("/api/v1/accounts/{}/wallet", nobody_s())));
    run.expect(&nowhere, "not_found");
}

/// Makes every call of an account that is not authorised.
pub(super) fn unavailable(run: &mut Run<'_>, account: &str) {
    for reply in every_call(run, account, None) {
        run.expect(&reply, "account_unavailable");
    }
}

/// Makes every call as a snapshot page, which has no person behind it.
pub(super) fn snapshot(run: &mut Run<'_>, nobody: &Session) {
    for reply in every_call(run, &nobody.account, Some(nobody)) {
        run.expect(&reply, "snapshot_user");
    }
}

/// The replies to every call of an account, of which none is one that could be carried out.
fn every_call(run: &mut Run<'_>, account: &str, session: Option<&Session>) -> Vec<Reply> {
    let calls: Vec<Call> = run
        .contract
        .operations()
        .iter()
        .filter(|operation| operation.path.contains("{account}"))
        .filter_map(|operation| {
            let path = operation
                .path
                .replace("{account}", account)
                .replace("{card}", "c0")
                .replace("{claim}", "k0")
                .replace("{version}", "v0");
            let call = unsigned(method(&operation.method)?, &path);
            Some(match session {
                None => call,
                Some(session) => session.sends(call),
            })
        })
        .collect();
    calls.into_iter().map(|call| run.send(call)).collect()
}

/// A session counts in its own account alone.
pub(super) fn in_another_account(run: &mut Run<'_>, fan: &Session, account: &str) {
    let there = Session {
        account: account.to_owned(),
        cookie: fan.cookie.clone(),
    };
    let reply = run.send(there.get("/wallet"));
    run.look(
        &reply,
        Check::CookieAttributes,
        reply.code() == "not_signed_in",
    );
}

fn method(name: &str) -> Option<&'static str> {
    ["GET", "POST", "PUT", "DELETE"]
        .into_iter()
        .find(|known| *known == name)
}

fn unsigned(method: &'static str, path: &str) -> Call {
    match method {
        "POST" | "PUT" => Call::json(method, path, &json!({}))
            .with("idempotency-key", fresh_key())
            .with("if-match", "\"0\""),
        _ => Call::bare(method, path),
    }
}

/// The way to sign in is the backend's own, so that a page can append where to return to.
fn look_login_url(run: &mut Run<'_>, reply: &Reply) {
    let is_own = run
        .client
        .own_path(text(&reply.json, "login_url"))
        .is_some();
    run.look_at(
        reply,
        Check::LoginUrl,
        is_own,
        "`login_url` is on another host",
    );
}
