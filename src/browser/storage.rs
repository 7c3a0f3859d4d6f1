//! What the app keeps in the browser. WeChat may deny it or clear it at any
//! time, so nothing depends on it, and it never holds more than masked data.

use std::cell::Cell;

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Until this webview is closed.
    ForThisVisit,
    /// Until the browser clears it.
    OnThisDevice,
}

thread_local! {
    static IS_FORBIDDEN: Cell<bool> = const { Cell::new(false) };
}

/// From now on nothing is kept: for the preview, which leaves no trace.
pub fn keep_nothing() {
    IS_FORBIDDEN.set(true);
}

/// What is kept under `key`.
#[must_use]
pub fn get(kept: Kept, key: &str) -> Option<String> {
    storage(kept)?.get_item(key).ok()?
}

/// Keeps `value` under `key`, if the browser lets it.
pub fn set(kept: Kept, key: &str, value: &str) {
    if let Some(storage) = storage(kept) {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets what is kept under `key`.
pub fn remove(kept: Kept, key: &str) {
    if let Some(storage) = storage(kept) {
        let _ = storage.remove_item(key);
    }
}

/// Forgets everything that the app keeps on this device.
pub fn forget_all() {
    let Some(storage) = storage(Kept::OnThisDevice) else {
        return;
    };
    let count = storage.length().unwrap_or_default();
    let keys: Vec<_> = (0..count)
        .filter_map(|place| storage.key(place).ok().flatten())
        .filter(|key| key.starts_with("kabao."))
        .collect();
    for key in keys {
        let _ = storage.remove_item(&key);
    }
}

fn storage(kept: Kept) -> Option<web_sys::Storage> {
    if IS_FORBIDDEN.get() {
        return None;
    }
    let window = web_sys::window()?;
    match kept {
        Kept::ForThisVisit => window.session_storage().ok()?,
        Kept::OnThisDevice => window.local_storage().ok()?,
    }
}
