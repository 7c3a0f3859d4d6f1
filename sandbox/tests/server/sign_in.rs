//! Signing in: who is let in, and what that leaves behind.

use std::path::Path;

use rusqlite::Connection;

use crate::running::{Sandbox, database, folder};

const WALLET: &str = "/api/v1/accounts/case-1a/wallet";

/// How many rows there are in all tables.
fn rows(folder: &Path) -> i64 {
    let data = Connection::open(database(folder)).expect("the data");
    let mut tables = data
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .expect("the tables");
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .expect("names")
        .map(|name| name.expect("a name"))
        .collect();
    let count = |name: String| -> i64 {
        data.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| {
            row.get(0)
        })
        .expect("a count")
    };
    names.into_iter().map(count).sum()
}

#[test]
fn a_callback_in_another_browser_signs_nobody_in() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let (cookie, callback) = sandbox.begin_sign_in("case-1a-axin");
    let elsewhere = sandbox.get(&callback);
    assert_eq!(elsewhere.cookie_named("kabao_session"), "");
    assert_eq!(elsewhere.location, "/a/case-1a", "where it begins afresh");
    // The browser of another sign-in has a cookie too, but not this one.
    let (other, _) = sandbox.begin_sign_in("case-1a-li");
    let elsewhere = sandbox.get_with(&other, &callback);
    assert_eq!(elsewhere.cookie_named("kabao_session"), "");
    let own = sandbox.get_with(&cookie, &callback);
    assert_ne!(own.cookie_named("kabao_session"), "");
}

#[test]
fn the_cookie_of_a_sign_in_is_short_lived_and_goes_to_its_callback_alone() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let entry = sandbox.get("/enter?account=case-1a");
    let attributes: Vec<_> = entry.cookie.split("; ").skip(1).collect();
    assert_eq!(
        attributes,
        [
            "Path=/wechat/callback/case-1a",
            "HttpOnly",
            "SameSite=Lax",
            "Max-Age=600"
        ]
    );
    let (cookie, callback) = sandbox.begin_sign_in("case-1a-li");
    let landed = sandbox.get_with(&cookie, &callback);
    let name = cookie.split('=').next().expect("a name");
    let cleared = landed.cookie_named(name);
    assert!(
        cleared.starts_with(&format!("{name}=;")) && cleared.ends_with("Max-Age=0"),
        "{cleared}"
    );
}

#[test]
fn an_entry_leaves_nothing_behind() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let before = rows(folder.path());
    for _ in 0..20 {
        assert_eq!(sandbox.get("/enter?account=case-1a").status, 302);
    }
    assert_eq!(rows(folder.path()), before);
}

#[test]
fn a_session_that_was_ended_is_worth_nothing_wherever_its_cookie_was_copied() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let (cookie, callback) = sandbox.begin_sign_in("case-1a-li");
    let landed = sandbox.get_with(&cookie, &callback);
    let session = landed.cookie_named("kabao_session");
    let session = session.split(['=', ';']).nth(1).expect("a session");
    let request = Sandbox::agent()
        .delete(format!(
            "{}/api/v1/accounts/case-1a/session",
            sandbox.address
        ))
        .header("cookie", format!("kabao_session={session}"));
    assert_eq!(request.call().expect("an answer").status(), 200);
    assert_eq!(sandbox.get_as(session, WALLET).status, 401);
    let again = sandbox.get_with(&cookie, &callback);
    assert_eq!(again.cookie_named("kabao_session"), "");
    assert_eq!(again.location, "/a/case-1a");
}
