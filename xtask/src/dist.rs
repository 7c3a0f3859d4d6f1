//! Builds the deployable app.

use std::{
    collections::BTreeSet,
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::{
    compress, esbuild, features, licences,
    link::{self, Exports, Linked},
    page::{self, Ahead, Entry, Text},
    release,
    shell::{self, Failure, printed, succeed},
    succession,
    tools::{self, say},
};

/// The oldest engines are Chromium 89 and iOS 15. The compiler would use
/// reference types by itself, which came with Chromium 96. The linker is told the
/// features that remain, because the precompiled standard library names more than
/// it uses; `features.rs` checks what came out.
const FEATURES: &str = "-Ctarget-feature=-reference-types,-multivalue \
    -Clink-arg=--features=bulk-memory,bulk-memory-opt,mutable-globals,nontrapping-fptoint,sign-ext,call-indirect-overlong \
    -Clink-arg=--no-check-features";
/// Keeps what splitting needs to know of a linked module; see `link.rs`.
const RELOCATIONS: &str = " -Clink-arg=--emit-relocs";
/// Makes Leptos compile a view once instead of once for each of its types. It
/// costs nothing that a fan would notice.
const ERASE_COMPONENTS: &str = " --cfg=erase_components";
/// Where the app is built. Builds with these flags and builds without would else
/// throw away each other's work.
const BUILD: &str = "target/dist-build";
/// What the app is built from.
const SOURCES: &[&str] = &[
    "index.html",
    "early.js",
    "boot.js",
    "first_code.js",
    "first_screen.js",
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
    "xtask/npm/binaryen",
    "xtask/npm/esbuild",
];

/// Builds `dist/`, unless nothing has changed since it was built and found fit
/// for old phones.
pub(crate) fn build() -> Result<PathBuf, Failure> {
    let workspace = shell::workspace();
    let dist = workspace.join("dist");
    tools::wasm_target()?;
    let wasm_opt = tools::wasm_opt()?;
    esbuild::install()?;
    let fingerprint = fingerprint(&workspace)?;
    let stamp = workspace.join("target/dist.stamp");
    let is_fresh = fs::read_to_string(&stamp).is_ok_and(|built| built == fingerprint);
    let deploy = workspace.join("deploy");
    if is_fresh && dist.join("index.html").is_file() && deploy.join("release.conf").is_file() {
        return Ok(dist);
    }
    say("Building the app: the first time, this takes some minutes.");
    let packages = release()?;
    let built = workspace.join(BUILD).join("dist");
    link::empty(&built)?;
    let pages = [(&APP, built.clone()), (&PREVIEW, built.join("preview"))];
    shell::side_by_side(&pages, |(page, folder)| {
        place(&page.linked(&wasm_opt)?, page, folder)
    })?;
    features::check_modules(&built)?;
    licences::write(&packages, &built.join("third-party-licences.txt"))?;
    let configuration = workspace.join(BUILD).join("release.conf");
    release::write(&built, &configuration)?;
    compress::beside_all(&built)?;
    // What was built before stays whole until now. If placing fails halfway, the
    // next build must not take what is there for it.
    fs::write(&stamp, "")?;
    succession::follow(&built, &configuration, &dist, &deploy)?;
    fs::write(&stamp, &fingerprint)?;
    Ok(dist)
}

/// A page that starts WebAssembly.
struct Page {
    /// Its source, in the workspace.
    source: &'static str,
    /// The address of its folder.
    address: &'static str,
    /// Its package, which is also how its files are called, before their digest.
    stem: &'static str,
    /// The version that it tells people.
    version: Option<&'static str>,
    /// What paints the member code before the app is there.
    first_code: Option<FirstCode>,
}

/// A script, and the style sheets that it brings with it; their sources, in the workspace.
struct FirstCode {
    script: &'static str,
    styles: &'static [&'static str],
}

impl FirstCode {
    /// The file that the browser loads, and its name.
    fn file(&self) -> Result<(String, Vec<u8>), Failure> {
        let workspace = shell::workspace();
        let mut styles = String::new();
        for path in self.styles {
            styles.push_str(&esbuild::style(&fs::read_to_string(workspace.join(path))?)?);
        }
        let source = fs::read_to_string(workspace.join(self.script))?;
        let script = esbuild::script_with_styles(&source, &styles)?.into_bytes();
        Ok((hashed("first-code", "js", &script), script))
    }
}

impl Page {
    /// What the browser loads of it, once it is compiled.
    fn linked(&self, wasm_opt: &Path) -> Result<Linked, Failure> {
        let folder = shell::workspace().join(BUILD);
        let module = folder
            .join(tools::WASM_TARGET)
            .join("release")
            .join(format!("{}.wasm", self.stem));
        link::split(&module, &folder.join("linked").join(self.stem), wasm_opt)
    }
}

const APP: Page = Page {
    source: "index.html",
    // Its pages have addresses of any depth.
    address: "/",
    stem: "kabao",
    // That of the whole workspace.
    version: Some(env!("CARGO_PKG_VERSION")),
    first_code: Some(FirstCode {
        script: "first_code.js",
        // As `src/pages/styles.rs` has them.
        styles: &["style/page_header.css", "style/code.css"],
    }),
};
const PREVIEW: Page = Page {
    source: "preview/index.html",
    address: "./",
    stem: "kabao-preview",
    version: None,
    first_code: None,
};

/// Builds the app as it is developed, in one module and unoptimised, into a
/// folder of its own.
pub(crate) fn build_for_development() -> Result<PathBuf, Failure> {
    let workspace = shell::workspace();
    let dist = workspace.join("target/development");
    tools::wasm_target()?;
    succeed(shell::cargo().args([
        "build",
        "--quiet",
        "--package",
        "kabao",
        "--package",
        "kabao-preview",
        "--bins",
        "--target",
        tools::WASM_TARGET,
    ]))?;
    let modules = shell::target().join(tools::WASM_TARGET).join("debug");
    for (page, folder) in [(APP, dist.clone()), (PREVIEW, dist.join("preview"))] {
        let module = modules.join(format!("{}.wasm", page.stem));
        link::bind(&module, &folder, page.stem, Exports::Called)?;
        let entry = Entry {
            script: format!("{}{}.js", page.address, page.stem),
            module: format!("{}{}_bg.wasm", page.address, page.stem),
            ahead: match page.first_code {
                Some(_) => Ahead::Boot { code: Vec::new() },
                None => Ahead::Links,
            },
            version: page.version,
        };
        page::write(
            &workspace.join(page.source),
            &folder,
            &entry,
            Text::AsWritten,
        )?;
    }
    Ok(dist)
}

/// Compiles the app and the preview as they are shipped, to the ids of all packages
/// that are in them. In one command, because the last step of each takes one thread for
/// minutes.
fn release() -> Result<BTreeSet<String>, Failure> {
    let messages = printed(
        shell::cargo()
            .arg("build")
            .args(shell::quiet())
            .args(["--release", "--bins", "--features", "kabao/split"])
            .args(["--package", APP.stem, "--package", PREVIEW.stem])
            .args(["--target", tools::WASM_TARGET])
            .arg("--message-format=json-render-diagnostics")
            .env("RUSTFLAGS", flags())
            .env("CARGO_TARGET_DIR", shell::workspace().join(BUILD)),
    )?;
    licences::compiled(&messages)
}

/// Puts what the browser loads into `dist`. Browsers keep these files for good,
/// so each has a digest of its content in its name.
fn place(linked: &Linked, page: &Page, dist: &Path) -> Result<(), Failure> {
    let assets = Assets::of(linked, page.stem)?;
    fs::create_dir_all(dist)?;
    for (name, content) in &assets.files {
        fs::write(dist.join(name), content)?;
    }
    let address = |name: &String| format!("{}{name}", page.address);
    // The page that paints codes itself is the one that has a boot script.
    let ahead = match &page.first_code {
        None => Ahead::Links,
        Some(first_code) => {
            let (name, content) = first_code.file()?;
            fs::write(dist.join(&name), content)?;
            let code = std::iter::once(&name).chain(&assets.code);
            Ahead::Boot {
                code: code.map(address).collect(),
            }
        }
    };
    let entry = Entry {
        script: address(&assets.script),
        module: address(&assets.main),
        ahead,
        version: page.version,
    };
    page::write(
        &shell::workspace().join(page.source),
        dist,
        &entry,
        Text::Minified,
    )
}

/// The files that a page leads to, with their names.
struct Assets {
    /// The name of the script.
    script: String,
    /// The name of the main module.
    main: String,
    /// The names of the modules that the member code is drawn with.
    code: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
}

impl Assets {
    fn of(linked: &Linked, stem: &str) -> Result<Self, Failure> {
        let mut files = Vec::new();
        let mut code = Vec::new();
        let mut script = linked.script.clone();
        for module in &linked.lazy {
            let plain = format!("\"./{}.wasm\"", module.name);
            if !script.contains(&plain) {
                return Err(Failure(format!("the script never asks for {plain}")));
            }
            let name = hashed(&module.name, "wasm", &module.wasm);
            script = script.replace(&plain, &format!("\"./{name}\""));
            if linked.code.contains(&module.name) {
                code.push(name.clone());
            }
            files.push((name, module.wasm.clone()));
        }
        if code.len() != linked.code.len() {
            return Err(Failure(format!("not all of {:?} are there", linked.code)));
        }
        let main = hashed(stem, "wasm", &linked.main);
        files.push((main.clone(), linked.main.clone()));
        let name = hashed(stem, "js", script.as_bytes());
        files.push((name.clone(), script.into_bytes()));
        Ok(Self {
            script: name,
            main,
            code,
            files,
        })
    }
}

/// The name of a file that changes whenever its content does.
fn hashed(stem: &str, extension: &str, content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    format!("{stem}-{}.{extension}", hex(&digest[..8]))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The compiler's flags for what is shipped, with the machine's own paths taken
/// out of it.
fn flags() -> String {
    let mut flags = FEATURES.to_owned();
    flags.push_str(RELOCATIONS);
    flags.push_str(ERASE_COMPONENTS);
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
    digest.update(include_str!("compress.rs"));
    digest.update(include_str!("features.rs"));
    digest.update(include_str!("esbuild.rs"));
    digest.update(include_str!("licences.rs"));
    digest.update(include_str!("licences/MIT.txt"));
    digest.update(include_str!("link.rs"));
    digest.update(include_str!("names.rs"));
    digest.update(include_str!("page.rs"));
    digest.update(include_str!("release.rs"));
    digest.update(include_str!("succession.rs"));
    for source in SOURCES {
        add_files(&mut digest, &workspace.join(source), |_| true)?;
    }
    Ok(hex(&digest.finalize()))
}

/// Adds to `digest` every file in `place`, which may be a file itself, with its path.
/// Whatever has a name that is not `wanted` is passed over with all that is in it.
pub(crate) fn add_files(
    digest: &mut Sha256,
    place: &Path,
    wanted: impl Fn(&OsStr) -> bool,
) -> Result<(), Failure> {
    let entries = WalkDir::new(place).sort_by_file_name().into_iter();
    for entry in entries
        .filter_entry(|entry| wanted(entry.file_name()))
        .flatten()
    {
        if entry.file_type().is_file() {
            digest.update(entry.path().to_string_lossy().as_bytes());
            digest.update(fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// What is in the preview and must not be in what diners load: words of the
/// console, of the rules and of their cases.
const PREVIEW_ALONE: [&str; 3] = ["切换公众号预演", "wechat/authorize", "川味小馆旧号"];

/// Fails when diners load something of the preview, of the release in `dist`.
pub(crate) fn check_apart(dist: &Path) -> Result<(), Failure> {
    let files = succession::files(dist)?;
    let holds = |path: &Path, words: &str| -> Result<bool, Failure> {
        let content = fs::read(path)?;
        let words = words.as_bytes();
        Ok(content.windows(words.len()).any(|window| window == words))
    };
    for words in PREVIEW_ALONE {
        let mut is_in_preview = false;
        for path in &files {
            if !holds(&dist.join(path), words)? {
                continue;
            }
            if !path.starts_with("preview/") {
                return Err(Failure(format!(
                    "{path} holds something of the preview: {words}"
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Assets, PREVIEW_ALONE, check_apart};
    use crate::link::{LazyModule, Linked};

    fn linked(words: &[u8]) -> Linked {
        let module = |name: &str, wasm: &[u8]| LazyModule {
            name: name.to_owned(),
            wasm: wasm.to_vec(),
        };
        Linked {
            script: "fetch(\"./chunk_2.wasm\"),fetch(\"./split_pages.wasm\"),\
                     fetch(\"./split_words_en.wasm\")"
                .to_owned(),
            main: b"main".to_vec(),
            lazy: vec![
                module("chunk_2", b"shared"),
                module("split_pages", b"pages"),
                module("split_words_en", words),
            ],
            code: vec!["chunk_2".to_owned()],
        }
    }

    fn names(assets: &Assets) -> Vec<&str> {
        assets.files.iter().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn the_script_asks_for_every_lazy_module_by_its_hashed_name() {
        let assets = Assets::of(&linked(b"words"), "app").unwrap();
        let names = names(&assets);
        assert_eq!(names.len(), 5);
        let (_, script) = assets.files.last().unwrap();
        let script = String::from_utf8(script.clone()).unwrap();
        for name in &names[..3] {
            assert!(
                script.contains(&format!("\"./{name}\"")),
                "{name}: {script}"
            );
        }
        assert!(!script.contains("split_pages.wasm"), "{script}");
        assert_eq!(assets.code, [names[0]]);
        assert_eq!(names[3], assets.main);
        assert_eq!(names[4], assets.script);
    }

    #[test]
    fn another_content_has_another_name_and_so_has_the_script_that_asks_for_it() {
        let (old, new) = (
            Assets::of(&linked(b"words"), "app").unwrap(),
            Assets::of(&linked(b"other words"), "app").unwrap(),
        );
        let (old_names, new_names) = (names(&old), names(&new));
        let changed: Vec<_> = (0..5)
            .filter(|index| old_names[*index] != new_names[*index])
            .collect();
        assert_eq!(changed, [2, 4], "the words and the script");
    }

    #[test]
    fn a_module_that_the_script_does_not_ask_for_is_refused() {
        let mut linked = linked(b"words");
        linked.script = "fetch(\"./split_pages.wasm\")".to_owned();
        assert!(Assets::of(&linked, "app").is_err());
    }

    #[test]
    fn only_the_release_that_is_there_has_to_be_apart_from_the_preview() {
        let dist = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(dist.path().join(path), text).unwrap();
        fs::create_dir(dist.path().join("preview")).unwrap();
        write("preview/phone.js", &PREVIEW_ALONE.join(" "));
        write("app.js", "the app");
        write("earlier.js", PREVIEW_ALONE[0]);
        write(".release", "app.js\npreview/phone.js\n");
        check_apart(dist.path()).unwrap();
        write(".release", "app.js\nearlier.js\npreview/phone.js\n");
        assert!(
            check_apart(dist.path())
                .unwrap_err()
                .0
                .contains("earlier.js")
        );
        write(".release", "app.js\n");
        assert!(check_apart(dist.path()).is_err(), "nothing was looked at");
    }
}
