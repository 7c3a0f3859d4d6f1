//! The long runs: what `cargo xtask test` tries in seconds is tried here for minutes, and
//! each part ends with the line of its figures.

use std::{
    env,
    hash::{BuildHasher as _, RandomState},
    process::Command,
};

use crate::{
    parts::{self, Part},
    schemathesis,
    shell::{self, CASES, Failure, succeed},
    tools::say,
};

/// What tells the sandbox's test how often to kill it.
const KILLS: &str = "KABAO_KILLS";
/// What tells a test which cases to make up. Proptest reads it.
const SEED: &str = "PROPTEST_RNG_SEED";
/// Made-up orders of what happens.
const ORDERS: u32 = 100_000;
/// Made-up inputs of a parser.
const INPUTS: u32 = 1_000_000;

const PARTS: &[Part<()>] = &[
    Part {
        name: "load",
        what: "500 requests a second for a minute, a tenth of them writes",
        run: |()| load(),
    },
    Part {
        name: "killed",
        what: "200 kills in the midst of a claim",
        run: |()| {
            let mut test = tests(&["kabao-sandbox", "--test", "server"], &["killed"]);
            succeed(test.env(KILLS, "200"))
        },
    },
    Part {
        name: "claims",
        what: "100,000 claims in any order of taps, replies, losses, reloads and time",
        run: |()| made_up(&["kabao-core", "--test", "claim"], &["random"], ORDERS),
    },
    Part {
        name: "switches",
        what: "100,000 visits of a wallet in any order of them",
        run: |()| made_up(&["kabao-core", "--lib"], &["any_order"], ORDERS),
    },
    Part {
        name: "once",
        what: "100,000 times phones, network and backend in any order of them, with kills",
        run: |()| made_up(&["kabao-once-tests", "--test", "once"], &[], ORDERS),
    },
    Part {
        name: "replies",
        what: "a million replies that are not the contract's, and whatever else the app is given",
        run: |()| made_up(&["kabao-core", "--test", "contract"], &["hostile"], INPUTS),
    },
    Part {
        name: "typed",
        what: "a million texts that are typed and pasted, and addresses",
        run: |()| {
            let filters = ["mobile_number", "text_edit", "percent"];
            made_up(&["kabao-core", "--lib"], &filters, INPUTS)
        },
    },
    Part {
        name: "boot",
        what: "a million replies that are not the contract's, as the boot script reads them",
        run: |()| {
            let mut node = shell::command("node");
            node.args(["--test", "tests/boot/hostile.test.mjs"]);
            succeed(node.env(CASES, INPUTS.to_string()))
        },
    },
    Part {
        name: "requests",
        what: "a million requests that are not the contract's, as the stand-in backend's rules read them",
        run: |()| made_up(&["kabao-rules", "--test", "rules"], &["hostile"], INPUTS),
    },
    Part {
        name: "heads",
        what: "a million heads of requests, as the stand-in backend's server reads them",
        run: |()| made_up(&["kabao-sandbox", "--lib"], &["head"], INPUTS),
    },
    Part {
        name: "schemathesis",
        what: "requests that are made up from the contract, alone and in sequences",
        run: |()| schemathesis::run(schemathesis::Effort::Soak),
    },
];

/// Makes the long runs: all of them, or those in `only`.
pub(crate) fn soak(only: &[String]) -> Result<(), Failure> {
    parts::check_names(PARTS, only.iter())?;
    let failed: Vec<_> = PARTS
        .iter()
        .filter(|part| only.is_empty() || only.iter().any(|name| name == part.name))
        .filter(|part| !part.report(()))
        .map(|part| part.name)
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!("failed: {}", failed.join(", "))))
    }
}

fn load() -> Result<(), Failure> {
    let sandbox = ["--profile", "soak", "--package", "kabao-sandbox"];
    let build = ["build", "--quiet", "--bin", "kabao-sandbox"];
    succeed(shell::cargo().args(build).args(sandbox))?;
    let program = shell::target()
        .join("soak/kabao-sandbox")
        .with_extension(env::consts::EXE_EXTENSION);
    let run = ["run", "--quiet", "--example", "load"];
    let told = ["--", "--sandbox"];
    succeed(
        shell::cargo()
            .args(run)
            .args(sandbox)
            .args(told)
            .arg(program),
    )
}

/// Runs tests that make up `cases` cases each, other ones each time.
fn made_up(program: &[&str], filters: &[&str], cases: u32) -> Result<(), Failure> {
    let seed = RandomState::new().hash_one(program);
    say(&format!("Cases from {SEED}={seed} on."));
    succeed(
        tests(program, filters)
            .env(CASES, cases.to_string())
            .env(SEED, seed.to_string()),
    )
}

/// The tests of `program` (a package, and which of its test programs) whose names contain
/// one of `filters`, built for speed.
fn tests(program: &[&str], filters: &[&str]) -> Command {
    let mut test = shell::cargo();
    test.args(["test", "--quiet", "--profile", "soak", "--package"])
        .args(program)
        .args(["--", "--nocapture"])
        .args(filters);
    test
}
