//! Whom a hand-out is for.

/// Who reads a sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// What to do, who does it, by when.
    Owner,
    /// What guests will see, and what to say.
    Staff,
    /// How to get the card back.
    Guests,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::Owner, Self::Staff, Self::Guests];

    /// Its name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff => "staff",
            Self::Guests => "guests",
        }
    }
}
