//! A sign-in between `/enter` and the callback.
//!
//! It is in a cookie of the browser that began it and nowhere else: so nobody else can end
//! it, and an entry leaves nothing behind. The cookie is not signed, because
//! whatever it says is judged again as `/enter` judges its query, and who signs in is what
//! WeChat says. It holds a secret of which the `state` in addresses is a digest: whoever
//! reads the address of a callback, in a log or a history, can't make up the cookie.

use sha2::{Digest as _, Sha256};

use crate::{
    id::{AccountId, MerchantId},
    reply::SignInChange,
    request::{field_of, percent_decoded, percent_encoded},
    timestamp::Timestamp,
};

/// How long a `state` is valid, in seconds.
pub(crate) const STATE_LIVES: i64 = 10 * 60;
/// How many sign-ins a browser may have under way in one account.
const SLOTS: u32 = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// What the browser alone knows.
    pub(crate) secret: String,
    pub(crate) merchant: Option<MerchantId>,
    pub(crate) return_to: String,
    pub(crate) began_at: Timestamp,
}

impl Begun {
    /// The sign-in with this `state` among those that a browser has begun, if it is still
    /// valid.
    pub(crate) fn among(cookies: &[String], state: &str, now: Timestamp) -> Option<Self> {
        cookies
            .iter()
            .filter_map(|cookie| Self::parse(cookie))
            .find(|begun| begun.state() == state)
            .filter(|begun| begun.began_at <= now && !is_state_over(begun.began_at, now))
    }

    /// The one-time `state`, in hexadecimal digits.
    pub(crate) fn state(&self) -> String {
        let digest = Sha256::digest(self.secret.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn parse(cookie: &str) -> Option<Self> {
        let field = |name| percent_decoded(field_of(cookie, name)?);
        Some(Self {
            secret: field("secret")?,
            merchant: field("merchant").map(MerchantId::from),
            return_to: field("return_to")?,
            began_at: Timestamp::from_milliseconds(field("began_at")?.parse().ok()?),
        })
    }

    fn cookie(&self) -> String {
        let merchant = self.merchant.as_ref().map_or_else(String::new, |merchant| {
            format!("&merchant={}", percent_encoded(merchant.as_str()))
        });
        format!(
            "secret={}&began_at={}&return_to={}{merchant}",
            percent_encoded(&self.secret),
            self.began_at.milliseconds(),
            percent_encoded(&self.return_to),
        )
    }

    fn slot(&self) -> u32 {
        let state = self.state();
        let first = state.chars().next();
        first
            .and_then(|digit| digit.to_digit(16))
            .unwrap_or_default()
            % SLOTS
    }

    pub(crate) fn begin(&self, account: &AccountId) -> SignInChange {
        SignInChange::Begin {
            account: account.clone(),
            slot: self.slot(),
            value: self.cookie(),
            lives: STATE_LIVES,
        }
    }

    pub(crate) fn end(&self, account: &AccountId) -> SignInChange {
        SignInChange::End {
            account: account.clone(),
            slot: self.slot(),
        }
    }
}

pub(crate) fn is_state_over(began_at: Timestamp, now: Timestamp) -> bool {
    began_at.plus_seconds(STATE_LIVES) <= now
}
