//! Table codes in replies and problems.

use super::{
    fields::Fields,
    reply::{Reply, WireError, read_object},
};
use crate::json::Json;
use crate::{domain::url::HttpUrl, problem::TableMerchant};

/// Where a live table code leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The ordering page.
    pub order_url: HttpUrl,
}

impl Reply for Table {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                order_url: fields.url("order_url")?,
            })
        })
    }
}

/// The merchant of a dead code, as far as it is known.
pub(super) fn table_merchant(problem: Fields<'_>) -> TableMerchant {
    let Some(fields) = problem.object("merchant") else {
        return TableMerchant::default();
    };
    TableMerchant {
        name: fields.string("name"),
        phone: fields.phone("phone"),
        wallet_url: fields.url("wallet_url"),
    }
}
