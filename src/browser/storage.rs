//! What the app stores in the browser. WeChat may deny it or clear it at any
//! time, so nothing depends on it, and it never holds more than masked data.

use std::cell::Cell;

/// What begins the name of everything that the app stores.
const PREFIX: &str = "kabao.";

/// How long something is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Until this webview is closed.
    Session,
    /// Until the browser clears it.
    Device,
}

thread_local! {
    static IS_FORBIDDEN: Cell<bool> = const { Cell::new(false) };
}

/// From now on nothing is stored: for the preview, which leaves no trace.
pub fn forbid() {
    IS_FORBIDDEN.set(true);
}

/// What is stored under `key`.
#[must_use]
pub fn get(area: Area, key: &str) -> Option<String> {
    storage(area)?.get_item(&full(key)).ok()?
}

/// Stores `value` under `key`, if the browser takes it.
pub fn set(area: Area, key: &str, value: &str) {
    if let Some(storage) = storage(area) {
        let _ = storage.set_item(&full(key), value);
    }
}

pub fn remove(area: Area, key: &str) {
    if let Some(storage) = storage(area) {
        let _ = storage.remove_item(&full(key));
    }
}

/// Removes everything that the app has stored on this device and for this visit.
pub fn clear() {
    for area in [Area::Session, Area::Device] {
        let Some(storage) = storage(area) else {
            continue;
        };
        let count = storage.length().unwrap_or_default();
        let keys: Vec<_> = (0..count)
            .filter_map(|index| storage.key(index).ok().flatten())
            .filter(|key| key.starts_with(PREFIX))
            .collect();
        for key in keys {
            let _ = storage.remove_item(&key);
        }
    }
}

fn full(key: &str) -> String {
    format!("{PREFIX}{key}")
}

fn storage(area: Area) -> Option<web_sys::Storage> {
    if IS_FORBIDDEN.get() {
        return None;
    }
    let window = web_sys::window()?;
    match area {
        Area::Session => window.session_storage().ok()?,
        Area::Device => window.local_storage().ok()?,
    }
}
