//! The manual's set-up steps, and what a forgotten one leaves behind.

use kabao_rules::{
    cases::{Case, World},
    command::Command,
    id::{AccountId, CardId, FanId, MerchantId},
    state::fan_id,
};

use crate::play::{Play, text};

fn fan(account: &str, openid: &str) -> FanId {
    fan_id(&account.into(), &openid.into())
}

#[test]
fn a_case_lists_the_steps_of_its_set_up() {
    let (merchant, old, new) = (
        MerchantId::from("case-1a-chuanwei"),
        AccountId::from("case-1a-old"),
        AccountId::from("case-1a"),
    );
    let steps = World::of(Case::OwnToOwn).steps();
    assert_eq!(steps.len(), 7, "{steps:?}");
    assert_eq!(
        steps[..4],
        [
            Command::AuthoriseAccount {
                account: new.clone()
            },
            Command::MoveMerchant {
                merchant: merchant.clone(),
                account: new
            },
            Command::DeauthoriseAccount {
                account: old.clone()
            },
            Command::ClearIdentities {
                merchant,
                account: old
            },
        ]
    );
}

#[test]
fn a_step_that_is_forgotten_leads_to_what_the_manual_warns_of() {
    let world = World::of(Case::OwnToOwn);
    let mut play = Play::of(Case::OwnToOwn);
    play.state = kabao_rules::state::State::default();
    let forgotten = |step: &Command| !matches!(step, Command::ClearIdentities { .. });
    let rows = world.build_with(play.now, &forgotten);
    play.apply(&rows);
    let li = play.sign_in("li");
    play.claim(&li, "8000").1.problem("phone_in_use");
}

#[test]
fn clearing_identities_takes_phone_member_and_card_from_the_old_fans() {
    let play = Play::of(Case::OwnToOwn);
    for openid in ["li", "zhang", "wu"] {
        let id = fan("case-1a-old", openid);
        let row = &play.state.fans[&id];
        assert_eq!(
            (&row.phone, &row.phone_proven_at),
            (&None, &None),
            "{openid}"
        );
        assert_eq!(row.current_card, None, "{openid}");
        assert_eq!(play.state.holdings_of(&id).count(), 0, "{openid}");
        assert!(play.state.memberships.values().all(|link| link.fan != id));
    }
    assert!(
        play.state
            .cards
            .contains_key(&CardId::from("case-1a-c8000"))
    );
}

#[test]
fn clearing_is_of_one_merchant_in_one_account() {
    let mut play = Play::of(Case::Many);
    let (eight, many) = (fan("many", "ba"), fan("many", "duo"));
    let card_of = |play: &Play, fan: &FanId, merchant: &MerchantId| {
        let mut held = play.state.holdings_of(fan).map(|holding| &holding.card);
        held.find(|card| play.state.cards[*card].merchant == *merchant)
            .cloned()
    };
    let current = play.state.fans[&eight]
        .current_card
        .clone()
        .expect("a card");
    let merchants: Vec<_> = play
        .state
        .holdings_of(&eight)
        .map(|holding| play.state.cards[&holding.card].merchant.clone())
        .collect();
    let in_use = play.state.cards[&current].merchant.clone();
    let other = merchants
        .iter()
        .find(|merchant| **merchant != in_use)
        .expect("another merchant")
        .clone();
    let clear = |play: &mut Play, merchant: &MerchantId, account: &str| {
        play.command(&Command::ClearIdentities {
            merchant: merchant.clone(),
            account: account.into(),
        });
    };

    clear(&mut play, &other, "elsewhere");
    assert!(play.state.fans[&eight].phone.is_some());

    let member_of_other = play
        .state
        .members
        .values()
        .find(|member| member.merchant == other)
        .expect("a member")
        .id
        .clone();
    let stranger = fan("elsewhere", "ba");
    play.command(&Command::LinkMember {
        member: member_of_other.clone(),
        fan: stranger.clone(),
    });

    clear(&mut play, &other, "many");
    let left: Vec<_> = play.state.fans_of_member(&member_of_other).collect();
    assert_eq!(left, [&stranger], "another account's fan keeps the link");
    assert_eq!(play.state.holdings_of(&eight).count(), 7);
    assert_eq!(card_of(&play, &eight, &other), None);
    assert_eq!(card_of(&play, &many, &other), None);
    let links = play.state.memberships.values();
    assert_eq!(links.filter(|link| link.fan == eight).count(), 7);
    assert_eq!(play.state.fans[&eight].current_card, Some(current));

    clear(&mut play, &in_use, "many");
    assert_eq!(play.state.holdings_of(&eight).count(), 6);
    assert_eq!(play.state.fans[&eight].current_card, None);
}

#[test]
fn clearing_phones_spares_the_fans_of_the_new_account_and_of_other_merchants() {
    let mut play = Play::of(Case::OwnToOperator);
    assert_eq!(play.state.fans[&fan("case-3-old", "chen")].phone, None);
    let chen = fan("case-3", "chen");
    assert!(play.state.fans[&chen].phone.is_some());
    play.command(&Command::ClearPhones {
        merchant: "nobody".into(),
        account: "case-3".into(),
    });
    assert!(play.state.fans[&chen].phone.is_some());
}

#[test]
fn a_card_keeps_the_name_of_the_account_that_it_was_used_in_first() {
    let mut play = Play::of(Case::OwnToPlatform);
    let name = |play: &Play, tail: &str| {
        let card = CardId::from(play.card(tail));
        play.state.cards[&card].previous_account_name.clone()
    };
    assert_eq!(name(&play, "8000").as_deref(), Some("川味小馆旧号"));
    assert_eq!(name(&play, "4100"), None, "the noodle shop has not moved");
    play.command(&Command::MoveMerchant {
        merchant: play.merchant("chuanwei"),
        account: "case-2-old".into(),
    });
    assert_eq!(name(&play, "8000").as_deref(), Some("川味小馆旧号"));
    assert_eq!(name(&play, "4100"), None);
}

#[test]
fn starting_over_takes_away_links_to_fans_of_other_worlds() {
    let mut play = Play::of(Case::OwnToOwn);
    let now = play.now;
    play.apply(&World::of(Case::OwnToPlatform).build(now));
    let beginning = play.state.clone();
    play.command(&Command::LinkMember {
        member: "case-1a-m-wu".into(),
        fan: fan("case-2", "li"),
    });
    let changes = kabao_rules::cases::restart(&play.state, &"case-1a".into(), now);
    play.apply(&changes);
    assert_eq!(play.state, beginning);
}

#[test]
fn a_wallet_without_steps_is_the_old_accounts() {
    let world = World::of(Case::OwnToOwn);
    let mut play = Play::of(Case::OwnToOwn);
    play.state = kabao_rules::state::State::default();
    let rows = world.build_with(play.now, &|_| false);
    play.apply(&rows);
    let visitor = Play::as_stranger("li");
    let (session, landed) = play
        .enter("/enter?merchant=case-1a-chuanwei", &visitor)
        .expect("a session");
    assert_eq!(landed, "/a/case-1a-old");
    let wallet = play.wallet(&session);
    assert_eq!(text(&wallet["current_card_id"]), play.card("8000"));
}
