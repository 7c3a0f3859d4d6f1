//! What the handlers share.

use std::path::PathBuf;

use crate::{
    backend::Backend, contract_log::ContractLog, faults::Faults, reports::Reports,
    request_log::RequestLog,
};

#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) backend: Backend,
    pub(crate) faults: Faults,
    pub(crate) reports: Reports,
    /// The folder of the built app.
    pub(crate) dist: PathBuf,
    /// Only with `--control`, because checking takes time.
    pub(crate) contract: Option<ContractLog>,
    /// Only with `--control`, because it grows.
    pub(crate) requests: Option<RequestLog>,
}
