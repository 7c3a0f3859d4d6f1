//! The backend, for what only one page or one part of the store asks for.

use leptos::prelude::*;

use crate::{api::client::Client, context::expect_context};

/// It is a handle: cheap to copy, the same for every component.
#[derive(Clone, Copy)]
pub struct Backend(StoredValue<Client, LocalStorage>);

impl Backend {
    pub(super) fn new(client: Client) -> Self {
        Self(StoredValue::new_local(client))
    }

    #[must_use]
    pub fn client(self) -> Client {
        self.0.get_value()
    }
}

#[must_use]
pub fn use_backend() -> Backend {
    expect_context()
}
