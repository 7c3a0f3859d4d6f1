//! Domain values written as the contract writes them, so that they can be
//! compared with the JSON that they were read from.
//!
//! Every structure is taken apart without `..`: a new field does not compile
//! before it is compared as well.

use std::sync::Arc;

use kabao_core::{
    domain::{
        brand_color::BrandColor,
        captcha::Captcha,
        card::{
            Card, CardKind, CardOrigin, CardStatus, ExpiringCoupons, ExpiringPoints, Level,
            NextLevel,
        },
        claim::{Bound, Candidate, Claim, Eligibility, Findings, NewCard, Progress, SentCode},
        coupon::{Coupon, CouponState},
        entry::{Entry, EntryKind},
        id::{CardId, ClaimId},
        list_page::ListPage,
        member_code::{CodeMode, LastUse, MemberCode},
        merchant::{Merchant, Retention},
        money::Money,
        phone::Phone,
        profile::{Consent, Profile},
        support::{Provider, Support},
        terms::{LocalizedTerms, Party, TermsText},
        timestamp::{Timestamp, UtcOffset},
        url::{HttpUrl, ImageUrl},
        wallet::{Account, AccountKind, Following, Link, LinkKind, PhoneProof, Wallet},
    },
    json::Json,
    problem::{ApiError, Problem, ProblemCode, TableMerchant},
    wire::{
        card::CardInFull,
        reply::{Acknowledged, Reply, WireError},
        table::Table,
        wallet::Switched,
    },
};
use serde_json::{Map, Value, json};

/// Reads a successful reply as the schema of that name, and writes it again.
pub(crate) fn read_as(schema: &str, reply: &Json) -> Result<Value, WireError> {
    match schema {
        "Wallet" => Wallet::read(reply).map(wallet),
        "Switched" => Switched::read(reply).map(switched),
        "CardInFull" => CardInFull::read(reply).map(card_in_full),
        "MemberCode" => MemberCode::read(reply).map(member_code),
        "ClaimReply" => Claim::read(reply).map(|it| json!({ "claim": claim(it) })),
        "Bound" => Bound::read(reply).map(bound),
        "Profile" => Profile::read(reply).map(profile),
        "Acknowledged" => Acknowledged::read(reply).map(|Acknowledged| json!({})),
        "TermsText" => TermsText::read(reply).map(terms_text),
        "Table" => {
            Table::read(reply).map(|Table { order_url }| json!({ "order_url": order_url.as_str() }))
        }
        "Entries" => ListPage::<Entry>::read(reply).map(|page| list_page(page, entry)),
        "Coupons" => ListPage::<Coupon>::read(reply).map(|page| list_page(page, coupon)),
        other => panic!("the app does not know {other}"),
    }
}

/// An object without the fields that are null.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let fields: Map<_, _> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    fields.into()
}

fn time(at: Timestamp) -> Value {
    let milliseconds = at.milliseconds().rem_euclid(60_000);
    let wall = at.wall_time(UtcOffset::from_minutes(0));
    let (date, minute) = (wall.date(), wall.time_of_day());
    let (second, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("{date}T{minute}:{second:02}.{rest:03}Z").into()
}

fn optional_time(at: Option<Timestamp>) -> Value {
    at.map_or(Value::Null, time)
}

/// Fen, which a receipt shows as yuan.
fn fen(money: Money) -> Value {
    let digits: String = money
        .to_string()
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '-')
        .collect();
    digits.parse::<i64>().expect("a number").into()
}

fn wallet(it: Wallet) -> Value {
    let Wallet {
        as_of,
        revision,
        account,
        merchants,
        merchant_id,
        phone_masked,
        phone_proof,
        terms_version,
        current_card_id,
        open_claim_id,
        cards,
    } = it;
    object([
        ("server_time", time(as_of)),
        ("revision", revision.into()),
        ("account", of_account(account)),
        ("merchants", merchants.into_iter().map(merchant).collect()),
        ("merchant_id", merchant_id.as_str().into()),
        ("phone_masked", json!(phone_masked)),
        ("phone_proven", (phone_proof == PhoneProof::Proven).into()),
        ("terms", json!({ "version": terms_version })),
        (
            "current_card_id",
            json!(current_card_id.as_ref().map(CardId::as_str)),
        ),
        (
            "open_claim_id",
            json!(open_claim_id.as_ref().map(ClaimId::as_str)),
        ),
        ("cards", cards.into_iter().map(card).collect()),
    ])
}

fn of_account(it: Account) -> Value {
    let Account {
        id,
        name,
        kind,
        following,
        qr_url,
        changed_from,
        links,
    } = it;
    let links = links.into_iter().map(|Link { kind, label, url }| {
        let kind = (kind == LinkKind::Order).then_some("order");
        object([
            ("kind", json!(kind)),
            ("label", label.into()),
            ("url", url.as_str().into()),
        ])
    });
    object([
        ("id", id.as_str().into()),
        ("name", name.into()),
        (
            "kind",
            match kind {
                AccountKind::Own => "own".into(),
                AccountKind::Platform => "platform".into(),
                AccountKind::Operator => "operator".into(),
                AccountKind::Unknown => Value::Null,
            },
        ),
        ("follows", (following == Following::Following).into()),
        ("qr_url", json!(qr_url.as_ref().map(ImageUrl::as_str))),
        (
            "changed",
            json!(changed_from.map(|name| json!({ "from_name": name }))),
        ),
        ("links", links.collect()),
    ])
}

fn merchant(it: Merchant) -> Value {
    let Merchant {
        id,
        name,
        initials,
        pinyin,
        avatar_url,
        phone,
        brand_color,
        retention,
    } = it;
    object([
        ("id", id.as_str().into()),
        ("name", name.into()),
        ("initials", json!(initials)),
        ("pinyin", json!(pinyin)),
        (
            "avatar_url",
            json!(avatar_url.as_ref().map(ImageUrl::as_str)),
        ),
        ("phone", json!(phone.as_ref().map(Phone::as_str))),
        ("brand_color", brand_color.css().into()),
        (
            "members_retained",
            match retention {
                Retention::Kept => Value::Null,
                Retention::NotKept => false.into(),
            },
        ),
    ])
}

fn card(it: Card) -> Value {
    let Card {
        id,
        merchant_id,
        number,
        kind,
        status,
        origin,
        holder_name,
        avatar_url,
        level,
        balance,
        points,
        coupon_count,
        previous_account_name,
        last_used_at,
        expires_at,
        offline_payload,
        points_expiring,
        coupons_expiring,
    } = it;
    let points_expiring = points_expiring
        .map(|ExpiringPoints { points, at }| json!({ "points": points, "at": time(at) }));
    let coupons_expiring = coupons_expiring
        .map(|ExpiringCoupons { count, at }| json!({ "count": count, "at": time(at) }));
    object([
        ("id", id.as_str().into()),
        ("merchant_id", merchant_id.as_str().into()),
        ("number", number.digits().into()),
        (
            "kind",
            match kind {
                CardKind::Online => "online".into(),
                CardKind::Physical => "physical".into(),
                CardKind::Unknown => Value::Null,
            },
        ),
        (
            "status",
            match status {
                CardStatus::Active => "active".into(),
                CardStatus::Frozen => "frozen".into(),
                CardStatus::Lost => "lost".into(),
                CardStatus::Expired => "expired".into(),
                CardStatus::Unknown => Value::Null,
            },
        ),
        (
            "origin",
            match origin {
                CardOrigin::IssuedAutomatically => "issued_automatically".into(),
                CardOrigin::Claimed => "claimed".into(),
                CardOrigin::Opened => "opened".into(),
                CardOrigin::FoundByPhone => "found_by_phone".into(),
                CardOrigin::Unknown => Value::Null,
            },
        ),
        (
            "holder",
            object([
                ("name", json!(holder_name)),
                (
                    "avatar_url",
                    json!(avatar_url.as_ref().map(ImageUrl::as_str)),
                ),
            ]),
        ),
        ("level", of_level(level)),
        ("balance_fen", fen(balance)),
        ("points", json!(points)),
        ("coupon_count", coupon_count.into()),
        ("previous_account_name", json!(previous_account_name)),
        ("last_used_at", optional_time(last_used_at)),
        ("expires_at", optional_time(expires_at)),
        ("offline_payload", json!(offline_payload)),
        ("points_expiring", json!(points_expiring)),
        ("coupons_expiring", json!(coupons_expiring)),
    ])
}

fn of_level(it: Level) -> Value {
    let Level {
        name,
        color,
        benefits,
        next,
    } = it;
    let next =
        next.map(|NextLevel { name, at_points }| json!({ "name": name, "at_points": at_points }));
    object([
        ("name", name.into()),
        ("color", json!(color.map(BrandColor::css))),
        ("benefits", benefits.into()),
        ("next", json!(next)),
    ])
}

fn card_in_full(it: CardInFull) -> Value {
    let CardInFull {
        card: of_card,
        merchant: of_merchant,
        as_of,
    } = it;
    json!({ "card": card(of_card), "merchant": merchant(of_merchant), "server_time": time(as_of) })
}

fn switched(it: Switched) -> Value {
    let Switched {
        current_card_id,
        revision,
    } = it;
    json!({ "current_card_id": current_card_id.as_str(), "revision": revision })
}

fn member_code(it: MemberCode) -> Value {
    let MemberCode {
        payload,
        mode,
        expires_at,
        refresh_after,
        offline_payload,
        last_use: of_last_use,
    } = it;
    object([
        ("payload", payload.into()),
        (
            "mode",
            match mode {
                CodeMode::Static => "static".into(),
                CodeMode::Rotating => "rotating".into(),
            },
        ),
        ("expires_at", optional_time(expires_at)),
        ("refresh_after", json!(refresh_after)),
        ("offline_payload", json!(offline_payload)),
        ("last_use", json!(of_last_use.map(last_use))),
    ])
}

fn last_use(it: LastUse) -> Value {
    let LastUse {
        at,
        title,
        amount,
        points,
    } = it;
    object([
        ("at", time(at)),
        ("title", title.into()),
        ("amount_fen", fen(amount)),
        ("points", json!(points)),
    ])
}

fn list_page<T>(page: ListPage<T>, item: fn(T) -> Value) -> Value {
    let ListPage { items, next_cursor } = page;
    object([
        ("items", items.into_iter().map(item).collect()),
        ("next_cursor", json!(next_cursor)),
    ])
}

fn entry(it: Entry) -> Value {
    let Entry {
        id,
        at,
        kind,
        amount,
        balance_after,
        title,
        shop,
    } = it;
    object([
        ("id", id.into()),
        ("at", time(at)),
        (
            "kind",
            match kind {
                EntryKind::StoredValue => "stored_value".into(),
                EntryKind::Points => "points".into(),
                EntryKind::Coupon => "coupon".into(),
                EntryKind::Unknown => Value::Null,
            },
        ),
        ("amount", amount.into()),
        ("balance_after", json!(balance_after)),
        ("title", title.into()),
        ("shop", json!(shop)),
    ])
}

fn coupon(it: Coupon) -> Value {
    let Coupon {
        id,
        title,
        rule,
        state,
        value,
        code,
        starts_at,
        ends_at,
    } = it;
    object([
        ("id", id.into()),
        ("title", title.into()),
        ("rule", rule.into()),
        (
            "state",
            match state {
                CouponState::Unused => "unused".into(),
                CouponState::Used => "used".into(),
                CouponState::Expired => "expired".into(),
                CouponState::Unknown => Value::Null,
            },
        ),
        ("value_fen", json!(value.map(fen))),
        ("code", json!(code)),
        ("starts_at", optional_time(starts_at)),
        ("ends_at", optional_time(ends_at)),
    ])
}

fn claim(it: Claim) -> Value {
    let Claim {
        id,
        merchant_id,
        phone_masked,
        progress,
    } = it;
    let mut fields = json!({
        "id": id.as_str(), "merchant_id": merchant_id.as_str(), "phone_masked": phone_masked,
    });
    let (state, more) = match progress {
        Progress::CodeSent(SentCode {
            length,
            attempts_left,
            resend_at,
        }) => (
            "code_sent",
            json!({
                "code_length": length, "attempts_left": attempts_left,
                "resend_at": time(resend_at),
            }),
        ),
        Progress::Verified(Findings {
            candidates,
            merchants,
            new_card,
            support: of_support,
        }) => (
            "verified",
            object([
                (
                    "candidates",
                    candidates.into_iter().map(candidate).collect(),
                ),
                (
                    "merchants",
                    // Left out of a reply that has none.
                    match merchants.is_empty() {
                        true => Value::Null,
                        false => merchants.into_iter().map(merchant).collect(),
                    },
                ),
                ("can_open_new", (new_card == NewCard::Allowed).into()),
                ("support", json!(of_support.map(support))),
            ]),
        ),
        Progress::Bound(cards) => (
            "bound",
            json!({ "bound_cards": cards.into_iter().map(card).collect::<Value>() }),
        ),
        Progress::Expired => ("expired", json!({})),
        Progress::Unknown => ("", json!({})),
    };
    fields["state"] = state.into();
    let more = more.as_object().expect("an object").clone();
    fields.as_object_mut().expect("an object").extend(more);
    fields
}

fn candidate(it: Candidate) -> Value {
    let Candidate {
        card: of_card,
        eligibility,
    } = it;
    let mut fields = card(of_card);
    fields["selectable"] = (eligibility == Eligibility::Selectable).into();
    fields["staff_check_required"] = (eligibility == Eligibility::StaffCheckRequired).into();
    let reason = match eligibility {
        Eligibility::Lost => "lost",
        Eligibility::Expired => "expired",
        Eligibility::StaffCheckRequired => "staff_check_required",
        Eligibility::AlreadyBound => "already_bound",
        Eligibility::Selectable | Eligibility::Unknown => return fields,
    };
    fields["reason"] = reason.into();
    fields
}

fn bound(it: Bound) -> Value {
    let Bound {
        claim: of_claim,
        wallet: of_wallet,
    } = it;
    json!({ "claim": claim(of_claim), "wallet": of_wallet.map(wallet) })
}

fn profile(it: Profile) -> Value {
    let Profile {
        phone_masked,
        phone_proof,
        consents,
        terms_version,
    } = it;
    object([
        ("phone_masked", json!(phone_masked)),
        ("phone_proven", (phone_proof == PhoneProof::Proven).into()),
        ("consents", consents.into_iter().map(consent).collect()),
        ("terms", json!({ "version": terms_version })),
    ])
}

fn consent(it: Consent) -> Value {
    let Consent {
        version,
        given_at,
        withdrawn_at,
    } = it;
    object([
        ("version", version.into()),
        ("given_at", time(given_at)),
        ("withdrawn_at", optional_time(withdrawn_at)),
    ])
}

fn terms_text(it: TermsText) -> Value {
    let TermsText {
        version,
        handler,
        processor,
        texts,
    } = it;
    object([
        ("version", version.into()),
        ("handler", party(handler)),
        ("processor", party(processor)),
        ("texts", texts.into_iter().map(localized).collect()),
    ])
}

fn party(it: Party) -> Value {
    let Party { name, contact } = it;
    json!({ "name": name, "contact": contact })
}

fn localized(it: LocalizedTerms) -> Value {
    let LocalizedTerms {
        language,
        purpose,
        data_types,
        retention,
        rights,
        terms,
        privacy,
    } = it;
    json!({
        "language": language, "purpose": purpose, "data_types": data_types,
        "retention": retention, "rights": rights, "terms": terms, "privacy": privacy,
    })
}

fn support(it: Support) -> Value {
    let Support {
        phone,
        provider,
        staff_code,
    } = it;
    let provider =
        provider.map(|Provider { name, phone }| json!({ "name": name, "phone": phone.as_str() }));
    object([
        ("phone", json!(phone.as_ref().map(Phone::as_str))),
        ("provider", json!(provider)),
        ("staff_code", staff_code.into()),
    ])
}

/// A failure, as the problem that it was read from.
pub(crate) fn failure(error: ApiError) -> Value {
    let ApiError::Problem(problem) = error else {
        return json!({ "no_problem": format!("{error:?}") });
    };
    let Problem {
        status,
        code,
        retry_after,
        card_id,
        support: of_support,
    } = Arc::unwrap_or_clone(problem);
    let mut fields = object([
        ("status", status.into()),
        ("code", json!(code.name())),
        ("retry_after", json!(retry_after)),
        ("card_id", json!(card_id.as_ref().map(CardId::as_str))),
        ("support", json!(of_support.map(support))),
    ]);
    let more = details(code);
    let more = more.as_object().expect("an object").clone();
    fields.as_object_mut().expect("an object").extend(more);
    fields
}

fn details(code: ProblemCode) -> Value {
    match code {
        ProblemCode::NotSignedIn { login_url } => json!({ "login_url": login_url.as_str() }),
        ProblemCode::WalletChanged { wallet: now } => {
            json!({ "wallet": wallet(Arc::unwrap_or_clone(now)) })
        }
        ProblemCode::ConsentRequired { version } => json!({ "terms": { "version": version } }),
        ProblemCode::CodeWrong { attempts_left } => json!({ "attempts_left": attempts_left }),
        ProblemCode::CaptchaRequired(Captcha {
            id,
            image_url,
            prompt,
        }) => json!({ "captcha": { "id": id, "image_url": image_url.as_str(), "prompt": prompt } }),
        ProblemCode::TableCodeStale(merchant) | ProblemCode::TableCodeUnknown(merchant) => {
            let TableMerchant {
                name,
                phone,
                wallet_url,
            } = merchant;
            let merchant = object([
                ("name", json!(name)),
                ("phone", json!(phone.as_ref().map(Phone::as_str))),
                (
                    "wallet_url",
                    json!(wallet_url.as_ref().map(HttpUrl::as_str)),
                ),
            ]);
            match merchant == json!({}) {
                true => json!({}),
                false => json!({ "merchant": merchant }),
            }
        }
        // These bring nothing of their own. A new code that does is noticed by
        // what `values.rs` compares.
        _ => json!({}),
    }
}
