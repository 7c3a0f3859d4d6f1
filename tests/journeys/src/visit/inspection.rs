//! What there is to see of a page besides what a person reads: for checks, and
//! when something has gone wrong.

use thirtyfour::BrowserLogEntry;

use super::Visit;
use crate::Failure;

impl Visit<'_> {
    /// A picture of what is in the window, as PNG.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn screenshot(&self) -> Result<Vec<u8>, Failure> {
        Ok(self.runtime.block_on(self.driver().screenshot_as_png())?)
    }

    /// The page as HTML, as it is now.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn html(&self) -> Result<String, Failure> {
        Ok(self.runtime.block_on(self.driver().source())?)
    }

    /// What the browser has said of the page since the last time, a line each.
    ///
    /// # Errors
    ///
    /// If the browser does not tell; WebKit's driver can't.
    pub fn console(&self) -> Result<Vec<String>, Failure> {
        let entries = self.runtime.block_on(self.driver().browser_log())?;
        let line = |entry: BrowserLogEntry| format!("{} {}", entry.level, entry.message);
        Ok(entries.into_iter().map(line).collect())
    }

    /// The addresses of everything that the page has loaded.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn loaded(&self) -> Result<Vec<String>, Failure> {
        let script = "return performance.getEntriesByType('resource').map((it) => it.name)";
        Ok(serde_json::from_value(self.run(script, vec![])?)?)
    }

    /// What axe-core finds wrong with the page, in words.
    ///
    /// # Errors
    ///
    /// If axe-core, whose file `axe` is, does not run.
    pub fn axe_violations(&self, axe: &str) -> Result<Vec<String>, Failure> {
        if self.run("return typeof window.axe === 'undefined'", vec![])? == true {
            self.run(axe, vec![])?;
        }
        let script = "const done = arguments[0]; \
            axe.run(document).then((result) => done(result.violations.map((violation) => \
                `${violation.id}: ${violation.help}: ` + \
                violation.nodes.map((node) => node.html.slice(0, 160)).join(' | '))), \
                (error) => done([String(error)]))";
        let found = self.driver().execute_async(script, vec![]);
        let found = self.runtime.block_on(found)?;
        Ok(serde_json::from_value(found.json().clone())?)
    }

    /// What is wider than the window, in words.
    ///
    /// # Errors
    ///
    /// If the browser refuses.
    pub fn overflow(&self) -> Result<Vec<String>, Failure> {
        let script = "const width = document.documentElement.clientWidth; \
            return [...document.querySelectorAll('body *')].filter((element) => { \
                const box = element.getBoundingClientRect(); \
                return box.width > 0 && (box.right > width + 1 || box.left < -1) \
                    && !element.closest('svg'); \
            }).map((element) => element.outerHTML.slice(0, 120))";
        Ok(serde_json::from_value(self.run(script, vec![])?)?)
    }
}
