//! `Str` is `str` in every use, and lets go of the frame when it is short.

use barewire::{Detach, Plain, Str};
use bytes::Bytes;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

use crate::wire::{decode, encode};

/// Text of exactly `len` octets.
fn text(len: usize) -> String {
    "abcdefghij".chars().cycle().take(len).collect()
}

#[test]
fn takes_40_octets_also_as_an_option() {
    assert_eq!(size_of::<Str>(), 40);
    assert_eq!(size_of::<Option<Str>>(), 40);
}

#[test]
fn behaves_as_str_at_every_length() {
    let hasher = RandomState::new();
    for len in [0, 1, 37, 38, 39, 200] {
        let string = text(len);
        let own = Str::from(string.as_str());
        assert_eq!(own.as_str(), string);
        assert_eq!(own.len(), len);
        assert_eq!(own, string);
        assert_eq!(string, own);
        assert_eq!(own, *string.as_str());
        assert_eq!(*string.as_str(), own);
        assert_eq!(own, string.as_str());
        assert_eq!(string.as_str(), own);
        assert_eq!(own, Cow::Borrowed(string.as_str()));
        assert_eq!(own.clone(), own);
        assert_eq!(format!("{own}|{own:?}|{own:>5}"), format!("{string}|{string:?}|{string:>5}"));
        assert_eq!(hasher.hash_one(&own), hasher.hash_one(string.as_str()));
        assert_eq!(AsRef::<[u8]>::as_ref(&own), string.as_bytes());
        assert_eq!(AsRef::<str>::as_ref(&own), string);
        assert_eq!(own.to_uppercase(), string.to_uppercase());

        let made = [
            Str::from(string.clone()),
            Str::from(&string),
            Str::from(string.clone().into_boxed_str()),
            Str::from(Cow::Borrowed(string.as_str())),
            Str::from(Cow::<str>::Owned(string.clone())),
            string.parse().unwrap(),
            string.chars().collect(),
            Str::from_utf8(Bytes::from(string.clone())).unwrap(),
        ];
        for other in made {
            assert_eq!(other, own);
            assert_eq!(String::from(other.clone()), string);
            assert_eq!(Bytes::from(other), string.as_bytes());
        }
    }
    assert_eq!(Str::default(), "");
    assert_eq!(Str::from('é'), "é");
}

#[test]
fn is_found_by_str_and_ordered_as_str() {
    let words = ["b", "", "a", "ab", "é", "B", &text(38), &text(39)];
    let hashed: HashMap<Str, usize> = words.iter().map(|&word| (Str::from(word), word.len())).collect();
    let sorted: BTreeMap<Str, usize> = words.iter().map(|&word| (Str::from(word), word.len())).collect();
    for word in words {
        assert_eq!(hashed.get(word), Some(&word.len()));
        assert_eq!(sorted.get(word), Some(&word.len()));
    }
    let mut expected = words.to_vec();
    expected.sort_unstable();
    assert!(sorted.keys().map(Str::as_str).eq(expected));
    assert!(sorted.keys().is_sorted_by(|before, after| before < after));
}

#[test]
fn octets_that_are_not_utf8_are_refused() {
    for len in [1, 38, 39, 100] {
        let mut octets = text(len).into_bytes();
        octets[len - 1] = 0xff;
        let error = Str::from_utf8(Bytes::from(octets)).unwrap_err();
        assert_eq!(error.valid_up_to(), len - 1);
    }
}

#[test]
fn short_text_does_not_keep_its_frame() {
    let frame = Bytes::from(encode::<Plain, str>(&text(38)));
    let own = decode::<Plain, Str>(&frame).unwrap();
    assert!(frame.is_unique());
    assert_eq!(own.retained_len(), 0);
    assert_eq!(own, text(38));
}

#[test]
fn long_text_shares_its_frame_until_detached() {
    let frame = Bytes::from(encode::<Plain, str>(&text(39)));
    let mut own = decode::<Plain, Str>(&frame).unwrap();
    assert!(!frame.is_unique());
    assert_eq!(own.as_ptr(), frame[1..].as_ptr());
    assert_eq!(own.retained_len(), 39);

    own.detach();
    assert!(frame.is_unique());
    assert_eq!(own, text(39));

    let copied = decode::<Plain, Str>(&frame[..]).unwrap();
    assert!(frame.is_unique());
    assert_eq!(copied, text(39));
}

#[test]
fn long_text_keeps_the_buffer_of_its_string() {
    let string = text(100);
    let start = string.as_ptr();
    let own = Str::from(string);
    assert_eq!(own.as_ptr(), start);
    assert_eq!(own.clone().as_ptr(), start);
    assert_eq!(Bytes::from(own).as_ptr(), start);
}
