//! Messages from one version to another.

use std::cell::Cell;
use std::sync::LazyLock;

use barewire_codegen::Config;
use barewire_codegen::plan::Body;
use barewire_dynamic::{CarryError, MessageType, Migration, MigrationError, Value};
use barewire_syntax::family::{Family, Version};
use barewire_syntax::ir::{Schema, Type};
use barewire_syntax::{Checked, Source, diff};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use crate::schemas::schema;
use crate::strategies;
use crate::told::{ACTOR, NOTES, RUNNER, STEPS, Told};

const FAMILIES: [Told; 4] = [RUNNER, ACTOR, STEPS, NOTES];

/// What is asked here is what the generator asks, for each message of each family, up and down.
#[test]
fn asks_what_generated_code_asks() {
    let (mut open, mut closed) = (0, 0);
    for told in FAMILIES {
        let family = told.family();
        for pair in family.versions().windows(2) {
            let [older, newer] = pair else { continue };
            for definition in newer.schema.ids().filter(|id| !newer.schema.is_used(*id)) {
                let name = newer.schema.definition(definition).name.as_str();
                let former = told.renamed.iter().find(|(_, new)| *new == name).map(|(old, _)| *old);
                let former = former.filter(|former| older.schema.find(former).is_some()).unwrap_or(name);
                if older.schema.find(former).is_none() {
                    continue;
                }
                // Only what stands between these two versions, and only for this message.
                let config = told.config().versions(older.number..=newer.number).messages([name]);
                let Ok(plan) = config.plan_family(&family) else { continue };
                let asks = |from: u16, to: u16| {
                    let mut steps = plan.steps.iter().filter(|step| {
                        let plain = step.from.alternate.is_none() && step.to.alternate.is_none();
                        plain && step.from.number == from && step.to.number == to
                    });
                    let step = steps.next().expect("neighbours have a step");
                    step.methods.iter().any(|method| matches!(method.body, Body::Asked(_)))
                };
                let up = told.migration((&older.schema, former), (&newer.schema, name), true);
                let down = told.migration((&newer.schema, name), (&older.schema, former), false);
                let of = format!("{name} of {}", told.name);
                assert_eq!(up.is_err(), asks(older.number, newer.number), "{of} up: {up:?}");
                assert_eq!(down.is_err(), asks(newer.number, older.number), "{of} down: {down:?}");
                for answer in [up.is_err(), down.is_err()] {
                    if answer { open += 1 } else { closed += 1 }
                }
            }
        }
    }
    assert!(open > 20 && closed > 20, "{open} {closed}");
}

/// The same, for random versions.
#[test]
fn asks_about_any_versions_what_generated_code_asks() {
    let (open, closed) = (Cell::new(0), Cell::new(0));
    let config = ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() };
    let inputs = (strategies::versions(), any::<[u8; 32]>());
    let result = TestRunner::new(config).run(&inputs, |((old, new), seed)| {
        let sources = [&old, &new].map(|text| Source::new("any.bare", text.as_str()));
        let family = Family::from_sources("any", (1..).zip(sources).collect()).expect("right schemas");
        let [v1, v2] = family.versions() else { panic!("two versions") };
        // Another name for a type is no message.
        let is_name = |version: &Version| {
            let last = version.schema.definitions().last().expect("a definition");
            matches!(version.schema.ty(last.ty), Type::Named(_))
        };
        if is_name(v1) || is_name(v2) {
            return Ok(());
        }
        let plan = Config::new().messages(["T"]).plan_family(&family).expect("nothing is beyond a limit");
        for (from, to, is_up) in [(v1, v2, true), (v2, v1, false)] {
            let migration = if is_up { Migration::up } else { Migration::down };
            let found = migration((&from.schema, "T"), (&to.schema, "T"));
            let mut steps = plan.steps.iter().filter(|step| step.from.number == from.number);
            let step = steps.next().expect("neighbours have a step");
            let is_asked = step.methods.iter().any(|method| matches!(method.body, Body::Asked(_)));
            prop_assert_eq!(found.is_err(), is_asked, "{}\n{}\n{:?}\n{:?}", old, new, found, step);
            let count = if is_asked { &open } else { &closed };
            count.set(count.get() + 1);
        }
        nothing_is_lost((&v1.schema, &v2.schema), "T", &seed)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(open.get() > 500 && closed.get() > 500, "{open:?} {closed:?}");
}

/// Rows of the protocol: octets that generated code carries over, in the families whose steps are written by hand only
/// where these rows do not go.
#[test]
fn recorded_messages_are_carried_as_generated_code_does() {
    let rows = include_str!("../../../protocol/vectors/migrations.txt");
    let mut count = 0;
    for row in rows.lines().filter(|row| row.starts_with("both")) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let [_, family, versions, name, before, after, ..] = words[..] else { panic!("{row}") };
        let told = if family == "runner" { RUNNER } else { ACTOR };
        let family = told.family();
        let (from, to) = versions.split_once('>').expect("two versions");
        let (from, to): (u16, u16) = (from.parse().expect("a number"), to.parse().expect("a number"));
        let version = |number: u16| &family.versions()[usize::from(number) - 1].schema;
        // The rows call a message by its newest name.
        let name = |number: u16| match version(number).find(name) {
            Some(_) => name,
            None => told.renamed.iter().find(|(_, new)| *new == name).map_or(name, |(old, _)| old),
        };
        let start = MessageType::new(version(from), name(from)).expect("a message");
        let mut value = start.decode(&octets(before)).expect("a row");
        let mut at = from;
        let mut is_open = false;
        while at != to && !is_open {
            let next = if at < to { at + 1 } else { at - 1 };
            let (here, there) = ((version(at), name(at)), (version(next), name(next)));
            let step = told.migration(here, there, at < to);
            match step {
                Ok(step) => value = step.migrate(&value).expect("both accept it"),
                Err(_) => is_open = true,
            }
            at = next;
        }
        if !is_open {
            let end = MessageType::new(version(to), name(to)).expect("a message");
            assert_eq!(end.encode(&value), Ok(octets(after)), "{row}");
            count += 1;
        }
    }
    assert!(count > 0);
}

fn octets(hex: &str) -> Vec<u8> {
    let octet = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
    (0..hex.len()).step_by(2).map(octet).collect()
}

/// Carries the JSON of a value of the last type from `old` to `new`.
#[track_caller]
fn carried(is_up: bool, old: &str, new: &str, json: &str) -> Result<String, String> {
    let (old, new) = (schema(old), schema(new));
    let last = |schema: &Checked<Schema>| schema.definitions().last().expect("a definition").name.clone();
    let (from, to) = (last(&old), last(&new));
    let migration = if is_up { Migration::up } else { Migration::down };
    let migration = migration((&old, &from), (&new, &to)).map_err(|error| error.to_string())?;
    let from = MessageType::new(&old, &from).expect("a type");
    let value = from.from_json(json).expect("a value");
    let carried = migration.migrate(&value).map_err(|error| error.to_string())?;
    Ok(MessageType::new(&new, &to).expect("a type").to_json(&carried).expect("a value of the type"))
}

/// The golden steps, and the types about which nothing is asked between the first two versions.
static CLOSED: LazyLock<(Family, Vec<String>)> = LazyLock::new(|| {
    let family = STEPS.family();
    let names = family.versions()[1].schema.definitions().iter().map(|definition| definition.name.clone());
    let closed: Vec<String> = names.filter(|name| both_ways(&family, name).is_some()).collect();
    assert!(closed.len() > 20);
    (family, closed)
});

fn both_ways<'f>(family: &'f Family, name: &str) -> Option<(Migration<'f>, Migration<'f>)> {
    let [v1, v2, ..] = family.versions() else { panic!("the case has versions") };
    let up = Migration::up((&v1.schema, name), (&v2.schema, name)).ok()?;
    Some((up, Migration::down((&v2.schema, name), (&v1.schema, name)).ok()?))
}

/// What goes up arrives, whatever it is, and comes down as it was; if nothing is asked on these ways.
fn nothing_is_lost(
    (old, new): (&Checked<Schema>, &Checked<Schema>),
    name: &str,
    seed: &[u8; 32],
) -> TestCaseResult {
    let Ok(up) = Migration::up((old, name), (new, name)) else { return Ok(()) };
    let down = Migration::down((new, name), (old, name));
    let id = old.definition(old.find(name).expect("it has steps")).ty;
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, seed);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let values = strategies::value(old, id);
    for _ in 0..4 {
        let value = values.new_tree(&mut runner).expect("a value").current();
        let newer = up.migrate(&value).expect("there is room for everything");
        MessageType::new(new, name).expect("a type").encode(&newer).expect("a value of the newer type");
        if let Ok(down) = &down {
            prop_assert_eq!(down.migrate(&newer), Ok(value), "{}", name);
        }
    }
    Ok(())
}

proptest! {
    /// Of every message of the golden steps about which nothing is asked.
    #[test]
    fn the_way_up_loses_nothing(choice in any::<prop::sample::Index>(), seed in any::<[u8; 32]>()) {
        let (family, closed) = &*CLOSED;
        let [v1, v2, ..] = family.versions() else { panic!("the case has versions") };
        nothing_is_lost((&v1.schema, &v2.schema), &closed[choice.index(closed.len())], &seed)?;
    }
}

#[track_caller]
fn up(old: &str, new: &str, json: &str, expected: &str) {
    assert_eq!(carried(true, old, new, json).as_deref(), Ok(expected));
}

#[track_caller]
fn down(new: &str, old: &str, json: &str, expected: &str) {
    assert_eq!(carried(false, new, old, json).as_deref(), Ok(expected));
}

#[track_caller]
fn refused(is_up: bool, from: &str, to: &str, json: &str, expected: &str) {
    assert_eq!(carried(is_up, from, to, json).as_ref().map_err(String::as_str), Err(expected));
}

#[test]
fn numbers_get_room_and_fit_back() {
    let (old, new) =
        ("type T struct { a: u8 b: i16 c: uint d: f32 }", "type T struct { d: f64 c: u64 b: int a: i16 }");
    let (before, after) = (r#"{"a":255,"b":-7,"c":300,"d":0.5}"#, r#"{"d":0.5,"c":300,"b":-7,"a":255}"#);
    up(old, new, before, after);
    down(new, old, after, before);
    let nan = r#"{"d":{"bits":"fff8000020000000"},"c":300,"b":-7,"a":255}"#;
    down(new, old, nan, r#"{"a":255,"b":-7,"c":300,"d":{"bits":"ffc00001"}}"#);
    let error = "the other version has no place for this value in T.a";
    refused(false, new, old, r#"{"d":0.5,"c":300,"b":-7,"a":256}"#, error);
    let error = "the other version has no place for this value in T.d";
    refused(false, new, old, r#"{"d":0.1,"c":300,"b":-7,"a":1}"#, error);
}

#[test]
fn what_is_new_is_empty() {
    let new = "type T struct { a: u8 o: optional<u8> l: list<u8> m: map<u8><u8> s: list<str> }";
    up("type T struct { a: u8 }", new, r#"{"a":1}"#, r#"{"a":1,"o":null,"l":[],"m":[],"s":[]}"#);
}

#[test]
fn lists_of_octets_become_lists_of_numbers_and_back() {
    up("type T list<u8>", "type T list<u16>", "[1,2]", "[1,2]");
    down("type T list<u16>", "type T list<u8>", "[1,2]", "[1,2]");
    let error = "the other version has no place for this value in T[1]";
    refused(false, "type T list<u16>", "type T list<u8>", "[1,256]", error);
    up("type T map<u8><list<u8>[2]>", "type T map<u16><list<u16>[2]>", "[[1,[2,3]]]", "[[1,[2,3]]]");
}

#[test]
fn other_names_for_a_type_do_not_matter_behind_one_that_stays() {
    let types = "type A list<u8> type B A";
    let old = format!("{types} type C B type T struct {{ c: C }}");
    let new = format!("{types} type C A type T struct {{ c: C }}");
    up(&old, &new, r#"{"c":[1]}"#, r#"{"c":[1]}"#);
    down(&new, &old, r#"{"c":[1]}"#, r#"{"c":[1]}"#);
    up(&old, "type C list<u16> type T struct { c: C }", r#"{"c":[1]}"#, r#"{"c":[1]}"#);
}

#[test]
fn members_and_values_go_by_name() {
    let old = "type A u8 type B str type T union { A | B }";
    let new = "type A u16 type B str type C void type T union { C | B | A }";
    up(old, new, r#"{"tag":0,"value":7}"#, r#"{"tag":2,"value":7}"#);
    down(new, old, r#"{"tag":1,"value":"x"}"#, r#"{"tag":1,"value":"x"}"#);
    let error = "the other version has no place for this value in T.C";
    refused(false, new, old, r#"{"tag":0,"value":null}"#, error);
    let (old, new) = ("type T optional<enum { A B }>", "type T optional<enum { B A C }>");
    up(old, new, r#"{"some":"A"}"#, r#"{"some":"A"}"#);
    refused(false, new, old, r#"{"some":"C"}"#, error);
}

#[test]
fn says_what_is_open() {
    let open = |is_up, from, to, expected: &str| {
        let error = carried(is_up, from, to, "null").expect_err("open");
        assert_eq!(error, format!("the schemas leave open what becomes of {expected}"));
    };
    open(true, "type T struct { a: u8 }", "type T struct { a: u8 b: u8 }", "`T`: `b` is new");
    open(true, "type T struct { a: u8 }", "type T struct { b: u8 }", "`T`: `b` may be `a`");
    open(true, "type T struct { a: u8 c: str }", "type T struct { a: u8 }", "`T`: `c` has no place");
    open(true, "type T enum { A B }", "type T enum { A }", "`T`: `B` is no more");
    open(false, "type T enum { A B }", "type T enum { A C }", "`T`: `B` may have another name");
    open(true, "type T struct { a: u16 }", "type T struct { a: u8 }", "`T`: `a` is `u8` instead of `u16`");
    open(true, "type T u8", "type T struct { a: u8 }", "`T`: it is a struct instead of an alias");
    open(
        true,
        "type S struct { a: u8 } type T struct { s: list<S> i: struct { x: u8 } }",
        "type S struct { a: str } type T struct { s: list<S> i: struct { x: str } }",
        "`S`: `a` is `str` instead of `u8`, and of `T.i`: `x` is `str` instead of `u8`",
    );
}

#[test]
fn refuses_what_is_no_value_of_the_type() {
    let (old, new) = (schema("type T u8"), schema("type T u16"));
    let migration = Migration::up((&old, "T"), (&new, "T")).expect("nothing is open");
    assert!(matches!(migration.migrate(&Value::Uint(256)), Err(CarryError::NoValue(_))));
    assert!(matches!(Migration::up((&old, "U"), (&new, "T")), Err(MigrationError::Type(_))));
}

/// What is the same in both versions stays as it is, whatever it is.
#[test]
fn the_same_type_is_the_identity() {
    for told in FAMILIES {
        let family = told.family();
        for version in family.versions() {
            assert!(diff::compare(&version.schema, &version.schema).is_empty());
            for definition in version.schema.definitions() {
                let same = (&version.schema, definition.name.as_str());
                assert!(Migration::up(same, same).is_ok(), "{}", definition.name);
            }
        }
    }
}
