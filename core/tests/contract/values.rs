//! What is read is what the reply says, field by field.

use kabao_core::{
    problem::ApiError,
    wire::response::{Answer, read_response},
};
use serde_json::{Value, json};

use crate::{
    path::{at_mut, pattern, places, remove},
    replies,
    shown::{failure, read_as},
};

/// What the contract declares and the app does not read. Everything else has to
/// be found in the value that it is read into.
pub(crate) const UNREAD: &[(&str, &[&str])] = &[
    (
        "Wallet",
        &[
            "fan",
            "issue_mode",
            "account.changed.at",
            "cards[].updated_at",
        ],
    ),
    ("Switched", &["server_time", "fan"]),
    ("CardInFull", &["fan", "card.updated_at"]),
    ("MemberCode", &["server_time", "fan"]),
    ("Entries", &["server_time", "fan"]),
    ("Coupons", &["server_time", "fan"]),
    (
        "ClaimReply",
        &[
            "server_time",
            "fan",
            "claim.code_expires_at",
            "claim.expires_at",
            "claim.candidates[].updated_at",
            "claim.bound_cards[].updated_at",
        ],
    ),
    (
        "Bound",
        &[
            "server_time",
            "fan",
            "claim.code_expires_at",
            "claim.expires_at",
            "claim.bound_cards[].updated_at",
            "wallet.fan",
            "wallet.issue_mode",
            "wallet.cards[].updated_at",
        ],
    ),
    ("Profile", &["server_time", "fan"]),
    ("Acknowledged", &["server_time"]),
    ("TermsText", &["server_time", "effective_at"]),
    ("Table", &["server_time", "merchant"]),
    (
        "Problem",
        &[
            "type",
            "title",
            "server_time",
            "fan",
            "wallet.fan",
            "wallet.issue_mode",
            "wallet.cards[].updated_at",
        ],
    ),
];

const LINK_KIND: &str = "account.links[].kind";

/// What is read of a claim only while a code is on its way.
const OF_THE_CODE: &[&str] = &[
    "claim.code_length",
    "claim.attempts_left",
    "claim.resend_at",
];

pub(crate) fn unread(schema: &str, reply: &Value) -> Vec<&'static str> {
    let (_, unread) = UNREAD
        .iter()
        .find(|(name, _)| *name == schema)
        .expect("what is not read of it");
    let mut unread = unread.to_vec();
    let state = &reply["claim"]["state"];
    if !state.is_null() && state != "code_sent" {
        unread.extend(OF_THE_CODE);
    }
    unread
}

/// The part of a reply that the app reads.
pub(crate) fn read_part(schema: &str, reply: &Value) -> Value {
    let unread = unread(schema, reply);
    let mut part = reply.clone();
    // From the end, so that the places of what is left stay what they are.
    for path in places(reply).into_iter().rev() {
        let pattern = pattern(&path);
        // Only where to order is told from the other entries of the menu.
        let is_plain_link = pattern == LINK_KIND
            && at_mut(&mut reply.clone(), &path).is_none_or(|kind| *kind != "order");
        if is_plain_link || unread.contains(&pattern.as_str()) {
            remove(&mut part, &path);
        }
    }
    part
}

/// What the app makes of a response.
pub(crate) fn answer(status: u16, body: &str, schema: &str) -> (Answer, Result<Value, ApiError>) {
    let answer = read_response(status, None, body);
    let shown = answer
        .result
        .clone()
        .and_then(|reply| read_as(schema, &reply).map_err(|_| ApiError::Unreadable));
    (answer, shown)
}

#[test]
fn every_field_of_every_reply_is_read_as_it_is() {
    for example in replies() {
        let status = example.status.expect("a reply has one");
        let body = example.value.to_string();
        let (answer, shown) = answer(status, &body, &example.schema);
        let shown = match (status < 400, shown) {
            (true, Ok(value)) => value,
            (false, Err(error)) => failure(error),
            (_, other) => panic!("{}: {other:?}", example.name),
        };
        let expected = read_part(&example.schema, &example.value);
        assert_eq!(shown, expected, "{}", example.name);

        let fan = answer.fan.map(|fan| fan.as_str().to_owned());
        assert_eq!(json!(fan), example.value["fan"], "{}", example.name);
        assert!(answer.server_time.is_some(), "{}", example.name);
    }
}

#[test]
fn nothing_is_called_unread_that_no_reply_has() {
    let replies = replies();
    for (schema, unread) in UNREAD {
        let declared: Vec<_> = replies
            .iter()
            .filter(|example| example.schema == *schema)
            .flat_map(|example| places(&example.value))
            .map(|path| pattern(&path))
            .collect();
        for field in *unread {
            assert!(
                declared.iter().any(|path| path == field),
                "{schema}: {field}"
            );
        }
    }
}
