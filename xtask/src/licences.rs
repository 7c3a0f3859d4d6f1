//! The licences of what others have written and is in the shipped modules.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    shell::{self, Failure, printed},
    tools::WASM_TARGET,
};

/// The text of the MIT licence as SPDX has it, without its line of copyright: some
/// crates name the licence and forget to bring its text.
const MIT: &str = include_str!("licences/MIT.txt");
/// How the files begin in which crates have their licences.
const FILES: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];
/// Those that go with a licence, whichever of several is taken.
const NOTICES: [&str; 2] = ["COPYRIGHT", "NOTICE"];
const HEAD: &str = "Kabao contains the following, in WebAssembly and in the JavaScript that starts \
    it.\nEach text is of the licence of all that is named above it.\n";

/// A crate that somebody else has written.
#[derive(Debug)]
struct Crate {
    /// Its name and its version.
    name: String,
    /// Its licence, as an expression of SPDX.
    licence: String,
    authors: Vec<String>,
    folder: PathBuf,
}

/// The ids of the packages that Cargo has compiled for the browser, by the messages of
/// a build. What runs in the compiler alone, such as macros, is compiled for this
/// machine.
pub(crate) fn compiled(messages: &str) -> Result<BTreeSet<String>, Failure> {
    let mut ids = BTreeSet::new();
    for line in messages.lines() {
        let message: Value = parsed(line)?;
        let is_for_browser = |file: &Value| {
            let file = file.as_str().map(Path::new);
            file.is_some_and(|file| file.iter().any(|part| part == WASM_TARGET))
        };
        let mut files = message["filenames"].as_array().into_iter().flatten();
        let is_artifact = message["reason"] == "compiler-artifact";
        if let Some(id) = message["package_id"].as_str()
            && is_artifact
            && files.any(is_for_browser)
        {
            ids.insert(id.to_owned());
        }
    }
    Ok(ids)
}

/// Writes the licences of the packages with these ids, and of Rust's own library, to
/// `target`.
pub(crate) fn write(ids: &BTreeSet<String>, target: &Path) -> Result<(), Failure> {
    let metadata = printed(shell::cargo().args([
        "metadata",
        "--quiet",
        "--locked",
        "--format-version",
        "1",
        "--filter-platform",
        WASM_TARGET,
    ]))?;
    let mut by_text = BTreeMap::<String, BTreeSet<String>>::new();
    let library = mit("The Rust Project Contributors");
    by_text.insert(library, ["Rust's standard library".to_owned()].into());
    for it in others(&parsed(&metadata)?, ids)? {
        for text in texts(&it)? {
            by_text.entry(text).or_default().insert(it.name.clone());
        }
    }
    Ok(fs::write(target, listed(&by_text))?)
}

fn parsed(text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure(format!("what cargo says: {error}")))
}

/// The packages with these ids that others have written.
fn others(metadata: &Value, ids: &BTreeSet<String>) -> Result<Vec<Crate>, Failure> {
    let packages = metadata["packages"].as_array();
    let packages: BTreeMap<_, _> = packages
        .into_iter()
        .flatten()
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let mut others = Vec::new();
    for id in ids {
        let package = packages
            .get(id.as_str())
            .ok_or_else(|| Failure(format!("cargo knows nothing of {id}")))?;
        // A package of the workspace comes from nowhere.
        if package["source"].is_null() {
            continue;
        }
        let text = |name: &str| package[name].as_str().unwrap_or_default();
        let manifest = Path::new(text("manifest_path"));
        let authors = package["authors"].as_array().into_iter().flatten();
        others.push(Crate {
            name: format!("{} {}", text("name"), text("version")),
            licence: text("license").to_owned(),
            authors: authors
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            folder: manifest.parent().unwrap_or(manifest).to_owned(),
        });
    }
    Ok(others)
}

/// The texts of a crate's licence. Where there is a choice and MIT is in it, that is
/// chosen: it is the shortest.
fn texts(it: &Crate) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(&it.folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_uppercase();
        if entry.file_type()?.is_file() && FILES.iter().any(|start| name.starts_with(start)) {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    let may_be_mit = has_choice_of_mit(&it.licence);
    let is_notice = |name: &str| NOTICES.iter().any(|start| name.starts_with(start));
    let is_mit = |name: &str| name.contains("MIT");
    if may_be_mit && files.iter().any(|(name, _)| is_mit(name)) {
        files.retain(|(name, _)| is_mit(name) || is_notice(name));
    }
    let mut texts = Vec::new();
    for (_, path) in &files {
        texts.push(plain(&fs::read_to_string(path)?));
    }
    if files.iter().all(|(name, _)| is_notice(name)) {
        if !may_be_mit {
            return Err(Failure(format!(
                "{} is under “{}” and brings no text of it, nor is there one in \
                 xtask/src/licences",
                it.name, it.licence
            )));
        }
        let holders = if it.authors.is_empty() {
            format!("the authors of {}", it.name)
        } else {
            it.authors.join(", ")
        };
        texts.push(mit(&holders));
    }
    Ok(texts)
}

/// Whether MIT is all that an expression of SPDX asks for, or one of what may be
/// chosen. `/` is how crates wrote `OR` once.
fn has_choice_of_mit(licence: &str) -> bool {
    !licence.contains(" AND ")
        && !licence.contains(" WITH ")
        && licence
            .split([' ', '/', '(', ')'])
            .any(|word| word == "MIT")
}

fn mit(holders: &str) -> String {
    format!("MIT License\n\nCopyright (c) {holders}\n\n{}", plain(MIT))
}

/// A text without what differs and says nothing: the ends of its lines, and blank ones
/// around it.
fn plain(text: &str) -> String {
    let lines = text.trim_matches(['\n', '\r', '\u{feff}']).lines();
    lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The texts, each once, below the names of what they are of.
fn listed(by_text: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut sections: Vec<_> = by_text.iter().map(|(text, names)| (names, text)).collect();
    sections.sort();
    let line = "-".repeat(80);
    let mut list = HEAD.to_owned();
    for (names, text) in sections {
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        list.push_str(&format!("\n{line}\n{}\n\n{text}\n", names.join("\n")));
    }
    list
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
    };

    use serde_json::json;

    use super::{Crate, compiled, has_choice_of_mit, listed, others, texts};

    fn ids(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// The texts of a crate under `licence` with these files.
    fn texts_of(licence: &str, files: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let it = Crate {
            name: "cards 1.2.3".to_owned(),
            licence: licence.to_owned(),
            authors: Vec::new(),
            folder: folder.path().to_owned(),
        };
        texts(&it).map_err(|failure| failure.0)
    }

    #[test]
    fn only_what_is_compiled_for_the_browser_is_shipped() {
        let artifact = |id: &str, file: &str| json!({ "reason": "compiler-artifact", "package_id": id, "filenames": [file] });
        let messages = [
            artifact(
                "shown",
                "/t/wasm32-unknown-unknown/release/deps/libshown.rlib",
            ),
            artifact("macro", "/t/release/deps/libmacro.so"),
            json!({ "reason": "build-script-executed", "package_id": "script" }),
            json!({ "reason": "build-finished", "success": true }),
        ];
        let messages = messages.map(|it| it.to_string()).join("\n");
        assert_eq!(compiled(&messages).unwrap(), ids(&["shown"]));
    }

    #[test]
    fn what_is_the_projects_own_is_no_third_partys() {
        let metadata = json!({ "packages": [
            { "id": "a", "name": "a", "version": "1", "source": null, "manifest_path": "/a/C" },
            { "id": "b", "name": "b", "version": "2", "source": "registry", "license": "MIT",
              "authors": ["Somebody"], "manifest_path": "/b/Cargo.toml" },
            { "id": "c", "name": "c", "version": "3", "source": "registry" },
        ]});
        let found = others(&metadata, &ids(&["a", "b"])).unwrap();
        let [it] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((it.name.as_str(), it.licence.as_str()), ("b 2", "MIT"));
        assert_eq!(it.folder.to_str(), Some("/b"));
        assert!(others(&metadata, &ids(&["unknown"])).is_err());
    }

    #[test]
    fn where_mit_can_be_chosen_it_is() {
        let files = [
            ("LICENSE-MIT", "mit\r\n"),
            ("LICENSE-APACHE", "apache"),
            ("COPYRIGHT", "whose"),
            ("README.md", "read me"),
        ];
        let chosen = ["whose", "mit"];
        assert_eq!(texts_of("MIT OR Apache-2.0", &files).unwrap(), chosen);
        assert_eq!(texts_of("MIT/Apache-2.0", &files).unwrap(), chosen);
        let all = ["whose", "apache", "mit"];
        let both = "(MIT OR Apache-2.0) AND Unicode-3.0";
        assert_eq!(texts_of(both, &files).unwrap(), all);
        assert_eq!(texts_of("Zlib", &[("license", "zlib")]).unwrap(), ["zlib"]);
        assert!(!has_choice_of_mit("MIT-0"));
    }

    #[test]
    fn a_licence_without_a_text_is_refused_unless_the_text_is_known() {
        let known = texts_of("MIT", &[("NOTICE", "whose")]).unwrap();
        assert_eq!(known[0], "whose");
        assert!(known[1].contains("the authors of cards 1.2.3\n\nPermission"));
        let refused = texts_of("Zlib", &[("NOTICE", "whose")]).unwrap_err();
        assert!(
            refused.contains("cards 1.2.3") && refused.contains("Zlib"),
            "{refused}"
        );
    }

    #[test]
    fn a_text_is_there_once_for_all_that_it_is_of() {
        let names = ids(&["a 1", "b 2"]);
        let list = listed(&BTreeMap::from([("of both".to_owned(), names)]));
        assert!(list.ends_with("-\na 1\nb 2\n\nof both\n"), "{list}");
    }
}
