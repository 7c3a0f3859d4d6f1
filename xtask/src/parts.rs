//! The named parts of a command that runs many things.

use std::time::Instant;

use crate::shell::Failure;

/// A part, which is run with what it is given.
pub(crate) struct Part<Given> {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) run: fn(Given) -> Result<(), Failure>,
}

impl<Given> Part<Given> {
    /// Runs it, and prints what it is, how it went and how long it took. Whether it passed.
    pub(crate) fn report(&self, given: Given) -> bool {
        println!("\n━━ {}: {}", self.name, self.what);
        let start = Instant::now();
        match (self.run)(given) {
            Ok(()) => {
                println!("✓ {} ({:.0} s)", self.name, start.elapsed().as_secs_f32());
                true
            }
            Err(failure) => {
                println!("✗ {}: {failure}", self.name);
                false
            }
        }
    }
}

/// Fails if one of `names` is of none of `parts`.
pub(crate) fn check_names<'a, Given>(
    parts: &[Part<Given>],
    mut names: impl Iterator<Item = &'a String>,
) -> Result<(), Failure> {
    let is_unknown = |name: &&String| parts.iter().all(|part| part.name != **name);
    match names.find(is_unknown) {
        None => Ok(()),
        Some(unknown) => {
            let known: Vec<_> = parts.iter().map(|part| part.name).collect();
            Err(Failure(format!(
                "no part is called {unknown}; there are: {}",
                known.join(", ")
            )))
        }
    }
}
