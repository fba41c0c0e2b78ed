//! What a family costs.

use barewire_codegen::Config;
use barewire_syntax::Source;
use barewire_syntax::family::Family;

fn family(versions: &[&str]) -> Family {
    let sources =
        (1..).zip(versions).map(|(number, text)| (number, Source::new(format!("v{number}.bare"), *text)));
    Family::from_sources("test", sources.collect()).unwrap()
}

/// The heap for each octet of the type `T`.
#[track_caller]
fn heap(text: &str, expected: f64) {
    let stats = Config::new().stats(&family(&[text])).unwrap();
    let found = stats.versions[0].types.last().unwrap().heap_per_octet;
    assert!((found - expected).abs() < 1e-6, "{text}: {found}");
}

#[test]
fn heap_is_what_the_worst_value_holds() {
    heap("type T struct { a: u64 b: str c: data d: optional<u8> }", 0.0);
    heap("type T void", 0.0);
    heap("type T list<bool>", 1.0);
    heap("type T list<str>", 40.0);
    heap("type T list<list<u8>>", 24.0);
    heap("type T list<optional<u64>>", 16.0);
    heap("type T list<uint>", 8.0);
    heap("type T list<u64>", 1.0);
    // Each pair takes a string and a number, two octets on the wire.
    heap("type T map<str><u8>", 24.0);
    // Behind a tag of one octet each, the list wins.
    heap("type T list<union { u64 | list<u8> }>", 16.0);
    heap("type A struct { a: list<str> b: u64 } type T struct { x: u8 y: A }", 40.0);
}

#[test]
fn shared_types_and_lines_are_counted() {
    let family = family(&["type A struct { a: u8 } type B str", "type A struct { a: u8 } type B data[4]"]);
    let stats = Config::new().stats(&family).unwrap();
    let [v1, v2] = &stats.versions[..] else { panic!("two versions") };
    let shared: Vec<_> = v2.types.iter().map(|ty| ty.shared_with.as_ref().map(ToString::to_string)).collect();
    assert_eq!(shared, [Some("v1".to_owned()), None]);
    assert!(v1.types.iter().all(|ty| ty.shared_with.is_none()));
    assert!(v1.lines > 20 && v2.lines > 20 && v1.lines + v2.lines < stats.lines);
    assert_eq!((v2.types[1].min_len, v2.types[1].max_len, v2.types[1].depth), (4, Some(4), 1));
}
