//! What a crate depends on.

use std::fs;

use crate::source::workspace;

/// The dependencies of the crate in `folder`, without those of its tests.
pub(crate) fn dependencies(folder: &str) -> Vec<String> {
    let path = workspace().join(folder).join("Cargo.toml");
    named(&fs::read_to_string(path).expect("a manifest"))
}

/// Both as they are called here and, where that is another name, there.
fn named(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_within = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let section = header.trim_end_matches(']');
            is_within = section == "dependencies" || section.ends_with(".dependencies");
            is_within &= section != "workspace.dependencies";
            let table = section
                .strip_prefix("dependencies.")
                .or_else(|| Some(section.split_once(".dependencies.")?.1));
            found.extend(table.map(str::to_owned));
        } else if is_within && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            found.push(name.trim_matches('"').to_owned());
        }
        let renamed = line.split_once("package = \"").map(|(_, rest)| rest);
        found.extend(renamed.and_then(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    found
}

#[test]
fn a_dependency_is_found_however_it_is_written() {
    for manifest in [
        "[dependencies]\nleptos = \"0.8\"",
        "[dependencies]\nserde.workspace = true\nleptos.workspace = true",
        "[dependencies]\nleptos = { version = \"0.8\", features = [\"csr\"] }",
        "[dependencies.leptos]\nversion = \"0.8\"",
        "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\nleptos = \"0.8\"",
        "[dependencies]\nview = { package = \"leptos\", version = \"0.8\" }",
    ] {
        let found = named(manifest);
        assert!(found.iter().any(|name| name == "leptos"), "{manifest}");
    }
    for manifest in [
        "[dev-dependencies]\nleptos = \"0.8\"",
        "[workspace.dependencies]\nleptos = \"0.8\"",
        "[dependencies]\n# leptos = \"0.8\"\nleptos_router = \"0.8\"",
    ] {
        let found = named(manifest);
        assert!(!found.iter().any(|name| name == "leptos"), "{manifest}");
    }
}
