//! A stand-in for the existing backend: a server, a store and a fake WeChat
//! around the rules of `kabao-rules`. It serves the app and the API on one port
//! of the loopback interface.
//!
//! - `backend`: the state, and the store that keeps it; `sandbox`: what the
//!   handlers share.
//! - `api`, with `head`: HTTP to the rules and back; `faults`: what goes wrong on purpose, and
//!   `broken`: what then arrives.
//! - `reports`: what pages have reported.
//! - `connections`: what is waited for, and how long.
//! - `assets`: the app's files; `images`: pictures of the sandbox.
//! - `pages`: what a person sees of the sandbox; `control`: what tests use, with
//!   `contract_log` and `request_log`.
//!
//! The rules themselves are in `kabao-rules`. The README says how the sandbox
//! differs from a production backend.

mod api;
mod assets;
mod backend;
mod broken;
mod connections;
mod contract_log;
mod control;
pub mod error;
mod faults;
mod head;
mod images;
mod pages;
mod reports;
mod request_log;
mod sandbox;
mod store;

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
    time::Duration,
};

use axum::{Router, routing};
use tower_http::compression::CompressionLayer;

pub use connections::{PATIENCE, serve};

use backend::Backend;
use contract_log::ContractLog;
use error::BackendError;
use faults::Faults;
use reports::Reports;
use request_log::RequestLog;
use sandbox::Sandbox;

/// How the sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the built app.
    pub dist: PathBuf,
    /// The file that keeps the data; without one, nothing outlives the process.
    pub data: Option<PathBuf>,
    /// Adds the endpoints for tests, and checks every reply against the contract.
    pub control: bool,
}

/// How often it is looked what may be kept no longer.
const TIDIED_EVERY: Duration = Duration::from_secs(60);

/// Builds the service, within a Tokio runtime with several threads.
///
/// # Errors
///
/// [`BackendError`] if the data or the contract can't be read.
pub fn router(options: &Options) -> Result<Router, BackendError> {
    let contract = if options.control {
        Some(ContractLog::new()?)
    } else {
        None
    };
    let sandbox = Arc::new(Sandbox {
        backend: Backend::open(options.data.as_deref())?,
        faults: Faults::default(),
        reports: Reports::default(),
        dist: options.dist.clone(),
        contract,
        requests: options.control.then(RequestLog::default),
    });
    tokio::spawn(tidy(Arc::downgrade(&sandbox)));
    let mut router = Router::new()
        .route("/enter", routing::any(api::handle))
        .route("/wechat/callback/{account}", routing::any(api::handle))
        .route("/api/{*path}", routing::any(api::handle))
        .merge(pages::router())
        .nest("/sandbox/images", images::router());
    if options.control {
        router = router.nest("/sandbox/control", control::router());
    }
    Ok(router
        .with_state(sandbox)
        .fallback_service(assets::router(options.dist.clone()))
        .layer(CompressionLayer::new()))
}

/// Deletes what may be kept no longer, as long as there is a sandbox.
async fn tidy(sandbox: Weak<Sandbox>) {
    loop {
        tokio::time::sleep(TIDIED_EVERY).await;
        let Some(sandbox) = sandbox.upgrade() else {
            return;
        };
        // What can't be deleted now is looked at again.
        if let Err(error) = sandbox.backend.tidy() {
            error::tell(&error);
        }
    }
}
