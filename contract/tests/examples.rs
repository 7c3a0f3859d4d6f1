//! The contract agrees with itself.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

use std::{collections::BTreeSet, sync::LazyLock};

use kabao_contract::Contract;
use serde_json::{Value, json};

/// Read once for all tests: that takes a third of a second without optimisation.
static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::load().expect("the contract is readable"));

#[test]
fn every_example_is_valid_against_its_schema() {
    let examples = CONTRACT.examples().expect("examples");
    assert!(examples.len() > 200, "{} examples", examples.len());
    for example in examples {
        let violations = CONTRACT.check(&example.schema, &example.value);
        assert_eq!(
            violations,
            Vec::<String>::new(),
            "{} of {}",
            example.name,
            example.operation
        );
    }
}

#[test]
fn every_call_has_an_example_of_its_reply_and_of_what_it_is_sent() {
    let examples = CONTRACT.examples().expect("examples");
    assert_eq!(CONTRACT.operations().len(), 17);
    for operation in CONTRACT.operations() {
        let has = |wanted: &dyn Fn(Option<u16>) -> bool| {
            examples
                .iter()
                .any(|example| example.operation == operation.id && wanted(example.status))
        };
        assert!(
            has(&|status| status.is_some_and(|status| status < 300)),
            "{}",
            operation.id
        );
        if ["POST", "PUT"].contains(&operation.method.as_str()) {
            assert!(has(&|status| status.is_none()), "{}", operation.id);
        }
    }
}

#[test]
fn every_problem_has_an_example_that_bears_its_code_and_status() {
    let examples = CONTRACT.examples().expect("examples");
    for code in CONTRACT.problem_codes() {
        let shown: Vec<_> = examples
            .iter()
            .filter(|example| example.name == code)
            .collect();
        assert!(!shown.is_empty(), "{code} has no example");
        for example in shown {
            assert_eq!(example.value["code"], code);
            assert_eq!(
                example.value["status"].as_u64(),
                example.status.map(u64::from)
            );
        }
    }
}

#[test]
fn a_misspelt_field_is_a_violation() {
    let path = "/api/v1/accounts/case-2/current-card";
    let reply = |body| CONTRACT.check_reply("PUT", path, 200, "application/json", &body);
    let time = "2026-11-23T13:04:05.678Z";
    assert_eq!(
        reply(json!({ "server_time": time, "current_card_id": "c", "revision": "2" })),
        Vec::<String>::new()
    );
    for wrong in [
        json!({ "server_time": time, "current_card_id": "c", "revison": "2" }),
        json!({ "server_time": time, "current_card_id": "c", "revision": "2", "more": 1 }),
        json!({ "server_time": time, "current_card_id": "c", "revision": 2 }),
        json!({ "server_time": "yesterday", "current_card_id": "c", "revision": "2" }),
        json!({ "current_card_id": "c", "revision": "2" }),
    ] {
        assert_ne!(reply(wrong.clone()), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn an_undeclared_status_code_or_content_type_is_a_violation() {
    let example = |name: &str| {
        let examples = CONTRACT.examples().expect("examples");
        examples
            .into_iter()
            .find(|example| example.name == name)
            .expect("an example")
            .value
    };
    let wallet = "/api/v1/accounts/case-2/wallet";
    let check = |status, kind, name: &str| {
        CONTRACT
            .check_reply("GET", wallet, status, kind, &example(name))
            .is_empty()
    };
    assert!(check(200, "application/json", "wallet_empty"));
    assert!(check(
        401,
        "application/problem+json; charset=utf-8",
        "not_signed_in"
    ));
    assert!(!check(201, "application/json", "wallet_empty"));
    assert!(!check(200, "text/html", "wallet_empty"));
    assert!(!check(403, "application/problem+json", "not_signed_in"));
    assert!(
        !check(409, "application/problem+json", "phone_in_use"),
        "not a problem of this call"
    );
    assert!(check(400, "application/problem+json", "bad_request"));
}

#[test]
fn what_is_no_call_may_only_be_refused() {
    let not_found = json!({
        "type": "/problems/not_found", "title": "Not found", "status": 404, "code": "not_found",
        "server_time": "2026-11-23T13:04:05.678Z",
    });
    let check = |status, kind: &str, body: &Value| {
        CONTRACT
            .check_reply("GET", "/api/v1/nothing", status, kind, body)
            .len()
    };
    assert_eq!(check(404, "application/problem+json", &not_found), 0);
    assert_eq!(check(400, "application/problem+json", &not_found), 0);
    assert_eq!(check(404, "application/json", &not_found), 1);
    assert_eq!(check(200, "application/problem+json", &not_found), 1);
    assert_eq!(check(200, "application/json", &json!({})), 1);
    assert_ne!(check(404, "application/problem+json", &json!({})), 0);
}

#[test]
fn a_misspelt_field_is_a_violation_wherever_it_is() {
    let wallet = CONTRACT
        .examples()
        .expect("examples")
        .into_iter()
        .find(|example| example.name == "wallet_two_cards")
        .expect("a wallet")
        .value;
    for place in ["/account", "/cards/0", "/cards/0/holder", "/merchants/0"] {
        let mut wallet = wallet.clone();
        wallet.pointer_mut(place).expect("an object")["misspelt"] = json!(1);
        let violations = CONTRACT.check("Wallet", &wallet);
        assert_eq!(violations.len(), 1, "{place}: {violations:?}");
    }
}

#[test]
fn a_problem_lacks_nothing_that_its_code_needs() {
    for (code, member) in [
        ("not_signed_in", "login_url"),
        ("wallet_changed", "wallet"),
        ("code_wrong", "attempts_left"),
        ("sms_too_fast", "retry_after"),
        ("card_lost", "card_id"),
        ("table_code_stale", "merchant"),
    ] {
        let problem = json!({
            "type": "about:blank", "title": "", "status": 400, "code": code,
            "server_time": "2026-11-23T13:04:05.678Z",
        });
        let violations = CONTRACT.check("Problem", &problem);
        let is_missed = violations
            .iter()
            .any(|violation| violation.contains(member));
        assert!(is_missed, "{code}: {violations:?}");
    }
}

#[test]
fn requests_are_checked_too() {
    let path = "/api/v1/accounts/case-2/claims/k1/binding";
    let check = |body| CONTRACT.check_request("POST", path, &body).is_empty();
    assert!(check(json!({ "card_ids": ["c1"] })));
    assert!(check(json!({ "open_new": true })));
    assert!(!check(json!({})));
    assert!(!check(json!({ "card_ids": [] })));
    assert!(!check(json!({ "card_ids": ["c1", "c2", "c1"] })));
    assert!(!check(json!({ "card_ids": ["c1"], "open_new": true })));
}

#[test]
fn every_reply_about_a_fan_shows_whose_it_is() {
    let schemas = &CONTRACT.document()["components"]["schemas"];
    let mut seen = BTreeSet::new();
    for example in CONTRACT.examples().expect("examples") {
        let is_success = example.status.is_some_and(|status| status < 300);
        if is_success && !schemas[&example.schema]["properties"]["fan"].is_null() {
            assert!(example.value["fan"].is_string(), "{}", example.name);
            seen.insert(example.schema);
        }
    }
    let about_a_fan = [
        "Bound",
        "CardInFull",
        "ClaimReply",
        "Coupons",
        "Entries",
        "MemberCode",
        "Profile",
        "Switched",
        "Wallet",
    ];
    assert_eq!(seen, about_a_fan.map(str::to_owned).into());
}

#[test]
fn every_write_may_say_whose_page_it_comes_from_and_be_refused_for_it() {
    let document = CONTRACT.document();
    for operation in CONTRACT.operations() {
        let path = &document["paths"][&operation.path];
        let definition = &path[operation.method.to_lowercase()];
        let takes_fan = definition["parameters"].as_array().is_some_and(|list| {
            list.iter()
                .any(|parameter| parameter["$ref"] == "#/components/parameters/Fan")
        });
        let is_refused =
            definition["responses"]["409"]["content"]["application/problem+json"]["examples"]
                .get("another_fan")
                .is_some();
        // A report is about nobody.
        let is_write = operation.method != "GET" && operation.id != "report";
        assert_eq!(
            (takes_fan, is_refused),
            (is_write, is_write),
            "{}",
            operation.id
        );
    }
}

#[test]
fn every_problem_has_a_staff_number_of_its_own() {
    let backend = CONTRACT.staff_numbers().expect("numbers");
    let client = CONTRACT.client_staff_numbers().expect("numbers");
    let codes: BTreeSet<&str> = CONTRACT.problem_codes().into_iter().collect();
    let named: BTreeSet<&str> = backend.keys().copied().collect();
    let no_problems: Vec<_> = named.difference(&codes).collect();
    assert_eq!(no_problems, [&"no_card_found"]);
    assert_eq!(codes.difference(&named).count(), 0, "{codes:?} {named:?}");
    assert_eq!(client.get("offline"), Some(&90));
    let distinct: BTreeSet<u8> = backend.values().chain(client.values()).copied().collect();
    assert_eq!(distinct.len(), backend.len() + client.len());
    assert!(backend.values().all(|number| (10..90).contains(number)));
    assert!(client.values().all(|number| (90..100).contains(number)));
}

/// FNV-1a (32 bits) of `case-2`, modulo 10000, is 9522; the examples' time is
/// 21:04 on 23 November in China.
#[test]
fn the_staff_codes_of_examples_are_those_of_their_problem() {
    let numbers = CONTRACT.staff_numbers().expect("numbers");
    let mut seen = BTreeSet::new();
    for example in CONTRACT.examples().expect("examples") {
        let (name, support) = if example.schema == "Problem" {
            (example.name.as_str(), &example.value["support"])
        } else {
            ("no_card_found", &example.value["claim"]["support"])
        };
        if let Some(code) = support["staff_code"].as_str() {
            assert_eq!(code, format!("{}-1123-2104-9522", numbers[name]));
            seen.insert(name.to_owned());
        }
    }
    assert!(
        seen.len() > 10 && seen.contains("no_card_found"),
        "{seen:?}"
    );
}

#[test]
fn an_address_is_secure_or_of_the_same_origin() {
    for (url, is_valid) in [
        ("https://shop.example/order", true),
        ("/enter?account=case-2", true),
        ("/", true),
        ("http://shop.example", false),
        ("//shop.example", false),
        ("/\\shop.example", false),
        ("javascript:alert(1)", false),
        ("weixin://dl", false),
        ("", false),
        ("https://", false),
        ("https:///shop.example", false),
        ("https://:443/", false),
        ("https://shop.example@evil.example/", false),
        ("https://shop.example\\@evil.example/", false),
        ("https://shop%2eexample/", false),
        ("https://sh op.example/", false),
        ("https://shop.example:8443/menu?table=3#top", true),
        ("https://川味小馆.example/点餐", true),
        ("/menu\n", false),
        ("/\t/evil.example", false),
        ("/menu\\..\\x", false),
        ("/a\u{85}b", false),
        ("\u{1}https://shop.example", false),
        ("https://shop.example/\u{0}", false),
        ("https://shop.example/x y", false),
    ] {
        let violations = CONTRACT.check("Url", &json!(url));
        assert_eq!(violations.is_empty(), is_valid, "{url}: {violations:?}");
        let is_image = CONTRACT.check("ImageUrl", &json!(url)).is_empty();
        assert_eq!(is_image, is_valid && url.starts_with('/'), "{url}");
    }
}
