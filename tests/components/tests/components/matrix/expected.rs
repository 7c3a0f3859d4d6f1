//! What a person meets when a call meets a fault.

use super::{
    call::{Call, Purpose},
    fault::Fault,
};

/// What a person meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// What the call is for, as if nothing had happened.
    Done,
    /// The problem in place of the page or the step.
    Page,
    /// The problem beside what was there before.
    Notice,
    /// The app leaves to sign in.
    SignIn,
}

impl Met {
    /// Every one, with its name in the table and what that stands for.
    pub(super) const ALL: [(Self, &str, &str); 4] = [
        (Self::Done, "ok", "as if nothing had happened"),
        (
            Self::Page,
            "pg",
            "the problem in place of the page or the step",
        ),
        (Self::Notice, "no", "a notice beside what was there before"),
        (Self::SignIn, "si", "off to sign in, and back to the page"),
    ];

    pub(super) fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(met, ..)| *met == self)
            .map_or("", |(_, name, _)| name)
    }
}

/// What follows from what the call is for and from the fault; `None` where there is
/// no such fault.
pub(super) fn expected(call: &Call, fault: Fault) -> Option<Met> {
    let exception = EXCEPTIONS
        .iter()
        .find(|exception| exception.fault == fault && exception.calls.contains(&call.name));
    if let Some(exception) = exception {
        return Some(exception.met);
    }
    Some(match fault {
        // A read changes nothing, so that its loss is that of the connection.
        Fault::LostReply if !call.purpose.is_write() => return None,
        Fault::NewChoice if call.parts.choice.is_none() => return None,
        Fault::NewChoice | Fault::NewField | Fault::LargeNumber | Fault::LongText => Met::Done,
        Fault::HugeNumber if call.parts.number.is_none() => Met::Done,
        Fault::SessionOver => Met::SignIn,
        _ => match call.purpose {
            Purpose::Page => Met::Page,
            // What the app does not know may be about the whole claim.
            Purpose::Step if fault == Fault::NewProblem => Met::Page,
            _ => Met::Notice,
        },
    })
}

/// Where something else is right, and why.
pub(super) struct Exception {
    /// By their names in the table.
    pub(super) calls: &'static [&'static str],
    pub(super) fault: Fault,
    met: Met,
    pub(super) because: &'static str,
}

pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        calls: &["claim, opened", "code sent again"],
        fault: Fault::NewChoice,
        met: Met::Notice,
        because: "its state says which step is shown, and for a new one there is none",
    },
    Exception {
        calls: &["claim, gone on with"],
        fault: Fault::NewChoice,
        met: Met::Page,
        because: "it has no step either, and none was there before",
    },
    Exception {
        calls: &["switch"],
        fault: Fault::LostReply,
        met: Met::Done,
        because: "the wallet is asked for at once, and tells that it is done",
    },
    Exception {
        calls: &["signed out"],
        fault: Fault::SessionOver,
        met: Met::Done,
        because: "who is not signed in is signed out",
    },
    Exception {
        calls: &["table"],
        fault: Fault::SessionOver,
        met: Met::Page,
        because: "it needs no session, so that signing in would not help",
    },
];
