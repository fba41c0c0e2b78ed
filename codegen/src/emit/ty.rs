//! Printing types and layouts.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ident;
use crate::plan::{Layout, Primitive, Type};

/// The type, where views borrow for `'a`.
pub(super) fn ty(ty: &Type) -> TokenStream {
    printed(ty, None)
}

/// The type of the module `module`, seen from beside it.
pub fn ty_of(module: &Ident, ty: &Type) -> TokenStream {
    printed(ty, Some(module))
}

fn printed(ty: &Type, module: Option<&Ident>) -> TokenStream {
    let path = module.map(|module| quote! { #module:: });
    match ty {
        Type::Primitive(primitive) => self::primitive(*primitive),
        Type::Named { name, .. } => {
            let name = ident(name);
            quote! { #path #name }
        }
        Type::View(name) => {
            let name = ident(name);
            quote! { #path #name<'a> }
        }
        Type::Str => quote! { ::barewire::Str },
        Type::String => quote! { ::barewire::alloc::string::String },
        Type::Bytes => quote! { ::barewire::Bytes },
        Type::ByteVec => quote! { ::barewire::alloc::vec::Vec<u8> },
        Type::Vec(element) => {
            let element = printed(element, module);
            quote! { ::barewire::alloc::vec::Vec<#element> }
        }
        Type::Option(inner) => {
            let inner = printed(inner, module);
            quote! { ::core::option::Option<#inner> }
        }
        Type::Box(inner) => {
            let inner = printed(inner, module);
            quote! { ::barewire::alloc::boxed::Box<#inner> }
        }
        Type::Array(element, len) => {
            let (element, len) = (printed(element, module), number(*len));
            quote! { [#element; #len] }
        }
        Type::FixedList(element, len) => {
            let (element, len) = (printed(element, module), number(*len));
            quote! { ::barewire::FixedList<#element, #len> }
        }
        Type::FixedData(len) => {
            let len = number(*len);
            quote! { ::barewire::FixedData<#len> }
        }
        Type::Map(key, value) => {
            let (key, value) = (printed(key, module), printed(value, module));
            quote! { ::barewire::Map<#key, #value> }
        }
        Type::RefStr => quote! { &'a str },
        Type::RefBytes => quote! { &'a [u8] },
        Type::RefArray(len) => {
            let len = number(*len);
            quote! { &'a [u8; #len] }
        }
        Type::ListView(element, layout) => {
            let (element, layout) = (printed(element, module), layout_argument(layout));
            quote! { ::barewire::ListView<'a, #element #layout> }
        }
        Type::FixedListView(element, len, layout) => {
            let (element, len, layout) = (printed(element, module), number(*len), layout_argument(layout));
            quote! { ::barewire::FixedListView<'a, #element, #len #layout> }
        }
        Type::MapView(key, value, layout) => {
            let (key, value, layout) =
                (printed(key, module), printed(value, module), layout_argument(layout));
            quote! { ::barewire::MapView<'a, #key, #value #layout> }
        }
        Type::LazyView(inner, layout) => {
            let (inner, layout) = (printed(inner, module), layout_argument(layout));
            quote! { ::barewire::LazyView<'a, #inner #layout> }
        }
    }
}

pub(super) fn primitive(primitive: Primitive) -> TokenStream {
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

/// The layout.
pub fn layout(layout: &Layout) -> TokenStream {
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

pub(super) fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}
