//! The claim's limits: messages, attempts, time.

use kabao_rules::cases::Case;

use crate::play::{Play, text};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

#[test]
fn a_second_message_within_a_minute_has_to_wait() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = play.open_claim(&li, "8000").ok()["claim"].clone();
    let resend = format!("/claims/{}/sms", text(&claim["id"]));
    play.wait(45);
    let problem = play
        .post(&li, &resend, &serde_json::json!({}))
        .problem("sms_too_fast");
    assert_eq!(problem["retry_after"], 15);
    play.wait(15);
    play.post(&li, &resend, &serde_json::json!({})).ok();
    let other = play.sign_in("axin");
    play.open_claim(&other, "8000").problem("sms_too_fast");
}

#[test]
fn five_messages_an_hour_and_ten_a_day() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    for _ in 0..2 {
        for _ in 0..5 {
            play.open_claim(&li, "8000").ok();
            play.wait(MINUTE);
        }
        let problem = play.open_claim(&li, "8000").problem("sms_hourly_limit");
        assert_eq!(problem["retry_after"], HOUR - 5 * MINUTE);
        play.wait(HOUR);
    }
    let problem = play.open_claim(&li, "8000").problem("sms_daily_limit");
    assert!(
        problem["retry_after"]
            .as_i64()
            .is_some_and(|wait| wait > 20 * HOUR)
    );
    play.wait(24 * HOUR);
    play.open_claim(&li, "8000").ok();
}

#[test]
fn five_wrong_codes_burn_the_code_and_a_new_one_helps() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let right = play.code("8000");
    let wrong = if right == "000000" {
        "111111"
    } else {
        "000000"
    };
    for left in (1..5).rev() {
        let problem = play.verify(&li, &claim, wrong).problem("code_wrong");
        assert_eq!(problem["attempts_left"], left);
    }
    play.verify(&li, &claim, wrong).problem("too_many_attempts");
    play.verify(&li, &claim, &right)
        .problem("too_many_attempts");
    play.wait(MINUTE);
    play.post(&li, &format!("/claims/{claim}/sms"), &serde_json::json!({}))
        .ok();
    let fresh = play.code("8000");
    play.verify(&li, &claim, &fresh).ok();
}

#[test]
fn a_new_message_makes_the_older_code_wrong() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let older = play.code("8000");
    play.wait(MINUTE);
    play.post(&li, &format!("/claims/{claim}/sms"), &serde_json::json!({}))
        .ok();
    assert_ne!(older, play.code("8000"));
    play.verify(&li, &claim, &older).problem("code_wrong");
}

#[test]
fn a_code_lives_five_minutes_and_a_claim_thirty() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let code = play.code("8000");
    play.wait(5 * MINUTE);
    play.verify(&li, &claim, &code).problem("code_expired");
    assert_eq!(play.wallet(&li)["open_claim_id"], claim);
    play.wait(25 * MINUTE);
    play.verify(&li, &claim, &code).problem("claim_expired");
    play.post(&li, &format!("/claims/{claim}/sms"), &serde_json::json!({}))
        .problem("claim_expired");
    assert!(play.wallet(&li).get("open_claim_id").is_none());
}

#[test]
fn a_new_claim_ends_the_earlier_one() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let first = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    play.open_claim(&li, "9000").ok();
    let first = play.get(&li, &format!("/claims/{first}")).ok();
    assert_eq!(first["claim"]["state"], "expired");
}

#[test]
fn a_claim_belongs_to_the_fan_and_outlives_the_session() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let again = play.sign_in("li");
    play.get(&again, &format!("/claims/{claim}")).ok();
    let other = play.sign_in("axin");
    play.get(&other, &format!("/claims/{claim}"))
        .problem("claim_not_found");
}

#[test]
fn nothing_about_the_phone_is_told_before_the_code() {
    let mut play = Play::of(Case::OwnToOwn);
    let (li, axin) = (play.sign_in("li"), play.sign_in("axin"));
    let mut member = play.open_claim(&li, "8000").ok()["claim"].clone();
    let mut stranger = play.open_claim(&axin, "9000").ok()["claim"].clone();
    for claim in [&mut member, &mut stranger] {
        let fields = claim.as_object_mut().expect("a claim");
        fields.remove("id");
        fields.remove("phone_masked");
    }
    assert_eq!(member, stranger);
}

#[test]
fn consent_to_other_terms_is_no_consent() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let body = serde_json::json!({ "phone": play.phone("8000"), "consent": { "version": "old" } });
    let problem = play.post(&li, "/claims", &body).problem("consent_required");
    assert_eq!(problem["terms"]["version"], "2026-11");
    assert!(play.state.messages.is_empty());
}

#[test]
fn unlinking_the_phone_withdraws_the_consent_and_leaves_the_cards() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    play.bind(&li, &claim, &[play.card("8000")]).ok();
    assert_eq!(
        play.get(&li, "/profile").ok()["phone_masked"],
        "138****8000"
    );
    let profile = play.delete(&li, "/profile/phone").ok();
    assert!(profile.get("phone_masked").is_none());
    assert!(profile["consents"][0]["withdrawn_at"].is_string());
    assert_eq!(play.wallet(&li)["cards"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_proven_phone_is_put_on_the_record_of_a_card_issued_without_one() {
    let mut play = Play::of(Case::OwnToPlatform);
    let axin = play.sign_in("axin");
    play.claim(&axin, "9000").1.ok();
    let phone = play.phone("9000");
    let on_record = play
        .state
        .members
        .values()
        .filter(|member| {
            member
                .phone
                .as_ref()
                .is_some_and(|known| known.as_str() == phone)
        })
        .count();
    assert_eq!(
        on_record, 1,
        "the next change of account must find this fan"
    );
}

#[test]
fn terms_name_the_merchant_as_handler_in_both_languages() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let terms = play.get(&li, "/terms/2026-11").ok();
    assert_eq!(terms["handler"]["name"], "川味小馆");
    let languages: Vec<_> = terms["texts"]
        .as_array()
        .expect("texts")
        .iter()
        .map(|text| &text["language"])
        .collect();
    assert_eq!(languages, ["zh-CN", "en"]);
    play.get(&li, "/terms/1999-01").problem("terms_not_found");
}
