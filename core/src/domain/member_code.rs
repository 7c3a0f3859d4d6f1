//! The code that a shop scans.

use super::timestamp::Timestamp;

/// Whether a member code changes with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeMode {
    /// It stays the same.
    Static,
    /// It changes; an old one is refused.
    Rotating,
}

/// A member code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberCode {
    /// 12 to 18 digits, an even number of them.
    pub payload: String,
    /// Whether it changes.
    pub mode: CodeMode,
    /// When it ends, by the backend's clock.
    pub expires_at: Option<Timestamp>,
    /// Seconds after which to ask for the next one.
    pub refresh_after: Option<u32>,
    /// What may be shown without a network. It identifies the member and can't
    /// pay.
    pub offline_payload: Option<String>,
}

impl MemberCode {
    /// Whether the code may be shown at `now` of the backend's clock.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_code_is_not_valid() {
        let end = Timestamp::from_milliseconds(60_000);
        let code = MemberCode {
            payload: "123456789012".to_owned(),
            mode: CodeMode::Rotating,
            expires_at: Some(end),
            refresh_after: Some(30),
            offline_payload: None,
        };
        assert!(code.is_valid(end.plus(-1)));
        assert!(!code.is_valid(end));
    }
}
