//! The set-up steps of the manual, as changes of rows.

use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, CardId, FanId, MemberId, MerchantId, Phone, TableCode},
    outcome::is_fan_of,
    sign_in,
    state::{
        CaptchaPolicy, CardStatus, CodeMode, Fan, IssueMode, Move, SmsGateway, State, Table,
        TableSide,
    },
    timestamp::Timestamp,
};

/// A step that the merchant, the agent or 排队网's support takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// 授权: 聚食汇 may act for the account.
    AuthoriseAccount {
        /// The account.
        account: AccountId,
    },
    /// 取消授权.
    DeauthoriseAccount {
        /// The account.
        account: AccountId,
    },
    /// 切换公众号: the merchant's pages run in another account from now on.
    MoveMerchant {
        /// The merchant.
        merchant: MerchantId,
        /// The account.
        account: AccountId,
    },
    /// 清除旧粉丝的手机号: takes `phone` from the merchant's fans in an account.
    ClearPhones {
        /// The merchant.
        merchant: MerchantId,
        /// The account.
        account: AccountId,
    },
    /// Takes `phone`, `member_id` and `card_id` from the merchant's fans in an
    /// account.
    ClearIdentities {
        /// The merchant.
        merchant: MerchantId,
        /// The account.
        account: AccountId,
    },
    /// 不保留会员: the merchant starts anew.
    DropMembers {
        /// The merchant.
        merchant: MerchantId,
    },
    /// 购买短信额度: how many messages the merchant can send.
    SetSmsCredits {
        /// The merchant.
        merchant: MerchantId,
        /// How many.
        credits: u32,
    },
    /// 自动发卡 or 手动开卡.
    SetIssueMode {
        /// The merchant.
        merchant: MerchantId,
        /// The mode.
        mode: IssueMode,
    },
    /// 重新生成右边餐台码: replaces the right-hand codes by codes of the present
    /// account.
    RegenerateTableCodes {
        /// The merchant.
        merchant: MerchantId,
    },
    /// The person follows the account, or stops doing so.
    SetFollowing {
        /// The fan.
        fan: FanId,
        /// Whether they follow.
        follows: bool,
    },
    /// What staff do to a card.
    SetCardStatus {
        /// The card.
        card: CardId,
        /// Its status.
        status: CardStatus,
    },
    /// The phone on a member's record.
    SetMemberPhone {
        /// The member.
        member: MemberId,
        /// The phone; none takes it away.
        phone: Option<Phone>,
    },
    /// Links a member to a fan, as a half-done clearing leaves it.
    LinkMember {
        /// The member.
        member: MemberId,
        /// The fan.
        fan: FanId,
    },
    /// Whether messages reach the carrier.
    SetSmsGateway {
        /// The merchant.
        merchant: MerchantId,
        /// Whether they do.
        gateway: SmsGateway,
    },
    /// Whether an SMS needs a captcha.
    SetCaptcha {
        /// The merchant.
        merchant: MerchantId,
        /// When.
        policy: CaptchaPolicy,
    },
    /// Whether the merchant's cards show a code that changes.
    SetCodeMode {
        /// The merchant.
        merchant: MerchantId,
        /// The mode.
        mode: CodeMode,
    },
    /// The merchant's terms change.
    SetTerms {
        /// The merchant.
        merchant: MerchantId,
        /// The new version.
        version: String,
    },
    /// Everybody has to sign in again.
    EndSessions {
        /// The account.
        account: AccountId,
    },
}

/// What carrying out `command` changes. A command about something that is not
/// there changes nothing.
#[must_use]
pub fn apply(state: &State, command: &Command, now: Timestamp, entropy: Entropy) -> Vec<Change> {
    let mut draft = Draft::new(state, now, entropy);
    carry_out(&mut draft, command);
    draft.into_changes()
}

pub(crate) fn carry_out(draft: &mut Draft<'_>, command: &Command) {
    match command {
        Command::AuthoriseAccount { account } => set_authorised(draft, account, true),
        Command::DeauthoriseAccount { account } => set_authorised(draft, account, false),
        Command::MoveMerchant { merchant, account } => move_merchant(draft, merchant, account),
        Command::ClearPhones { merchant, account } => {
            for fan in fans_of(draft.state(), merchant, account) {
                clear_phone(draft, &fan.id);
            }
        }
        Command::ClearIdentities { merchant, account } => {
            for fan in fans_of(draft.state(), merchant, account) {
                clear_phone(draft, &fan.id);
                clear_links(draft, &fan.id, merchant);
            }
        }
        Command::DropMembers { merchant } => {
            let members: Vec<_> = draft.state().members.values().cloned().collect();
            for mut member in members
                .into_iter()
                .filter(|member| member.merchant == *merchant)
            {
                member.is_retained = false;
                draft.put(Change::PutMember(member));
            }
            change_merchant(draft, merchant, |merchant| {
                merchant.members_retained = false;
            });
        }
        Command::SetSmsCredits { merchant, credits } => {
            change_merchant(draft, merchant, |merchant| merchant.sms_credits = *credits);
        }
        Command::SetIssueMode { merchant, mode } => {
            change_merchant(draft, merchant, |merchant| merchant.issue_mode = *mode);
        }
        Command::RegenerateTableCodes { merchant } => regenerate_table_codes(draft, merchant),
        Command::SetFollowing { fan, follows } => {
            draft.change_fan(fan, |fan| fan.follows = *follows);
        }
        Command::SetCardStatus { card, status } => {
            if let Some(mut card) = draft.state().cards.get(card).cloned() {
                card.status = *status;
                card.updated_at = draft.now();
                draft.put(Change::PutCard(card));
            }
        }
        Command::SetMemberPhone { member, phone } => {
            if let Some(mut member) = draft.state().members.get(member).cloned() {
                member.phone.clone_from(phone);
                draft.put(Change::PutMember(member));
            }
        }
        Command::LinkMember { member, fan } => {
            draft.put(Change::PutMembership(crate::state::Membership {
                member: member.clone(),
                fan: fan.clone(),
            }));
        }
        Command::SetSmsGateway { merchant, gateway } => {
            change_merchant(draft, merchant, |merchant| merchant.sms_gateway = *gateway);
        }
        Command::SetCaptcha { merchant, policy } => {
            change_merchant(draft, merchant, |merchant| merchant.captcha = *policy);
        }
        Command::SetCodeMode { merchant, mode } => {
            change_merchant(draft, merchant, |merchant| merchant.code_mode = *mode);
        }
        Command::SetTerms { merchant, version } => {
            change_merchant(draft, merchant, |merchant| {
                merchant.terms_version.clone_from(version);
            });
        }
        Command::EndSessions { account } => {
            let sessions: Vec<_> = sign_in::sessions_of(draft.state(), account)
                .cloned()
                .collect();
            for session in sessions {
                draft.put(Change::PutSession(session).deletion());
            }
        }
    }
}

fn change_merchant(
    draft: &mut Draft<'_>,
    merchant: &MerchantId,
    change: impl FnOnce(&mut crate::state::Merchant),
) {
    if let Some(mut merchant) = draft.state().merchants.get(merchant).cloned() {
        change(&mut merchant);
        draft.put(Change::PutMerchant(merchant));
    }
}

fn set_authorised(draft: &mut Draft<'_>, account: &AccountId, is_authorised: bool) {
    if let Some(mut account) = draft.state().accounts.get(account).cloned() {
        account.is_authorised = is_authorised;
        draft.put(Change::PutAccount(account));
    }
}

/// Every card of the merchant remembers the account that it was used in (原公众号).
fn move_merchant(draft: &mut Draft<'_>, merchant: &MerchantId, account: &AccountId) {
    let state = draft.state();
    let now = draft.now();
    let Some(row) = state
        .merchants
        .get(merchant)
        .filter(|row| row.account != *account)
    else {
        return;
    };
    let from = row.account.clone();
    let from_name = state
        .accounts
        .get(&from)
        .map_or_else(String::new, |from| from.name.clone());
    let cards: Vec<_> = state
        .cards
        .values()
        .filter(|card| card.merchant == *merchant && card.previous_account_name.is_none())
        .cloned()
        .collect();
    for mut card in cards {
        card.previous_account_name = Some(from_name.clone());
        draft.put(Change::PutCard(card));
    }
    change_merchant(draft, merchant, |merchant| {
        merchant.moves.push(Move {
            from,
            from_name,
            at: now,
        });
        merchant.account = account.clone();
        merchant.members_retained = true;
    });
}

fn fans_of(state: &State, merchant: &MerchantId, account: &AccountId) -> Vec<Fan> {
    state
        .fans
        .values()
        .filter(|fan| fan.account == *account && is_fan_of(state, fan, merchant))
        .cloned()
        .collect()
}

fn clear_phone(draft: &mut Draft<'_>, fan: &FanId) {
    draft.change_fan(fan, |fan| {
        fan.phone = None;
        fan.phone_proven_at = None;
        fan.revision += 1;
    });
}

fn clear_links(draft: &mut Draft<'_>, fan: &FanId, merchant: &MerchantId) {
    let state = draft.state();
    let is_merchants = |member: &MemberId| {
        state
            .members
            .get(member)
            .is_some_and(|member| member.merchant == *merchant)
    };
    let memberships: Vec<_> = state
        .memberships
        .values()
        .filter(|membership| membership.fan == *fan && is_merchants(&membership.member))
        .cloned()
        .collect();
    let holdings: Vec<_> = state
        .holdings_of(fan)
        .filter(|holding| {
            state
                .cards
                .get(&holding.card)
                .is_some_and(|card| card.merchant == *merchant)
        })
        .cloned()
        .collect();
    for membership in memberships {
        draft.put(Change::PutMembership(membership).deletion());
    }
    for holding in holdings {
        let card = holding.card.clone();
        draft.put(Change::PutHolding(holding).deletion());
        draft.change_fan(fan, |fan| {
            if fan.current_card.as_ref() == Some(&card) {
                fan.current_card = None;
            }
        });
    }
}

/// The old codes stay known as dead ones: they still hang on the tables.
fn regenerate_table_codes(draft: &mut Draft<'_>, merchant: &MerchantId) {
    let Some(account) = draft
        .state()
        .merchants
        .get(merchant)
        .map(|row| row.account.clone())
    else {
        return;
    };
    let (mut live, dead): (Vec<Table>, Vec<Table>) = draft
        .state()
        .tables
        .values()
        .filter(|table| table.merchant == *merchant && table.side == TableSide::Right)
        .cloned()
        .partition(|table| table.account == account);
    for table in dead {
        // A table has one live code, however often the account has changed.
        if !live.iter().any(|other| other.name == table.name) {
            live.push(table.clone());
            let code = TableCode::from(format!("R{}", draft.entropy().digits(10)));
            draft.put(Change::PutTable(Table {
                code,
                account: account.clone(),
                ..table
            }));
        }
    }
}
