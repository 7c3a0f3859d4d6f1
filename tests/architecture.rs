//! The invariants that `src/lib.rs` states, held.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A source file, without its comments.
struct Source {
    /// Its path below the workspace.
    path: String,
    code: String,
}

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends so.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![workspace().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(workspace()).expect("below the workspace");
                let content = fs::read_to_string(&path).expect("text");
                found.push((name.to_string_lossy().into_owned(), content));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no {ending}");
    found
}

fn sources(folder: &str) -> Vec<Source> {
    files(folder, ".rs")
        .into_iter()
        .map(|(path, text)| {
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .map(|line| line.split_once(" // ").map_or(line, |(code, _)| code))
                .collect::<Vec<_>>()
                .join("\n");
            Source { path, code }
        })
        .collect()
}

/// What is used in the app itself, without the tests at the end of a file.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or_default()
}

#[track_caller]
fn assert_absent(source: &Source, words: &[&str], why: &str) {
    for word in words {
        assert!(
            !source.code.contains(word),
            "{} names {word}: {why}",
            source.path
        );
    }
}

#[test]
fn only_api_speaks_over_the_network_and_only_browser_touches_the_page() {
    for source in sources("src") {
        if !source.path.starts_with("src/browser") {
            let why = "only browser/ touches web-sys";
            assert_absent(&source, &["web_sys", "js_sys", "wasm_bindgen"], why);
        }
        if !source.path.starts_with("src/api") {
            assert_absent(&source, &["gloo_net"], "only api/ does network I/O");
        }
    }
}

#[test]
fn dependencies_point_one_way() {
    for source in sources("src") {
        let forbidden: &[&str] = match source.path.split('/').nth(1).unwrap_or_default() {
            "components" => &["crate::api", "crate::context", "crate::pages", "crate::app"],
            "api" => &[
                "crate::components",
                "crate::context",
                "crate::pages",
                "crate::copy",
            ],
            "browser" => &[
                "crate::api",
                "crate::components",
                "crate::context",
                "crate::pages",
                "crate::copy",
            ],
            "copy" => &[
                "crate::browser",
                "crate::components",
                "crate::context",
                "crate::pages",
            ],
            _ => &[],
        };
        assert_absent(&source, forbidden, "dependencies point one way");
    }
}

#[test]
fn no_words_for_people_are_outside_copy() {
    for source in sources("src")
        .iter()
        .filter(|source| !source.path.starts_with("src/copy"))
    {
        let code = without_tests(&source.code);
        let is_chinese = |letter: char| ('\u{3000}'..='\u{9fff}').contains(&letter);
        assert!(
            !code.contains(is_chinese),
            "{} has Chinese words",
            source.path
        );
        if !source.path.starts_with("src/pages") && !source.path.starts_with("src/components") {
            continue;
        }
        for literal in code.split('"').skip(1).step_by(2) {
            let reads_as_a_sentence = literal
                .starts_with(|letter: char| letter.is_ascii_uppercase())
                && literal.contains(' ')
                && literal.split(' ').all(|word| word.len() > 1)
                && !literal.contains(['{', '%']);
            assert!(!reads_as_a_sentence, "{} says “{literal}”", source.path);
        }
    }
}

#[test]
fn no_colour_is_outside_the_tokens() {
    for (path, text) in files("style", ".css") {
        if path.ends_with("tokens.css") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let has_hash = line.split('#').skip(1).any(|rest| {
                let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
                matches!(digits, 3 | 4 | 6 | 8) && line.contains(':')
            });
            let has_function = ["rgb(", "rgba(", "hsl(", "hsla("]
                .iter()
                .any(|name| line.contains(name));
            assert!(!has_hash && !has_function, "{path}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn every_style_sheet_is_in_the_page() {
    let page = fs::read_to_string(workspace().join("index.html")).expect("index.html");
    for (path, _) in files("style", ".css") {
        assert!(
            page.contains(&format!("href=\"{path}\"")),
            "{path} is not in index.html"
        );
    }
}

#[test]
fn the_sandbox_shares_no_type_with_the_app_and_its_rules_do_no_io() {
    let manifest = |path: &str| fs::read_to_string(workspace().join(path)).expect("a manifest");
    let dependencies = |text: &str, name: &str| {
        let section = text
            .split("\n[")
            .find(|section| section.starts_with("dependencies]"));
        section.is_some_and(|section| {
            section
                .lines()
                .any(|line| line.split(['=', '.', ' ']).next() == Some(name))
        })
    };
    let core = manifest("core/Cargo.toml");
    for outside in [
        "leptos",
        "web-sys",
        "js-sys",
        "wasm-bindgen",
        "gloo-net",
        "kabao",
    ] {
        assert!(!dependencies(&core, outside), "core depends on {outside}");
    }
    let app = manifest("Cargo.toml");
    for other in [
        "kabao-rules",
        "kabao-sandbox",
        "kabao-contract",
        "leptos_router",
    ] {
        assert!(!dependencies(&app, other), "the app depends on {other}");
    }
    for path in ["sandbox/Cargo.toml", "sandbox/rules/Cargo.toml"] {
        for ours in ["kabao", "kabao-core"] {
            assert!(
                !dependencies(&manifest(path), ours),
                "{path} depends on the app"
            );
        }
    }
    let rules = manifest("sandbox/rules/Cargo.toml");
    for outside in ["axum", "tokio", "rusqlite", "getrandom", "kabao-contract"] {
        assert!(
            !dependencies(&rules, outside),
            "the rules depend on {outside}"
        );
    }
    for source in sources("sandbox/rules/src") {
        assert_absent(
            &source,
            &[
                "std::fs",
                "std::net",
                "std::time",
                "std::env",
                "std::thread",
                "println!",
            ],
            "the rules do no I/O and have no clock",
        );
    }
}

#[test]
fn a_phone_number_reaches_no_address_and_no_log() {
    for source in sources("src") {
        assert_absent(&source, &["console", "log::", "dbg!"], "nothing is logged");
    }
    // The path of every call is made in one module, from identifiers alone.
    let endpoint = fs::read_to_string(workspace().join("core/src/endpoint.rs")).expect("a file");
    let path = Path::new("core/src/endpoint.rs");
    for private in ["MobileNumber", "SmsCode", "phone:"] {
        assert!(
            !endpoint.contains(private),
            "{} names {private}",
            path.display()
        );
    }
}
