//! The claim in replies.

use serde_json::Value;

use super::{
    card::card,
    fields::Fields,
    merchant::merchant,
    reply::{Reply, WireError, read_object},
    support::support,
    wallet::wallet,
};
use crate::domain::{
    claim::{
        Bound, Candidate, Claim, Eligibility, Findings, NewCard, Progress, SentCode, code_length,
    },
    resend_timer::ResendTimer,
    timestamp::Timestamp,
};

/// Wrong tries that a fresh code allows.
const FRESH_ATTEMPTS: u32 = 5;

fn candidate(fields: Fields<'_>) -> Option<Candidate> {
    let eligibility = match fields.text("reason") {
        _ if fields.flag("selectable") == Some(true) => Eligibility::Selectable,
        _ if fields.flag("staff_check_required") == Some(true) => Eligibility::StaffCheckRequired,
        Some("lost") => Eligibility::Lost,
        Some("expired") => Eligibility::Expired,
        Some("staff_check_required") => Eligibility::StaffCheckRequired,
        Some("already_bound") => Eligibility::AlreadyBound,
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
    // Asking for another code too early is refused, with the time to wait.
    let resend_at = fields
        .time("resend_at")
        .unwrap_or(Timestamp::from_milliseconds(0));
    SentCode {
        length: code_length(fields.integer("code_length")),
        attempts_left: fields.count("attempts_left").unwrap_or(FRESH_ATTEMPTS),
        resend: ResendTimer::until(resend_at),
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
    fn read(reply: &Value) -> Result<Self, WireError> {
        read_object(reply, |fields| claim(fields.object("claim")?))
    }
}

impl Reply for Bound {
    fn read(reply: &Value) -> Result<Self, WireError> {
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
    fn a_verified_claim_without_its_findings_is_not_one_that_found_nothing() {
        let mut reply = json!({ "claim": { "id": "k1", "state": "verified", "candidates": [] } });
        assert!(Claim::read(&reply).is_ok());
        for candidates in [json!(null), json!("none"), json!([{ "number": "1" }])] {
            reply["claim"]["candidates"] = candidates;
            assert_eq!(Claim::read(&reply), Err(WireError), "{reply}");
        }
    }
}
