//! The till's page.

use serde_json::json;

use crate::running::{Reply, Sandbox, folder};

fn charge(sandbox: &Sandbox, form: &str) -> Reply {
    let request = Sandbox::agent()
        .post(format!("{}/sandbox/till", sandbox.address))
        .header("content-type", "application/x-www-form-urlencoded")
        .send(form);
    Reply::from(request.expect("an answer"))
}

#[test]
fn the_form_is_filled_in_with_the_code_of_the_person_s_card_in_use() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let empty = sandbox.get("/sandbox/till").text;
    assert!(
        empty.contains("name=payload list=codes") && empty.contains("required value=\"\""),
        "{empty}"
    );
    assert!(empty.contains("value=\"58.00\""), "{empty}");
    // Everybody's code is there to be chosen.
    assert!(
        empty.contains("<option value=\"880012003006\">阿券"),
        "{empty}"
    );
    let filled = sandbox.get("/sandbox/till?person=statuses-quan").text;
    assert!(
        filled.contains("required value=\"880012003006\""),
        "{filled}"
    );
    let none = sandbox.get("/sandbox/till?person=case-1a-li").text;
    assert!(none.contains("No card in use"), "{none}");
    let nobody = sandbox.get("/sandbox/till?person=%22%3E%3Cscript%3E");
    assert!(!nobody.text.contains("<script>"), "{}", nobody.text);
}

#[test]
fn a_code_is_charged_and_the_app_is_told() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("statuses-quan");
    let code = "/api/v1/accounts/statuses/cards/statuses-c3006/code";
    assert!(sandbox.get_as(&session, code).json()["last_use"].is_null());
    // As a cashier types it, in groups.
    let taken = charge(
        &sandbox,
        "person=statuses-quan&payload=8800+1200+3006&amount=58.00",
    );
    assert_eq!(taken.status, 200, "{}", taken.text);
    for part in ["已收 ¥58.00", "余额 ¥398.00", "58 积分", "¥58.00 taken"] {
        assert!(taken.text.contains(part), "{part}: {}", taken.text);
    }
    let last_use = sandbox.get_as(&session, code).json()["last_use"].clone();
    assert_eq!(last_use["amount_fen"], 5_800);
    assert_eq!(last_use["points"], 58);
    assert_eq!(last_use["title"], "消费");
    assert_eq!(sandbox.get("/sandbox/control/contract").json(), json!([]));
}

#[test]
fn what_can_t_be_charged_is_said_in_a_sentence() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    for (form, sentence) in [
        ("payload=12&amount=58", "没有这个会员码"),
        ("payload=880012003001&amount=58", "已被冻结"),
        ("payload=880012003004&amount=58", "余额不足"),
        ("payload=880012003006&amount=0", "大于 0"),
        ("payload=880012003006&amount=much", "大于 0"),
        ("payload=880012003005&amount=58", "离线会员码"),
        ("person=nobody&payload=%3Cb%3E&amount=58", "没有这个会员码"),
    ] {
        let refused = charge(&sandbox, form);
        assert_eq!(refused.status, 422, "{form}: {}", refused.text);
        assert!(refused.text.contains(sentence), "{form}: {}", refused.text);
        assert!(!refused.text.contains("已收"), "{form}");
    }
}
