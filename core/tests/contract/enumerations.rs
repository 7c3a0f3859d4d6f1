//! Every value of every enumeration is known, and a new one is no failure.

use kabao_core::{
    domain::{
        card::{Card, CardKind, CardOrigin, CardStatus},
        claim::{Claim, Eligibility, Progress},
        coupon::{Coupon, CouponState},
        entry::{Entry, EntryKind},
        list_page::ListPage,
        wallet::{AccountKind, Wallet},
    },
    json::Json,
    wire::reply::Reply as _,
};
use serde_json::json;

use crate::{CONTRACT, reply};

/// The wallet of an example, with one card changed.
fn with_card(field: &str, value: &str) -> Card {
    let mut wallet = reply("wallet_two_cards");
    wallet["cards"][0][field] = json!(value);
    let wallet = Wallet::read(&Json::from(&wallet)).expect("readable");
    wallet.cards.into_iter().next().expect("a card")
}

/// The values that the contract allows for a field.
fn values(schema: &str, field: &str) -> Vec<String> {
    let values = &CONTRACT.document()["components"]["schemas"][schema]["properties"][field]["enum"];
    serde_json::from_value(values.clone()).expect("an enumeration")
}

#[test]
fn the_app_knows_every_value_of_every_enumeration_and_survives_new_ones() {
    for status in values("Card", "status") {
        assert_ne!(
            with_card("status", &status).status,
            CardStatus::Unknown,
            "{status}"
        );
    }
    assert_eq!(with_card("status", "melted").status, CardStatus::Unknown);
    for kind in values("Card", "kind") {
        assert_ne!(with_card("kind", &kind).kind, CardKind::Unknown, "{kind}");
    }
    assert_eq!(with_card("kind", "golden").kind, CardKind::Unknown);
    for origin in values("Card", "origin") {
        assert_ne!(
            with_card("origin", &origin).origin,
            CardOrigin::Unknown,
            "{origin}"
        );
    }
    assert_eq!(
        with_card("origin", "found_on_the_road").origin,
        CardOrigin::Unknown
    );

    let kind_of_entry = |kind: &str| {
        let mut entries = reply("entries");
        entries["items"][0]["kind"] = json!(kind);
        let entries = ListPage::<Entry>::read(&Json::from(&entries)).expect("readable");
        entries.items[0].kind
    };
    for kind in values("Entry", "kind") {
        assert_ne!(kind_of_entry(&kind), EntryKind::Unknown, "{kind}");
    }
    assert_eq!(kind_of_entry("stamps"), EntryKind::Unknown);

    let state_of_coupon = |state: &str| {
        let mut coupons = reply("coupons");
        coupons["items"][0]["state"] = json!(state);
        let coupons = ListPage::<Coupon>::read(&Json::from(&coupons)).expect("readable");
        coupons.items[0].state
    };
    for state in values("Coupon", "state") {
        assert_ne!(state_of_coupon(&state), CouponState::Unknown, "{state}");
    }
    assert_eq!(state_of_coupon("lent"), CouponState::Unknown);

    let kind_of_account = |kind: &str| {
        let mut wallet = reply("wallet_two_cards");
        wallet["account"]["kind"] = json!(kind);
        Wallet::read(&Json::from(&wallet))
            .expect("readable")
            .account
            .kind
    };
    for kind in values("Account", "kind") {
        assert_ne!(kind_of_account(&kind), AccountKind::Unknown, "{kind}");
    }
    assert_eq!(kind_of_account("cooperative"), AccountKind::Unknown);

    let progress = |state: &str| {
        let mut claim = reply("claim_verified");
        claim["claim"]["state"] = json!(state);
        claim["claim"]["bound_cards"] = json!([]);
        Claim::read(&Json::from(&claim)).expect("readable").progress
    };
    for state in values("Claim", "state") {
        assert_ne!(progress(&state), Progress::Unknown, "{state}");
    }
    assert_eq!(progress("pondered"), Progress::Unknown);
}

#[test]
fn each_candidate_is_selectable_or_says_why_not() {
    let claim = Claim::read(&Json::from(&reply("claim_verified"))).expect("readable");
    let Progress::Verified(findings) = claim.progress else {
        panic!("expected findings");
    };
    let eligibilities: Vec<_> = findings
        .candidates
        .iter()
        .map(|candidate| candidate.eligibility)
        .collect();
    assert_eq!(
        eligibilities,
        [
            Eligibility::Selectable,
            Eligibility::Lost,
            Eligibility::Expired,
            Eligibility::StaffCheckRequired,
            Eligibility::AlreadyBound,
        ]
    );
}
