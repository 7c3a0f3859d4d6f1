//! The contract's JSON: what is read from it and what is written to it.
//!
//! Pure. Every type is checked against every example of
//! `contract/openapi.yaml` by `tests/contract.rs`. Unknown fields are ignored.
//! An unknown value of an enumeration becomes `Unknown`, never an error. What
//! leaves this module is a domain type, valid by construction.

use serde::{Deserialize, Serialize};

use super::problem::{self, ProblemCode};
use crate::domain::{
    brand_color::BrandColor,
    card,
    claim::{self, ClaimId, Eligibility, Findings, NewCard, Progress, SentCode},
    member_code::{self, CodeMode},
    resend_timer::ResendTimer,
    support,
    timestamp::{Timestamp, TimestampError},
    wallet,
};

/// A reply that is not what the contract says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError;

impl From<TimestampError> for WireError {
    fn from(_: TimestampError) -> Self {
        Self
    }
}

impl From<serde_json::Error> for WireError {
    // The cause is dropped on purpose: it can quote the reply, and a reply can
    // hold what must not reach a log.
    fn from(_: serde_json::Error) -> Self {
        Self
    }
}

/// A reply of the contract that becomes a value of the domain.
pub trait Reply: Sized {
    /// Reads the JSON of a successful reply.
    ///
    /// # Errors
    ///
    /// [`WireError`] if it is not what the contract says.
    fn parse(json: &str) -> Result<Self, WireError>;
}

/// The backend's clock, which every reply and every problem carries.
#[must_use]
pub fn server_time(json: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Envelope {
        server_time: String,
    }
    let envelope: Envelope = serde_json::from_str(json).ok()?;
    Timestamp::parse(&envelope.server_time).ok()
}

fn optional_time(text: Option<&str>) -> Result<Option<Timestamp>, WireError> {
    Ok(text.map(Timestamp::parse).transpose()?)
}

// ---- wallet ---------------------------------------------------------------

#[derive(Deserialize)]
struct Wallet {
    server_time: String,
    revision: String,
    account: Account,
    merchants: Vec<Merchant>,
    merchant_id: String,
    phone_masked: Option<String>,
    phone_proven: bool,
    terms: Terms,
    current_card_id: Option<String>,
    open_claim_id: Option<String>,
    cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    name: String,
    kind: String,
    follows: bool,
    qr_url: Option<String>,
    changed: Option<AccountChange>,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct AccountChange {
    from_name: String,
}

#[derive(Deserialize)]
struct Link {
    label: String,
    url: String,
}

#[derive(Deserialize)]
struct Merchant {
    id: String,
    name: String,
    avatar_url: Option<String>,
    phone: Option<String>,
    brand_color: String,
}

#[derive(Deserialize)]
struct Terms {
    version: String,
}

#[derive(Deserialize)]
struct Card {
    id: String,
    merchant_id: String,
    number: String,
    kind: String,
    status: String,
    origin: String,
    holder: Holder,
    level: Level,
    balance_fen: i64,
    points: i64,
    coupon_count: u32,
    previous_account_name: Option<String>,
    last_used_at: Option<String>,
    expires_at: Option<String>,
}

#[derive(Deserialize)]
struct Holder {
    name: Option<String>,
    avatar_url: Option<String>,
}

#[derive(Deserialize)]
struct Level {
    name: String,
    benefits: Vec<String>,
    next: Option<NextLevel>,
}

#[derive(Deserialize)]
struct NextLevel {
    name: String,
    at_points: i64,
}

impl From<Merchant> for wallet::Merchant {
    fn from(wire: Merchant) -> Self {
        Self {
            id: wire.id.into(),
            name: wire.name,
            avatar_url: wire.avatar_url,
            phone: wire.phone,
            // A colour that can't be read must not cost the fan the wallet.
            brand_color: BrandColor::parse(&wire.brand_color).unwrap_or(BrandColor::NEUTRAL),
        }
    }
}

impl TryFrom<Card> for card::Card {
    type Error = WireError;

    fn try_from(wire: Card) -> Result<Self, WireError> {
        Ok(Self {
            id: wire.id.into(),
            merchant_id: wire.merchant_id.into(),
            number: wire.number.into(),
            kind: match wire.kind.as_str() {
                "online" => card::CardKind::Online,
                "physical" => card::CardKind::Physical,
                _ => card::CardKind::Unknown,
            },
            status: match wire.status.as_str() {
                "active" => card::CardStatus::Active,
                "frozen" => card::CardStatus::Frozen,
                "lost" => card::CardStatus::Lost,
                "expired" => card::CardStatus::Expired,
                _ => card::CardStatus::Unknown,
            },
            origin: match wire.origin.as_str() {
                "issued_automatically" => card::CardOrigin::IssuedAutomatically,
                "claimed" => card::CardOrigin::Claimed,
                "opened" => card::CardOrigin::Opened,
                "found_by_phone" => card::CardOrigin::FoundByPhone,
                _ => card::CardOrigin::Unknown,
            },
            holder_name: wire.holder.name,
            avatar_url: wire.holder.avatar_url,
            level: card::Level {
                name: wire.level.name,
                benefits: wire.level.benefits,
                next: wire.level.next.map(|next| card::NextLevel {
                    name: next.name,
                    at_points: next.at_points,
                }),
            },
            balance: crate::domain::money::Money::from_fen(wire.balance_fen),
            points: wire.points,
            coupon_count: wire.coupon_count,
            previous_account_name: wire.previous_account_name,
            last_used_at: optional_time(wire.last_used_at.as_deref())?,
            expires_at: optional_time(wire.expires_at.as_deref())?,
        })
    }
}

fn cards(wire: Vec<Card>) -> Result<Vec<card::Card>, WireError> {
    wire.into_iter().map(card::Card::try_from).collect()
}

fn merchants(wire: Vec<Merchant>) -> Vec<wallet::Merchant> {
    wire.into_iter().map(wallet::Merchant::from).collect()
}

impl TryFrom<Wallet> for wallet::Wallet {
    type Error = WireError;

    fn try_from(wire: Wallet) -> Result<Self, WireError> {
        let account = wire.account;
        Ok(Self {
            as_of: Timestamp::parse(&wire.server_time)?,
            revision: wire.revision,
            account: wallet::Account {
                id: account.id.into(),
                name: account.name,
                kind: match account.kind.as_str() {
                    "own" => wallet::AccountKind::Own,
                    "platform" => wallet::AccountKind::Platform,
                    "operator" => wallet::AccountKind::Operator,
                    _ => wallet::AccountKind::Unknown,
                },
                following: if account.follows {
                    wallet::Following::Following
                } else {
                    wallet::Following::NotFollowing
                },
                qr_url: account.qr_url,
                changed_from: account.changed.map(|change| change.from_name),
                links: account
                    .links
                    .into_iter()
                    .map(|link| wallet::Link {
                        label: link.label,
                        url: link.url,
                    })
                    .collect(),
            },
            merchants: merchants(wire.merchants),
            merchant_id: wire.merchant_id.into(),
            phone_masked: wire.phone_masked,
            phone_proof: phone_proof(wire.phone_proven),
            terms_version: wire.terms.version,
            current_card_id: wire.current_card_id.map(card::CardId::from),
            open_claim_id: wire.open_claim_id.map(ClaimId::from),
            cards: cards(wire.cards)?,
        })
    }
}

const fn phone_proof(proven: bool) -> wallet::PhoneProof {
    if proven {
        wallet::PhoneProof::Proven
    } else {
        wallet::PhoneProof::Unproven
    }
}

impl Reply for wallet::Wallet {
    fn parse(json: &str) -> Result<Self, WireError> {
        serde_json::from_str::<Wallet>(json)?.try_into()
    }
}

/// What a switch led to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Switched {
    /// The card that is in use now.
    pub current_card_id: String,
    /// The wallet's version now.
    pub revision: String,
}

impl Reply for Switched {
    fn parse(json: &str) -> Result<Self, WireError> {
        Ok(serde_json::from_str(json)?)
    }
}

// ---- one card -------------------------------------------------------------

/// One card with its merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardInFull {
    /// The card.
    pub card: card::Card,
    /// Its merchant.
    pub merchant: wallet::Merchant,
    /// The backend's clock when it described them.
    pub as_of: Timestamp,
}

impl Reply for CardInFull {
    fn parse(json: &str) -> Result<Self, WireError> {
        #[derive(Deserialize)]
        struct Wire {
            server_time: String,
            card: Card,
            merchant: Merchant,
        }
        let wire: Wire = serde_json::from_str(json)?;
        Ok(Self {
            card: wire.card.try_into()?,
            merchant: wire.merchant.into(),
            as_of: Timestamp::parse(&wire.server_time)?,
        })
    }
}

impl Reply for member_code::MemberCode {
    fn parse(json: &str) -> Result<Self, WireError> {
        #[derive(Deserialize)]
        struct Wire {
            payload: String,
            mode: String,
            expires_at: Option<String>,
            refresh_after: Option<u32>,
        }
        let wire: Wire = serde_json::from_str(json)?;
        Ok(Self {
            payload: wire.payload,
            mode: if wire.mode == "static" {
                CodeMode::Static
            } else {
                // A mode of the future is treated as the careful one.
                CodeMode::Rotating
            },
            expires_at: optional_time(wire.expires_at.as_deref())?,
            refresh_after: wire.refresh_after,
        })
    }
}

// ---- claim ----------------------------------------------------------------

#[derive(Deserialize)]
struct Claim {
    id: String,
    merchant_id: String,
    state: String,
    phone_masked: String,
    code_length: usize,
    attempts_left: u32,
    resend_at: String,
    code_expires_at: String,
    #[serde(default)]
    candidates: Vec<Candidate>,
    #[serde(default)]
    merchants: Vec<Merchant>,
    #[serde(default)]
    can_open_new: bool,
    #[serde(default)]
    bound_cards: Vec<Card>,
    support: Option<Support>,
}

#[derive(Deserialize)]
struct Candidate {
    #[serde(flatten)]
    card: Card,
    selectable: bool,
    reason: Option<String>,
    staff_check_required: bool,
}

impl TryFrom<Candidate> for claim::Candidate {
    type Error = WireError;

    fn try_from(wire: Candidate) -> Result<Self, WireError> {
        let eligibility = match wire.reason.as_deref() {
            _ if wire.selectable => Eligibility::Selectable,
            _ if wire.staff_check_required => Eligibility::StaffCheckRequired,
            Some("lost") => Eligibility::Lost,
            Some("expired") => Eligibility::Expired,
            Some("staff_check_required") => Eligibility::StaffCheckRequired,
            Some("already_bound") => Eligibility::AlreadyBound,
            _ => Eligibility::Unknown,
        };
        Ok(Self {
            card: wire.card.try_into()?,
            eligibility,
        })
    }
}

impl TryFrom<Claim> for claim::Claim {
    type Error = WireError;

    fn try_from(wire: Claim) -> Result<Self, WireError> {
        let progress = match wire.state.as_str() {
            "code_sent" => Progress::CodeSent(SentCode {
                length: wire.code_length,
                attempts_left: wire.attempts_left,
                resend: ResendTimer::until(Timestamp::parse(&wire.resend_at)?),
                expires_at: Timestamp::parse(&wire.code_expires_at)?,
            }),
            "verified" => Progress::Verified(Findings {
                candidates: wire
                    .candidates
                    .into_iter()
                    .map(claim::Candidate::try_from)
                    .collect::<Result<_, _>>()?,
                merchants: merchants(wire.merchants),
                new_card: if wire.can_open_new {
                    NewCard::Allowed
                } else {
                    NewCard::NotAllowed
                },
                support: wire.support.map(support::Support::from),
            }),
            "bound" => Progress::Bound(cards(wire.bound_cards)?),
            "expired" => Progress::Expired,
            _ => Progress::Unknown,
        };
        Ok(Self {
            id: wire.id.into(),
            merchant_id: wire.merchant_id.into(),
            phone_masked: wire.phone_masked,
            progress,
        })
    }
}

impl Reply for claim::Claim {
    fn parse(json: &str) -> Result<Self, WireError> {
        #[derive(Deserialize)]
        struct Wire {
            claim: Claim,
        }
        serde_json::from_str::<Wire>(json)?.claim.try_into()
    }
}

/// What binding led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The claim, with the bound cards.
    pub claim: claim::Claim,
    /// The wallet, with them in it.
    pub wallet: wallet::Wallet,
}

impl Reply for Bound {
    fn parse(json: &str) -> Result<Self, WireError> {
        #[derive(Deserialize)]
        struct Wire {
            claim: Claim,
            wallet: Wallet,
        }
        let wire: Wire = serde_json::from_str(json)?;
        Ok(Self {
            claim: wire.claim.try_into()?,
            wallet: wire.wallet.try_into()?,
        })
    }
}

// ---- profile, terms, tables -----------------------------------------------

/// What the backend keeps about the fan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The phone, masked.
    pub phone_masked: Option<String>,
    /// Whether it is proven.
    pub phone_proof: wallet::PhoneProof,
    /// Every consent that was given.
    pub consents: Vec<Consent>,
    /// The version of the terms that is in force.
    pub terms_version: String,
}

/// A consent that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the terms that it was given to.
    pub version: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

impl Reply for Profile {
    fn parse(json: &str) -> Result<Self, WireError> {
        #[derive(Deserialize)]
        struct Wire {
            phone_masked: Option<String>,
            phone_proven: bool,
            consents: Vec<WireConsent>,
            terms: Terms,
        }
        #[derive(Deserialize)]
        struct WireConsent {
            version: String,
            given_at: String,
            withdrawn_at: Option<String>,
        }
        let wire: Wire = serde_json::from_str(json)?;
        Ok(Self {
            phone_masked: wire.phone_masked,
            phone_proof: phone_proof(wire.phone_proven),
            consents: wire
                .consents
                .into_iter()
                .map(|consent| {
                    Ok(Consent {
                        version: consent.version,
                        given_at: Timestamp::parse(&consent.given_at)?,
                        withdrawn_at: optional_time(consent.withdrawn_at.as_deref())?,
                    })
                })
                .collect::<Result<_, WireError>>()?,
            terms_version: wire.terms.version,
        })
    }
}

/// Nothing but the backend's word that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged;

impl Reply for Acknowledged {
    fn parse(_: &str) -> Result<Self, WireError> {
        Ok(Self)
    }
}

/// The terms and the privacy text of one version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TermsText {
    /// Their version.
    pub version: String,
    /// Who is answerable for the data (个人信息处理者).
    pub handler: Party,
    /// Who handles it on that party's behalf (受托人).
    pub processor: Party,
    /// The text in each language.
    pub texts: Vec<LocalizedTerms>,
}

/// A party to the terms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
}

/// The terms in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LocalizedTerms {
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// Why the data is used.
    pub purpose: String,
    /// Which data it is.
    pub data_types: String,
    /// How long it is kept.
    pub retention: String,
    /// What the fan can ask for.
    pub rights: String,
    /// 《会员服务协议》.
    pub terms: String,
    /// 《隐私政策》.
    pub privacy: String,
}

impl Reply for TermsText {
    fn parse(json: &str) -> Result<Self, WireError> {
        Ok(serde_json::from_str(json)?)
    }
}

/// Where a live table code leads.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Table {
    /// The ordering page.
    pub order_url: String,
}

impl Reply for Table {
    fn parse(json: &str) -> Result<Self, WireError> {
        Ok(serde_json::from_str(json)?)
    }
}

// ---- problems -------------------------------------------------------------

#[derive(Deserialize)]
struct Support {
    phone: Option<String>,
    provider: Option<Provider>,
    staff_code: String,
}

#[derive(Deserialize)]
struct Provider {
    name: String,
    phone: String,
}

impl From<Support> for support::Support {
    fn from(wire: Support) -> Self {
        Self {
            phone: wire.phone,
            provider: wire.provider.map(|provider| support::Provider {
                name: provider.name,
                phone: provider.phone,
            }),
            staff_code: wire.staff_code,
        }
    }
}

#[derive(Deserialize)]
struct Problem {
    code: String,
    retry_after: Option<u32>,
    attempts_left: Option<u32>,
    card_id: Option<String>,
    login_url: Option<String>,
    support: Option<Support>,
    terms: Option<Terms>,
    captcha: Option<Captcha>,
    wallet: Option<Wallet>,
    merchant: Option<TableMerchant>,
}

#[derive(Deserialize)]
struct Captcha {
    id: String,
    image_url: String,
    prompt: String,
}

#[derive(Deserialize)]
struct TableMerchant {
    name: Option<String>,
    phone: Option<String>,
    wallet_url: Option<String>,
}

/// Reads a problem.
///
/// # Errors
///
/// [`WireError`] if it has no code, or lacks what its code promises.
pub fn parse_problem(json: &str) -> Result<problem::Problem, WireError> {
    let wire: Problem = serde_json::from_str(json)?;
    let merchant = wire
        .merchant
        .map(|merchant| problem::TableMerchant {
            name: merchant.name,
            phone: merchant.phone,
            wallet_url: merchant.wallet_url,
        })
        .unwrap_or_default();
    let code = match wire.code.as_str() {
        "not_signed_in" => ProblemCode::NotSignedIn {
            login_url: wire.login_url.ok_or(WireError)?,
        },
        "snapshot_user" => ProblemCode::SnapshotUser,
        "account_unavailable" => ProblemCode::AccountUnavailable,
        "bad_request" => ProblemCode::BadRequest,
        "forbidden" => ProblemCode::Forbidden,
        "not_found" => ProblemCode::NotFound,
        "rate_limited" => ProblemCode::RateLimited,
        "unavailable" => ProblemCode::Unavailable,
        "internal" => ProblemCode::Internal,
        "idempotency_key_reused" => ProblemCode::IdempotencyKeyReused,
        "in_progress" => ProblemCode::InProgress,
        "wallet_changed" => ProblemCode::WalletChanged {
            wallet: Box::new(wire.wallet.ok_or(WireError)?.try_into()?),
        },
        "card_not_found" => ProblemCode::CardNotFound,
        "card_frozen" => ProblemCode::CardFrozen,
        "card_lost" => ProblemCode::CardLost,
        "card_expired" => ProblemCode::CardExpired,
        "card_already_bound" => ProblemCode::CardAlreadyBound,
        "phone_invalid" => ProblemCode::PhoneInvalid,
        "consent_required" => ProblemCode::ConsentRequired {
            version: wire.terms.ok_or(WireError)?.version,
        },
        "sms_too_fast" => ProblemCode::SmsTooFast,
        "sms_hourly_limit" => ProblemCode::SmsHourlyLimit,
        "sms_daily_limit" => ProblemCode::SmsDailyLimit,
        "sms_credits_exhausted" => ProblemCode::SmsCreditsExhausted,
        "sms_gateway_failed" => ProblemCode::SmsGatewayFailed,
        "captcha_required" => {
            let captcha = wire.captcha.ok_or(WireError)?;
            ProblemCode::CaptchaRequired(problem::Captcha {
                id: captcha.id,
                image_url: captcha.image_url,
                prompt: captcha.prompt,
            })
        }
        "code_wrong" => ProblemCode::CodeWrong {
            attempts_left: wire.attempts_left.ok_or(WireError)?,
        },
        "code_expired" => ProblemCode::CodeExpired,
        "too_many_attempts" => ProblemCode::TooManyAttempts,
        "claim_not_found" => ProblemCode::ClaimNotFound,
        "claim_expired" => ProblemCode::ClaimExpired,
        "phone_in_use" => ProblemCode::PhoneInUse,
        "terms_not_found" => ProblemCode::TermsNotFound,
        "table_code_stale" => ProblemCode::TableCodeStale(merchant),
        "table_code_unknown" => ProblemCode::TableCodeUnknown(merchant),
        _ => ProblemCode::Unknown,
    };
    Ok(problem::Problem {
        code,
        retry_after: wire.retry_after,
        card_id: wire.card_id.map(card::CardId::from),
        support: wire.support.map(support::Support::from),
    })
}

// ---- request bodies -------------------------------------------------------

/// The body of a switch.
#[derive(Serialize)]
pub struct SwitchBody<'a> {
    /// The card to put in use.
    pub card_id: &'a str,
}

/// The body that opens a claim.
#[derive(Serialize)]
pub struct OpenClaimBody<'a> {
    /// Eleven digits.
    pub phone: &'a str,
    /// What was agreed to.
    pub consent: ConsentBody<'a>,
    /// The solved captcha, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captcha: Option<&'a CaptchaAnswer>,
}

/// A consent in a request.
#[derive(Serialize)]
pub struct ConsentBody<'a> {
    /// The version of the terms.
    pub version: &'a str,
}

/// A solved captcha.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaptchaAnswer {
    /// Which one.
    pub id: String,
    /// What the fan typed.
    pub answer: String,
}

/// The body of a resend.
#[derive(Serialize)]
pub struct ResendBody<'a> {
    /// The solved captcha, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captcha: Option<&'a CaptchaAnswer>,
}

/// The body of a verification.
#[derive(Serialize)]
pub struct VerificationBody<'a> {
    /// The code's digits.
    pub code: &'a str,
}

/// What to bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// These cards.
    Cards(Vec<card::CardId>),
    /// A new card.
    NewCard,
}

/// The body of a binding.
#[derive(Serialize)]
#[serde(untagged)]
pub enum BindingBody<'a> {
    /// These cards.
    Cards {
        /// Their identifiers.
        card_ids: Vec<&'a str>,
    },
    /// A new card.
    NewCard {
        /// Always true.
        open_new: bool,
    },
}

impl Binding {
    /// The body that asks for it.
    #[must_use]
    pub fn body(&self) -> BindingBody<'_> {
        match self {
            Self::Cards(cards) => BindingBody::Cards {
                card_ids: cards.iter().map(card::CardId::as_str).collect(),
            },
            Self::NewCard => BindingBody::NewCard { open_new: true },
        }
    }
}
