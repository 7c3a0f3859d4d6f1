//! The claim's limits: messages, attempts, time.

use kabao_rules::{
    cases::Case,
    command::Command,
    id::{CardId, MemberId},
    state::CardStatus,
};
use serde_json::json;

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
    let problem = play.post(&li, &resend, &json!({})).problem("sms_too_fast");
    assert_eq!(problem["retry_after"], 15);
    play.wait(15);
    play.post(&li, &resend, &json!({})).ok();
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
    play.post(&li, &format!("/claims/{claim}/sms"), &json!({}))
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
    play.post(&li, &format!("/claims/{claim}/sms"), &json!({}))
        .ok();
    assert_ne!(older, play.code("8000"));
    play.verify(&li, &claim, &older).problem("code_wrong");
}

#[test]
fn a_newer_code_ends_every_older_one_for_the_number_whoever_asked_for_it() {
    let mut play = Play::of(Case::OwnToOwn);
    let (li, axin) = (play.sign_in("li"), play.sign_in("axin"));
    let first = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let older = play.code("8000");
    play.wait(MINUTE);
    let second = text(&play.open_claim(&axin, "8000").ok()["claim"]["id"]);
    let newer = play.code("8000");
    assert_ne!(older, newer);
    play.verify(&li, &first, &older).problem("code_expired");
    play.verify(&li, &first, &newer).problem("code_expired");
    let told = play.get(&li, &format!("/claims/{first}")).ok();
    assert_eq!(told["claim"]["code_expires_at"], told["server_time"]);
    assert_eq!(told["claim"]["attempts_left"], 5, "it costs no attempt");
    play.wait(MINUTE);
    play.post(&li, &format!("/claims/{first}/sms"), &json!({}))
        .ok();
    play.verify(&axin, &second, &newer).problem("code_expired");
    let latest = play.code("8000");
    play.verify(&li, &first, &latest).ok();
}

#[test]
fn a_newer_code_leaves_those_for_other_numbers_right() {
    let mut play = Play::of(Case::OwnToOwn);
    let (li, axin) = (play.sign_in("li"), play.sign_in("axin"));
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    play.open_claim(&axin, "9000").ok();
    let code = play.code("8000");
    play.verify(&li, &claim, &code).ok();
}

#[test]
fn a_malformed_code_costs_no_attempt() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    for code in ["", "12345", "1234567", "12345x", "１２３４５６"] {
        play.verify(&li, &claim, code).problem("bad_request");
    }
    let told = play.get(&li, &format!("/claims/{claim}")).ok();
    assert_eq!(told["claim"]["attempts_left"], 5);
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
    play.wait(25 * MINUTE - 1);
    play.verify(&li, &claim, &code).problem("code_expired");
    play.wait(1);
    play.verify(&li, &claim, &code).problem("claim_expired");
    play.post(&li, &format!("/claims/{claim}/sms"), &json!({}))
        .problem("claim_expired");
    assert!(play.wallet(&li).get("open_claim_id").is_none());
}

#[test]
fn a_code_is_right_until_its_last_second() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    play.wait(5 * MINUTE - 1);
    let code = play.code("8000");
    let verified = play.verify(&li, &claim, &code).ok();
    assert_eq!(verified["claim"]["state"], "verified");
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
    let body = json!({ "phone": play.phone("8000"), "consent": { "version": "old" } });
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

#[test]
fn a_consent_is_recorded_once_for_each_version_until_it_is_withdrawn() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let open = |play: &mut Play, version: &str| {
        play.wait(MINUTE);
        let body = json!({ "phone": play.phone("8000"), "consent": { "version": version } });
        play.post(&li, "/claims", &body).ok();
    };
    open(&mut play, "2026-11");
    open(&mut play, "2026-11");
    play.command(&Command::SetTerms {
        merchant: play.merchant("chuanwei"),
        version: "2026-12".to_owned(),
    });
    open(&mut play, "2026-12");
    play.delete(&li, "/profile/phone").ok();
    open(&mut play, "2026-12");
    let profile = play.get(&li, "/profile").ok();
    let consents: Vec<_> = profile["consents"]
        .as_array()
        .expect("consents")
        .iter()
        .map(|consent| {
            let is_withdrawn = consent.get("withdrawn_at").is_some();
            (text(&consent["version"]), is_withdrawn)
        })
        .collect();
    let expected = [("2026-11", true), ("2026-12", true), ("2026-12", false)];
    assert_eq!(
        consents,
        expected.map(|(version, is_withdrawn)| (version.to_owned(), is_withdrawn))
    );
}

#[test]
fn a_version_that_was_agreed_to_can_be_read_after_the_terms_have_changed() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").ok();
    play.command(&Command::SetTerms {
        merchant: play.merchant("chuanwei"),
        version: "2026-12".to_owned(),
    });
    for version in ["2026-11", "2026-12"] {
        let terms = play.get(&li, &format!("/terms/{version}")).ok();
        assert_eq!(terms["version"], version);
    }
    play.get(&li, "/terms/2026-10").problem("terms_not_found");
}

#[test]
fn unlinking_the_phone_ends_the_claim_that_is_open() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    play.delete(&li, "/profile/phone").ok();
    assert_eq!(play.state.fans[&li.fan].open_claim, None);
    let claim = play.get(&li, &format!("/claims/{claim}")).ok();
    assert_eq!(claim["claim"]["state"], "expired");
}

#[test]
fn a_new_card_is_not_opened_beside_one_of_the_same_merchant() {
    let mut play = Play::of(Case::OwnToPlatform);
    let axin = play.sign_in("axin");
    let (claim, found) = play.claim(&axin, "9000");
    assert_eq!(found.ok()["claim"]["can_open_new"], false);
    play.open_new(&axin, &claim).problem("bad_request");
    assert_eq!(
        play.wallet(&axin)["cards"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn findings_name_each_merchant_once_and_who_can_help_only_if_nothing_can_be_chosen() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (claim, found) = play.claim(&li, "8000");
    let found = found.ok()["claim"].clone();
    assert_eq!(found["candidates"][0]["selectable"], true);
    assert_eq!(found.get("support"), None);
    assert_eq!(found["merchants"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        found["merchants"][0]["id"],
        play.merchant("chuanwei").as_str()
    );

    play.command(&Command::SetCardStatus {
        card: CardId::from(play.card("8000")),
        status: CardStatus::Lost,
    });
    let found = play.get(&li, &format!("/claims/{claim}")).ok()["claim"].clone();
    assert_eq!(found["candidates"][0]["reason"], "lost");
    assert_eq!(found["support"]["staff_code"], "63-1123-2104-1914");
}

#[test]
fn only_cards_that_can_be_bound_at_the_shop_ask_for_it() {
    let mut play = Play::of(Case::OwnToOwn);
    let zhang = play.sign_in("zhang");
    let (claim, _) = play.claim(&zhang, "7000");
    let asking = |play: &mut Play| -> Vec<String> {
        let claim = play.get(&zhang, &format!("/claims/{claim}")).ok();
        let candidates = claim["claim"]["candidates"].as_array().expect("candidates");
        candidates
            .iter()
            .filter(|candidate| candidate["staff_check_required"] == true)
            .map(|candidate| text(&candidate["number"]))
            .collect()
    };
    assert_eq!(asking(&mut play), ["********7400"]);
    play.command(&Command::SetCardStatus {
        card: CardId::from(play.card("7400")),
        status: CardStatus::Lost,
    });
    assert_eq!(
        asking(&mut play),
        [""; 0],
        "a lost card is not bound anywhere"
    );
}

#[test]
fn a_card_that_someone_else_has_bound_meanwhile_cannot_be_chosen() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (claim, _) = play.claim(&li, "8000");
    let other = play.sign_in("axin");
    play.command(&Command::LinkMember {
        member: MemberId::from("case-1a-m-li"),
        fan: other.fan,
    });
    let found = play.get(&li, &format!("/claims/{claim}")).ok();
    let candidate = &found["claim"]["candidates"][0];
    assert_eq!(candidate["selectable"], false);
    assert_eq!(candidate["reason"], "already_bound");
    let card = play.card("8000");
    let problem = play
        .bind(&li, &claim, std::slice::from_ref(&card))
        .problem("card_already_bound");
    assert_eq!(problem["card_id"], card);
}

#[test]
fn a_message_costs_one_credit() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").ok();
    let merchant = play.merchant("chuanwei");
    assert_eq!(play.state.merchants[&merchant].sms_credits, 199);
    play.command(&Command::SetSmsCredits {
        merchant,
        credits: 1,
    });
    play.wait(MINUTE);
    play.open_claim(&li, "8000").ok();
    play.wait(MINUTE);
    play.open_claim(&li, "8000")
        .problem("sms_credits_exhausted");
}

#[test]
fn a_captcha_can_be_answered_for_five_minutes() {
    for (wait, is_answered) in [(5 * MINUTE - 1, true), (5 * MINUTE, false)] {
        let mut play = Play::of(Case::Captcha);
        let li = play.sign_in("li");
        let asked = play.open_claim(&li, "8000").problem("captcha_required");
        let id = text(&asked["captcha"]["id"]);
        let answer = &play.state.captchas[&id].answer;
        let body = json!({
            "phone": play.phone("8000"),
            "consent": { "version": "2026-11" },
            "captcha": { "id": id, "answer": answer },
        });
        play.wait(wait);
        let status = play.post(&li, "/claims", &body).status;
        assert_eq!(status == 201, is_answered, "after {wait} s: {status}");
    }
}
