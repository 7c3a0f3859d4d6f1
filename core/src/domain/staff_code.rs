//! The short code that a shop reads out to its provider.

use super::timestamp::{Timestamp, UtcOffset, two_digits};

/// Problems that only the app can notice, with their numbers in a staff code.
/// The backend's own numbers are listed in `contract/openapi.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalProblem {
    /// 90: no network.
    Offline,
    /// 91: no reply in time.
    Timeout,
    /// 92: a reply that the app does not understand.
    UnreadableReply,
    /// 95: signing in led back to a page that is not signed in.
    SignInFailed,
    /// 98: something between the phone and the backend answered in its place.
    Gateway,
}

impl LocalProblem {
    pub const ALL: [Self; 5] = [
        Self::Offline,
        Self::Timeout,
        Self::UnreadableReply,
        Self::SignInFailed,
        Self::Gateway,
    ];

    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Offline => 90,
            Self::Timeout => 91,
            Self::UnreadableReply => 92,
            Self::SignInFailed => 95,
            Self::Gateway => 98,
        }
    }
}

/// A staff code of the contract's form: the problem's number, month and day, hour
/// and minute (China time), account. It holds no personal data.
#[must_use]
pub fn staff_code(number: u8, at: Timestamp, account: &str) -> String {
    let wall = at.wall_time(UtcOffset::CHINA);
    let time = [wall.month, wall.day, wall.hour, wall.minute].map(two_digits);
    format!(
        "{}-{}{}-{}{}-{:04}",
        two_digits(number),
        time[0],
        time[1],
        time[2],
        time[3],
        account_number(account)
    )
}

/// Four digits that stand for an account: FNV-1a of its id, modulo 10,000.
fn account_number(account: &str) -> u32 {
    account.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    }) % 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_problem_time_and_account() {
        let at = Timestamp::parse("2026-11-23T16:04:00Z").unwrap();
        let code = staff_code(LocalProblem::Timeout.number(), at, "case-2");
        assert_eq!(&code[..13], "91-1124-0004-");
        assert_eq!(code.len(), 17);
    }

    #[test]
    fn the_account_number_is_fnv_1a() {
        // The published FNV-1a test vector for "foobar" is 0xBF9CF968.
        assert_eq!(account_number("foobar"), 0xBF9C_F968 % 10_000);
    }

    #[test]
    fn the_account_number_is_the_one_of_the_boot_script() {
        // `tests/boot/` compares the boot script with the same table.
        for line in include_str!("account_numbers.tsv").lines() {
            let (number, account) = line.split_once('\t').unwrap();
            assert_eq!(
                format!("{:04}", account_number(account)),
                number,
                "{account}"
            );
        }
    }
}
