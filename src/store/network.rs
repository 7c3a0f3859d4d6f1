//! How the network is.

use leptos::prelude::*;

use crate::{browser::page, context::expect_context};

/// Whether there is a network, and whether it is slow. It is a handle: cheap to
/// copy.
#[derive(Clone, Copy)]
pub struct Network {
    is_online: ReadSignal<bool>,
    /// How many calls have been under way for longer than a second.
    slow_calls: RwSignal<u32>,
}

impl Network {
    pub(super) fn new() -> Self {
        Self {
            is_online: page::online(),
            slow_calls: RwSignal::new(0),
        }
    }

    pub(super) fn observe_slow_calls(self, count: u32) {
        self.slow_calls.try_set(count);
    }

    /// Whether the browser believes that there is a network.
    #[must_use]
    pub fn is_online(self) -> bool {
        self.is_online.get()
    }

    /// Whether a call takes long.
    #[must_use]
    pub fn is_slow(self) -> bool {
        self.slow_calls.get() > 0
    }
}

#[must_use]
pub fn use_network() -> Network {
    expect_context()
}
