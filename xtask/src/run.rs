//! Builds the app and serves it with the stand-in backend.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
};

use crate::{
    dist,
    shell::{self, Failure},
    tools::say,
};

/// What the stand-in backend prints before its address.
pub(crate) const LISTENING: &str = "listening on ";

/// Serves until the process is interrupted.
pub(crate) fn run(port: u16, data: &Path, control: bool) -> Result<(), Failure> {
    // Most of the app's build is one thread that links, so there is time for another.
    let (dist, sandbox) = thread::scope(|scope| {
        let sandbox = scope.spawn(build_sandbox);
        let dist = dist::build();
        let sandbox = sandbox
            .join()
            .unwrap_or_else(|_| Err(Failure("the stand-in backend's build stopped".to_owned())));
        Ok::<_, Failure>((dist?, sandbox?))
    })?;
    let mut command = shell::command(sandbox);
    command
        .args(["--port", &port.to_string(), "--dist"])
        .arg(dist)
        .arg("--data")
        .arg(data);
    if control {
        command.arg("--control");
    }
    // An interrupt reaches the sandbox too, which ends by itself; this command
    // has to be the last to go.
    ctrlc::set_handler(|| {}).map_err(|error| Failure(error.to_string()))?;
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines.into_iter().flat_map(BufRead::lines) {
        let line = line?;
        match line.strip_prefix(LISTENING) {
            Some(address) => greet(address),
            None => println!("{line}"),
        }
    }
    let status = child.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure(format!("the sandbox ended: {status}")))
    }
}

/// Builds the stand-in backend, to the path of its program.
pub(crate) fn build_sandbox() -> Result<PathBuf, Failure> {
    say("Building the stand-in backend.");
    shell::program("kabao-sandbox")
}

fn greet(address: &str) {
    println!(
        "\n  Kabao is running. Open:\n\n    {address}/sandbox/        the cases and the people in them\n    \
         {address}/sandbox/phone   the phone that receives the SMS codes\n    \
         {address}/sandbox/till    a till that takes the member codes\n    \
         {address}/preview/        what a merchant’s customers will see\n\n  Ctrl-C ends it.\n"
    );
}
