//! Rows whose type is an alias that another type uses: the generator makes it a plain `pub type`.

use crate::judge;

const SCHEMA: &str = r#"type Number uint\ntype Numbers list<Number>\ntype Table map<Number><str>\ntype Text str\ntype Octets list<u8>[4]\ntype Hash data[4]\ntype Maybe optional<struct { a: Text b: Table }>\ntype Point struct { x: f32 }\ntype Place Point\ntype Same Number\ntype All struct { numbers: Numbers table: Table octets: Octets hash: Hash maybe: Maybe place: Place same: Same }"#;

#[track_caller]
fn check(name: &str, rows: &[(&str, &str, &str)]) {
    let vectors: String = rows
        .iter()
        .map(|(ty, value, hex)| {
            format!(
                "{{\"schema\": \"{SCHEMA}\", \"type\": \"{ty}\", \"value\": {value}, \"hex\": \"{hex}\"}}\n"
            )
        })
        .collect();
    let bad_bytes = format!(
        "{{\"schema\": \"{SCHEMA}\", \"type\": \"Same\", \"hex\": \"8000\", \"rule\": \"D2\"}}\n\
         {{\"schema\": \"{SCHEMA}\", \"type\": \"Table\", \"hex\": \"0201000100\", \"rule\": \"D9\"}}\n"
    );
    let outcome = judge(name, &[("vectors.jsonl", &vectors), ("bad-bytes.jsonl", &bad_bytes)]);
    let failures: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!((outcome.vectors, outcome.bad_bytes), (rows.len(), 2));
}

#[test]
fn an_alias_can_be_judged_as_a_message() {
    check(
        "alias",
        &[
            ("Number", "\"18446744073709551615\"", "ffffffffffffffffff01"),
            ("Same", "300", "ac02"),
            ("Numbers", "[1, 300]", "0201ac02"),
            ("Table", "[[300, \"a\"], [1, \"\"]]", "02ac0201610100"),
            ("Text", "\"é\"", "02c3a9"),
            ("Octets", "[1, 2, 3, 4]", "01020304"),
            ("Hash", "\"01020304\"", "01020304"),
            ("Maybe", "null", "00"),
            ("Maybe", "{\"some\": {\"a\": \"x\", \"b\": [[1, \"y\"]]}}", "01017801010179"),
            ("Place", "{\"x\": -0.0}", "00000080"),
        ],
    );
}
