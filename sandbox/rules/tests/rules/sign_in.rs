//! Signing in.

use std::collections::BTreeSet;

use kabao_rules::{
    cases::Case,
    change::Change,
    command::Command,
    reply::{SessionChange, SignInChange},
    request::{Request, percent_encoded},
    state::AccountKind,
};

use crate::play::{Begun, Play, location};

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

/// A sign-in up to where WeChat has given its code: who began it, and the callback.
fn begun(play: &mut Play) -> (Begun, String) {
    let begun = play.begin_sign_in(ENTRY).expect("WeChat's page");
    let callback = play.answer_of_wechat(&begun, &Play::as_stranger("li"));
    (begun, callback)
}

#[test]
fn the_callback_loaded_twice_gives_the_same_session() {
    let mut play = Play::of(Case::OwnToOwn);
    let (begun, callback) = begun(&mut play);
    let first = play.handle(&begun.browser_at(&callback)).session;
    let second = play.handle(&begun.browser_at(&callback)).session;
    assert!(matches!(first, SessionChange::Set { .. }));
    assert_eq!(first, second);
    assert_eq!(play.state.sessions.size(), 1);
}

#[test]
fn whoever_reads_the_address_of_a_callback_gets_no_session_of_its_fan() {
    // Before it is used, and after.
    for is_used in [false, true] {
        let mut play = Play::of(Case::OwnToOwn);
        let (begun, callback) = begun(&mut play);
        if is_used {
            let own = begun.browser_at(&callback);
            assert_ne!(play.handle(&own).session, SessionChange::Keep);
        }
        // What the address tells is all that a reader of it has to make the cookie of.
        let state = callback.split_once("state=").expect("a state").1;
        let began_at = play.now.milliseconds();
        for secret in ["", state, "0"] {
            let mut forged = Request::get(&callback);
            forged.sign_ins = vec![format!(
                "state={state}&secret={secret}&began_at={began_at}&return_to=%2Fa%2Fcase-1a"
            )];
            assert_eq!(
                play.handle(&forged).session,
                SessionChange::Keep,
                "{secret} {is_used}"
            );
        }
    }
}

#[test]
fn a_callback_in_a_browser_that_did_not_begin_signs_nobody_in_and_begins_afresh() {
    let mut play = Play::of(Case::OwnToOwn);
    let (attacker, callback) = begun(&mut play);
    let (victim, _) = begun(&mut play);
    let before = play.state.clone();
    for request in [Request::get(&callback), victim.browser_at(&callback)] {
        let reply = play.handle(&request);
        assert_eq!(reply.session, SessionChange::Keep);
        assert_eq!(location(reply), "/a/case-1a");
    }
    assert_eq!(play.state, before);
    let own = play.handle(&attacker.browser_at(&callback)).session;
    assert_ne!(own, SessionChange::Keep, "its own browser can go on");
}

#[test]
fn a_callback_of_another_account_signs_nobody_in() {
    let mut play = Play::of(Case::OwnToOwn);
    let now = play.now;
    play.apply(&kabao_rules::cases::World::of(Case::OwnToPlatform).build(now));
    let (begun, callback) = begun(&mut play);
    let elsewhere = callback.replace("case-1a", "case-2");
    let reply = play.handle(&begun.browser_at(&elsewhere));
    assert_eq!(reply.session, SessionChange::Keep);
    let nowhere = callback.replace("case-1a", "nobody");
    assert_eq!(location(play.handle(&begun.browser_at(&nowhere))), "/");
}

#[test]
fn an_entry_changes_nothing() {
    let mut play = Play::of(Case::OwnToOwn);
    let before = play.state.clone();
    play.handle(&Request::get(ENTRY));
    assert_eq!(play.state, before);
}

#[test]
fn two_tabs_can_sign_in_at_once() {
    let mut play = Play::of(Case::OwnToOwn);
    let (one, first) = begun(&mut play);
    let (other, second) = begun(&mut play);
    for (begun, callback) in [(one, first), (other, second)] {
        let reply = play.handle(&begun.browser_at(&callback));
        assert!(matches!(reply.session, SessionChange::Set { .. }));
    }
}

#[test]
fn the_sign_ins_of_a_browser_are_in_eight_cookies_and_each_ends_its_own() {
    let mut play = Play::of(Case::OwnToOwn);
    let mut taken = BTreeSet::new();
    for _ in 0..64 {
        let (begun, callback) = begun(&mut play);
        taken.insert(begun.slot);
        let ended = play.handle(&begun.browser_at(&callback)).sign_in;
        assert!(matches!(ended, SignInChange::End { slot, .. } if slot == begun.slot));
    }
    assert_eq!(taken, (0..8).collect());
}

#[test]
fn what_the_cookie_of_a_sign_in_says_is_judged_again() {
    let mut play = Play::of(Case::OwnToOwn);
    let (begun, callback) = begun(&mut play);
    let request = begun.browser_at(&callback);
    for (told, forged) in [
        ("%2Fa%2Fcase-1a", "https%3A%2F%2Fevil.example"),
        ("%2Fa%2Fcase-1a", "%zz"),
        ("return_to", "x"),
        ("began_at=1", "began_at=9"),
        ("began_at=", "began_at=x"),
    ] {
        let cookies = vec![request.sign_ins[0].replace(told, forged)];
        assert_ne!(cookies, request.sign_ins, "{told}");
        let reply = play.handle(&Request {
            sign_ins: cookies,
            ..request.clone()
        });
        assert_eq!(reply.session, SessionChange::Keep, "{forged}");
        assert_eq!(location(reply), "/a/case-1a", "{forged}");
    }
}

#[test]
fn a_state_is_good_once_and_for_ten_minutes() {
    let mut play = Play::of(Case::OwnToOwn);
    let (used, callback) = begun(&mut play);
    play.handle(&used.browser_at(&callback));
    let another_code = play.answer_of_wechat(&used, &Play::as_stranger("axin"));
    let reply = play.handle(&used.browser_at(&another_code));
    assert_eq!(reply.session, SessionChange::Keep);
    assert_eq!(location(reply), "/a/case-1a");

    let (late, callback) = begun(&mut play);
    play.wait(600);
    let reply = play.handle(&late.browser_at(&callback));
    assert_eq!(reply.session, SessionChange::Keep);
}

#[test]
fn a_code_that_wechat_did_not_give_signs_nobody_in() {
    let mut play = Play::of(Case::OwnToOwn);
    let (begun, callback) = begun(&mut play);
    let refused = callback.replacen("code=", "no_code=", 1);
    let forged = callback.replacen("code=", "code=f", 1);
    for callback in [refused, forged] {
        let reply = play.handle(&begun.browser_at(&callback));
        assert_eq!(reply.session, SessionChange::Keep);
        assert_eq!(location(reply), "/a/case-1a");
    }
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
        let begun = play.begin_sign_in(ENTRY).expect("WeChat's page");
        play.wait(before_answer);
        let callback = play.answer_of_wechat(&begun, &Play::as_stranger("li"));
        play.wait(after_answer);
        let session = play.handle(&begun.browser_at(&callback)).session;
        assert_eq!(
            session != SessionChange::Keep,
            is_signed_in,
            "{before_answer} s and {after_answer} s"
        );
    }
}

#[test]
fn a_session_ends_after_thirty_days() {
    const DAY: i64 = 24 * 60 * 60;
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.wait(30 * DAY - 1);
    play.get(&li, "/wallet").ok();
    play.wait(1);
    play.get(&li, "/wallet").problem("not_signed_in");
}

#[test]
fn the_oldest_session_of_a_fan_ends_for_the_eleventh() {
    let mut play = Play::of(Case::OwnToOwn);
    let mut sessions = Vec::new();
    for _ in 0..11 {
        sessions.push(play.sign_in("li"));
        play.wait(1);
    }
    let other = play.sign_in("axin");
    play.get(&sessions[0], "/wallet").problem("not_signed_in");
    for session in &sessions[1..] {
        play.get(session, "/wallet").ok();
    }
    play.get(&other, "/wallet").ok();
}

#[test]
fn a_callback_does_not_bring_back_a_session_that_was_ended() {
    let mut play = Play::of(Case::OwnToOwn);
    let (begun, callback) = begun(&mut play);
    play.handle(&begun.browser_at(&callback));
    let account = play.account.clone();
    play.command(&Command::EndSessions { account });
    let reply = play.handle(&begun.browser_at(&callback));
    assert_eq!(reply.session, SessionChange::Keep);
    assert_eq!(location(reply), "/a/case-1a");
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
