//! Avatar-tap switching: what is on the screen, what is under way, and which
//! tap wins.

use super::id::CardId;

/// How often a switch is tried again when the wallet has changed under it or
/// its reply was lost, before the fan is told.
const TRIES: u8 = 3;

/// The state of switching in one wallet.
///
/// One request is under way at a time. The latest tap is shown at once and is
/// the one that ends up in use, also when the backend is slow, when another
/// webview switches too, and when a reply is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switching {
    confirmed: Option<CardId>,
    revision: String,
    in_flight: Option<Attempt>,
    wanted: Option<CardId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Attempt {
    card: CardId,
    tries_left: u8,
}

/// What has to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Ask the backend to put `card` in use, naming `revision`.
    Send {
        /// The card to put in use.
        card: CardId,
        /// The version of the wallet that the fan saw.
        revision: String,
    },
    /// A reply was lost: ask the backend for the wallet, then tell
    /// [`Switching::learned`].
    AskWallet,
    /// The switch is done and nothing is under way.
    Settled,
    /// The switch did not happen; the screen is back at the card in use.
    RolledBack,
}

impl Switching {
    /// Nothing under way, with `confirmed` in use as of `revision`.
    #[must_use]
    pub const fn new(confirmed: Option<CardId>, revision: String) -> Self {
        Self {
            confirmed,
            revision,
            in_flight: None,
            wanted: None,
        }
    }

    /// The card to show as the one in use: the latest tap.
    #[must_use]
    pub fn shown(&self) -> Option<&CardId> {
        self.wanted
            .as_ref()
            .or_else(|| self.in_flight.as_ref().map(|attempt| &attempt.card))
            .or(self.confirmed.as_ref())
    }

    /// Whether a switch is under way.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.in_flight.is_some()
    }

    /// The fan tapped the avatar of `card`.
    pub fn tap(&mut self, card: CardId) -> Effect {
        match &self.in_flight {
            Some(attempt) if attempt.card == card => {
                self.wanted = None;
                Effect::None
            }
            Some(_) => {
                self.wanted = Some(card);
                Effect::None
            }
            None if self.confirmed.as_ref() == Some(&card) => Effect::None,
            None => self.start(card, TRIES),
        }
    }

    /// The backend has put `current` in use.
    pub fn accepted(&mut self, current: CardId, revision: String) -> Effect {
        self.confirmed = Some(current);
        self.revision = revision;
        self.in_flight = None;
        self.follow_up()
    }

    /// The backend refused for a reason that trying again will not change. A
    /// later tap still counts.
    pub fn refused(&mut self) -> Effect {
        self.in_flight = None;
        match self.wanted.take() {
            Some(card) if self.confirmed.as_ref() != Some(&card) => self.start(card, TRIES),
            _ => Effect::RolledBack,
        }
    }

    /// The reply was lost or never came: only the backend knows what happened.
    pub fn lost(&mut self) -> Effect {
        if self.in_flight.is_some() {
            Effect::AskWallet
        } else {
            Effect::None
        }
    }

    /// The backend told what is in use, in answer to [`Effect::AskWallet`] or
    /// together with its refusal because the wallet had changed.
    pub fn learned(&mut self, current: Option<CardId>, revision: String) -> Effect {
        self.confirmed = current;
        self.revision = revision;
        let Some(attempt) = self.in_flight.take() else {
            return Effect::None;
        };
        let card = self.wanted.take().unwrap_or(attempt.card);
        if self.confirmed.as_ref() == Some(&card) {
            Effect::Settled
        } else if attempt.tries_left > 1 {
            self.start(card, attempt.tries_left - 1)
        } else {
            Effect::RolledBack
        }
    }

    /// The backend could not be asked either: back to what was last confirmed.
    pub fn gave_up(&mut self) -> Effect {
        self.in_flight = None;
        self.wanted = None;
        Effect::RolledBack
    }

    fn follow_up(&mut self) -> Effect {
        match self.wanted.take() {
            Some(card) if self.confirmed.as_ref() != Some(&card) => self.start(card, TRIES),
            _ => Effect::Settled,
        }
    }

    fn start(&mut self, card: CardId, tries_left: u8) -> Effect {
        self.in_flight = Some(Attempt {
            card: card.clone(),
            tries_left,
        });
        Effect::Send {
            card,
            revision: self.revision.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(id: &str) -> CardId {
        CardId::from(id)
    }

    fn send(id: &str, revision: &str) -> Effect {
        Effect::Send {
            card: card(id),
            revision: revision.to_owned(),
        }
    }

    fn with_a_in_use() -> Switching {
        Switching::new(Some(card("a")), "1".to_owned())
    }

    #[test]
    fn a_tap_shows_at_once_and_settles() {
        let mut switching = with_a_in_use();
        assert_eq!(switching.tap(card("b")), send("b", "1"));
        assert_eq!(switching.shown(), Some(&card("b")));
        assert_eq!(
            switching.accepted(card("b"), "2".to_owned()),
            Effect::Settled
        );
        assert_eq!(switching, Switching::new(Some(card("b")), "2".to_owned()));
    }

    #[test]
    fn a_tap_on_the_card_in_use_does_nothing() {
        assert_eq!(with_a_in_use().tap(card("a")), Effect::None);
    }

    #[test]
    fn a_double_tap_sends_one_request() {
        let mut switching = with_a_in_use();
        assert_eq!(switching.tap(card("b")), send("b", "1"));
        assert_eq!(switching.tap(card("b")), Effect::None);
        assert_eq!(
            switching.accepted(card("b"), "2".to_owned()),
            Effect::Settled
        );
    }

    #[test]
    fn the_latest_of_many_taps_wins() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        switching.tap(card("c"));
        switching.tap(card("d"));
        assert_eq!(switching.shown(), Some(&card("d")));
        assert_eq!(
            switching.accepted(card("b"), "2".to_owned()),
            send("d", "2")
        );
        assert_eq!(
            switching.accepted(card("d"), "3".to_owned()),
            Effect::Settled
        );
    }

    #[test]
    fn there_and_back_ends_where_it_began() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        switching.tap(card("a"));
        assert_eq!(switching.shown(), Some(&card("a")));
        assert_eq!(
            switching.accepted(card("b"), "2".to_owned()),
            send("a", "2")
        );
    }

    #[test]
    fn a_refusal_rolls_back_unless_another_card_was_tapped_since() {
        let mut switching = with_a_in_use();
        switching.tap(card("frozen"));
        assert_eq!(switching.refused(), Effect::RolledBack);
        assert_eq!(switching.shown(), Some(&card("a")));

        switching.tap(card("frozen"));
        switching.tap(card("c"));
        assert_eq!(switching.refused(), send("c", "1"));
    }

    #[test]
    fn a_lost_reply_is_resolved_by_asking() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        assert_eq!(switching.lost(), Effect::AskWallet);
        assert_eq!(
            switching.learned(Some(card("b")), "2".to_owned()),
            Effect::Settled
        );

        switching.tap(card("c"));
        assert_eq!(switching.lost(), Effect::AskWallet);
        assert_eq!(
            switching.learned(Some(card("b")), "2".to_owned()),
            send("c", "2")
        );
    }

    #[test]
    fn a_tap_in_another_tab_does_not_stop_the_latest_tap_here() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        assert_eq!(
            switching.learned(Some(card("c")), "7".to_owned()),
            send("b", "7")
        );
        assert_eq!(
            switching.accepted(card("b"), "8".to_owned()),
            Effect::Settled
        );
    }

    #[test]
    fn it_does_not_try_for_ever() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        let mut tries = 1;
        while let Effect::Send { .. } = switching.learned(Some(card("a")), tries.to_string()) {
            tries += 1;
            assert!(tries <= 10, "it never stops");
        }
        assert_eq!(tries, TRIES);
        assert_eq!(switching.shown(), Some(&card("a")));
    }

    #[test]
    fn giving_up_shows_what_was_confirmed() {
        let mut switching = with_a_in_use();
        switching.tap(card("b"));
        switching.tap(card("c"));
        assert_eq!(switching.gave_up(), Effect::RolledBack);
        assert_eq!(switching.shown(), Some(&card("a")));
        assert!(!switching.is_busy());
    }
}
