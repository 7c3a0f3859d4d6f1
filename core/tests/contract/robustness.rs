//! A reply that says what it must not is unreadable, and one that says less than it
//! could is short of that and of nothing else.

use std::collections::BTreeSet;

use kabao_core::problem::{ApiError, Outcome, ProblemCode};
use serde_json::{Value, json};

use crate::{
    path::{Path, Step, at_mut, beside, pattern, remove},
    replies,
    required::may_be_unreadable,
    shown::failure,
    values::{answer, read_part},
};

/// What else changes with a field of a reply that can be read, by the end of the
/// field's name.
const ALSO: &[(&str, &[&str])] = &[
    // What is none is not warned of.
    ("points_expiring.points", &["points_expiring"]),
    ("coupons_expiring.count", &["coupons_expiring"]),
    // An entry that leads to what must not be opened is no entry.
    ("account.links[].url", &["account.links[]"]),
    // The cards of a merchant that is not described are shown all the same.
    ("cards[].merchant_id", &["merchants"]),
    ("merchants[].id", &["merchants"]),
    ("merchants[]", &["merchants"]),
    // A provider that can't be called is none.
    ("provider.phone", &["provider"]),
    ("candidates[].selectable", ELIGIBILITY),
    ("candidates[].reason", ELIGIBILITY),
    ("candidates[].staff_check_required", ELIGIBILITY),
    // A claim tells other things in each of its states.
    ("claim.state", &["claim"]),
];

const ELIGIBILITY: &[&str] = &[
    "candidates[].selectable",
    "candidates[].reason",
    "candidates[].staff_check_required",
];

/// What a problem's code can't be without.
const NEEDED_BY_CODE: &[&str] = &["login_url", "terms", "captcha", "wallet"];

/// The places that may have changed once what is at `path` was broken, but the reply
/// was read.
fn changed(status: u16, path: &[Step]) -> Vec<Path> {
    let field = pattern(path);
    if status >= 400 {
        // A problem is taken for what it still says.
        let part = field.split('.').next().unwrap_or_default();
        let code = NEEDED_BY_CODE.contains(&part).then_some("code");
        return core::iter::once(part)
            .chain(code)
            .map(|name| vec![Step::Field(name.to_owned())])
            .collect();
    }
    let also = ALSO.iter().filter_map(|(end, also)| {
        let start = field.strip_suffix(end)?;
        let is_whole_name = start.is_empty() || start.ends_with('.');
        is_whole_name.then(|| also.iter().map(move |name| format!("{start}{name}")))
    });
    also.flatten()
        .map(|name| beside(path, &name))
        .chain([path.to_vec()])
        .collect()
}

/// A way to break a field.
#[derive(Clone, Debug)]
enum Break {
    Remove,
    Replace(Value),
}

fn breaks() -> Vec<Break> {
    let values = [
        Value::Null,
        json!(true),
        json!(false),
        json!(-1),
        json!(0),
        json!(-0.0),
        json!(12.5),
        json!(9_007_199_254_740_993_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("\u{0}\u{202E}👨‍👩‍👧"),
        json!("x".repeat(10_000)),
        json!([]),
        json!([null, 7, "x", [], {}]),
        json!({}),
    ];
    let replaced = values.into_iter().map(Break::Replace);
    core::iter::once(Break::Remove).chain(replaced).collect()
}

fn broken(reply: &Value, path: &[Step], how: &Break) -> Value {
    let mut reply = reply.clone();
    match how {
        Break::Remove => remove(&mut reply, path),
        Break::Replace(value) => *at_mut(&mut reply, path).expect("a place") = value.clone(),
    }
    reply
}

/// The number of items of the list that `item` is in.
fn siblings(reply: &Value, item: &[Step]) -> usize {
    let (_, list) = item.split_last().expect("an item");
    let mut reply = reply.clone();
    at_mut(&mut reply, list)
        .and_then(|list| list.as_array().map(Vec::len))
        .unwrap_or_default()
}

fn without(shown: &Value, places: &[Path], items_of: &Value) -> Value {
    let mut shown = shown.clone();
    for place in places {
        let is_dropped_item = matches!(place.last(), Some(Step::Item(_)))
            && siblings(&shown, place) < siblings(items_of, place);
        if !is_dropped_item {
            remove(&mut shown, place);
        }
    }
    shown
}

#[test]
fn a_broken_field_makes_a_reply_unreadable_or_changes_that_field_alone() {
    let mut tried = BTreeSet::new();
    for example in replies() {
        let (name, schema) = (&example.name, example.schema.as_str());
        let status = example.status.expect("a reply has one");
        let whole = read_part(schema, &example.value);
        for path in crate::path::places(&whole) {
            if matches!(pattern(&path).as_str(), "status" | "code") && status >= 400 {
                continue; // The status of HTTP counts, and what has no code is no problem.
            }
            let changed = changed(status, &path);
            for how in breaks() {
                let place = format!("{name}: {} {how:?}", pattern(&path));
                let reply = broken(&example.value, &path, &how).to_string();
                if !tried.insert((status, schema.to_owned(), reply.clone())) {
                    continue; // Another example or another break has led to it.
                }
                let (_, shown) = answer(status, &reply, schema);
                let shown = match shown {
                    Ok(value) => value,
                    Err(ApiError::Unreadable) if status < 400 => {
                        let is_allowed = may_be_unreadable(schema, &example.value, &path);
                        assert!(is_allowed, "{place} made it unreadable");
                        continue;
                    }
                    Err(error) => {
                        assert!(status >= 400, "{place}: {error:?}");
                        is_what_its_status_says(status, &error, &place);
                        failure(error)
                    }
                };
                assert_eq!(
                    without(&shown, &changed, &whole),
                    without(&whole, &changed, &whole),
                    "{place}"
                );
            }
        }
    }
    assert!(tried.len() > 10_000, "{} tried", tried.len());
}

/// Whatever is wrong with its body, a 4xx is a refusal and a 5xx promises nothing.
fn is_what_its_status_says(status: u16, error: &ApiError, place: &str) {
    let is_under_way = error.code() == Some(&ProblemCode::InProgress);
    let outcome = match status {
        400..=499 if !is_under_way => Outcome::NotDone,
        _ => Outcome::Unknown,
    };
    assert_eq!(error.outcome(), outcome, "{place}");
}

#[test]
fn a_number_in_place_of_a_text_and_a_torn_reply_are_no_panic() {
    for example in replies() {
        let status = example.status.expect("a reply has one");
        let body = example.value.to_string();
        let huge = body.replacen(":\"", ":1e400,\"x\":\"", 1);
        let (_, shown) = answer(status, &huge, &example.schema);
        // What is essential may have been in its place, and what is not is left out.
        if let Err(error) = shown
            && error != ApiError::Unreadable
        {
            is_what_its_status_says(status, &error, &huge);
        }
        let torn = body.get(..body.len() / 2).unwrap_or("{");
        for body in [torn, "null", "[]", "7", "\"\"", "<html>"] {
            let (_, shown) = answer(status, body, &example.schema);
            match shown {
                Ok(shown) => panic!("{body}: {shown}"),
                Err(ApiError::Unreadable) => assert!(status < 400, "{status} {body}"),
                Err(error) => is_what_its_status_says(status, &error, body),
            }
        }
    }
}
