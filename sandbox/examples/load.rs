//! Asks a sandbox of its own 500 times a second for a minute, and prints how it bears that:
//! a tenth switches cards, the others look at wallets, codes and the app's files, or are
//! strangers at the entry. The time of a request counts from when it was due, so a sandbox
//! that stops for a moment is late for all that were due by then.
//!
//! It fails if anything is answered wrongly, if a hundredth takes longer than [`LONGEST`],
//! or if the sandbox grows by more than [`MOST_GROWTH`] after the first tenth of the time.

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use clap::Parser;
use serde_json::{Value, json};
use ureq::{
    Agent, Body,
    http::{HeaderMap, Response, header},
};

/// What 99 of 100 requests have to keep to.
const LONGEST: Duration = Duration::from_millis(50);
/// In bytes. What is kept of a switch is one row, so this is what an allocator may waste.
const MOST_GROWTH: u64 = 16 << 20;
/// How many requests can be under way together.
const WORKERS: usize = 64;
/// The fans who look and switch, with their accounts: with three cards, eight, and 250.
const FANS: [(&str, &str); 3] = [
    ("case-2-chen", "case-2"),
    ("many-ba", "many"),
    ("many-duo", "many"),
];
const MODULE: &str = "/kabao-0123456789abcdef.wasm";

type Failure = Box<dyn Error + Send + Sync>;

#[derive(Debug, Parser)]
struct Arguments {
    /// The sandbox's program.
    #[arg(long)]
    sandbox: PathBuf,
    /// Requests a second.
    #[arg(long, default_value_t = 500)]
    rate: u32,
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(report) => {
            tell(&report.to_string());
            if report.is_borne() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            tell(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn tell(text: &str) {
    println!("{text}");
}

/// What became of a minute.
struct Report {
    wrong: Vec<String>,
    /// From the shortest to the longest.
    times: Vec<Duration>,
    /// Bytes of the sandbox after the first tenth of the time and at the end, where the
    /// system tells.
    memory: Option<(u64, u64)>,
}

impl Report {
    /// The time that `share` of the requests have kept to.
    fn quantile(&self, share: f64) -> Duration {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place among some thousands"
        )]
        let place = (self.times.len() as f64 * share) as usize;
        let last = self.times.len().saturating_sub(1);
        self.times.get(place.min(last)).copied().unwrap_or_default()
    }

    fn is_borne(&self) -> bool {
        self.wrong.is_empty()
            && self.quantile(0.99) <= LONGEST
            && self
                .memory
                .is_none_or(|(begun, ended)| ended <= begun + MOST_GROWTH)
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for wrong in self.wrong.iter().take(10) {
            writeln!(formatter, "{wrong}")?;
        }
        let milliseconds = |share| self.quantile(share).as_secs_f64() * 1000.0;
        write!(
            formatter,
            "{} requests, {} answered wrongly; p50 {:.1} ms, p99 {:.1} ms, the longest {:.1} ms",
            self.times.len(),
            self.wrong.len(),
            milliseconds(0.5),
            milliseconds(0.99),
            milliseconds(1.0),
        )?;
        match self.memory {
            Some((begun, ended)) => write!(
                formatter,
                "; memory {} KiB, then {} KiB",
                begun >> 10,
                ended >> 10
            ),
            None => write!(formatter, "; the system does not tell the memory"),
        }
    }
}

fn run(arguments: &Arguments) -> Result<Report, Failure> {
    let folder = tempfile::tempdir()?;
    let sandbox = Sandbox::start(&arguments.sandbox, folder.path())?;
    let fans: Vec<Fan> = FANS
        .into_iter()
        .map(|(person, account)| Fan::sign_in(&sandbox, person, account))
        .collect::<Result<_, _>>()?;
    let total = arguments.rate * arguments.seconds;
    let next = AtomicU32::new(0);
    let wrong = Mutex::new(Vec::new());
    let times = Mutex::new(Vec::new());
    let mut settled = None;
    let begun = Instant::now();
    let due = |place: u32| begun + Duration::from_secs(1) * place / arguments.rate;
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                let agent = agent();
                let mut own = Vec::new();
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    if place >= total {
                        break;
                    }
                    thread::sleep(due(place).saturating_duration_since(Instant::now()));
                    if let Err(error) = ask(&agent, &sandbox, &fans, place) {
                        lock(&wrong).push(error.to_string());
                    }
                    own.push(due(place).elapsed());
                }
                lock(&times).append(&mut own);
            });
        }
        thread::sleep(due(total / 10).saturating_duration_since(Instant::now()));
        settled = sandbox.memory();
    });
    let mut times = times.into_inner().unwrap_or_default();
    times.sort_unstable();
    Ok(Report {
        wrong: wrong.into_inner().unwrap_or_default(),
        times,
        memory: settled.zip(sandbox.memory()),
    })
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Makes the request whose turn is `place`.
fn ask(agent: &Agent, sandbox: &Sandbox, fans: &[Fan], place: u32) -> Result<(), Failure> {
    let fan = fans
        .get(place as usize / 20 % fans.len())
        .ok_or("nobody has signed in")?;
    let (wanted, reply) = match place % 20 {
        0 | 10 => return fan.switch(agent, sandbox),
        1 => (302, sandbox.get(agent, "/enter?account=case-2", "")?),
        2..=4 => (200, sandbox.get(agent, "/", "")?),
        5 => (200, sandbox.get(agent, MODULE, "")?),
        6..=8 => (200, sandbox.get(agent, &fan.code()?, &fan.cookie)?),
        _ => (200, sandbox.get(agent, &fan.path("wallet"), &fan.cookie)?),
    };
    finish(wanted, reply).map(|_| ())
}

/// Reads a reply to its end.
fn finish(wanted: u16, mut reply: Response<Body>) -> Result<Vec<u8>, Failure> {
    let body = reply.body_mut().read_to_vec()?;
    if reply.status().as_u16() == wanted {
        Ok(body)
    } else {
        Err(format!("{}: {}", reply.status(), String::from_utf8_lossy(&body)).into())
    }
}

fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into()
}

/// A sandbox that runs as long as this lives.
struct Sandbox {
    process: Child,
    address: String,
}

impl Sandbox {
    fn start(program: &Path, folder: &Path) -> Result<Self, Failure> {
        let dist = folder.join("dist");
        fs::create_dir_all(&dist)?;
        fs::write(dist.join("index.html"), "<!doctype html>".repeat(3000))?;
        fs::write(dist.join(MODULE.trim_start_matches('/')), vec![7; 350_000])?;
        let mut process = Command::new(program)
            .args(["--port", "0", "--dist"])
            .arg(dist)
            .arg("--data")
            .arg(folder.join("sandbox.sqlite"))
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        let line = BufReader::new(output).lines().next().ok_or("no line")??;
        let address = line.trim_start_matches("listening on ").to_owned();
        Ok(Self { process, address })
    }

    fn get(&self, agent: &Agent, path: &str, cookie: &str) -> Result<Response<Body>, Failure> {
        let request = agent.get(format!("{}{path}", self.address));
        Ok(request.header(header::COOKIE, cookie).call()?)
    }

    /// How much of the machine's memory it has, in bytes, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kibibytes << 10)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Somebody who has signed in.
struct Fan {
    account: &'static str,
    cookie: String,
    cards: Vec<String>,
    /// The wallet's revision after the last switch, and which of `cards` was taken then.
    taken: Mutex<(String, usize)>,
}

impl Fan {
    fn sign_in(sandbox: &Sandbox, person: &str, account: &'static str) -> Result<Self, Failure> {
        let agent = agent();
        let entry = location(&sandbox.get(&agent, &format!("/sandbox/as/{person}"), "")?)?;
        let begun = sandbox.get(&agent, &entry, "")?;
        let cookie = cookie(begun.headers(), "kabao_sign_in_")?;
        let authorize = format!("{}&person={person}", location(&begun)?);
        let callback = location(&sandbox.get(&agent, &authorize, "")?)?;
        let landed = sandbox.get(&agent, &callback, &cookie)?;
        let mut fan = Self {
            account,
            cookie: self::cookie(landed.headers(), "kabao_session")?,
            cards: Vec::new(),
            taken: Mutex::default(),
        };
        let wallet = finish(200, sandbox.get(&agent, &fan.path("wallet"), &fan.cookie)?)?;
        let wallet: Value = serde_json::from_slice(&wallet)?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        fan.cards = wallet["cards"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|card| card["status"] == "active")
            .filter_map(|card| text(&card["id"]))
            .collect();
        let revision = text(&wallet["revision"]).ok_or("no revision")?;
        fan.taken = Mutex::new((revision, 0));
        Ok(fan)
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}/{rest}", self.account)
    }

    /// The path of the code of one of the cards.
    fn code(&self) -> Result<String, Failure> {
        let card = self.cards.first().ok_or("no card")?;
        Ok(self.path(&format!("cards/{card}/code")))
    }

    /// Takes the next card into use.
    fn switch(&self, agent: &Agent, sandbox: &Sandbox) -> Result<(), Failure> {
        let mut taken = lock(&self.taken);
        let next = (taken.1 + 1) % self.cards.len().max(1);
        let card = self.cards.get(next).ok_or("no card")?;
        let reply = agent
            .put(format!("{}{}", sandbox.address, self.path("current-card")))
            .header(header::COOKIE, &self.cookie)
            .header(header::IF_MATCH, format!("\"{}\"", taken.0))
            .header(header::CONTENT_TYPE, "application/json")
            .send(json!({ "card_id": card }).to_string())?;
        let reply: Value = serde_json::from_slice(&finish(200, reply)?)?;
        let revision = reply["revision"].as_str().ok_or("no revision")?;
        *taken = (revision.to_owned(), next);
        Ok(())
    }
}

fn location(reply: &Response<Body>) -> Result<String, Failure> {
    let location = reply.headers().get(header::LOCATION).ok_or("no location")?;
    Ok(location.to_str()?.to_owned())
}

/// The cookie whose name begins so, as a browser sends it.
fn cookie(headers: &HeaderMap, name: &str) -> Result<String, Failure> {
    headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|value| value.starts_with(name) && !value.contains("Max-Age=0"))
        .and_then(|value| value.split(';').next())
        .map(str::to_owned)
        .ok_or_else(|| format!("no cookie {name}").into())
}
