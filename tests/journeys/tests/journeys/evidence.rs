//! A journey that fails can be understood from what it leaves.

use std::fs;

use kabao_journeys::{
    Failure, Outcome,
    evidence::{folder, make},
    stage::{Engine, Nginx, Stage},
    visit::Visit,
};
use serde_json::json;

use crate::Journey;

pub(crate) const NAME: &str = "a journey that fails leaves its screen, page, console and requests";

const FAILS: Journey = ("fails on purpose", "case-2", |visit| {
    go_wrong(visit)?;
    Err("nobody is there".into())
});
const PANICS: Journey = ("panics on purpose", "case-2", |visit| {
    go_wrong(visit)?;
    panic!("nobody is {}", "there")
});

/// What no policy here allows, by a name that tells it from what nobody meant.
const FORBIDDEN: &str = "https://on-purpose.invalid/";
const VIOLATES: Journey = ("violates on purpose", "case-2", |visit| {
    visit.arrive_as("chen")?;
    visit.see("江南面馆")?;
    let image = "document.body.append(Object.assign(new Image(), { src: arguments[0] }))";
    visit.run(image, vec![json!(FORBIDDEN)])?;
    let Some(nginx) = visit.stage().nginx() else {
        return Ok(());
    };
    visit.wait("the browser's report", || {
        let reports = nginx.reports()?;
        Ok(reports.iter().any(|report| report.contains(FORBIDDEN)))
    })
});

/// What browsers have reported of the content policy and nobody meant.
///
/// # Errors
///
/// If the web server has kept no log of it.
pub(crate) fn reports(nginx: &Nginx) -> Result<Vec<String>, Failure> {
    let mut reports = nginx.reports()?;
    reports.retain(|report| !report.contains(FORBIDDEN));
    Ok(reports)
}

/// Makes journeys that fail, and looks at what they leave.
pub(crate) fn failures_leave_evidence(stage: &Stage) -> Outcome {
    for (name, case, journey) in [FAILS, PANICS] {
        let folder = folder(stage.engine(), name);
        let failure = make(stage, name, case, journey);
        let failure = failure.expect_err("it fails").to_string();
        assert!(failure.starts_with("nobody is there"), "{failure}");
        assert!(failure.contains(&folder.display().to_string()), "{failure}");

        let read = |file: &str| fs::read_to_string(folder.join(file));
        assert!(fs::read(folder.join("screen.png"))?.starts_with(b"\x89PNG"));
        let page = read("page.html")?;
        assert!(page.contains("江南面馆"), "{page}");
        let requests = read("requests.txt")?;
        for line in [
            "/wallet → 200",
            "/code → 503 with {\"problem\":\"unavailable\"}",
            ".wasm",
        ] {
            assert!(requests.contains(line), "{requests}");
        }
        if stage.engine() == Engine::Chromium {
            let console = read("console.txt")?;
            assert!(console.contains("SEVERE"), "{console}");
            assert!(console.contains("said on purpose"), "{console}");
        }
        fs::remove_dir_all(&folder)?;
        let passed = make(stage, name, case, |visit| visit.arrive_as("chen"));
        assert!(
            passed.is_ok() && !folder.exists(),
            "what passes leaves nothing"
        );
    }
    if stage.engine() == Engine::Chromium {
        let (name, case, journey) = VIOLATES;
        let failure = make(stage, name, case, journey).expect_err("it fails");
        let failure = failure.to_string();
        assert!(failure.contains("Content Security Policy"), "{failure}");
        fs::remove_dir_all(folder(stage.engine(), name))?;
    }
    Ok(())
}

fn go_wrong(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("江南面馆")?;
    visit.break_next("GET", "/code", &json!({ "problem": "unavailable" }), 9)?;
    visit.run("console.error('said on purpose')", vec![])?;
    visit.tap("出示会员码")?;
    visit.wait("the code to fail", || {
        Ok(visit.calls("GET", "/code")?.contains(&json!(503)))
    })
}
