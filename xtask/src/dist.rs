//! Builds the deployable app.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::{
    shell::{self, Failure, succeed},
    tools::{self, Tools, say},
};

/// What older phones need: no reference types and no multi-value, so that Chrome
/// from 75 and iOS from 15.0 run the app. The linker is told the features that
/// remain, because the precompiled standard library names more than it uses.
const FEATURES: &str = "-Ctarget-feature=-reference-types,-multivalue \
    -Clink-arg=--features=bulk-memory,bulk-memory-opt,mutable-globals,nontrapping-fptoint,sign-ext,call-indirect-overlong \
    -Clink-arg=--no-check-features";
/// The version of esbuild.
const ESBUILD: &str = "0.28.2";
/// What the app is built from.
const SOURCES: &[&str] = &[
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "src",
    "style",
    "public",
];

/// Builds `dist/`, unless nothing has changed since it was built.
pub(crate) fn build() -> Result<PathBuf, Failure> {
    let workspace = shell::workspace();
    let dist = workspace.join("dist");
    let tools = tools::prepare()?;
    let fingerprint = fingerprint(&workspace)?;
    let stamp = workspace.join("target/dist.stamp");
    let is_fresh = fs::read_to_string(&stamp).is_ok_and(|built| built == fingerprint);
    if is_fresh && dist.join("index.html").is_file() {
        return Ok(dist);
    }
    say("Building the app.");
    trunk(&workspace, &tools)?;
    bundle(&dist)?;
    check_features(&dist)?;
    fs::write(&stamp, &fingerprint)?;
    Ok(dist)
}

fn trunk(workspace: &Path, tools: &Tools) -> Result<(), Failure> {
    succeed(
        shell::command(&tools.trunk)
            .args(["build", "--release", "--offline", "--dist", "dist"])
            .env("PATH", tools.path()?)
            .env("RUSTFLAGS", flags())
            // Builds with these flags and builds without would else throw away
            // each other's work.
            .env("CARGO_TARGET_DIR", workspace.join("target/dist-build"))
            // Trunk takes no other value of it than true and false.
            .env_remove("NO_COLOR"),
    )
}

/// Makes the JavaScript beside the WebAssembly small: what the page does not
/// call is left out, such as the classes for streaming that come with Leptos's
/// server functions, and the rest is minified. Trunk's own minifier does not
/// understand the syntax.
fn bundle(dist: &Path) -> Result<(), Failure> {
    let esbuild = tools::node_package("esbuild", ESBUILD, "it makes the JavaScript smaller")?;
    let script = fs::read_dir(dist)?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.ends_with(".js"))
        .ok_or_else(|| Failure(format!("{} holds no JavaScript", dist.display())))?;
    let entry = dist.join("entry.js");
    fs::write(
        &entry,
        format!("export {{ default, initSync }} from \"./{script}\";\n"),
    )?;
    succeed(
        Command::new(esbuild.join("bin/esbuild"))
            .current_dir(dist)
            .args([
                "entry.js",
                "--bundle",
                "--minify",
                "--format=esm",
                "--target=chrome89,safari15",
                // No browser of these has it, and what is done with it keeps
                // classes alive that nothing else uses.
                "--define:Symbol.dispose=undefined",
                "--log-level=warning",
                "--allow-overwrite",
            ])
            .arg(format!("--outfile={script}")),
    )?;
    fs::remove_file(entry)?;
    Ok(())
}

/// The compiler's flags for what is shipped, with the machine's own paths taken
/// out of it.
fn flags() -> String {
    let mut flags = FEATURES.to_owned();
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    for registry in registries.into_iter().flatten().flatten() {
        flags.push_str(&format!(
            " --remap-path-prefix={}=",
            registry.path().display()
        ));
    }
    flags
}

/// A digest of everything that the app is built from.
fn fingerprint(workspace: &Path) -> Result<String, Failure> {
    let mut digest = Sha256::new();
    digest.update(flags());
    digest.update(include_str!("dist.rs"));
    for source in SOURCES {
        let files = WalkDir::new(workspace.join(source)).sort_by_file_name();
        for entry in files
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
        {
            digest.update(entry.path().to_string_lossy().as_bytes());
            digest.update(fs::read(entry.path())?);
        }
    }
    Ok(digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Fails when what is shipped needs reference types after all.
pub(crate) fn check_features(dist: &Path) -> Result<(), Failure> {
    let mut checked = 0;
    for entry in WalkDir::new(dist).into_iter().flatten() {
        let extension = entry
            .path()
            .extension()
            .and_then(|extension| extension.to_str());
        if !matches!(extension, Some("js" | "wasm")) {
            continue;
        }
        checked += 1;
        let content = fs::read(entry.path())?;
        if content
            .windows(b"externref".len())
            .any(|window| window == b"externref")
        {
            return Err(Failure(format!(
                "{} uses externref, which older phones do not have",
                entry.path().display()
            )));
        }
    }
    if checked < 2 {
        return Err(Failure(format!("{} holds no app", dist.display())));
    }
    Ok(())
}
