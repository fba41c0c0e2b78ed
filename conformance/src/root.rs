//! A message type for an alias that other types use.
//!
//! The generator makes such an alias a plain `pub type`, which has no codec of its own (`u64` may be `uint` or `u64`).
//! A row may still call its octets a message of it; this prints a newtype that can be judged like any other type.

use barewire_codegen::plan::{Item, Layout, Place, Primitive, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::value::ident;

/// The newtype `name` and its view for `item`, an alias of what `place` holds.
pub(crate) fn newtype(name: &Ident, item: &Item, place: &Place) -> TokenStream {
    let view = format_ident!("{name}View");
    let (alias, content, layout) = (ident(&item.name), ty(&place.view), layout(&place.layout));
    let schema_name = &item.schema_name;
    let owned_codec = codec(&quote! { #name }, &quote! { schema::#alias }, &layout, &quote! { #name });
    let view_codec = codec(&quote! { #view<'a> }, &content, &layout, &quote! { #view<'_> });
    let message = |of: TokenStream| {
        quote! {
            impl ::barewire::Message for #of {
                const NAME: &'static str = #schema_name;
                type View<'a> = #view<'a>;
            }
        }
    };
    let (owned_message, view_message) = (message(quote! { #name }), message(quote! { #view<'_> }));
    quote! {
        #[derive(Clone, PartialEq)]
        struct #name(schema::#alias);
        #owned_codec
        #owned_message
        // The alias may borrow nothing; then the lifetime has to stand somewhere else.
        #[derive(Clone, PartialEq)]
        struct #view<'a>(#content, ::core::marker::PhantomData<&'a ()>);
        #view_codec
        #view_message
    }
}

/// The codec of the newtype `decoded` around `content`.
fn codec(
    decoded: &TokenStream,
    content: &TokenStream,
    layout: &TokenStream,
    anonymous: &TokenStream,
) -> TokenStream {
    let rest = decoded.to_string().contains('\'').then(|| quote! { , ::core::marker::PhantomData });
    quote! {
        impl<'a> ::barewire::Decode<'a> for #decoded {
            const MIN_LEN: usize = <#content as ::barewire::Decode<'a, #layout>>::MIN_LEN;
            fn read(r: &mut ::barewire::Reader<'a>) -> ::barewire::Result<Self> {
                <#content as ::barewire::Decode<'a, #layout>>::read(r).map(|content| Self(content #rest))
            }
        }
        // The wrapper shows what is in it, so that owned value and view are compared by that.
        impl ::core::fmt::Debug for #anonymous {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl ::barewire::Encode for #anonymous {
            fn write<'s, S: ::barewire::Sink<'s>>(&'s self, s: &mut S) {
                s.field_as::<#layout, _>(&self.0);
            }
        }
    }
}

/// The type, where views borrow for `'a`.
fn ty(of: &Type) -> TokenStream {
    match of {
        Type::Primitive(primitive) => self::primitive(*primitive),
        Type::Named { name, .. } => {
            let name = ident(name);
            quote! { schema::#name }
        }
        Type::View(name) => {
            let name = ident(name);
            quote! { schema::#name<'a> }
        }
        Type::Str => quote! { ::barewire::Str },
        Type::String => quote! { String },
        Type::Bytes => quote! { ::barewire::Bytes },
        Type::ByteVec => quote! { Vec<u8> },
        Type::Vec(element) => wrapped(&quote! { Vec }, element),
        Type::Option(inner) => wrapped(&quote! { Option }, inner),
        Type::Box(inner) => wrapped(&quote! { Box }, inner),
        Type::Array(element, len) => {
            let (element, len) = (ty(element), number(*len));
            quote! { [#element; #len] }
        }
        Type::FixedList(element, len) => {
            let (element, len) = (ty(element), number(*len));
            quote! { ::barewire::FixedList<#element, #len> }
        }
        Type::FixedData(len) => {
            let len = number(*len);
            quote! { ::barewire::FixedData<#len> }
        }
        Type::Map(key, value) => {
            let (key, value) = (ty(key), ty(value));
            quote! { ::barewire::Map<#key, #value> }
        }
        Type::RefStr => quote! { &'a str },
        Type::RefBytes => quote! { &'a [u8] },
        Type::RefArray(len) => {
            let len = number(*len);
            quote! { &'a [u8; #len] }
        }
        Type::ListView(element, layout) => {
            let (element, layout) = (ty(element), layout_argument(layout));
            quote! { ::barewire::ListView<'a, #element #layout> }
        }
        Type::FixedListView(element, len, layout) => {
            let (element, len, layout) = (ty(element), number(*len), layout_argument(layout));
            quote! { ::barewire::FixedListView<'a, #element, #len #layout> }
        }
        Type::MapView(key, value, layout) => {
            let (key, value, layout) = (ty(key), ty(value), layout_argument(layout));
            quote! { ::barewire::MapView<'a, #key, #value #layout> }
        }
        Type::LazyView(inner, layout) => {
            let (inner, layout) = (ty(inner), layout_argument(layout));
            quote! { ::barewire::LazyView<'a, #inner #layout> }
        }
    }
}

fn wrapped(container: &TokenStream, inner: &Type) -> TokenStream {
    let inner = ty(inner);
    quote! { #container<#inner> }
}

fn primitive(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::U8 => quote! { u8 },
        Primitive::U16 => quote! { u16 },
        Primitive::U32 => quote! { u32 },
        Primitive::U64 => quote! { u64 },
        Primitive::I8 => quote! { i8 },
        Primitive::I16 => quote! { i16 },
        Primitive::I32 => quote! { i32 },
        Primitive::I64 => quote! { i64 },
        Primitive::F32 => quote! { f32 },
        Primitive::F64 => quote! { f64 },
        Primitive::Bool => quote! { bool },
    }
}

fn layout(layout: &Layout) -> TokenStream {
    match layout {
        Layout::Plain => quote! { ::barewire::Plain },
        Layout::Varint => quote! { ::barewire::Varint },
        Layout::Elements => quote! { ::barewire::Elements },
        Layout::Pair(key, value) => {
            let (key, value) = (self::layout(key), self::layout(value));
            quote! { ::barewire::Pair<#key, #value> }
        }
    }
}

/// `, Layout` behind the other arguments of a view, or nothing for the default.
fn layout_argument(layout: &Layout) -> TokenStream {
    if *layout == Layout::Plain {
        return TokenStream::new();
    }
    let layout = self::layout(layout);
    quote! { , #layout }
}

fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}
