//! Claims, wallets and problems to test with.

use kabao_core::{
    domain::{
        captcha::Captcha,
        card::Card,
        claim::{Bound, Candidate, Claim, Eligibility, Findings, NewCard, Progress, SentCode},
        id::{CardId, ClaimId, MerchantId},
        merchant::Retention,
        timestamp::Timestamp,
        url::{HttpUrl, ImageUrl},
        wallet::Wallet,
    },
    json::Json,
    machine::claim::event::{Reply, WalletSummary},
    problem::{ApiError, Problem, ProblemCode},
    wire::reply::Reply as _,
};
use serde_json::json;

pub(crate) const PHONE: &str = "138 0013 8000";
pub(crate) const MASKED: &str = "138****8000";
pub(crate) const TERMS: &str = "2026-11";

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(seconds * 1000)
}

pub(crate) fn wallet_summary(open_claim: Option<&str>) -> WalletSummary {
    WalletSummary {
        open_claim_id: open_claim.map(ClaimId::from),
        terms_version: TERMS.to_owned(),
        retention: Retention::Kept,
    }
}

pub(crate) fn wallet(open_claim: Option<&str>) -> Wallet {
    let wallet = json!({
        "server_time": "2026-11-23T13:04:05.678Z", "revision": "7",
        "account": { "id": "case-2", "name": "川味小馆", "kind": "own", "follows": true, "links": [] },
        "merchants": [], "merchant_id": "m1", "issue_mode": "manual", "phone_proven": true,
        "terms": { "version": TERMS }, "open_claim_id": open_claim, "cards": [],
    });
    Wallet::read(&Json::from(&wallet)).expect("a wallet")
}

pub(crate) fn card(id: &str) -> Card {
    let bound = json!({ "claim": {
        "id": "k1", "merchant_id": "m1", "state": "bound", "phone_masked": MASKED,
        "bound_cards": [{
            "id": id, "merchant_id": "m1", "number": "880001008000", "kind": "online",
            "status": "active", "origin": "claimed", "holder": {},
            "level": { "name": "银卡会员", "benefits": [] },
            "balance_fen": 12800, "points": 560, "coupon_count": 0,
            "updated_at": "2026-11-17T13:04:05.000Z",
        }],
    } });
    match Claim::read(&Json::from(&bound)).expect("a claim").progress {
        Progress::Bound(mut cards) => cards.remove(0),
        other => unreachable!("{other:?}"),
    }
}

pub(crate) fn sent(resend_at: i64) -> SentCode {
    SentCode {
        length: 6,
        attempts_left: 5,
        resend_at: at(resend_at),
    }
}

pub(crate) fn claim(id: &str, progress: Progress) -> Claim {
    Claim {
        id: ClaimId::from(id),
        merchant_id: MerchantId::from("m1"),
        phone_masked: MASKED.to_owned(),
        progress,
    }
}

pub(crate) fn code_sent(id: &str, resend_at: i64) -> Claim {
    claim(id, Progress::CodeSent(sent(resend_at)))
}

pub(crate) fn verified(id: &str, cards: &[(&str, Eligibility)]) -> Claim {
    let candidate = |(card_id, eligibility): &(&str, Eligibility)| Candidate {
        card: card(card_id),
        eligibility: *eligibility,
    };
    claim(
        id,
        Progress::Verified(Findings {
            candidates: cards.iter().map(candidate).collect(),
            merchants: Vec::new(),
            new_card: NewCard::Allowed,
            support: None,
        }),
    )
}

pub(crate) fn bound(id: &str) -> Reply {
    Reply::Bound(Box::new(Bound {
        claim: claim(id, Progress::Bound(vec![card("c1")])),
        wallet: Some(wallet(None)),
    }))
}

pub(crate) fn login_url() -> HttpUrl {
    HttpUrl::parse("/enter?account=case-2").expect("a path")
}

pub(crate) fn captcha(id: &str) -> ProblemCode {
    ProblemCode::CaptchaRequired(Captcha {
        id: id.to_owned(),
        image_url: ImageUrl::parse(&format!("/images/captcha/{id}.svg")).expect("a path"),
        prompt: "请输入图中的数字".to_owned(),
    })
}

pub(crate) fn problem(status: u16, code: ProblemCode) -> ApiError {
    told(status, code, None, None)
}

/// A problem with what it may say besides its code.
pub(crate) fn told(
    status: u16,
    code: ProblemCode,
    retry_after: Option<u32>,
    card_id: Option<&str>,
) -> ApiError {
    ApiError::from(Problem {
        retry_after,
        card_id: card_id.map(CardId::from),
        ..Problem::new(status, code)
    })
}

pub(crate) fn gateway(status: u16) -> ApiError {
    ApiError::Gateway {
        status,
        retry_after: None,
    }
}
