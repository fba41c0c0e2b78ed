//! rkyv 0.8.18 with checks. Maps are vectors of pairs, which are faster than its maps.

use rkyv::api::high::{HighDeserializer, HighSerializer, HighValidator};
use rkyv::bytecheck::CheckBytes;
use rkyv::option::ArchivedOption;
use rkyv::rancor::Error;
use rkyv::rend::{f32_le, i16_le, i32_le, i64_le, u16_le, u32_le, u64_le};
use rkyv::ser::allocator::ArenaHandle;
use rkyv::string::ArchivedString;
use rkyv::tuple::ArchivedTuple2;
use rkyv::util::AlignedVec;
use rkyv::vec::ArchivedVec;
use rkyv::{Archive, Deserialize, Portable, Serialize, access, from_bytes, to_bytes};

use crate::case::Value;
use crate::mirror::Mirror;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned, add_views};
use crate::peers::for_type_of;
use crate::sum::{Sum, of_all};

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
mod owned {
    pub(super) type Text = String;
    pub(super) type Data = super::Octets;
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    owned_model!(#[derive(PartialEq, rkyv::Archive, rkyv::Deserialize, rkyv::Serialize)] ;);
    sums_of_archived!();
}

mod archived {
    pub(super) use super::owned::{
        ArchivedGame as Game, ArchivedLog as Log, ArchivedMesh as Mesh, ArchivedToClient as ToClient,
        ArchivedToServer as ToServer,
    };
}

/// Data, which archives would else not tell from a list of numbers.
#[derive(Archive, Deserialize, PartialEq, Serialize)]
pub struct Octets(Vec<u8>);

struct Rkyv;

impl<T> Calls<T> for Rkyv
where
    T: Archive + for<'a> Serialize<HighSerializer<AlignedVec, ArenaHandle<'a>, Error>>,
    T::Archived: for<'a> CheckBytes<HighValidator<'a, Error>> + Deserialize<T, HighDeserializer<Error>>,
{
    type Frame = AlignedVec;
    type Input = AlignedVec;
    type Buffer = AlignedVec;

    #[inline]
    fn encode(value: &T) -> AlignedVec {
        to_bytes(value).expect("memory takes every value")
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut AlignedVec, value: &T) -> &'b [u8] {
        let mut own = std::mem::take(buffer);
        own.clear();
        *buffer = rkyv::api::high::to_bytes_in(value, own).expect("memory takes every value");
        buffer
    }

    #[inline]
    fn decode(_: &mut AlignedVec, frame: &AlignedVec) -> T {
        from_bytes(frame).expect("just encoded")
    }
}

#[inline]
fn view<T: Portable + for<'a> CheckBytes<HighValidator<'a, Error>>>(frame: &[u8]) -> &T {
    access(frame).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<Rkyv>(&mut operations));
    add_views!(operations, frame, value, archived, view);
    operations
}

impl<'o> Mirror<'o, barewire::Bytes> for Octets {
    fn of(ours: &'o barewire::Bytes) -> Self {
        Self(ours.to_vec())
    }

    fn ours(&self) -> barewire::Bytes {
        self.0.clone().into()
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Sum for $number {
            #[inline]
            fn sum(&self) -> u64 {
                self.to_native().sum()
            }
        }
    )*};
}

numbers!(f32_le, i16_le, i32_le, i64_le, u16_le, u32_le, u64_le);

impl Sum for ArchivedOctets {
    #[inline]
    fn sum(&self) -> u64 {
        self.0.as_slice().sum()
    }
}

impl Sum for ArchivedString {
    #[inline]
    fn sum(&self) -> u64 {
        self.as_str().sum()
    }
}

impl<T: Sum> Sum for ArchivedOption<T> {
    #[inline]
    fn sum(&self) -> u64 {
        self.as_ref().map_or(0, T::sum)
    }
}

impl<T: Sum> Sum for ArchivedVec<T> {
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self.as_slice())
    }
}

impl<K: Sum, V: Sum> Sum for ArchivedTuple2<K, V> {
    #[inline]
    fn sum(&self) -> u64 {
        self.0.sum().wrapping_add(self.1.sum())
    }
}
