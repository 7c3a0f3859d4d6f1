//! Keeps the rows in an SQLite file.

use std::{path::Path, time::Duration};

use kabao_rules::{change::Change, state::State};
use rusqlite::{Connection, params};

use crate::error::{BackendError, tell};

/// How long a write waits for someone else who has locked the file.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the file, or a database in memory.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, BackendError> {
        let connection = match file {
            Some(file) => {
                if let Some(folder) = file
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty())
                {
                    std::fs::create_dir_all(folder)?;
                }
                Connection::open(file)?
            }
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(LONGEST_WAIT)?;
        // What was acknowledged has to outlive a killed process and a power cut.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted is overwritten.
        connection.pragma_update(None, "secure_delete", "ON")?;
        for table in State::TABLES {
            connection.execute(
                &format!(
                    "CREATE TABLE IF NOT EXISTS {table} (key TEXT PRIMARY KEY, row TEXT NOT NULL) \
                     WITHOUT ROWID"
                ),
                [],
            )?;
        }
        Ok(Self { connection })
    }

    pub(crate) fn load(&self) -> Result<State, BackendError> {
        let mut state = State::default();
        for table in State::TABLES {
            let mut statement = self
                .connection
                .prepare(&format!("SELECT row FROM {table}"))?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            for row in rows {
                state.load_row(table, &row?).map_err(|error| {
                    BackendError(format!(
                        "the data was written by another version ({} in {}); delete the file or \
                         choose another with --data",
                        error.reason, error.table
                    ))
                })?;
            }
        }
        Ok(state)
    }

    /// Writes all changes or none. What they delete is then nowhere in the files.
    pub(crate) fn write(&mut self, changes: &[Change]) -> Result<(), BackendError> {
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction()?;
        for change in changes {
            let (table, key) = (change.table(), change.key());
            match change.row() {
                Some(row) => {
                    let sql = format!("INSERT OR REPLACE INTO {table} (key, row) VALUES (?1, ?2)");
                    transaction
                        .prepare_cached(&sql)?
                        .execute(params![key, row.to_string()])?;
                }
                None => {
                    let sql = format!("DELETE FROM {table} WHERE key = ?1");
                    transaction.prepare_cached(&sql)?.execute(params![key])?;
                }
            }
        }
        transaction.commit()?;
        if changes.iter().any(|change| change.row().is_none()) {
            self.forget_what_was();
        }
        Ok(())
    }

    /// Empties the log of writes, in which the rows are still as they were. The changes are
    /// made whether it succeeds or not, and the next deletion tries again.
    fn forget_what_was(&self) {
        let emptied = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Err(error) = emptied {
            tell(&BackendError::from(error));
        }
    }
}
