//! What the properties are held to: every type of both families in every version, and of schemas made for the purpose.

use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::sync::LazyLock;

use barewire::{Decode, DecodeError, Input, Limits, Message};
use barewire_conformance::parts;
use barewire_dynamic::MessageType;
use barewire_syntax::ir::{Schema, TypeId};
use barewire_syntax::{Checked, Source, check};

/// A type, and what can be done with octets that may be one of its values.
pub struct Subject {
    /// Where the type is defined, such as `runner v3`.
    pub title: &'static str,
    /// Its name in the schema.
    pub name: &'static str,
    schema: &'static LazyLock<Checked<Schema>>,
    dynamic: &'static LazyLock<MessageType<'static>>,
    /// The codec of the type.
    pub codec: &'static dyn Codec,
}

/// The generated code of a type, whatever the type is.
pub trait Codec: Sync {
    /// Decodes an owned value, and drops it.
    ///
    /// # Errors
    ///
    /// Those of decoding.
    fn owned(&self, input: Input<'_>, limits: &Limits) -> Result<(), DecodeError>;

    /// Decodes a view.
    ///
    /// # Errors
    ///
    /// Those of decoding.
    fn view(&self, octets: &[u8], limits: &Limits) -> Result<(), DecodeError>;

    /// Makes an owned value of a view, and drops it.
    ///
    /// # Errors
    ///
    /// Those of both.
    fn owned_from_view(&self, octets: &[u8], limits: &Limits) -> Result<(), DecodeError>;

    /// Holds the code to its laws for these octets; returns what refused them.
    ///
    /// # Errors
    ///
    /// Those of decoding.
    ///
    /// # Panics
    ///
    /// If a law is broken.
    fn judge(&self, octets: &[u8]) -> Result<(), DecodeError>;

    /// The numbers, strings and truth values of the value that these octets are.
    ///
    /// # Panics
    ///
    /// If they are none.
    fn leaves(&self, octets: &[u8]) -> Vec<String>;

    /// Holds encoding to its laws for the value that these octets are.
    ///
    /// # Panics
    ///
    /// If they are none, or if a law is broken.
    fn encode(&self, octets: &[u8]);

    /// The name of the Rust type.
    fn rust_name(&self) -> &'static str;
}

/// The generated code of the message `M`.
struct Of<M>(PhantomData<fn() -> M>);

impl<M> Codec for Of<M>
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    fn owned(&self, input: Input<'_>, limits: &Limits) -> Result<(), DecodeError> {
        M::decode_with(input, limits).map(drop)
    }

    fn view(&self, octets: &[u8], limits: &Limits) -> Result<(), DecodeError> {
        M::View::decode_with(octets, limits).map(drop)
    }

    fn owned_from_view(&self, octets: &[u8], limits: &Limits) -> Result<(), DecodeError> {
        M::View::decode_with(octets, limits)?.to_message_with::<M>(limits).map(drop)
    }

    fn judge(&self, octets: &[u8]) -> Result<(), DecodeError> {
        crate::decode::laws::<M>(octets)
    }

    fn leaves(&self, octets: &[u8]) -> Vec<String> {
        let message = M::decode_with(octets, &Limits::trusted()).expect("a value of the type");
        parts::leaves(&message)
    }

    fn encode(&self, octets: &[u8]) {
        let message = M::decode_with(octets, &Limits::trusted()).expect("a value of the type");
        let view = M::View::decode_with(octets, &Limits::trusted()).expect("a value of the type");
        crate::encode::laws(&message, octets);
        crate::encode::laws(&view, octets);
    }

    fn rust_name(&self) -> &'static str {
        std::any::type_name::<M>()
    }
}

impl Subject {
    /// A number made from the name of the type and where it is defined.
    #[must_use]
    pub fn number(&self) -> u16 {
        // FNV-1a, folded.
        let hash = self
            .title
            .bytes()
            .chain([b' '])
            .chain(self.name.bytes())
            .fold(0x811c_9dc5_u32, |hash, octet| (hash ^ u32::from(octet)).wrapping_mul(0x0100_0193));
        (hash >> 16) as u16 ^ hash as u16
    }

    /// The schema that the type is defined in.
    #[must_use]
    pub fn schema(&self) -> &'static Checked<Schema> {
        self.schema
    }

    /// The same type without generated code.
    #[must_use]
    pub fn dynamic(&self) -> &'static MessageType<'static> {
        self.dynamic
    }

    /// The type in its schema.
    #[must_use]
    pub fn ty(&self) -> TypeId {
        let id = self.schema.find(self.name).expect("listed from this schema");
        self.schema.definition(id).ty
    }
}

impl Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.title, self.name)
    }
}

/// All types.
#[must_use]
pub fn subjects() -> &'static [&'static Subject] {
    &SUBJECTS
}

/// The types that an input can choose, in the order of their numbers: all but those of random schemas, which the fuzzer
/// does without, so that an input means the same type in its targets and in the tests.
#[must_use]
pub fn numbered() -> &'static [&'static Subject] {
    static NUMBERED: LazyLock<Vec<&'static Subject>> = LazyLock::new(|| {
        let mut all = SUBJECTS.clone();
        all.retain(|subject| !subject.title.starts_with("random"));
        all.sort_by_key(|subject| subject.number());
        all
    });
    &NUMBERED
}

/// The type whose number is `choice`, or else the one with the next higher number.
///
/// Numbers do not depend on what other types there are, so that an input that was kept goes on meaning the same type.
#[must_use]
pub fn chosen(choice: u16) -> &'static Subject {
    let next = numbered().partition_point(|subject| subject.number() < choice);
    numbered()[next % numbered().len()]
}

/// Generated from the schemas of this package, and from random ones.
#[expect(missing_docs, reason = "the modules are named for their schemas")]
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated.rs"));
}

macro_rules! subjects {
    ($($title:literal, $file:literal { $($ty:path = $name:literal,)* })*) => {
        static SUBJECTS: LazyLock<Vec<&'static Subject>> = LazyLock::new(|| {
            let mut all = Vec::new();
            $({
                static SCHEMA: LazyLock<Checked<Schema>> = LazyLock::new(|| checked(include_str!($file)));
                static TYPES: &[Subject] = &[$(Subject {
                    title: $title,
                    name: $name,
                    schema: &SCHEMA,
                    dynamic: {
                        static DYNAMIC: LazyLock<MessageType<'static>> =
                            LazyLock::new(|| MessageType::new(&SCHEMA, $name).expect("listed from this schema"));
                        &DYNAMIC
                    },
                    codec: &Of::<$ty>(PhantomData),
                },)*];
                all.extend(TYPES);
            })*
            all
        });
    };
}

include!(concat!(env!("OUT_DIR"), "/subjects.rs"));

fn checked(text: &str) -> Checked<Schema> {
    check(&Source::new("schema.bare", text)).expect("the build script has generated code from it")
}
