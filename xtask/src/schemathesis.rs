//! Made-up requests for every operation of the contract, sent to the stand-in backend by
//! schemathesis. No reply may be a failure of the server, or other than the contract says.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use crate::{
    run,
    shell::{self, Failure, succeed},
    tools,
};

/// With what its requirements and the fan who calls are, in the workspace.
const FOLDER: &str = "sandbox/tests/schemathesis";
/// What is looked at in each reply.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      unsupported_method,allow_header_conformance";

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effort {
    /// The same requests each time, in half a minute.
    Test,
    /// Other ones each time, each operation for itself and in sequences.
    Soak,
}

impl Effort {
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Test => &[
                "--phases=examples,coverage,fuzzing",
                "--max-examples=30",
                "--generation-deterministic",
            ],
            Self::Soak => &[
                "--phases=examples,coverage,fuzzing,stateful",
                "--max-examples=500",
                "--generation-database=none",
            ],
        }
    }
}

pub(crate) fn run(effort: Effort) -> Result<(), Failure> {
    let installed = tools::python_packages(
        "schemathesis",
        &shell::workspace().join(FOLDER).join("requirements.txt"),
        "it makes up requests from the contract",
    )?;
    let sandbox = Sandbox::start()?;
    succeed(
        Command::new(installed.join("bin/schemathesis"))
            // Its modules are found there, and what it leaves behind stays out of the sources.
            .current_dir(scratch()?)
            .arg("run")
            .arg(shell::workspace().join("contract/openapi.yaml"))
            .args(["--url", &sandbox.address, "--checks", CHECKS])
            .args(["--no-color", "--warnings=off"])
            .args(effort.arguments())
            .env("SCHEMATHESIS_HOOKS", "fan")
            .env("PYTHONPATH", shell::workspace().join(FOLDER))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("KABAO_ADDRESS", &sandbox.address),
    )
}

/// A folder for what a run leaves behind.
fn scratch() -> Result<std::path::PathBuf, Failure> {
    let folder = shell::target().join("schemathesis");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A stand-in backend that keeps nothing, and ends with this.
#[derive(Debug)]
struct Sandbox {
    process: Child,
    address: String,
}

impl Sandbox {
    fn start() -> Result<Self, Failure> {
        let mut process = Command::new(run::build_sandbox()?)
            .args(["--port", "0", "--dist"])
            // The app isn't asked for.
            .arg(scratch()?)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let mut sandbox = Self {
            process,
            address: String::new(),
        };
        match line.trim_end().strip_prefix(run::LISTENING) {
            Some(address) => {
                address.clone_into(&mut sandbox.address);
                Ok(sandbox)
            }
            None => Err(Failure("the stand-in backend did not start".to_owned())),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself, and there is nobody to tell.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
