//! Every call of the contract: its method, its path and its policy.
//!
//! The paths are private to this module, so no call can be made that the
//! contract does not know.

use core::time::Duration;

use crate::{
    domain::{
        coupon::CouponState,
        entry::EntryKind,
        id::{AccountId, CardId, ClaimId},
    },
    percent::{join, percent_encoded},
    problem::ApiError,
    status,
};

/// How long most calls may take. A phone in a basement restaurant is slow; a
/// fan who sees nothing for longer gives up.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a call may take that makes the backend talk to a carrier first.
const SMS_PATIENCE: Duration = Duration::from_secs(20);
/// How long to wait before a request is sent again by itself.
const PAUSE: Duration = Duration::from_millis(700);
/// How long after it was first sent a request may be sent again by itself, in
/// milliseconds: the longest patience and the pause, with something for timers that
/// are late. A page that was frozen comes later, perhaps by more than a backend
/// remembers a key.
const REPEATABLE_FOR: u64 = 30_000;
/// How long signing out may take. By then the phone has forgotten the fan.
const SIGN_OUT_PATIENCE: Duration = Duration::from_secs(5);

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

/// What may be done with a call that has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How long one request may take.
    pub timeout: Duration,
    pub access: Access,
    pub repetition: Repetition,
    /// The HTTP status of a refusal which says that what the call is for is the
    /// case already.
    pub fulfilled_by: Option<u16>,
}

/// Whether a call changes anything at the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Without a result there is nothing to be in doubt about.
    Read,
    /// Without a result it may have taken effect: see
    /// [`ApiError::outcome`].
    Write,
}

/// Whether a request may be sent again when it is not known what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repetition {
    /// Twice is as good as once.
    Safe,
    /// With the same idempotency key.
    WithKey,
    /// Not at all: ask the backend how things stand, and decide then.
    AskFirst,
}

impl Policy {
    /// How long to wait before a call that has failed is sent again by itself,
    /// after `attempts` of them, or `None` if that is for the fan to decide.
    ///
    /// Only a broken connection is worth it: phones lose theirs for a moment
    /// all the time. A backend that is overloaded is not helped by more calls,
    /// and after a time-out the fan has waited for long enough.
    #[must_use]
    pub fn repeat_after(&self, attempts: u32, error: &ApiError) -> Option<Duration> {
        let is_repeated = attempts == 1
            && self.repetition != Repetition::AskFirst
            && matches!(error, ApiError::Offline);
        is_repeated.then_some(PAUSE)
    }

    /// Whether a request may be sent again by itself, `elapsed` milliseconds after it
    /// was first sent by a clock that goes on while the page is frozen. It may not
    /// where that clock was set in between, as nobody knows how long it was then.
    #[must_use]
    pub fn may_repeat_after(elapsed: i64) -> bool {
        u64::try_from(elapsed).is_ok_and(|elapsed| elapsed <= REPEATABLE_FOR)
    }

    /// Whether `error` says that what the call is for is the case already.
    #[must_use]
    pub fn is_fulfilled_by(&self, error: &ApiError) -> bool {
        self.fulfilled_by.is_some() && self.fulfilled_by == error.status()
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

    /// How long the call may take, and what to do when it has no result.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        let (timeout, access, repetition) = match self {
            Self::Wallet(_)
            | Self::Card(..)
            | Self::Code(..)
            | Self::Entries(..)
            | Self::Coupons(..)
            | Self::Claim(..)
            | Self::Profile(_)
            | Self::Terms(..)
            | Self::Table(_) => (PATIENCE, Access::Read, Repetition::Safe),
            Self::PutCurrentCard(_) => (PATIENCE, Access::Write, Repetition::AskFirst),
            Self::OpenClaim(_) | Self::ResendSms(..) => {
                (SMS_PATIENCE, Access::Write, Repetition::WithKey)
            }
            Self::Verify(..) | Self::Bind(..) => (PATIENCE, Access::Write, Repetition::WithKey),
            Self::UnlinkPhone(_) => (PATIENCE, Access::Write, Repetition::Safe),
            Self::SignOut(_) => (SIGN_OUT_PATIENCE, Access::Write, Repetition::Safe),
        };
        Policy {
            timeout,
            access,
            repetition,
            // Who is not signed in need not sign out.
            fulfilled_by: match self {
                Self::SignOut(_) => Some(status::UNAUTHORIZED),
                _ => None,
            },
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

    #[test]
    fn what_is_repeated_is_a_property_of_the_call() {
        let account = AccountId::from("case-2");
        let claim = ClaimId::from("k1");
        let (account, claim) = (&account, &claim);
        let once = Some(PAUSE);
        for (endpoint, access, after_offline) in [
            (Endpoint::Wallet(account), Access::Read, once),
            (Endpoint::Table("R8"), Access::Read, once),
            (Endpoint::PutCurrentCard(account), Access::Write, None),
            (Endpoint::OpenClaim(account), Access::Write, once),
            (Endpoint::ResendSms(account, claim), Access::Write, once),
            (Endpoint::Verify(account, claim), Access::Write, once),
            (Endpoint::Bind(account, claim), Access::Write, once),
            (Endpoint::UnlinkPhone(account), Access::Write, once),
            (Endpoint::SignOut(account), Access::Write, once),
        ] {
            let policy = endpoint.policy();
            assert_eq!(policy.access, access, "{endpoint:?}");
            assert_eq!(
                policy.repeat_after(1, &ApiError::Offline),
                after_offline,
                "{endpoint:?}"
            );
            for error in [
                ApiError::Timeout,
                ApiError::Unreadable,
                ApiError::Gateway {
                    status: 503,
                    retry_after: Some(1),
                },
            ] {
                assert_eq!(policy.repeat_after(1, &error), None, "{endpoint:?}");
            }
            assert_eq!(policy.repeat_after(2, &ApiError::Offline), None);
        }
    }

    #[test]
    fn a_page_that_was_not_frozen_may_repeat_whatever_it_repeats() {
        let account = AccountId::from("case-2");
        let longest = Endpoint::OpenClaim(&account).policy().timeout + PAUSE;
        let longest = i64::try_from(longest.as_millis()).expect("some seconds");
        for (elapsed, may_repeat) in [
            (0, true),
            (longest, true),
            (30_000, true),
            (30_001, false),
            (24 * 60 * 60_000, false),
            (-1, false),
            (i64::MIN, false),
        ] {
            assert_eq!(Policy::may_repeat_after(elapsed), may_repeat, "{elapsed}");
        }
    }

    #[test]
    fn a_post_is_the_call_that_carries_a_key() {
        let account = AccountId::from("case-2");
        let claim = ClaimId::from("k1");
        for endpoint in [
            Endpoint::Wallet(&account),
            Endpoint::PutCurrentCard(&account),
            Endpoint::OpenClaim(&account),
            Endpoint::ResendSms(&account, &claim),
            Endpoint::Verify(&account, &claim),
            Endpoint::Bind(&account, &claim),
            Endpoint::UnlinkPhone(&account),
        ] {
            assert_eq!(
                endpoint.method() == Method::Post,
                endpoint.policy().repetition == Repetition::WithKey,
                "{endpoint:?}"
            );
        }
    }

    #[test]
    fn who_is_not_signed_in_is_signed_out() {
        let account = AccountId::from("case-2");
        let gateway = |status| ApiError::Gateway {
            status,
            retry_after: None,
        };
        assert!(
            Endpoint::SignOut(&account)
                .policy()
                .is_fulfilled_by(&gateway(401))
        );
        assert!(
            !Endpoint::SignOut(&account)
                .policy()
                .is_fulfilled_by(&gateway(403))
        );
        assert!(
            !Endpoint::SignOut(&account)
                .policy()
                .is_fulfilled_by(&ApiError::Offline)
        );
        assert!(
            !Endpoint::UnlinkPhone(&account)
                .policy()
                .is_fulfilled_by(&gateway(401))
        );
    }
}
