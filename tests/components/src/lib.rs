//! Component tests in a real browser.
