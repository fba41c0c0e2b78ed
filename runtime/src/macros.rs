//! Bringing generated files into a crate, and refusing those of another version.

/// Includes the types that the build script generated for a family of schemas.
///
/// Write it in a module of its own: `pub mod envoy { barewire::include_schema!("envoy"); }`.
/// The name is that of the folder which `build.rs` gives to `barewire_codegen::compile`, or of the file without `.bare`
/// which it gives to `compile_file`; under another name there is no file to read.
#[macro_export]
macro_rules! include_schema {
    ($family:literal) => {
        ::core::include!(::core::concat!($crate::out_dir!(), "/", $family, ".rs"));
    };
}

/// Includes the proptest strategies that the build script generated for a family of schemas.
///
/// They stand in a file of their own, so that a crate can include them in its tests only. The modules of the versions
/// have to be in scope beside it: `use my_crate::envoy::{v1, v2}; barewire::include_strategies!("envoy");`
#[macro_export]
macro_rules! include_strategies {
    ($family:literal) => {
        ::core::include!(::core::concat!($crate::out_dir!(), "/", $family, "_strategies.rs"));
    };
}

/// The folder that the build script writes to.
#[doc(hidden)]
#[macro_export]
macro_rules! out_dir {
    () => {
        ::core::env!(
            "OUT_DIR",
            "this crate has no build script: write a `build.rs` that calls `barewire_codegen::compile`"
        )
    };
}

/// Makes a unit struct the type of a `void`, which is called `name` in the schema: it takes no octets.
#[doc(hidden)]
#[macro_export]
macro_rules! void {
    ($void:ident, $name:literal) => {
        impl<'a> $crate::Decode<'a> for $void {
            const MIN_LEN: usize = 0;
            #[inline]
            fn read(_: &mut $crate::Reader<'a>) -> $crate::Result<Self> {
                ::core::result::Result::Ok(Self)
            }
        }
        impl $crate::Encode for $void {
            #[inline]
            fn write<'s, S: $crate::Sink<'s>>(&'s self, _: &mut S) {}
        }
        impl $crate::Message for $void {
            const NAME: &'static str = $name;
            type View<'a> = Self;
        }
    };
}

/// Stops the build if the generated file that calls it in a constant comes from a generator of another version:
/// `generator` is its major and minor version, such as `0.1`.
///
/// # Panics
///
/// If this crate has another major or minor version.
#[doc(hidden)]
pub const fn handshake(generator: &str) {
    const RUNTIME: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    assert!(
        equal(generator.as_bytes(), RUNTIME.as_bytes()),
        concat!(
            "this file was generated for another version of `barewire` than ",
            env!("CARGO_PKG_VERSION"),
            ": give `barewire` and `barewire-codegen` the same version in Cargo.toml and build again"
        )
    );
}

/// `==` on slices cannot be called in a constant.
const fn equal(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([a_first, a_rest @ ..], [b_first, b_rest @ ..]) = (a, b) {
        if *a_first != *b_first {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
}
