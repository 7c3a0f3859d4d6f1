//! The build tools: found where they fit, installed where they are missing.
//!
//! They go into a folder of their own for each version, so that nothing that the
//! machine has is replaced.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    dist::hex,
    packages::Packages,
    shell::{self, Failure, output, succeed},
};

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
const PYTHON: Packages = Packages {
    what: "Python, 3.11 or newer, with its venv",
    names: &["python3", "python3-venv"],
    without: "schemathesis --without deny",
};
/// Fails where no environment with packages can be made.
const HAS_VENV: &str =
    "import ensurepip, sys, venv\nif sys.version_info < (3, 11): sys.exit('too old')";
/// Is in a folder in which everything is installed.
const COMPLETE: &str = "complete";
/// What npm reads its versions and hashes from.
const LOCK: &str = "package-lock.json";
/// The oldest wasm-opt that knows what the build uses.
const OLDEST_WASM_OPT: u32 = 120;

/// The compilation target of the app.
pub(crate) fn wasm_target() -> Result<(), Failure> {
    let sysroot = output(shell::command("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot)
        .join("lib/rustlib")
        .join(WASM_TARGET)
        .is_dir()
    {
        return Ok(());
    }
    say(&format!(
        "Installing the target {WASM_TARGET}: the app is compiled to WebAssembly."
    ));
    succeed(shell::command("rustup").args(["target", "add", WASM_TARGET])).map_err(|failure| {
        Failure(format!(
            "{failure}\nInstall it with: rustup target add {WASM_TARGET}"
        ))
    })
}

/// `wasm-opt`, which makes modules small.
pub(crate) fn wasm_opt() -> Result<PathBuf, Failure> {
    let fits = |program: &Path| {
        output(Command::new(program).arg("--version"))
            .and_then(|version| version.split(' ').nth(2)?.parse::<u32>().ok())
            .is_some_and(|version| version >= OLDEST_WASM_OPT)
    };
    if let Some(found) = shell::find("wasm-opt").filter(|found| fits(found)) {
        return Ok(found);
    }
    let root = node_package("binaryen", "its wasm-opt makes the app smaller")?;
    let ours = root.join("bin/wasm-opt");
    if fits(&ours) {
        Ok(ours)
    } else {
        Err(Failure(format!(
            "{} does not run; Node.js may be missing",
            ours.display()
        )))
    }
}

/// The folder of a package of npm, which is installed if it is missing, as the lock file in
/// `xtask/npm/` says.
pub(crate) fn node_package(name: &str, reason: &str) -> Result<PathBuf, Failure> {
    let pinned = shell::workspace().join("xtask/npm").join(name);
    let lock = fs::read(pinned.join(LOCK))?;
    let root = folder()?.join(format!("{name}-{}", fingerprint(&lock)));
    let package = root.join("node_modules").join(name);
    if root.join(COMPLETE).is_file() {
        return Ok(package);
    }
    say(&format!(
        "Installing {name} {} into {}: {reason}.",
        version(name, &lock)?,
        root.display()
    ));
    fs::create_dir_all(&root)?;
    for file in ["package.json", LOCK] {
        fs::copy(pinned.join(file), root.join(file))?;
    }
    npm_ci(&root)?;
    fs::write(root.join(COMPLETE), "")?;
    Ok(package)
}

/// The version of a package of npm that a lock file names.
fn version(package: &str, lock: &[u8]) -> Result<String, Failure> {
    let lock: Value = serde_json::from_slice(lock).map_err(|error| Failure(error.to_string()))?;
    lock["packages"][format!("node_modules/{package}")]["version"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure(format!("the lock file of {package} does not name it")))
}

/// Installs exactly what the lock file in `folder` names with its hashes, and runs no
/// program of it meanwhile.
pub(crate) fn npm_ci(folder: &Path) -> Result<(), Failure> {
    let npm = shell::find("npm").ok_or_else(|| {
        Failure("npm is missing: it comes with Node.js (on Debian: apt-get install npm)".to_owned())
    })?;
    succeed(
        shell::command(npm)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .args(["--loglevel=error", "--prefix"])
            .arg(folder),
    )
}

/// A program of a crate, which is built if it is missing, from what the crate's own lock
/// file names.
pub(crate) fn crate_program(name: &str, version: &str, reason: &str) -> Result<PathBuf, Failure> {
    let root = folder()?.join(format!("{name}-{version}"));
    let program = root
        .join("bin")
        .join(name)
        .with_extension(env::consts::EXE_EXTENSION);
    if program.is_file() {
        return Ok(program);
    }
    say(&format!(
        "Installing {name} {version} into {}: {reason}.",
        root.display()
    ));
    let mut install = shell::cargo();
    install.args(["install", "--quiet", "--locked", "--root"]);
    succeed(install.arg(&root).args(["--version", version, name]))?;
    Ok(program)
}

/// The environment of Python in which exactly those packages are that the file `requirements`
/// names with their hashes. It is made if it is missing.
pub(crate) fn python_packages(
    name: &str,
    requirements: &Path,
    reason: &str,
) -> Result<PathBuf, Failure> {
    let root = folder()?.join(format!("{name}-{}", fingerprint(&fs::read(requirements)?)));
    if root.join(COMPLETE).is_file() {
        return Ok(root);
    }
    let python = PYTHON.provide(|| {
        let python = shell::find("python3")?;
        output(Command::new(&python).args(["-c", HAS_VENV]))?;
        Some(python)
    })?;
    say(&format!(
        "Installing {name} into {}: {reason}.",
        root.display()
    ));
    succeed(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&root),
    )?;
    succeed(
        Command::new(root.join("bin/python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(["--no-deps", "--only-binary", ":all:", "--require-hashes"])
            .arg("--requirement")
            .arg(requirements),
    )?;
    fs::write(root.join(COMPLETE), "")?;
    Ok(root)
}

/// What tells a folder with what `lock` names from one with anything else.
fn fingerprint(lock: &[u8]) -> String {
    hex(&Sha256::digest(lock)[..6])
}

/// The folder in which the tools are kept, outside the project, so that a fresh
/// clone finds them.
fn folder() -> Result<PathBuf, Failure> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| Failure("there is no home folder to keep tools in".to_owned()))?;
    let folder = cache.join("kabao/tools");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

pub(crate) fn say(line: &str) {
    println!("▸ {line}");
}
