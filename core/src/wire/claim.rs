//! The claim in replies.

use super::{
    card::card,
    fields::Fields,
    merchant::merchant,
    reply::{Reply, WireError, read_object},
    support::support,
    wallet::wallet,
};
use crate::{
    domain::claim::{
        Bound, Candidate, Claim, Eligibility, Findings, NewCard, Progress, SentCode, code_length,
    },
    json::Json,
};

fn candidate(fields: Fields<'_>) -> Option<Candidate> {
    let is_selectable = fields.flag("selectable")?;
    let needs_staff = fields.flag("staff_check_required")?;
    // A reason goes first: staff can't bind what is bound to somebody else.
    let eligibility = match fields.text("reason") {
        Some("lost") => Eligibility::Lost,
        Some("expired") => Eligibility::Expired,
        Some("already_bound") => Eligibility::AlreadyBound,
        Some("staff_check_required") => Eligibility::StaffCheckRequired,
        _ => match (is_selectable, needs_staff) {
            (true, _) => Eligibility::Selectable,
            (false, true) => Eligibility::StaffCheckRequired,
            (false, false) => Eligibility::Unknown,
        },
    };
    Some(Candidate {
        card: card(fields)?,
        eligibility,
    })
}

fn claim(fields: Fields<'_>) -> Option<Claim> {
    let progress = match fields.text("state")? {
        "code_sent" => Progress::CodeSent(sent_code(fields)?),
        "verified" => Progress::Verified(findings(fields)?),
        "bound" => Progress::Bound(fields.list("bound_cards", card)?),
        "expired" => Progress::Expired,
        _ => Progress::Unknown,
    };
    Some(Claim {
        id: fields.id("id")?,
        merchant_id: fields.id("merchant_id")?,
        phone_masked: fields.string("phone_masked")?,
        progress,
    })
}

fn sent_code(fields: Fields<'_>) -> Option<SentCode> {
    Some(SentCode {
        length: code_length(fields.integer("code_length")?),
        attempts_left: fields.count("attempts_left")?,
        resend_at: fields.time("resend_at")?,
    })
}

fn findings(fields: Fields<'_>) -> Option<Findings> {
    let merchants = fields.if_any("merchants", |fields, name| fields.list(name, merchant))?;
    Some(Findings {
        candidates: fields.list("candidates", candidate)?,
        merchants: merchants.unwrap_or_default(),
        new_card: match fields.flag("can_open_new")? {
            true => NewCard::Allowed,
            false => NewCard::NotAllowed,
        },
        support: fields.object_if_any("support", support)?,
    })
}

impl Reply for Claim {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| claim(fields.object("claim")?))
    }
}

impl Reply for Bound {
    fn read(reply: &Json) -> Result<Self, WireError> {
        read_object(reply, |fields| {
            Some(Self {
                claim: claim(fields.object("claim")?)?,
                wallet: Some(wallet(fields.object("wallet")?)?),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn found() -> Value {
        json!({
            "id": "c1", "merchant_id": "m1", "number": "********8000", "kind": "online",
            "status": "active", "origin": "claimed", "holder": {},
            "level": { "name": "普通会员", "benefits": [] },
            "balance_fen": 0, "points": 0, "coupon_count": 0,
            "selectable": true, "staff_check_required": false,
        })
    }

    #[test]
    fn the_reason_of_a_candidate_goes_before_what_staff_could_do() {
        for (selectable, reason, needs_staff, eligibility) in [
            (true, json!(null), false, Eligibility::Selectable),
            (false, json!("lost"), false, Eligibility::Lost),
            (false, json!("expired"), true, Eligibility::Expired),
            (
                false,
                json!("already_bound"),
                true,
                Eligibility::AlreadyBound,
            ),
            (
                false,
                json!("staff_check_required"),
                true,
                Eligibility::StaffCheckRequired,
            ),
            (
                false,
                json!("staff_check_required"),
                false,
                Eligibility::StaffCheckRequired,
            ),
            (false, json!(null), true, Eligibility::StaffCheckRequired),
            (
                false,
                json!("on_holiday"),
                true,
                Eligibility::StaffCheckRequired,
            ),
            (false, json!("on_holiday"), false, Eligibility::Unknown),
            (
                true,
                json!("already_bound"),
                false,
                Eligibility::AlreadyBound,
            ),
        ] {
            let mut json = found();
            json["selectable"] = json!(selectable);
            json["reason"] = reason;
            json["staff_check_required"] = json!(needs_staff);
            let read = Fields::of(&Json::from(&json))
                .and_then(candidate)
                .expect("a candidate");
            assert_eq!(read.eligibility, eligibility, "{json}");
        }
    }

    #[test]
    fn a_verified_claim_without_its_findings_is_not_one_that_found_nothing() {
        let mut reply = json!({ "claim": {
            "id": "k1", "merchant_id": "m1", "state": "verified", "phone_masked": "138****8000",
            "candidates": [found()], "can_open_new": true,
        } });
        assert!(Claim::read(&Json::from(&reply)).is_ok());
        for candidates in [
            json!(null),
            json!("none"),
            json!([{ "number": "1" }]),
            json!([found(), {}]),
        ] {
            reply["claim"]["candidates"] = candidates;
            assert_eq!(Claim::read(&Json::from(&reply)), Err(WireError), "{reply}");
        }
    }
}
