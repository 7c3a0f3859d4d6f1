//! A browser that has never been anywhere, on a phone and a network of a given speed.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use clap::ValueEnum;
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};
use tokio::runtime::Runtime;

use crate::{Failure, server};

/// How slow the phone's processor is beside this machine's.
const SLOWER: u32 = 4;
/// How long anything may take before the run has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Network {
    /// 1.6 Mbps down, 0.75 up, 150 ms.
    Slow,
    /// 20 Mbps, 40 ms.
    Fast,
}

impl Network {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow 4G",
            Self::Fast => "20 Mbps",
        }
    }

    fn conditions(self) -> Value {
        // Bytes per second.
        let (latency, down, up) = match self {
            Self::Slow => (150, 200_000, 93_750),
            Self::Fast => (40, 2_500_000, 2_500_000),
        };
        json!({
            "offline": false, "latency": latency,
            "downloadThroughput": down, "uploadThroughput": up,
        })
    }
}

/// chromedriver, for as long as it lives.
pub(crate) struct Driver {
    process: Child,
    address: String,
    browser: String,
    runtime: Runtime,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Driver {
    pub(crate) fn start(driver: &Path, browser: &Path) -> Result<Self, Failure> {
        let port = server::free_port()?;
        let process = Command::new(driver)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let driver = Self {
            process,
            address: format!("http://127.0.0.1:{port}"),
            browser: browser.display().to_string(),
            runtime,
        };
        server::wait_for(port)?;
        Ok(driver)
    }

    /// Opens a browser with nothing in its caches.
    pub(crate) fn open(&self) -> Result<Browser<'_>, Failure> {
        let wanted: Capabilities = serde_json::from_value(json!({
            "browserName": "chrome",
            "acceptInsecureCerts": true,
            "goog:chromeOptions": {
                "binary": self.browser,
                "args": [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
                    // Pages of the browser itself, which it would load beside ours.
                    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,InitialWebUI,\
                     PreloadTopChromeWebUI",
                    "--ignore-certificate-errors", "--window-size=390,844",
                ],
                "mobileEmulation": {
                    "deviceMetrics": { "width": 390, "height": 844, "pixelRatio": 2.0 },
                },
            },
        }))?;
        let page = self
            .runtime
            .block_on(WebDriver::new(&self.address, wanted))?;
        self.runtime.block_on(page.set_script_timeout(PATIENCE))?;
        self.runtime
            .block_on(page.set_page_load_timeout(PATIENCE))?;
        Ok(Browser {
            driver: self,
            page: Some(page),
        })
    }
}

/// A browser, until it is dropped.
pub(crate) struct Browser<'a> {
    driver: &'a Driver,
    page: Option<WebDriver>,
}

impl Drop for Browser<'_> {
    fn drop(&mut self) {
        if let Some(page) = self.page.take() {
            let _ = self.driver.runtime.block_on(page.quit());
        }
    }
}

impl Browser<'_> {
    fn page(&self) -> Result<&WebDriver, Failure> {
        self.page.as_ref().ok_or_else(|| "it is closed".into())
    }

    fn tool(&self, command: &str, parameters: Value) -> Result<Value, Failure> {
        let tools = self.page()?.cdp();
        let answer = tools.send_raw(command, parameters);
        Ok(self.driver.runtime.block_on(answer)?)
    }

    pub(crate) fn slow_down(&self) -> Result<(), Failure> {
        let rate = json!({ "rate": SLOWER });
        self.tool("Emulation.setCPUThrottlingRate", rate)?;
        Ok(())
    }

    pub(crate) fn be_on(&self, network: Network) -> Result<(), Failure> {
        self.tool("Network.enable", json!({}))?;
        self.tool("Network.emulateNetworkConditions", network.conditions())?;
        Ok(())
    }

    /// Watches every page from now on for `goal`.
    pub(crate) fn watch(&self, goal: &str) -> Result<(), Failure> {
        let script = include_str!("watch.js").replace("GOAL", &format!("{goal:?}"));
        let source = json!({ "source": script });
        self.tool("Page.addScriptToEvaluateOnNewDocument", source)?;
        Ok(())
    }

    pub(crate) fn go(&self, address: &str) -> Result<(), Failure> {
        Ok(self.driver.runtime.block_on(self.page()?.goto(address))?)
    }

    pub(crate) fn run(&self, script: &str) -> Result<Value, Failure> {
        let result = self.page()?.execute(script, vec![]);
        Ok(self.driver.runtime.block_on(result)?.json().clone())
    }

    /// Runs the body of an `async` function.
    pub(crate) fn run_async(&self, body: &str) -> Result<Value, Failure> {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {body} }})() \
             .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}))"
        );
        let result = self.page()?.execute_async(&script, vec![]);
        let result = self.driver.runtime.block_on(result)?.json().clone();
        match result["error"].as_str() {
            Some(error) => Err(error.to_owned().into()),
            None => Ok(result["value"].clone()),
        }
    }

    /// Waits until nothing has come to the page and nothing in it has changed for a
    /// third of a second.
    pub(crate) fn settle(&self) -> Result<(), Failure> {
        self.run_async("return await bench.settle()")?;
        Ok(())
    }

    /// What `script` returns once that is not null.
    pub(crate) fn wait(&self, script: &str) -> Result<Value, Failure> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            match self.run(script) {
                Ok(Value::Null) | Err(_) => std::thread::sleep(Duration::from_millis(25)),
                Ok(value) => return Ok(value),
            }
        }
        let text = self.run("return document.body.innerText.slice(0, 300)")?;
        Err(format!("never came true: {script}. The page says: {text}").into())
    }

    /// How much memory the page's objects take, in bytes, and how many nodes it has.
    pub(crate) fn memory(&self) -> Result<(f64, f64), Failure> {
        self.tool("Performance.enable", json!({}))?;
        self.tool("HeapProfiler.collectGarbage", json!({}))?;
        let metrics = self.tool("Performance.getMetrics", json!({}))?;
        let of = |name: &str| {
            let metrics = metrics["metrics"].as_array().into_iter().flatten();
            let mut found = metrics.filter(|metric| metric["name"] == name);
            found.next().and_then(|metric| metric["value"].as_f64())
        };
        Ok((
            of("JSHeapUsedSize").unwrap_or_default(),
            of("Nodes").unwrap_or_default(),
        ))
    }
}
