//! Signing in.

use kabao_rules::{
    cases::Case,
    change::Change,
    command::Command,
    reply::SessionChange,
    request::{Request, percent_encoded},
    state::AccountKind,
    wechat,
};

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
        // Each of these is another path for some browser, proxy or server.
        ("%2Fa%2Fcase-1a%2F%252e%252e%2Fcase-2", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%25252e%25252e%2Fcase-2", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F.%252E%2Fcase-2", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%2e%2e%2Fcase-2", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F..%252f..%252fsandbox", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F.%2Fclaim", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%252e%2Fclaim", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%252f..%252fcase-2", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%255c%255cevil.example", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%2Fevil.example", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%252fevil.example", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%250d%250aSet-Cookie:x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%2500", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%C2%85", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%25", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F%25ff", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2F;x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%2523x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%23x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%3Flang%3Den%23x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%3F%0d%0aSet-Cookie:x", "/a/case-1a"),
        ("%2Fa%2Fcase-1a%3Fx%3D%5C", "/a/case-1a"),
        ("%2FA%2Fcase-1a", "/a/case-1a"),
        ("%2Fa%2FCASE-1A%2Fclaim", "/a/case-1a"),
        // What is judged is what is gone to.
        ("%2Fa%2Fcase-1a%2F%2563laim", "/a/case-1a/claim"),
        ("%2Fa%2Fcase-1a%2Fclaim%2F", "/a/case-1a/claim"),
        (
            "%2Fa%2Fcase-1a%2F%3Flang%3Den%26signin%3D1",
            "/a/case-1a?lang=en&signin=1",
        ),
        (
            "%2Fa%2Fcase-1a%3Fnote%3D%252e%252e%252f",
            "/a/case-1a?note=%2e%2e%2f",
        ),
    ] {
        let entry = format!("{ENTRY}&return_to={asked}");
        let visitor = Play::as_stranger("li");
        let (_, path) = play.enter(&entry, &visitor).expect("a session");
        assert_eq!(path, landed, "{asked}");
    }
}

#[test]
fn a_path_to_return_to_has_a_length() {
    let mut play = Play::of(Case::OwnToOwn);
    for (length, is_taken) in [(512, true), (513, false), (60_000, false)] {
        let path = format!("{:x<length$}", "/a/case-1a?x=");
        let entry = format!("{ENTRY}&return_to={}", percent_encoded(&path));
        let visitor = Play::as_stranger("li");
        let (_, landed) = play.enter(&entry, &visitor).expect("a session");
        assert_eq!(landed == path, is_taken, "{length}");
        assert!(is_taken || landed == "/a/case-1a", "{landed}");
    }
}

#[test]
fn an_entry_may_lead_to_the_code() {
    let mut play = Play::of(Case::OwnToOwn);
    for (entry, landed) in [
        ("/enter?account=case-1a&to=code", "/a/case-1a/code"),
        (
            "/enter?merchant=case-1a-chuanwei&to=code",
            "/a/case-1a/code",
        ),
        ("/enter?account=case-1a-old&to=code", "/a/case-1a/code"),
        ("/enter?account=case-1a&to=claim", "/a/case-1a"),
        ("/enter?account=case-1a&to=%2Fevil", "/a/case-1a"),
        ("/enter?account=case-1a&to=", "/a/case-1a"),
        ("/enter?account=case-1a&to=%ff", "/a/case-1a"),
        (
            "/enter?account=case-1a&to=code&return_to=%2Fa%2Fcase-1a%2Fclaim",
            "/a/case-1a/claim",
        ),
    ] {
        let visitor = Play::as_stranger("li");
        let (_, path) = play.enter(entry, &visitor).expect("a session");
        assert_eq!(path, landed, "{entry}");
    }
    let mut play = Play::of(Case::Unavailable);
    let entry = Request::get("/enter?account=unavailable&to=code");
    assert_eq!(location(play.handle(&entry)), "/a/unavailable");
}

/// A sign-in up to where WeChat has given its code.
fn callback_of(play: &mut Play) -> String {
    let authorize = location(play.handle(&Request::get(ENTRY)));
    answer_of_wechat(play, &authorize)
}

/// Where WeChat sends the visitor of its authorize page.
fn answer_of_wechat(play: &mut Play, authorize: &str) -> String {
    let login = authorize
        .split("&state=")
        .nth(1)
        .and_then(|rest| rest.split('&').next());
    let seed = u8::try_from(play.state.logins.len()).unwrap_or_default();
    let entropy = kabao_rules::entropy::Entropy::from_seed([seed; 32]);
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

#[test]
fn signing_in_may_take_ten_minutes_and_five_of_them_after_wechats_answer() {
    for (before_answer, after_answer, is_signed_in) in [
        (599, 0, true),
        (600, 0, false),
        (0, 299, true),
        (0, 300, false),
    ] {
        let mut play = Play::of(Case::OwnToOwn);
        let authorize = location(play.handle(&Request::get(ENTRY)));
        play.wait(before_answer);
        let callback = answer_of_wechat(&mut play, &authorize);
        play.wait(after_answer);
        let session = play.handle(&Request::get(&callback)).session;
        assert_eq!(
            session != SessionChange::Keep,
            is_signed_in,
            "{before_answer} s and {after_answer} s"
        );
    }
}

#[test]
fn sign_ins_that_were_given_up_are_forgotten() {
    let mut play = Play::of(Case::OwnToOwn);
    for (wait, logins, codes) in [(0, 1, 1), (299, 2, 2), (1, 3, 2), (300, 3, 1)] {
        play.wait(wait);
        callback_of(&mut play);
        assert_eq!(play.state.logins.len(), logins, "sign-ins after {wait} s");
        assert_eq!(play.state.wechat_codes.len(), codes, "codes after {wait} s");
    }
}

#[test]
fn an_own_account_is_the_entry_of_its_restaurant_and_a_shared_one_of_none() {
    for (kind, entered) in [
        (AccountKind::Own, vec!["case-1a-chuanwei"]),
        (AccountKind::Operator, vec![]),
        (AccountKind::Platform, vec![]),
    ] {
        let mut play = Play::of(Case::OwnToOwn);
        let mut account = play.state.accounts[&play.account].clone();
        account.kind = kind;
        play.apply(&[Change::PutAccount(account)]);
        let visitor = Play::as_stranger("newcomer");
        let (session, _) = play.enter(ENTRY, &visitor).expect("a session");
        let merchants: Vec<_> = play.state.fans[&session.fan]
            .merchants
            .iter()
            .map(kabao_rules::id::MerchantId::as_str)
            .collect();
        assert_eq!(merchants, entered, "{kind:?}");
    }
}

#[test]
fn an_account_that_its_merchant_has_left_names_that_merchant_for_help() {
    let mut play = Play::of(Case::OwnToOwn);
    let wallet = Request::get("/api/v1/accounts/case-1a-old/wallet");
    let problem = play.call(&wallet).problem("account_unavailable");
    assert_eq!(problem["support"]["phone"], "028-8555-0188");
}
