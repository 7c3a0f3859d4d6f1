//! The state while changes are being made to it.

use std::borrow::Cow;

use crate::{
    change::Change,
    entropy::Entropy,
    id::FanId,
    state::{Fan, State},
    timestamp::Timestamp,
};

/// The state while a request is being answered, and the changes made so far. The first
/// change makes it a state of its own, which goes on sharing all other rows with the original
/// (see [`Rows`](crate::state::Rows)): so a change costs the same however many rows there are.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    state: Cow<'a, State>,
    changes: Vec<Change>,
    now: Timestamp,
    entropy: Entropy,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(state: &'a State, now: Timestamp, entropy: Entropy) -> Self {
        Self {
            state: Cow::Borrowed(state),
            changes: Vec::new(),
            now,
            entropy,
        }
    }

    /// A draft of the first rows.
    pub(crate) fn empty(now: Timestamp, entropy: Entropy) -> Self {
        Self {
            state: Cow::Owned(State::default()),
            changes: Vec::new(),
            now,
            entropy,
        }
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn entropy(&mut self) -> &mut Entropy {
        &mut self.entropy
    }

    /// Makes a change, visible in [`Self::state`] from then on.
    pub(crate) fn put(&mut self, change: Change) {
        self.state.to_mut().apply(&change);
        self.changes.push(change);
    }

    /// Writes a row that says less than before, of which nothing may be left on a disk: a
    /// deletion is for good.
    pub(crate) fn put_erasing(&mut self, change: Change) {
        self.changes.push(change.clone().deletion());
        self.put(change);
    }

    /// Does nothing if there is no such fan.
    pub(crate) fn change_fan(&mut self, fan: &FanId, change: impl FnOnce(&mut Fan)) {
        if let Some(mut fan) = self.state.fans.get(fan).cloned() {
            change(&mut fan);
            self.put(Change::PutFan(fan));
        }
    }

    pub(crate) fn into_changes(self) -> Vec<Change> {
        self.changes
    }
}
