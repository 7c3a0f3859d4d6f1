//! The invariants of `ARCHITECTURE.md` that no crate and no lint holds.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod modules;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use self::modules::Modules;

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

/// What is used in the app itself, without the tests at the end of a file.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or_default()
}

/// What a part of the app may use of the others. Data flows one way: down this
/// list, and the store's values back up through signals.
const MAY_USE: &[(&str, &[&str])] = &[
    (
        "app",
        &[
            "api",
            "browser",
            "components",
            "i18n",
            "pages",
            "router",
            "store",
        ],
    ),
    (
        "pages",
        &[
            "api",
            "browser",
            "components",
            "i18n",
            "lazy",
            "router",
            "store",
        ],
    ),
    ("store", &["api", "browser", "router"]),
    ("router", &["browser", "i18n"]),
    ("components", &["browser", "i18n"]),
    ("i18n", &["lazy"]),
    ("api", &["browser"]),
    ("browser", &[]),
    ("lazy", &[]),
];

#[test]
fn dependencies_point_one_way() {
    let modules = Modules::read(&workspace().join("src"));
    let mut count = 0;
    for (module, uses) in &modules.uses {
        let Some(part) = module.first() else {
            continue;
        };
        let rule = MAY_USE.iter().find(|(name, _)| name == part);
        let (_, allowed) = rule.unwrap_or_else(|| panic!("{part} has no place in the order"));
        for used in uses {
            let Some(other) = used.first() else {
                continue;
            };
            count += 1;
            assert!(
                other == part || allowed.contains(&other.as_str()),
                "{} uses {}",
                module.join("::"),
                used.join("::")
            );
        }
    }
    assert!(count > 100, "{count} uses were looked at");
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    for (source, least) in [
        ("src", 150),
        ("core/src", 100),
        ("sandbox/rules/src", 60),
        ("preview/src", 20),
    ] {
        let modules = Modules::read(&workspace().join(source));
        let count: usize = modules.uses.values().map(BTreeSet::len).sum();
        assert!(count > least, "{count} uses were looked at in {source}");
        let circles = modules.circles();
        assert!(circles.is_empty(), "circles in {source}: {circles:?}");
    }
}

#[test]
fn only_api_speaks_over_the_network_and_only_browser_touches_the_page() {
    let modules = Modules::read(&workspace().join("src"));
    for (module, crates) in &modules.crates {
        let part = module.first().map(String::as_str);
        for outside in ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"] {
            let is_used = crates.contains(outside);
            assert!(
                !is_used || part == Some("browser"),
                "{module:?} uses {outside}"
            );
        }
        let is_used = crates.contains("gloo_net");
        assert!(!is_used || part == Some("api"), "{module:?} uses gloo_net");
    }
}

#[test]
fn no_string_for_people_is_outside_i18n() {
    for source in sources("src")
        .iter()
        .filter(|source| !source.path.starts_with("src/i18n"))
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
        assert_absent(
            &source,
            &["console", "logging::log", "dbg!", "println!"],
            "nothing is logged",
        );
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
