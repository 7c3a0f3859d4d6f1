//! Changes the code in small ways, one at a time, and sees whether a test notices. What
//! none notices is looked at: there is a test to write, or a reason why there can be none.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use crate::{
    shell::{self, Failure},
    tools::{self, say},
};

/// Whose code is changed. The tests that have to notice are those of the same package.
const PACKAGES: &[&str] = &["kabao-core", "kabao-rules"];
/// Changes that no test notices, with the reasons for which that is right.
const ACCEPTED: &str = "xtask/survivors.json";
/// By the name of a change without its place: a function may have several of that name, and
/// each needs a reason of its own.
type Accepted = BTreeMap<String, Vec<String>>;
/// Of a hundred changes that compile, so many have to be noticed.
const LEAST: usize = 90;
/// Made-up cases of a test: enough to notice most changes, and few enough for thousands
/// of runs.
const CASES: &str = "64";

/// Runs cargo-mutants, which `more` is passed on to, and judges what it has found.
pub(crate) fn mutants(more: &[String]) -> Result<(), Failure> {
    let accepted = fs::read(shell::workspace().join(ACCEPTED))?;
    let accepted: Accepted = serde_json::from_slice(&accepted).map_err(unreadable(ACCEPTED))?;
    let program = tools::crate_program(
        "cargo-mutants",
        "27.1.0",
        "it changes the code to see whether a test notices",
    )?;
    say("Changing the code, one change at a time: all of it takes hours.");
    let target = shell::target();
    let mut command = shell::command(program);
    command.arg("mutants").arg("--output").arg(&target);
    for package in PACKAGES {
        command.args(["--package", package]);
    }
    let status = command.args(more).env(shell::CASES, CASES).status()?;
    // There were changes that it tried; two and three tell of some that got through.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        return Err(Failure(format!("cargo-mutants failed ({status})")));
    }
    let outcomes = fs::read(target.join("mutants.out/outcomes.json"))?;
    let outcomes = serde_json::from_slice(&outcomes).map_err(unreadable("outcomes.json"))?;
    let tally = Tally::of(&outcomes);
    println!("\n{}", tally.figures());
    match tally.complaints(&accepted).as_slice() {
        [] => Ok(()),
        complaints => Err(Failure(complaints.join("\n"))),
    }
}

fn unreadable(file: &str) -> impl Fn(serde_json::Error) -> Failure {
    move |error| Failure(format!("{file}: {error}"))
}

/// How the changes of a run went.
#[derive(Debug, Default)]
struct Tally {
    /// A test failed.
    caught: usize,
    /// The tests did not come to an end: whoever runs them notices.
    timeouts: usize,
    /// They do not compile.
    unviable: usize,
    /// All tests passed. As cargo-mutants names them.
    missed: Vec<String>,
}

impl Tally {
    fn of(outcomes: &Value) -> Self {
        let mut tally = Self::default();
        for outcome in outcomes["outcomes"].as_array().into_iter().flatten() {
            match outcome["summary"].as_str() {
                Some("CaughtMutant") => tally.caught += 1,
                Some("Timeout") => tally.timeouts += 1,
                Some("Unviable") => tally.unviable += 1,
                Some("MissedMutant") => {
                    let name = &outcome["scenario"]["Mutant"]["name"];
                    tally
                        .missed
                        .push(name.as_str().unwrap_or_default().to_owned());
                }
                _ => {}
            }
        }
        tally
    }

    fn noticed(&self) -> usize {
        self.caught + self.timeouts
    }

    fn viable(&self) -> usize {
        self.noticed() + self.missed.len()
    }

    fn figures(&self) -> String {
        let Self {
            caught,
            timeouts,
            unviable,
            missed,
        } = self;
        format!(
            "{} of {} changes were noticed ({caught} by a test that failed, {timeouts} by tests \
             that did not end), {} were not, and {unviable} more do not compile.",
            self.noticed(),
            self.viable(),
            missed.len(),
        )
    }

    /// What is wrong with that, where those in `accepted` may be missed.
    fn complaints(&self, accepted: &Accepted) -> Vec<String> {
        let mut accepted = accepted.clone();
        let mut has_reason = |name: &str| {
            let reasons = accepted.get_mut(&without_place(name));
            let reason = reasons.and_then(Vec::pop);
            reason.is_some_and(|reason| !reason.is_empty())
        };
        let mut found: Vec<_> = self
            .missed
            .iter()
            .filter(|name| !has_reason(name))
            .map(|name| format!("no test notices, and {ACCEPTED} has no reason: {name}"))
            .collect();
        if self.noticed() * 100 < self.viable() * LEAST {
            found.push(format!("fewer than {LEAST} of 100 were noticed"));
        }
        found
    }
}

/// The name of a change without the line and the column, which others move.
fn without_place(name: &str) -> String {
    let mut parts = name.splitn(4, ':');
    match (parts.next(), parts.nth(2)) {
        (Some(file), Some(change)) => format!("{file}:{change}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Accepted, Tally};

    fn outcome(summary: &str, name: &str) -> Value {
        json!({ "summary": summary, "scenario": { "Mutant": { "name": name } } })
    }

    fn tally(caught: usize, missed: &[&str]) -> Tally {
        let mut outcomes = vec![
            json!({ "summary": "Success", "scenario": "Baseline" }),
            outcome("Timeout", "a.rs:1:1: replace f -> u8 with 0"),
            outcome("Unviable", "a.rs:2:1: replace f -> u8 with 1"),
        ];
        outcomes.extend((0..caught).map(|_| outcome("CaughtMutant", "a.rs:3:1: replace + with -")));
        outcomes.extend(missed.iter().map(|name| outcome("MissedMutant", name)));
        Tally::of(&json!({ "outcomes": outcomes }))
    }

    fn accepted(reasons: &[&str]) -> Accepted {
        let reasons = reasons.iter().map(|reason| (*reason).to_owned()).collect();
        Accepted::from([("a.rs: replace S::g with ()".to_owned(), reasons)])
    }

    #[test]
    fn a_change_that_no_test_notices_needs_a_reason() {
        let missed = [
            "a.rs:7:1: replace S::g with ()",
            "b.rs:8:9: replace < with <=",
            "a.rs:9:1: replace S::g with ()",
        ];
        let tally = tally(40, &missed);
        assert_eq!(
            tally.figures(),
            "41 of 44 changes were noticed (40 by a test that failed, 1 by tests that did not \
             end), 3 were not, and 1 more do not compile."
        );
        let wanted = |missed: &[&str]| -> Vec<String> {
            let sentence = "no test notices, and xtask/survivors.json has no reason";
            let sentences = missed.iter().map(|name| format!("{sentence}: {name}"));
            sentences.collect()
        };
        for (reasons, unexplained) in [
            (&["It saves time.", "So does it."][..], &missed[1..2]),
            (&["It saves time."], &missed[1..]),
            (&[""], &missed),
        ] {
            let found = tally.complaints(&accepted(reasons));
            assert_eq!(found, wanted(unexplained), "{reasons:?}");
        }
    }

    #[test]
    fn nine_in_ten_have_to_be_noticed_whatever_the_reasons() {
        let missed = ["a.rs:7:1: replace S::g with ()"];
        let accepted = accepted(&["It saves time."]);
        assert_eq!(tally(8, &missed).complaints(&accepted), [""; 0]);
        assert_eq!(
            tally(7, &missed).complaints(&accepted),
            ["fewer than 90 of 100 were noticed"]
        );
    }
}
