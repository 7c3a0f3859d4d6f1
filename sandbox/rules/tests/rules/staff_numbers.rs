//! The rules number their problems as the contract does.

use std::collections::BTreeMap;

use kabao_contract::Contract;
use kabao_rules::problem::{Code, NO_CARD_FOUND};

#[test]
fn each_problem_has_the_number_and_the_status_of_the_contract() {
    let contract = Contract::load().expect("the contract is readable");
    let declared = contract.staff_numbers().expect("numbers");
    let mut numbers: BTreeMap<_, _> = Code::ALL
        .iter()
        .map(|code| (code.text(), code.number()))
        .collect();
    numbers.insert("no_card_found", NO_CARD_FOUND);
    assert_eq!(numbers, declared);

    let examples = contract
        .examples()
        .expect("the examples are in their place");
    for code in Code::ALL {
        let example = examples
            .iter()
            .find(|example| example.schema == "Problem" && example.value["code"] == code.text())
            .expect("an example of each code");
        assert_eq!(example.status, Some(code.status()), "{}", code.text());
    }
}
