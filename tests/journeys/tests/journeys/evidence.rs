//! A journey that fails can be understood from what it leaves.

use std::fs;

use kabao_journeys::{
    Outcome,
    evidence::{folder, make},
    stage::{Engine, Stage},
    visit::Visit,
};
use serde_json::json;

pub(crate) const NAME: &str = "a journey that fails leaves its screen, page, console and requests";

/// Makes a journey that fails, and looks at what it leaves.
pub(crate) fn failures_leave_evidence(stage: &Stage) -> Outcome {
    let journeys: [(&str, fn(&Visit<'_>) -> Outcome); 2] = [
        ("fails on purpose", |visit| {
            go_wrong(visit)?;
            Err("nobody is there".into())
        }),
        ("panics on purpose", |visit| {
            go_wrong(visit)?;
            panic!("nobody is {}", "there")
        }),
    ];
    for (name, journey) in journeys {
        let folder = folder(stage.engine(), name);
        let failure = make(stage, name, "case-2", journey);
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
        let passed = make(stage, name, "case-2", |visit| visit.arrive_as("chen"));
        assert!(
            passed.is_ok() && !folder.exists(),
            "what passes leaves nothing"
        );
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
