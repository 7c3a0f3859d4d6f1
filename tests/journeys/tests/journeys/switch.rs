//! Switching by a tap on an avatar.

use kabao_journeys::{Outcome, visit::Visit};
use serde_json::json;

use crate::Journey;

pub(crate) const JOURNEYS: &[Journey] = &[
    (
        "case 2: the old card appears, and one tap on its avatar puts it in use",
        "case-2",
        old_card_in_use,
    ),
    (
        "case 3: as case 2, under the operator's name",
        "case-3",
        old_card_in_use,
    ),
    (
        "case 2: whom the account knows by phone finds the old card at once",
        "case-2",
        known_by_phone,
    ),
    (
        "a refused switch is rolled back and explained",
        "case-2",
        refused,
    ),
    (
        "a switch whose answer is lost is settled by asking",
        "case-2",
        lost_answer,
    ),
    (
        "taps back and forth end on the last",
        "case-2",
        back_and_forth,
    ),
    ("a switch can be undone", "case-2", undo),
    ("taps in two tabs end on the last", "case-2", two_tabs),
    ("the hint teaches switching once", "case-2", hint),
];

fn undo(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("当前使用")?;
    let before = visit.known_of("chen")?["current_card"].clone();
    visit.tap("切换到川味小馆会员卡，尾号 4000")?;
    visit.see("已切换到川味小馆，尾号 4000")?;
    visit.tap("撤销")?;
    visit.see("已切换到江南面馆，尾号 4100")?;
    assert_eq!(visit.known_of("chen")?["current_card"], before);
    Ok(())
}

fn two_tabs(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("当前使用")?;
    // The other tab puts the third card in use; this one does not know.
    let other = visit.run(
        "const base = location.pathname.replace('/a/', '/api/v1/accounts/'); \
         return fetch(base + '/wallet').then((reply) => reply.json()).then((wallet) => { \
             const card = wallet.cards.find((card) => card.balance_fen === 0).id; \
             return fetch(base + '/current-card', { method: 'PUT', \
                 headers: { 'Content-Type': 'application/json', 'If-Match': JSON.stringify(wallet.revision) }, \
                 body: JSON.stringify({ card_id: card }) }).then((reply) => reply.status); })",
        vec![],
    )?;
    assert_eq!(other, 200);
    visit.tap("切换到川味小馆会员卡，尾号 4000")?;
    visit.see("已切换到川味小馆，尾号 4000")?;
    let current = visit.known_of("chen")?["current_card"].clone();
    assert_eq!(current, format!("{}-c4000", visit.account()));
    Ok(())
}

fn hint(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("点头像切换")?;
    visit.tap("切换到川味小馆会员卡，尾号 4000")?;
    visit.see("已切换到")?;
    visit.reload()?;
    visit.see("其他会员卡")?;
    visit.see_no_more("点头像切换")
}

/// Proves 小李's phone and binds the old card beside the issued one.
fn with_both_cards(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("li")?;
    visit.see("当前使用")?;
    visit.tap("验证手机号")?;
    visit.type_into("手机号", &visit.phone_of("li")?)?;
    visit.tap("我已阅读并同意")?;
    visit.tap("获取验证码")?;
    visit.see("输入验证码")?;
    visit.type_into("验证码", &visit.newest_code("li")?)?;
    visit.tap("是我的，绑定")?;
    visit.see("余额 ¥128.00、560 积分已找回")?;
    visit.tap("查看会员卡包")?;
    visit.see("其他会员卡")
}

fn old_card(visit: &Visit<'_>) -> String {
    format!("{}-c8000", visit.account())
}

fn old_card_in_use(visit: &Visit<'_>) -> Outcome {
    with_both_cards(visit)?;
    assert_ne!(visit.known_of("li")?["current_card"], old_card(visit));
    visit.double_tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.see("已切换到川味小馆，尾号 8000")?;
    visit.reload()?;
    visit.see("¥128.00")?;
    visit.see("当前使用")?;
    assert_eq!(visit.known_of("li")?["current_card"], old_card(visit));
    Ok(())
}

fn known_by_phone(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("其他会员卡")?;
    visit.tap("切换到川味小馆会员卡，尾号 4000")?;
    visit.see("已切换到川味小馆，尾号 4000")
}

fn refused(visit: &Visit<'_>) -> Outcome {
    with_both_cards(visit)?;
    visit.command(
        json!({ "command": "set_card_status", "card": old_card(visit), "status": "frozen" }),
    )?;
    visit.tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.see("没有切换，仍在使用原来的会员卡。")?;
    visit.see("这张卡已冻结")?;
    assert_ne!(visit.known_of("li")?["current_card"], old_card(visit));
    Ok(())
}

fn lost_answer(visit: &Visit<'_>) -> Outcome {
    with_both_cards(visit)?;
    visit.break_next("PUT", "/current-card", &json!("lose_reply"), 1)?;
    visit.tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.see("已切换到川味小馆，尾号 8000")?;
    assert_eq!(visit.known_of("li")?["current_card"], old_card(visit));
    Ok(())
}

fn back_and_forth(visit: &Visit<'_>) -> Outcome {
    with_both_cards(visit)?;
    visit.break_next("PUT", "/current-card", &json!({ "delay_ms": 1500 }), 3)?;
    let issued = visit.known_of("li")?["current_card"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    visit.tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.tap("切换到川味小馆会员卡，尾号 ")?;
    visit.tap("切换到川味小馆会员卡，尾号 8000")?;
    visit.see("已切换到川味小馆，尾号 8000")?;
    assert_ne!(issued, old_card(visit));
    // On a slow machine the first switch may be done before the last tap, and
    // what is seen is its message.
    visit.wait("the backend to have the last tap", || {
        Ok(visit.known_of("li")?["current_card"] == old_card(visit))
    })
}
