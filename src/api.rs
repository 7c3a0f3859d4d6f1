//! The backend, as the rest of the app knows it: typed calls, typed replies,
//! typed problems. All that knows HTTP and JSON is in here.
//!
//! [`transport::Transport`] is the seam: the network in the fan's browser, a
//! backend inside the page in the preview and in component tests.

pub mod claim;
pub mod client;
pub mod fetch;
pub mod retry;
pub mod transport;
