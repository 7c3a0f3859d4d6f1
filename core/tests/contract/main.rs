//! The app keeps to the contract: what it reads, what it asks for, what it sends.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod enumerations;
mod hostile;
mod operations;
mod path;
mod problems;
mod requests;
mod required;
mod robustness;
mod shown;
mod staff_numbers;
mod values;

use std::sync::LazyLock;

use kabao_contract::{Contract, Example};
use serde_json::Value;

/// Read once for all tests: that takes a third of a second without optimisation.
static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::load().expect("the contract is readable"));

/// The examples of replies and problems. One that several operations share is
/// there once; one that answers with several statuses, once for each.
fn replies() -> Vec<Example> {
    let mut examples = CONTRACT
        .examples()
        .expect("the examples are where they should be");
    examples.retain(|example| example.status.is_some());
    let key = |it: &Example| (it.name.clone(), it.schema.clone(), it.status);
    examples.sort_by_key(key);
    examples.dedup_by_key(|it| key(it));
    assert!(examples.len() > 50, "{} examples", examples.len());
    examples
}

fn reply(name: &str) -> Value {
    let mut replies = replies().into_iter();
    let found = replies.find(|example| example.name == name);
    found.expect("there is such an example").value
}
