//! What barewire and its peers make of the same octets and of the same values.

#![forbid(unsafe_code)]

mod beyond;
mod damaged;
mod derived;
mod drawn;
mod embedded;
mod messages;
mod refused;
mod values;
