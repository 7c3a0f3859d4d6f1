//! Turns what the compiler made of the app into what the browser loads: the
//! main module, one module for each lazy part, what several of these share, and
//! the JavaScript beside them.

use std::{fs, path::Path, process::Command};

use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

use crate::{
    esbuild, names,
    shell::{Failure, succeed},
};

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

/// What follows once a module is small: loads and stores no longer say how what they reach
/// is aligned, which engines don't need to be told, and the functions of one family are put
/// together. Both compress better. What the module was made with is left out.
const LAST_PASSES: &[&str] = &[
    "--dealign",
    "--reorder-functions-by-name",
    "--strip-producers",
    "--strip-target-features",
];

/// What is in the names of the exports that come with Leptos's server functions:
/// the app has none, and what is exported can't be left out.
const STREAMS: &str = "intounderlying";

/// The part of the app that draws the member code, as `src/pages/lazy.rs` calls it.
const CODE: &str = "code";

/// What the browser loads.
#[derive(Debug)]
pub(crate) struct Linked {
    /// The JavaScript. It asks for each lazy module by its [`LazyModule::name`].
    pub(crate) script: String,
    /// The module that shows the wallet.
    pub(crate) main: Vec<u8>,
    /// The modules that are fetched when they are needed, in order of name.
    pub(crate) lazy: Vec<LazyModule>,
    /// The names of those that the member code is drawn with.
    pub(crate) code: Vec<String>,
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
pub(crate) fn split(module: &Path, folder: &Path, wasm_opt: &Path) -> Result<Linked, Failure> {
    empty(folder)?;
    let main = folder.join("main.wasm");
    let whole = names::without_exports(&fs::read(module)?, STREAMS)?;
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./kabao.js";
    let parts = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure(format!("the app can't be split: {error:#}")))?;
    // The lazy modules are linked to the first by what the linker exports.
    bind(&main, folder, "kabao", Exports::All)?;
    let mut code = parts.prefetch_map.get(CODE).cloned().unwrap_or_default();
    code.sort();
    let mut lazy = Vec::new();
    for path in &parts.split_modules {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        lazy.push(LazyModule {
            name: name.into_owned(),
            wasm: optimised(path, wasm_opt)?,
        });
    }
    lazy.sort_by(|one, other| one.name.cmp(&other.name));
    let (main, script) = first(folder, wasm_opt)?;
    Ok(Linked {
        script,
        main,
        lazy,
        code,
    })
}

/// The first module and its script, made small.
fn first(folder: &Path, wasm_opt: &Path) -> Result<(Vec<u8>, String), Failure> {
    let script = esbuild::bundle(folder, "kabao.js")?;
    let module = fs::read(folder.join("kabao_bg.wasm"))?;
    let (module, script) = names::shorten(&module, &script)?;
    let short = folder.join("short.wasm");
    fs::write(&short, module)?;
    Ok((optimised(&short, wasm_opt)?, script))
}

/// Which of a module's exports stay.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Exports {
    /// Those that JavaScript calls.
    Called,
    /// Those of the linker too.
    All,
}

/// Connects a module with the browser: makes `name`.js and `name`_bg.wasm in
/// `folder`, as the program `wasm-bindgen` would.
pub(crate) fn bind(
    module: &Path,
    folder: &Path,
    name: &str,
    exports: Exports,
) -> Result<(), Failure> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .typescript(false)
        .keep_lld_exports(matches!(exports, Exports::All));
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| Failure(format!("{} can't be bound: {error:#}", module.display())))
}

/// Makes `folder` an empty one.
pub(crate) fn empty(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

fn optimised(module: &Path, wasm_opt: &Path) -> Result<Vec<u8>, Failure> {
    let optimised = module.with_extension("optimised.wasm");
    succeed(
        Command::new(wasm_opt)
            .arg("-Oz")
            .arg(LOW_MEMORY_UNUSED)
            .args(LAST_PASSES)
            .args(WASM_FEATURES)
            .arg(module)
            .arg("-o")
            .arg(&optimised),
    )?;
    Ok(fs::read(optimised)?)
}
