//! The guide for the team with the backend says what the contract says.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

use std::{fs, path::Path};

use kabao_contract::Contract;
use serde_json::Value;

fn guide() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/backend.md");
    fs::read_to_string(path).expect("the guide")
}

/// The blocks of JSON, each with the name of its schema behind the fence.
fn replies(guide: &str) -> Vec<(&str, &str)> {
    guide
        .split("\n```json ")
        .skip(1)
        .map(|rest| {
            let (block, _) = rest.split_once("\n```").expect("an end");
            block.split_once('\n').expect("a schema and a reply")
        })
        .collect()
}

#[test]
fn its_replies_are_valid() {
    let contract = Contract::load().expect("the contract");
    let guide = guide();
    let replies = replies(&guide);
    assert_eq!(replies.len(), 1);
    for (schema, reply) in replies {
        let reply: Value = serde_json::from_str(reply).expect("JSON");
        assert_eq!(contract.check(schema, &reply), [""; 0]);
    }
}

#[test]
fn every_problem_that_it_names_is_one() {
    let contract = Contract::load().expect("the contract");
    let codes = contract.problem_codes();
    let guide = guide();
    // These words with an underscore are other things: fields, and what others call theirs.
    let is_problem_like = |word: &&str| {
        [
            "_in_use",
            "_found",
            "_reused",
            "_changed",
            "_limited",
            "_wrong",
            "_progress",
        ]
        .iter()
        .any(|end| word.ends_with(end))
    };
    let named: Vec<&str> = guide
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(is_problem_like)
        .collect();
    assert!(named.len() > 5, "{named:?}");
    for word in named {
        assert!(codes.contains(&word), "{word}");
    }
}
