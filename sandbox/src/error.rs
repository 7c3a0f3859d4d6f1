//! Why the sandbox can't do its work.

use std::io::Write as _;

/// The disk, the data or the machine is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackendError(pub(crate) String);

impl core::fmt::Display for BackendError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for BackendError {}

impl From<rusqlite::Error> for BackendError {
    fn from(error: rusqlite::Error) -> Self {
        Self(format!("the data: {error}"))
    }
}

impl From<std::io::Error> for BackendError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<getrandom::Error> for BackendError {
    fn from(error: getrandom::Error) -> Self {
        Self(format!("randomness: {error}"))
    }
}

/// Says on the standard error output what has gone wrong, for whoever runs the sandbox. Where
/// that can't be written, as on a full disk, nobody is told and the work goes on.
pub(crate) fn tell(error: &BackendError) {
    let _ = writeln!(std::io::stderr(), "{error}");
}
