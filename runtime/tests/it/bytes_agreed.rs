//! The vectors of valid messages: every implementation of the format agrees on these octets.

use barewire::{
    Decode, DecodeErrorKind, Elements, Encode, FixedData, FixedList, Limits, Map, Message, Pair, Plain,
    Reader, Str, Varint,
};
use bytes::Bytes;
use core::fmt::Debug;

use crate::generated::{Last, Letter, MaybeOctet, Mixed, Nothing, Number};
use crate::shop::{CustomerOrders, Department, Person, PersonView};
use crate::wire::{decode, encode, hex};

/// `value` and `digits` are the same in the layout `W`, no proper prefix is a value, and nothing may follow.
#[track_caller]
fn same_as<W, T>(value: &T, digits: &str)
where
    T: Encode<W> + for<'a> Decode<'a, W> + Debug,
{
    let octets = hex(digits);
    assert_eq!(encode::<W, T>(value), octets);
    let shared = Bytes::from(octets.clone());
    for decoded in [decode::<W, T>(&octets), decode::<W, T>(&shared)] {
        let decoded = decoded.expect("a valid value");
        // Compared in both forms, because NaN is not equal to itself.
        assert_eq!(format!("{decoded:?}"), format!("{value:?}"));
        assert_eq!(encode::<W, T>(&decoded), octets);
    }

    for len in 0..octets.len() {
        let error = decode::<W, T>(&octets[..len]).expect_err("a proper prefix");
        let needed = error.needed().expect("an incomplete input");
        assert!((1..=octets.len() - len).contains(&needed), "{needed} needed after {len} octets");
    }

    let mut trailing = octets.clone();
    trailing.push(0);
    let error = decode::<W, T>(&trailing).expect_err("a trailing octet");
    assert_eq!(error.kind(), DecodeErrorKind::TrailingBytes { count: 1 });
    assert_eq!(error.offset(), octets.len());

    let mut r = Reader::new(&trailing, &Limits::default());
    T::read(&mut r).expect("a valid value");
    assert_eq!(r.position(), octets.len());
}

#[track_caller]
fn same<T: Encode + for<'a> Decode<'a> + Debug>(value: T, digits: &str) {
    same_as::<Plain, T>(&value, digits);
}

#[test]
fn uint() {
    let rows = [
        (0, "00"),
        (1, "01"),
        (126, "7e"),
        (127, "7f"),
        (128, "8001"),
        (129, "8101"),
        (255, "ff01"),
        (16_383, "ff7f"),
        (16_384, "808001"),
        (2_097_151, "ffff7f"),
        (2_097_152, "80808001"),
        (4_294_967_295, "ffffffff0f"),
        (9_007_199_254_740_991, "ffffffffffffff0f"),
        (72_057_594_037_927_936, "808080808080808001"),
        (9_223_372_036_854_775_807, "ffffffffffffffff7f"),
        (9_223_372_036_854_775_808, "80808080808080808001"),
        (18_446_744_073_709_551_615, "ffffffffffffffffff01"),
    ];
    for (value, digits) in rows {
        same_as::<Varint, u64>(&value, digits);
    }
}

#[test]
fn int() {
    let rows = [
        (0, "00"),
        (1, "02"),
        (-1, "01"),
        (63, "7e"),
        (-63, "7d"),
        (64, "8001"),
        (-64, "7f"),
        (65, "8201"),
        (-65, "8101"),
        (255, "fe03"),
        (-255, "fd03"),
        (i64::MAX, "feffffffffffffffff01"),
        (i64::MIN, "ffffffffffffffffff01"),
    ];
    for (value, digits) in rows {
        same_as::<Varint, i64>(&value, digits);
    }
}

#[test]
fn numbers_of_a_fixed_size() {
    same(0_u8, "00");
    same(127_u8, "7f");
    same(255_u8, "ff");
    same(1_u16, "0100");
    same(65_535_u16, "ffff");
    same(0_u32, "00000000");
    same(1_u32, "01000000");
    same(255_u32, "ff000000");
    same(u32::MAX, "ffffffff");
    same(1_u64, "0100000000000000");
    same(u64::MAX, "ffffffffffffffff");
    same(0_i8, "00");
    same(-1_i8, "ff");
    same(127_i8, "7f");
    same(-128_i8, "80");
    same(0_i16, "0000");
    same(1_i16, "0100");
    same(-1_i16, "ffff");
    same(255_i16, "ff00");
    same(-255_i16, "01ff");
    same(i16::MIN, "0080");
    same(i32::MIN, "00000080");
    same(i32::MAX, "ffffff7f");
    same(4_242_424_242_i64, "b241defc00000000");
    same(i64::MIN, "0000000000000080");
}

#[test]
fn floats_keep_every_bit() {
    same(0.0_f32, "00000000");
    same(1.0_f32, "0000803f");
    same(-2.5_f32, "000020c0");
    same(f32::INFINITY, "0000807f");
    same(f32::NEG_INFINITY, "000080ff");
    same(f32::from_bits(0x8000_0000), "00000080");
    same(f32::from_bits(0x7fc0_0000), "0000c07f");
    same(0.0_f64, "0000000000000000");
    same(1.0_f64, "000000000000f03f");
    same(2.55_f64, "6666666666660440");
    same(-25.5_f64, "00000000008039c0");
    same(f64::from_bits(0x8000_0000_0000_0000), "0000000000000080");
    same(f64::from_bits(0x7ff8_0000_0000_0000), "000000000000f87f");
    same(f64::from_bits(0x7ff0_0000_0000_0001), "010000000000f07f");
    same(f64::from_bits(0x0000_0000_0000_0001), "0100000000000000");
}

#[test]
fn bool() {
    same(true, "01");
    same(false, "00");
}

#[test]
fn str() {
    let rows = [
        ("", "00"),
        ("BARE", "0442415245"),
        ("é", "02c3a9"),
        ("日本", "06e697a5e69cac"),
        ("😀", "04f09f9880"),
        ("a\0b", "03610062"),
        (&"x".repeat(128), &format!("8001{}", "78".repeat(128))),
    ];
    for (text, digits) in rows {
        same(Str::from(text), digits);
        same(String::from(text), digits);
        assert_eq!(decode::<Plain, &str>(&hex(digits)).unwrap(), text);
    }
}

#[test]
fn data() {
    same(Bytes::new(), "00");
    let octets = "aaeeffeeddccbbaaeeddccbbeeddccbb";
    same(Bytes::from(hex(octets)), &format!("10{octets}"));
    same(hex(octets), &format!("10{octets}"));
    same::<[u8; 16]>(hex(octets).try_into().unwrap(), octets);
    same::<FixedData<16>>(hex(octets).try_into().unwrap(), octets);
    same([0x11_u8; 40], &"11".repeat(40));
    same(FixedData::from([0x11; 40]), &"11".repeat(40));
}

#[test]
fn void() {
    same(Nothing, "");
    assert_eq!(Nothing::decode(&[]).unwrap(), Nothing);
}

#[test]
fn enums() {
    same(Letter::Foo, "00");
    same(Letter::Bar, "ff01");
    same(Letter::Buzz, "8002");
    same(Last::A, "ffffffffffffffffff01");
    same(Department::Jsmith, "63");
}

#[test]
fn optional() {
    same(None::<u32>, "00");
    same(Some(0_u32), "0100000000");
    same(Some(255_u32), "01ff000000");
    same(Some(None::<u8>), "0100");
    same(Some(Some(5_u8)), "010105");
}

#[test]
fn lists() {
    same(["foo", "bar", "buzz"].map(Str::from).to_vec(), "0303666f6f036261720462757a7a");
    same(Vec::<Str>::new(), "00");
    same(vec![true, false, true], "03010001");

    let uints = [0_u64, 1, 254, 255, 256, 257, 126, 127, 128, 129];
    let digits = "0001fe01ff01800281027e7f80018101";
    same_as::<Varint, [u64; 10]>(&uints, digits);
    same_as::<Varint, FixedList<u64, 10>>(&FixedList::from(uints), digits);

    let numbers = core::array::from_fn::<u16, 33, _>(|index| index as u16);
    let digits = (0..33).map(|number| format!("{number:02x}00")).collect::<String>();
    same(numbers, &digits);
    same(FixedList::from(numbers), &digits);
    same_as::<Elements, [u8; 3]>(&[1, 2, 3], "010203");
    same_as::<Elements, Option<u8>>(&Some(7), "0107");
    same(FixedList::from([1_u8, 2, 3]), "010203");
}

#[test]
fn maps() {
    let names = [(0_u32, "zero"), (1, "one"), (255, "two hundreds and fifty five")];
    same(
        Map::from(names.map(|(number, name)| (number, Str::from(name)))),
        "03 00000000 047a65726f 01000000 036f6e65 ff000000 1b \
         74776f2068756e647265647320616e642066696674792066697665",
    );
    same(Map::<u32, Str>::new(), "00");
    same(Map::from([(Str::from("b"), 1_u8), (Str::from("a"), 2)]), "02016201016102");
    same_as::<Pair<Varint, Varint>, Map<u64, i64>>(&Map::from([(300, -1), (2, 1)]), "02ac02010202");
}

#[test]
fn unions() {
    same(Number::Int(0), "0000");
    same(Number::Int(1), "0002");
    same(Number::Uint(1), "ff0101");
    same(Number::Int(-1), "0001");
    same(Number::Int(255), "00fe03");
    same(Number::Uint(255), "ff01ff01");
    same(Number::Int(-255), "00fd03");
    same(Number::Str("BARE".into()), "80020442415245");
    same(MaybeOctet::Void, "01");
    same(MaybeOctet::U8(7), "0007");
}

#[test]
fn structs() {
    same(Mixed { foo: 255, bar: -255, buzz: "BARE".into() }, "ff01fd030442415245");
}

#[test]
fn the_company_of_the_drafts() {
    let rows = [
        "00 0b4a616d657320536d697468 126a736d697468406578616d706c652e6f7267 0b313233204d61696e205374 \
         0c5068696c6164656c70686961 025041 0d556e6974656420537461746573 01 b241defc00000000 05000000 00",
        "01 0b54696666616e7920446f65 1274696666616e79644061636d652e636f7270 0b313233204d61696e205374 \
         0c5068696c6164656c70686961 025041 0d556e6974656420537461746573 01 \
         14323032302d30362d32315432313a31383a30355a 00 00",
        "02",
    ];
    for digits in rows {
        let octets = hex(digits);
        same(Person::decode(&octets).unwrap(), digits);
        let view = PersonView::decode(&octets).unwrap();
        assert_eq!(view.encode_to_vec(), octets);
        assert_eq!(view.to_message::<Person>().unwrap(), Person::decode(&octets).unwrap());
    }

    let Person::Customer(customer) = Person::decode(&hex(rows[0])).unwrap() else {
        panic!("not a customer");
    };
    assert_eq!(customer.name, "James Smith");
    assert_eq!(customer.address[3], "United States");
    assert_eq!(customer.orders, [CustomerOrders { order_id: 4_242_424_242, quantity: 5 }]);
    let Person::Employee(employee) = Person::decode(&hex(rows[1])).unwrap() else {
        panic!("not an employee");
    };
    assert_eq!(employee.department, Department::Administration);
    assert_eq!(employee.hire_date, "2020-06-21T21:18:05Z");
    assert_eq!(employee.public_key, None);
}
