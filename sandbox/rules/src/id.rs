//! Identifiers of rows.

use crate::hash::fnv_1a;

/// Declares an identifier: opaque text that is never mistaken for an identifier
/// of another kind.
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
                /// The identifier's text.
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
    /// A restaurant.
    MerchantId
    /// A person as one official account knows them.
    FanId
    /// A member of a merchant.
    MemberId
    /// A member card.
    CardId
    /// A claim.
    ClaimId
    /// A session's secret.
    SessionToken
    /// A WeChat identity within one account.
    OpenId
    /// A mainland mobile number: eleven digits.
    Phone
    /// A table code.
    TableCode
    /// A person of the sandbox.
    PersonId
    /// A copy of a case with everything in it.
    WorldId
}

impl FanId {
    /// The fan as replies name them. The row's own identifier holds the openid, which
    /// never leaves the backend. This is a plain hash; a production backend takes a
    /// random identifier.
    #[must_use]
    pub fn public(&self) -> String {
        format!("{:016x}", fnv_1a(self.0.bytes()))
    }
}

impl Phone {
    /// Whether `text` is a mainland mobile number: `^1[3-9]\d{9}$`.
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
