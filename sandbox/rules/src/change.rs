//! Changes of the state, one row each.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::state::{
    Account, Captcha, Card, Claim, Coupon, Entry, Fan, Holding, Landing, Member, Membership,
    Merchant, Person, Session, Sms, State, StoredAnswer, Table, Tally, WeChatCode, WorldRow,
};

/// A stored row that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    pub table: String,
    pub reason: String,
}

/// Between the parts of a key. No identifier contains it.
const KEY_SEPARATOR: char = '|';

/// Declares the tables: the row type, the field of the state, the key in memory and
/// the key as text.
macro_rules! tables {
    ($($put:ident($entity:ty) in $field:ident as $table:literal, |$row:ident| $key:expr, |$parts:ident| $text:expr;)+) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Change {
            $(
                #[doc = concat!("Writes a row of `", $table, "`.")]
                $put($entity),
            )+
            /// Deletes a row, of which a store then keeps no trace.
            Delete {
                /// The row as it is now, wrapped in the change that would write it.
                row: Box<Change>,
            },
        }

        impl Change {
            #[must_use]
            pub fn table(&self) -> &'static str {
                match self {
                    $(Self::$put(_) => $table,)+
                    Self::Delete { row } => row.table(),
                }
            }

            /// Unique within the table.
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

            /// The row as JSON, or `None` for a deletion.
            #[must_use]
            pub fn row(&self) -> Option<Value> {
                match self {
                    $(Self::$put(row) => Some(json(row)),)+
                    Self::Delete { .. } => None,
                }
            }
        }

        impl State {
            pub fn apply(&mut self, change: &Change) {
                match change {
                    $(Change::$put($row) => {
                        self.$field.insert_mut($key, $row.clone());
                    })+
                    Change::Delete { row } => self.delete(row),
                }
            }

            fn delete(&mut self, row: &Change) {
                match row {
                    $(Change::$put($row) => {
                        self.$field.remove_mut(&$key);
                    })+
                    Change::Delete { .. } => {}
                }
            }

            /// Every row, as the change that writes it.
            pub fn rows(&self) -> impl Iterator<Item = Change> + '_ {
                std::iter::empty()
                    $(.chain(self.$field.values().cloned().map(Change::$put)))+
            }

            pub const TABLES: &'static [&'static str] = &[$($table),+];

            /// Inserts a row that was stored as JSON.
            ///
            /// # Errors
            ///
            /// [`RowError`] if there is no such table or the row doesn't fit it.
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
    PutLanding(Landing) in landings as "landings", |row| row.state.clone(), |key| key;
    PutWeChatCode(WeChatCode) in wechat_codes as "wechat_codes", |row| row.code.clone(), |key| key;
    PutAnswer(StoredAnswer) in answers as "answers", |row| (row.fan.clone(), row.key.clone()), |key| joined(key.0, key.1);
    PutCaptcha(Captcha) in captchas as "captchas", |row| row.id.clone(), |key| key;
    PutTally(Tally) in tallies as "tallies", |row| row.id.clone(), |key| key;
    PutTable(Table) in tables as "tables", |row| row.code.clone(), |key| key.to_string();
}

impl Change {
    /// The deletion of the row that `self` writes.
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

/// Can't fail: the rows are plain structures with text keys.
fn json(row: &impl Serialize) -> Value {
    serde_json::to_value(row).unwrap_or_default()
}

fn parse<T: DeserializeOwned>(table: &str, row: &str) -> Result<T, RowError> {
    serde_json::from_str(row).map_err(|error| RowError {
        table: table.to_owned(),
        reason: error.to_string(),
    })
}
