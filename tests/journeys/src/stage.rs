//! The processes that journeys need.

mod nginx;

use std::{
    env,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

pub use self::nginx::Nginx;
use crate::Failure;

/// The engine of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// That of WeChat on Android.
    Chromium,
    /// That of WeChat on iOS.
    WebKit,
}

/// How Chromium is started, whatever it opens.
const CHROMIUM_ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=390,844",
];

/// A process that ends with its owner.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The sandbox, the web server before it, the driver of a browser, and a screen for it.
#[derive(Debug)]
pub struct Stage {
    engine: Engine,
    browser: String,
    sandbox: String,
    nginx: Option<Nginx>,
    driver: String,
    _processes: Vec<Process>,
}

impl Stage {
    /// Starts everything, as the environment says: `KABAO_ENGINE`,
    /// `KABAO_BROWSER`, `KABAO_DRIVER`, `KABAO_SCREEN`, `KABAO_SANDBOX`,
    /// `KABAO_DIST`. `cargo xtask test` sets these. Browsers go straight to the sandbox
    /// where there is no `KABAO_NGINX`, a web server that is set up as it is deployed.
    ///
    /// # Errors
    ///
    /// If one of them is missing or does not start.
    pub fn set() -> Result<Self, Failure> {
        let variable = |name: &str| {
            env::var(name).map_err(|_| format!("{name} is not set; run `cargo xtask test`"))
        };
        let engine = match variable("KABAO_ENGINE")?.as_str() {
            "webkit" => Engine::WebKit,
            _ => Engine::Chromium,
        };
        let mut processes = Vec::new();

        let mut sandbox = Command::new(variable("KABAO_SANDBOX")?);
        sandbox.args([
            "--port",
            "0",
            "--control",
            "--dist",
            &variable("KABAO_DIST")?,
        ]);
        let (process, address) = started(&mut sandbox, |line| {
            line.strip_prefix("listening on ").map(str::to_owned)
        })?;
        processes.push(process);
        let nginx = match env::var("KABAO_NGINX") {
            Ok(program) => Some(Nginx::start(&program, &address)?),
            Err(_) => None,
        };

        let port = free_port()?;
        let mut driver = Command::new(variable("KABAO_DRIVER")?);
        driver.arg(format!("--port={port}"));
        if engine == Engine::WebKit {
            let mut screen = Command::new(variable("KABAO_SCREEN")?);
            screen.args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x1600x24",
                "-nolisten",
                "tcp",
            ]);
            let (process, display) = started(&mut screen, |line| {
                line.parse::<u32>().ok().map(|number| format!(":{number}"))
            })?;
            processes.push(process);
            driver
                .env("DISPLAY", display)
                .env("GDK_BACKEND", "x11")
                .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        }
        let child = driver.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        processes.push(Process(child));
        wait_for_port(port)?;

        Ok(Self {
            engine,
            browser: variable("KABAO_BROWSER")?,
            sandbox: address,
            nginx,
            driver: format!("http://127.0.0.1:{port}"),
            _processes: processes,
        })
    }

    /// The engine of the browser.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The address of what browsers open: the web server's, or else the sandbox's.
    #[must_use]
    pub fn site(&self) -> String {
        match &self.nginx {
            Some(nginx) => nginx.site(),
            None => self.sandbox.clone(),
        }
    }

    /// The web server before the sandbox, if there is one.
    #[must_use]
    pub const fn nginx(&self) -> Option<&Nginx> {
        self.nginx.as_ref()
    }

    /// The address of the driver.
    #[must_use]
    pub fn driver(&self) -> &str {
        &self.driver
    }

    /// What the driver is asked for: a phone-sized window that takes itself for
    /// WeChat's.
    #[must_use]
    pub fn capabilities(&self) -> Value {
        let certificate = self.nginx.as_ref().map(Nginx::argument_of_chromium);
        let arguments: Vec<_> = CHROMIUM_ARGUMENTS
            .iter()
            .map(|argument| (*argument).to_owned())
            .chain(certificate)
            .collect();
        match self.engine {
            Engine::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": self.browser,
                    "args": arguments,
                    "mobileEmulation": {
                        "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0 },
                        "userAgent": "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 \
                            (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 \
                            XWEB/1300473 MMWEBSDK/20260202 MicroMessenger/8.0.76",
                    },
                },
            }),
            Engine::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": {
                    "binary": self.browser,
                    "args": ["--automation"],
                },
            }),
        }
    }

    /// Asks the sandbox's control for something.
    ///
    /// # Errors
    ///
    /// If it refuses.
    pub fn control(&self, path: &str) -> Result<Value, Failure> {
        let address = format!("{}/sandbox/control/{path}", self.sandbox);
        Ok(ureq::get(address).call()?.into_body().read_json()?)
    }

    /// Takes back every fault of an account.
    ///
    /// # Errors
    ///
    /// If the sandbox refuses.
    pub fn mend(&self, account: &str) -> Result<(), Failure> {
        let address = format!("{}/sandbox/control/faults?account={account}", self.sandbox);
        ureq::delete(address).call()?;
        Ok(())
    }

    /// Tells the sandbox's control something.
    ///
    /// # Errors
    ///
    /// If it refuses.
    pub fn tell(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let address = format!("{}/sandbox/control/{path}", self.sandbox);
        let text = ureq::post(address)
            .send_json(body)?
            .into_body()
            .read_to_string()?;
        Ok(if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text)?
        })
    }
}

/// Starts a program and waits for the line that tells where it can be reached.
fn started(
    command: &mut Command,
    read: impl Fn(&str) -> Option<String>,
) -> Result<(Process, String), Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = child.stdout.take().ok_or("a program has no output")?;
    let process = Process(child);
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next() {
        if let Some(address) = read(line?.trim()) {
            // What else it prints has to go somewhere, or it would stop.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((process, address));
        }
    }
    Err(format!(
        "{} ended before it was ready",
        command.get_program().display()
    )
    .into())
}

fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn wait_for_port(port: u16) -> Result<(), Failure> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::yield_now();
    }
    Err("a program does not listen at its port".into())
}
