//! Journeys: what a person does and sees, from the tap on the menu to the end.
//!
//! `cargo xtask test --only chromium` runs them; a name after `--` of the test
//! binary runs those that contain it.

mod accessible;
mod card;
mod claim;
mod code;
mod evidence;
mod first_screen;
mod network;
mod preview;
mod problems;
mod served;
mod switch;
mod tables;
mod wallet;

use std::{process::ExitCode, sync::Arc};

use kabao_journeys::{
    Outcome,
    evidence::make,
    stage::{Engine, Stage},
    visit::Visit,
};
use libtest_mimic::{Arguments, Failed, Trial};

/// A journey, and the case in which it takes place.
type Journey = (&'static str, &'static str, fn(&Visit<'_>) -> Outcome);

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let stage = match Stage::set() {
        Ok(stage) => Arc::new(stage),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    // A browser keeps a core busy, and WebKit's driver steers one at a time.
    arguments.test_threads.get_or_insert(match stage.engine() {
        Engine::Chromium => 2,
        Engine::WebKit => 1,
    });
    let journeys = [
        wallet::JOURNEYS,
        card::JOURNEYS,
        code::JOURNEYS,
        claim::JOURNEYS,
        switch::JOURNEYS,
        tables::JOURNEYS,
        problems::JOURNEYS,
        preview::JOURNEYS,
    ];
    let in_chromium: &[&[Journey]] = match stage.engine() {
        Engine::Chromium => &[
            wallet::IN_CHROMIUM,
            claim::IN_CHROMIUM,
            code::IN_CHROMIUM,
            preview::IN_CHROMIUM,
            first_screen::IN_CHROMIUM,
            network::IN_CHROMIUM,
        ],
        Engine::WebKit => &[],
    };
    let checks = accessible::screens(stage.engine()).map(|screen| {
        let stage = Arc::clone(&stage);
        let name = format!("everyone can use the screen {}", screen.name);
        Trial::test(name.clone(), move || {
            let check = |visit: &Visit<'_>| accessible::check(visit, screen);
            make(&stage, &name, screen.case, check).map_err(Failed::from)
        })
    });
    let proof = Trial::test(evidence::NAME, {
        let stage = Arc::clone(&stage);
        move || evidence::failures_leave_evidence(&stage).map_err(Failed::from)
    });
    let served = stage.nginx().is_some().then(|| {
        let stage = Arc::clone(&stage);
        Trial::test(served::NAME, move || {
            served::as_it_is_meant(&stage).map_err(Failed::from)
        })
    });
    let trials = journeys
        .concat()
        .into_iter()
        .chain(in_chromium.concat())
        .map(|(name, case, journey)| {
            let stage = Arc::clone(&stage);
            Trial::test(name, move || {
                make(&stage, name, case, journey).map_err(Failed::from)
            })
        })
        .chain(checks)
        .chain([proof])
        .chain(served)
        .collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    let is_contract_kept = match stage.control("contract") {
        Ok(violations) if violations.as_array().is_some_and(Vec::is_empty) => true,
        Ok(violations) => {
            eprintln!("The contract was violated on the way: {violations:#}");
            false
        }
        Err(error) => {
            eprintln!("The sandbox can't be asked about the contract: {error}");
            false
        }
    };
    let is_policy_kept = match stage.nginx().map(evidence::reports) {
        None => true,
        Some(Ok(reports)) if reports.is_empty() => true,
        Some(Ok(reports)) => {
            eprintln!("The content policy was violated on the way: {reports:#?}");
            false
        }
        Some(Err(error)) => {
            eprintln!("Nobody knows what browsers have reported: {error}");
            false
        }
    };
    if conclusion.has_failed() || !is_contract_kept || !is_policy_kept {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
