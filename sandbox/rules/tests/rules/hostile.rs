//! Input that nobody who means well would send. `PROPTEST_CASES` says how much of it.

use kabao_rules::{
    cases::Case,
    request::{Method, Request, percent_encoded},
};
use proptest::prelude::*;

use crate::play::Play;

const HOME: &str = "/a/case-1a";

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn signing_in_never_leaves_the_account_it_began_in(
        rest in "(/|\\.|\\.\\.|%|25|2e|2F|5c|23|3f|0d|0a|\\\\|#|\\?|;|@|claim|\u{85}|会|\t){0,12}",
        start in prop::sample::select(vec![HOME, "/a/case-1a-old", "/A/case-1a", "//x.example", ""]),
    ) {
        let mut play = Play::of(Case::OwnToOwn);
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
        path in "(/|wallet|cards|claims|sms|binding|verification|profile|phone|session|terms|%|%ff|%2f|x|会){0,8}",
        query in "(kind=|cursor=|state=|points|&|%|%00|x|会){0,6}",
        body in "\\PC{0,20}|\\{\"(phone|code|card_ids|card_id|captcha|consent)\":(\"\\PC{0,8}\"|[0-9]{1,30}|\\[\\]|null)\\}",
        header in prop::option::of("\\PC{0,40}"),
    ) {
        let mut play = Play::of(Case::OwnToOwn);
        let li = play.sign_in("li");
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
}
