//! Makes the style sheets small that are in the app (see `src/pages/styles.rs`).

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=style");
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for sheet in fs::read_dir("style")? {
        let sheet = sheet?;
        let css = fs::read_to_string(sheet.path())?;
        fs::write(folder.join(sheet.file_name()), small(&css))?;
    }
    Ok(())
}

/// A style sheet without its comments and its line breaks. No string of a sheet
/// holds what begins a comment.
fn small(css: &str) -> String {
    let mut rules = String::new();
    for part in css.split("/*") {
        // What follows the comment that begins here; at first there is none.
        let code = part.split_once("*/").map_or(part, |(_, code)| code);
        rules.push_str(code);
    }
    let mut small = String::new();
    for line in rules.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !small.is_empty() && !small.ends_with(['{', '}', ';', ',']) {
            small.push(' ');
        }
        small.push_str(line);
    }
    small
}
