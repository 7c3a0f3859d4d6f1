//! Asks a running backend whether it keeps the contract.

use std::{
    io::{self, BufRead, Write},
    process::{Command, ExitCode},
};

use clap::Parser;
use kabao_contract::{
    Contract,
    conform::{self, CannotRun, Entrance, Target, Writes, report::Report},
};

/// Asks a running backend whether it keeps the contract.
///
/// Ends with 0 if every promise that was tried is kept, with 1 if one is broken, and with 2 if
/// nothing can be said. Without --write, nothing is changed.
#[derive(Debug, Parser)]
#[command(name = "kabao-conform")]
struct Arguments {
    /// The backend's address: its scheme and host, such as `https://cards.example.com`.
    #[arg(long, value_name = "URL")]
    base: String,
    /// The account of --cookie.
    #[arg(long, requires = "cookie")]
    account: Option<String>,
    /// The value of a fan's cookie kabao_session.
    #[arg(long, requires = "account", conflicts_with = "sign_in_at")]
    cookie: Option<String>,
    /// The same of another fan of the account, for what must stay apart.
    #[arg(long, requires = "account", conflicts_with = "other_sign_in_at")]
    other_cookie: Option<String>,
    /// Signs a fan in through a stand-in for WeChat, by an address such as
    /// /sandbox/as/case-2-li.
    #[arg(long, required_unless_present = "cookie")]
    sign_in_at: Option<String>,
    /// The same for another fan.
    #[arg(long)]
    other_sign_in_at: Option<String>,
    /// An account that is not authorised.
    #[arg(long, value_name = "ACCOUNT")]
    unavailable_account: Option<String>,
    /// Signs in a visitor of whom WeChat does not say who it is.
    #[arg(long)]
    snapshot_sign_in_at: Option<String>,
    /// A table code, live or stale; may be given more than once.
    #[arg(long)]
    table: Vec<String>,
    /// Makes a claim with --phone, binds what it finds, switches cards, unlinks the phone and
    /// signs out: for a fan and a number that are for testing.
    #[arg(long, requires = "phone")]
    write: bool,
    /// The number of --write.
    #[arg(long, requires = "write")]
    phone: Option<String>,
    /// Another number for testing, whose code is never asked for: wrong ones are tried until it
    /// is burnt.
    #[arg(long, requires = "write")]
    spare_phone: Option<String>,
    /// A command that prints the code which the number has received; it is in $KABAO_PHONE.
    /// Without it, the code is asked for.
    #[arg(long, requires = "write")]
    code_command: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

impl Arguments {
    fn entrance(&self, cookie: Option<&String>, sign_in_at: Option<&String>) -> Option<Entrance> {
        if let Some(path) = sign_in_at {
            return Some(Entrance::StandIn { path: path.clone() });
        }
        Some(Entrance::Cookie {
            account: self.account.clone()?,
            value: cookie?.clone(),
        })
    }

    fn target(self) -> Option<Target> {
        let fan = self.entrance(self.cookie.as_ref(), self.sign_in_at.as_ref())?;
        let other = self.entrance(self.other_cookie.as_ref(), self.other_sign_in_at.as_ref());
        let code_command = self.code_command;
        let writes = self.phone.map(|phone| Writes {
            phone,
            spare_phone: self.spare_phone,
            code: match code_command {
                Some(command) => Box::new(move |phone| printed_by(&command, phone)),
                None => Box::new(|_| typed()),
            },
        });
        Some(Target {
            base: self.base,
            fan,
            other,
            unavailable: self.unavailable_account,
            snapshot: self
                .snapshot_sign_in_at
                .map(|path| Entrance::StandIn { path }),
            tables: self.table,
            writes,
        })
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_json = arguments.json;
    match asked(arguments) {
        Ok((contract, report)) => {
            let text = if is_json {
                format!("{:#}\n", report.json(&contract))
            } else {
                report.table(&contract)
            };
            // Whoever has closed the output doesn't want it.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::from(u8::from(!report.broken().is_empty()))
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn asked(arguments: Arguments) -> Result<(Contract, Report), Box<dyn core::error::Error>> {
    let contract = Contract::load()?;
    let target = arguments
        .target()
        .ok_or_else(|| CannotRun("nobody to sign in".to_owned()))?;
    let report = conform::run(&contract, &target)?;
    Ok((contract, report))
}

/// The number goes by the environment, because others can read a command's arguments.
fn printed_by(command: &str, phone: &str) -> Result<String, String> {
    let output = Command::new("sh")
        .args(["-c", command])
        .env("KABAO_PHONE", phone)
        .output()
        .map_err(|error| format!("the command for the code: {error}"))?;
    if !output.status.success() {
        return Err(format!("the command for the code: {}", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn typed() -> Result<String, String> {
    let mut line = String::new();
    write!(io::stderr(), "The code that the number has received: ")
        .and_then(|()| io::stdin().lock().read_line(&mut line))
        .map_err(|error| format!("the code: {error}"))?;
    Ok(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn target(arguments: &[&str]) -> Result<Target, clap::Error> {
        let base = ["kabao-conform", "--base", "http://localhost"];
        let all = base.iter().chain(arguments);
        Ok(Arguments::try_parse_from(all)?.target().unwrap())
    }

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_fan_is_signed_in_by_a_cookie_or_by_a_stand_in() {
        let by_cookie = |value: &str| Entrance::Cookie {
            account: "x".to_owned(),
            value: value.to_owned(),
        };
        let found = target(&["--account", "x", "--cookie", "a", "--other-cookie", "b"]).unwrap();
        assert_eq!(found.fan, by_cookie("a"));
        assert_eq!(found.other, Some(by_cookie("b")));
        assert!(found.writes.is_none());

        let found = target(&["--sign-in-at", "/as/li"]).unwrap();
        let path = "/as/li".to_owned();
        assert_eq!(found.fan, Entrance::StandIn { path });
        assert_eq!(found.other, None);
    }

    #[test]
    fn nothing_is_changed_unless_it_is_asked_for() {
        let read = ["--sign-in-at", "/as/li"];
        for wrong in [
            &["--write"][..],
            &["--phone", "1"],
            &["--code-command", "x"],
        ] {
            let all: Vec<&str> = read.iter().chain(wrong).copied().collect();
            assert!(target(&all).is_err(), "{wrong:?}");
        }
        let all: Vec<&str> = read
            .into_iter()
            .chain(["--write", "--phone", "1"])
            .collect();
        assert!(target(&all).unwrap().writes.is_some());
    }

    #[test]
    fn a_command_finds_the_number_and_prints_the_code() {
        let printed = |command| printed_by(command, "13800018000");
        assert_eq!(
            printed("echo code of $KABAO_PHONE").unwrap(),
            "code of 13800018000"
        );
        assert!(printed("exit 3").unwrap_err().contains('3'));
    }
}
