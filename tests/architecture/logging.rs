//! Every way to log.

use proc_macro2::{Spacing, TokenTree};

use crate::source::{Source, leaves};

/// Names that lead to a log wherever they stand.
const NAMES: &[&str] = &[
    "console",
    "console_debug_error",
    "console_debug_log",
    "console_debug_warn",
    "console_error",
    "console_error_panic_hook",
    "console_log",
    "console_warn",
    "dbg",
    "debug_error",
    "debug_log",
    "debug_warn",
    "eprint",
    "eprintln",
    "gloo_console",
    "logging",
    "print",
    "println",
    "stderr",
    "stdout",
    "tracing",
];
/// Names of macros that log, and one of a crate; elsewhere they are ordinary
/// words.
const MACROS: &[&str] = &["debug", "error", "info", "log", "trace", "warn"];

/// How a file logs.
pub(crate) fn logs(source: &Source) -> Vec<String> {
    let tokens = leaves(source.tokens());
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let text = token.to_string();
        let next = match tokens.get(index + 1) {
            Some(TokenTree::Punct(mark)) => Some((mark.as_char(), mark.spacing())),
            _ => None,
        };
        let is_log = match token {
            TokenTree::Ident(_) if NAMES.contains(&text.as_str()) => true,
            TokenTree::Ident(_) if MACROS.contains(&text.as_str()) => match next {
                Some(('!', Spacing::Alone)) => true,
                Some((':', _)) => text == "log" && is_path(&tokens, index),
                _ => false,
            },
            // Reached by its name, as a property of the window.
            TokenTree::Literal(_) => text.contains("console"),
            _ => false,
        };
        if is_log {
            found.push(text);
        }
    }
    found
}

/// Whether the name at `index` is followed by `::`.
fn is_path(tokens: &[TokenTree], index: usize) -> bool {
    let colons = tokens.get(index + 1..index + 3).unwrap_or_default();
    let is_colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':');
    colons.len() == 2 && colons.iter().all(is_colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        logs(&Source::parse("sample.rs", text))
    }

    #[test]
    fn each_way_to_log_is_found() {
        for text in [
            "use web_sys::console;",
            "use web_sys::{Window, console as screen};",
            "fn f() { web_sys::console::log_1(&it); }",
            "fn f() { leptos::logging::log!(\"{it}\"); }",
            "use leptos::logging as it;",
            "fn f() { log!(\"{it}\"); }",
            "fn f() { view! { <p>{move || { warn!(\"{it}\"); it.get() }}</p> } }",
            "fn f() { view! { <p on:click=move |_| leptos::logging::error!(\"{it}\") /> } }",
            "fn f() { debug_warn!(\"{it}\"); }",
            "fn f() { println!(\"{it}\"); }",
            "fn f() { std::eprintln!(\"{it}\"); }",
            "fn f() { eprint!(\"{it}\"); print!(\"{it}\"); }",
            "fn f() { let it = dbg!(it); }",
            "fn f() { writeln!(std::io::stderr(), \"{it}\"); }",
            "fn f() { log::info!(\"{it}\"); }",
            "use log::info;",
            "fn f() { tracing::debug!(it); }",
            "#[tracing::instrument] fn f() {}",
            "fn f() { gloo_console::log!(it); }",
            "fn f() { console_error_panic_hook::set_once(); }",
            "fn f() { Reflect::get(&window, &\"console\".into()); }",
            "fn f() { js_sys::eval(\"console.log(1)\"); }",
            "#[wasm_bindgen] extern \"C\" { #[wasm_bindgen(js_namespace = console)] fn say(); }",
        ] {
            assert_ne!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_no_log_is_none() {
        for text in [
            "/// Nothing goes to the console.\nfn f() { /* console */ }",
            "fn f(error: Error) -> f64 { if error != other { value.log(2.0) } else { info } }",
            "struct It { error: Error, info: ::std::string::String }",
            "use crate::pages::info::InfoPage;",
            "#[cfg(test)] mod tests { fn f() { println!(\"{it}\"); } }",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
