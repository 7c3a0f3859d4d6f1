//! What only Chromium's driver can do.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{Look, Visit};
use crate::{Failure, Outcome};

/// What has come out of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    pub pages: usize,
    pub fonts: usize,
    /// Those that the file names and does not hold.
    pub missing_fonts: usize,
}

impl Visit<'_> {
    pub(super) fn chromium(&self, command: &str, parameters: Value) -> Result<Value, Failure> {
        let tools = self.driver().cdp();
        let answer = tools.send_raw(command, parameters);
        Ok(self.runtime.block_on(answer)?)
    }

    /// Runs a script in every page from now on, before the page's own.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn run_at_every_start(&self, script: &str) -> Outcome {
        let script = json!({ "source": script });
        self.chromium("Page.addScriptToEvaluateOnNewDocument", script)?;
        Ok(())
    }

    /// Takes the network away from the page, or gives it back.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn set_network(&self, is_there: bool) -> Outcome {
        let conditions = json!({
            "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.chromium("Network.enable", json!({}))?;
        self.chromium("Network.emulateNetworkConditions", conditions)?;
        Ok(())
    }

    /// Shows no scroll bars, whose thumbs tell how long a page is.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn hide_scroll_bars(&self) -> Outcome {
        let hidden = json!({ "hidden": true });
        self.chromium("Emulation.setScrollbarsHidden", hidden)?;
        Ok(())
    }

    /// Has the browser darken pages that are light, as some phones do.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn force_dark(&self) -> Outcome {
        let forced = json!({ "enabled": true });
        self.chromium("Emulation.setAutoDarkModeOverride", forced)?;
        Ok(())
    }

    /// Sets up the phone.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn set_look(&self, look: Look) -> Outcome {
        let metrics = json!({
            "width": look.width, "height": 844, "deviceScaleFactor": look.pixel_ratio,
            "mobile": true,
        });
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)?;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.chromium("Emulation.setEmulatedMedia", media)?;
        let text = "document.documentElement.style.fontSize = arguments[0]";
        self.run(text, vec![json!(format!("{}%", look.text_percent))])?;
        self.stand_still()
    }

    /// Prints the page on A4.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn print(&self) -> Result<Print, Failure> {
        // The size of A4, in inches.
        let paper = json!({ "paperWidth": 8.27, "paperHeight": 11.69 });
        let answer = self.chromium("Page.printToPDF", paper)?;
        let text = answer["data"].as_str().ok_or("there is no paper")?;
        let pdf = BASE64_STANDARD.decode(text)?;
        let pdf = String::from_utf8_lossy(&pdf);
        let count = |part: &str| pdf.matches(part).count();
        // The others are drawings in the file itself.
        let named = count("/Subtype /CIDFontType") + count("/Subtype /TrueType");
        Ok(Print {
            pages: count("/Type /Page\n"),
            fonts: count("/Type /Font\n"),
            missing_fonts: named.saturating_sub(count("/FontFile")),
        })
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn picture(&self) -> Result<Vec<u8>, Failure> {
        let size = self.run(
            "const page = document.documentElement; \
             return [page.clientWidth, Math.min(page.scrollHeight, 3200)]",
            vec![],
        )?;
        let parameters = json!({
            "captureBeyondViewport": true,
            "clip": { "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 },
        });
        let answer = self.chromium("Page.captureScreenshot", parameters)?;
        let text = answer["data"].as_str().ok_or("there is no picture")?;
        Ok(BASE64_STANDARD.decode(text)?)
    }
}
