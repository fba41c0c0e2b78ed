//! Migrations: strict and lenient ones agree, nothing is lost unsaid, and what goes down a version comes up again.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use barewire::{
    Bytes, Codec, CodecError, Coded, Decode, Downgrade, Family, Input, Latest, Limits, Message, Upgrade,
};
use barewire_protocol::migrations::LeftBehind;
use barewire_protocol::{Migrations, actor, runner};

use crate::subject::{Subject, subjects};

/// A message of a protocol on its way through the versions.
pub struct Course {
    /// Its name in the newest version.
    pub name: &'static str,
    /// Each layout that it had: the version, and where its type is defined under which name.
    pub layouts: &'static [(u16, &'static str, &'static str)],
    /// The migrations.
    pub migrations: &'static dyn Through,
}

/// What is done about losses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Policy {
    /// They are errors.
    Strict,
    /// They are recorded.
    Lenient,
}

/// The migrations of a message, whatever the message is.
pub trait Through: Sync {
    /// Decodes a frame of `version` into the newest, and drops it.
    ///
    /// # Errors
    ///
    /// Those of decoding.
    fn up(&self, version: u16, frame: Input<'_>, policy: Policy, limits: Limits) -> Coded<()>;

    /// Holds the migrations to their laws for octets that may be a frame of `version`.
    ///
    /// # Panics
    ///
    /// If a law is broken.
    fn judge(&self, version: u16, octets: &[u8]);
}

/// The message `T` of the family `F`.
struct Of<F, T>(PhantomData<fn() -> (F, T)>);

macro_rules! courses {
    ($($family:ident $ty:ident { $($version:literal $title:literal $name:literal),* $(,)? })*) => {
        /// Every message that any version of a protocol has.
        pub static COURSES: &[Course] = &[$(Course {
            name: stringify!($ty),
            layouts: &[$(($version, $title, $name)),*],
            migrations: &Of::<$family::Family, $family::latest::$ty>(PhantomData),
        }),*];
    };
}

courses! {
    runner ToServer { 1 "runner v1" "ToServer", 2 "runner v2" "ToServer", 3 "runner v3" "ToServer" }
    runner ToClient { 1 "runner v1" "ToClient", 2 "runner v2" "ToClient", 3 "runner v3" "ToClient" }
    runner ToGateway { 1 "runner v1" "ToGateway", 2 "runner v2" "ToGateway", 3 "runner v3" "ToGateway" }
    runner ToServerlessServer {
        1 "runner v1" "ToServerlessServer",
        2 "runner v2" "ToServerlessServer",
        3 "runner v3" "ToServerlessServer",
    }
    runner ToRunner { 3 "runner v3" "ToRunner" }
    actor Actor {
        1 "actor v1" "PersistedActor",
        2 "actor v2" "PersistedActor",
        2 "actor v2_older" "PersistedActor",
        3 "actor v3" "Actor",
    }
}

/// Holds the migrations of a message to their laws: the first octet chooses the message, the second its version.
///
/// # Panics
///
/// If a law is broken.
pub fn any(input: &[u8]) {
    let Some((&[course, layout], octets)) = input.split_first_chunk() else { return };
    let course = &COURSES[usize::from(course) % COURSES.len()];
    let (version, ..) = course.layouts[usize::from(layout) % course.layouts.len()];
    course.migrations.judge(version, octets);
}

impl Course {
    /// The type of the message in one of its layouts.
    #[must_use]
    pub fn subject(&self, layout: usize) -> &'static Subject {
        let (_, title, name) = self.layouts[layout];
        let found = subjects().iter().find(|subject| subject.title == title && subject.name == name);
        found.expect("each layout is a type of a schema")
    }
}

impl Debug for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Policy {
    fn migrations(self) -> Migrations {
        match self {
            Self::Strict => Migrations::strict(),
            Self::Lenient => Migrations::lenient(),
        }
    }

    fn codec<F: Family>(self, version: u16) -> Codec<F, Migrations> {
        Codec::new(version, self.migrations()).expect("a version of the family")
    }
}

impl<F, T> Through for Of<F, T>
where
    F: Family,
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone + Debug + PartialEq + for<'a> Decode<'a>,
{
    fn up(&self, version: u16, frame: Input<'_>, policy: Policy, limits: Limits) -> Coded<()> {
        policy.codec::<F>(version).with_limits(limits).decode::<T>(frame).map(drop)
    }

    fn judge(&self, version: u16, octets: &[u8]) {
        let (mut strict, mut lenient) =
            (Policy::Strict.codec::<F>(version), Policy::Lenient.codec::<F>(version));
        let strictly = strict.decode::<T>(octets);
        let leniently = lenient.decode::<T>(octets);
        ways_in_agree::<F, T>(version, octets, &strictly);
        let lost = lenient.migrations().lost();
        let message = match (strictly, leniently) {
            (Ok(strictly), Ok(leniently)) => {
                assert_eq!(strictly, leniently);
                assert_eq!(lost, []);
                let alternate = strict.read_as().and_then(|read_as| read_as.alternate);
                if is_nothing_kept(strict.migrations()) && alternate.is_none() {
                    assert_eq!(strict.encode(&strictly).expect("it came from there"), octets);
                }
                strictly
            }
            (Err(error), Ok(leniently)) => {
                assert!(matches!(error, CodecError::Migrate(_)), "{error}");
                assert_ne!(lost, [], "strict refuses what lenient does not lose: {error}");
                leniently
            }
            (Err(strictly), Err(leniently)) => {
                assert_eq!(strictly.to_string(), leniently.to_string());
                assert!(strictly.to_string().chars().count() <= 200, "{strictly}");
                return;
            }
            (Ok(_), Err(error)) => panic!("lenient refuses what strict accepts: {error}"),
        };
        for older in 1..=F::LATEST {
            down_and_up::<F, T>(older, &message);
        }
    }
}

fn is_nothing_kept(migrations: &Migrations) -> bool {
    migrations.tunnel().is_none() && *migrations.left_behind() == LeftBehind::default()
}

/// Reading, and decoding behind a version, give what decoding does.
fn ways_in_agree<F, T>(version: u16, octets: &[u8], expected: &Coded<T>)
where
    F: Family,
    T: Upgrade<F, Migrations> + Debug + PartialEq + for<'a> Decode<'a>,
{
    let mut codec = Policy::Strict.codec::<F>(version);
    match (codec.read::<T>(octets), expected) {
        (Ok(latest), Ok(expected)) => {
            assert!(
                version < F::LATEST || matches!(latest, Latest::View(_)),
                "the newest version is not copied"
            );
            let owned = latest.into_owned_with(&Limits::trusted()).expect("the octets were accepted");
            assert_eq!(owned, *expected);
        }
        (read, expected) => {
            assert_eq!(
                read.err().map(|error| error.to_string()),
                expected.as_ref().err().map(ToString::to_string)
            );
        }
    }
    let embedded = Bytes::from([&version.to_le_bytes(), octets].concat());
    match (codec.decode_embedded::<T>(&embedded), expected) {
        (Ok(message), Ok(expected)) => assert_eq!(message, *expected),
        // Offsets count the version.
        (Err(CodecError::Decode(embedded)), Err(CodecError::Decode(expected))) => {
            assert_eq!((embedded.kind(), embedded.offset()), (expected.kind(), expected.offset() + 2));
        }
        (Err(embedded), Err(expected)) => assert_eq!(embedded.to_string(), expected.to_string()),
        (embedded, expected) => {
            panic!("behind a version: {:?}, without: {:?}", embedded.err(), expected.as_ref().err())
        }
    }
}

/// What the older version can hold comes back as it was, and what it cannot is said.
fn down_and_up<F, T>(older: u16, message: &T)
where
    F: Family,
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone + Debug + PartialEq + Message,
{
    let (mut strict, mut lenient) = (Policy::Strict.codec::<F>(older), Policy::Lenient.codec::<F>(older));
    match (strict.encode(message), lenient.encode(message)) {
        (Ok(strictly), Ok(leniently)) => {
            assert_eq!(strictly, leniently);
            assert_eq!(lenient.migrations().lost(), []);
            let back: T =
                strict.with_limits(Limits::trusted()).decode(&strictly).expect("it was written just now");
            assert_eq!(back, *message);
        }
        (Err(error), Ok(leniently)) => {
            assert_ne!(lenient.migrations().lost(), [], "strict refuses what lenient does not lose: {error}");
            let back = lenient.with_limits(Limits::trusted()).decode::<T>(&leniently);
            assert!(back.is_ok(), "what was written is not read: {:?}", back.err());
        }
        (Err(strictly), Err(leniently)) => assert_eq!(strictly.to_string(), leniently.to_string()),
        (Ok(_), Err(error)) => panic!("lenient refuses what strict accepts: {error}"),
    }
}
