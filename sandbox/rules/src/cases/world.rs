//! Copies of a case.

use super::case::Case;
use crate::id::WorldId;

/// A copy of a case, with an account, people and phone numbers of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    pub(super) case: Case,
    pub(super) id: WorldId,
    pub(super) phone_block: u16,
}

impl World {
    /// The world that has the case's own name.
    #[must_use]
    pub fn of(case: Case) -> Self {
        let place = Case::ALL
            .iter()
            .position(|other| *other == case)
            .unwrap_or_default();
        Self {
            case,
            id: WorldId::from(case.name()),
            phone_block: u16::try_from(place).unwrap_or_default() + 1,
        }
    }

    /// Another copy. `suffix` and the four digits in the middle of its phone numbers must be
    /// unique.
    #[must_use]
    pub fn copy(case: Case, suffix: &str, phone_block: u16) -> Self {
        Self {
            case,
            id: WorldId::from(format!("{}-{suffix}", case.name())),
            phone_block: phone_block % 10_000,
        }
    }

    /// Also the id of the account that its people are in.
    #[must_use]
    pub const fn id(&self) -> &WorldId {
        &self.id
    }
}
