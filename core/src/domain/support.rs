//! Who can help when something is wrong.

use super::phone::Phone;

/// The people whom a fan can turn to, as the backend names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    pub phone: Option<Phone>,
    /// The shop's provider (服务商), if it may be named.
    pub provider: Option<Provider>,
    /// What the shop reads out to its provider; empty if there is none.
    pub staff_code: String,
}

/// The provider (服务商) that set the shop up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    pub name: String,
    pub phone: Phone,
}
