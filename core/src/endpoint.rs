//! Every call of the contract: its method and its path.
//!
//! Pure. The paths are private to this module, so no call can be made that the
//! contract does not know.

use crate::{
    domain::{
        coupon::CouponState,
        entry::EntryKind,
        id::{AccountId, CardId, ClaimId},
    },
    percent::{join, percent_encoded},
};

/// A method of HTTP that the contract uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Begins something; always sent with an idempotency key.
    Post,
    /// Sets something; repeating it changes nothing.
    Put,
    /// Takes something away.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A call of the contract.
#[derive(Clone, Copy, Debug)]
pub enum Endpoint<'a> {
    /// The whole first screen.
    Wallet(&'a AccountId),
    /// The switch.
    PutCurrentCard(&'a AccountId),
    /// One card in full.
    Card(&'a AccountId, &'a CardId),
    /// A card's member code.
    Code(&'a AccountId, &'a CardId),
    /// A card's timeline, or what is in it of one kind, from a cursor on.
    Entries(
        &'a AccountId,
        &'a CardId,
        Option<EntryKind>,
        Option<&'a str>,
    ),
    /// A card's coupons in one state, from a cursor on.
    Coupons(&'a AccountId, &'a CardId, CouponState, Option<&'a str>),
    /// Opens a claim.
    OpenClaim(&'a AccountId),
    /// The claim as it stands.
    Claim(&'a AccountId, &'a ClaimId),
    /// Sends the code again.
    ResendSms(&'a AccountId, &'a ClaimId),
    /// Proves the phone.
    Verify(&'a AccountId, &'a ClaimId),
    /// Binds cards.
    Bind(&'a AccountId, &'a ClaimId),
    /// Masked phone and consents.
    Profile(&'a AccountId),
    /// Withdraws the consent and unlinks the phone.
    UnlinkPhone(&'a AccountId),
    /// Signs out.
    SignOut(&'a AccountId),
    /// Terms and privacy text.
    Terms(&'a AccountId, &'a str),
    /// Where a table code leads.
    Table(&'a str),
}

impl Endpoint<'_> {
    /// The method of the call.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self {
            Self::Wallet(_)
            | Self::Card(..)
            | Self::Code(..)
            | Self::Entries(..)
            | Self::Coupons(..)
            | Self::Claim(..)
            | Self::Profile(_)
            | Self::Terms(..)
            | Self::Table(_) => Method::Get,
            Self::OpenClaim(_) | Self::ResendSms(..) | Self::Verify(..) | Self::Bind(..) => {
                Method::Post
            }
            Self::PutCurrentCard(_) => Method::Put,
            Self::UnlinkPhone(_) | Self::SignOut(_) => Method::Delete,
        }
    }

    /// The path of the call on the app's own origin.
    #[must_use]
    pub fn path(&self) -> String {
        let (account, rest): (&AccountId, &[&str]) = match self {
            Self::Wallet(account) => (account, &["wallet"]),
            Self::PutCurrentCard(account) => (account, &["current-card"]),
            Self::Card(account, card) => (account, &["cards", card.as_str()]),
            Self::Code(account, card) => (account, &["cards", card.as_str(), "code"]),
            Self::Entries(account, card, ..) => (account, &["cards", card.as_str(), "entries"]),
            Self::Coupons(account, card, ..) => (account, &["cards", card.as_str(), "coupons"]),
            Self::OpenClaim(account) => (account, &["claims"]),
            Self::Claim(account, claim) => (account, &["claims", claim.as_str()]),
            Self::ResendSms(account, claim) => (account, &["claims", claim.as_str(), "sms"]),
            Self::Verify(account, claim) => (account, &["claims", claim.as_str(), "verification"]),
            Self::Bind(account, claim) => (account, &["claims", claim.as_str(), "binding"]),
            Self::Profile(account) => (account, &["profile"]),
            Self::UnlinkPhone(account) => (account, &["profile", "phone"]),
            Self::SignOut(account) => (account, &["session"]),
            Self::Terms(account, version) => (account, &["terms", version]),
            Self::Table(code) => return join(&["api", "v1", "tables", code]),
        };
        let mut path = join(&["api", "v1", "accounts", account.as_str()]);
        path.push_str(&join(rest));
        let query: &[(&str, Option<&str>)] = match self {
            Self::Entries(_, _, kind, cursor) => {
                &[("kind", kind.and_then(kind_name)), ("cursor", *cursor)]
            }
            Self::Coupons(_, _, state, cursor) => {
                &[("state", state_name(*state)), ("cursor", *cursor)]
            }
            _ => &[],
        };
        let mut separator = '?';
        for (name, value) in query {
            if let Some(value) = value {
                path.push(separator);
                path.push_str(name);
                path.push('=');
                path.push_str(&percent_encoded(value));
                separator = '&';
            }
        }
        path
    }
}

/// A kind as the contract names it.
const fn kind_name(kind: EntryKind) -> Option<&'static str> {
    match kind {
        EntryKind::StoredValue => Some("stored_value"),
        EntryKind::Points => Some("points"),
        EntryKind::Coupon => Some("coupon"),
        EntryKind::Unknown => None,
    }
}

/// A state as the contract names it.
const fn state_name(state: CouponState) -> Option<&'static str> {
    match state {
        CouponState::Unused => Some("unused"),
        CouponState::Used => Some("used"),
        CouponState::Expired => Some("expired"),
        CouponState::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_has_this_method_and_path() {
        let account = AccountId::from("case-2");
        let card = CardId::from("x1");
        let claim = ClaimId::from("k1".to_owned());
        let (account, card, claim) = (&account, &card, &claim);
        let calls = [
            (Endpoint::Wallet(account), "GET", "/wallet"),
            (Endpoint::PutCurrentCard(account), "PUT", "/current-card"),
            (Endpoint::Card(account, card), "GET", "/cards/x1"),
            (Endpoint::Code(account, card), "GET", "/cards/x1/code"),
            (
                Endpoint::Entries(account, card, None, None),
                "GET",
                "/cards/x1/entries",
            ),
            (
                Endpoint::Entries(account, card, Some(EntryKind::StoredValue), Some("20")),
                "GET",
                "/cards/x1/entries?kind=stored_value&cursor=20",
            ),
            (
                Endpoint::Coupons(account, card, CouponState::Unused, Some("a&b")),
                "GET",
                "/cards/x1/coupons?state=unused&cursor=a%26b",
            ),
            (Endpoint::OpenClaim(account), "POST", "/claims"),
            (Endpoint::Claim(account, claim), "GET", "/claims/k1"),
            (
                Endpoint::ResendSms(account, claim),
                "POST",
                "/claims/k1/sms",
            ),
            (
                Endpoint::Verify(account, claim),
                "POST",
                "/claims/k1/verification",
            ),
            (Endpoint::Bind(account, claim), "POST", "/claims/k1/binding"),
            (Endpoint::Profile(account), "GET", "/profile"),
            (Endpoint::UnlinkPhone(account), "DELETE", "/profile/phone"),
            (Endpoint::SignOut(account), "DELETE", "/session"),
            (Endpoint::Terms(account, "2026-11"), "GET", "/terms/2026-11"),
        ];
        for (endpoint, method, path) in calls {
            assert_eq!(endpoint.method().name(), method);
            assert_eq!(endpoint.path(), format!("/api/v1/accounts/case-2{path}"));
        }
        assert_eq!(Endpoint::Table("R/8").path(), "/api/v1/tables/R%2F8");
    }
}
