//! The calls that the app makes: what they are for, and their good replies.

use serde_json::{Value, json};

use super::{fault::Parts, good};
use crate::{
    backend::Backend,
    calls::{SCREENS, Screen, good_backend},
    page::{all, text},
    replies,
};

/// What a call is for, which says where a person meets what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The screen is made of it.
    Page,
    /// A part of the screen is made of it.
    Part,
    /// What is on the screen is asked for anew.
    Refresh,
    /// A step of the claim, sent with an idempotency key.
    Step,
    /// Puts a card in use. It is never repeated before the wallet was asked.
    Switch,
    /// Sets something that is set again without harm.
    Setting,
}

impl Purpose {
    pub(super) const fn is_write(self) -> bool {
        matches!(self, Self::Step | Self::Switch | Self::Setting)
    }
}

pub(super) struct Call {
    /// In the table.
    pub(super) name: &'static str,
    /// As the contract names it.
    operation: &'static str,
    pub(super) purpose: Purpose,
    pub(super) status: u16,
    pub(super) reply: fn() -> Value,
    pub(super) parts: Parts,
    /// What a person sees once it has succeeded.
    pub(super) done: Sight,
    /// What a person sees after signing in, back on the page.
    pub(super) back: Sight,
    /// Seconds after which an answer is not waited for any longer.
    pub(super) patience: u32,
}

/// Something that a person can see.
#[derive(Clone, Copy)]
pub(super) enum Sight {
    Words(&'static str),
    Element(&'static str),
    /// The app has left for an address that begins so.
    Elsewhere(&'static str),
}

impl Sight {
    pub(super) fn is_there(self, backend: &Backend) -> bool {
        match self {
            Self::Words(words) => text().contains(words),
            Self::Element(selector) => !all(selector).is_empty(),
            Self::Elsewhere(url) => backend.left_for().iter().any(|it| it.starts_with(url)),
        }
    }
}

impl Call {
    pub(super) fn screen(&self) -> &'static Screen {
        let mut screens = SCREENS.iter();
        let screen = screens.find(|screen| screen.operation == self.operation);
        screen.expect("a screen of the call")
    }

    /// From now on it is answered as it should be.
    pub(super) fn succeed(&self, backend: &Backend) {
        let screen = self.screen();
        backend.always(screen.method, screen.path, self.status, (self.reply)());
        if self.purpose == Purpose::Switch {
            self.take_effect(backend);
        }
    }

    /// The backend has carried it out.
    pub(super) fn take_effect(&self, backend: &Backend) {
        match self.operation {
            "putCurrentCard" => {
                let mut wallet = replies::wallet();
                wallet["current_card_id"] = json!("2");
                wallet["revision"] = json!("2");
                backend.always("GET", "/wallet", 200, wallet);
            }
            "unlinkPhone" => backend.always("GET", "/profile", 200, good::unlinked()),
            "signOut" => backend.always("DELETE", "/session", 401, replies::not_signed_in()),
            _ => {}
        }
    }

    /// A backend after the fan has signed in again. Of a write it knows nothing.
    pub(super) fn signed_in(&self) -> Backend {
        let backend = good_backend();
        if !self.purpose.is_write() {
            self.succeed(&backend);
        }
        let (has_claim, claim) = match self.operation {
            "openClaim" | "getTerms" => (false, replies::claim()),
            "getClaim" | "resendSms" | "verify" => (true, replies::claim()),
            "bind" => (true, good::verified()),
            _ => return backend,
        };
        let mut wallet = replies::empty_wallet();
        if has_claim {
            wallet["open_claim_id"] = json!("9");
        }
        backend.always("GET", "/wallet", 200, wallet);
        backend.always("GET", "/claims/9", 200, claim);
        backend
    }
}

const CODE_FIELD: Sight = Sight::Element("#claim-code");
const IN_USE: &str = "Now using Sichuan Bistro, ending in 0002";

pub(super) const CALLS: &[Call] = &[
    Call {
        name: "wallet",
        operation: "getWallet",
        purpose: Purpose::Page,
        status: 200,
        reply: replies::wallet,
        parts: Parts {
            essential: "/cards",
            choice: Some("/cards/0/origin"),
            number: Some("/cards/0/balance_fen"),
            text: Some("/merchants/0/name"),
        },
        done: Sight::Words("nding in 0002"),
        back: Sight::Words("nding in 0002"),
        patience: 15,
    },
    Call {
        name: "wallet, refreshed",
        operation: "getWallet",
        purpose: Purpose::Refresh,
        status: 200,
        reply: good::fuller_wallet,
        parts: Parts {
            essential: "/account",
            choice: Some("/account/kind"),
            number: Some("/cards/0/points"),
            text: Some("/account/name"),
        },
        done: Sight::Words("nding in 0003"),
        back: Sight::Words("nding in 0003"),
        patience: 15,
    },
    Call {
        name: "switch",
        operation: "putCurrentCard",
        purpose: Purpose::Switch,
        status: 200,
        reply: good::switched,
        parts: Parts {
            essential: "/current_card_id",
            choice: None,
            number: Some("/revision"),
            text: Some("/revision"),
        },
        done: Sight::Words(IN_USE),
        back: Sight::Words("isn’t done"),
        patience: 15,
    },
    Call {
        name: "card",
        operation: "getCard",
        purpose: Purpose::Page,
        status: 200,
        reply: good::card,
        parts: Parts {
            essential: "/card/number",
            choice: Some("/card/status"),
            number: Some("/card/points"),
            text: Some("/card/level/name"),
        },
        done: Sight::Words("History and coupons"),
        back: Sight::Words("History and coupons"),
        patience: 15,
    },
    Call {
        name: "code",
        operation: "getCode",
        purpose: Purpose::Page,
        status: 200,
        reply: good::code,
        parts: Parts {
            essential: "/payload",
            choice: Some("/mode"),
            number: Some("/last_use/amount_fen"),
            text: Some("/last_use/title"),
        },
        done: Sight::Element(".code-plate"),
        back: Sight::Element(".code-plate"),
        patience: 15,
    },
    Call {
        name: "history",
        operation: "getEntries",
        purpose: Purpose::Part,
        status: 200,
        reply: good::entries,
        parts: Parts {
            essential: "/items",
            choice: Some("/items/0/kind"),
            number: Some("/items/0/amount"),
            text: Some("/items/0/shop"),
        },
        done: Sight::Words("Lunch"),
        back: Sight::Words("Lunch"),
        patience: 15,
    },
    Call {
        name: "coupons",
        operation: "getCoupons",
        purpose: Purpose::Part,
        status: 200,
        reply: good::coupons,
        parts: Parts {
            essential: "/items/0/id",
            choice: Some("/items/0/state"),
            number: Some("/items/0/value_fen"),
            text: Some("/items/0/rule"),
        },
        done: Sight::Words("A free soup"),
        back: Sight::Words("History and coupons"),
        patience: 15,
    },
    Call {
        name: "claim, opened",
        operation: "openClaim",
        purpose: Purpose::Step,
        status: 201,
        reply: replies::claim,
        parts: Parts {
            essential: "/claim/id",
            choice: Some("/claim/state"),
            number: Some("/claim/code_length"),
            text: Some("/claim/phone_masked"),
        },
        done: CODE_FIELD,
        back: Sight::Words("Phone number"),
        patience: 20,
    },
    Call {
        name: "claim, gone on with",
        operation: "getClaim",
        purpose: Purpose::Page,
        status: 200,
        reply: replies::claim,
        parts: Parts {
            essential: "/claim/resend_at",
            choice: Some("/claim/state"),
            number: Some("/claim/code_length"),
            text: Some("/claim/phone_masked"),
        },
        done: CODE_FIELD,
        back: CODE_FIELD,
        patience: 15,
    },
    Call {
        name: "code sent again",
        operation: "resendSms",
        purpose: Purpose::Step,
        status: 200,
        reply: good::sent_again,
        parts: Parts {
            essential: "/claim/attempts_left",
            choice: Some("/claim/state"),
            number: Some("/claim/code_length"),
            text: Some("/claim/phone_masked"),
        },
        done: Sight::Words("A new code has been sent"),
        back: CODE_FIELD,
        patience: 20,
    },
    Call {
        name: "code checked",
        operation: "verify",
        purpose: Purpose::Step,
        status: 200,
        reply: good::verified,
        parts: Parts {
            essential: "/claim/candidates",
            choice: Some("/claim/candidates/0/status"),
            number: Some("/claim/candidates/0/balance_fen"),
            text: Some("/claim/candidates/0/holder/name"),
        },
        done: Sight::Words("Is this your card?"),
        back: CODE_FIELD,
        patience: 15,
    },
    Call {
        name: "card bound",
        operation: "bind",
        purpose: Purpose::Step,
        status: 200,
        reply: good::bound,
        parts: Parts {
            essential: "/wallet",
            choice: Some("/claim/bound_cards/0/kind"),
            number: Some("/claim/bound_cards/0/balance_fen"),
            text: Some("/claim/bound_cards/0/level/name"),
        },
        done: Sight::Words("Your card is back"),
        back: Sight::Words("Is this your card?"),
        patience: 15,
    },
    Call {
        name: "profile",
        operation: "getProfile",
        purpose: Purpose::Page,
        status: 200,
        reply: replies::profile,
        parts: Parts {
            essential: "/phone_proven",
            choice: None,
            number: Some("/terms/version"),
            text: Some("/consents/0/version"),
        },
        done: Sight::Words("138****8000"),
        back: Sight::Words("138****8000"),
        patience: 15,
    },
    Call {
        name: "phone unlinked",
        operation: "unlinkPhone",
        purpose: Purpose::Setting,
        status: 200,
        reply: good::unlinked,
        parts: Parts {
            essential: "/consents",
            choice: None,
            number: Some("/terms/version"),
            text: Some("/consents/0/version"),
        },
        done: Sight::Words("Phone unlinked"),
        back: Sight::Words("138****8000"),
        patience: 15,
    },
    Call {
        name: "signed out",
        operation: "signOut",
        purpose: Purpose::Setting,
        status: 200,
        reply: good::signed_out,
        parts: Parts {
            essential: "/server_time",
            choice: None,
            number: None,
            text: None,
        },
        done: Sight::Words("You’re signed out"),
        back: Sight::Words("138****8000"),
        patience: 5,
    },
    Call {
        name: "terms",
        operation: "getTerms",
        purpose: Purpose::Part,
        status: 200,
        reply: good::terms,
        parts: Parts {
            essential: "/texts",
            choice: None,
            number: None,
            text: Some("/texts/0/privacy"),
        },
        done: Sight::Words("These are the terms 2026-01."),
        back: Sight::Words("Phone number"),
        patience: 15,
    },
    Call {
        name: "table",
        operation: "getTable",
        purpose: Purpose::Page,
        status: 200,
        reply: good::table,
        parts: Parts {
            essential: "/order_url",
            choice: None,
            number: None,
            text: None,
        },
        done: Sight::Elsewhere("https://order.example/"),
        back: Sight::Elsewhere("https://order.example/"),
        patience: 15,
    },
];
