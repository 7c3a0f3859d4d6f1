//! The manual's set-up steps, carried out as changes of rows.

use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    draft::Draft,
    entropy::Entropy,
    id::{AccountId, CardId, FanId, MemberId, MerchantId, Phone, TableCode},
    outcome::is_fan_of,
    sign_in,
    state::{
        Account, CaptchaPolicy, CardStatus, CodeMode, Fan, IssueMode, MenuLink, Move, SmsGateway,
        State, Table, TableSide,
    },
    till,
    timestamp::Timestamp,
};

/// A step that the merchant, the agent or 排队网's support takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// 授权: 聚食汇 may act for the account.
    AuthoriseAccount {
        account: AccountId,
    },
    /// 取消授权.
    DeauthoriseAccount {
        account: AccountId,
    },
    /// 切换公众号: the merchant's pages run in another account from now on.
    MoveMerchant {
        merchant: MerchantId,
        account: AccountId,
    },
    /// 清除旧粉丝的手机号: takes `phone` from the merchant's fans in an account.
    ClearPhones {
        merchant: MerchantId,
        account: AccountId,
    },
    /// Takes `phone`, `member_id` and `card_id` from the merchant's fans in an
    /// account.
    ClearIdentities {
        merchant: MerchantId,
        account: AccountId,
    },
    /// 不保留会员: the merchant starts over without the members of before.
    DropMembers {
        merchant: MerchantId,
    },
    /// 购买短信额度.
    SetSmsCredits {
        merchant: MerchantId,
        credits: u32,
    },
    /// 自动发卡 or 手动开卡.
    SetIssueMode {
        merchant: MerchantId,
        mode: IssueMode,
    },
    /// 设置菜单栏: the entries of the account's menu besides the wallet.
    SetMenu {
        account: AccountId,
        links: Vec<MenuLink>,
    },
    /// 重新生成右边餐台码: replaces the right-hand codes by codes of the present
    /// account.
    RegenerateTableCodes {
        merchant: MerchantId,
    },
    SetFollowing {
        fan: FanId,
        follows: bool,
    },
    SetCardStatus {
        card: CardId,
        status: CardStatus,
    },
    SetMemberPhone {
        member: MemberId,
        /// `None` clears it.
        phone: Option<Phone>,
    },
    /// Links a member to a fan, as clearing only half of the old fans leaves it.
    LinkMember {
        member: MemberId,
        fan: FanId,
    },
    SetSmsGateway {
        merchant: MerchantId,
        gateway: SmsGateway,
    },
    SetCaptcha {
        merchant: MerchantId,
        policy: CaptchaPolicy,
    },
    SetCodeMode {
        merchant: MerchantId,
        mode: CodeMode,
    },
    SetTerms {
        merchant: MerchantId,
        version: String,
    },
    /// A till scans a code. One that is refused changes nothing.
    UseCode {
        /// What the code says.
        payload: String,
        amount_fen: i64,
    },
    /// Ends every session, as a redeployment does.
    EndSessions {
        account: AccountId,
    },
}

/// Returns the rows that `command` changes. A command about a row that doesn't exist
/// changes nothing.
#[must_use]
pub fn apply(state: &State, command: &Command, now: Timestamp, entropy: Entropy) -> Vec<Change> {
    let mut draft = Draft::new(state, now, entropy);
    carry_out(&mut draft, command);
    draft.into_changes()
}

pub(crate) fn carry_out(draft: &mut Draft<'_>, command: &Command) {
    match command {
        Command::AuthoriseAccount { account } => {
            change_account(draft, account, |account| account.is_authorised = true);
        }
        Command::DeauthoriseAccount { account } => {
            change_account(draft, account, |account| account.is_authorised = false);
        }
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
        Command::SetMenu { account, links } => {
            change_account(draft, account, |account| account.links.clone_from(links));
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
                member.phone_told_by = None;
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
        Command::UseCode {
            payload,
            amount_fen,
        } => {
            // Nobody is there to read the refusal.
            let _ = till::use_code(draft, payload, *amount_fen);
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

fn change_account(draft: &mut Draft<'_>, account: &AccountId, change: impl FnOnce(&mut Account)) {
    if let Some(mut account) = draft.state().accounts.get(account).cloned() {
        change(&mut account);
        draft.put(Change::PutAccount(account));
    }
}

/// Each card keeps the name of the account in which it was used (原公众号).
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

/// The old codes stay in the table of codes, because they still hang in the shop.
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
