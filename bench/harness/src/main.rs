//! Measures the app beside its peers, in one run, on one machine, behind one server.
//! `cargo xtask bench` runs it.

mod backend;
mod browser;
mod contestant;
mod figures;
mod measure;
mod report;
mod server;

use std::{fs, path::PathBuf, process::ExitCode};

use clap::Parser;

use crate::{
    backend::Switched,
    browser::{Driver, Network},
    figures::Figures,
    measure::{Cache, Goal, Load, SIZES},
    server::Server,
};

/// Why the run has failed, in words.
pub(crate) type Failure = Box<dyn core::error::Error + Send + Sync>;

/// Where everything is.
#[derive(Debug, Parser)]
struct Arguments {
    /// The app, as it is shipped.
    #[arg(long)]
    dist: PathBuf,
    /// The peers, as they are built.
    #[arg(long)]
    peers: PathBuf,
    #[arg(long)]
    chromium: PathBuf,
    #[arg(long)]
    chromedriver: PathBuf,
    #[arg(long)]
    nginx: PathBuf,
    /// Its module for files that are compressed already.
    #[arg(long)]
    brotli: PathBuf,
    /// Where to put every value.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Everything once, and few cards: to see that it works. Its times say nothing.
    #[arg(long)]
    quick: bool,
    /// How often each page is loaded.
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Looks at this contestant alone, by its name in the tables; may be given more than
    /// once.
    #[arg(long, value_name = "NAME")]
    contestant: Vec<String>,
    /// Looks at loads on this network alone.
    #[arg(long)]
    network: Option<Network>,
    /// Looks at such loads alone.
    #[arg(long)]
    cache: Option<Cache>,
    /// Waits for this alone; may be given more than once.
    #[arg(long)]
    goal: Vec<Goal>,
    /// Looks at wallets of so many cards alone; may be given more than once. `0` leaves
    /// out what is done with a wallet.
    #[arg(long)]
    cards: Vec<usize>,
    /// How often each thing is done with a wallet.
    #[arg(long, default_value_t = 20)]
    times: usize,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let switched = Switched::default();
    let backend_port = serve(switched.clone())?;
    let contestants = contestant::all(
        &arguments.dist.canonicalize()?,
        &arguments.peers.canonicalize()?,
    );
    let contestants = contestant::chosen(contestants, &arguments.contestant)?;
    let (_server, served) = Server::start(
        &contestants,
        backend_port,
        &arguments.nginx,
        &arguments.brotli,
    )?;
    let driver = Driver::start(&arguments.chromedriver, &arguments.chromium)?;
    let mut figures = Figures::default();
    let (loads, rounds, times): (&[Load], _, _) = if arguments.quick {
        (&Load::QUICK, 1, 1)
    } else {
        (&Load::ALL, arguments.rounds, arguments.times)
    };
    let loads: Vec<_> = loads
        .iter()
        .copied()
        .filter(|load| load.is_wanted(arguments.network, arguments.cache, &arguments.goal))
        .collect();
    let sizes: Vec<_> = SIZES
        .into_iter()
        .filter(|size| match &arguments.cards[..] {
            [] => !arguments.quick || *size == SIZES[0],
            wanted => wanted.contains(size),
        })
        .collect();
    let outcome = measure::loads(&driver, &served, &switched, &loads, rounds, &mut figures)
        .and_then(|()| {
            measure::interactions(&driver, &served, &switched, &sizes, times, &mut figures)
        });
    // What an hour has measured is told even if the last minute fails.
    println!("{}", report::tables(&figures));
    if let Some(path) = &arguments.json {
        fs::write(path, serde_json::to_string_pretty(&figures)?)?;
    }
    outcome
}

/// Serves the backend until the process ends, on the port that is returned.
fn serve(switched: Switched) -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    listener.set_nonblocking(true)?;
    std::thread::spawn(move || {
        let serving = async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, backend::router(switched)).await
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        if let Err(error) = runtime.and_then(|runtime| runtime.block_on(serving)) {
            eprintln!("The backend has ended: {error}");
        }
    });
    Ok(port)
}
