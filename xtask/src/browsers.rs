//! The browsers that tests run in.

use std::path::{Path, PathBuf};

use crate::{
    packages::Packages,
    shell::{Failure, find},
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
    let packages = Packages {
        what: "Chromium and its driver",
        names: &["chromium", "chromium-driver", "fonts-noto-cjk"],
        without: "chromium",
    };
    packages.provide(|| {
        let browser = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(find)?;
        Some(Chromium {
            browser,
            driver: find("chromedriver")?,
        })
    })
}

/// Finds WebKit, or installs it where that is possible.
pub(crate) fn webkit() -> Result<WebKit, Failure> {
    let packages = Packages {
        what: "WebKit (the engine of WeChat on iOS), its driver and a virtual screen",
        names: &[
            "webkit2gtk-driver",
            "libwebkit2gtk-4.1-0",
            "xvfb",
            "fonts-noto-cjk",
        ],
        without: "webkit",
    };
    packages.provide(|| {
        let browser = MINI_BROWSER_FOLDERS
            .iter()
            .map(|folder| Path::new(folder).join("MiniBrowser"))
            .find(|candidate| candidate.is_file())?;
        Some(WebKit {
            browser,
            driver: find("WebKitWebDriver")?,
            screen: find("Xvfb")?,
        })
    })
}
