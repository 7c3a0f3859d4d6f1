//! Sending text messages, within their limits.

use crate::{
    change::Change,
    draft::Draft,
    id::{AccountId, FanId, MerchantId, Phone},
    problem::{Code, Problem},
    state::{Captcha, CaptchaPolicy, Merchant, Sms, SmsGateway, State},
    timestamp::Timestamp,
};

/// Seconds between two messages to a number (the carriers' rule: 1 a minute).
pub(crate) const INTERVAL: i64 = 60;
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// Messages to a number within an hour (the carriers' rule).
const PER_HOUR: usize = 5;
/// Messages to a number within a day (the carriers' rule).
const PER_DAY: usize = 10;
pub(crate) const CODE_LENGTH: usize = 6;
const CAPTCHA_LENGTH: usize = 4;
/// In seconds.
const CAPTCHA_LIVES: i64 = 5 * 60;

/// Whether `text` has the form of a code.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == CODE_LENGTH && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct CaptchaAnswer {
    id: String,
    answer: String,
}

/// A code to be sent.
#[derive(Debug)]
pub(crate) struct Order<'a> {
    pub(crate) fan: &'a FanId,
    pub(crate) account: &'a AccountId,
    pub(crate) merchant: &'a MerchantId,
    pub(crate) phone: &'a Phone,
    pub(crate) captcha: Option<CaptchaAnswer>,
}

/// Sends a new code and returns it.
pub(crate) fn send_code(draft: &mut Draft<'_>, order: Order<'_>) -> Result<String, Problem> {
    let now = draft.now();
    let mut merchant = draft
        .state()
        .merchants
        .get(order.merchant)
        .ok_or(Problem::new(Code::NotFound))?
        .clone();
    if merchant.captcha == CaptchaPolicy::Always {
        check_captcha(draft, order.fan, order.captcha)?;
    }
    check_limits(draft.state(), &merchant, order.account, order.phone, now)?;
    let supported = |code| Problem::new(code).supported_by(Some(&merchant), order.account, now);
    if merchant.sms_gateway == SmsGateway::Failing {
        return Err(supported(Code::SmsGatewayFailed));
    }
    if merchant.sms_credits == 0 {
        return Err(supported(Code::SmsCreditsExhausted));
    }
    merchant.sms_credits -= 1;
    let code = draft.entropy().digits(CODE_LENGTH);
    let message = Sms {
        id: format!("{:013}-{}", now.milliseconds(), draft.entropy().token()),
        phone: order.phone.clone(),
        at: now,
        text: format!(
            "【{}】验证码 {code}，5 分钟内有效，用于找回会员卡。请勿告诉他人。",
            merchant.name
        ),
        code: code.clone(),
        merchant: merchant.id.clone(),
    };
    draft.put(Change::PutMerchant(merchant));
    draft.put(Change::PutSms(message));
    Ok(code)
}

fn check_limits(
    state: &State,
    merchant: &Merchant,
    account: &AccountId,
    phone: &Phone,
    now: Timestamp,
) -> Result<(), Problem> {
    let mut sent: Vec<Timestamp> = state
        .messages
        .values()
        .filter(|message| message.phone == *phone)
        .map(|message| message.at)
        .collect();
    sent.sort_unstable();
    if let Some(last) = sent.last() {
        let wait = last.plus_seconds(INTERVAL).seconds_from(now);
        if wait > 0 {
            return Err(Problem::new(Code::SmsTooFast).retry_after(wait));
        }
    }
    for (period, limit, code) in [
        (HOUR, PER_HOUR, Code::SmsHourlyLimit),
        (DAY, PER_DAY, Code::SmsDailyLimit),
    ] {
        // The limit is reached as long as the message `limit` places from the
        // end is still within the period.
        let oldest = sent
            .len()
            .checked_sub(limit)
            .and_then(|index| sent.get(index));
        if let Some(oldest) = oldest {
            let wait = oldest.plus_seconds(period).seconds_from(now);
            if wait > 0 {
                return Err(Problem::new(code).retry_after(wait).supported_by(
                    Some(merchant),
                    account,
                    now,
                ));
            }
        }
    }
    Ok(())
}

fn check_captcha(
    draft: &mut Draft<'_>,
    fan: &FanId,
    answer: Option<CaptchaAnswer>,
) -> Result<(), Problem> {
    let now = draft.now();
    if let Some(answer) = answer {
        let asked = draft.state().captchas.get(&answer.id).cloned();
        if let Some(asked) = asked.filter(|asked| asked.fan == *fan) {
            // A captcha is good for one try.
            let is_right =
                asked.answer == answer.answer.trim() && asked.at.plus_seconds(CAPTCHA_LIVES) > now;
            draft.put(Change::PutCaptcha(asked).deletion());
            if is_right {
                return Ok(());
            }
        }
    }
    let captcha = Captcha {
        id: draft.entropy().token(),
        fan: fan.clone(),
        answer: draft.entropy().digits(CAPTCHA_LENGTH),
        at: now,
    };
    let member = serde_json::json!({
        "id": captcha.id,
        "image_url": format!("/sandbox/images/captcha/{}.svg", captcha.id),
        "prompt": "请输入图中的数字",
    });
    draft.put(Change::PutCaptcha(captcha));
    Err(Problem::new(Code::CaptchaRequired).with("captcha", member))
}
