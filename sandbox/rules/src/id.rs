//! Identifiers of rows.

use crate::hash::fnv_1a;

/// Declares a newtype over text for each kind of identifier.
macro_rules! identifier {
    ($($(#[$meta:meta])* $name:ident)+) => {
        $(
            $(#[$meta])*
            #[derive(
                Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
                serde::Serialize, serde::Deserialize,
            )]
            #[serde(transparent)]
            pub struct $name(String);

            impl $name {
                #[must_use]
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl core::borrow::Borrow<str> for $name {
                fn borrow(&self) -> &str {
                    &self.0
                }
            }

            impl From<String> for $name {
                fn from(text: String) -> Self {
                    Self(text)
                }
            }

            impl From<&str> for $name {
                fn from(text: &str) -> Self {
                    Self(text.to_owned())
                }
            }

            impl core::fmt::Display for $name {
                fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    formatter.write_str(&self.0)
                }
            }
        )+
    };
}

identifier! {
    /// An official account (公众号).
    AccountId
    MerchantId
    /// A person as one official account knows them.
    FanId
    MemberId
    CardId
    ClaimId
    /// The secret in a session's cookie.
    SessionToken
    /// A person's identity in WeChat, within one account.
    OpenId
    /// A mainland mobile number: eleven digits.
    Phone
    TableCode
    PersonId
    /// A copy of a case; also the id of its people's account.
    WorldId
}

impl FanId {
    /// The id that replies carry. The row's own id contains the openid, which never
    /// leaves the backend. A production backend would store a random id rather than
    /// hash.
    #[must_use]
    pub fn public(&self) -> String {
        format!("{:016x}", fnv_1a(self.0.bytes()))
    }
}

impl Phone {
    /// `^1[3-9]\d{9}$`: a mainland mobile number.
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        matches!(text.as_bytes(), [b'1', b'3'..=b'9', rest @ ..]
            if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
    }

    /// `138****8000`.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.as_str();
        format!(
            "{}****{}",
            text.get(..3).unwrap_or_default(),
            text.get(7..).unwrap_or_default()
        )
    }
}

/// Tells people, numbers and addresses apart without saying who they are. A production
/// backend uses a hash with a key that it keeps elsewhere, since there are so few numbers
/// that all of them can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Pseudonym(u64);

impl Pseudonym {
    pub(crate) fn of(text: &str) -> Self {
        Self(fnv_1a(text.bytes()))
    }
}
