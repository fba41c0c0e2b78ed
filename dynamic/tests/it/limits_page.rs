//! `docs/limits.md` says which octets are refused, and how: each row of its table is decoded.

use barewire::Limits;
use barewire_dynamic::MessageType;
use barewire_syntax::{Source, check};

const PAGE: &str = include_str!("../../../docs/limits.md");

#[test]
fn each_rule_refuses_its_example() {
    let mut rules = Vec::new();
    let table = PAGE.lines().skip_while(|line| !line.starts_with("| Rule |")).skip(2);
    for line in table.take_while(|line| line.starts_with('|')) {
        // A bar inside a type is escaped in a table.
        let line = line.replace("\\|", "\u{1}");
        let cells: Vec<String> =
            line.split('|').map(|cell| cell.trim().trim_matches('`').replace('\u{1}', "|")).collect();
        let [_, rule, _, ty, octets, expected, _] = &cells[..] else { panic!("{line}") };
        let octets: Vec<u8> =
            octets.split(' ').map(|octet| u8::from_str_radix(octet, 16).expect("two digits")).collect();

        let schema = check(&Source::new("page.bare", format!("type T {ty}"))).expect("a schema");
        let message = MessageType::new(&schema, "T").expect("a message");
        let error = message.decode_with(&octets, &Limits::default()).expect_err(&line);
        assert_eq!(error.kind().rule(), Some(rule.as_str()));
        assert_eq!(error.kind().to_string(), *expected);
        rules.push(rule.clone());
    }
    assert_eq!(rules, (1..=11).map(|rule| format!("D{rule}")).collect::<Vec<_>>());
}
