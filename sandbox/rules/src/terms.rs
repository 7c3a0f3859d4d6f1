//! `GET /terms/{version}`: what the fan agrees to (PIPL, article 17).

use serde_json::json;

use crate::{
    draft::Draft,
    id::FanId,
    problem::{Code, Problem},
    reply::Reply,
    setting,
    state::Merchant,
    timestamp::Timestamp,
};

/// When the texts came into force: 2026-11-01, in China.
const EFFECTIVE: Timestamp = Timestamp::from_milliseconds(1_793_462_400_000);

pub(crate) fn show(draft: &Draft<'_>, fan: &FanId, version: &str) -> Result<Reply, Problem> {
    let (fan, _, merchant) = setting::of(draft.state(), fan)?;
    let is_known = merchant.terms_version == version
        || fan
            .consents
            .iter()
            .any(|consent| consent.version == version);
    if !is_known {
        return Err(Problem::new(Code::TermsNotFound));
    }
    let contact = merchant.phone.clone().unwrap_or_default();
    let body = json!({
        "version": version,
        "effective_at": EFFECTIVE.rfc3339(),
        "handler": { "name": merchant.name, "contact": contact },
        "processor": { "name": "排队网 · 聚食汇", "contact": "400-000-2048" },
        "texts": [chinese(merchant), english(merchant)],
    });
    Ok(Reply::json(200, draft.now(), &body))
}

fn chinese(merchant: &Merchant) -> serde_json::Value {
    let name = &merchant.name;
    json!({
        "language": "zh-CN",
        "purpose": "核验手机号由您本人使用，并找回登记在该手机号下的会员卡、余额、积分与优惠券。",
        "data_types": "手机号码、微信在本公众号内的标识（openid），以及该手机号名下的会员卡。",
        "retention": "手机号码保存至您撤回同意或注销会员卡为止；验证码保存 5 分钟，短信发送记录保存 24 小时。",
        "rights": "您可以随时在“我的资料”中查看手机号或撤回同意；撤回后手机号随即解除关联，会员卡仍在卡包中。手机号有误或已更换时，请先撤回同意，再用新的手机号重新验证。也可以联系店家行使其他权利。",
        "terms": format!("会员卡由{name}发行，余额、积分与优惠券由{name}兑付。\n\n更换公众号不影响您已有的权益：通过手机号核验后，原会员卡会回到您的卡包。\n\n请勿把验证码告诉他人。店员不会向您索要验证码。"),
        "privacy": format!("{name}是您个人信息的处理者，委托排队网（聚食汇）提供技术服务。排队网只按照{name}的指示处理您的信息。\n\n我们只收集手机号码，不收集身份证号、位置与通讯录，也不把手机号用于营销短信。\n\n手机号码在本机不保存，在页面上只显示前三位与后四位。"),
    })
}

fn english(merchant: &Merchant) -> serde_json::Value {
    let name = &merchant.name;
    json!({
        "language": "en",
        "purpose": "To check that the phone number is yours, and to recover the member cards, balances, points and coupons registered under it.",
        "data_types": "Your phone number, your WeChat identity within this official account (openid), and the member cards under that number.",
        "retention": "The phone number is kept until you withdraw your consent or close the card; codes for 5 minutes, records of messages for 24 hours.",
        "rights": "You can see the number and withdraw your consent on the page “My details” at any time; the number is then unlinked, and your cards stay in the wallet. If the number is wrong or has changed, withdraw your consent and verify the new number. For anything else, contact the merchant.",
        "terms": format!("The member card is issued by {name}, which honours its balance, points and coupons.\n\nA change of official account does not touch what is yours: once your phone is verified, the old card returns to your wallet.\n\nNever tell anyone the code. Staff will not ask for it."),
        "privacy": format!("{name} is the handler of your personal information and has entrusted Paidui (Jushihui) with the technical service, which acts only on {name}'s instructions.\n\nOnly the phone number is collected: no identity number, no location, no contacts. It is not used for marketing messages.\n\nThe number is not stored on this device, and pages show only its first three and last four digits."),
    })
}
