//! Makes scripts and style sheets small.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    shell::{Failure, succeed},
    tools,
};

/// The oldest browsers that the app itself runs in.
const BROWSERS: &str = "--target=chrome89,safari15";
/// What runs on every phone.
const ES5: &str = "--target=es5";

/// Makes the JavaScript beside the WebAssembly small: what the page does not
/// call is left out, such as the classes for streaming that come with Leptos's
/// server functions, and the rest is minified. `script` is a file in `folder`.
pub(crate) fn bundle(folder: &Path, script: &str) -> Result<String, Failure> {
    fs::write(
        folder.join("entry.js"),
        format!("export {{ default, initSync }} from \"./{script}\";\n"),
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
                // A module from which several things are imported is named for each.
                "--log-override:duplicate-object-key=silent",
            ])
            .arg(format!("--outfile={}", bundle.display())),
    )?;
    Ok(fs::read_to_string(bundle)?)
}

/// A style sheet, minified.
pub(crate) fn style(text: &str) -> Result<String, Failure> {
    minified(text, &["--loader=css", BROWSERS])
}

/// A script of the page itself, minified. It stays in the language of old phones.
pub(crate) fn script(text: &str) -> Result<String, Failure> {
    minified(text, &[ES5])
}

/// The same, of a script that has style sheets with it, which it calls `CODE_STYLES`.
pub(crate) fn script_with_styles(text: &str, styles: &str) -> Result<String, Failure> {
    let styles = format!("--define:CODE_STYLES={}", Value::from(styles));
    minified(text, &[ES5, &styles])
}

fn minified(text: &str, arguments: &[&str]) -> Result<String, Failure> {
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
        return Err(Failure(format!("esbuild can't read:\n{text}")));
    }
    let small = String::from_utf8(output.stdout).map_err(|error| Failure(error.to_string()))?;
    Ok(small.trim().to_owned())
}

/// Installs esbuild, unless it is there.
pub(crate) fn install() -> Result<PathBuf, Failure> {
    tools::node_package("esbuild", "it makes the JavaScript smaller")
}

fn esbuild() -> Result<Command, Failure> {
    Ok(Command::new(install()?.join("bin/esbuild")))
}
