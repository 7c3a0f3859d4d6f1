//! Sending text messages, within their limits.

use crate::{
    captcha::{self, CaptchaAnswer},
    change::Change,
    draft::Draft,
    id::{AccountId, FanId, MerchantId, Phone},
    limits::{self, Admission, Asker},
    problem::{Code, Problem},
    request::Request,
    state::{CaptchaPolicy, Counted, Sms, SmsGateway},
};

/// How long the phone of the sandbox shows a message, in seconds.
pub(crate) const MESSAGE_LIVES: i64 = 24 * 60 * 60;
pub(crate) const CODE_LENGTH: usize = 6;

/// Whether `text` has the form of a code.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == CODE_LENGTH && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A code to be sent.
#[derive(Debug)]
pub(crate) struct Order<'a> {
    pub(crate) fan: &'a FanId,
    pub(crate) account: &'a AccountId,
    pub(crate) merchant: &'a MerchantId,
    pub(crate) phone: &'a Phone,
    pub(crate) captcha: Option<CaptchaAnswer>,
    /// The request that asks for it.
    pub(crate) request: &'a Request,
}

/// Forgets the messages to a number.
pub(crate) fn forget_messages(draft: &mut Draft<'_>, phone: &Phone) {
    let messages: Vec<Sms> = draft
        .state()
        .messages
        .values()
        .filter(|message| message.phone == *phone)
        .cloned()
        .collect();
    for message in messages {
        draft.put(Change::PutSms(message).deletion());
    }
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
    let supported = |problem: Problem| problem.supported_by(Some(&merchant), order.account, now);
    let asker = Asker::new(
        order.fan,
        order.request.session.as_deref(),
        order.request.address.as_deref(),
        &merchant,
    );
    // A captcha is asked for only where it helps.
    let admission = limits::admit(draft.state(), &asker, order.phone, now).map_err(&supported)?;
    if admission == Admission::WithCaptcha || merchant.captcha == CaptchaPolicy::Always {
        captcha::check(draft, order.fan, &asker, order.captcha)?;
    }
    if merchant.sms_gateway == SmsGateway::Failing {
        return Err(supported(Problem::new(Code::SmsGatewayFailed)));
    }
    if merchant.sms_credits == 0 {
        return Err(supported(Problem::new(Code::SmsCreditsExhausted)));
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
    limits::count(draft, Counted::Sms, &asker, Some(order.phone));
    Ok(code)
}
