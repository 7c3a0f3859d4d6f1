//! The numbers of staff codes are the same everywhere.

use std::{collections::BTreeMap, fs, path::Path};

use kabao_core::{
    domain::staff_code::LocalProblem,
    json::Json,
    problem::{ApiError, ProblemCode},
    wire::problem::read_problem,
};

use crate::{CONTRACT, reply};

/// What the contract calls a problem of the app's own.
const fn name(problem: LocalProblem) -> &'static str {
    match problem {
        LocalProblem::Offline => "offline",
        LocalProblem::Timeout => "timeout",
        LocalProblem::UnreadableReply => "unreadable_reply",
        LocalProblem::SignInFailed => "sign_in_failed",
        LocalProblem::Gateway => "gateway",
    }
}

fn of_the_app() -> BTreeMap<&'static str, u8> {
    for (error, problem) in [
        (ApiError::Offline, LocalProblem::Offline),
        (ApiError::Timeout, LocalProblem::Timeout),
        (ApiError::Unreadable, LocalProblem::UnreadableReply),
    ] {
        assert_eq!(error.staff_number(), problem.number());
    }
    let numbers: BTreeMap<_, _> = LocalProblem::ALL
        .into_iter()
        .map(|problem| (name(problem), problem.number()))
        .collect();
    assert_eq!(numbers.len(), LocalProblem::ALL.len());
    numbers
}

/// The numbers that the boot script's source names.
fn of_the_boot_script() -> Vec<u8> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let scripts: Vec<_> = ["boot.js", "index.html"]
        .iter()
        .filter_map(|file| fs::read_to_string(workspace.join(file)).ok())
        .collect();
    let mut numbers: Vec<_> = scripts
        .iter()
        .flat_map(|script| script.split('"').skip(1).step_by(2))
        .filter(|literal| literal.len() == 2)
        .filter_map(|literal| literal.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[test]
fn each_problem_has_the_number_of_the_contract() {
    let declared = CONTRACT.staff_numbers().expect("numbers");
    for name in ProblemCode::NAMES {
        let problem = read_problem(400, &Json::from(&reply(name))).expect("a problem");
        let error = ApiError::from(problem);
        assert_eq!(declared.get(name), Some(&error.staff_number()), "{name}");
    }
}

#[test]
fn the_contract_the_app_and_the_boot_script_agree() {
    let declared = CONTRACT.client_staff_numbers().expect("numbers");
    let app = of_the_app();
    let boot = of_the_boot_script();
    assert!(boot.len() >= 2, "{boot:?}");
    for (name, number) in &app {
        assert_eq!(declared.get(name), Some(number), "{name}");
    }
    for number in &boot {
        assert!(declared.values().any(|it| it == number), "{number}");
    }
    for (name, number) in &declared {
        let is_used = app.contains_key(name) || boot.contains(number);
        assert!(is_used, "nobody uses {number}, {name}");
    }
}
