//! Each row of the outcome table.

use kabao_rules::{
    cases::Case,
    change::Change,
    command::Command,
    id::{CardId, MemberId, Phone},
    state::{AccountKind, Fan, fan_id},
};

use crate::play::{Play, tails};

/// 1a, with the account made to be of some kind.
fn play_in(kind: AccountKind) -> Play {
    let mut play = Play::of(Case::OwnToOwn);
    let mut account = play.state.accounts[&play.account].clone();
    account.kind = kind;
    play.apply(&[Change::PutAccount(account)]);
    play
}

/// Another fan of the merchant, in the account `in_account`, who holds the phone.
fn another_holder(play: &mut Play, in_account: &str, tail: &str) {
    let fan = fan_id(&in_account.into(), &"someone".into());
    let phone = Phone::from(play.phone(tail));
    let merchant = play.merchant("chuanwei");
    let template = play
        .state
        .fans
        .values()
        .next()
        .expect("there are fans")
        .clone();
    play.apply(&[Change::PutFan(Fan {
        id: fan,
        account: in_account.into(),
        openid: "someone".into(),
        phone: Some(phone),
        merchants: [merchant].into(),
        ..template
    })]);
}

#[test]
fn in_an_own_account_a_phone_that_another_fan_holds_is_in_use() {
    for holder in ["case-1a-old", "case-1a"] {
        let mut play = play_in(AccountKind::Own);
        another_holder(&mut play, holder, "8000");
        let li = play.sign_in("li");
        let problem = play.claim(&li, "8000").1.problem("phone_in_use");
        assert_eq!(problem["support"]["phone"], "028-8555-0188");
        assert!(problem.get("attempts_left").is_none());
    }
}

#[test]
fn in_an_operators_account_a_phone_that_another_fan_holds_is_in_use() {
    let mut play = play_in(AccountKind::Operator);
    another_holder(&mut play, "case-1a-old", "8000");
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.problem("phone_in_use");
}

#[test]
fn the_platform_knows_a_person_across_accounts_so_another_holder_does_not_block() {
    let mut play = play_in(AccountKind::Platform);
    another_holder(&mut play, "case-1a-old", "8000");
    let li = play.sign_in("li");
    let claim = play.claim(&li, "8000").1.ok();
    assert_eq!(tails(&claim["claim"]["candidates"]), ["8000"]);
}

#[test]
fn a_retained_member_with_the_phone_gives_candidates() {
    for kind in [
        AccountKind::Own,
        AccountKind::Operator,
        AccountKind::Platform,
    ] {
        let mut play = play_in(kind);
        let li = play.sign_in("li");
        let claim = play.claim(&li, "8000").1.ok();
        assert_eq!(tails(&claim["claim"]["candidates"]), ["8000"], "{kind:?}");
        assert_eq!(claim["claim"]["candidates"][0]["number"], "********8000");
    }
}

#[test]
fn a_member_linked_to_another_fan_of_the_same_account_is_bound_already() {
    for kind in [
        AccountKind::Own,
        AccountKind::Operator,
        AccountKind::Platform,
    ] {
        let mut play = play_in(kind);
        let other = play.sign_in("axin");
        play.command(&Command::LinkMember {
            member: MemberId::from("case-1a-m-li"),
            fan: other.fan,
        });
        let li = play.sign_in("li");
        play.claim(&li, "8000").1.problem("card_already_bound");
    }
}

#[test]
fn a_link_left_over_in_another_account_does_not_block() {
    let mut play = play_in(AccountKind::Own);
    play.command(&Command::LinkMember {
        member: MemberId::from("case-1a-m-li"),
        fan: fan_id(&"case-1a-old".into(), &"li".into()),
    });
    let li = play.sign_in("li");
    assert_eq!(
        tails(&play.claim(&li, "8000").1.ok()["claim"]["candidates"]),
        ["8000"]
    );
}

#[test]
fn no_member_with_the_phone_gives_no_candidates_and_a_new_card() {
    for kind in [
        AccountKind::Own,
        AccountKind::Operator,
        AccountKind::Platform,
    ] {
        let mut play = play_in(kind);
        let axin = play.sign_in("axin");
        let claim = play.claim(&axin, "9000").1.ok();
        assert_eq!(claim["claim"]["candidates"], serde_json::json!([]));
        assert_eq!(claim["claim"]["can_open_new"], true);
        let staff_code = claim["claim"]["support"]["staff_code"]
            .as_str()
            .expect("a code");
        assert!(staff_code.starts_with("63-1123-2104-"), "{staff_code}");
    }
}

#[test]
fn members_who_were_not_kept_are_not_found() {
    let mut play = play_in(AccountKind::Own);
    play.command(&Command::DropMembers {
        merchant: play.merchant("chuanwei"),
    });
    let li = play.sign_in("li");
    assert_eq!(
        tails(&play.claim(&li, "8000").1.ok()["claim"]["candidates"]),
        [""; 0]
    );
}

#[test]
fn a_shared_accounts_search_covers_every_merchant_of_it_and_an_own_accounts_one() {
    for (kind, found) in [
        (AccountKind::Own, vec!["8000"]),
        (AccountKind::Platform, vec!["8000", "8800"]),
        (AccountKind::Operator, vec!["8000", "8800"]),
    ] {
        let mut play = play_in(kind);
        let mut merchant = play.state.merchants[&play.merchant("chuanwei")].clone();
        merchant.id = "elsewhere".into();
        let mut member = play.state.members[&MemberId::from("case-1a-m-li")].clone();
        member.id = "li-elsewhere".into();
        member.merchant = merchant.id.clone();
        let mut card = play.state.cards[&CardId::from("case-1a-c8000")].clone();
        card.id = "card-elsewhere".into();
        card.number = "880001008800".to_owned();
        card.member = member.id.clone();
        card.merchant = merchant.id.clone();
        card.last_used_at = None;
        play.apply(&[
            Change::PutMerchant(merchant),
            Change::PutMember(member),
            Change::PutCard(card),
        ]);
        let li = play.sign_in("li");
        assert_eq!(
            tails(&play.claim(&li, "8000").1.ok()["claim"]["candidates"]),
            found
        );
    }
}

/// Someone in the old account who holds the phone, without any tie to the merchant.
fn a_stranger_with_the_phone(play: &mut Play) -> Fan {
    another_holder(play, "case-1a-old", "8000");
    let id = fan_id(&"case-1a-old".into(), &"someone".into());
    let mut fan = play.state.fans[&id].clone();
    fan.merchants.clear();
    play.apply(&[Change::PutFan(fan.clone())]);
    fan
}

#[test]
fn only_a_fan_of_the_merchant_holds_its_phone() {
    let mut play = play_in(AccountKind::Own);
    a_stranger_with_the_phone(&mut play);
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.ok();

    let mut play = play_in(AccountKind::Own);
    let stranger = a_stranger_with_the_phone(&mut play);
    play.command(&Command::LinkMember {
        member: MemberId::from("case-1a-m-wu"),
        fan: stranger.id,
    });
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.problem("phone_in_use");

    let mut play = play_in(AccountKind::Own);
    let stranger = a_stranger_with_the_phone(&mut play);
    let mut elsewhere = play.state.members[&MemberId::from("case-1a-m-wu")].clone();
    elsewhere.id = "member-elsewhere".into();
    elsewhere.merchant = "elsewhere".into();
    play.apply(&[Change::PutMember(elsewhere.clone())]);
    play.command(&Command::LinkMember {
        member: elsewhere.id,
        fan: stranger.id,
    });
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.ok();
}
