//! What fields of protobuf have another type for than ours.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use barewire::Map;

use crate::mirror::Mirror;

macro_rules! wider {
    ($($ours:ty => $theirs:ty),*) => {$(
        impl<'o> Mirror<'o, $ours> for $theirs {
            fn of(ours: &'o $ours) -> Self {
                (*ours).into()
            }

            fn ours(&self) -> $ours {
                (*self).try_into().expect("made from a narrower number")
            }
        }
    )*};
}

wider!(u8 => u32, u16 => u32, i8 => i32, i16 => i32);

impl<'o> Mirror<'o, [u8; 4]> for u32 {
    fn of(ours: &'o [u8; 4]) -> Self {
        Self::from_le_bytes(*ours)
    }

    fn ours(&self) -> [u8; 4] {
        self.to_le_bytes()
    }
}

/// An absent map is an empty one.
impl<'o, K, V, S, OK: 'o, OV: 'o> Mirror<'o, Option<Map<OK, OV>>> for HashMap<K, V, S>
where
    Self: Mirror<'o, Map<OK, OV>>,
    K: Eq + Hash,
    S: BuildHasher + Default,
{
    fn of(ours: &'o Option<Map<OK, OV>>) -> Self {
        ours.as_ref().map(Mirror::of).unwrap_or_default()
    }

    fn ours(&self) -> Option<Map<OK, OV>> {
        (!self.is_empty()).then(|| Mirror::ours(self))
    }
}
