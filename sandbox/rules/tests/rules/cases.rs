//! Each case of the manual as its set-up commands leave it: what its people meet.

use kabao_rules::{
    cases::Case, change::Change, command::Command, id::CardId, state::CodeMode, wechat::Visitor,
};
use serde_json::json;

use crate::play::{BEGINNING, Play, tails, text};

#[test]
fn case_1a_members_kept_come_back_with_what_was_theirs() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["cards"], json!([]));
    assert_eq!(wallet["issue_mode"], "manual");
    assert_eq!(wallet["account"]["changed"]["from_name"], "川味小馆旧号");

    let (claim, _) = play.claim(&li, "8000");
    let bound = play.bind(&li, &claim, &[play.card("8000")]).ok();
    let card = &bound["wallet"]["cards"][0];
    assert_eq!(card["balance_fen"], 12_800);
    assert_eq!(card["points"], 560);
    assert_eq!(card["origin"], "claimed");
    assert_eq!(card["previous_account_name"], "川味小馆旧号");
    assert_eq!(bound["wallet"]["current_card_id"], card["id"]);
    assert_eq!(bound["claim"]["state"], "bound");
    assert_eq!(bound["wallet"]["phone_masked"], "138****8000");
}

#[test]
fn case_1a_a_plastic_card_is_found_under_the_same_phone() {
    let mut play = Play::of(Case::OwnToOwn);
    let wang = play.sign_in("wang");
    let (claim, found) = play.claim(&wang, "6000");
    assert_eq!(found.ok()["claim"]["candidates"][0]["kind"], "physical");
    let bound = play.bind(&wang, &claim, &[play.card("6000")]).ok();
    assert_eq!(bound["wallet"]["cards"][0]["balance_fen"], 5_600);
}

#[test]
fn case_1a_several_cards_are_told_apart_and_bound_at_once() {
    let mut play = Play::of(Case::OwnToOwn);
    let zhang = play.sign_in("zhang");
    let (claim, found) = play.claim(&zhang, "7000");
    let found = found.ok();
    let candidates = &found["claim"]["candidates"];
    assert_eq!(
        tails(candidates),
        ["7000", "7100", "7400", "7300", "7200", "7500"]
    );
    let reasons: Vec<_> = (0..6)
        .map(|place| candidates[place]["reason"].as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            None,
            None,
            Some("staff_check_required"),
            None,
            Some("lost"),
            Some("expired")
        ]
    );

    let refused = play.bind(&zhang, &claim, &[play.card("7000"), play.card("7200")]);
    assert_eq!(refused.problem("card_lost")["card_id"], play.card("7200"));
    let refused = play.bind(&zhang, &claim, &[play.card("7000"), play.card("7500")]);
    assert_eq!(
        refused.problem("card_expired")["card_id"],
        play.card("7500")
    );
    play.bind(&zhang, &claim, &[play.card("7400")])
        .problem("forbidden");
    assert_eq!(
        play.wallet(&zhang)["cards"],
        json!([]),
        "it is all or nothing"
    );

    let cards = [play.card("7300"), play.card("7000"), play.card("7100")];
    let bound = play.bind(&zhang, &claim, &cards).ok();
    assert_eq!(
        bound["claim"]["bound_cards"].as_array().map(Vec::len),
        Some(3)
    );
    assert_eq!(
        bound["wallet"]["current_card_id"],
        play.card("7000"),
        "a frozen card is bound but not put in use"
    );
}

#[test]
fn case_1a_a_member_without_a_phone_is_not_found_and_may_open_a_new_card() {
    let mut play = Play::of(Case::OwnToOwn);
    let wu = play.sign_in("wu");
    let (claim, found) = play.claim(&wu, "5000");
    let found = found.ok();
    assert_eq!(found["claim"]["candidates"], json!([]));
    assert!(found["claim"]["support"]["provider"]["phone"].is_string());
    let bound = play.open_new(&wu, &claim).ok();
    assert_eq!(bound["claim"]["bound_cards"][0]["origin"], "opened");
    assert_eq!(bound["wallet"]["cards"][0]["balance_fen"], 0);
}

#[test]
fn case_1b_nothing_matches_and_nothing_is_in_use() {
    let mut play = Play::of(Case::OwnToOwnAnew);
    for (key, phone) in [("li", "8000"), ("wang", "6000"), ("axin", "9000")] {
        let fan = play.sign_in(key);
        let found = play.claim(&fan, phone).1.ok();
        assert_eq!(found["claim"]["candidates"], json!([]), "{key}");
        assert_eq!(found["claim"]["can_open_new"], true, "{key}");
        assert_eq!(
            found["claim"]["merchants"][0]["members_retained"], false,
            "no old card may be promised to {key}"
        );
        assert_eq!(play.wallet(&fan)["merchants"][0]["members_retained"], false);
        let bound = play.open_new(&fan, &text(&found["claim"]["id"])).ok();
        let card = text(&bound["claim"]["bound_cards"][0]["id"]);
        let card = play.get(&fan, &format!("/cards/{card}")).ok();
        assert_eq!(card["merchant"]["members_retained"], false);
    }
}

#[test]
fn members_who_were_kept_are_told_of() {
    for case in [
        Case::OwnToOwn,
        Case::OwnToPlatform,
        Case::OwnToOperator,
        Case::PlatformToOwn,
    ] {
        let mut play = Play::of(case);
        let li = play.sign_in("li");
        let merchant = &play.wallet(&li)["merchants"][0];
        assert_eq!(merchant["members_retained"], true, "{}", case.name());
    }
}

#[test]
fn the_next_change_of_account_can_keep_the_members_of_this_one() {
    let mut play = Play::of(Case::OwnToOwnAnew);
    let merchant = play.merchant("chuanwei");
    play.command(&Command::MoveMerchant {
        merchant: merchant.clone(),
        account: "case-1b-old".into(),
    });
    assert!(play.state.merchants[&merchant].members_retained);
}

#[test]
fn a_card_that_can_be_used_brings_its_offline_code_with_the_wallet() {
    let mut play = Play::of(Case::Statuses);
    for (key, expected) in [("zhuan", vec!["3005"]), ("dong", vec!["3101"])] {
        let fan = play.sign_in(key);
        let wallet = play.wallet(&fan);
        let cards = wallet["cards"].as_array().expect("cards");
        let offline: Vec<_> = cards
            .iter()
            .filter_map(|card| card["offline_payload"].as_str())
            .collect();
        let tails: Vec<_> = offline.iter().filter_map(|code| code.get(8..)).collect();
        assert_eq!(tails, expected, "{key}");
        for card in cards.iter().filter(|card| card["status"] == "active") {
            let code = play
                .get(&fan, &format!("/cards/{}/code", text(&card["id"])))
                .ok();
            assert_eq!(card["offline_payload"], code["offline_payload"]);
        }
    }
}

#[test]
fn case_1x_the_phone_is_in_use_and_the_claim_is_over() {
    let mut play = Play::of(Case::OwnToOwnUncleared);
    let li = play.sign_in("li");
    let (claim, refused) = play.claim(&li, "8000");
    refused.problem("phone_in_use");
    let claim = play.get(&li, &format!("/claims/{claim}")).ok();
    assert_eq!(claim["claim"]["state"], "expired");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["phone_proven"], false);
    assert!(wallet.get("open_claim_id").is_none());
    assert_eq!(play.state.fans[&li.fan].open_claim, None);
}

#[test]
fn case_2_a_card_is_issued_at_once_and_the_old_one_stays_beside_it() {
    let mut play = Play::of(Case::OwnToPlatform);
    let li = play.sign_in("li");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(1));
    assert_eq!(wallet["cards"][0]["origin"], "issued_automatically");
    assert_eq!(wallet["phone_proven"], false);
    let issued = text(&wallet["cards"][0]["id"]);
    assert_eq!(wallet["current_card_id"], issued);

    let (claim, found) = play.claim(&li, "8000");
    assert_eq!(found.ok()["claim"]["can_open_new"], false);
    let wallet = play.bind(&li, &claim, &[play.card("8000")]).ok()["wallet"].clone();
    assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        wallet["current_card_id"], issued,
        "the card in use stays in use"
    );

    let revision = text(&wallet["revision"]);
    let card = play.card("8000");
    let switched = play.switch(&li, &card, &revision).ok();
    assert_eq!(switched["current_card_id"], card);

    play.sign_in("li");
    assert_eq!(
        play.wallet(&li)["cards"].as_array().map(Vec::len),
        Some(2),
        "a card is issued automatically once"
    );
}

#[test]
fn case_2_whom_the_platform_knows_by_phone_finds_the_old_card_at_once() {
    let mut play = Play::of(Case::OwnToPlatform);
    let chen = play.sign_in("chen");
    let wallet = play.wallet(&chen);
    let mut found: Vec<_> = wallet["cards"]
        .as_array()
        .expect("cards")
        .iter()
        .map(|card| (text(&card["origin"]), card["balance_fen"].clone()))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], ("found_by_phone".to_owned(), 9_900.into()));
    assert_eq!(found[1], ("issued_automatically".to_owned(), 0.into()));
    assert_eq!(wallet["phone_proven"], true);
}

#[test]
fn case_2_a_snapshot_page_gets_no_card() {
    let mut play = Play::of(Case::OwnToPlatform);
    let person = play.state.people.values().next().expect("people").clone();
    let before = play.state.cards.size();
    let visitor = Visitor {
        openid: "virtual".into(),
        is_snapshot: true,
    };
    let (session, _) = play.enter(&person.entry, &visitor).expect("a session");
    play.get(&session, "/wallet").problem("snapshot_user");
    assert_eq!(play.state.cards.size(), before);
}

#[test]
fn case_3_is_as_case_2_under_the_operators_name() {
    let mut play = Play::of(Case::OwnToOperator);
    let li = play.sign_in("li");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["account"]["kind"], "operator");
    assert_eq!(wallet["account"]["name"], "食在本地");
    assert!(
        wallet["account"]["links"]
            .as_array()
            .is_some_and(|links| links.len() >= 2)
    );
    assert_eq!(wallet["cards"][0]["origin"], "issued_automatically");
    let found = play.claim(&li, "8000").1.ok();
    assert_eq!(tails(&found["claim"]["candidates"]), ["8000"]);
}

#[test]
fn case_4_is_as_case_1a() {
    let mut play = Play::of(Case::PlatformToOwn);
    let li = play.sign_in("li");
    assert_eq!(play.wallet(&li)["cards"], json!([]));
    let (claim, _) = play.claim(&li, "8000");
    let bound = play.bind(&li, &claim, &[play.card("8000")]).ok();
    assert_eq!(bound["wallet"]["current_card_id"], play.card("8000"));
}

#[test]
fn without_sms_credits_nothing_is_sent_and_nothing_is_lost() {
    let mut play = Play::of(Case::SmsExhausted);
    let li = play.sign_in("li");
    let problem = play
        .open_claim(&li, "8000")
        .problem("sms_credits_exhausted");
    assert!(problem["support"]["phone"].is_string());
    assert!(play.state.messages.is_empty());
}

#[test]
fn a_failing_gateway_costs_no_credit() {
    let mut play = Play::of(Case::Gateway);
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").problem("sms_gateway_failed");
    assert_eq!(
        play.state.merchants[&play.merchant("chuanwei")].sms_credits,
        200
    );
}

#[test]
fn who_does_not_follow_is_told_so_and_not_stopped() {
    let mut play = Play::of(Case::NotFollowing);
    let li = play.sign_in("li");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["account"]["follows"], false);
    assert!(wallet["account"]["qr_url"].is_string());
    play.claim(&li, "8000").1.ok();
}

#[test]
fn a_snapshot_page_has_nobody_behind_it() {
    let mut play = Play::of(Case::Snapshot);
    let li = play.sign_in("li");
    play.get(&li, "/wallet").problem("snapshot_user");
    play.open_claim(&li, "8000").problem("snapshot_user");
}

#[test]
fn without_an_authorised_account_everybody_is_told_so() {
    let mut play = Play::of(Case::Unavailable);
    let person = play.state.people.values().next().expect("people").clone();
    let landed =
        crate::play::location(play.handle(&kabao_rules::request::Request::get(&person.entry)));
    assert_eq!(landed, "/a/unavailable");
    let wallet = kabao_rules::request::Request::get("/api/v1/accounts/unavailable/wallet");
    let problem = play.call(&wallet).problem("account_unavailable");
    assert!(problem["support"]["phone"].is_string());
}

#[test]
fn the_old_accounts_menu_leads_to_the_present_account() {
    let mut play = Play::of(Case::OldMenu);
    let person = play.state.people.values().next().expect("people").clone();
    assert!(person.entry.ends_with("-old"), "{}", person.entry);
    let visitor = Visitor {
        openid: person.openid,
        is_snapshot: false,
    };
    let (session, landed) = play.enter(&person.entry, &visitor).expect("a session");
    assert_eq!(landed, "/a/old-menu");
    assert_eq!(play.wallet(&session)["account"]["follows"], false);
}

#[test]
fn a_captcha_is_asked_and_can_be_answered() {
    let mut play = Play::of(Case::Captcha);
    let li = play.sign_in("li");
    let asked = play.open_claim(&li, "8000").problem("captcha_required");
    let id = text(&asked["captcha"]["id"]);
    let answer = play.state.captchas[&id].answer.clone();
    let body = |id: &str, answer: &str, phone: &str| {
        json!({
            "phone": phone,
            "consent": { "version": "2026-11" },
            "captcha": { "id": id, "answer": answer },
        })
    };
    let phone = play.phone("8000");
    let again = play
        .post(&li, "/claims", &body(&id, "wrong", &phone))
        .problem("captcha_required");
    let next = text(&again["captcha"]["id"]);
    assert_ne!(next, id, "a captcha is good for one try");
    play.post(&li, "/claims", &body(&id, &answer, &phone))
        .problem("captcha_required");
    let last = play
        .state
        .captchas
        .values()
        .next_back()
        .expect("a captcha")
        .clone();
    play.post(&li, "/claims", &body(&last.id, &last.answer, &phone))
        .ok();
}

#[test]
fn the_wallets_of_the_collectors_have_1_8_and_250_cards() {
    let mut play = Play::of(Case::Many);
    for (key, count) in [("yi", 1), ("ba", 8), ("duo", 250)] {
        let fan = play.sign_in(key);
        let wallet = play.wallet(&fan);
        assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(count));
    }
}

#[test]
fn a_card_in_use_that_can_be_used_no_more_stays_and_refuses_its_code() {
    let mut play = Play::of(Case::Statuses);
    for (key, tail, code) in [
        ("dong", "3001", "card_frozen"),
        ("shi", "3002", "card_lost"),
        ("qi", "3003", "card_expired"),
    ] {
        let fan = play.sign_in(key);
        let card = play.card(tail);
        assert_eq!(play.wallet(&fan)["current_card_id"], card);
        let problem = play.get(&fan, &format!("/cards/{card}/code")).problem(code);
        assert_eq!(problem["card_id"], card);
    }
}

#[test]
fn a_rotating_code_changes_every_half_minute_and_fits_the_barcode() {
    let mut play = Play::of(Case::Statuses);
    let fan = play.sign_in("zhuan");
    let path = format!("/cards/{}/code", play.card("3005"));
    // 2026-11-23T13:04:05Z is five seconds into a code.
    let first = play.get(&fan, &path).ok();
    assert_eq!(first["mode"], "rotating");
    assert_eq!(text(&first["payload"]).len(), 18);
    assert_eq!(first["refresh_after"], 25);
    assert_eq!(first["expires_at"], "2026-11-23T13:05:00.000Z");
    play.wait(24);
    let same = play.get(&fan, &path).ok();
    assert_eq!(same["payload"], first["payload"]);
    assert_eq!(same["refresh_after"], 1);
    play.wait(1);
    let second = play.get(&fan, &path).ok();
    assert_ne!(second["payload"], first["payload"]);
    assert_eq!(second["refresh_after"], 30);
    assert_eq!(second["offline_payload"], first["offline_payload"]);
    assert_ne!(second["payload"], second["offline_payload"]);
}

#[test]
fn a_rotating_code_can_end_before_it_says_to_fetch_the_next() {
    for (mode, refresh_after) in [
        (CodeMode::RotatingByExpiry, json!(null)),
        (CodeMode::RotatingTooLate, json!(55)),
    ] {
        let mut play = Play::of(Case::Statuses);
        let fan = play.sign_in("zhuan");
        play.command(&Command::SetCodeMode {
            merchant: play.merchant("yunshang"),
            mode,
        });
        let path = format!("/cards/{}/code", play.card("3005"));
        let first = play.get(&fan, &path).ok();
        assert_eq!(first["mode"], "rotating");
        assert_eq!(first["expires_at"], "2026-11-23T13:04:30.000Z");
        assert_eq!(first["refresh_after"], refresh_after);
        play.wait(25);
        let second = play.get(&fan, &path).ok();
        assert_ne!(second["payload"], first["payload"]);
    }
}

#[test]
fn a_static_code_says_nothing_of_an_end() {
    let mut play = Play::of(Case::Statuses);
    let fan = play.sign_in("quan");
    let path = format!("/cards/{}/code", play.card("3006"));
    let code = play.get(&fan, &path).ok();
    assert_eq!(code["mode"], "static");
    assert_eq!(code["payload"], code["offline_payload"]);
    for field in ["expires_at", "refresh_after"] {
        assert_eq!(code.get(field), None, "{field}");
    }
}

#[test]
fn a_long_timeline_comes_in_pages_and_ends_at_the_balance() {
    let mut play = Play::of(Case::Statuses);
    let fan = play.sign_in("quan");
    let card = play.card("3006");
    let mut count = 0;
    let mut cursor = String::new();
    let mut last_at = "9".to_owned();
    loop {
        let page = play
            .get(
                &fan,
                &format!("/cards/{card}/entries?kind=stored_value{cursor}"),
            )
            .ok();
        let items = page["items"].as_array().expect("items").clone();
        if count == 0 {
            assert_eq!(items[0]["balance_after"], 45_600);
        }
        for pair in items.windows(2) {
            let (newer, older) = (&pair[0], &pair[1]);
            assert_eq!(
                newer["balance_after"].as_i64().expect("fen"),
                older["balance_after"].as_i64().expect("fen")
                    + newer["amount"].as_i64().expect("fen"),
            );
        }
        for item in &items {
            assert!(text(&item["at"]) <= last_at);
            last_at = text(&item["at"]);
        }
        count += items.len();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(count, 137);
    let unused = play
        .get(&fan, &format!("/cards/{card}/coupons?state=unused"))
        .ok();
    assert_eq!(unused["items"].as_array().map(Vec::len), Some(20));
    assert!(unused["next_cursor"].is_string());
    let used = play
        .get(&fan, &format!("/cards/{card}/coupons?state=used"))
        .ok();
    assert_eq!(used["items"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_change_of_account_is_told_for_ninety_days() {
    let mut play = Play::of(Case::OwnToOwn);
    play.wait(90 * 24 * 60 * 60 - 1);
    let li = play.sign_in("li");
    let wallet = play.wallet(&li);
    assert_eq!(wallet["account"]["changed"]["from_name"], "川味小馆旧号");
    play.wait(1);
    assert_eq!(play.wallet(&li)["account"].get("changed"), None);
}

#[test]
fn a_wallet_names_the_merchants_of_its_cards_and_the_one_in_focus_each_once() {
    for (case, key, expected) in [
        (Case::OwnToOwn, "li", vec!["川味小馆"]),
        (Case::OwnToPlatform, "li", vec!["川味小馆"]),
        (Case::OwnToPlatform, "chen", vec!["川味小馆", "江南面馆"]),
    ] {
        let mut play = Play::of(case);
        let fan = play.sign_in(key);
        let wallet = play.wallet(&fan);
        let mut names: Vec<_> = wallet["merchants"]
            .as_array()
            .expect("merchants")
            .iter()
            .map(|merchant| text(&merchant["name"]))
            .collect();
        names.sort();
        assert_eq!(names, expected, "{key} in {}", case.name());
    }
}

#[test]
fn a_card_counts_the_coupons_that_can_be_used() {
    let mut play = Play::of(Case::Statuses);
    let fan = play.sign_in("quan");
    let card = play
        .get(&fan, &format!("/cards/{}", play.card("3006")))
        .ok();
    assert_eq!(card["card"]["coupon_count"], 23);
}

#[test]
fn what_ends_soonest_is_told_with_the_card() {
    const DAY: i64 = 24 * 60 * 60;
    let mut play = Play::of(Case::Statuses);
    let jiang = play.sign_in("jiang");
    let card = play.card("3007");
    let of_card =
        |play: &mut Play| play.get(&jiang, &format!("/cards/{card}")).ok()["card"].clone();
    let in_days = |days: i64| BEGINNING.plus_seconds(days * DAY).rfc3339();
    let shown = of_card(&mut play);
    assert_eq!(shown, play.wallet(&jiang)["cards"][0]);
    assert_eq!(
        shown["points_expiring"],
        json!({ "points": 58, "at": in_days(5) })
    );
    assert_eq!(
        shown["coupons_expiring"],
        json!({ "count": 2, "at": in_days(3) })
    );
    assert_eq!(shown["coupon_count"], 4);

    let coupons = play.get(&jiang, &format!("/cards/{card}/coupons")).ok();
    let codes: Vec<_> = (0..4)
        .map(|place| coupons["items"][place]["code"].as_str())
        .collect();
    assert_eq!(codes, [None, Some("660012003007"), None, None]);

    // What has ended is no news, and the next to end is.
    play.wait(3 * DAY);
    let shown = of_card(&mut play);
    assert_eq!(
        shown["coupons_expiring"],
        json!({ "count": 1, "at": in_days(32) })
    );
    play.wait(2 * DAY);
    assert!(of_card(&mut play).get("points_expiring").is_none());
}

#[test]
fn no_more_points_lapse_than_there_are() {
    let mut play = Play::of(Case::Statuses);
    let jiang = play.sign_in("jiang");
    let id = CardId::from(play.card("3007"));
    for (points, told) in [(1_258, Some(58)), (20, Some(20)), (0, None), (-5, None)] {
        let mut row = play.state.cards[&id].clone();
        row.points = points;
        play.apply(&[Change::PutCard(row)]);
        let card = &play.wallet(&jiang)["cards"][0];
        assert_eq!(card["points_expiring"]["points"].as_i64(), told, "{points}");
    }
}

#[test]
fn a_merchant_is_told_with_its_pinyin() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let merchant = &play.wallet(&li)["merchants"][0];
    assert_eq!(merchant["pinyin"], "chuanweixiaoguan");
}
