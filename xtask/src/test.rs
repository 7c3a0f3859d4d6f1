//! Runs every test, part by part.

use std::{ffi::OsStr, fs, path::PathBuf, process::Command, time::Instant};

use crate::{
    bench, browsers, deny, dist, nginx,
    parts::{self, Part},
    run, schemathesis,
    shell::{self, Failure, succeed},
    size, tools,
};

/// Who answers the browser of a journey.
#[derive(Clone, Copy, Debug)]
enum Server {
    /// nginx as it is deployed, which passes on to the stand-in backend.
    Nginx,
    /// The stand-in backend itself.
    Sandbox,
}

/// What leaves out [`Server::Nginx`].
const NGINX: &str = "nginx";
/// The part that is nothing without it.
const BENCH: &str = "bench";

const PARTS: &[Part<Server>] = &[
    Part {
        name: "format",
        what: "the sources are formatted",
        run: |_| format(),
    },
    Part {
        name: "clippy",
        what: "no lint complains, for this machine",
        run: |_| clippy(),
    },
    Part {
        name: "clippy-wasm",
        what: "no lint complains, for the browser",
        run: |_| clippy_wasm(),
    },
    Part {
        name: "doc",
        what: "the documentation builds",
        run: |_| doc(),
    },
    Part {
        name: "unit",
        what: "pure code",
        run: |_| unit(),
    },
    Part {
        name: "boot",
        what: "the boot script, on pages without a browser",
        run: |_| boot(),
    },
    Part {
        name: "contract",
        what: "the contract, the app's reading of it, and the claim's machine",
        run: |_| contract(),
    },
    Part {
        name: "rules",
        what: "the stand-in backend's rules",
        run: |_| rules(),
    },
    Part {
        name: "once",
        what: "whatever happens, it happens once: the app's client and machines over the rules",
        run: |_| once(),
    },
    Part {
        name: "preview",
        what: "what the preview says, in every combination of what can be ticked",
        run: |_| preview(),
    },
    Part {
        name: "sandbox",
        what: "the stand-in backend's server",
        run: |_| sandbox(),
    },
    Part {
        name: "schemathesis",
        what: "no request that is made up from the contract is answered otherwise than it says",
        run: |_| schemathesis::run(schemathesis::Effort::Test),
    },
    Part {
        name: "architecture",
        what: "the invariants",
        run: |_| architecture(),
    },
    Part {
        name: "deny",
        what: "what others have written may be used, and has no known fault",
        run: |_| deny::check(),
    },
    Part {
        name: "dist",
        what: "what is shipped: it builds, runs on Chromium 89 and iOS 15, and has nothing of the preview for diners",
        run: |_| built(),
    },
    Part {
        name: "size",
        what: "the critical path does not grow",
        run: |_| size::print(),
    },
    Part {
        name: BENCH,
        what: "the benchmark: every contestant shows what would be measured",
        run: |_| bench::run(None, true, &[]),
    },
    Part {
        name: "components",
        what: "components, in Chromium",
        run: |_| components(),
    },
    Part {
        name: "chromium",
        what: "journeys, in Chromium, through the web server of deploy/",
        run: chromium,
    },
    Part {
        name: "webkit",
        what: "journeys, in WebKit",
        run: |_| webkit(),
    },
];

/// Runs the parts: all of them, those in `only`, or all but those in `without`, where
/// [`NGINX`] may stand for itself too.
pub(crate) fn test(only: &[String], without: &[String]) -> Result<(), Failure> {
    let left_out_by_name = without.iter().filter(|name| *name != NGINX);
    parts::check_names(PARTS, only.iter().chain(left_out_by_name))?;
    let mut passed = 0;
    let mut failed = Vec::new();
    let mut left_out = Vec::new();
    let server = if without.iter().any(|name| name == NGINX) {
        left_out.push(NGINX);
        Server::Sandbox
    } else {
        Server::Nginx
    };
    for part in PARTS {
        let is_named = |names: &[String]| names.iter().any(|name| name == part.name);
        if !only.is_empty() && !is_named(only) {
            continue;
        }
        let is_without_server = part.name == BENCH && matches!(server, Server::Sandbox);
        if is_named(without) || is_without_server {
            left_out.push(part.name);
            continue;
        }
        if part.report(server) {
            passed += 1;
        } else {
            failed.push(part.name);
        }
    }
    println!();
    for name in left_out {
        println!(
            "not run: {}",
            if name == "webkit" { "WebKit" } else { name }
        );
    }
    for name in &failed {
        println!("failed: {name}");
    }
    println!("{passed} passed, {} failed", failed.len());
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure("Not everything passed.".to_owned()))
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = shell::cargo();
    cargo.args(arguments);
    cargo
}

fn format() -> Result<(), Failure> {
    succeed(&mut cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Result<(), Failure> {
    succeed(&mut cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

fn clippy_wasm() -> Result<(), Failure> {
    tools::wasm_target()?;
    succeed(&mut cargo(&[
        "clippy",
        "--quiet",
        "--package",
        "kabao",
        "--package",
        "kabao-core",
        "--package",
        "kabao-preview",
        "--package",
        "kabao-rules",
        "--package",
        "kabao-component-tests",
        "--lib",
        "--bins",
        "--test",
        "components",
        "--target",
        tools::WASM_TARGET,
        "--",
        "-D",
        "warnings",
    ]))
}

fn doc() -> Result<(), Failure> {
    succeed(
        cargo(&[
            "doc",
            "--quiet",
            "--workspace",
            "--no-deps",
            "--document-private-items",
        ])
        .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn unit() -> Result<(), Failure> {
    succeed(&mut cargo(&[
        "test",
        "--quiet",
        "--workspace",
        "--lib",
        "--bins",
    ]))
}

fn boot() -> Result<(), Failure> {
    succeed(shell::command("node").args([
        "--test",
        "tests/boot/boot.test.mjs",
        "tests/boot/first_code.test.mjs",
        "tests/boot/first_screen.test.mjs",
        "tests/boot/hostile.test.mjs",
    ]))
}

fn contract() -> Result<(), Failure> {
    host_tests(&["contract/tests", "core/tests"])
}

fn rules() -> Result<(), Failure> {
    host_tests(&["sandbox/rules/tests"])
}

fn once() -> Result<(), Failure> {
    run_tests(["once"])
}

/// Its count of combinations is part of what it proves.
fn preview() -> Result<(), Failure> {
    let test = ["test", "--quiet", "--workspace", "--test", "manual", "--"];
    succeed(cargo(&test).arg("--nocapture"))
}

fn sandbox() -> Result<(), Failure> {
    host_tests(&["sandbox/tests"])
}

fn architecture() -> Result<(), Failure> {
    run_tests(["architecture"])
}

/// Runs all test programs that are in `folders`.
fn host_tests(folders: &[&str]) -> Result<(), Failure> {
    let mut programs = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(shell::workspace().join(folder))? {
            let path = entry?.path();
            let is_program = path.join("main.rs").is_file()
                || path.extension().is_some_and(|extension| extension == "rs");
            programs.extend(path.file_stem().filter(|_| is_program).map(OsStr::to_owned));
        }
    }
    run_tests(programs)
}

/// Runs test programs of the workspace. All parts build it with the same
/// features, which are those of the whole, so that nothing is built twice.
fn run_tests(programs: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<(), Failure> {
    let mut test = cargo(&["test", "--quiet", "--workspace"]);
    for program in programs {
        test.arg("--test").arg(program);
    }
    succeed(&mut test)
}

fn built() -> Result<(), Failure> {
    dist::check_apart(&dist::build()?)
}

fn components() -> Result<(), Failure> {
    tools::wasm_target()?;
    let chromium = browsers::chromium()?;
    let runner = shell::program("kabao-component-runner")?;
    succeed(
        cargo(&[
            "test",
            "--package",
            "kabao-component-tests",
            "--test",
            "components",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", chromium.driver)
        // All tests together, in seconds; the runner's own limit is 20.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300"),
    )
}

fn chromium(server: Server) -> Result<(), Failure> {
    journeys(Engine::Chromium, server, dist::build()?, "")
}

fn webkit() -> Result<(), Failure> {
    journeys(Engine::WebKit, Server::Sandbox, dist::build()?, "")
}

/// The browser that a journey is made in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Engine {
    Chromium,
    WebKit,
}

/// Runs the journeys whose name contains `name`, on a development build.
pub(crate) fn journey(name: &str, engine: Engine) -> Result<(), Failure> {
    let dist = dist::build_for_development()?;
    journeys(engine, Server::Sandbox, dist, name)
}

/// The parts that take no browser and no release build, for the seconds after a
/// change.
const CHECK: [&str; 7] = [
    "format",
    "clippy",
    "clippy-wasm",
    "unit",
    "contract",
    "rules",
    "architecture",
];

/// Runs the parts of [`CHECK`].
pub(crate) fn check() -> Result<(), Failure> {
    let started = Instant::now();
    let result = test(&CHECK.map(str::to_owned), &[]);
    println!("{:.0} s", started.elapsed().as_secs_f32());
    result
}

/// Takes pictures of every screen whose name contains `name`.
pub(crate) fn screens(name: &str) -> Result<(), Failure> {
    let found = browsers::chromium()?;
    succeed(
        Command::new(shell::program("screens")?)
            .arg(shell::workspace().join("target/screens"))
            .arg(name)
            .env("KABAO_ENGINE", "chromium")
            .env("KABAO_BROWSER", found.browser)
            .env("KABAO_DRIVER", found.driver)
            .env("KABAO_DIST", dist::build()?)
            .env("KABAO_SANDBOX", run::build_sandbox()?),
    )
}

/// Runs the journeys whose name contains `name` on what is in `dist`.
fn journeys(engine: Engine, server: Server, dist: PathBuf, name: &str) -> Result<(), Failure> {
    let sandbox = run::build_sandbox()?;
    let axe = tools::node_package("axe-core", "it finds what keeps people out")?;
    let mut command = cargo(&[
        "test",
        "--quiet",
        "--workspace",
        "--test",
        "journeys",
        "--",
        name,
    ]);
    match engine {
        Engine::Chromium => {
            let found = browsers::chromium()?;
            command
                .env("KABAO_ENGINE", "chromium")
                .env("KABAO_BROWSER", found.browser)
                .env("KABAO_DRIVER", found.driver);
        }
        Engine::WebKit => {
            let found = browsers::webkit()?;
            command
                .env("KABAO_ENGINE", "webkit")
                .env("KABAO_BROWSER", found.browser)
                .env("KABAO_DRIVER", found.driver)
                .env("KABAO_SCREEN", found.screen);
        }
    }
    if let Server::Nginx = server {
        let found = nginx::nginx()?;
        command
            .env("KABAO_NGINX", found.program)
            .env("KABAO_BROTLI", found.brotli);
    }
    succeed(
        command
            .env("KABAO_AXE", axe.join("axe.min.js"))
            .env("KABAO_DIST", dist)
            .env("KABAO_SANDBOX", sandbox),
    )
}
