//! Work that begins before anything is mounted.

/// Runs `future`. Leptos has an executor only once something is mounted; this one
/// is the browser's own.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(future);
}
