//! What the handlers share.

use crate::{backend::Backend, contract_log::ContractLog, faults::Faults};

#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) backend: Backend,
    pub(crate) faults: Faults,
    /// Only with `--control`, because checking takes time.
    pub(crate) contract: Option<ContractLog>,
}
