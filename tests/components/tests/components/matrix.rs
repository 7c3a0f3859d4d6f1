//! Every call that the app makes meets every fault that can come in the place of its
//! good reply. What a person meets is a table, which the test run prints.

mod call;
mod cell;
mod expected;
mod fault;

use wasm_bindgen_test::wasm_bindgen_test;

use self::{
    call::CALLS,
    cell::Cell,
    expected::{Met, expected},
    fault::FAULTS,
};
use crate::page::the;

/// How wide the names of the calls are in the table.
const NAMES: usize = 20;

#[wasm_bindgen_test]
async fn every_call_meets_every_fault() {
    let mut table = heading();
    let mut complaints = Vec::new();
    for call in CALLS {
        table.push_str(&format!("\n{:NAMES$}", call.name));
        for (fault, name, _) in FAULTS {
            let Some(right) = expected(call, *fault) else {
                table.push_str("    –");
                continue;
            };
            let met = match Cell::new(call, *fault).go_through().await {
                Ok(met) if met == right => met.name(),
                Ok(met) => {
                    complaints.push(format!("{} × {name}: {met:?}, not {right:?}", call.name));
                    "!!"
                }
                Err(complaint) => {
                    complaints.push(format!("{} × {name}: {complaint}", call.name));
                    "!!"
                }
            };
            table.push_str(&format!("{met:>5}"));
        }
    }
    table.push_str(&legend());
    print(&table);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

fn heading() -> String {
    let mut line = format!(
        "\nWhat a person meets, by call and by fault:\n{:NAMES$}",
        ""
    );
    for (_, name, _) in FAULTS {
        line.push_str(&format!("{name:>5}"));
    }
    line
}

fn legend() -> String {
    let mut lines = "\n".to_owned();
    for (_, name, what) in FAULTS {
        lines.push_str(&format!("{name:>9}  {what}\n"));
    }
    for (_, name, what) in Met::ALL {
        lines.push_str(&format!("{name:>9}  {what}\n"));
    }
    lines.push_str(&format!("{:>9}  there is no such fault\n", "–"));
    lines
}

/// Adds to what the runner prints of this run: of a test that passes, it shows nothing
/// that goes to the console.
fn print(table: &str) {
    let output = the("#output");
    let printed = output.text_content().unwrap_or_default();
    output.set_text_content(Some(&format!("{printed}{table}\n")));
}
