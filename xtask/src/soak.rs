//! The long runs: what `cargo xtask test` tries in seconds is tried here for minutes, and
//! each part ends with the line of its figures.

use std::time::Instant;

use crate::shell::{self, Failure, succeed};

/// What tells a test how many cases it has to make up. Proptest reads it, where a test does
/// not name a number of its own.
const CASES: &str = "PROPTEST_CASES";

/// A long run.
struct Part {
    name: &'static str,
    what: &'static str,
    run: fn() -> Result<(), Failure>,
}

const PARTS: &[Part] = &[Part {
    name: "replies",
    what: "replies that are not the contract's, as the app reads them",
    run: || tests("kabao-core", "contract", "hostile", 1_000_000),
}];

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

/// Runs tests whose name contains `filter`, of the test program `program`, with `cases`
/// made-up cases each. It is built for speed: the tests' own assertions stay.
fn tests(package: &str, program: &str, filter: &str, cases: u32) -> Result<(), Failure> {
    succeed(
        shell::cargo()
            .args(["test", "--quiet", "--release", "--package", package])
            .args(["--test", program, "--", "--nocapture", filter])
            .env(CASES, cases.to_string()),
    )
}
