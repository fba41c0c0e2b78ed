//! Names for the layouts that a Rust type alone does not tell apart.
//!
//! BARE has two types that a program holds as `u64`: `u64`, always eight octets, and `uint`, one to ten.
//! The layout is therefore a parameter of [`Decode`](crate::Decode) and [`Encode`](crate::Encode).
//! Containers pass it on to their elements, so that `Vec<u64>` in the layout [`Varint`] is a `list<uint>`.

use core::marker::PhantomData;

/// The usual layout of a type; that of `u64` is eight octets.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

/// The layout of `uint` for `u64`, that of `int` for `i64`.
#[derive(Clone, Copy, Debug)]
pub struct Varint;

/// The layout of a `list<u8>[n]`, which differs from `data[n]` only in how a cut input is reported.
#[derive(Clone, Copy, Debug)]
pub struct Elements;

/// The layout of a map whose keys have the layout `K` and whose values have the layout `V`.
#[derive(Clone, Copy, Debug)]
pub struct Pair<K, V>(PhantomData<(K, V)>);
