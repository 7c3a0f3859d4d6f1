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

/// Wrong tries that a fresh code allows.
const FRESH_ATTEMPTS: u32 = 5;

fn candidate(fields: Fields<'_>) -> Option<Candidate> {
    // A reason goes first: staff can't bind what is bound to somebody else.
    let eligibility = match fields.text("reason") {
        Some("lost") => Eligibility::Lost,
        Some("expired") => Eligibility::Expired,
        Some("already_bound") => Eligibility::AlreadyBound,
        Some("staff_check_required") => Eligibility::StaffCheckRequired,
        _ if fields.flag("selectable") == Some(true) => Eligibility::Selectable,
        _ if fields.flag("staff_check_required") == Some(true) => Eligibility::StaffCheckRequired,
        _ => Eligibility::Unknown,
    };
    Some(Candidate {
        card: card(fields)?,
        eligibility,
    })
}

fn claim(fields: Fields<'_>) -> Option<Claim> {
    let progress = match fields.text("state")? {
        "code_sent" => Progress::CodeSent(sent_code(fields)),
        "verified" => Progress::Verified(findings(fields)?),
        "bound" => Progress::Bound(fields.list("bound_cards", card).unwrap_or_default()),
        "expired" => Progress::Expired,
        _ => Progress::Unknown,
    };
    Some(Claim {
        id: fields.id("id")?,
        merchant_id: fields.id("merchant_id").unwrap_or_default(),
        phone_masked: fields.string("phone_masked").unwrap_or_default(),
        progress,
    })
}

fn sent_code(fields: Fields<'_>) -> SentCode {
    SentCode {
        length: code_length(fields.integer("code_length")),
        attempts_left: fields.count("attempts_left").unwrap_or(FRESH_ATTEMPTS),
        // Unknown, it is in the past: asking for a code too early is refused, with
        // the time to wait.
        resend_at: fields.time("resend_at").unwrap_or_default(),
    }
}

/// What was found. The candidates are essential: without them it would look as
/// if nothing had been found.
fn findings(fields: Fields<'_>) -> Option<Findings> {
    Some(Findings {
        candidates: fields.list("candidates", candidate)?,
        merchants: fields.list("merchants", merchant).unwrap_or_default(),
        new_card: match fields.flag("can_open_new") {
            Some(true) => NewCard::Allowed,
            _ => NewCard::NotAllowed,
        },
        support: fields.object("support").map(support),
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
                wallet: wallet(fields.object("wallet")?)?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
            let json = json!({
                "id": "c1", "selectable": selectable, "reason": reason,
                "staff_check_required": needs_staff,
            });
            let read = Fields::of(&Json::from(&json))
                .and_then(candidate)
                .expect("a candidate");
            assert_eq!(read.eligibility, eligibility, "{json}");
        }
    }

    #[test]
    fn a_verified_claim_without_its_findings_is_not_one_that_found_nothing() {
        let mut reply = json!({ "claim": { "id": "k1", "state": "verified", "candidates": [] } });
        assert!(Claim::read(&Json::from(&reply)).is_ok());
        for candidates in [json!(null), json!("none"), json!([{ "number": "1" }])] {
            reply["claim"]["candidates"] = candidates;
            assert_eq!(Claim::read(&Json::from(&reply)), Err(WireError), "{reply}");
        }
    }
}
