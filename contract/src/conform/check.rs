//! What is looked at, and the sentence of the contract behind it.

/// Where the sentence behind a check stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// The one sentence there that contains these words.
    Sentence(Place, &'static str),
    /// What a call declares that it is answered with.
    Responses,
    /// The schema of a reply.
    Schema,
    /// What a problem stands for.
    Problem(&'static str),
}

/// A text of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Introduction,
    /// What is said of a call, by its `operationId`.
    Operation(&'static str),
    Pointer(&'static str),
}

/// Declares the checks, each with its name in a report and the sentence behind it.
macro_rules! checks {
    ($($(#[$meta:meta])* $check:ident = $name:literal, $basis:expr;)+) => {
        /// A promise of the contract that a backend is asked about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Check {
            $($(#[$meta])* $check,)+
            /// A call that has to be answered with the problem of this code is.
            Problem(&'static str),
        }

        impl Check {
            /// All but [`Self::Problem`].
            pub const ALL: &'static [Self] = &[$(Self::$check),+];

            /// As it stands in a report.
            #[must_use]
            pub fn name(self) -> String {
                match self {
                    $(Self::$check => $name.to_owned(),)+
                    Self::Problem(code) => format!("problem {code}"),
                }
            }

            pub(super) const fn basis(self) -> Basis {
                match self {
                    $(Self::$check => $basis,)+
                    Self::Problem(code) => Basis::Problem(code),
                }
            }
        }
    };
}

const fn introduction(words: &'static str) -> Basis {
    Basis::Sentence(Place::Introduction, words)
}

const fn said_of(operation: &'static str, words: &'static str) -> Basis {
    Basis::Sentence(Place::Operation(operation), words)
}

const fn said_at(pointer: &'static str, words: &'static str) -> Basis {
    Basis::Sentence(Place::Pointer(pointer), words)
}

checks! {
    // ---- every reply ------------------------------------------------------------
    /// There is an answer, and its status and problem are among those of the call.
    Declared = "declared", Basis::Responses;
    MediaType = "media type", Basis::Responses;
    Schema = "schema", Basis::Schema;
    NoSniff = "nosniff", introduction("nosniff");
    /// On what is about a person.
    NoStore = "no-store", introduction("no-store");
    RetryAfter = "Retry-After", introduction("`Retry-After`");
    /// No reply opens the backend to pages of other origins.
    Cors = "no CORS", introduction("here is no CORS");
    /// `fan` stands for one fan: the same in a session, another in another's.
    FanTold = "fan", introduction("Every reply about a fan carries `fan`");

    // ---- methods ------------------------------------------------------------------
    Head = "HEAD", introduction("`HEAD` too");
    Options = "OPTIONS", introduction("answers `OPTIONS`");
    Allow = "405", introduction("another method is 405");

    // ---- sessions -----------------------------------------------------------------
    CookieAttributes = "cookie", introduction("The cookie `kabao_session`");
    LoginUrl = "login_url", introduction("`login_url` leads to");
    /// Where a sign-in lands.
    Landing = "landing", introduction("with `to=code` to");
    ReturnTo = "return_to", introduction("`return_to` is normalised");
    /// A callback in another browser signs nobody in.
    StateBound = "state bound", introduction("signs in only the browser that comes with that cookie");
    /// A callback that is loaded again begins no other session.
    StateOnce = "state once", introduction("leads to the same session");
    SignedOut = "signed out", said_of("signOut", "Signs out");

    // ---- reading --------------------------------------------------------------------
    /// The parts of a wallet fit together.
    WalletFits = "wallet fits", said_at(
        "/components/schemas/Wallet/properties/merchants/description",
        "Every merchant of `cards`",
    );
    NewestFirst = "newest first", said_of("getEntries", "newest first");
    /// A list comes in pages of twenty, to its end, with nothing twice.
    Paging = "paging", introduction("twenty a page");
    /// A cursor that isn't of this list shows nothing of another.
    Cursor = "cursor", said_at("/components/parameters/Cursor/description", "`next_cursor`");

    // ---- other fans ---------------------------------------------------------------------
    /// A card of another fan is none, to the letter.
    OthersCard = "another's card", said_at(
        "/components/examples/problem_card_not_found/value/title",
        "no such card",
    );
    /// A claim of another fan is none.
    OthersClaim = "another's claim", said_at(
        "/components/examples/problem_claim_not_found/value/title",
        "no such claim",
    );
    /// Nothing is done for a page that shows another fan.
    KabaoFan = "Kabao-Fan", introduction("nothing is done and the answer is `another_fan`");
    /// A page of another origin can't write.
    Origin = "Origin", introduction("`Origin` of another host");
    /// What another site's form can send is no request.
    JsonOnly = "JSON only", introduction("A body is `application/json`");

    // ---- reports ----------------------------------------------------------------------
    ReportTaken = "report", said_of("report", "without a sign-in");

    // ---- the switch -----------------------------------------------------------------------
    Switch = "switch", said_of("putCurrentCard", "The card in use");
    IfMatch = "If-Match", said_of("putCurrentCard", "still at the revision");
    /// A switch to the card in use overtakes what was sent before it.
    NewRevision = "new revision", said_of("putCurrentCard", "is a new revision");

    // ---- the claim ------------------------------------------------------------------------
    /// One key, one body: one effect, and the same answer each time.
    Idempotency = "idempotency", introduction("carries `Idempotency-Key`");
    /// One fan's key means nothing for another's.
    IdempotencyScope = "idempotency scope", introduction("scope is fan, call and body");
    SmsLimit = "SMS limit", introduction("`number_interval`");
    OneClaim = "one claim", introduction("opening a claim ends the fan's earlier one");
    NothingTold = "nothing told", said_of("openClaim", "Nothing about the phone is told");
    /// A wrong code costs an attempt.
    Attempts = "attempts", introduction("`code_attempts`");
    MalformedCode = "malformed code", said_of("verify", "costs no attempt");
    Verified = "verified", said_of("verify", "Proves the phone");
    /// All of the cards are bound, once.
    Bound = "bound", said_of("bind", "In one transaction");
    BoundOnce = "bound once", said_of("bind", "Binding a bound claim again");
    CardInUse = "card in use", said_of("bind", "becomes the card in use");

    // ---- the profile ----------------------------------------------------------------------
    Unlinked = "unlinked", said_of("unlinkPhone", "Withdraws every consent");
    CardsStay = "cards stay", said_of("unlinkPhone", "The cards stay");
}
