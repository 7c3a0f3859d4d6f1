//! Turns what the compiler made of the app into what the browser loads: the
//! main module, one module for each lazy part, what several of these share, and
//! the JavaScript beside them.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use wasm_split_cli_support::Options;

use crate::{
    shell::{Failure, succeed},
    tools::{self, Tools},
};

/// The version of esbuild.
const ESBUILD: &str = "0.28.2";
/// What the build may use beyond WebAssembly's first version; see `dist.rs`.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];
/// Nothing is ever read or written in the first 1,024 bytes: that is where the
/// stack ends, and a stack that grows so far overflows with the next call.
/// Offsets can be folded into loads and stores then.
const LOW_MEMORY_UNUSED: &str = "--low-memory-unused";
/// The oldest browsers that the app itself runs in.
const BROWSERS: &str = "--target=chrome89,safari15";

/// What the browser loads.
#[derive(Debug)]
pub(crate) struct Linked {
    /// The JavaScript. It asks for each lazy module by its [`LazyModule::name`].
    pub(crate) script: String,
    /// The module that shows the wallet.
    pub(crate) main: Vec<u8>,
    /// The modules that are fetched when they are needed, in order of name.
    pub(crate) lazy: Vec<LazyModule>,
}

/// A module that is fetched when it is needed.
#[derive(Debug)]
pub(crate) struct LazyModule {
    /// `split_` and the name in the code's `wasm_split`, or `chunk_` and a number
    /// for what several of those share.
    pub(crate) name: String,
    pub(crate) wasm: Vec<u8>,
}

/// Splits `module` wherever the code says `wasm_split`, and makes every part
/// small. It works in `folder`, which it empties.
pub(crate) fn link(module: &Path, folder: &Path, tools: &Tools) -> Result<Linked, Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let main = folder.join("main.wasm");
    let whole = fs::read(module)?;
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./kabao.js";
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure(format!("the app can't be split: {error:#}")))?;
    succeed(
        Command::new(&tools.wasm_bindgen)
            .args(["--target", "web", "--no-typescript", "--out-name", "kabao"])
            // The lazy modules are linked to the first by what the linker exports.
            .arg("--keep-lld-exports")
            .arg("--out-dir")
            .arg(folder)
            .arg(&main),
    )?;
    let mut lazy = Vec::new();
    for path in &split.split_modules {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        lazy.push(LazyModule {
            name: name.into_owned(),
            wasm: optimised(path, tools)?,
        });
    }
    lazy.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Linked {
        script: script(folder)?,
        main: optimised(&folder.join("kabao_bg.wasm"), tools)?,
        lazy,
    })
}

fn optimised(module: &Path, tools: &Tools) -> Result<Vec<u8>, Failure> {
    let optimised = module.with_extension("optimised.wasm");
    succeed(
        Command::new(&tools.wasm_opt)
            .arg("-Oz")
            .arg(LOW_MEMORY_UNUSED)
            .args(WASM_FEATURES)
            .arg(module)
            .arg("-o")
            .arg(&optimised),
    )?;
    Ok(fs::read(optimised)?)
}

/// Makes the JavaScript beside the WebAssembly small: what the page does not
/// call is left out, such as the classes for streaming that come with Leptos's
/// server functions, and the rest is minified.
fn script(folder: &Path) -> Result<String, Failure> {
    fs::write(
        folder.join("entry.js"),
        "export { default, initSync } from \"./kabao.js\";\n",
    )?;
    let bundle = folder.join("bundle.js");
    succeed(
        esbuild()?
            .current_dir(folder)
            .args([
                "entry.js",
                "--bundle",
                "--minify",
                "--format=esm",
                BROWSERS,
                // No browser of these has it, and what is done with it keeps
                // classes alive that nothing else uses.
                "--define:Symbol.dispose=undefined",
                "--log-level=warning",
            ])
            .arg(format!("--outfile={}", bundle.display())),
    )?;
    Ok(fs::read_to_string(bundle)?)
}

/// Minifies the entry page: its styles, its boot script, which stays in the
/// language of old phones, and the blanks between its elements.
pub(crate) fn minified(page: &str) -> Result<String, Failure> {
    let page = minified_between(page, "<style>", "</style>", &["--loader=css", BROWSERS])?;
    let page = minified_between(&page, "<script>", "</script>", &["--target=es5"])?;
    let lines = page.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut small = lines.collect::<Vec<_>>().join("\n");
    while let Some((before, comment)) = small.split_once("<!--") {
        let (_, after) = comment.split_once("-->").unwrap_or_default();
        small = format!("{}{}", before.trim_end(), after);
    }
    Ok(small)
}

/// Minifies whatever stands between `start` and `end`, wherever they are.
fn minified_between(
    page: &str,
    start: &str,
    end: &str,
    arguments: &[&str],
) -> Result<String, Failure> {
    let mut parts = page.split(start);
    let mut minified = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (content, after) = part
            .split_once(end)
            .ok_or_else(|| Failure(format!("{start} is not closed in the entry page")))?;
        let small = esbuild_text(content, arguments)?;
        minified.push_str(&format!("{start}{}{end}{after}", small.trim()));
    }
    Ok(minified)
}

/// What esbuild makes of a text.
fn esbuild_text(text: &str, arguments: &[&str]) -> Result<String, Failure> {
    let mut child = esbuild()?
        .args(["--minify", "--log-level=warning", "--charset=utf8"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(Failure("esbuild can't read the entry page".to_owned()));
    }
    String::from_utf8(output.stdout).map_err(|error| Failure(error.to_string()))
}

fn esbuild() -> Result<Command, Failure> {
    let package: PathBuf =
        tools::node_package("esbuild", ESBUILD, "it makes the JavaScript smaller")?;
    Ok(Command::new(package.join("bin/esbuild")))
}
