//! One call that meets one fault: what a person meets, that nothing is lost or done
//! twice, and the way on once the fault is over.

use kabao::i18n::Language;
use kabao_core::problem::ApiError;

use super::{
    call::{Call, Purpose, Sight},
    expected::Met,
    fault::{Fault, LOGIN, NEW},
};
use crate::{
    backend::Backend,
    calls::good_backend,
    page::{all, end_timers, network, next_frame, pass, press, reload_app, script, text},
    problems::{again, controls, tells},
};

/// Milliseconds after which the app repeats a call by itself whose connection broke.
const PAUSE: u32 = 700;
/// Milliseconds after which leaving the page has failed.
const LEAVING: u32 = 10_000;
/// The most taps that a way on may take: an answer to a question, back from a problem
/// that is in place of the step, and the tap itself.
const TAPS: usize = 4;

/// A call under a fault.
pub(super) struct Cell<'a> {
    call: &'a Call,
    fault: Fault,
    backend: Backend,
}

type Seen<T> = Result<T, String>;

impl<'a> Cell<'a> {
    pub(super) fn new(call: &'a Call, fault: Fault) -> Self {
        Self {
            call,
            fault,
            backend: good_backend(),
        }
    }

    /// Goes through all of it. The error is what a person would complain about.
    pub(super) async fn go_through(&self) -> Seen<Met> {
        self.call_for_it().await;
        let met = self.met().await?;
        self.nothing_hangs(met).await?;
        self.nothing_is_lost(met)?;
        let sent = self.sent_by_itself(met)?;
        match met {
            Met::Done => {}
            Met::SignIn => self.signing_in_leads_back().await?,
            Met::Page | Met::Notice => {
                let taps = self.goes_on().await?;
                self.nothing_is_sent_twice(sent, taps)?;
                self.nothing_hangs(Met::Done).await?;
                self.nothing_is_lost(Met::Done)?;
            }
        }
        Ok(met)
    }

    /// Shows the screen and lets it make the call, which meets the fault.
    async fn call_for_it(&self) {
        let screen = self.call.screen();
        if self.call.purpose == Purpose::Refresh {
            (screen.meet)(&self.backend).await;
            reached(|| text().contains("nding in 0002"), || ()).await;
            self.fail();
            network(true);
        } else {
            self.fail();
            (screen.meet)(&self.backend).await;
        }
        if self.fault == Fault::LostReply {
            self.call.take_effect(&self.backend);
            self.fail();
        }
    }

    fn fail(&self) {
        let screen = self.call.screen();
        let good = (self.call.reply)();
        let outcome = self
            .fault
            .outcome(self.call.status, &good, &self.call.parts);
        self.backend.answer(screen.method, screen.path, outcome);
    }

    fn sent(&self) -> usize {
        let screen = self.call.screen();
        self.backend.count(screen.method, screen.path)
    }

    async fn met(&self) -> Seen<Met> {
        let error = self.fault.error();
        let time_passes = || {
            end_timers(PAUSE);
            if self.fault == Fault::Silence {
                end_timers(self.call.patience * 1_000);
            }
        };
        if !reached(|| self.perceived(&error).is_some(), time_passes).await {
            return complain("nothing is told");
        }
        if text().contains(NEW) {
            return complain("what only programs know is told");
        }
        self.perceived(&error)
            .ok_or_else(|| "it is told and gone".to_owned())
    }

    fn perceived(&self, error: &ApiError) -> Option<Met> {
        let is_there = |selector| !all(selector).is_empty();
        if self.sent() == 0 {
            None
        } else if self.is_done() {
            Some(Met::Done)
        } else if !self.backend.left_for().is_empty() {
            Some(Met::SignIn)
        } else if !tells(error, Language::English) {
            None
        } else if is_there(".problem") {
            Some(Met::Page)
        } else {
            is_there(".notice").then_some(Met::Notice)
        }
    }

    fn is_done(&self) -> bool {
        self.call.done.is_there(&self.backend)
    }

    async fn nothing_hangs(&self, met: Met) -> Seen<()> {
        // Whoever leaves sees the page until the next one comes.
        let leaves = matches!(self.call.done, Sight::Elsewhere(_)) && met == Met::Done;
        if met == Met::SignIn || leaves || reached(|| !is_busy(), || ()).await {
            return Ok(());
        }
        complain("it is left busy")
    }

    /// What was there before is there still, and the card in use is the backend's.
    fn nothing_is_lost(&self, met: Met) -> Seen<()> {
        let keeps = match self.call.purpose {
            Purpose::Refresh => "8000 0000 0001",
            _ => self.call.screen().keeps,
        };
        if met == Met::Notice && !text().contains(keeps) {
            return complain("what was there is gone");
        }
        let in_use = match (self.call.purpose, met) {
            (Purpose::Switch, Met::Notice) => "0001",
            (Purpose::Switch, Met::Done) => "0002",
            _ => return Ok(()),
        };
        let shown = all("#current-card")
            .first()
            .and_then(|it| it.text_content());
        if shown.is_some_and(|shown| shown.contains(in_use)) {
            return Ok(());
        }
        complain("another card is shown as the one in use")
    }

    /// How often the app has sent the call without being asked to.
    fn sent_by_itself(&self, met: Met) -> Seen<usize> {
        let sent = self.sent();
        let wallets = self.backend.count("GET", "/wallet");
        let is_right = match self.call.purpose {
            Purpose::Step | Purpose::Setting => {
                let repeated = self.fault.is_broken_connection();
                sent == 1 + usize::from(repeated)
            }
            // Whoever asks in between knows that it did not happen.
            Purpose::Switch if met == Met::Done => sent == 1,
            Purpose::Switch => sent <= wallets,
            Purpose::Page | Purpose::Part | Purpose::Refresh => true,
        };
        if is_right {
            return Ok(sent);
        }
        complain(&format!(
            "it was sent {sent} times, and the wallet asked for {wallets} times"
        ))
    }

    /// The fault is over, and what is offered leads to what the call is for. How many
    /// taps that takes.
    async fn goes_on(&self) -> Seen<usize> {
        self.call.succeed(&self.backend);
        if self.fault == Fault::LostReply {
            self.call.take_effect(&self.backend);
        }
        for taps in 0..=TAPS {
            if controls().iter().any(|name| waits(name)) {
                pass(61_000);
            }
            let is_on = || self.is_done() || !is_busy() && self.way_on().is_some();
            if !reached(is_on, || end_timers(PAUSE)).await {
                return complain("there is no way on");
            }
            if self.is_done() {
                return Ok(taps);
            }
            press(self.way_on().unwrap_or_default().trim());
            for _ in 0..2 {
                next_frame().await;
            }
        }
        complain(&format!("{TAPS} taps lead nowhere"))
    }

    /// The button that a person would press; none while there is one that waits.
    fn way_on(&self) -> Option<String> {
        let names = controls();
        if names.iter().any(|name| waits(name)) {
            return None;
        }
        let named = |wanted: &str| names.iter().find(|name| name.trim() == wanted).cloned();
        let is_blocked = self.call.purpose == Purpose::Step && !all(".problem").is_empty();
        named("Unlink phone")
            .or_else(|| again(self.call.screen()))
            .or_else(|| named("Back").filter(|_| is_blocked))
    }

    /// What a person has done once is sent once more for each tap at most, as it was,
    /// and under the same key for as long as nobody knows what became of it.
    fn nothing_is_sent_twice(&self, by_itself: usize, taps: usize) -> Seen<()> {
        if !self.call.purpose.is_write() {
            return Ok(());
        }
        let screen = self.call.screen();
        let requests = self.backend.requests(screen.method, screen.path);
        let [first, more @ ..] = requests.as_slice() else {
            return complain("it was never sent");
        };
        if requests.len() > by_itself + taps {
            return complain("it was sent without a tap");
        }
        if more.iter().any(|request| request.body != first.body) {
            return complain("something else was sent");
        }
        let has_key = first.idempotency_key.is_some();
        if has_key != (self.call.purpose == Purpose::Step) {
            return complain("a key where none belongs, or none");
        }
        let is_other = |key: &Option<String>| *key != first.idempotency_key;
        if !self.fault.is_final() && more.iter().any(|it| is_other(&it.idempotency_key)) {
            return complain("it was sent under another key");
        }
        Ok(())
    }

    /// Where the address for signing in does not load, it can be tried again; where it
    /// does, the fan comes back to the page.
    async fn signing_in_leads_back(&self) -> Seen<()> {
        let left_for = self.backend.left_for().remove(0);
        let prefix = format!("{LOGIN}&return_to=");
        let Some(return_to) = left_for.strip_prefix(&prefix) else {
            return complain(&format!("it left for {left_for}"));
        };
        let time_passes = || end_timers(LEAVING);
        if !reached(|| text().contains("Sign-in failed"), time_passes).await {
            return complain("where signing in does not load, nothing is told");
        }
        press("Sign in again");
        if !reached(|| self.backend.left_for().len() == 2, || ()).await {
            return complain("it can’t be tried again");
        }
        let path = script(&format!(
            "return decodeURIComponent('{return_to}').split('?')[0]"
        ));
        let backend = self.call.signed_in();
        reload_app(&path.as_string().unwrap_or_default(), &backend).await;
        if !reached(|| self.call.back.is_there(&backend), || ()).await {
            return complain("after signing in the page is another one");
        }
        let screen = self.call.screen();
        if self.call.purpose.is_write() && backend.count(screen.method, screen.path) > 0 {
            return complain("after signing in it is sent without a tap");
        }
        Ok(())
    }
}

fn complain<T>(about: &str) -> Seen<T> {
    Err(format!("{about}: {}", text().replace('\n', " | ")))
}

fn waits(name: &str) -> bool {
    name.starts_with("Please try again in") || name.starts_with("New code in")
}

fn is_busy() -> bool {
    !all(".skeleton, [aria-busy=true]").is_empty()
}

/// Whether it comes true while time passes.
async fn reached(is_so: impl Fn() -> bool, time_passes: impl Fn()) -> bool {
    for _ in 0..150 {
        if is_so() {
            return true;
        }
        time_passes();
        next_frame().await;
    }
    false
}
