//! How every problem is explained: what happened, what to do now, and who can
//! mend it.

/// Who can mend a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mender {
    /// The fan.
    Diner,
    /// The shop's staff.
    Shop,
    /// The shop's provider (服务商).
    Provider,
    /// Nobody has to do anything: it passes.
    Time,
}

/// A problem, explained to the fan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// A few words for a title.
    pub title: &'static str,
    /// What happened, without blame.
    pub happened: &'static str,
    /// What the fan can do now.
    pub next_step: &'static str,
    /// Who can mend it.
    pub mender: Mender,
}

impl Explanation {
    /// An explanation in four parts.
    pub(super) const fn new(
        title: &'static str,
        happened: &'static str,
        next_step: &'static str,
        mender: Mender,
    ) -> Self {
        Self {
            title,
            happened,
            next_step,
            mender,
        }
    }
}
