//! Measures the app beside its peers.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{
    browsers,
    dist::{self, hex},
    nginx,
    shell::{self, Failure, succeed},
    tools::{self, say},
};

/// Runs the benchmark. `is_quick`: everything once, to see that it works. `more` goes to
/// the harness.
pub(crate) fn run(json: Option<&Path>, is_quick: bool, more: &[String]) -> Result<(), Failure> {
    let dist = dist::build()?;
    let peers = peers()?;
    let chromium = browsers::chromium()?;
    let nginx = nginx::nginx()?;
    say("Building the harness.");
    let harness = shell::program("kabao-bench")?;
    let mut command = shell::command(harness);
    command
        .arg("--dist")
        .arg(dist)
        .arg("--peers")
        .arg(peers)
        .arg("--chromium")
        .arg(chromium.browser)
        .arg("--chromedriver")
        .arg(chromium.driver)
        .arg("--nginx")
        .arg(nginx.program)
        .arg("--brotli")
        .arg(nginx.brotli);
    if let Some(json) = json {
        command.arg("--json").arg(json);
    }
    if is_quick {
        command.arg("--quick");
    }
    succeed(command.args(more))
}

/// Builds the peers, unless nothing of them has changed.
fn peers() -> Result<PathBuf, Failure> {
    let folder = shell::workspace().join("bench");
    let built = folder.join("dist");
    let fingerprint = fingerprint(&folder)?;
    let stamp = shell::workspace().join("target/bench.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == fingerprint) && built.is_dir() {
        return Ok(built);
    }
    say("Building the peers, with what their lock file names from npm.");
    tools::npm_ci(&folder)?;
    let mut build = shell::command("npm");
    build.args(["run", "--silent", "build"]);
    succeed(build.current_dir(&folder))?;
    fs::write(stamp, fingerprint)?;
    Ok(built)
}

/// A digest of everything that the peers are built from.
fn fingerprint(folder: &Path) -> Result<String, Failure> {
    let mut digest = Sha256::new();
    let is_source = |name: &OsStr| {
        !["node_modules", "dist", "harness"]
            .iter()
            .any(|other| name == *other)
    };
    dist::add_files(&mut digest, folder, is_source)?;
    Ok(hex(&digest.finalize()))
}
