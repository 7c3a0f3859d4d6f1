//! Builds the deployable app.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::{
    link::{LATER, Linked, link, minified},
    shell::{self, Failure, succeed},
    tools::{self, Tools, say},
};

/// What older phones need: no reference types and no multi-value, so that Chrome
/// from 75 and iOS from 15.0 run the app. The linker is told the features that
/// remain, because the precompiled standard library names more than it uses.
const FEATURES: &str = "-Ctarget-feature=-reference-types,-multivalue \
    -Clink-arg=--features=bulk-memory,bulk-memory-opt,mutable-globals,nontrapping-fptoint,sign-ext,call-indirect-overlong \
    -Clink-arg=--no-check-features";
/// Where the app is built. Builds with these flags and builds without would else
/// throw away each other's work.
const BUILD: &str = "target/dist-build";
/// What the app is built from.
const SOURCES: &[&str] = &[
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "rust-toolchain.toml",
    "core",
    "src",
    "style",
    "public",
    "preview",
    "sandbox/rules",
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
    trunk(
        &workspace,
        &tools,
        &["--features", "split", "--dist", "dist"],
    )?;
    let build = workspace.join(BUILD);
    let module = build.join("wasm32-unknown-unknown/release/kabao.wasm");
    place(&dist, &link(&module, &build.join("linked"), &tools)?)?;
    say("Building the merchant's preview.");
    let preview = [
        "preview/index.html",
        "--dist",
        "dist/preview",
        "--public-url",
        "./",
    ];
    trunk(&workspace, &tools, &preview)?;
    check_features(&dist)?;
    fs::write(&stamp, &fingerprint)?;
    Ok(dist)
}

fn trunk(workspace: &Path, tools: &Tools, arguments: &[&str]) -> Result<(), Failure> {
    succeed(
        shell::command(&tools.trunk)
            .args(["build", "--release", "--offline=true"])
            .args(arguments)
            .env("PATH", tools.path()?)
            .env("RUSTFLAGS", flags())
            .env("CARGO_TARGET_DIR", workspace.join(BUILD))
            // Trunk takes no other value of it than true and false.
            .env_remove("NO_COLOR"),
    )
}

/// Puts what the browser loads in the place of what Trunk made, which is whole
/// and larger. The names of the files change whenever any of them does, because
/// browsers keep them for good.
fn place(dist: &Path, linked: &Linked) -> Result<(), Failure> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let trunks = fs::read_dir(dist)?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .find_map(|name| Some(name.strip_suffix(".js")?.to_owned()))
        .ok_or_else(|| Failure(format!("{} holds no JavaScript", dist.display())))?;
    fs::remove_file(dist.join(format!("{trunks}.js")))?;
    fs::remove_file(dist.join(format!("{trunks}_bg.wasm")))?;
    let ours = format!("kabao-{}", linked.digest());
    let later = format!("{ours}_later.wasm");
    fs::write(index, minified(&page.replace(&trunks, &ours))?)?;
    fs::write(dist.join(format!("{ours}_bg.wasm")), &linked.wallet)?;
    fs::write(dist.join(&later), &linked.later)?;
    let script = linked.script.replace(LATER, &later);
    fs::write(dist.join(format!("{ours}.js")), script)?;
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
    digest.update(include_str!("link.rs"));
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

/// What is in the preview and must not be in what diners load: words of the
/// console, of the rules and of their cases.
const PREVIEW_ALONE: [&str; 3] = ["切换公众号预演", "wechat/authorize", "川味小馆旧号"];

/// Fails when diners load something of the preview.
pub(crate) fn check_apart(dist: &Path) -> Result<(), Failure> {
    let holds = |path: &Path, words: &str| -> Result<bool, Failure> {
        let content = fs::read(path)?;
        let words = words.as_bytes();
        Ok(content.windows(words.len()).any(|window| window == words))
    };
    for words in PREVIEW_ALONE {
        let mut is_in_preview = false;
        for entry in WalkDir::new(dist).into_iter().flatten() {
            if !entry.file_type().is_file() || !holds(entry.path(), words)? {
                continue;
            }
            if !entry.path().starts_with(dist.join("preview")) {
                return Err(Failure(format!(
                    "{} holds something of the preview: {words}",
                    entry.path().display()
                )));
            }
            is_in_preview = true;
        }
        if !is_in_preview {
            return Err(Failure(format!(
                "the preview no longer holds “{words}”, so this check sees nothing"
            )));
        }
    }
    Ok(())
}
