//! The language of the backend's own words: what levels, benefits, menu entries, coupons
//! and entries are called. The rows have them in Chinese, which every shop here writes;
//! a reply has them in the language that its request asks for.

use serde_json::Value;

use crate::reply::{Body, Reply};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

impl Language {
    /// The language of the first tag of an `Accept-Language`.
    pub(crate) fn asked_for(header: Option<&str>) -> Self {
        let first = header.unwrap_or_default().trim_start();
        let primary = first.split(['-', ',', ';', ' ']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") {
            Self::English
        } else {
            Self::Chinese
        }
    }
}

/// `reply` with the backend's own words in `language`.
pub(crate) fn spoken(mut reply: Reply, language: Language) -> Reply {
    if let (Language::English, Body::Json(body) | Body::Problem(body)) = (language, &mut reply.body)
    {
        translate(body, "");
    }
    reply
}

/// Translates the words in `value`, which is the field `field` of a reply.
fn translate(value: &mut Value, field: &str) {
    match value {
        Value::Object(fields) => {
            let is_level = matches!(field, "level" | "next");
            for (name, value) in fields {
                // The names of people and shops are their own.
                let is_name = name == "name";
                if !is_name || is_level {
                    translate(value, if is_name { "level.name" } else { name });
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                translate(item, field);
            }
        }
        Value::String(text) if HOLDS_WORDS.contains(&field) => {
            if let Some((_, english)) = WORDS.iter().find(|(chinese, _)| *chinese == text) {
                (*english).clone_into(text);
            }
        }
        _ => {}
    }
}

/// The fields that hold words of the backend's.
const HOLDS_WORDS: [&str; 7] = [
    "level.name",
    "benefits",
    "label",
    "title",
    "rule",
    "shop",
    "prompt",
];

const WORDS: &[(&str, &str)] = &[
    ("普通会员", "Member"),
    ("银卡会员", "Silver member"),
    ("金卡会员", "Gold member"),
    ("消费 1 元积 1 分", "1 point for each yuan spent"),
    ("消费 1 元积 2 分", "2 points for each yuan spent"),
    ("生日当月 9 折", "10% off in the month of your birthday"),
    ("生日当月 8 折", "20% off in the month of your birthday"),
    ("免排队一次", "Skip the queue once"),
    ("点餐", "Order"),
    ("微外卖", "Takeaway"),
    ("附近餐厅", "Restaurants nearby"),
    ("领券", "Get coupons"),
    ("满 100 减 20", "¥20 off from ¥100"),
    ("满 50 减 8", "¥8 off from ¥50"),
    ("酸梅汤一份", "A sour plum drink"),
    (
        "堂食可用，不与其他优惠同享",
        "Dining in only, not with other offers",
    ),
    ("凭券到店兑换", "Handed out at the shop"),
    ("周一至周五可用", "Monday to Friday"),
    ("开卡储值", "First top-up"),
    ("储值充值", "Top-up"),
    ("消费", "Payment"),
    ("消费积分", "Points for a payment"),
    ("获得优惠券", "Coupon received"),
    ("总店", "Main shop"),
    ("请输入图中的数字", "Type the digits in the picture"),
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_tag_decides_and_chinese_is_the_default() {
        for (header, language) in [
            (None, Language::Chinese),
            (Some(""), Language::Chinese),
            (Some("zh-CN"), Language::Chinese),
            (Some("zh-CN,en;q=0.9"), Language::Chinese),
            (Some("fr"), Language::Chinese),
            (Some("*"), Language::Chinese),
            (Some("enm"), Language::Chinese),
            (Some("en"), Language::English),
            (Some(" EN-gb"), Language::English),
            (Some("en;q=0.8, zh-CN"), Language::English),
            (Some("en, zh"), Language::English),
        ] {
            assert_eq!(Language::asked_for(header), language, "{header:?}");
        }
    }

    #[test]
    fn names_stay_as_they_are_even_where_they_are_words_of_the_backend_s() {
        let mut body = json!({
            "shop": "总店",
            "name": "总店",
            "previous_account_name": "总店",
            "level": { "name": "普通会员", "benefits": ["免排队一次"] },
            "holder": { "name": "普通会员" },
        });
        translate(&mut body, "");
        let spoken = json!({
            "shop": "Main shop",
            "name": "总店",
            "previous_account_name": "总店",
            "level": { "name": "Member", "benefits": ["Skip the queue once"] },
            "holder": { "name": "普通会员" },
        });
        assert_eq!(body, spoken);
    }
}
