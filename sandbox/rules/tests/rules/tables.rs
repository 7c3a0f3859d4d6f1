//! Table codes.

use kabao_rules::{
    cases::Case,
    change::Change,
    command::Command,
    request::Request,
    state::{Table, TableSide},
};

use crate::play::Play;

fn codes(play: &Play, side: TableSide) -> Vec<(String, bool)> {
    let merchant = &play.state.merchants[&play.merchant("chuanwei")];
    play.state
        .tables
        .values()
        .filter(|table| table.merchant == merchant.id && table.side == side)
        .map(|table| (table.code.to_string(), table.account == merchant.account))
        .collect()
}

fn look_up(play: &mut Play, code: &str) -> crate::play::Answer {
    play.call(&Request::get(&format!("/api/v1/tables/{code}")))
}

#[test]
fn a_left_hand_code_survives_the_switch() {
    for case in [
        Case::OwnToOwn,
        Case::OwnToPlatform,
        Case::OwnToOperator,
        Case::PlatformToOwn,
    ] {
        let mut play = Play::of(case);
        let codes = codes(&play, TableSide::Left);
        assert_eq!(codes.len(), 1);
        for (code, _) in codes {
            let table = look_up(&mut play, &code).ok();
            assert_eq!(table["order_url"], format!("/sandbox/order/{code}"));
        }
    }
}

#[test]
fn a_right_hand_code_dies_with_the_account_and_its_replacement_lives() {
    let mut play = Play::of(Case::OwnToOwn);
    let codes = codes(&play, TableSide::Right);
    assert_eq!(codes.len(), 2, "the dead code and its replacement");
    for (code, is_live) in codes {
        let answer = look_up(&mut play, &code);
        if is_live {
            answer.ok();
        } else {
            let problem = answer.problem("table_code_stale");
            assert_eq!(problem["merchant"]["name"], "川味小馆");
            assert_eq!(problem["merchant"]["phone"], "028-8555-0188");
            assert_eq!(
                problem["merchant"]["wallet_url"],
                "/enter?merchant=case-1a-chuanwei"
            );
        }
    }
}

#[test]
fn without_regenerating_there_is_no_live_right_hand_code() {
    let play = Play::of(Case::OwnToOwnUncleared);
    let codes = codes(&play, TableSide::Right);
    assert!(codes.iter().all(|(_, is_live)| !is_live));
    assert_eq!(codes.len(), 1);
}

#[test]
fn an_unknown_code_is_said_to_be_unknown() {
    let mut play = Play::of(Case::OwnToOwn);
    look_up(&mut play, "R0").problem("table_code_unknown");
    look_up(&mut play, "%E4%BD%A0").problem("table_code_unknown");
}

#[test]
fn each_table_gets_one_live_code_however_often_codes_are_regenerated() {
    let mut play = Play::of(Case::OwnToOwnUncleared);
    let merchant = play.merchant("chuanwei");
    let eight = play
        .state
        .tables
        .values()
        .find(|table| table.side == TableSide::Right)
        .expect("a table")
        .clone();
    play.apply(&[Change::PutTable(Table {
        code: "R9".into(),
        name: "9 号桌".to_owned(),
        ..eight
    })]);
    for _ in 0..2 {
        play.command(&Command::RegenerateTableCodes {
            merchant: merchant.clone(),
        });
        let mut live: Vec<_> = play
            .state
            .tables
            .values()
            .filter(|table| table.side == TableSide::Right && table.account == play.account)
            .map(|table| table.name.as_str())
            .collect();
        live.sort_unstable();
        assert_eq!(live, ["8 号桌", "9 号桌"]);
        assert_eq!(codes(&play, TableSide::Right).len(), 4);
    }
}
