//! Running other programs.

use std::{
    env, fmt,
    io::{self, IsTerminal as _},
    num::NonZero,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// What tells a test how many cases it has to make up. Proptest reads it.
pub(crate) const CASES: &str = "PROPTEST_CASES";

/// Why a command of the project ends early, in words for whoever typed it.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    manifest.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder of what Cargo builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from)
}

/// Builds a program of the workspace for this machine, to its path. It is built
/// with the features that the tests build it with, and so once for both.
pub(crate) fn program(name: &str) -> Result<PathBuf, Failure> {
    succeed(cargo().args(["build", "--quiet", "--workspace", "--bin", name]))?;
    Ok(target()
        .join("debug")
        .join(name)
        .with_extension(env::consts::EXE_EXTENSION))
}

/// Cargo, as it called this command, in the workspace.
pub(crate) fn cargo() -> Command {
    command(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

/// What keeps Cargo from telling how far a long build is: nothing where somebody
/// watches.
pub(crate) fn quiet() -> Option<&'static str> {
    (!io::stderr().is_terminal()).then_some("--quiet")
}

/// A program that runs in the workspace.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace());
    // What cargo sets for this command is not meant for the programs it calls.
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text == "CARGO_MANIFEST_DIR" {
            command.env_remove(&name);
        }
    }
    command
}

/// A program that runs as the superuser, if that takes no password.
pub(crate) fn as_root(program: &Path) -> Option<Command> {
    if output(command("id").arg("-u")).as_deref() == Some("0") {
        return Some(command(program));
    }
    let sudo = find("sudo")?;
    output(command(&sudo).args(["-n", "true"]))?;
    let mut command = command(sudo);
    command.arg("-n").arg(program);
    Some(command)
}

/// Runs a program to its end.
pub(crate) fn succeed(command: &mut Command) -> Result<(), Failure> {
    let shown = shown(command);
    let status = command
        .status()
        .map_err(|error| Failure(format!("{shown}: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure(format!("{shown} failed ({status})")))
    }
}

/// What a program prints that has to succeed. It complains where this command does.
pub(crate) fn printed(command: &mut Command) -> Result<String, Failure> {
    let shown = shown(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure(format!("{shown}: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure(format!("{shown} failed ({})", output.status)))
    }
}

/// What a program prints, if it succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)))
        .find(|candidate| candidate.is_file())
}

fn shown(command: &Command) -> String {
    let mut shown = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

/// Does `work` with each of `items`, as many at once as the machine has processors.
pub(crate) fn side_by_side<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), Failure> + Sync,
) -> Result<(), Failure> {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item)?;
        }
        Ok(())
    };
    let count = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| {
            let outcome = worker.join();
            outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}
