//! Every call that the app makes meets every fault that can come in the place of its
//! good reply. What a person meets is a table, which the test run prints.

mod call;
mod cell;
mod expected;
mod fault;
mod good;
mod table;

use wasm_bindgen_test::wasm_bindgen_test;

use self::{call::CALLS, cell::Cell, expected::expected, fault::FAULTS, table::Table};

#[wasm_bindgen_test]
async fn every_call_meets_every_fault() {
    let mut table = Table::new();
    let mut complaints = Vec::new();
    for call in CALLS {
        table.begin_row(call.name);
        for (fault, name, _) in FAULTS {
            let Some(right) = expected(call, *fault) else {
                table.add_none();
                continue;
            };
            let complaint = match Cell::new(call, *fault).go_through().await {
                Ok(met) if met == right => {
                    table.add_met(met.name());
                    continue;
                }
                Ok(met) => format!("{met:?} in place of {right:?}"),
                Err(complaint) => complaint,
            };
            table.add_met("!!");
            complaints.push(format!("{} × {name}: {complaint}", call.name));
        }
    }
    table.print();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
