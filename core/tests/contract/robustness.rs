//! A field that is missing or malformed costs no more than what it says.

use std::collections::BTreeSet;

use kabao_core::problem::{ApiError, Outcome, ProblemCode};
use serde_json::{Value, json};

use crate::{
    path::{Path, Step, at_mut, beside, pattern, remove},
    replies,
    shown::failure,
    values::{answer, read_part},
};

/// The whole reply: it is unreadable, or the problem none.
const WHOLE: &str = "";

/// Fields, and what is lost with each.
type Costs = &'static [(&'static str, &'static [&'static str])];

/// What is lost with a field besides the field itself. A field that is not here
/// costs nothing but itself.
const COSTS: &[(&str, Costs)] = &[
    ("Wallet", WALLET),
    (
        "Switched",
        &[("current_card_id", &[WHOLE]), ("revision", &[WHOLE])],
    ),
    (
        "CardInFull",
        &[
            ("server_time", &[WHOLE]),
            ("card", &[WHOLE]),
            ("card.id", &[WHOLE]),
            ("card.level.name", &["card.level"]),
            ("card.level.next.name", &["card.level.next"]),
            ("card.level.next.at_points", &["card.level.next"]),
            ("card.points_expiring.points", &["card.points_expiring"]),
            ("card.points_expiring.at", &["card.points_expiring"]),
            ("card.coupons_expiring.count", &["card.coupons_expiring"]),
            ("card.coupons_expiring.at", &["card.coupons_expiring"]),
            ("merchant.id", &["merchant"]),
        ],
    ),
    // A code that ends at a time that can't be read must not seem to last.
    (
        "MemberCode",
        &[
            ("payload", &[WHOLE]),
            ("expires_at", &[WHOLE]),
            ("last_use.at", &["last_use"]),
        ],
    ),
    (
        "Entries",
        &[
            ("items", &[WHOLE]),
            ("items[].id", &["items[]"]),
            ("items[].at", &["items[]"]),
            ("items[].amount", &["items[]"]),
        ],
    ),
    (
        "Coupons",
        &[
            ("items", &[WHOLE]),
            ("items[].id", &["items[]"]),
            ("items[].title", &["items[]"]),
        ],
    ),
    ("ClaimReply", CLAIM),
    (
        "Profile",
        &[
            ("consents", &[WHOLE]),
            ("consents[].given_at", &["consents[]"]),
            // What was withdrawn must not seem to be in force.
            ("consents[].withdrawn_at", &["consents[]"]),
            ("terms", &["terms.version"]),
        ],
    ),
    ("Acknowledged", &[]),
    (
        "TermsText",
        &[
            ("handler", &[WHOLE]),
            ("handler.name", &[WHOLE]),
            ("processor.name", &["processor"]),
            ("texts", &[WHOLE]),
            ("texts[].terms", &["texts[]"]),
            ("texts[].privacy", &["texts[]"]),
        ],
    ),
    ("Table", &[("order_url", &[WHOLE])]),
    (
        "Problem",
        &[
            ("code", &[WHOLE]),
            // What a code can't be without costs the code.
            ("login_url", &["login_url", "code"]),
            ("terms", &["terms", "code"]),
            ("terms.version", &["terms", "code"]),
            ("captcha", &["captcha", "code"]),
            ("captcha.id", &["captcha", "code"]),
            ("captcha.image_url", &["captcha", "code"]),
            ("support.provider.name", &["support.provider"]),
            ("support.provider.phone", &["support.provider"]),
        ],
    ),
];

const WALLET: Costs = &[
    ("server_time", &[WHOLE]),
    ("account", &[WHOLE]),
    ("account.id", &[WHOLE]),
    ("account.changed.from_name", &["account.changed"]),
    ("account.links[].label", &["account.links[]"]),
    ("account.links[].url", &["account.links[]"]),
    ("cards", &[WHOLE]),
    ("cards[].id", &["cards[]"]),
    // The cards of a merchant that is not described are shown all the same.
    ("cards[].merchant_id", &["cards[].merchant_id", "merchants"]),
    ("merchants[]", &["merchants"]),
    ("merchants[].id", &["merchants"]),
    ("cards[].level.name", &["cards[].level"]),
    ("cards[].level.next.name", &["cards[].level.next"]),
    ("cards[].level.next.at_points", &["cards[].level.next"]),
    (
        "cards[].points_expiring.points",
        &["cards[].points_expiring"],
    ),
    ("cards[].points_expiring.at", &["cards[].points_expiring"]),
    (
        "cards[].coupons_expiring.count",
        &["cards[].coupons_expiring"],
    ),
    ("cards[].coupons_expiring.at", &["cards[].coupons_expiring"]),
];

const ELIGIBILITY: &[&str] = &[
    "claim.candidates[].selectable",
    "claim.candidates[].reason",
    "claim.candidates[].staff_check_required",
];

const CLAIM: Costs = &[
    ("claim", &[WHOLE]),
    ("claim.id", &[WHOLE]),
    ("claim.state", &[WHOLE]),
    // Without them it would look as if nothing had been found.
    ("claim.candidates", &[WHOLE]),
    ("claim.candidates[].id", &["claim.candidates[]"]),
    ("claim.candidates[].selectable", ELIGIBILITY),
    ("claim.candidates[].reason", ELIGIBILITY),
    ("claim.candidates[].staff_check_required", ELIGIBILITY),
    (
        "claim.candidates[].level.name",
        &["claim.candidates[].level"],
    ),
    (
        "claim.candidates[].level.next.name",
        &["claim.candidates[].level.next"],
    ),
    (
        "claim.candidates[].level.next.at_points",
        &["claim.candidates[].level.next"],
    ),
    ("claim.merchants[].id", &["claim.merchants[]"]),
    ("claim.bound_cards[].id", &["claim.bound_cards[]"]),
    (
        "claim.bound_cards[].level.name",
        &["claim.bound_cards[].level"],
    ),
    (
        "claim.bound_cards[].level.next.name",
        &["claim.bound_cards[].level.next"],
    ),
    (
        "claim.bound_cards[].level.next.at_points",
        &["claim.bound_cards[].level.next"],
    ),
    ("claim.support.provider.name", &["claim.support.provider"]),
    ("claim.support.provider.phone", &["claim.support.provider"]),
];

/// What is lost with the field of that name.
fn costs(schema: &str, field: &str) -> Vec<String> {
    let of = |schema: &str, field: &str| -> Option<Vec<String>> {
        let (_, table) = COSTS.iter().find(|(name, _)| *name == schema)?;
        let (_, costs) = table.iter().find(|(name, _)| *name == field)?;
        Some(costs.iter().map(|cost| (*cost).to_owned()).collect())
    };
    // A wallet inside another reply costs what it costs alone, and is itself
    // essential.
    let inner = field.strip_prefix("wallet");
    if let (Some(inner), "Bound" | "Problem") = (inner, schema) {
        let inner = inner.trim_start_matches('.');
        let lost = match inner {
            "" => vec![WHOLE.to_owned()],
            _ => of("Wallet", inner).unwrap_or_else(|| vec![inner.to_owned()]),
        };
        return lost
            .into_iter()
            .flat_map(|lost| match (lost.as_str(), schema) {
                (WHOLE, "Bound") => vec![WHOLE.to_owned()],
                (WHOLE, _) => vec!["wallet".to_owned(), "code".to_owned()],
                (inner, _) => vec![format!("wallet.{inner}")],
            })
            .collect();
    }
    let schema = if schema == "Bound" {
        "ClaimReply"
    } else {
        schema
    };
    of(schema, field).unwrap_or_else(|| vec![field.to_owned()])
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

/// The places that are lost: an item takes its list with it when it is the only
/// one, because a list that looks empty would be a lie.
fn lost(schema: &str, reply: &Value, path: &[Step]) -> Vec<Path> {
    let mut found = Vec::new();
    for cost in costs(schema, &pattern(path)) {
        let place = beside(path, &cost);
        let is_last_item =
            matches!(place.last(), Some(Step::Item(_))) && siblings(reply, &place) == 1;
        match is_last_item {
            true if place != path => found.extend(lost(schema, reply, &place)),
            true => found.extend(lost(schema, reply, &place[..place.len() - 1])),
            false => found.push(place),
        }
    }
    found
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
fn a_broken_field_costs_what_it_says_and_no_more() {
    let mut tried = BTreeSet::new();
    for example in replies() {
        let (name, schema) = (&example.name, example.schema.as_str());
        let status = example.status.expect("a reply has one");
        let whole = read_part(schema, &example.value);
        for path in crate::path::places(&whole) {
            if pattern(&path) == "status" {
                continue; // The status of HTTP counts.
            }
            let lost = lost(schema, &whole, &path);
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
                        assert!(lost.contains(&Path::new()), "{place} made it unreadable");
                        continue;
                    }
                    Err(error) => {
                        assert!(status >= 400, "{place}: {error:?}");
                        is_what_its_status_says(status, &error, &place);
                        failure(error)
                    }
                };
                if lost.contains(&Path::new()) {
                    continue;
                }
                assert_eq!(
                    without(&shown, &lost, &whole),
                    without(&whole, &lost, &whole),
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
fn what_is_called_essential_is() {
    /// Empty, these say something else than that they are broken.
    const LISTS: &[&str] = &["cards", "items", "consents", "claim.candidates"];
    /// Absent, this says that a code does not end.
    const OPTIONAL: &[&str] = &["expires_at"];

    let replies = replies();
    for (schema, table) in COSTS {
        for (field, _) in table.iter().filter(|(_, costs)| costs.contains(&WHOLE)) {
            let path = beside(&[], field);
            let mut is_tried = false;
            for example in replies.iter().filter(|it| it.schema == *schema) {
                let mut reply = example.value.clone();
                if at_mut(&mut reply, &path).is_none() {
                    continue;
                }
                let status = example.status.expect("a reply has one");
                let fails = |how: &Break| {
                    let reply = broken(&example.value, &path, how).to_string();
                    let (_, shown) = answer(status, &reply, schema);
                    let error = shown.expect_err(field);
                    if status < 400 {
                        assert_eq!(error, ApiError::Unreadable, "{field}");
                    } else {
                        let is_told_by_status =
                            matches!(error.code(), None | Some(ProblemCode::RateLimited));
                        assert!(is_told_by_status, "{field}: {error:?}");
                    }
                };
                if !OPTIONAL.contains(field) {
                    fails(&Break::Remove);
                    fails(&Break::Replace(Value::Null));
                }
                if !LISTS.contains(field) {
                    fails(&Break::Replace(json!([])));
                }
                fails(&Break::Replace(json!({})));
                is_tried = true;
            }
            assert!(is_tried, "no {schema} has {field}");
        }
    }
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
                Ok(_) => assert_eq!(example.schema, "Acknowledged", "{body}"),
                Err(ApiError::Unreadable) => assert!(status < 400, "{status} {body}"),
                Err(error) => is_what_its_status_says(status, &error, body),
            }
        }
    }
}
