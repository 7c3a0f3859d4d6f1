//! Which screen an address names, and the address of each screen.
//!
//! Pure. Paths only, never `#`: WeChat's sign-in mangles fragments.

use crate::{
    domain::id::{AccountId, CardId},
    percent::{join, percent_decoded},
};

/// A screen, as an address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The card wallet.
    Wallet(AccountId),
    /// One card.
    Card(AccountId, CardId),
    /// One card's member code.
    Code(AccountId, CardId),
    /// The member code of the card in use: an address that is the same for every
    /// fan, so that an account's menu can hold it.
    CurrentCode(AccountId),
    /// Recovering an old card.
    Claim(AccountId),
    /// The fan's phone, consents and session.
    Profile(AccountId),
    /// A table code that was scanned.
    Table(String),
    /// The bare host: the wallet has to be opened from the account's menu.
    Home,
    /// An address that names no screen.
    NotFound,
}

impl Route {
    /// The screen at `path`. A slash at the end is ignored.
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Option<Vec<String>> = path.split('/').map(percent_decoded).collect();
        let Some(segments) = segments else {
            return Self::NotFound;
        };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [""] => Self::Home,
            _ if segments.contains(&"") => Self::NotFound,
            ["a", account] => Self::Wallet((*account).into()),
            ["a", account, "code"] => Self::CurrentCode((*account).into()),
            ["a", account, "claim"] => Self::Claim((*account).into()),
            ["a", account, "profile"] => Self::Profile((*account).into()),
            ["a", account, "cards", card] => Self::Card((*account).into(), (*card).into()),
            ["a", account, "cards", card, "code"] => Self::Code((*account).into(), (*card).into()),
            ["t", code] => Self::Table((*code).to_owned()),
            _ => Self::NotFound,
        }
    }

    /// The address of the screen.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Wallet(account) => join(&["a", account.as_str()]),
            Self::Card(account, card) => join(&["a", account.as_str(), "cards", card.as_str()]),
            Self::Code(account, card) => {
                join(&["a", account.as_str(), "cards", card.as_str(), "code"])
            }
            Self::CurrentCode(account) => join(&["a", account.as_str(), "code"]),
            Self::Claim(account) => join(&["a", account.as_str(), "claim"]),
            Self::Profile(account) => join(&["a", account.as_str(), "profile"]),
            Self::Table(code) => join(&["t", code]),
            Self::Home | Self::NotFound => "/".to_owned(),
        }
    }

    /// The account that the screen belongs to.
    #[must_use]
    pub const fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Wallet(account)
            | Self::Card(account, _)
            | Self::Code(account, _)
            | Self::CurrentCode(account)
            | Self::Claim(account)
            | Self::Profile(account) => Some(account),
            Self::Table(_) | Self::Home | Self::NotFound => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_has_this_address() {
        let account = || AccountId::from("case-2");
        let card = || CardId::from("x1");
        for (route, path) in [
            (Route::Wallet(account()), "/a/case-2"),
            (Route::Card(account(), card()), "/a/case-2/cards/x1"),
            (Route::Code(account(), card()), "/a/case-2/cards/x1/code"),
            (Route::CurrentCode(account()), "/a/case-2/code"),
            (Route::Claim(account()), "/a/case-2/claim"),
            (Route::Profile(account()), "/a/case-2/profile"),
            (Route::Table("R-08".to_owned()), "/t/R-08"),
            (Route::Home, "/"),
        ] {
            assert_eq!(route.path(), path);
            assert_eq!(Route::parse(path), route);
            let owner = path.starts_with("/a/").then(account);
            assert_eq!(route.account(), owner.as_ref(), "{path}");
            assert_eq!(Route::parse(&format!("{path}/")), route);
        }
    }

    #[test]
    fn other_addresses_name_no_screen() {
        for path in [
            "/a",
            "/a//claim",
            "/b/case-2",
            "/a/case-2/other",
            "/t",
            "/a/%zz",
            "/a/%E4",
        ] {
            assert_eq!(Route::parse(path), Route::NotFound, "{path}");
        }
    }

    #[test]
    fn any_identifier_survives_the_address() {
        let route = Route::Card("账号/甲".into(), "a b?c#d%".into());
        assert_eq!(Route::parse(&route.path()), route);
    }
}
