use leptos::prelude::*;

/// Trying again, and whether that is under way.
#[derive(Clone, Copy)]
pub(crate) struct Retry {
    pub(crate) on_retry: Callback<()>,
    pub(crate) is_busy: Signal<bool>,
}
