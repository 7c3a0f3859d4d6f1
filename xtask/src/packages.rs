//! What tests need and only the system's package manager can install.

use crate::{
    shell::{self, Failure, find, succeed},
    tools::say,
};

/// Packages of Debian, which others call alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packages {
    /// What they are for, in words.
    pub(crate) what: &'static str,
    pub(crate) names: &'static [&'static str],
    /// What `cargo xtask test --without` is given to do without them.
    pub(crate) without: &'static str,
}

impl Packages {
    /// What `find` finds, or finds once the packages are installed, where that is
    /// possible.
    pub(crate) fn provide<Found>(self, find: impl Fn() -> Option<Found>) -> Result<Found, Failure> {
        if let Some(found) = find() {
            return Ok(found);
        }
        self.install()?;
        find().ok_or_else(|| self.missing())
    }

    /// Installs them on a machine that is like Debian, if it may.
    fn install(self) -> Result<(), Failure> {
        let apt = || {
            let mut apt = shell::as_root(&find("apt-get")?)?;
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            Some(apt)
        };
        let (Some(mut update), Some(mut install)) = (apt(), apt()) else {
            return Err(self.missing());
        };
        say(&format!("Installing {}: the tests need it.", self.what));
        succeed(update.args(["update", "-q"]))?;
        succeed(
            install
                .args(["install", "-q", "-y", "--no-install-recommends"])
                .args(self.names),
        )
        .map_err(|failure| Failure(format!("{failure}\n{}", self.missing())))
    }

    fn missing(self) -> Failure {
        let Self {
            what,
            names,
            without,
        } = self;
        Failure(format!(
            "{what} is missing. On Debian: sudo apt-get install {}\n\
             Elsewhere, install the packages of the same names. To test without: \
             cargo xtask test --without {without}",
            names.join(" ")
        ))
    }
}
