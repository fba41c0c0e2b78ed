//! What the properties are held to: every type of both families in every version, and of schemas made for the purpose.

use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::sync::LazyLock;

use barewire::{Decode, DecodeError, Input, Limits, Message};
use barewire_syntax::ir::{Schema, TypeId};
use barewire_syntax::{Checked, Source, check};

/// A type, and what can be done with octets that may be one of its values.
pub struct Subject {
    /// Where the type is defined, such as `runner v3`.
    pub title: &'static str,
    /// Its name in the schema.
    pub name: &'static str,
    schema: &'static LazyLock<Checked<Schema>>,
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

    fn rust_name(&self) -> &'static str {
        std::any::type_name::<M>()
    }
}

impl Subject {
    /// The schema that the type is defined in.
    #[must_use]
    pub fn schema(&self) -> &'static Checked<Schema> {
        self.schema
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
