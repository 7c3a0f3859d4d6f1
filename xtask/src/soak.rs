//! The long runs: what `cargo xtask test` tries in seconds is tried here for minutes, and
//! each part ends with the line of its figures.

use std::time::Instant;

use crate::{
    schemathesis,
    shell::{self, Failure, succeed},
};

/// What tells a test how many cases it has to make up. Proptest reads it, where a test does
/// not name a number of its own.
const CASES: &str = "PROPTEST_CASES";
/// How many cases each decoder and parser is given.
const MANY: &str = "1000000";

/// A long run.
struct Part {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<(), Failure>,
}

const PARTS: &[Part] = &[
    Part {
        name: "replies",
        what: "replies that are not the contract's, and whatever else the app is given, as it reads them",
        run: || tests("kabao-core", &["--test", "contract"], &["hostile"]),
    },
    Part {
        name: "typed",
        what: "what is typed and pasted, and addresses, as the app reads them",
        run: || {
            let filters = ["mobile_number", "text_edit", "percent"];
            tests("kabao-core", &["--lib"], &filters)
        },
    },
    Part {
        name: "first-screen",
        what: "replies that are not the contract's, as the boot script reads them",
        run: first_screen,
    },
    Part {
        name: "requests",
        what: "requests that are not the contract's, as the stand-in backend's rules read them",
        run: || tests("kabao-rules", &["--test", "rules"], &["hostile"]),
    },
    Part {
        name: "heads",
        what: "heads of requests, as the stand-in backend's server reads them",
        run: || tests("kabao-sandbox", &["--lib"], &["head"]),
    },
    Part {
        name: "schemathesis",
        what: "requests that are made up from the contract, alone and in sequences",
        run: || schemathesis::run(schemathesis::Effort::Soak),
    },
];

/// Makes the long runs: all of them, or those in `only`.
pub(crate) fn soak(only: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = only
        .iter()
        .find(|name| PARTS.iter().all(|part| part.name != **name))
    {
        let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        return Err(Failure(format!(
            "no long run is called {unknown}; there are: {}",
            names.join(", ")
        )));
    }
    let mut failed = Vec::new();
    for part in PARTS {
        if !only.is_empty() && !only.iter().any(|name| name == part.name) {
            continue;
        }
        println!("\n━━ {}: {}", part.name, part.what);
        let start = Instant::now();
        match (part.run)() {
            Ok(()) => println!("✓ {} ({:.0} s)", part.name, start.elapsed().as_secs_f32()),
            Err(failure) => {
                println!("✗ {}: {failure}", part.name);
                failed.push(part.name);
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!("failed: {}", failed.join(", "))))
    }
}

/// Runs tests whose name contains one of `filters`, of what `target` selects, with [`MANY`]
/// made-up cases each. It is built for speed: the tests' own assertions stay.
fn tests(package: &str, target: &[&str], filters: &[&str]) -> Result<(), Failure> {
    succeed(
        shell::cargo()
            .args(["test", "--quiet", "--release", "--package", package])
            .args(target)
            .args(["--", "--nocapture"])
            .args(filters)
            .env(CASES, MANY),
    )
}

fn first_screen() -> Result<(), Failure> {
    succeed(
        shell::command("node")
            .args(["--test", "tests/boot/hostile.test.mjs"])
            .env(CASES, MANY),
    )
}
