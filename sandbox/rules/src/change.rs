//! Changes of the state, a row each.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::state::{
    Account, Captcha, Card, Claim, Coupon, Entry, Fan, Holding, Login, Member, Membership,
    Merchant, Person, Session, Sms, State, StoredAnswer, Table, WeChatCode, WorldRow,
};

/// A row that can't be read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// The table.
    pub table: String,
    /// What is wrong.
    pub reason: String,
}

/// Parts the parts of a row's key. It is in no identifier.
const KEY_SEPARATOR: char = '|';

/// Declares the tables: for each the entity, the field of the state that holds
/// it, how its key is made, and how that key is written.
macro_rules! tables {
    ($($put:ident($entity:ty) in $field:ident as $table:literal, |$row:ident| $key:expr, |$parts:ident| $text:expr;)+) => {
        /// A change of one row.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Change {
            $(
                #[doc = concat!("Writes a row of `", $table, "`.")]
                $put($entity),
            )+
            /// Takes a row away.
            Delete {
                /// The row as it was.
                row: Box<Change>,
            },
        }

        impl Change {
            /// The table of the row.
            #[must_use]
            pub fn table(&self) -> &'static str {
                match self {
                    $(Self::$put(_) => $table,)+
                    Self::Delete { row } => row.table(),
                }
            }

            /// The key of the row within its table.
            #[must_use]
            pub fn key(&self) -> String {
                match self {
                    $(Self::$put($row) => {
                        let $parts = $key;
                        $text
                    })+
                    Self::Delete { row } => row.key(),
                }
            }

            /// The row as JSON; `None` if it is taken away.
            #[must_use]
            pub fn row(&self) -> Option<Value> {
                match self {
                    $(Self::$put(row) => Some(json(row)),)+
                    Self::Delete { .. } => None,
                }
            }
        }

        impl State {
            /// Carries out a change.
            pub fn apply(&mut self, change: &Change) {
                match change {
                    $(Change::$put($row) => {
                        self.$field.insert($key, $row.clone());
                    })+
                    Change::Delete { row } => self.delete(row),
                }
            }

            fn delete(&mut self, row: &Change) {
                match row {
                    $(Change::$put($row) => {
                        self.$field.remove(&$key);
                    })+
                    Change::Delete { .. } => {}
                }
            }

            /// Every row as a change that writes it.
            pub fn rows(&self) -> impl Iterator<Item = Change> + '_ {
                std::iter::empty()
                    $(.chain(self.$field.values().cloned().map(Change::$put)))+
            }

            /// The names of the tables.
            pub const TABLES: &'static [&'static str] = &[$($table),+];

            /// Takes in a row that was written before.
            ///
            /// # Errors
            ///
            /// [`RowError`] if the table is unknown or the row is not one of its.
            pub fn load_row(&mut self, table: &str, row: &str) -> Result<(), RowError> {
                match table {
                    $($table => {
                        let row = parse(table, row)?;
                        self.apply(&Change::$put(row));
                        Ok(())
                    })+
                    _ => Err(RowError {
                        table: table.to_owned(),
                        reason: "no such table".to_owned(),
                    }),
                }
            }
        }
    };
}

tables! {
    PutWorld(WorldRow) in worlds as "worlds", |row| row.id.clone(), |key| key.to_string();
    PutPerson(Person) in people as "people", |row| row.id.clone(), |key| key.to_string();
    PutAccount(Account) in accounts as "accounts", |row| row.id.clone(), |key| key.to_string();
    PutMerchant(Merchant) in merchants as "merchants", |row| row.id.clone(), |key| key.to_string();
    PutFan(Fan) in fans as "fans", |row| row.id.clone(), |key| key.to_string();
    PutMember(Member) in members as "members", |row| row.id.clone(), |key| key.to_string();
    PutMembership(Membership) in memberships as "memberships", |row| (row.member.clone(), row.fan.clone()), |key| joined(key.0, key.1);
    PutCard(Card) in cards as "cards", |row| row.id.clone(), |key| key.to_string();
    PutHolding(Holding) in holdings as "holdings", |row| (row.fan.clone(), row.card.clone()), |key| joined(key.0, key.1);
    PutEntry(Entry) in entries as "entries", |row| (row.card.clone(), row.position), |key| joined(key.0, key.1);
    PutCoupon(Coupon) in coupons as "coupons", |row| (row.card.clone(), row.position), |key| joined(key.0, key.1);
    PutClaim(Claim) in claims as "claims", |row| row.id.clone(), |key| key.to_string();
    PutSms(Sms) in messages as "messages", |row| row.id.clone(), |key| key;
    PutSession(Session) in sessions as "sessions", |row| row.token.clone(), |key| key.to_string();
    PutLogin(Login) in logins as "logins", |row| row.state.clone(), |key| key;
    PutWeChatCode(WeChatCode) in wechat_codes as "wechat_codes", |row| row.code.clone(), |key| key;
    PutAnswer(StoredAnswer) in answers as "answers", |row| (row.fan.clone(), row.key.clone()), |key| joined(key.0, key.1);
    PutCaptcha(Captcha) in captchas as "captchas", |row| row.id.clone(), |key| key;
    PutTable(Table) in tables as "tables", |row| row.code.clone(), |key| key.to_string();
}

impl Change {
    /// The change that takes away what `self` writes.
    #[must_use]
    pub fn deletion(self) -> Self {
        Self::Delete {
            row: Box::new(self),
        }
    }
}

fn joined(one: impl std::fmt::Display, other: impl std::fmt::Display) -> String {
    format!("{one}{KEY_SEPARATOR}{other}")
}

/// The rows are plain structures with text keys, which serde_json can always
/// write.
fn json(row: &impl Serialize) -> Value {
    serde_json::to_value(row).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(table: &str, row: &str) -> Result<T, RowError> {
    serde_json::from_str(row).map_err(|error| RowError {
        table: table.to_owned(),
        reason: error.to_string(),
    })
}
