//! bitcode 0.6.9 with its own derives. Maps are vectors of pairs, which are faster than its maps.

use std::cell::RefCell;
use std::marker::PhantomData;

use barewire::Bytes;
use bitcode::{Buffer, Decode, DecodeOwned, Encode};

use crate::case::Value;
use crate::mirror::Mirror;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned, add_views};
use crate::peers::for_type_of;
use crate::sum::Sum;

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
mod owned {
    pub(super) type Text = String;
    pub(super) type Data = Vec<u8>;
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    owned_model!(#[derive(PartialEq, bitcode::Decode, bitcode::Encode)] ;);
}

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
mod borrowed {
    pub(super) type Text<'a> = &'a str;
    pub(super) type Data<'a> = super::Octets<'a>;
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    borrowed_model!(#[derive(bitcode::Decode)] ; ;);
}

/// Data, which bitcode copies while it borrows text.
#[derive(Decode)]
pub struct Octets<'a> {
    octets: Vec<u8>,
    frame: PhantomData<&'a ()>,
}

struct Bitcode;

impl<T: DecodeOwned + Encode> Calls<T> for Bitcode {
    type Frame = Vec<u8>;
    type Input = Vec<u8>;
    type Buffer = Buffer;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        bitcode::encode(value)
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Buffer, value: &T) -> &'b [u8] {
        buffer.encode(value)
    }

    #[inline]
    fn decode(buffer: &mut Buffer, frame: &Vec<u8>) -> T {
        buffer.decode(frame).expect("just encoded")
    }
}

thread_local! {
    /// What decoding in place keeps from one message to the next.
    static KEPT: RefCell<Buffer> = RefCell::default();
}

#[inline]
fn view<'a, T: Decode<'a>>(frame: &'a [u8]) -> T {
    KEPT.with_borrow_mut(|kept| kept.decode(frame)).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<Bitcode>(&mut operations));
    add_views!(operations, frame, value, borrowed, view);
    operations
}

impl<'o> Mirror<'o, Bytes> for Octets<'o> {
    fn of(ours: &'o Bytes) -> Self {
        Self { octets: ours.to_vec(), frame: PhantomData }
    }

    fn ours(&self) -> Bytes {
        self.octets.clone().into()
    }
}

impl Sum for Octets<'_> {
    #[inline]
    fn sum(&self) -> u64 {
        self.octets.as_slice().sum()
    }
}
