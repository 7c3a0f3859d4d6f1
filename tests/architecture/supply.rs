//! What is installed from npm: from where, and by which hash.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;
use walkdir::WalkDir;

use crate::source::workspace;

/// Folders of what is built and installed, and of none of the project's own files.
const NOT_OURS: &[&str] = &[".git", "target", "dist", "data", "node_modules"];

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
