//! The project's commands: `cargo xtask run`, `test`, `check`, `journey`,
//! `dist`, `size`, `bench`, `screens`, `soak`, `mutants`.

mod bench;
mod browsers;
mod compress;
mod deny;
mod dist;
mod esbuild;
mod features;
mod licences;
mod link;
mod mutants;
mod names;
mod nginx;
mod packages;
mod page;
mod parts;
mod release;
mod run;
mod schemathesis;
mod shell;
mod size;
mod soak;
mod succession;
mod test;
mod tools;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Builds, runs and tests Kabao.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the app and serves it with the stand-in backend.
    Run {
        /// The port on the loopback interface.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// The file that keeps the backend's data.
        #[arg(long, default_value = "target/sandbox/sandbox.sqlite")]
        data: PathBuf,
        /// Lets tests steer the backend under /sandbox/control.
        #[arg(long)]
        control: bool,
    },
    /// Runs every test.
    Test {
        /// Runs this part alone; may be given more than once.
        #[arg(long)]
        only: Vec<String>,
        /// Leaves this part out, by name; `nginx` has browsers go straight to the
        /// stand-in backend.
        #[arg(long)]
        without: Vec<String>,
    },
    /// Runs what takes neither a browser nor a release build.
    Check,
    /// Runs the journeys whose name contains this, on a development build.
    Journey {
        name: String,
        /// In WebKit in place of Chromium.
        #[arg(long)]
        webkit: bool,
    },
    /// Builds the deployable app into dist/.
    Dist,
    /// Measures the app beside its peers.
    Bench {
        /// Where to put every value that was measured.
        #[arg(long)]
        json: Option<PathBuf>,
        /// Everything once: to see that it works. Its times say nothing.
        #[arg(long)]
        quick: bool,
        /// What the harness is told besides, such as `-- --network slow`.
        #[arg(last = true)]
        more: Vec<String>,
    },
    /// Makes the long runs, with the figures of the README.
    Soak {
        /// Makes this one alone; may be given more than once.
        #[arg(long)]
        only: Vec<String>,
    },
    /// Changes the code in small ways to see whether the tests notice. It takes hours.
    Mutants {
        /// What cargo-mutants is told besides, such as `-- --shard 0/20`.
        #[arg(last = true)]
        more: Vec<String>,
    },
    /// Prints what the first screen costs to load.
    Size,
    /// Takes pictures of every screen into target/screens/.
    Screens {
        /// Takes those alone whose name contains this.
        #[arg(default_value = "")]
        name: String,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Run {
            port,
            data,
            control,
        } => run::run(port, &data, control),
        Command::Test { only, without } => test::test(&only, &without),
        Command::Check => test::check(),
        Command::Journey { name, webkit } => {
            let engine = if webkit {
                test::Engine::WebKit
            } else {
                test::Engine::Chromium
            };
            test::journey(&name, engine)
        }
        Command::Bench { json, quick, more } => bench::run(json.as_deref(), quick, &more),
        Command::Dist => dist::build().map(|_| ()),
        Command::Mutants { more } => mutants::mutants(&more),
        Command::Screens { name } => test::screens(&name),
        Command::Size => size::print(),
        Command::Soak { only } => soak::soak(&only),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}
