//! The invariants of `ARCHITECTURE.md` that no crate and no lint holds. Each
//! rule is proved on samples that break it, beside the rule.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod logging;
mod manifest;
mod modules;
mod source;
mod style;
mod supply;
mod words;

use std::{collections::BTreeSet, fs};

use self::{
    logging::logs,
    manifest::dependencies,
    modules::Modules,
    source::{Source, files, leaves, workspace},
    style::colours,
    words::{chinese, in_markup, sentences},
};

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
    ("store", &["api", "browser", "context", "router"]),
    ("router", &["browser", "context", "i18n"]),
    ("components", &["browser", "i18n"]),
    ("i18n", &["context", "lazy"]),
    ("api", &["browser"]),
    ("browser", &[]),
    ("context", &[]),
    ("lazy", &[]),
];

/// The uses that go against the order.
fn against_the_order(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for (module, uses) in &modules.uses {
        let Some(part) = module.first() else {
            continue;
        };
        let rule = MAY_USE.iter().find(|(name, _)| name == part);
        let (_, allowed) = rule.unwrap_or_else(|| panic!("{part} has no place in the order"));
        for used in uses {
            let is_allowed = used
                .first()
                .is_none_or(|other| other == part || allowed.contains(&other.as_str()));
            if !is_allowed {
                found.push(format!("{} uses {}", module.join("::"), used.join("::")));
            }
        }
    }
    found
}

#[test]
fn dependencies_point_one_way() {
    let modules = Modules::below("src");
    assert_eq!(against_the_order(&modules), [""; 0]);
    let count: usize = modules.uses.values().map(BTreeSet::len).sum();
    assert!(count > 100, "{count} uses were looked at");

    let upwards = [
        ("src/components.rs", ""),
        ("src/components/button.rs", "use crate::store::wallet::It;"),
        ("src/store.rs", ""),
        ("src/store/wallet.rs", ""),
        (
            "src/browser/page.rs",
            "fn f() { view! { <crate::components::button::Button /> } }",
        ),
    ]
    .map(|(path, text)| Source::parse(path, text));
    assert_eq!(
        against_the_order(&Modules::of("src", &upwards)),
        [
            "browser::page uses components::button",
            "components::button uses store::wallet",
        ]
    );
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    for (folder, least) in [
        ("src", 150),
        ("core/src", 100),
        ("sandbox/rules/src", 60),
        ("preview/src", 20),
    ] {
        let modules = Modules::below(folder);
        let count: usize = modules.uses.values().map(BTreeSet::len).sum();
        assert!(count > least, "{count} uses were looked at in {folder}");
        let circles = modules.circles();
        assert!(circles.is_empty(), "circles in {folder}: {circles:?}");
    }
}

/// The crates that one part of the app alone may name.
const AT_THE_EDGE: &[(&str, &[&str])] = &[
    (
        "browser",
        &["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"],
    ),
    ("api", &["gloo_net"]),
];

/// The modules that name a crate of another part.
fn beyond_the_edge(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for module in modules.paths.keys() {
        for (part, crates) in AT_THE_EDGE {
            if module.first().is_some_and(|it| it == part) {
                continue;
            }
            let named = crates.iter().filter(|it| modules.names(module, it));
            found.extend(named.map(|it| format!("{} uses {it}", module.join("::"))));
        }
    }
    found
}

#[test]
fn only_api_speaks_over_the_network_and_only_browser_touches_the_page() {
    assert_eq!(beyond_the_edge(&Modules::below("src")), [""; 0]);

    for (text, name) in [
        ("use web_sys::window;", "web_sys"),
        ("use {leptos::prelude::*, web_sys as page};", "web_sys"),
        ("fn f() { js_sys::Date::now(); }", "js_sys"),
        (
            "fn f() { view! { <p on:click=move |_| web_sys::window() /> } }",
            "web_sys",
        ),
        ("fn f() { format!(\"{}\", js_sys::Date::now()); }", "js_sys"),
        ("fn f() { gloo_net::http::Request::get(x); }", "gloo_net"),
    ] {
        let sample = [Source::parse("src/pages/wallet.rs", text)];
        let found = beyond_the_edge(&Modules::of("src", &sample));
        assert_eq!(found, [format!("pages::wallet uses {name}")], "{text}");
    }
}

#[test]
fn no_string_for_people_is_outside_i18n() {
    for source in Source::below("src") {
        if source.path.starts_with("src/i18n") {
            continue;
        }
        assert_eq!(chinese(&source), [""; 0], "{}", source.path);
        assert_eq!(in_markup(&source), [""; 0], "{}", source.path);
        if source.path.starts_with("src/pages") || source.path.starts_with("src/components") {
            assert_eq!(sentences(&source), [""; 0], "{}", source.path);
        }
    }
}

#[test]
fn no_colour_is_outside_the_tokens() {
    for (path, sheet) in files("style", ".css") {
        if !path.ends_with("tokens.css") {
            assert_eq!(colours(&sheet), [""; 0], "{path}");
        }
    }
}

#[test]
fn every_style_sheet_is_in_the_page_or_comes_with_the_later_screens() {
    let text = |path: &str| fs::read_to_string(workspace().join(path)).expect("a source");
    let (page, later) = (text("index.html"), text("src/pages/styles.rs"));
    for (path, _) in files("style", ".css") {
        let name = path.trim_start_matches("style/").trim_end_matches(".css");
        let is_first = page.contains(&format!("href=\"{path}\""));
        let is_later = later.contains(&format!("sheet!(\"{name}\")"));
        assert!(is_first != is_later, "{path} is in one of them");
    }
}

/// What a crate must not depend on.
const APART: &[(&str, &[&str])] = &[
    (
        "core",
        &[
            "leptos",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "gloo-net",
            "kabao",
        ],
    ),
    (
        ".",
        &[
            "kabao-rules",
            "kabao-sandbox",
            "kabao-contract",
            "leptos_router",
            "log",
            "tracing",
            "gloo-console",
            "console_error_panic_hook",
        ],
    ),
    ("sandbox", &["kabao", "kabao-core"]),
    (
        "sandbox/rules",
        &[
            "kabao",
            "kabao-core",
            "kabao-contract",
            "axum",
            "tokio",
            "rusqlite",
            "getrandom",
        ],
    ),
];

#[test]
fn what_comes_from_npm_is_pinned_by_hashes_and_not_to_a_registry() {
    let locks = supply::node_locks();
    assert!(locks.len() > 3, "{} lock files were looked at", locks.len());
    for (path, lock) in locks {
        assert_eq!(supply::loose(&lock), [""; 0], "{path}");
    }
}

#[test]
fn crates_stay_apart() {
    for (folder, others) in APART {
        let dependencies = dependencies(folder);
        assert!(!dependencies.is_empty(), "{folder} depends on nothing");
        for other in *others {
            assert!(
                !dependencies.iter().any(|name| name == other),
                "{folder} depends on {other}"
            );
        }
    }
}

/// What the rules name of the world outside.
fn input_and_output(modules: &Modules) -> Vec<String> {
    let mut found = Vec::new();
    for module in modules.paths.keys() {
        for outside in ["fs", "net", "time", "env", "thread", "process", "io"] {
            if modules.names(module, &format!("std::{outside}")) {
                found.push(format!("{} uses std::{outside}", module.join("::")));
            }
        }
    }
    found
}

#[test]
fn the_rules_do_no_io_and_have_no_clock() {
    assert_eq!(
        input_and_output(&Modules::below("sandbox/rules/src")),
        [""; 0]
    );
    for source in Source::below("sandbox/rules/src") {
        assert_eq!(logs(&source), [""; 0], "{}", source.path);
    }

    for text in [
        "use std::time::SystemTime;",
        "use std::{fmt, time::{self, Duration}};",
        "fn f() { format!(\"{:?}\", std::time::SystemTime::now()); }",
    ] {
        let sample = [Source::parse("sandbox/rules/src/card.rs", text)];
        let found = input_and_output(&Modules::of("sandbox/rules/src", &sample));
        assert_eq!(found, ["card uses std::time"], "{text}");
    }
}

/// The panic hook of a development build tells where the app panicked, and never
/// why.
const PANIC_HOOK: &str = "src/browser/boot.rs";

#[test]
fn nothing_is_logged() {
    for folder in ["src", "core/src"] {
        for source in Source::below(folder) {
            let expected: &[&str] = match source.path.as_str() {
                PANIC_HOOK => &["logging", "error"],
                _ => &[],
            };
            assert_eq!(logs(&source), expected, "{}", source.path);
        }
    }
    for script in [
        "early.js",
        "boot.js",
        "first_screen.js",
        "first_code.js",
        "index.html",
    ] {
        let text = fs::read_to_string(workspace().join(script)).expect("a script");
        assert!(!text.contains("console"), "{script} logs");
    }
}

/// The names of what is private that a file knows.
fn private(source: &Source) -> Vec<String> {
    let names = leaves(source.tokens());
    names
        .iter()
        .map(ToString::to_string)
        .filter(|name| ["MobileNumber", "SmsCode", "TypedText", "phone"].contains(&name.as_str()))
        .collect()
}

#[test]
fn a_phone_number_reaches_no_address() {
    // The path of every call is made in one module, from identifiers alone.
    let path = "core/src/endpoint.rs";
    let text = fs::read_to_string(workspace().join(path)).expect("a file");
    assert_eq!(private(&Source::parse(path, &text)), [""; 0]);

    for text in [
        "use crate::domain::phone::MobileNumber;",
        "enum Endpoint { Claim { phone: String } }",
        "fn f() { format!(\"/claims?phone={}\", phone) }",
    ] {
        assert_ne!(private(&Source::parse(path, text)), [""; 0], "{text}");
    }
}
