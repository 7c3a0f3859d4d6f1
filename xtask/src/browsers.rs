//! The browsers that tests run in.

use std::path::{Path, PathBuf};

use crate::{
    shell::{self, Failure, find, output, succeed},
    tools::say,
};

/// WebKit's own small browser, which its driver steers.
const MINI_BROWSER_FOLDERS: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1",
    "/usr/libexec/webkit2gtk-4.1",
    "/usr/lib64/webkit2gtk-4.1",
];

/// Chromium and its driver.
#[derive(Clone, Debug)]
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// WebKit's driver and browser, and a screen for them.
#[derive(Clone, Debug)]
pub(crate) struct WebKit {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
    pub(crate) screen: PathBuf,
}

/// Finds Chromium, or installs it where that is possible.
pub(crate) fn chromium() -> Result<Chromium, Failure> {
    let find_both = || {
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(find)?;
        Some(Chromium {
            browser,
            driver: find("chromedriver")?,
        })
    };
    if let Some(found) = find_both() {
        return Ok(found);
    }
    install(
        &["chromium", "chromium-driver", "fonts-noto-cjk"],
        "Chromium and its driver",
    )?;
    find_both().ok_or_else(|| {
        missing(
            "Chromium and its driver",
            "chromium chromium-driver fonts-noto-cjk",
        )
    })
}

/// Finds WebKit, or installs it where that is possible.
pub(crate) fn webkit() -> Result<WebKit, Failure> {
    let find_all = || {
        let browser = MINI_BROWSER_FOLDERS
            .iter()
            .map(|folder| Path::new(folder).join("MiniBrowser"))
            .find(|candidate| candidate.is_file())?;
        Some(WebKit {
            browser,
            driver: find("WebKitWebDriver")?,
            screen: find("Xvfb")?,
        })
    };
    if let Some(found) = find_all() {
        return Ok(found);
    }
    let packages = [
        "webkit2gtk-driver",
        "libwebkit2gtk-4.1-0",
        "xvfb",
        "fonts-noto-cjk",
    ];
    install(
        &packages,
        "WebKit (the engine of WeChat on iOS), its driver and a virtual screen",
    )?;
    find_all().ok_or_else(|| missing("WebKit and its driver", &packages.join(" ")))
}

/// Finds nginx, or installs it where that is possible.
pub(crate) fn nginx() -> Result<(), Failure> {
    let is_there = || {
        ["/usr/sbin", "/usr/local/sbin"]
            .iter()
            .any(|folder| Path::new(folder).join("nginx").is_file())
    };
    if find("nginx").is_some() || is_there() {
        return Ok(());
    }
    let packages = ["nginx-light", "libnginx-mod-http-brotli-static", "openssl"];
    install(
        &packages,
        "nginx, which serves every contestant the same way",
    )
}

/// Installs packages on a machine that is like Debian, if it may.
fn install(packages: &[&str], what: &str) -> Result<(), Failure> {
    let wanted = packages.join(" ");
    let Some(apt) = find("apt-get") else {
        return Err(missing(what, &wanted));
    };
    let is_root = output(shell::command("id").arg("-u")).as_deref() == Some("0");
    let may_become_root =
        || find("sudo").is_some() && output(shell::command("sudo").args(["-n", "true"])).is_some();
    let command = || {
        let mut command = if is_root {
            shell::command(&apt)
        } else {
            let mut command = shell::command("sudo");
            command.arg("-n").arg(&apt);
            command
        };
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    if !is_root && !may_become_root() {
        return Err(missing(what, &wanted));
    }
    say(&format!("Installing {what}: the tests run in it."));
    succeed(command().args(["update", "-q"]))?;
    succeed(
        command()
            .args(["install", "-q", "-y", "--no-install-recommends"])
            .args(packages),
    )
    .map_err(|failure| Failure(format!("{failure}\n{}", missing(what, &wanted))))
}

fn missing(what: &str, packages: &str) -> Failure {
    Failure(format!(
        "{what} is missing. On Debian: sudo apt-get install {packages}\n\
         Elsewhere, install the packages of the same names. To test without WebKit: \
         cargo xtask test --without webkit"
    ))
}
