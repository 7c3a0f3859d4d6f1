//! One card: its history, its coupons, its level.

use kabao_journeys::{Failure, Outcome, visit::Visit};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "the history goes on to its beginning, and can be filtered",
        "statuses",
        history,
    ),
    (
        "a part of the history that does not load can be asked for again",
        "statuses",
        broken_history,
    ),
    ("coupons are told apart by state", "statuses", coupons),
    ("a negative balance is shown as it is", "statuses", debt),
];

fn open_card(visit: &Visit<'_>, person: &str) -> Outcome {
    visit.arrive_as(person)?;
    visit.see("当前使用")?;
    visit.open_current_card("")?;
    visit.see("记录与优惠券")
}

/// How many lines the history shows.
fn lines(visit: &Visit<'_>) -> Result<u64, Failure> {
    let script = "scrollTo(0, document.body.scrollHeight); \
        return document.querySelectorAll('ul.rows > li').length";
    Ok(visit.run(script, vec![])?.as_u64().unwrap_or_default())
}

fn history(visit: &Visit<'_>) -> Outcome {
    open_card(visit, "quan")?;
    visit.see("余额 ¥456.00")?;
    visit.wait("the first entry of all", || {
        Ok(lines(visit)? > 137 && visit.text()?.contains("开卡储值"))
    })?;
    assert!(!visit.can_tap("查看更多")?, "there is no more");
    let all = lines(visit)?;
    visit.tap_exactly("积分")?;
    visit.see_no_more("余额 ¥456.00")?;
    visit.see("剩余 1,860 积分")?;
    visit.wait("fewer entries", || {
        let lines = lines(visit)?;
        Ok(lines > 0 && lines < all && !visit.text()?.contains("余额 ¥"))
    })
}

fn broken_history(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("quan")?;
    visit.see("当前使用")?;
    visit.break_next("GET", "/entries", &json!({ "problem": "unavailable" }), 1)?;
    visit.open_current_card("")?;
    visit.see("系统正在维护")?;
    visit.tap("再试一次")?;
    visit.see("余额 ¥456.00")
}

fn coupons(visit: &Visit<'_>) -> Outcome {
    open_card(visit, "quan")?;
    visit.tap_exactly("优惠券")?;
    visit.see("满 100 减 20")?;
    visit.see("有效期至")?;
    visit.wait("all 23 coupons", || Ok(lines(visit)? == 23))?;
    for state in ["已使用", "已过期"] {
        visit.tap_exactly(state)?;
        visit.wait("three coupons", || Ok(lines(visit)? == 3))?;
    }
    Ok(())
}

fn debt(visit: &Visit<'_>) -> Outcome {
    open_card(visit, "fu")?;
    visit.see("-¥12.50")?;
    visit.see("还差 485 积分升级为银卡会员")
}
