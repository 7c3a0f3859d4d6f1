//! Identifiers that the backend chose.

/// Declares an identifier that the backend chose: opaque text, never computed
/// with, and never mistaken for an identifier of another kind.
macro_rules! identifier {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The identifier as the backend wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
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
    };
}

identifier! {
    /// An official account (公众号), as the address names it.
    AccountId
}
identifier! {
    /// A restaurant.
    MerchantId
}
identifier! {
    /// A member card.
    CardId
}

identifier! {
    /// A request to recover a card.
    ClaimId
}
identifier! {
    /// A person as one official account knows them (粉丝): the same in every
    /// session of theirs, and never the openid.
    FanId
}
