//! What the journeys stand on: a stage (sandbox, browser driver, screen) and a
//! visit (one person, one browser window, a world of their own).
//!
//! A visit says what a person does and sees, by the names and texts that a
//! person perceives. Whatever it looks for, it waits for; it never just waits.

pub mod evidence;
pub mod files;
pub mod picture;
pub mod scanner;
pub mod screens;
pub mod stage;
pub mod visit;
pub mod words;

/// Why a journey ends early, in words.
pub type Failure = Box<dyn core::error::Error + Send + Sync>;
/// How a journey ends.
pub type Outcome = Result<(), Failure>;
