//! Whose a reply is, and a write from a page that is someone else's.

use kabao_rules::{
    cases::Case,
    id::FanId,
    request::{Media, Method, Request, Sender},
};
use serde_json::{Value, json};

use crate::play::{Answer, Play, Session, text};

/// Sends a write as the page of the fan `shown` would, with the cookie of `session`.
fn write(
    play: &mut Play,
    session: &Session,
    shown: &str,
    (method, path, body): &(Method, String, Value),
) -> Answer {
    let key = play.new_key();
    let request = play.request(session, *method, path);
    play.call(&Request {
        idempotency_key: Some(key),
        if_match: Some("\"1\"".to_owned()),
        fan: Some(shown.to_owned()),
        body: body.to_string(),
        ..request
    })
}

/// Every write of the contract, about the claim `claim` where it is about one.
fn writes(play: &Play, claim: &str) -> [(Method, String, Value); 7] {
    let consent = json!({ "version": "2026-11" });
    [
        (
            Method::Put,
            "/current-card".to_owned(),
            json!({ "card_id": play.card("8000") }),
        ),
        (
            Method::Post,
            "/claims".to_owned(),
            json!({ "phone": play.phone("9000"), "consent": consent }),
        ),
        (Method::Post, format!("/claims/{claim}/sms"), json!({})),
        (
            Method::Post,
            format!("/claims/{claim}/verification"),
            json!({ "code": "000000" }),
        ),
        (
            Method::Post,
            format!("/claims/{claim}/binding"),
            json!({ "open_new": true }),
        ),
        (Method::Delete, "/profile/phone".to_owned(), json!({})),
        (Method::Delete, "/session".to_owned(), json!({})),
    ]
}

#[test]
fn a_write_from_a_page_of_another_fan_is_refused_and_does_nothing() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (bound, _) = play.claim(&li, "8000");
    play.bind(&li, &bound, &[play.card("8000")]).ok();
    let wang = play.sign_in("wang");
    let claim = text(&play.open_claim(&wang, "6000").ok()["claim"]["id"]);
    play.wait(60);
    let before = play.state.clone();
    for call in writes(&play, &claim) {
        let answer = write(&mut play, &wang, &li.fan.public(), &call);
        assert_eq!(answer.status, 409, "{} {}", call.1, answer.body);
        let problem = answer.problem("another_fan");
        assert_eq!(
            problem["fan"],
            wang.fan.public(),
            "the one who is signed in"
        );
        assert_eq!(play.state, before, "{}", call.1);
    }
}

#[test]
fn a_write_from_a_page_of_another_site_is_forbidden_and_does_nothing() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    play.wait(60);
    let before = play.state.clone();
    for (method, path, body) in writes(&play, &claim) {
        let key = play.new_key();
        let request = Request {
            idempotency_key: Some(key),
            if_match: Some("\"1\"".to_owned()),
            body: body.to_string(),
            ..play.request(&li, method, &path)
        };
        let foreign = Request {
            sender: Sender::Foreign,
            ..request.clone()
        };
        play.call(&foreign).problem("forbidden");
        let of_a_form = Request {
            media: Media::Other,
            ..request
        };
        play.call(&of_a_form).problem("bad_request");
        assert_eq!(play.state, before, "{path}");
    }
}

#[test]
fn a_write_from_the_fans_own_page_is_carried_out() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (bound, _) = play.claim(&li, "8000");
    play.bind(&li, &bound, &[play.card("8000")]).ok();
    let call = (Method::Delete, "/profile/phone".to_owned(), json!({}));
    let profile = write(&mut play, &li, &li.fan.public(), &call).ok();
    assert_eq!(profile.get("phone_masked"), None);
    let request = play.request(&li, Method::Get, "/wallet");
    let wallet = play.call(&Request {
        fan: Some("someone-else".to_owned()),
        ..request
    });
    assert_eq!(
        wallet.ok()["fan"],
        li.fan.public(),
        "a read says whose it is, and the page can tell"
    );
}

#[test]
fn every_reply_about_a_fan_says_whose_it_is_and_hides_the_openid() {
    let mut play = Play::of(Case::OwnToPlatform);
    let chen = play.sign_in("chen");
    let openid = play.state.fans[&chen.fan].openid.clone();
    let card = play.card("4000");
    let mut replies: Vec<Value> = [
        "/wallet".to_owned(),
        "/profile".to_owned(),
        format!("/cards/{card}"),
        format!("/cards/{card}/code"),
        format!("/cards/{card}/entries"),
        format!("/cards/{card}/coupons"),
        "/cards/nobody".to_owned(),
        "/terms/nothing".to_owned(),
    ]
    .iter()
    .map(|path| play.get(&chen, path).body)
    .collect();
    let revision = text(&replies[0]["revision"]);
    replies.push(play.switch(&chen, &card, &revision).ok());
    let changed = play
        .switch(&chen, &card, &revision)
        .problem("wallet_changed");
    replies.push(changed["wallet"].clone());
    replies.push(changed);
    let opened = play.open_claim(&chen, "4000").ok();
    let claim = text(&opened["claim"]["id"]);
    replies.push(opened);
    let code = play.code("4000");
    replies.push(play.verify(&chen, &claim, &code).ok());
    replies.push(play.get(&chen, &format!("/claims/{claim}")).ok());
    let bound = play.bind(&chen, &claim, std::slice::from_ref(&card)).ok();
    replies.push(bound["wallet"].clone());
    replies.push(bound);
    replies.push(play.delete(&chen, "/profile/phone").ok());
    let whose = chen.fan.public();
    assert!(!whose.contains(openid.as_str()), "{whose}");
    for reply in replies {
        assert_eq!(reply["fan"], whose, "{reply:#}");
        let text = reply.to_string();
        assert!(!text.contains(chen.fan.as_str()), "{text}");
    }
}

#[test]
fn a_fan_is_the_same_in_every_session_and_differs_from_every_other() {
    let mut play = Play::of(Case::OwnToOwn);
    let whose = |play: &mut Play, key: &str| {
        let session = play.sign_in(key);
        text(&play.wallet(&session)["fan"])
    };
    let first = whose(&mut play, "li");
    assert_eq!(whose(&mut play, "li"), first);
    let everybody: std::collections::BTreeSet<_> =
        play.state.fans.keys().map(FanId::public).collect();
    assert_eq!(everybody.len(), play.state.fans.size());
}
