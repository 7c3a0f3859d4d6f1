//! What the contract says, read from its own text.

use serde_json::{Value, json};

/// A minute after [`crate::replies::NOW`], when another code may be sent.
pub(crate) const LATER: &str = "2026-03-01T12:01:01Z";
const TEXT: &str = include_str!("../../../../contract/openapi.yaml");

/// A problem as the contract has it for an example.
#[derive(Clone)]
pub(crate) struct Example {
    pub(crate) code: String,
    pub(crate) status: u16,
    /// As of [`LATER`] and, but for `another_fan`, of the same fan as every reply
    /// of a test.
    pub(crate) body: Value,
}

fn document() -> Value {
    serde_norway::from_str(TEXT).expect("the contract is YAML")
}

/// Every problem code.
pub(crate) fn codes() -> Vec<String> {
    let document = document();
    let codes = &document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
    let codes = codes.as_array().expect("a list of codes");
    let text = |code: &Value| code.as_str().expect("text").to_owned();
    codes.iter().map(text).collect()
}

/// An example of every problem.
pub(crate) fn all_problems() -> Vec<Example> {
    let document = document();
    let examples = document["components"]["examples"]
        .as_object()
        .expect("examples");
    let values = examples.values().map(|example| &example["value"]);
    let mut problems: Vec<_> = values
        .filter(|value| value["code"].is_string())
        .map(example_of)
        .collect();
    problems.sort_by(|one, other| one.code.cmp(&other.code));
    problems.dedup_by(|one, other| one.code == other.code);
    assert_eq!(problems.len(), codes().len());
    problems
}

/// The problems that a call of `operation` can have: its own, and those of any.
pub(crate) fn problems(operation: &str) -> Vec<Example> {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let operations = paths.values().filter_map(Value::as_object);
    let found = operations
        .flat_map(|methods| methods.values())
        .find(|it| it["operationId"] == operation)
        .unwrap_or_else(|| panic!("the contract has no operation {operation}"));
    let responses = found["responses"].as_object().expect("responses");
    let resolved = responses
        .values()
        .map(|response| resolve(&document, response));
    let mut examples: Vec<_> = resolved
        .filter_map(|response| {
            response["content"]["application/problem+json"]["examples"].as_object()
        })
        .flat_map(|examples| examples.values())
        .map(|example| example_of(&resolve(&document, example)["value"]))
        .collect();
    examples.sort_by(|one, other| one.code.cmp(&other.code));
    examples.dedup_by(|one, other| one.code == other.code);
    assert!(!examples.is_empty(), "{operation} has no problems");
    examples
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let Some(reference) = value["$ref"].as_str() else {
        return value;
    };
    let pointer = reference.strip_prefix('#').expect("a reference of its own");
    document.pointer(pointer).expect("what is referred to")
}

fn example_of(value: &Value) -> Example {
    let code = value["code"].as_str().expect("a code").to_owned();
    let status = value["status"].as_u64().expect("a status");
    let mut body = value.clone();
    body["server_time"] = json!(LATER);
    if code != "another_fan" {
        body["fan"] = json!("f1");
    }
    // The card that the tests' wallet and claim know.
    if body["card_id"].is_string() {
        body["card_id"] = json!("3");
    }
    Example {
        code,
        status: u16::try_from(status).expect("a status"),
        body,
    }
}
