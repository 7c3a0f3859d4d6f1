//! The problems of the CONTRACT.

use std::collections::BTreeSet;

use kabao_core::{
    json::Json,
    problem::{Problem, ProblemCode},
    wire::problem::read_problem,
};
use serde_json::json;

use crate::{CONTRACT, replies, reply};

#[test]
fn the_app_has_the_codes_of_the_contract_and_no_others() {
    let declared: BTreeSet<_> = CONTRACT.problem_codes().into_iter().collect();
    let known: BTreeSet<_> = ProblemCode::NAMES.iter().copied().collect();
    assert_eq!(known, declared);
}

#[test]
fn each_code_is_read_as_itself() {
    for name in ProblemCode::NAMES {
        let problem = read_problem(400, &Json::from(&reply(name))).expect("a problem");
        assert_eq!(problem.code.name(), Some(*name));
    }
}

#[test]
fn a_code_of_the_future_is_unknown_and_no_failure_to_read() {
    let body = json!({ "code": "of_the_future", "retry_after": 5 });
    assert_eq!(
        read_problem(409, &Json::from(&body)),
        Some(Problem {
            status: 409,
            code: ProblemCode::Unknown,
            retry_after: Some(5),
            card_id: None,
            support: None,
        })
    );
}

#[test]
fn what_has_no_code_is_no_problem() {
    for body in [json!({}), json!({ "code": 7 }), json!([]), json!(null)] {
        assert_eq!(read_problem(500, &Json::from(&body)), None, "{body}");
    }
}

#[test]
fn the_wait_that_a_problem_asks_for_is_read() {
    let with_wait = replies()
        .into_iter()
        .filter(|example| example.value["retry_after"] == 45);
    let mut count = 0;
    for example in with_wait {
        let status = example.status.expect("a problem has one");
        let problem = read_problem(status, &Json::from(&example.value)).expect("a problem");
        assert_eq!(problem.retry_after, Some(45), "{}", example.name);
        count += 1;
    }
    assert!(count >= 5, "{count}");
}
