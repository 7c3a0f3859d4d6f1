//! What a fetch is told beside its address.

/// Every reply is fetched anew. It also keeps browsers from making a request
/// wait for an earlier one of the same address that is never answered.
pub const CACHE: web_sys::RequestCache = web_sys::RequestCache::NoStore;

/// Aborts a request when it is dropped, which does nothing to one that is over.
#[derive(Debug, Default)]
pub struct AbortOnDrop {
    // `None` in browsers without it: their requests run on, unheard.
    controller: Option<web_sys::AbortController>,
}

impl AbortOnDrop {
    #[must_use]
    pub fn new() -> Self {
        Self {
            controller: web_sys::AbortController::new().ok(),
        }
    }

    /// What the request listens to.
    #[must_use]
    pub fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.controller
            .as_ref()
            .map(web_sys::AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
