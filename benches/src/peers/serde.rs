//! Types for the libraries that go through serde: `serde_bare` and `postcard`.
//!
//! Data is a `ByteBuf` of `serde_bytes`, without which each octet is a number of its own. Maps are vectors of pairs:
//! neither library tells them from maps, and they are faster than any map.

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
pub(super) mod owned {
    pub(super) type Text = String;
    pub(super) type Data = serde_bytes::ByteBuf;
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    owned_model!(#[derive(PartialEq, serde::Deserialize, serde::Serialize)] ;);
}

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
pub(super) mod borrowed {
    pub(super) type Text<'a> = &'a str;
    pub(super) type Data<'a> = &'a [u8];
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    borrowed_model!(#[derive(serde::Deserialize)] ; ; #[serde(borrow)]);
}

impl<'o> crate::mirror::Mirror<'o, barewire::Bytes> for serde_bytes::ByteBuf {
    fn of(ours: &'o barewire::Bytes) -> Self {
        Self::from(ours.to_vec())
    }

    fn ours(&self) -> barewire::Bytes {
        self.to_vec().into()
    }
}
