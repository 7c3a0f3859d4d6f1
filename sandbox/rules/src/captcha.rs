//! Captchas: shown, and solved once.

use crate::{
    change::Change,
    draft::Draft,
    id::FanId,
    limits::{self, Asker},
    problem::{Code, Problem},
    state::{Captcha, Counted},
};

const LENGTH: usize = 4;
/// In seconds.
pub(crate) const CAPTCHA_LIVES: i64 = 5 * 60;

#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct CaptchaAnswer {
    id: String,
    answer: String,
}

/// Asks for a captcha unless `answer` solves one.
pub(crate) fn check(
    draft: &mut Draft<'_>,
    fan: &FanId,
    asker: &Asker,
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
    limits::admit_captcha(draft.state(), asker, now)?;
    let captcha = Captcha {
        id: draft.entropy().token(),
        fan: fan.clone(),
        answer: draft.entropy().digits(LENGTH),
        at: now,
    };
    let member = serde_json::json!({
        "id": captcha.id,
        "image_url": format!("/sandbox/images/captcha/{}.svg", captcha.id),
        "prompt": "请输入图中的数字",
    });
    draft.put(Change::PutCaptcha(captcha));
    limits::count(draft, Counted::Captcha, asker, None);
    Err(Problem::new(Code::CaptchaRequired).with("captcha", member))
}
