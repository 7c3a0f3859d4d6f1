//! Table codes.

use kabao_journeys::{Failure, Outcome, visit::Visit};

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    ("a live table code leads to ordering", "case-1a", live_code),
    (
        "a dead table code says so, and the wallet is one tap away",
        "case-1a",
        dead_code,
    ),
    ("an unknown table code says so", "case-1a", unknown_code),
];

fn code(visit: &Visit<'_>, is_wanted: impl Fn(&str, bool) -> bool) -> Result<String, Failure> {
    let mut codes = visit.table_codes().into_iter();
    let found = codes.find(|(code, is_live)| is_wanted(code, *is_live));
    Ok(found.ok_or("there is no such table code")?.0)
}

fn live_code(visit: &Visit<'_>) -> Outcome {
    let left = code(visit, |code, _| code.starts_with('L'))?;
    visit.open(&format!("/t/{left}"))?;
    visit.be_at(&format!("/sandbox/order/{left}"))?;
    let right = code(visit, |code, is_live| code.starts_with('R') && is_live)?;
    visit.open(&format!("/t/{right}"))?;
    visit.be_at(&format!("/sandbox/order/{right}"))
}

fn dead_code(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("手动申请会员卡")?;
    let dead = code(visit, |_, is_live| !is_live)?;
    visit.open(&format!("/t/{dead}?lang=zh-CN"))?;
    visit.see("这个餐台码已失效")?;
    visit.see("请向店员要新的餐台码")?;
    visit.see("028-8555-0188")?;
    visit.tap("打开会员卡包")?;
    visit.be_at(&format!("/a/{}", visit.account()))
}

fn unknown_code(visit: &Visit<'_>) -> Outcome {
    visit.open("/t/R000?lang=zh-CN")?;
    visit.see("无法识别这个餐台码")
}
