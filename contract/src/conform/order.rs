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
    let calls: Vec<(&'static str, String)> = run
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
            Some((method(&operation.method)?, path))
        })
        .collect();
    for (method, path) in calls {
        let reply = run.send(unsigned(method, &path));
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
