//! What a hand-written type may do with a reader that failed.

use barewire::{Decode, DecodeErrorKind, Encode, Failed, Limits, Message, Reader, Sink};

/// An octet that stands twice: the second one is looked for by a reader of its own, whose failure goes to the caller.
#[derive(Clone, Debug, PartialEq)]
struct Twice(u8);

impl<'a> Decode<'a> for Twice {
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let [octet] = *r.array()?;
        let mut ahead = r.clone();
        match *ahead.array()? {
            [next] if next == octet => r.array::<1>().map(|_| Self(octet)),
            [found] => Err(r.fail(DecodeErrorKind::UnknownEnumValue { found: found.into() })),
        }
    }
}

impl Encode for Twice {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.put(&[self.0, self.0]);
    }
}

impl Message for Twice {
    const NAME: &'static str = "Twice";
    type View<'a> = Self;
}

#[test]
fn the_failure_of_another_reader_is_an_error_and_no_panic() {
    assert_eq!(Twice::decode(&[7, 7]), Ok(Twice(7)));
    let error = Twice::decode(&[7]).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Unexplained);
    assert_eq!(error.needed(), None);
    assert_eq!(error.to_string(), "reading failed for a reason that another reader has at byte 1 in Twice");
}

/// An error that was looked at is not that of a later failure.
#[test]
fn each_failure_has_its_own_error() {
    let mut r = Reader::new(&[2, 1][..], &Limits::default());
    let first = r.bool().unwrap_err();
    let second = r.array::<3>().unwrap_err();
    assert_eq!(r.error(second).kind(), DecodeErrorKind::UnexpectedEnd { needed: 1 });
    let unexplained = r.error(first);
    assert_eq!(unexplained.kind(), DecodeErrorKind::Unexplained);
    assert_eq!(unexplained.offset(), 0);
    assert!(r.array::<2>().is_ok());
}
