//! Starts the sandbox.

use std::{net::Ipv4Addr, path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use kabao_sandbox::{Options, PATIENCE, router, serve};
use tokio::net::TcpListener;

/// The stand-in backend of Kabao. It binds to the loopback interface only.
#[derive(Debug, Parser)]
struct Arguments {
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of the built app.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// The file that keeps the data; without it, nothing outlives the process.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Lets tests steer it under /sandbox/control, and checks every reply
    /// against the contract.
    #[arg(long)]
    control: bool,
    /// How many seconds the head of a request may take to arrive, and then its body.
    #[arg(long, default_value_t = PATIENCE.as_secs())]
    patience: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("The sandbox can't run: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn core::error::Error>> {
    let options = Options {
        dist: arguments.dist,
        data: arguments.data,
        control: arguments.control,
    };
    let router = router(&options)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port))
        .await
        .map_err(|error| {
            format!(
                "port {} of the loopback interface is not free ({error}); choose another with \
                 --port",
                arguments.port
            )
        })?;
    announce(&format!("listening on http://{}", listener.local_addr()?));
    let patience = Duration::from_secs(arguments.patience);
    serve(listener, router, patience).await?;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started the process waits for this line"
)]
fn announce(line: &str) {
    println!("{line}");
}

#[expect(
    clippy::print_stderr,
    reason = "this is how a process says why it ends"
)]
fn tell(line: &str) {
    eprintln!("{line}");
}
