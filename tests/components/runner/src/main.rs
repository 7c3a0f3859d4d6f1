//! What Cargo calls in place of a test program that is WebAssembly: it serves the
//! program to a browser, which runs it. It is wasm-bindgen's own runner, built with
//! the workspace, and so always of the version that the tests are linked with.

use std::{env, process::ExitCode};

use wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args;

fn main() -> ExitCode {
    match run_cli_with_args(env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command line tells its user why")]
            {
                eprintln!("{error:?}");
            }
            ExitCode::FAILURE
        }
    }
}
