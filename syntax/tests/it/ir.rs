//! What is known about a checked schema.

use crate::schema;
use barewire_syntax::ir::Type;

/// The smallest and largest size and the depth of the last definition.
#[track_caller]
fn check(text: &str, min_len: u64, max_len: Option<u64>, depth: u32) {
    let schema = schema(text);
    let ty = schema.definitions().last().expect("at least one definition").ty;
    let found = (schema.min_len(ty), schema.max_len(ty), schema.depth(ty));
    assert_eq!(found, (min_len, max_len, depth), "{text}");
}

#[test]
fn sizes_of_primitives() {
    for (name, min_len, max_len) in [
        ("void", 0, Some(0)),
        ("bool", 1, Some(1)),
        ("u8", 1, Some(1)),
        ("i16", 2, Some(2)),
        ("f32", 4, Some(4)),
        ("u64", 8, Some(8)),
        ("uint", 1, Some(10)),
        ("int", 1, Some(10)),
        ("str", 1, None),
        ("data", 1, None),
        ("data[300]", 300, Some(300)),
    ] {
        check(&format!("type A {name}"), min_len, max_len, 1);
    }
}

#[test]
fn sizes_of_enums_follow_their_numbers() {
    check("type A enum { X }", 1, Some(1), 1);
    check("type A enum { X = 127 Y }", 1, Some(2), 1);
    check("type A enum { X = 128 }", 2, Some(2), 1);
    check("type A enum { X = 9223372036854775807 Y }", 9, Some(10), 1);
}

#[test]
fn sizes_of_aggregates() {
    check("type A optional<u32>", 1, Some(5), 2);
    check("type A optional<str>", 1, None, 2);
    check("type A list<u32>", 1, None, 2);
    check("type A list<u32>[3]", 12, Some(12), 2);
    check("type A list<uint>[3]", 3, Some(30), 2);
    check("type A list<list<u8>[2]>[3]", 6, Some(6), 3);
    check("type A map<u8><u8>", 1, None, 2);
    check("type A struct { a: u8 b: uint c: optional<u16> }", 3, Some(14), 3);
    check("type A struct { a: u8 b: str }", 2, None, 2);
    check("type A union { void | u32 }", 1, Some(5), 2);
    check("type A union { u32 = 127 | u8 }", 3, Some(5), 2);
    check("type A union { u32 | str }", 2, None, 2);
}

#[test]
fn sizes_above_64_bits_are_given_up() {
    check("type A list<u64>[18446744073709551615]", u64::MAX, None, 2);
    check("type A data[18446744073709551615] type B optional<A>", 1, None, 2);
    check("type A data[18446744073709551615] type B struct { a: A b: A }", u64::MAX, None, 2);
}

#[test]
fn user_types_are_seen_through() {
    check("type A struct { a: u8 } type B A", 1, Some(1), 2);
    check("type A struct { a: u8 } type B struct { a: A }", 1, Some(1), 3);
    check("type A u8 type B A type C B type D C", 1, Some(1), 3);
    let schema = schema("type V void type W V type A union { W | u8 }");
    let [v, w, a] = schema.definitions() else { panic!("three definitions") };
    assert!(schema.is_void(v.ty) && schema.is_void(w.ty) && !schema.is_void(a.ty));
    assert_eq!(schema.resolve(w.ty), v.ty);
    assert_eq!(schema.resolve(a.ty), a.ty);
}

#[test]
fn numbers_are_counted() {
    let schema = schema("type E enum { FOO BAR = 255 BUZZ } type U union { int | uint = 255 | str }");
    let lines: Vec<String> = schema.ids().map(|id| schema.canonical(id)).collect();
    assert_eq!(lines, ["E enum{FOO=0 BAR=255 BUZZ=256}", "U union{int=0|uint=255|str=256}"]);
}

#[test]
fn canonical_lines_hold_the_meaning_and_nothing_else() {
    let schema = schema(
        "# docs\ntype E enum { A }\n\
         type ToServerWebSocketClose struct {\n  code: optional < u16 > # c\n  reason: optional<str>\n  hibernate: bool\n}\n\
         type All struct { a: data[ 007 ] b: list<u8> [ 4 ] c: map<E><data> d: union { | void | E = 9 | } e: enum { X } }",
    );
    let lines: Vec<String> = schema.ids().map(|id| schema.canonical(id)).collect();
    assert_eq!(
        lines,
        [
            "E enum{A=0}",
            "ToServerWebSocketClose struct{code:optional<u16> reason:optional<str> hibernate:bool}",
            "All struct{a:data[7] b:list<u8>[4] c:map<E><data> d:union{void=0|E=9} e:enum{X=0}}",
        ]
    );
}

#[test]
fn definitions_are_found_by_name_and_know_their_users() {
    let schema = schema("type B u8 type A struct { b: list<B> } type C u8");
    let id = |name: &str| schema.find(name).expect("defined");
    assert_eq!(schema.find("D"), None);
    assert_eq!(id("A").index(), 1);
    assert!(schema.is_used(id("B")) && !schema.is_used(id("A")) && !schema.is_used(id("C")));
    let Type::Struct(a) = schema.ty(schema.definition(id("A")).ty) else { panic!("a struct") };
    let Type::List { element, len: None } = schema.ty(a.fields[0].ty) else { panic!("a list") };
    assert_eq!(schema.ty(*element), &Type::Named(id("B")));
}

#[test]
fn spans_cover_what_they_name() {
    let text =
        "type A struct { first: list<u8> [ 4 ] } # x\ntype E enum { X = 5 }\ntype U union { A = 4 | E }";
    let schema = schema(text);
    let at = |span: barewire_syntax::Span| &text[span.range()];
    let [a, e, u] = schema.definitions() else { panic!("three definitions") };
    assert_eq!((at(a.span), at(a.name_span)), ("type A struct { first: list<u8> [ 4 ] }", "A"));
    let (Type::Struct(a), Type::Enum(e), Type::Union(u)) =
        (schema.ty(a.ty), schema.ty(e.ty), schema.ty(u.ty))
    else {
        panic!("a struct, an enum and a union")
    };
    assert_eq!(at(a.fields[0].span), "first: list<u8> [ 4 ]");
    assert_eq!(at(e.values[0].span), "X = 5");
    assert_eq!((at(u.members[0].span), at(u.members[1].span)), ("A = 4", "E"));
}
