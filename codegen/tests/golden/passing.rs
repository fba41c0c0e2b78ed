//! Messages whose member is the same in two versions pass a codec without a step, and never past a step written by hand.

use barewire::{Losses, Message, Migrated, Migrator};
use barewire_golden::passing as golden;
use golden::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
use golden::{Codec, v1, v2, v3};
use proptest::prelude::{ProptestConfig, Strategy};
use proptest::test_runner::TestRunner;
use proptest::{collection, prop_assert_eq, prop_oneof};

include!("passing/strategies.rs");

/// Steps as they are generated.
#[derive(Clone, Debug)]
struct Generated(Losses);

/// Steps that look at whole messages, as they may: between 1 and 2 up, and between 3 and 2 down.
#[derive(Clone, Debug)]
struct ByHand {
    losses: Losses,
    seen: usize,
}

/// Steps for parts whose octets are the same, and which mean something else.
#[derive(Clone, Debug)]
struct Parts(Losses);

/// A step for whole messages that decides about some, and hands the others on to another migrator with the same record.
#[derive(Clone, Debug)]
struct Clamped(Generated);

/// A step down by hand that tries whether its message comes up again.
#[derive(Clone, Debug)]
struct Cautious(Losses);

macro_rules! answers {
    ($migrations:ident, $($losses:tt).+) => {
        answers!($migrations, $($losses).+,);

        impl V2ToV1 for $migrations {
            fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
                let v2::Note { text, mark } = from;
                if mark.is_some() {
                    self.losses().dropped("mark", 1)?;
                }
                Ok(v1::Note { text })
            }
        }
    };
    ($migrations:ident, $($losses:tt).+,) => {
        impl Migrator for $migrations {
            fn losses(&mut self) -> &mut Losses {
                &mut self.$($losses).+
            }
        }

        impl V2ToV3 for $migrations {}
    };
}

answers!(Generated, 0);
answers!(ByHand, losses);
answers!(Parts, 0);
answers!(Clamped, 0.0);
answers!(Cautious, 0,);

macro_rules! generated_down {
    ($($migrations:ident)*) => {$(
        impl V3ToV2 for $migrations {
            fn note(&mut self, from: v3::Note) -> Migrated<v2::Note> {
                let v3::Note { text, mark, stars } = from;
                if stars.is_some() {
                    self.losses().dropped("stars", 2)?;
                }
                Ok(v2::Note { text, mark })
            }
        }
    )*};
}

generated_down!(Generated Parts Clamped Cautious);

impl V1ToV2 for Generated {}

impl V1ToV2 for Parts {
    fn new(&mut self, from: v1::Old) -> Migrated<v2::New> {
        Ok(v2::New { x: from.x / 1000 })
    }

    fn signal_struct(&mut self, from: v1::SignalStruct) -> Migrated<v2::SignalStruct> {
        Ok(v2::SignalStruct { y: from.y / 1000 })
    }
}

impl V1ToV2 for Clamped {
    fn signal(&mut self, from: v1::Signal) -> Migrated<v2::Signal> {
        match from {
            v1::Signal::Ping(v1::Ping { at }) if at > 100 => Ok(v2::Signal::Ping(v2::Ping { at: 100 })),
            from => V1ToV2::signal(&mut self.0, from),
        }
    }
}

impl V1ToV2 for Cautious {}

impl V2ToV1 for Cautious {
    fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
        Ok(v1::Note { text: from.text })
    }

    fn signal(&mut self, from: v2::Signal) -> Migrated<v1::Signal> {
        let v2::Signal::Ping(v2::Ping { at }) = from else { return Ok(v1::Signal::Halt) };
        let old = v1::Signal::Ping(v1::Ping { at: at / 1000 });
        V1ToV2::signal(self, old.clone())?;
        Ok(old)
    }
}

impl V1ToV2 for ByHand {
    fn signal(&mut self, from: v1::Signal) -> Migrated<v2::Signal> {
        self.seen += 1;
        match from {
            // Version 1 counted seconds.
            v1::Signal::Ping(v1::Ping { at }) => Ok(v2::Signal::Ping(v2::Ping { at: at * 1000 })),
            _ => Ok(v2::Signal::Halt),
        }
    }
}

impl V3ToV2 for ByHand {
    fn note(&mut self, from: v3::Note) -> Migrated<v2::Note> {
        let v3::Note { text, mark, stars: _ } = from;
        Ok(v2::Note { text, mark })
    }

    fn signal(&mut self, from: v3::Signal) -> Migrated<v2::Signal> {
        self.seen += 1;
        match from {
            v3::Signal::Ping(v3::Ping { at }) => Ok(v2::Signal::Ping(v2::Ping { at: at / 1000 })),
            _ => Ok(v2::Signal::Halt),
        }
    }
}

fn codec(version: u16) -> Codec<Generated> {
    Codec::new(version, Generated(Losses::refused())).unwrap()
}

fn ping(at: u64) -> v3::Signal {
    v3::Signal::Ping(v3::Ping { at })
}

/// Whether `octets`, a frame of the codec's version, are read without a copy.
#[track_caller]
fn is_view(codec: &mut Codec<Generated>, octets: &[u8]) -> bool {
    matches!(codec.read::<v3::Signal>(octets).unwrap(), barewire::Latest::View(_))
}

#[test]
fn what_did_not_change_is_read_without_a_copy_once_a_message_has_passed_all_steps() {
    let octets = ping(7).encode_to_vec();
    for version in [1, 2] {
        let mut codec = codec(version);
        assert!(!is_view(&mut codec, &octets), "no step was seen yet");
        assert!(is_view(&mut codec, &octets));
        assert_eq!(codec.read_as().unwrap().version, version);
        assert_eq!(codec.decode::<v3::Signal>(&octets).unwrap(), ping(7));
        // Of a clone, the same steps are known.
        assert!(is_view(&mut codec.clone(), &octets));
        let error = codec.decode::<v3::Signal>(&octets[..3]).unwrap_err();
        assert_eq!(error.to_string(), "input ended, 6 more bytes needed at byte 3 in Signal.Ping.at");
    }
}

#[test]
fn what_another_member_showed_holds_for_all_that_did_not_change() {
    let mut codec = codec(2);
    let halt = v3::Signal::Halt.encode_to_vec();
    assert!(!is_view(&mut codec, &halt));
    assert!(is_view(&mut codec, &ping(7).encode_to_vec()));
    assert!(is_view(&mut codec, &[3, 1, 0x80, 1]), "ages are the same from version 2 on");
}

/// A note has another layout, ages are numbers of another layout, and version 1 has another tag for `Halt`.
#[test]
fn what_did_change_takes_its_steps() {
    let mut codec = codec(1);
    // Any message shows that the steps are generated ones, in its direction.
    for _ in 0..2 {
        assert!(!is_view(&mut codec, &v1::Signal::Note(v1::Note { text: "a".into() }).encode_to_vec()));
    }
    assert!(is_view(&mut codec, &ping(7).encode_to_vec()));
    codec.encode(&ping(7)).unwrap();
    for (old, new) in [
        (v1::Signal::Note(v1::Note { text: "a".into() }), note(None, None)),
        (v1::Signal::Halt, v3::Signal::Halt),
        (v1::Signal::Ages(vec![300]), v3::Signal::Ages(vec![300])),
        (v1::Signal::Old(v1::Old { x: 7 }), v3::Signal::New(v3::New { x: 7 })),
        (v1::Signal::Struct(v1::SignalStruct { y: 7 }), v3::Signal::Struct(v3::SignalStruct { y: 7 })),
    ] {
        let octets = old.encode_to_vec();
        assert_eq!(codec.decode::<v3::Signal>(&octets).unwrap(), new);
        assert!(!is_view(&mut codec, &octets), "{old:?}");
        assert_eq!(codec.encode(&new).unwrap(), octets);
        assert_eq!(codec.encode(&new).unwrap(), octets);
    }
    // The tag of `Halt` in version 3 is none in version 1.
    let error = codec.decode::<v3::Signal>(&[5]).unwrap_err();
    assert_eq!(error.to_string(), "unknown union tag 5 at byte 0 in Signal");
    let error = codec.encode(&note(Some("m"), None)).unwrap_err();
    assert_eq!(error.to_string(), "version 1 has no place for this value in Signal.Note.mark");
}

fn note(mark: Option<&str>, stars: Option<u8>) -> v3::Signal {
    v3::Signal::Note(v3::Note { text: "a".into(), mark: mark.map(Into::into), stars })
}

/// A codec for a store meets all versions; what it knows of one says nothing of another.
#[test]
fn versions_are_known_apart() {
    let mut codec = codec(3);
    for version in [2_u8, 1] {
        let stored = [&[version, 0], &ping(7).encode_to_vec()[..]].concat();
        let mut is_view =
            || matches!(codec.read_embedded::<v3::Signal>(&stored).unwrap(), barewire::Latest::View(_));
        assert_eq!([is_view(), is_view()], [false, true], "version {version}");
        assert_eq!(codec.decode_embedded::<v3::Signal>(&stored).unwrap(), ping(7));
    }
}

/// A step written by hand sees each message, however many the generated ones beside it let pass.
#[test]
fn a_step_written_by_hand_is_always_asked() {
    let octets = ping(7).encode_to_vec();
    let mut codec = Codec::new(1, ByHand { losses: Losses::refused(), seen: 0 }).unwrap();
    for seen in 1..4 {
        assert_eq!(codec.decode::<v3::Signal>(&octets).unwrap(), ping(7000));
        assert_eq!(codec.migrations().seen, seen);
    }
    for seen in 4..7 {
        assert_eq!(codec.encode(&ping(7000)).unwrap(), octets);
        assert_eq!(codec.migrations().seen, seen);
    }
    // From version 2 up there are generated steps only, down there is one by hand.
    let mut codec = Codec::new(2, ByHand { losses: Losses::refused(), seen: 0 }).unwrap();
    for _ in 0..3 {
        assert_eq!(codec.decode::<v3::Signal>(&octets).unwrap(), ping(7));
        assert_eq!(codec.migrations().seen, 0);
    }
    assert!(matches!(codec.read::<v3::Signal>(&octets).unwrap(), barewire::Latest::View(_)));
    for seen in 1..3 {
        assert_eq!(codec.encode(&ping(7000)).unwrap(), octets);
        assert_eq!(codec.migrations().seen, seen);
    }
}

#[test]
fn a_part_is_for_its_method_to_decide_although_its_octets_are_the_same() {
    let mut codec = Codec::new(1, Parts(Losses::refused())).unwrap();
    for _ in 0..2 {
        let octets = ping(7).encode_to_vec();
        assert_eq!(codec.decode::<v3::Signal>(&octets).unwrap(), ping(7));
        let old = v1::Signal::Old(v1::Old { x: 7000 }).encode_to_vec();
        let new = codec.decode::<v3::Signal>(&old).unwrap();
        assert_eq!(new, v3::Signal::New(v3::New { x: 7 }));
        let old = v1::Signal::Struct(v1::SignalStruct { y: 7000 }).encode_to_vec();
        let new = codec.decode::<v3::Signal>(&old).unwrap();
        assert_eq!(new, v3::Signal::Struct(v3::SignalStruct { y: 7 }));
        // The error names what the version has.
        let error = codec.decode::<v3::Signal>(&[6, 1]).unwrap_err();
        assert_eq!(error.to_string(), "input ended, 3 more bytes needed at byte 2 in Signal.Old.x");
    }
}

#[test]
fn a_migrator_that_is_handed_some_messages_says_nothing_of_the_others() {
    let mut codec = Codec::new(1, Clamped(Generated(Losses::refused()))).unwrap();
    for (at, expected) in [(500, 100), (1, 1), (500, 100), (1, 1), (500, 100)] {
        assert_eq!(codec.decode::<v3::Signal>(&ping(at).encode_to_vec()).unwrap(), ping(expected));
    }
}

#[test]
fn a_step_that_is_tried_says_nothing_of_the_one_that_tries_it() {
    let mut codec = Codec::new(1, Cautious(Losses::refused())).unwrap();
    for _ in 0..3 {
        assert_eq!(codec.encode(&ping(7000)).unwrap(), ping(7).encode_to_vec());
    }
}

/// A codec that knows every step does the same as one that knows none.
#[test]
fn passing_changes_nothing() {
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    let frames = prop_oneof![
        strategies::v1::signal().prop_map(|message| message.encode_to_vec()),
        strategies::v2::signal().prop_map(|message| message.encode_to_vec()),
        collection::vec(0_u8..8, 0..12),
    ];
    let mut runner = TestRunner::new(config);
    for version in [1, 2] {
        let known = || {
            let mut codec = codec(version);
            codec.decode::<v3::Signal>(&ping(7).encode_to_vec()).unwrap();
            codec.encode(&ping(7)).unwrap();
            codec
        };
        let same = |message: v3::Signal| {
            let text = |encoded: barewire::Coded<barewire::Bytes>| encoded.map_err(|error| error.to_string());
            prop_assert_eq!(text(known().encode(&message)), text(codec(version).encode(&message)));
            Ok(())
        };
        runner.run(&strategies::v3::signal(), same).unwrap();
        let same = |octets: Vec<u8>| {
            let text = |decoded: barewire::Coded<v3::Signal>| decoded.map_err(|error| error.to_string());
            prop_assert_eq!(text(known().decode(&octets)), text(codec(version).decode(&octets)));
            Ok(())
        };
        runner.run(&frames, same).unwrap();
    }
}
