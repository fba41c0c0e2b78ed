//! The recorded octets that a strict decoder refuses: which peers are strict, and that the notes of the rows are true.

use barewire::{Decode, Message};
use barewire_peers::codec::{Codec, SerdeBare, Vbare};
use barewire_peers::{for_serde_bare, for_vbare, ours};
use serde::Serialize;
use serde::de::DeserializeOwned;

const ROWS: &str = include_str!("../../../../protocol/vectors/refused.txt");

#[test]
fn each_row_is_accepted_by_those_that_its_note_calls_lenient() {
    let mut judged = 0;
    for row in ROWS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (frame, note) = row.split_once('#').expect("a row is explained");
        let words: Vec<_> = frame.split_whitespace().collect();
        let ["v3", ty, hex] = words[..] else { panic!("a row of version 3 has three words: {row}") };
        judge(ty, &octets(hex), note);
        judged += 1;
    }
    assert_ne!(judged, 0);
}

fn judge(ty: &str, octets: &[u8], note: &str) {
    macro_rules! by_name {
        ($($message:ident),*) => {
            match ty {
                $(stringify!($message) => accepts::<
                    ours::runner::v3::$message,
                    for_serde_bare::runner::v3::$message,
                    for_vbare::runner::v3::$message,
                >(octets),)*
                _ => panic!("nothing is known of `{ty}`"),
            }
        };
    }
    let accepted = by_name!(
        ToServer,
        ToServerWebSocketOpen,
        ToServerWebSocketClose,
        StopCode,
        ToServerlessServerInit,
        ToClientWebSocketOpen
    );
    let lenient = note.contains("lenient decoders");
    assert_eq!(accepted, [false, lenient, false], "by us, serde_bare and vbare: {ty} {note}");
}

/// Whether barewire, `serde_bare` and `vbare` accept `octets`.
fn accepts<O, S, V>(octets: &[u8]) -> [bool; 3]
where
    O: Message + for<'a> Decode<'a>,
    S: DeserializeOwned + Serialize,
    V: vbare::Body,
{
    let serde_bare: Result<S, _> = SerdeBare::decode(octets);
    let vbare: Result<V, _> = Vbare::decode(octets);
    [O::decode(octets).is_ok(), serde_bare.is_ok(), vbare.is_ok()]
}

fn octets(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).expect("ASCII"));
    digits.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits")).collect()
}
