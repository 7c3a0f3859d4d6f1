//! What others have written: its licences, where it comes from, and what is there twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::Command,
};

use serde::Deserialize;
use spdx::{Expression, ParseMode};
use walkdir::WalkDir;

use crate::source::workspace;

/// Folders of what is built and installed, and of none of the project's own files.
const NOT_OURS: &[&str] = &[".git", "target", "dist", "data", "node_modules"];

/// What `deny.toml` says, as far as it is looked at here.
#[derive(Debug, Deserialize)]
pub(crate) struct Policy {
    licenses: Licences,
    bans: Bans,
}

#[derive(Debug, Deserialize)]
struct Licences {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

#[derive(Debug, Deserialize)]
struct Skip {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

/// A package of the build, as Cargo tells of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// `None` for what is of this workspace.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

pub(crate) fn policy() -> Policy {
    let text = fs::read_to_string(workspace().join("deny.toml")).expect("the policy");
    toml::from_str(&text).expect("a policy")
}

/// All packages that `Cargo.lock` names.
pub(crate) fn packages() -> Vec<Package> {
    let output = Command::new(env::var("CARGO").expect("Cargo runs this"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(workspace())
        .output()
        .expect("Cargo tells");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Metadata = serde_json::from_slice(&output.stdout).expect("what Cargo tells");
    metadata.packages
}

/// A lock file of npm, as far as it is looked at here.
#[derive(Debug, Deserialize)]
pub(crate) struct NodeLock {
    /// By the folder that it comes into; the project's own folder has no name.
    packages: BTreeMap<String, NodePackage>,
}

#[derive(Debug, Deserialize)]
struct NodePackage {
    #[serde(default)]
    integrity: String,
    /// From where, if not from the registry that whoever installs it has chosen.
    resolved: Option<String>,
}

/// The lock file beside every `package.json`, with its path below the workspace.
pub(crate) fn node_locks() -> Vec<(String, NodeLock)> {
    WalkDir::new(workspace())
        .into_iter()
        .filter_entry(|entry| NOT_OURS.iter().all(|it| entry.file_name() != *it))
        .map(|entry| entry.expect("a folder that can be read").into_path())
        .filter(|path| path.ends_with("package.json"))
        .map(|path| {
            let lock = path.with_file_name("package-lock.json");
            let name = lock.strip_prefix(workspace()).expect("below the workspace");
            let name = name.display().to_string();
            let text = fs::read_to_string(&lock).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, serde_json::from_str(&text).expect("a lock file"))
        })
        .collect()
}

/// What `lock` leaves to whoever answers when its packages are installed, each in a sentence.
pub(crate) fn loose(lock: &NodeLock) -> Vec<String> {
    let mut found = Vec::new();
    for (folder, package) in lock
        .packages
        .iter()
        .filter(|(folder, _)| !folder.is_empty())
    {
        if !package.integrity.starts_with("sha512-") {
            found.push(format!("{folder} has no hash that it has to have"));
        }
        if let Some(source) = &package.resolved {
            found.push(format!("{folder} comes from {source}"));
        }
    }
    found
}

/// What `policy` does not allow of `packages`, each in a sentence.
pub(crate) fn complaints(policy: &Policy, packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    let mut versions = BTreeMap::<_, BTreeSet<_>>::new();
    for package in packages.iter().filter(|package| package.source.is_some()) {
        let Package { name, version, .. } = package;
        versions.entry(name.as_str()).or_default().insert(version);
        let licence = package.license.as_deref().unwrap_or_default();
        if !policy.licenses.allows(name, licence) {
            found.push(format!("{name} {version} is under {licence:?}"));
        }
        let source = package.source.as_deref().unwrap_or_default();
        if !source.starts_with("registry+") {
            found.push(format!("{name} {version} comes from {source}"));
        }
    }
    for skip in &policy.bans.skip {
        let Skip { name, reason } = skip;
        if reason.is_empty() {
            found.push(format!("nobody says why {name} is there more than once"));
        }
        if versions.remove(name.as_str()).is_none_or(|it| it.len() < 2) {
            found.push(format!("{name} is not there more than once any more"));
        }
    }
    for (name, versions) in versions {
        if versions.len() > 1 {
            found.push(format!("{name} is there in several versions: {versions:?}"));
        }
    }
    found
}

impl Licences {
    /// Whether one may use the crate `name` under `licence`, an expression of SPDX or one
    /// of the older form with strokes.
    fn allows(&self, name: &str, licence: &str) -> bool {
        let exceptions = self.exceptions.iter().filter(|it| it.name == name);
        let allowed: BTreeSet<&str> = exceptions
            .flat_map(|exception| &exception.allow)
            .chain(&self.allow)
            .map(String::as_str)
            .collect();
        Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|licence| allowed.contains(licence.to_string().as_str()))
        })
    }
}

#[test]
fn what_is_not_allowed_is_found() {
    let policy: Policy = toml::from_str(
        r#"
        [licenses]
        allow = ["MIT", "ISC"]
        exceptions = [{ crate = "free", allow = ["MPL-2.0"] }]
        [bans]
        skip = [{ crate = "twice", reason = "b is behind" }, { crate = "once", reason = "" }]
        "#,
    )
    .expect("a policy");
    let package = |name: &str, version: &str, licence: &str, source: &str| Package {
        name: name.to_owned(),
        version: version.to_owned(),
        license: Some(licence.to_owned()),
        source: Some(source.to_owned()),
    };
    let found = complaints(
        &policy,
        &[
            package("a", "1.0.0", "GPL-3.0-only OR MIT", "registry+x"),
            package("b", "1.0.0", "Apache-2.0/ISC", "registry+x"),
            package("c", "1.0.0", "MIT AND Apache-2.0", "registry+x"),
            package("d", "1.0.0", "", "registry+x"),
            package("e", "1.0.0", "MIT", "git+https://example.com/e"),
            package("free", "1.0.0", "MPL-2.0", "registry+x"),
            package("bound", "1.0.0", "MPL-2.0", "registry+x"),
            package("twice", "1.0.0", "MIT", "registry+x"),
            package("twice", "2.0.0", "MIT", "registry+x"),
            package("once", "1.0.0", "MIT", "registry+x"),
            package("many", "1.0.0", "MIT", "registry+x"),
            package("many", "2.0.0", "MIT", "registry+x"),
        ],
    );
    assert_eq!(
        found,
        [
            "c 1.0.0 is under \"MIT AND Apache-2.0\"",
            "d 1.0.0 is under \"\"",
            "e 1.0.0 comes from git+https://example.com/e",
            "bound 1.0.0 is under \"MPL-2.0\"",
            "nobody says why once is there more than once",
            "once is not there more than once any more",
            "many is there in several versions: {\"1.0.0\", \"2.0.0\"}",
        ]
    );
}

#[test]
fn what_a_lock_file_of_npm_leaves_open_is_found() {
    let lock = serde_json::from_str(
        r#"{
            "packages": {
                "": { "dependencies": { "pinned": "1.0.0" } },
                "node_modules/pinned": { "version": "1.0.0", "integrity": "sha512-x" },
                "node_modules/weak": { "version": "1.0.0", "integrity": "sha1-x" },
                "node_modules/bare": { "version": "1.0.0" },
                "node_modules/bare/node_modules/bound": {
                    "version": "1.0.0",
                    "resolved": "https://example.com/bound-1.0.0.tgz",
                    "integrity": "sha512-x"
                }
            }
        }"#,
    )
    .expect("a lock file");
    assert_eq!(
        loose(&lock),
        [
            "node_modules/bare has no hash that it has to have",
            "node_modules/bare/node_modules/bound comes from https://example.com/bound-1.0.0.tgz",
            "node_modules/weak has no hash that it has to have",
        ]
    );
}
