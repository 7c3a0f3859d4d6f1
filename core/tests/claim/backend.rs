//! A backend after the rules of the contract, small enough to see through.

use std::collections::HashMap;

use kabao_core::{
    domain::{
        claim::{
            Binding, Bound, Candidate, Claim, Eligibility, Findings, NewCard, Progress, SentCode,
        },
        id::{CardId, ClaimId, MerchantId},
        idempotency_key::IdempotencyKey,
        merchant::Retention,
        mobile_number::MobileNumber,
        timestamp::Timestamp,
    },
    machine::claim::{
        call::{Read, Write},
        event::{Reply, WalletSummary},
    },
    problem::{ApiError, ProblemCode},
};

use crate::fixtures::{at, captcha, card, login_url, problem, told, wallet};

type Answer = Result<Reply, ApiError>;

/// What is known under a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    WithCards,
    Unknown,
    /// Another fan still holds the number.
    InUse,
    /// The backend does not take the number.
    Invalid,
}

/// The first two have the same masked form.
pub(crate) const NUMBERS: [(&str, Member); 5] = [
    ("13800138000", Member::WithCards),
    ("13811118000", Member::WithCards),
    ("13900139001", Member::Unknown),
    ("13900139002", Member::InUse),
    ("13900139003", Member::Invalid),
];

const RIGHT_ANSWER: &str = "4711";
const INTERVAL: i64 = 60;
const CODE_LIVES: i64 = 300;
const CLAIM_LIVES: i64 = 1800;

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: ClaimId,
    phone: MobileNumber,
    pub(crate) state: State,
    pub(crate) code: String,
    attempts_left: u32,
    sent_at: i64,
    opened_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    CodeSent,
    Verified,
    Bound(Vec<CardId>),
    Expired,
}

/// A message, and the call that asked for it.
#[derive(Clone, Debug)]
pub(crate) struct Sms {
    pub(crate) phone: MobileNumber,
    at: i64,
    pub(crate) asked_for: Asked,
}

/// A request as the backend sees it, with a number of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked(pub(crate) usize);

#[derive(Debug, Default)]
pub(crate) struct Backend {
    /// Seconds.
    pub(crate) now: i64,
    pub(crate) terms: u32,
    pub(crate) wants_captcha: bool,
    pub(crate) is_signed_out: bool,
    claims: Vec<Row>,
    open: Option<ClaimId>,
    captchas: Vec<String>,
    captchas_made: u32,
    pub(crate) messages: Vec<Sms>,
    answers: HashMap<String, (String, Answer)>,
}

impl Backend {
    pub(crate) fn time(&self) -> Timestamp {
        at(self.now)
    }

    pub(crate) fn terms_version(&self) -> String {
        format!("terms-{}", self.terms)
    }

    pub(crate) fn wallet(&self) -> WalletSummary {
        let open = self.open.clone().filter(|id| {
            self.claim(id)
                .is_some_and(|row| self.state_of(row) != State::Expired)
        });
        WalletSummary {
            open_claim_id: open,
            terms_version: self.terms_version(),
            retention: Retention::Kept,
        }
    }

    pub(crate) fn claim(&self, id: &ClaimId) -> Option<&Row> {
        self.claims.iter().find(|row| row.id == *id)
    }

    /// How a claim stands now: one that was left for too long has expired.
    pub(crate) fn state_of(&self, row: &Row) -> State {
        match row.state {
            State::CodeSent | State::Verified if row.opened_at + CLAIM_LIVES <= self.now => {
                State::Expired
            }
            _ => row.state.clone(),
        }
    }

    pub(crate) fn read(&self, read: &Read) -> Answer {
        self.check_session()?;
        match read {
            Read::Wallet => Ok(Reply::Wallet(self.wallet())),
            Read::Claim(id) => match self.claim(id) {
                Some(row) => Ok(Reply::Claim(self.view(row))),
                None => Err(problem(404, ProblemCode::ClaimNotFound)),
            },
        }
    }

    pub(crate) fn write(&mut self, asked: Asked, write: &Write, key: &IdempotencyKey) -> Answer {
        self.check_session()?;
        let body = body(write);
        if let Some((known, answer)) = self.answers.get(key.as_str()) {
            return if *known == body {
                answer.clone()
            } else {
                Err(problem(422, ProblemCode::IdempotencyKeyReused))
            };
        }
        let answer = match write {
            Write::Open {
                phone,
                terms_version,
                ..
            } => self.open(asked, phone, terms_version, write),
            Write::Resend { claim, .. } => self.resend(asked, claim, write),
            Write::Verify { claim, code } => self.verify(claim, code.digits()),
            Write::Bind { claim, binding } => self.bind(claim, binding),
        };
        let is_kept = match &answer {
            Ok(_) => true,
            Err(error) => {
                error.status().is_some_and(|status| status < 429)
                    && !matches!(error.code(), Some(ProblemCode::CaptchaRequired(_)))
            }
        };
        if is_kept {
            let kept = (body, answer.clone());
            self.answers.insert(key.as_str().to_owned(), kept);
        }
        answer
    }

    fn check_session(&self) -> Result<(), ApiError> {
        if self.is_signed_out {
            let login_url = login_url();
            return Err(problem(401, ProblemCode::NotSignedIn { login_url }));
        }
        Ok(())
    }

    fn open(
        &mut self,
        asked: Asked,
        phone: &MobileNumber,
        terms_version: &str,
        write: &Write,
    ) -> Answer {
        if member(phone) == Member::Invalid {
            return Err(problem(422, ProblemCode::PhoneInvalid));
        }
        if terms_version != self.terms_version() {
            let version = self.terms_version();
            return Err(problem(422, ProblemCode::ConsentRequired { version }));
        }
        let code = self.send(asked, phone, write)?;
        if let Some(earlier) = self.open.take() {
            self.end(&earlier);
        }
        let row = Row {
            id: ClaimId::from(format!("k{}", self.claims.len())),
            phone: phone.clone(),
            state: State::CodeSent,
            code,
            attempts_left: 5,
            sent_at: self.now,
            opened_at: self.now,
        };
        self.open = Some(row.id.clone());
        self.claims.push(row.clone());
        Ok(Reply::Claim(self.view(&row)))
    }

    fn resend(&mut self, asked: Asked, id: &ClaimId, write: &Write) -> Answer {
        let row = self.standing(id)?;
        if self.state_of(&row) == State::CodeSent {
            let code = self.send(asked, &row.phone, write)?;
            let now = self.now;
            let row = self.row_mut(id);
            row.code = code;
            row.attempts_left = 5;
            row.sent_at = now;
        }
        self.shown(id)
    }

    fn verify(&mut self, id: &ClaimId, code: &str) -> Answer {
        let row = self.standing(id)?;
        if self.state_of(&row) != State::CodeSent {
            return self.shown(id);
        }
        if row.attempts_left == 0 {
            return Err(problem(403, ProblemCode::TooManyAttempts));
        }
        if row.sent_at + CODE_LIVES <= self.now {
            return Err(problem(410, ProblemCode::CodeExpired));
        }
        if row.code != code {
            let attempts_left = row.attempts_left - 1;
            self.row_mut(id).attempts_left = attempts_left;
            return Err(if attempts_left == 0 {
                problem(403, ProblemCode::TooManyAttempts)
            } else {
                problem(422, ProblemCode::CodeWrong { attempts_left })
            });
        }
        if member(&row.phone) == Member::InUse {
            self.end(id);
            return Err(problem(409, ProblemCode::PhoneInUse));
        }
        self.row_mut(id).state = State::Verified;
        self.shown(id)
    }

    fn bind(&mut self, id: &ClaimId, binding: &Binding) -> Answer {
        let row = self.standing(id)?;
        match self.state_of(&row) {
            State::Verified => {
                let cards = match binding {
                    Binding::Cards(cards) => cards.clone(),
                    Binding::NewCard => vec![CardId::from("new")],
                };
                self.row_mut(id).state = State::Bound(cards);
                if self.open.as_ref() == Some(id) {
                    self.open = None;
                }
            }
            State::Bound(_) => {}
            State::CodeSent | State::Expired => return Err(problem(400, ProblemCode::BadRequest)),
        }
        let row = self.standing(id)?;
        Ok(Reply::Bound(Box::new(Bound {
            claim: self.view(&row),
            wallet: {
                let mut wallet = wallet(None);
                wallet.terms_version = self.terms_version();
                wallet.open_claim_id = self.wallet().open_claim_id;
                Some(wallet)
            },
        })))
    }

    fn send(
        &mut self,
        asked: Asked,
        phone: &MobileNumber,
        write: &Write,
    ) -> Result<String, ApiError> {
        if self.wants_captcha {
            let is_right = write.captcha().is_some_and(|answer| {
                let known = self.captchas.iter().position(|id| *id == answer.id);
                // A captcha is good for one try.
                known.map(|place| self.captchas.remove(place)).is_some()
                    && answer.answer == RIGHT_ANSWER
            });
            if !is_right {
                self.captchas_made += 1;
                let id = format!("p{}", self.captchas_made);
                self.captchas.push(id.clone());
                return Err(problem(403, captcha(&id)));
            }
        }
        let last = self
            .messages
            .iter()
            .rfind(|message| message.phone == *phone);
        if let Some(wait) = last.map(|last| last.at + INTERVAL - self.now)
            && wait > 0
        {
            let wait = u32::try_from(wait).ok();
            return Err(told(429, ProblemCode::SmsTooFast, wait, None));
        }
        let code = format!("{:06}", 100_000 + self.messages.len());
        self.messages.push(Sms {
            phone: phone.clone(),
            at: self.now,
            asked_for: asked,
        });
        Ok(code)
    }

    /// A claim that can still be gone on with.
    fn standing(&self, id: &ClaimId) -> Result<Row, ApiError> {
        let row = self
            .claim(id)
            .ok_or_else(|| problem(404, ProblemCode::ClaimNotFound))?;
        if self.state_of(row) == State::Expired {
            return Err(problem(410, ProblemCode::ClaimExpired));
        }
        Ok(row.clone())
    }

    fn row_mut(&mut self, id: &ClaimId) -> &mut Row {
        let mut rows = self.claims.iter_mut();
        rows.find(|row| row.id == *id).expect("a claim")
    }

    fn end(&mut self, id: &ClaimId) {
        if self.open.as_ref() == Some(id) {
            self.open = None;
        }
        let row = self.row_mut(id);
        if !matches!(row.state, State::Bound(_)) {
            row.state = State::Expired;
        }
    }

    fn shown(&self, id: &ClaimId) -> Answer {
        Ok(Reply::Claim(self.view(&self.standing(id)?)))
    }

    fn view(&self, row: &Row) -> Claim {
        let progress = match self.state_of(row) {
            State::CodeSent => Progress::CodeSent(SentCode {
                length: 6,
                attempts_left: row.attempts_left,
                resend_at: at(row.sent_at + INTERVAL),
            }),
            State::Verified => Progress::Verified(Findings {
                candidates: match member(&row.phone) {
                    Member::WithCards => ["c1", "c2"]
                        .map(|id| Candidate {
                            card: card(id),
                            eligibility: Eligibility::Selectable,
                        })
                        .into(),
                    _ => Vec::new(),
                },
                merchants: Vec::new(),
                new_card: NewCard::Allowed,
                support: None,
            }),
            State::Bound(cards) => {
                Progress::Bound(cards.iter().map(|id| card(id.as_str())).collect())
            }
            State::Expired => Progress::Expired,
        };
        Claim {
            id: row.id.clone(),
            merchant_id: MerchantId::from("m1"),
            phone_masked: row.phone.masked(),
            progress,
        }
    }
}

fn member(phone: &MobileNumber) -> Member {
    let known = NUMBERS.iter().find(|(digits, _)| *digits == phone.digits());
    known.map_or(Member::Unknown, |(_, member)| *member)
}

/// The body of a request.
pub(crate) fn body(write: &Write) -> String {
    let captcha = write
        .captcha()
        .map(|captcha| format!("{}={}", captcha.id, captcha.answer));
    match write {
        Write::Open {
            phone,
            terms_version,
            ..
        } => format!("open {} {terms_version} {captcha:?}", phone.digits()),
        Write::Resend { claim, .. } => format!("resend {} {captcha:?}", claim.as_str()),
        Write::Verify { claim, code } => format!("verify {} {}", claim.as_str(), code.digits()),
        Write::Bind { claim, binding } => format!("bind {} {binding:?}", claim.as_str()),
    }
}
