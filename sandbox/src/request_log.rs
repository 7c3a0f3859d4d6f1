//! The calls that have arrived, for tests that ask what was sent and how often.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::faults::Fault;

/// A call. Its query and its body are left out: who reads the log needs neither.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    #[serde(skip)]
    account: String,
    method: &'static str,
    path: String,
    /// What goes wrong with it on purpose.
    fault: Option<Fault>,
    /// `None` until it is answered, and for good if it never is.
    status: Option<u16>,
}

/// The place of a call in the log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place(usize);

#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    calls: Mutex<Vec<Call>>,
}

impl RequestLog {
    pub(crate) fn arrived(
        &self,
        account: &str,
        method: &'static str,
        path: &str,
        fault: Option<Fault>,
    ) -> Place {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push(Call {
            account: account.to_owned(),
            method,
            path: path.to_owned(),
            fault,
            status: None,
        });
        Place(calls.len() - 1)
    }

    pub(crate) fn answered(&self, place: Place, status: u16) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(call) = calls.get_mut(place.0) {
            call.status = Some(status);
        }
    }

    /// The calls of an account's world, in the order of their arrival.
    pub(crate) fn of(&self, account: &str) -> Vec<Call> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let of_account = |call: &&Call| call.account == account;
        calls.iter().filter(of_account).cloned().collect()
    }
}
