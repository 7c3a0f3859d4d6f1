//! The rules of the stand-in backend, without any input or output.
//!
//! [`handle`] answers one request: it takes the state, the request, the time and
//! randomness, and returns the reply and the rows that change. The caller writes
//! those rows in one transaction before it sends the reply. So the same rules run
//! behind a server with a database, and in a page without either.
//!
//! The map:
//!
//! - [`state`]: the rows; [`change`]: how rows change; [`id`], [`timestamp`],
//!   [`entropy`]: what they are made of.
//! - [`request`], [`reply`], [`problem`]: what comes in and what goes out.
//! - [`command`]: the set-up steps of the manual; [`cases`]: the manual's cases,
//!   each a start and the commands that follow.
//! - [`wechat`]: the stand-in for WeChat's own part in signing in; [`till`]: a till that
//!   scans member codes.
//! - [`retention`]: what is kept no longer; [`limits`]: how much of what there may be;
//!   [`report`]: what pages report.
//! - Internal: `call` routes a request to `sign_in` (with `begun`), `wallet`, `switch`,
//!   `card`, `claim`, `profile`, `terms`, `table` or `report`. Those use `issue`, `outcome`,
//!   `sms` (with `limits` and `captcha`) and `idempotency`, and below them `setting`, `view`
//!   and `draft`. `language` turns the backend's own words in a reply into those that were
//!   asked for.
//!
//! No rule asks which case it is in: what a fan meets follows from the rows alone.

mod begun;
mod call;
mod captcha;
mod card;
pub mod cases;
pub mod change;
mod claim;
pub mod command;
mod draft;
pub mod entropy;
mod hash;
pub mod id;
mod idempotency;
mod issue;
mod language;
pub mod limits;
mod outcome;
pub mod problem;
mod profile;
pub mod reply;
pub mod report;
pub mod request;
pub mod retention;
mod setting;
mod sign_in;
mod sms;
pub mod state;
mod switch;
mod table;
mod terms;
pub mod till;
pub mod timestamp;
mod view;
mod wallet;
pub mod wechat;

use change::Change;
use draft::Draft;
use entropy::Entropy;
use language::Language;
use reply::Reply;
use request::Request;
use state::State;
use timestamp::Timestamp;

/// Answers `request` at the time `now`, and returns the rows that change.
///
/// It knows the paths of the API, `/enter` and `/wechat/callback/{account}`; any other is
/// `not_found`.
#[must_use]
pub fn handle(
    state: &State,
    request: &Request,
    now: Timestamp,
    entropy: Entropy,
) -> (Reply, Vec<Change>) {
    let mut draft = Draft::new(state, now, entropy);
    let reply =
        call::answer(&mut draft, request).unwrap_or_else(|problem| Reply::problem(problem, now));
    let language = Language::asked_for(request.accept_language.as_deref());
    let reply = language::spoken(reply, language);
    (reply, draft.into_changes())
}
