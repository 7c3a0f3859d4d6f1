//! Signing in.

use kabao_rules::{cases::Case, command::Command, reply::SessionChange, request::Request, wechat};

use crate::play::{Play, location};

const ENTRY: &str = "/enter?account=case-1a";

#[test]
fn without_a_session_the_wallet_says_where_to_sign_in() {
    let mut play = Play::of(Case::OwnToPlatform);
    let answer = play.call(&Request::get("/api/v1/accounts/case-2/wallet"));
    assert_eq!(answer.status, 401);
    let problem = answer.problem("not_signed_in");
    assert_eq!(problem["login_url"], "/enter?account=case-2");
}

#[test]
fn signing_in_returns_to_the_apps_own_paths_only() {
    let mut play = Play::of(Case::OwnToOwn);
    for (asked, landed) in [
        ("%2Fa%2Fcase-1a%2Fclaim", "/a/case-1a/claim"),
        ("%2Fa%2Fcase-1a%3Flang%3Den", "/a/case-1a?lang=en"),
        ("%2Fa%2Fcase-1a-old", "/a/case-1a"),
        ("https%3A%2F%2Fevil.example", "/a/case-1a"),
        ("%2F%2Fevil.example%2Fa%2Fcase-1a", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F..%2F..%2Fsandbox", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%5Cevil", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%0d%0aX", "/a/case-1a"),
    ] {
        let entry = format!("{ENTRY}&return_to={asked}");
        let visitor = Play::as_stranger("li");
        let (_, path) = play.enter(&entry, &visitor).expect("a session");
        assert_eq!(path, landed, "{asked}");
    }
}

/// A sign-in up to where WeChat has given its code.
fn callback_of(play: &mut Play) -> String {
    let authorize = location(play.handle(&Request::get(ENTRY)));
    let login = authorize
        .split("&state=")
        .nth(1)
        .and_then(|rest| rest.split('&').next());
    let entropy = kabao_rules::entropy::Entropy::from_seed([9; 32]);
    let visitor = Play::as_stranger("li");
    let login = login.expect("a state");
    let (reply, changes) = wechat::grant(&play.state, login, &visitor, play.now, entropy);
    play.apply(&changes);
    location(reply)
}

#[test]
fn the_callback_loaded_twice_gives_the_same_session() {
    let mut play = Play::of(Case::OwnToOwn);
    let callback = callback_of(&mut play);
    let first = play.handle(&Request::get(&callback)).session;
    let second = play.handle(&Request::get(&callback)).session;
    assert!(matches!(first, SessionChange::Set { .. }));
    assert_eq!(first, second);
    assert_eq!(play.state.sessions.len(), 1);
}

#[test]
fn a_state_is_good_once_and_for_ten_minutes() {
    let mut play = Play::of(Case::OwnToOwn);
    let callback = callback_of(&mut play);
    play.handle(&Request::get(&callback));
    let forged = callback.replacen("code=", "code=f", 1);
    assert_eq!(
        play.handle(&Request::get(&forged)).session,
        SessionChange::Keep
    );

    let late = callback_of(&mut play);
    play.wait(600);
    assert_eq!(
        play.handle(&Request::get(&late)).session,
        SessionChange::Keep
    );
}

#[test]
fn a_code_that_wechat_did_not_give_signs_nobody_in() {
    let mut play = Play::of(Case::OwnToOwn);
    let callback = callback_of(&mut play);
    let forged = callback.replacen("code=", "code=f", 1);
    let reply = play.handle(&Request::get(&forged));
    assert_eq!(reply.session, SessionChange::Keep);
    assert_eq!(location(reply), "/a/case-1a");
}

#[test]
fn a_session_is_good_in_its_own_account_only() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let world = kabao_rules::cases::World::of(Case::OwnToPlatform);
    let now = play.now;
    play.apply(&world.build(now));
    let request = play.request(&li, kabao_rules::request::Method::Get, "/wallet");
    let elsewhere = Request {
        path: "/api/v1/accounts/case-2/wallet".to_owned(),
        ..request
    };
    play.call(&elsewhere).problem("not_signed_in");
}

#[test]
fn signing_out_and_ended_sessions_ask_to_sign_in_again() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.delete(&li, "/session").ok();
    play.get(&li, "/wallet").problem("not_signed_in");

    let li = play.sign_in("li");
    let account = play.account.clone();
    play.command(&Command::EndSessions { account });
    play.get(&li, "/wallet").problem("not_signed_in");
}

#[test]
fn an_entry_for_nothing_known_leads_to_the_signpost() {
    let mut play = Play::of(Case::OwnToOwn);
    for entry in ["/enter", "/enter?merchant=nobody", "/enter?account=nobody"] {
        assert_eq!(location(play.handle(&Request::get(entry))), "/");
    }
}
