//! The build tools: found where they fit, installed where they are missing.
//!
//! They go into a folder of their own for each version, so that nothing that the
//! machine has is replaced.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{self, Failure, output, succeed};

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
const BINARYEN: &str = "132.0.0";
/// The oldest wasm-opt that knows what the build uses.
const OLDEST_WASM_OPT: u32 = 120;

/// Where the build tools are.
#[derive(Debug)]
pub(crate) struct Tools {
    /// `wasm-bindgen`, of the version in Cargo.lock.
    pub(crate) wasm_bindgen: PathBuf,
    /// `wasm-opt`.
    pub(crate) wasm_opt: PathBuf,
}

/// Finds or installs everything that building the app needs.
pub(crate) fn prepare() -> Result<Tools, Failure> {
    wasm_target()?;
    Ok(Tools {
        wasm_bindgen: wasm_bindgen()?,
        wasm_opt: wasm_opt()?,
    })
}

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

pub(crate) fn wasm_bindgen() -> Result<PathBuf, Failure> {
    let version = locked_version("wasm-bindgen")?;
    let fits = |program: &Path| {
        output(Command::new(program).arg("--version"))
            .is_some_and(|found| found.split(' ').nth(1) == Some(&version))
    };
    if let Some(found) = shell::find("wasm-bindgen").filter(|found| fits(found)) {
        return Ok(found);
    }
    let root = folder()?.join(format!("wasm-bindgen-cli-{version}"));
    let ours = root
        .join("bin/wasm-bindgen")
        .with_extension(env::consts::EXE_EXTENSION);
    if fits(&ours) {
        return Ok(ours);
    }
    say(&format!(
        "Installing wasm-bindgen-cli {version} into {}: it connects WebAssembly with the browser, \
         at the version in Cargo.lock. This takes about two minutes, once.",
        root.display()
    ));
    // Not `--locked`: its own lock file can name versions that are served no more.
    let mut install = shell::cargo();
    install
        .args(["install", "wasm-bindgen-cli", "--version", &version])
        .arg("--root")
        .arg(&root)
        // What is installed runs for seconds: building it fast matters more.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(env::temp_dir())
        .env("RUSTUP_TOOLCHAIN", toolchain());
    succeed(&mut install).map_err(|failure| {
        Failure(format!(
            "{failure}\nInstall it with: cargo install wasm-bindgen-cli@{version}"
        ))
    })?;
    Ok(ours)
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Result<String, Failure> {
    let lock = fs::read_to_string(shell::workspace().join("Cargo.lock"))?;
    lock.split("[[package]]")
        .find(|entry| entry.contains(&format!("name = \"{package}\"\n")))
        .and_then(|entry| entry.split("version = \"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .ok_or_else(|| Failure(format!("Cargo.lock names no {package}")))
}

/// The toolchain that the workspace pins, for what is installed outside it.
fn toolchain() -> String {
    env::var("RUSTUP_TOOLCHAIN").unwrap_or_else(|_| "stable".to_owned())
}

fn wasm_opt() -> Result<PathBuf, Failure> {
    let fits = |program: &Path| {
        output(Command::new(program).arg("--version"))
            .and_then(|version| version.split(' ').nth(2)?.parse::<u32>().ok())
            .is_some_and(|version| version >= OLDEST_WASM_OPT)
    };
    if let Some(found) = shell::find("wasm-opt").filter(|found| fits(found)) {
        return Ok(found);
    }
    let root = node_package("binaryen", BINARYEN, "its wasm-opt makes the app smaller")?;
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

/// The folder of a package of npm, which is installed if it is missing.
pub(crate) fn node_package(name: &str, version: &str, reason: &str) -> Result<PathBuf, Failure> {
    let root = folder()?.join(format!("{name}-{version}"));
    let package = root.join("node_modules").join(name);
    if package.join("package.json").is_file() {
        return Ok(package);
    }
    say(&format!(
        "Installing {name} {version} into {}: {reason}.",
        root.display()
    ));
    let wanted = format!("{name}@{version}");
    fs::create_dir_all(&root)?;
    let npm = shell::find("npm").unwrap_or_else(|| PathBuf::from("npm"));
    let mut install = Command::new(npm);
    install
        .current_dir(&root)
        .args(["install", "--no-audit", "--no-fund", "--prefix"]);
    succeed(install.arg(&root).arg(&wanted)).map_err(|failure| {
        Failure(format!(
            "{failure}\nnpm comes with Node.js (on Debian: apt-get install npm). Then this does \
             it: npm install --prefix {} {wanted}",
            root.display()
        ))
    })?;
    Ok(package)
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
