//! The contract's JSON: what is read from it and what is written to it.
//!
//! Pure. Every reply is checked against every example of
//! `contract/openapi.yaml` by `tests/contract.rs`. Unknown fields are ignored.
//! An unknown value of an enumeration becomes `Unknown`, never an error. What
//! leaves this module is a domain type, valid by construction.
//!
//! Replies are read field by field from the parsed JSON. Derived deserializers
//! were measured: they made the app 22 KB larger (brotli 11), because each
//! structure brings its own copy of the parser's loops.

pub mod response;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::domain::{
    brand_color::BrandColor,
    card,
    claim::{self, Eligibility, Findings, NewCard, Progress, SentCode},
    coupon::{self, CouponState},
    entry::{self, EntryKind},
    id::{CardId, ClaimId, FanId},
    list_page::ListPage,
    member_code::{self, CodeMode},
    merchant::Merchant,
    money::Money,
    resend_timer::ResendTimer,
    support,
    timestamp::{Timestamp, TimestampError},
    wallet,
};
use crate::problem::{self, ProblemCode};

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
    /// Reads a successful reply.
    ///
    /// # Errors
    ///
    /// [`WireError`] if it is not what the contract says.
    fn read(reply: &Value) -> Result<Self, WireError>;

    /// Reads the JSON of a successful reply.
    ///
    /// # Errors
    ///
    /// [`WireError`] if it is not what the contract says.
    fn parse(json: &str) -> Result<Self, WireError> {
        Self::read(&serde_json::from_str(json)?)
    }
}

/// The backend's clock, which every reply and every problem carries.
#[must_use]
pub fn server_time(reply: &Value) -> Option<Timestamp> {
    Fields::of(reply).ok()?.time("server_time").ok()
}

/// The fan whose reply it is.
#[must_use]
pub fn fan(reply: &Value) -> Option<FanId> {
    let fan = Fields::of(reply).ok()?.text("fan").ok()?;
    (!fan.is_empty()).then(|| fan.into())
}

/// The fields of a JSON object.
#[derive(Clone, Copy)]
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn of(value: &'a Value) -> Result<Self, WireError> {
        value.as_object().map(Self).ok_or(WireError)
    }

    /// A field that is there. What is not there may be left out or null.
    fn get(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn required(self, name: &str) -> Result<&'a Value, WireError> {
        self.get(name).ok_or(WireError)
    }

    fn object(self, name: &str) -> Result<Self, WireError> {
        Self::of(self.required(name)?)
    }

    fn optional_object(self, name: &str) -> Result<Option<Self>, WireError> {
        self.get(name).map(Self::of).transpose()
    }

    fn text(self, name: &str) -> Result<&'a str, WireError> {
        self.required(name)?.as_str().ok_or(WireError)
    }

    fn string(self, name: &str) -> Result<String, WireError> {
        self.text(name).map(str::to_owned)
    }

    fn optional_string(self, name: &str) -> Result<Option<String>, WireError> {
        self.get(name).map(|_| self.string(name)).transpose()
    }

    fn integer(self, name: &str) -> Result<i64, WireError> {
        self.required(name)?.as_i64().ok_or(WireError)
    }

    fn optional_integer(self, name: &str) -> Result<Option<i64>, WireError> {
        self.get(name).map(|_| self.integer(name)).transpose()
    }

    fn count(self, name: &str) -> Result<u32, WireError> {
        u32::try_from(self.integer(name)?).map_err(|_| WireError)
    }

    fn optional_count(self, name: &str) -> Result<Option<u32>, WireError> {
        self.get(name).map(|_| self.count(name)).transpose()
    }

    fn flag(self, name: &str) -> Result<bool, WireError> {
        self.required(name)?.as_bool().ok_or(WireError)
    }

    fn time(self, name: &str) -> Result<Timestamp, WireError> {
        Ok(Timestamp::parse(self.text(name)?)?)
    }

    fn optional_time(self, name: &str) -> Result<Option<Timestamp>, WireError> {
        self.get(name).map(|_| self.time(name)).transpose()
    }

    /// The items of a list. A list that is not there is empty.
    fn items(self, name: &str) -> Result<&'a [Value], WireError> {
        match self.get(name) {
            None => Ok(&[]),
            Some(list) => list.as_array().map(Vec::as_slice).ok_or(WireError),
        }
    }

    fn list<T>(
        self,
        name: &str,
        read: fn(Fields<'_>) -> Result<T, WireError>,
    ) -> Result<Vec<T>, WireError> {
        let mut list = Vec::new();
        for item in self.items(name)? {
            list.push(read(Fields::of(item)?)?);
        }
        Ok(list)
    }

    fn strings(self, name: &str) -> Result<Vec<String>, WireError> {
        let mut strings = Vec::new();
        for item in self.items(name)? {
            strings.push(item.as_str().ok_or(WireError)?.to_owned());
        }
        Ok(strings)
    }
}

// ---- wallet ---------------------------------------------------------------

fn merchant(fields: Fields<'_>) -> Result<Merchant, WireError> {
    Ok(Merchant {
        id: fields.string("id")?.into(),
        name: fields.string("name")?,
        initials: fields.optional_string("initials")?,
        avatar_url: fields.optional_string("avatar_url")?,
        phone: fields.optional_string("phone")?,
        // A colour that can't be read must not cost the fan the wallet.
        brand_color: BrandColor::parse(fields.text("brand_color")?).unwrap_or(BrandColor::NEUTRAL),
    })
}

fn level(fields: Fields<'_>) -> Result<card::Level, WireError> {
    let next = match fields.optional_object("next")? {
        Some(next) => Some(card::NextLevel {
            name: next.string("name")?,
            at_points: next.integer("at_points")?,
        }),
        None => None,
    };
    Ok(card::Level {
        name: fields.string("name")?,
        benefits: fields.strings("benefits")?,
        next,
    })
}

fn card(fields: Fields<'_>) -> Result<card::Card, WireError> {
    let holder = fields.object("holder")?;
    Ok(card::Card {
        id: fields.string("id")?.into(),
        merchant_id: fields.string("merchant_id")?.into(),
        number: fields.string("number")?.into(),
        kind: match fields.text("kind")? {
            "online" => card::CardKind::Online,
            "physical" => card::CardKind::Physical,
            _ => card::CardKind::Unknown,
        },
        status: match fields.text("status")? {
            "active" => card::CardStatus::Active,
            "frozen" => card::CardStatus::Frozen,
            "lost" => card::CardStatus::Lost,
            "expired" => card::CardStatus::Expired,
            _ => card::CardStatus::Unknown,
        },
        origin: match fields.text("origin")? {
            "issued_automatically" => card::CardOrigin::IssuedAutomatically,
            "claimed" => card::CardOrigin::Claimed,
            "opened" => card::CardOrigin::Opened,
            "found_by_phone" => card::CardOrigin::FoundByPhone,
            _ => card::CardOrigin::Unknown,
        },
        holder_name: holder.optional_string("name")?,
        avatar_url: holder.optional_string("avatar_url")?,
        level: level(fields.object("level")?)?,
        balance: Money::from_fen(fields.integer("balance_fen")?),
        points: fields.integer("points")?,
        coupon_count: fields.count("coupon_count")?,
        previous_account_name: fields.optional_string("previous_account_name")?,
        last_used_at: fields.optional_time("last_used_at")?,
        expires_at: fields.optional_time("expires_at")?,
    })
}

fn account(fields: Fields<'_>) -> Result<wallet::Account, WireError> {
    let changed_from = match fields.optional_object("changed")? {
        Some(changed) => Some(changed.string("from_name")?),
        None => None,
    };
    Ok(wallet::Account {
        id: fields.string("id")?.into(),
        name: fields.string("name")?,
        kind: match fields.text("kind")? {
            "own" => wallet::AccountKind::Own,
            "platform" => wallet::AccountKind::Platform,
            "operator" => wallet::AccountKind::Operator,
            _ => wallet::AccountKind::Unknown,
        },
        following: if fields.flag("follows")? {
            wallet::Following::Following
        } else {
            wallet::Following::NotFollowing
        },
        qr_url: fields.optional_string("qr_url")?,
        changed_from,
        links: fields.list("links", |link| {
            Ok(wallet::Link {
                label: link.string("label")?,
                url: link.string("url")?,
            })
        })?,
    })
}

fn wallet(fields: Fields<'_>) -> Result<wallet::Wallet, WireError> {
    Ok(wallet::Wallet {
        as_of: fields.time("server_time")?,
        revision: fields.string("revision")?,
        account: account(fields.object("account")?)?,
        merchants: fields.list("merchants", merchant)?,
        merchant_id: fields.string("merchant_id")?.into(),
        phone_masked: fields.optional_string("phone_masked")?,
        phone_proof: phone_proof(fields)?,
        terms_version: terms_version(fields)?,
        current_card_id: fields.optional_string("current_card_id")?.map(Into::into),
        open_claim_id: fields.optional_string("open_claim_id")?.map(ClaimId::from),
        cards: fields.list("cards", card)?,
    })
}

fn phone_proof(fields: Fields<'_>) -> Result<wallet::PhoneProof, WireError> {
    Ok(if fields.flag("phone_proven")? {
        wallet::PhoneProof::Proven
    } else {
        wallet::PhoneProof::Unproven
    })
}

fn terms_version(fields: Fields<'_>) -> Result<String, WireError> {
    fields.object("terms")?.string("version")
}

impl Reply for wallet::Wallet {
    fn read(reply: &Value) -> Result<Self, WireError> {
        wallet(Fields::of(reply)?)
    }
}

/// A switch that the backend has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The card that is in use now.
    pub current_card_id: String,
    /// The wallet's new revision.
    pub revision: String,
}

impl Reply for Switched {
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            current_card_id: fields.string("current_card_id")?,
            revision: fields.string("revision")?,
        })
    }
}

/// One card in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardInFull {
    /// The card.
    pub card: card::Card,
    /// Its merchant.
    pub merchant: Merchant,
    /// The backend's clock when it described them.
    pub as_of: Timestamp,
}

impl Reply for CardInFull {
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            card: card(fields.object("card")?)?,
            merchant: merchant(fields.object("merchant")?)?,
            as_of: fields.time("server_time")?,
        })
    }
}

impl Reply for member_code::MemberCode {
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            payload: fields.string("payload")?,
            mode: if fields.text("mode")? == "static" {
                CodeMode::Static
            } else {
                // A mode of the future is treated as the careful one.
                CodeMode::Rotating
            },
            expires_at: fields.optional_time("expires_at")?,
            refresh_after: fields.optional_count("refresh_after")?,
            offline_payload: fields.optional_string("offline_payload")?,
        })
    }
}

impl Reply for ListPage<entry::Entry> {
    fn read(reply: &Value) -> Result<Self, WireError> {
        list_page(reply, |fields| {
            Ok(entry::Entry {
                id: fields.string("id")?,
                at: fields.time("at")?,
                kind: match fields.text("kind")? {
                    "stored_value" => EntryKind::StoredValue,
                    "points" => EntryKind::Points,
                    "coupon" => EntryKind::Coupon,
                    _ => EntryKind::Unknown,
                },
                amount: fields.integer("amount")?,
                balance_after: fields.optional_integer("balance_after")?,
                title: fields.string("title")?,
                shop: fields.optional_string("shop")?,
            })
        })
    }
}

impl Reply for ListPage<coupon::Coupon> {
    fn read(reply: &Value) -> Result<Self, WireError> {
        list_page(reply, |fields| {
            Ok(coupon::Coupon {
                id: fields.string("id")?,
                title: fields.string("title")?,
                rule: fields.string("rule")?,
                state: match fields.text("state")? {
                    "unused" => CouponState::Unused,
                    "used" => CouponState::Used,
                    "expired" => CouponState::Expired,
                    _ => CouponState::Unknown,
                },
                value: fields.optional_integer("value_fen")?.map(Money::from_fen),
                starts_at: fields.optional_time("starts_at")?,
                ends_at: fields.optional_time("ends_at")?,
            })
        })
    }
}

fn list_page<T>(
    reply: &Value,
    read: fn(Fields<'_>) -> Result<T, WireError>,
) -> Result<ListPage<T>, WireError> {
    let fields = Fields::of(reply)?;
    fields.required("items")?;
    Ok(ListPage {
        items: fields.list("items", read)?,
        next_cursor: fields.optional_string("next_cursor")?,
    })
}

// ---- claim ----------------------------------------------------------------

fn candidate(fields: Fields<'_>) -> Result<claim::Candidate, WireError> {
    let eligibility = match fields.optional_string("reason")?.as_deref() {
        _ if fields.flag("selectable")? => Eligibility::Selectable,
        _ if fields.flag("staff_check_required")? => Eligibility::StaffCheckRequired,
        Some("lost") => Eligibility::Lost,
        Some("expired") => Eligibility::Expired,
        Some("staff_check_required") => Eligibility::StaffCheckRequired,
        Some("already_bound") => Eligibility::AlreadyBound,
        _ => Eligibility::Unknown,
    };
    Ok(claim::Candidate {
        card: card(fields)?,
        eligibility,
    })
}

fn claim(fields: Fields<'_>) -> Result<claim::Claim, WireError> {
    let progress = match fields.text("state")? {
        "code_sent" => Progress::CodeSent(SentCode {
            length: claim::code_length(fields.integer("code_length").ok()),
            attempts_left: fields.count("attempts_left")?,
            resend: ResendTimer::until(fields.time("resend_at")?),
            expires_at: fields.time("code_expires_at")?,
        }),
        "verified" => Progress::Verified(Findings {
            candidates: fields.list("candidates", candidate)?,
            merchants: fields.list("merchants", merchant)?,
            new_card: if fields.flag("can_open_new").unwrap_or(false) {
                NewCard::Allowed
            } else {
                NewCard::NotAllowed
            },
            support: support(fields)?,
        }),
        "bound" => Progress::Bound(fields.list("bound_cards", card)?),
        "expired" => Progress::Expired,
        _ => Progress::Unknown,
    };
    Ok(claim::Claim {
        id: fields.string("id")?.into(),
        merchant_id: fields.string("merchant_id")?.into(),
        phone_masked: fields.string("phone_masked")?,
        progress,
    })
}

impl Reply for claim::Claim {
    fn read(reply: &Value) -> Result<Self, WireError> {
        claim(Fields::of(reply)?.object("claim")?)
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
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            claim: claim(fields.object("claim")?)?,
            wallet: wallet(fields.object("wallet")?)?,
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
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            phone_masked: fields.optional_string("phone_masked")?,
            phone_proof: phone_proof(fields)?,
            consents: fields.list("consents", |consent| {
                Ok(Consent {
                    version: consent.string("version")?,
                    given_at: consent.time("given_at")?,
                    withdrawn_at: consent.optional_time("withdrawn_at")?,
                })
            })?,
            terms_version: terms_version(fields)?,
        })
    }
}

/// Nothing but the backend's word that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged;

impl Reply for Acknowledged {
    fn read(_: &Value) -> Result<Self, WireError> {
        Ok(Self)
    }
}

/// The terms and the privacy text of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// How to reach it.
    pub contact: String,
}

/// The terms in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
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

fn party(fields: Fields<'_>) -> Result<Party, WireError> {
    Ok(Party {
        name: fields.string("name")?,
        contact: fields.string("contact")?,
    })
}

impl Reply for TermsText {
    fn read(reply: &Value) -> Result<Self, WireError> {
        let fields = Fields::of(reply)?;
        Ok(Self {
            version: fields.string("version")?,
            handler: party(fields.object("handler")?)?,
            processor: party(fields.object("processor")?)?,
            texts: fields.list("texts", |text| {
                Ok(LocalizedTerms {
                    language: text.string("language")?,
                    purpose: text.string("purpose")?,
                    data_types: text.string("data_types")?,
                    retention: text.string("retention")?,
                    rights: text.string("rights")?,
                    terms: text.string("terms")?,
                    privacy: text.string("privacy")?,
                })
            })?,
        })
    }
}

/// Where a live table code leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The ordering page.
    pub order_url: String,
}

impl Reply for Table {
    fn read(reply: &Value) -> Result<Self, WireError> {
        Ok(Self {
            order_url: Fields::of(reply)?.string("order_url")?,
        })
    }
}

// ---- problems -------------------------------------------------------------

fn support(fields: Fields<'_>) -> Result<Option<support::Support>, WireError> {
    let Some(fields) = fields.optional_object("support")? else {
        return Ok(None);
    };
    let provider = match fields.optional_object("provider")? {
        Some(provider) => Some(support::Provider {
            name: provider.string("name")?,
            phone: provider.string("phone")?,
        }),
        None => None,
    };
    Ok(Some(support::Support {
        phone: fields.optional_string("phone")?,
        provider,
        staff_code: fields.string("staff_code")?,
    }))
}

fn table_merchant(fields: Fields<'_>) -> Result<problem::TableMerchant, WireError> {
    let Some(fields) = fields.optional_object("merchant")? else {
        return Ok(problem::TableMerchant::default());
    };
    Ok(problem::TableMerchant {
        name: fields.optional_string("name")?,
        phone: fields.optional_string("phone")?,
        wallet_url: fields.optional_string("wallet_url")?,
    })
}

/// Reads a problem.
///
/// # Errors
///
/// [`WireError`] if it has no code, or lacks what its code promises.
pub fn read_problem(status: u16, reply: &Value) -> Result<problem::Problem, WireError> {
    let fields = Fields::of(reply)?;
    let code = match fields.text("code")? {
        "not_signed_in" => ProblemCode::NotSignedIn {
            login_url: fields.string("login_url")?,
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
        "another_fan" => ProblemCode::AnotherFan,
        "wallet_changed" => ProblemCode::WalletChanged {
            wallet: Box::new(wallet(fields.object("wallet")?)?),
        },
        "card_not_found" => ProblemCode::CardNotFound,
        "card_frozen" => ProblemCode::CardFrozen,
        "card_lost" => ProblemCode::CardLost,
        "card_expired" => ProblemCode::CardExpired,
        "card_already_bound" => ProblemCode::CardAlreadyBound,
        "phone_invalid" => ProblemCode::PhoneInvalid,
        "consent_required" => ProblemCode::ConsentRequired {
            version: terms_version(fields)?,
        },
        "sms_too_fast" => ProblemCode::SmsTooFast,
        "sms_hourly_limit" => ProblemCode::SmsHourlyLimit,
        "sms_daily_limit" => ProblemCode::SmsDailyLimit,
        "sms_credits_exhausted" => ProblemCode::SmsCreditsExhausted,
        "sms_gateway_failed" => ProblemCode::SmsGatewayFailed,
        "captcha_required" => {
            let captcha = fields.object("captcha")?;
            ProblemCode::CaptchaRequired(problem::Captcha {
                id: captcha.string("id")?,
                image_url: captcha.string("image_url")?,
                prompt: captcha.string("prompt")?,
            })
        }
        "code_wrong" => ProblemCode::CodeWrong {
            attempts_left: fields.count("attempts_left")?,
        },
        "code_expired" => ProblemCode::CodeExpired,
        "too_many_attempts" => ProblemCode::TooManyAttempts,
        "claim_not_found" => ProblemCode::ClaimNotFound,
        "claim_expired" => ProblemCode::ClaimExpired,
        "phone_in_use" => ProblemCode::PhoneInUse,
        "terms_not_found" => ProblemCode::TermsNotFound,
        "table_code_stale" => ProblemCode::TableCodeStale(table_merchant(fields)?),
        "table_code_unknown" => ProblemCode::TableCodeUnknown(table_merchant(fields)?),
        _ => ProblemCode::Unknown,
    };
    Ok(problem::Problem {
        status,
        code,
        retry_after: fields.optional_count("retry_after")?,
        card_id: fields.optional_string("card_id")?.map(Into::into),
        support: support(fields)?,
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
    Cards(Vec<CardId>),
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
                card_ids: cards.iter().map(CardId::as_str).collect(),
            },
            Self::NewCard => BindingBody::NewCard { open_new: true },
        }
    }
}
