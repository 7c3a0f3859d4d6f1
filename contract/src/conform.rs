//! Asks a running backend whether it keeps the contract, from outside and by HTTP alone.
//!
//! - [`Target`]: which backend, and who is signed in; [`run()`] makes the calls.
//! - [`report`]: what was found; [`check`]: what is looked at, each with the sentence of the
//!   contract behind it, which `sentence` looks up in the document.
//! - `client` sends requests, `browser` follows a sign-in, `run` holds both together with the
//!   report, and `judge` says what every reply has to keep.
//! - One family of checks to a file: `entering`, `order`, `reading`, `lists`, `others`,
//!   `origins`, `methods`, `switching`, `claiming`, `binding`, `reporting`,
//!   `leaving`.
//!
//! What is sent without [`Target::writes`] changes nothing, not even where a backend keeps
//! nothing of the contract: it names cards and claims that nobody has.

mod binding;
mod browser;
pub mod check;
mod claiming;
mod client;
mod entering;
mod judge;
mod leaving;
mod lists;
mod methods;
mod order;
mod origins;
mod others;
mod reading;
pub mod report;
mod reporting;
mod run;
mod sentence;
mod switching;

use check::Check;
use client::{Call, Client};
use report::Report;
use run::Run;

use crate::Contract;

/// How a fan is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// By the cookie of a session that was begun in WeChat.
    Cookie {
        account: String,
        /// Its value, with or without `kabao_session=`.
        value: String,
    },
    /// By an address of a stand-in for WeChat that signs one in without asking. Redirects lead
    /// from there to a session.
    StandIn { path: String },
}

/// Gives the code that a number has received, or says why it can't.
pub type CodeSource = Box<dyn Fn(&str) -> Result<String, String>>;

/// What may be changed: a claim is made, cards are bound and put in use, the phone is unlinked
/// and the session ended.
pub struct Writes {
    /// A number that may be claimed and whose SMS can be read.
    pub phone: String,
    /// A number to which an SMS may be sent whose code is never asked for: wrong ones are
    /// tried until it is burnt.
    pub spare_phone: Option<String>,
    pub code: CodeSource,
}

impl core::fmt::Debug for Writes {
    /// Without the number.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Writes").finish_non_exhaustive()
    }
}

/// The backend that is asked.
#[derive(Debug)]
pub struct Target {
    /// Its address, such as `https://cards.example.com`.
    pub base: String,
    /// The fan on whose behalf most calls are made.
    pub fan: Entrance,
    /// Another fan, for what must stay apart.
    pub other: Option<Entrance>,
    /// An account that is not authorised.
    pub unavailable: Option<String>,
    /// A visitor of whom WeChat does not say who it is (快照页).
    pub snapshot: Option<Entrance>,
    /// Table codes, live or stale.
    pub tables: Vec<String>,
    /// Nothing is changed without it.
    pub writes: Option<Writes>,
}

/// Why nothing could be said about the backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotRun(pub String);

impl core::fmt::Display for CannotRun {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for CannotRun {}

/// Makes all checks that the target allows.
///
/// # Errors
///
/// [`CannotRun`] if the backend can't be reached, nobody can be signed in, or no code comes.
pub fn run(contract: &Contract, target: &Target) -> Result<Report, CannotRun> {
    let client = Client::new(&target.base);
    let reached = client.send(Call::get("/api/v1/tables/none"));
    if let Some(failure) = reached.failure {
        return Err(CannotRun(format!("{}: {failure}", target.base)));
    }
    let account = entering::session(&client, &target.fan)?.account;
    let mut run = Run::new(contract, &client, Report::default());
    // These sign in often, and a backend may end a fan's older sessions for the newer ones.
    entering::all(&mut run, &target.fan, &account);
    let fan = entering::session(&client, &target.fan)?;
    let other = target
        .other
        .as_ref()
        .map(|entrance| entering::session(&client, entrance))
        .transpose()?;
    let wallet = run.send(fan.get("/wallet"));
    if !wallet.is_success() {
        return Err(CannotRun(format!("no wallet to read: {}", wallet.told())));
    }

    order::without_a_session(&mut run, &account);
    if let Some(account) = &target.unavailable {
        order::unavailable(&mut run, account);
    }
    if let Some(entrance) = &target.snapshot {
        let nobody = entering::session(&client, entrance)?;
        order::snapshot(&mut run, &nobody);
    }
    others::page(&mut run, &fan);
    origins::all(&mut run, &fan);
    methods::all(&mut run, &fan);
    switching::malformed(&mut run, &fan);
    if let Some(other) = &other {
        apart(&mut run, &fan, other);
    }
    reading::tables(&mut run, &target.tables);
    reporting::malformed(&mut run);
    if let Some(writes) = &target.writes {
        claiming::all(&mut run, &fan, other.as_ref(), writes)?;
        switching::all(&mut run, &fan, other.as_ref());
        reporting::taken(&mut run);
    }
    reading::all(&mut run, &fan);
    lists::all(&mut run, &fan);
    if target.writes.is_some() {
        leaving::unlink(&mut run, &fan);
        leaving::sign_out(&mut run, &fan);
    }
    let mut report = run.report;
    tell_what_was_left_out(&mut report, target);
    Ok(report)
}

/// What takes another fan.
const OF_ANOTHER_FAN: &[(&str, Check)] = &[
    ("getCard", Check::OthersCard),
    ("getClaim", Check::OthersClaim),
    ("openClaim", Check::IdempotencyScope),
];

/// What takes a claim.
const OF_CLAIMS: &[(&str, Check)] = &[
    ("openClaim", Check::Idempotency),
    ("openClaim", Check::NothingTold),
    ("openClaim", Check::OneClaim),
    ("resendSms", Check::SmsLimit),
    ("verify", Check::Idempotency),
    ("verify", Check::Attempts),
    ("verify", Check::MalformedCode),
    ("verify", Check::Verified),
    ("bind", Check::Bound),
    ("bind", Check::BoundOnce),
    ("bind", Check::CardInUse),
];

/// What takes another change.
const OF_CHANGES: &[(&str, Check)] = &[
    ("openClaim", Check::IdempotencyScope),
    ("putCurrentCard", Check::Switch),
    ("putCurrentCard", Check::IfMatch),
    ("putCurrentCard", Check::NewRevision),
    ("unlinkPhone", Check::Unlinked),
    ("unlinkPhone", Check::CardsStay),
    ("signOut", Check::SignedOut),
    ("report", Check::ReportTaken),
];

/// So that nobody takes what was not tried for kept.
fn tell_what_was_left_out(report: &mut Report, target: &Target) {
    let changes = OF_CLAIMS.iter().chain(OF_CHANGES);
    let changes = changes.filter(|_| target.writes.is_none());
    for (operation, check) in changes {
        report.not_tried(operation, *check, "it takes --write");
    }
    let others = OF_ANOTHER_FAN.iter().filter(|_| target.other.is_none());
    for (operation, check) in others {
        report.not_tried(operation, *check, "it takes another fan");
    }
}

/// What two fans must not see of each other.
fn apart(run: &mut Run<'_>, fan: &run::Session, other: &run::Session) {
    others::names(run, fan, other);
    others::cards(run, fan, other);
    if fan.account != other.account {
        order::in_another_account(run, fan, &other.account);
    }
    let claim = run.wallet(fan)["open_claim_id"].as_str().map(str::to_owned);
    if let Some(claim) = claim {
        others::claim(run, other, &claim);
    }
}
