//! The app makes the calls of the contract, all of them and no others.

use std::collections::BTreeSet;

use kabao_contract::Operation;
use kabao_core::{
    domain::{
        coupon::CouponState,
        entry::EntryKind,
        id::{AccountId, CardId, ClaimId},
    },
    endpoint::{Access, Endpoint, Repetition},
};
use serde_json::Value;

use crate::CONTRACT;

/// The operation that an endpoint is. A new endpoint does not compile without
/// one.
const fn operation_id(endpoint: &Endpoint<'_>) -> &'static str {
    match endpoint {
        Endpoint::Wallet(_) => "getWallet",
        Endpoint::PutCurrentCard(_) => "putCurrentCard",
        Endpoint::Card(..) => "getCard",
        Endpoint::Code(..) => "getCode",
        Endpoint::Entries(..) => "getEntries",
        Endpoint::Coupons(..) => "getCoupons",
        Endpoint::OpenClaim(_) => "openClaim",
        Endpoint::Claim(..) => "getClaim",
        Endpoint::ResendSms(..) => "resendSms",
        Endpoint::Verify(..) => "verify",
        Endpoint::Bind(..) => "bind",
        Endpoint::Profile(_) => "getProfile",
        Endpoint::UnlinkPhone(_) => "unlinkPhone",
        Endpoint::SignOut(_) => "signOut",
        Endpoint::Terms(..) => "getTerms",
        Endpoint::Table(_) => "getTable",
    }
}

/// Does `check` with every endpoint, and with those that have a query with every
/// value of it.
fn each_endpoint(mut check: impl FnMut(Endpoint<'_>)) {
    let account = &AccountId::from("ACCOUNT");
    let card = &CardId::from("CARD");
    let claim = &ClaimId::from("CLAIM");
    for endpoint in [
        Endpoint::Wallet(account),
        Endpoint::PutCurrentCard(account),
        Endpoint::Card(account, card),
        Endpoint::Code(account, card),
        Endpoint::OpenClaim(account),
        Endpoint::Claim(account, claim),
        Endpoint::ResendSms(account, claim),
        Endpoint::Verify(account, claim),
        Endpoint::Bind(account, claim),
        Endpoint::Profile(account),
        Endpoint::UnlinkPhone(account),
        Endpoint::SignOut(account),
        Endpoint::Terms(account, "VERSION"),
        Endpoint::Table("CODE"),
    ] {
        check(endpoint);
    }
    for cursor in [None, Some("CURSOR")] {
        for kind in [
            None,
            Some(EntryKind::StoredValue),
            Some(EntryKind::Points),
            Some(EntryKind::Coupon),
            Some(EntryKind::Unknown),
        ] {
            check(Endpoint::Entries(account, card, kind, cursor));
        }
        for state in [
            CouponState::Unused,
            CouponState::Used,
            CouponState::Expired,
            CouponState::Unknown,
        ] {
            check(Endpoint::Coupons(account, card, state, cursor));
        }
    }
}

fn operation(id: &str) -> &'static Operation {
    let mut operations = CONTRACT.operations().iter();
    operations.find(|it| it.id == id).expect(id)
}

/// The parameters of an operation that are in `place`: the query or a header.
fn parameters(operation: &Operation, place: &str) -> Vec<Value> {
    let document = CONTRACT.document();
    let definition = &document["paths"][&operation.path][operation.method.to_lowercase()];
    let parameters = definition["parameters"].as_array();
    parameters
        .into_iter()
        .flatten()
        .map(|parameter| match parameter["$ref"].as_str() {
            Some(reference) => document
                .pointer(reference.trim_start_matches('#'))
                .expect("a parameter")
                .clone(),
            None => parameter.clone(),
        })
        .filter(|parameter| parameter["in"] == place)
        .collect()
}

#[test]
fn every_endpoint_is_an_operation_and_every_operation_an_endpoint() {
    let mut made = BTreeSet::new();
    each_endpoint(|endpoint| {
        let id = operation_id(&endpoint);
        let operation = operation(id);
        assert_eq!(endpoint.method().name(), operation.method, "{id}");
        let path = endpoint.path();
        let (path, _) = path.split_once('?').unwrap_or((&path, ""));
        // The identifiers are the parameters' names in capitals.
        let template: Vec<_> = path
            .split('/')
            .map(
                |segment| match segment.starts_with(|letter: char| letter.is_uppercase()) {
                    true => format!("{{{}}}", segment.to_lowercase()),
                    false => segment.to_owned(),
                },
            )
            .collect();
        assert_eq!(template.join("/"), operation.path, "{id}");
        made.insert(id);
    });
    let declared: BTreeSet<_> = CONTRACT
        .operations()
        .iter()
        .map(|operation| operation.id.as_str())
        // The page's boot script does that.
        .filter(|id| *id != "report")
        .collect();
    assert_eq!(made, declared);
}

#[test]
fn every_query_is_one_that_the_contract_has_and_none_is_forgotten() {
    let mut asked = BTreeSet::new();
    each_endpoint(|endpoint| {
        let id = operation_id(&endpoint);
        let operation = operation(id);
        let declared = parameters(operation, "query");
        let path = endpoint.path();
        let query = path.split_once('?').map_or("", |(_, query)| query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').expect("name=value");
            let parameter = declared
                .iter()
                .find(|parameter| parameter["name"] == name)
                .expect(name);
            if let Some(values) = parameter["schema"]["enum"].as_array() {
                assert!(values.iter().any(|it| it == value), "{id}: {name}={value}");
            }
            asked.insert(format!("{id} {name}={value}"));
        }
    });
    let mut declared = BTreeSet::new();
    for operation in CONTRACT.operations() {
        for parameter in parameters(operation, "query") {
            let name = parameter["name"].as_str().expect("a name");
            let values = match parameter["schema"]["enum"].as_array() {
                Some(values) => values.iter().filter_map(Value::as_str).collect(),
                None => vec!["CURSOR"],
            };
            for value in values {
                declared.insert(format!("{} {name}={value}", operation.id));
            }
        }
    }
    assert_eq!(asked, declared);
}

#[test]
fn the_headers_of_an_operation_follow_from_its_policy() {
    each_endpoint(|endpoint| {
        let id = operation_id(&endpoint);
        let operation = operation(id);
        let headers = parameters(operation, "header");
        let mut declared: Vec<_> = headers
            .iter()
            .filter_map(|it| it["name"].as_str())
            .collect();
        declared.sort_unstable();
        let policy = endpoint.policy();
        let mut sent = Vec::new();
        if policy.repetition == Repetition::WithKey {
            sent.push("Idempotency-Key");
        }
        if policy.repetition == Repetition::AskFirst {
            sent.push("If-Match");
        }
        if policy.access == Access::Write {
            sent.push("Kabao-Fan");
        }
        assert_eq!(sent, declared, "{id}");
    });
}
