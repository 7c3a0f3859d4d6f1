//! Input that nobody who means well would send. `PROPTEST_CASES` says how much of it.

use std::sync::LazyLock;

use kabao_rules::{
    cases::Case,
    report::Report,
    request::{Method, Request, percent_decoded, percent_encoded},
};
use proptest::{
    prelude::*,
    string::{RegexGeneratorStrategy, string_regex},
};
use serde_json::{Value, json};

use crate::play::{CONTRACT, Play, Session};

const HOME: &str = "/a/case-1a";
/// The calls that take a body.
const WRITES: [(Method, &str); 5] = [
    (Method::Put, "/current-card"),
    (Method::Post, "/claims"),
    (Method::Post, "/claims/{claim}/sms"),
    (Method::Post, "/claims/{claim}/verification"),
    (Method::Post, "/claims/{claim}/binding"),
];
/// Bodies of the contract, with `_` for each value.
const BODIES: [&str; 7] = [
    r#"{"card_id":_}"#,
    r#"{"phone":_,"consent":{"version":_}}"#,
    r#"{"phone":_,"consent":_,"captcha":{"id":_,"answer":_}}"#,
    r#"{"captcha":_}"#,
    r#"{"code":_}"#,
    r#"{"card_ids":_,"open_new":_}"#,
    r#"{"card_ids":[_,_]}"#,
];

// What each case goes on from: to build its world takes longer than what is tried there.
static STRANGER: LazyLock<Play> = LazyLock::new(|| Play::of(Case::OwnToOwn));
static SIGNED_IN: LazyLock<(Play, Session)> = LazyLock::new(|| signed_in(Case::OwnToOwn, "li"));
static WITH_MANY_ENTRIES: LazyLock<(Play, Session)> =
    LazyLock::new(|| signed_in(Case::Statuses, "quan"));
/// With an open claim, which is named.
static CLAIMING: LazyLock<(Play, Session, String)> = LazyLock::new(|| {
    let (mut play, li) = SIGNED_IN.clone();
    let claim = play.open_claim(&li, "8000").ok()["claim"]["id"].clone();
    (play, li, claim.as_str().expect("an id").to_owned())
});

fn signed_in(case: Case, key: &str) -> (Play, Session) {
    let mut play = Play::of(case);
    let session = play.sign_in(key);
    (play, session)
}

/// Texts of that form, which is read once and not for each of them.
fn text(form: &str) -> RegexGeneratorStrategy<String> {
    string_regex(form).expect("a form")
}

/// Bodies of the contract with something else in them, and others, whole or torn.
fn any_body() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        text("-?[0-9]{1,25}(\\.[0-9]{1,3})?(e[-+]?[0-9]{1,3})?"),
        text("\"([0-9]{0,12}|\\PC{0,8}|138000[0-9]{5}|2026-11|case-1a-c8000)\""),
        text("null|true|false|\\[|\\{"),
    ];
    let value = leaf.prop_recursive(4, 16, 4, |inner| {
        let fields = prop::collection::vec((text("[a-z_]{1,8}"), inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            fields.prop_map(|fields| {
                let field = |(name, value): &(String, String)| format!("\"{name}\":{value}");
                let fields: Vec<_> = fields.iter().map(field).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    });
    let values = prop::collection::vec(value.clone(), 4);
    let body = (prop::sample::select(&BODIES[..]), values).prop_map(|(body, values)| {
        values
            .iter()
            .fold(body.to_owned(), |body, value| body.replacen('_', value, 1))
    });
    let deep = (0_usize..400).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth));
    prop_oneof![8 => body, 2 => value, 1 => deep]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn signing_in_never_leaves_the_account_it_began_in(
        rest in text("(/|\\.|\\.\\.|%|25|2e|2F|5c|23|3f|0d|0a|\\\\|#|\\?|;|@|claim|\u{85}|会|\t){0,12}"),
        start in prop::sample::select(vec![HOME, "/a/case-1a-old", "/A/case-1a", "//x.example", ""]),
    ) {
        let mut play = STRANGER.clone();
        let asked = format!("{start}{rest}");
        let entry = format!("/enter?account=case-1a&return_to={}", percent_encoded(&asked));
        let (_, landed) = play.enter(&entry, &Play::as_stranger("li")).expect("a session");
        let path = landed.split('?').next().unwrap_or_default();
        prop_assert!(path == HOME || path.starts_with("/a/case-1a/"), "{:?}: {:?}", asked, landed);
        prop_assert!(!path.contains(['%', '.', ';', '@']) && !path.contains("//"), "{:?}", landed);
        prop_assert!(landed.bytes().all(|byte| byte.is_ascii_graphic()), "{:?}", landed);
        prop_assert!(!landed.contains(['\\', '#']), "{:?}", landed);
    }

    #[test]
    fn no_request_is_too_strange_for_an_answer_of_the_contract(
        method in prop::sample::select(vec![Method::Get, Method::Post, Method::Put, Method::Delete, Method::Other]),
        path in text("(/|wallet|cards|claims|sms|binding|verification|profile|phone|session|terms|%|%ff|%2f|x|会){0,8}"),
        query in text("(kind=|cursor=|state=|points|&|%|%00|x|会){0,6}"),
        body in text("\\PC{0,20}|\\{\"(phone|code|card_ids|card_id|captcha|consent)\":(\"\\PC{0,8}\"|[0-9]{1,30}|\\[\\]|null)\\}"),
        header in prop::option::of(text("\\PC{0,40}")),
    ) {
        let (mut play, li) = SIGNED_IN.clone();
        let request = Request {
            query,
            body,
            idempotency_key: header.clone(),
            if_match: header.clone(),
            accept_language: header,
            ..play.request(&li, method, &path)
        };
        let answer = play.call(&request);
        prop_assert!(answer.status < 500, "{}", answer.status);
    }

    #[test]
    fn no_body_is_too_strange_for_a_call_that_takes_one(
        (method, path) in prop::sample::select(&WRITES[..]),
        body in any_body(),
        if_match in prop::option::of(text("\"[0-9a-z]{0,20}\"|\\PC{0,8}")),
    ) {
        let (mut play, li, claim) = CLAIMING.clone();
        let path = path.replace("{claim}", &claim);
        let request = Request {
            body,
            idempotency_key: Some(play.new_key()),
            if_match,
            ..play.request(&li, method, &path)
        };
        let answer = play.call(&request);
        prop_assert!(answer.status < 500, "{}", answer.status);
    }

    #[test]
    fn a_cursor_leads_to_a_page_or_nowhere(
        list in prop::sample::select(vec!["entries", "coupons"]),
        cursor in text("[0-9]{0,21}|[-+. 0-9a-fx]{0,6}|\\PC{0,8}"),
    ) {
        let (mut play, fan) = WITH_MANY_ENTRIES.clone();
        let card = play.card("3006");
        let request = Request {
            query: format!("cursor={}", percent_encoded(&cursor)),
            ..play.request(&fan, Method::Get, &format!("/cards/{card}/{list}"))
        };
        let answer = play.call(&request);
        if answer.status == 200 {
            prop_assert!(answer.body["items"].as_array().is_some_and(|items| items.len() <= 20));
        } else {
            answer.problem("bad_request");
        }
    }

    #[test]
    fn what_was_encoded_is_decoded_and_nothing_ends_the_rules(
        text in any::<String>(),
        encoded in text("(%|%[0-9a-fA-F]|%[0-9a-fA-F]{2}|%[g-z+-]{2}|[a-z+]|会){0,12}"),
    ) {
        prop_assert_eq!(percent_decoded(&percent_encoded(&text)), Some(text));
        if let Some(decoded) = percent_decoded(&encoded) {
            prop_assert_eq!(percent_decoded(&percent_encoded(&decoded)), Some(decoded));
        }
    }

    #[test]
    fn a_report_is_read_if_the_contract_has_it(
        number in text("(9[0-9]|[0-9]{1,3})(\\.0{0,3}|e[0-9]|E[-+]?0)?|-?[0-9]{1,25}|\\PC{0,4}"),
        version in prop::option::of(text("[0-9A-Za-z.-]{0,34}|\\PC{0,8}")),
    ) {
        let version = version.map(|text| format!(",\"version\":{}", json!(text)));
        let body = format!("{{\"number\":{number}{}}}", version.unwrap_or_default());
        let is_allowed = serde_json::from_str(&body)
            .is_ok_and(|report: Value| CONTRACT.check("Report", &report).is_empty());
        prop_assert_eq!(Report::read(&body).is_some(), is_allowed, "{}", body);
    }
}
