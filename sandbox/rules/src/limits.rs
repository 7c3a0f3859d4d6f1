//! Limits: how many SMS are sent and how many captchas are shown.
//!
//! They are counted over the hour or the day before, by several things at once, because each
//! alone can be got round: a number by naming others, a fan by another WeChat. One that
//! innocents share, like an address, asks for a captcha long before it refuses.

use crate::{
    change::Change,
    draft::Draft,
    id::{FanId, MerchantId, Phone, Pseudonym},
    problem::{Code, Problem},
    state::{Counted, Merchant, State, Tally},
    timestamp::Timestamp,
};

/// How long a tally is needed, in seconds: the longest period of a limit.
pub(crate) const TALLY_LIVES: i64 = DAY;

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// Seconds between two SMS to a number (the carriers' rule).
pub(crate) const NUMBER_INTERVAL: i64 = 60;
/// SMS to a number in an hour.
const NUMBER_HOUR: usize = 5;
/// SMS to a number in a day.
const NUMBER_DAY: usize = 10;
/// SMS in the period of a limit of a number that a fan may have although others have
/// used it up.
const NUMBER_RESERVE: usize = 3;
/// SMS to a number in a day, reserves included.
const NUMBER_MOST: usize = 20;
/// SMS in an hour and a session before a captcha is asked for each.
const SESSION_HOUR: usize = 6;
/// SMS to a fan in an hour.
const FAN_HOUR: usize = 10;
/// SMS to a fan in a day.
const FAN_DAY: usize = 20;
/// SMS in an hour to an address, which a whole restaurant may share, before a captcha is
/// asked for each.
const ADDRESS_HOUR: usize = 30;
/// SMS to an address in a day.
const ADDRESS_DAY: usize = 300;
/// SMS of a merchant in an hour before a captcha is asked for each.
const MERCHANT_HOUR: usize = 60;
/// SMS of a merchant in a day.
const MERCHANT_DAY: usize = 1_000;
/// Captchas that a fan is shown in an hour.
const CAPTCHA_FAN_HOUR: usize = 20;
/// Captchas that are shown to an address in an hour.
const CAPTCHA_ADDRESS_HOUR: usize = 200;

/// The limits by the names that the contract gives them (`x-limits`).
pub const NAMED: &[(&str, usize)] = &[
    ("number_hour", NUMBER_HOUR),
    ("number_day", NUMBER_DAY),
    ("number_reserve", NUMBER_RESERVE),
    ("number_most", NUMBER_MOST),
    ("session_hour", SESSION_HOUR),
    ("fan_hour", FAN_HOUR),
    ("fan_day", FAN_DAY),
    ("address_hour", ADDRESS_HOUR),
    ("address_day", ADDRESS_DAY),
    ("merchant_hour", MERCHANT_HOUR),
    ("merchant_day", MERCHANT_DAY),
    ("captcha_fan_hour", CAPTCHA_FAN_HOUR),
    ("captcha_address_hour", CAPTCHA_ADDRESS_HOUR),
];

/// What asks for an SMS, as far as limits tell it apart.
#[derive(Clone, Debug)]
pub(crate) struct Asker {
    fan: Pseudonym,
    session: Option<Pseudonym>,
    address: Option<Pseudonym>,
    merchant: MerchantId,
}

impl Asker {
    pub(crate) fn new(
        fan: &FanId,
        session: Option<&str>,
        address: Option<&str>,
        merchant: &Merchant,
    ) -> Self {
        // Worlds have clocks of their own, and what happens in one limits nothing in
        // another: an address is another one in each.
        let in_world = |address| Pseudonym::of(&format!("{address} {}", merchant.world));
        Self {
            fan: Pseudonym::of(fan.as_str()),
            session: session.map(Pseudonym::of),
            address: address.map(in_world),
            merchant: merchant.id.clone(),
        }
    }
}

/// What a limit counts by.
#[derive(Clone, Copy, Debug)]
enum Scope {
    Session,
    Fan,
    Address,
    Merchant,
}

impl Scope {
    /// Whether the tally is about the asker. What is unknown is limited by the rest.
    fn is_same(self, tally: &Tally, asker: &Asker) -> bool {
        match self {
            Self::Session => asker.session.is_some() && tally.session == asker.session,
            Self::Fan => tally.fan == asker.fan,
            Self::Address => asker.address.is_some() && tally.address == asker.address,
            Self::Merchant => tally.merchant == asker.merchant,
        }
    }
}

/// What happens beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beyond {
    /// A captcha is asked for, each time.
    Captcha,
    /// Nothing more until time has passed.
    Refusal,
}

/// The limits of SMS besides those of a number: by what they count, in how many seconds,
/// how many, and what comes then.
const OF_SMS: [(Scope, i64, usize, Beyond); 7] = [
    (Scope::Fan, HOUR, FAN_HOUR, Beyond::Refusal),
    (Scope::Fan, DAY, FAN_DAY, Beyond::Refusal),
    (Scope::Address, DAY, ADDRESS_DAY, Beyond::Refusal),
    (Scope::Merchant, DAY, MERCHANT_DAY, Beyond::Refusal),
    (Scope::Session, HOUR, SESSION_HOUR, Beyond::Captcha),
    (Scope::Address, HOUR, ADDRESS_HOUR, Beyond::Captcha),
    (Scope::Merchant, HOUR, MERCHANT_HOUR, Beyond::Captcha),
];

/// What has to be done before an SMS is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Free,
    /// Only with a captcha that has been solved.
    WithCaptcha,
}

/// Whether an SMS may be sent to `phone`.
pub(crate) fn admit(
    state: &State,
    asker: &Asker,
    phone: &Phone,
    now: Timestamp,
) -> Result<Admission, Problem> {
    let mut admission = admit_number(state, asker, phone, now)?;
    for (scope, period, limit, beyond) in OF_SMS {
        let sent = times(state, Counted::Sms, |tally| scope.is_same(tally, asker));
        if let Some(wait) = wait(&sent, period, limit, now) {
            match beyond {
                Beyond::Captcha => admission = Admission::WithCaptcha,
                Beyond::Refusal => return Err(Problem::new(Code::RateLimited).retry_after(wait)),
            }
        }
    }
    Ok(admission)
}

fn admit_number(
    state: &State,
    asker: &Asker,
    phone: &Phone,
    now: Timestamp,
) -> Result<Admission, Problem> {
    let number = Some(Pseudonym::of(phone.as_str()));
    let sent = times(state, Counted::Sms, |tally| tally.number == number);
    if let Some(wait) = wait(&sent, NUMBER_INTERVAL, 1, now) {
        return Err(Problem::new(Code::SmsTooFast).retry_after(wait));
    }
    if let Some(wait) = wait(&sent, DAY, NUMBER_MOST, now) {
        return Err(Problem::new(Code::SmsDailyLimit).retry_after(wait));
    }
    let own = times(state, Counted::Sms, |tally| {
        tally.number == number && tally.fan == asker.fan
    });
    let mut admission = Admission::Free;
    for (period, limit, code) in [
        (HOUR, NUMBER_HOUR, Code::SmsHourlyLimit),
        (DAY, NUMBER_DAY, Code::SmsDailyLimit),
    ] {
        if let Some(wait) = wait(&sent, period, limit, now) {
            // Others have used the number up, and whoever asks may be its owner.
            if is_reached(&own, period, NUMBER_RESERVE, now) {
                return Err(Problem::new(code).retry_after(wait));
            }
            admission = Admission::WithCaptcha;
        }
    }
    Ok(admission)
}

/// Whether a captcha may be shown.
pub(crate) fn admit_captcha(state: &State, asker: &Asker, now: Timestamp) -> Result<(), Problem> {
    for (scope, limit) in [
        (Scope::Fan, CAPTCHA_FAN_HOUR),
        (Scope::Address, CAPTCHA_ADDRESS_HOUR),
    ] {
        let shown = times(state, Counted::Captcha, |tally| scope.is_same(tally, asker));
        if let Some(wait) = wait(&shown, HOUR, limit, now) {
            return Err(Problem::new(Code::RateLimited).retry_after(wait));
        }
    }
    Ok(())
}

/// Counts an SMS to `phone`, or a captcha.
pub(crate) fn count(draft: &mut Draft<'_>, what: Counted, asker: &Asker, phone: Option<&Phone>) {
    let now = draft.now();
    let tally = Tally {
        id: format!("{:013}-{}", now.milliseconds(), draft.entropy().token()),
        what,
        number: phone.map(|phone| Pseudonym::of(phone.as_str())),
        fan: asker.fan,
        session: asker.session,
        address: asker.address,
        merchant: asker.merchant.clone(),
        at: now,
    };
    draft.put(Change::PutTally(tally));
}

/// When what is meant was counted, the oldest first.
fn times(state: &State, what: Counted, is_meant: impl Fn(&Tally) -> bool) -> Vec<Timestamp> {
    let mut times: Vec<_> = state
        .tallies
        .values()
        .filter(|tally| tally.what == what && is_meant(tally))
        .map(|tally| tally.at)
        .collect();
    times.sort_unstable();
    times
}

fn is_reached(times: &[Timestamp], period: i64, limit: usize, now: Timestamp) -> bool {
    wait(times, period, limit, now).is_some()
}

/// In how many seconds another one fits into `limit` in `period`; `None` if it does now.
fn wait(times: &[Timestamp], period: i64, limit: usize, now: Timestamp) -> Option<i64> {
    // The limit is reached as long as the one `limit` places from the end is still
    // within the period.
    let oldest = times.get(times.len().checked_sub(limit)?)?;
    let wait = oldest.plus_seconds(period).seconds_from(now);
    (wait > 0).then_some(wait)
}
