//! What the app sends keeps to the CONTRACT.

use std::collections::BTreeSet;

use kabao_contract::Operation;
use kabao_core::{
    domain::{captcha::CaptchaAnswer, claim::Binding, id::CardId},
    wire::request::{
        BindingBody, ConsentBody, OpenClaimBody, ResendBody, SwitchBody, VerificationBody,
    },
};
use serde_json::Value;

use crate::CONTRACT;

#[test]
fn what_the_app_sends_keeps_to_the_contract() {
    let captcha = CaptchaAnswer {
        id: "k1".to_owned(),
        answer: "4711".to_owned(),
    };
    let consent = || ConsentBody { version: "2026-11" };
    let claim = "/claims/k1";
    let sent = [
        (
            "PUT",
            "/current-card".to_owned(),
            json(&SwitchBody { card_id: "c8000" }),
        ),
        (
            "POST",
            "/claims".to_owned(),
            json(&OpenClaimBody {
                phone: "13800018000",
                consent: consent(),
                captcha: None,
            }),
        ),
        (
            "POST",
            "/claims".to_owned(),
            json(&OpenClaimBody {
                phone: "13800018000",
                consent: consent(),
                captcha: Some((&captcha).into()),
            }),
        ),
        (
            "POST",
            format!("{claim}/sms"),
            json(&ResendBody { captcha: None }),
        ),
        (
            "POST",
            format!("{claim}/sms"),
            json(&ResendBody {
                captcha: Some((&captcha).into()),
            }),
        ),
        (
            "POST",
            format!("{claim}/verification"),
            json(&VerificationBody { code: "123456" }),
        ),
        (
            "POST",
            format!("{claim}/binding"),
            json(&BindingBody::from(&Binding::Cards(vec![CardId::from(
                "c8000",
            )]))),
        ),
        (
            "POST",
            format!("{claim}/binding"),
            json(&BindingBody::from(&Binding::NewCard)),
        ),
    ];
    let mut tried = BTreeSet::new();
    for (method, path, body) in sent {
        let path = format!("/api/v1/accounts/case-2{path}");
        let violations = CONTRACT.check_request(method, &path, &body);
        assert_eq!(violations, Vec::<String>::new(), "{method} {path}: {body}");
        tried.insert((
            method.to_owned(),
            path.rsplit('/').next().map(str::to_owned),
        ));
    }
    let takes_body = |operation: &&Operation| {
        let definition = &CONTRACT.document()["paths"][&operation.path];
        // The page's boot script reports.
        operation.id != "report"
            && definition[operation.method.to_lowercase()]["requestBody"].is_object()
    };
    let declared: BTreeSet<_> = CONTRACT
        .operations()
        .iter()
        .filter(takes_body)
        .map(|operation| {
            let last = operation.path.rsplit('/').next();
            (operation.method.clone(), last.map(str::to_owned))
        })
        .collect();
    assert_eq!(tried, declared);
}

fn json(body: &impl serde::Serialize) -> Value {
    serde_json::to_value(body).expect("a body is JSON")
}
