//! Printing one item with its view and its codecs.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ty::{self, number};
use super::{docs, ident, undocumented};
use crate::plan::{Field, Item, Kind, Layout, Member, Place, Primitive, Value, Width};

/// The owned type or the view of an item.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Owned,
    View,
}

impl Side {
    fn of(self, place: &Place) -> TokenStream {
        match self {
            Self::Owned => ty::ty(&place.owned),
            Self::View => ty::ty(&place.view),
        }
    }
}

pub(super) fn tokens(item: &Item) -> TokenStream {
    let docs = docs(&item.docs, &undocumented(item));
    let name = ident(&item.name);
    match &item.kind {
        Kind::Alias(place) => {
            let target = ty::ty(&place.owned);
            quote! { #docs pub type #name = #target; }
        }
        Kind::Unit => {
            let derives = derives(item);
            let schema_name = &item.schema_name;
            quote! { #docs #derives pub struct #name; ::barewire::void!(#name, #schema_name); }
        }
        Kind::Newtype(place) => both(item, |side| newtype(item, place, &docs, side)),
        Kind::Struct(fields) => both(item, |side| structure(item, fields, &docs, side)),
        Kind::Union(members) => both(item, |side| union(item, members, &docs, side)),
        Kind::Enum { repr, values } => enumeration(item, *repr, values, &docs),
    }
}

fn both(item: &Item, print: impl Fn(Side) -> TokenStream) -> TokenStream {
    let owned = print(Side::Owned);
    let view = item.view.as_ref().map(|_| print(Side::View));
    quote! { #owned #view }
}

/// What stands before `struct` or `enum`, and the name with its lifetime.
fn head(item: &Item, docs: &TokenStream, side: Side) -> (TokenStream, TokenStream) {
    let name = ident(&item.name);
    match (side, &item.view) {
        (Side::View, Some(view)) => {
            let view = ident(view);
            let doc =
                super::doc(&format!("[`{0}`](type@{0}), borrowed from the bytes of its message.", item.name));
            let copy = item.derives.copy_view.then(|| quote! { Copy, });
            let eq = item.derives.total.then(|| quote! { Eq, });
            let head = quote! {
                #doc
                #[derive(Clone, #copy Debug, #eq PartialEq)]
            };
            (head, quote! { #view<'a> })
        }
        (Side::Owned, _) | (Side::View, None) => {
            let derives = derives(item);
            (quote! { #docs #derives }, quote! { #name })
        }
    }
}

fn derives(item: &Item) -> TokenStream {
    let copy = item.derives.copy.then(|| quote! { Copy, });
    let total = item.derives.total.then(|| quote! { Eq, Hash, Ord, });
    let partial = item.derives.total.then(|| quote! { PartialOrd, });
    let extra = item
        .derives
        .extra
        .iter()
        .map(|path| syn::parse_str::<syn::Path>(path).expect("checked: the configuration parses"));
    quote! { #[derive(Clone, #copy Debug, #total PartialEq, #partial #(#extra),*)] }
}

fn structure(item: &Item, fields: &[Field], docs: &TokenStream, side: Side) -> TokenStream {
    let (head, name) = head(item, docs, side);
    let definitions = fields.iter().map(|field| {
        let docs = (side == Side::Owned)
            .then(|| super::docs(&field.docs, &format!("The field `{}` of the schema.", field.schema_name)));
        let (name, ty) = (ident(&field.name), side.of(&field.place));
        quote! { #docs pub #name: #ty, }
    });
    let reads = fields.iter().map(|field| {
        let (name, read) = (ident(&field.name), read(&field.place.layout, &field.schema_name));
        quote! { #name: #read, }
    });
    let writes = fields.iter().map(|field| {
        let name = ident(&field.name);
        let apart = side == Side::Owned && field.written_apart;
        let write = write(&field.place.layout, apart, quote! { &self.#name });
        quote! { #write; }
    });
    let codec =
        codec(item, side, quote! { ::core::result::Result::Ok(Self { #(#reads)* }) }, quote! { #(#writes)* });
    quote! {
        #head
        pub struct #name { #(#definitions)* }
        #codec
    }
}

fn newtype(item: &Item, place: &Place, docs: &TokenStream, side: Side) -> TokenStream {
    let (head, name) = head(item, docs, side);
    let content = side.of(place);
    let layout = ty::layout(&place.layout);
    let write = write(&place.layout, false, quote! { &self.0 });
    let doc = (side == Side::Owned).then(|| super::doc("The value."));
    let codec = codec(
        item,
        side,
        quote! { <#content as ::barewire::Decode<'a, #layout>>::read(r).map(Self) },
        quote! { #write; },
    );
    quote! {
        #head
        pub struct #name(#doc pub #content);
        #codec
    }
}

fn union(item: &Item, members: &[Member], docs: &TokenStream, side: Side) -> TokenStream {
    let (head, name) = head(item, docs, side);
    let definitions = members.iter().map(|member| {
        let docs = (side == Side::Owned).then(|| {
            super::docs(&member.docs, &format!("The member `{}`, tag {}.", member.schema_name, member.tag))
        });
        let name = ident(&member.name);
        match &member.place {
            Some(place) => {
                let ty = side.of(place);
                quote! { #docs #name(#ty), }
            }
            None => quote! { #docs #name, },
        }
    });
    let named = members.iter().map(|member| {
        let (pattern, tag, name) = (pattern(member), number(member.tag), &member.schema_name);
        quote! { #pattern => (#tag, #name), }
    });
    let reads = members.iter().map(|member| {
        let (name, tag) = (ident(&member.name), number(member.tag));
        let schema_name = &member.schema_name;
        match &member.place {
            Some(Place { layout: Layout::Plain, .. }) => {
                quote! { #tag => r.member(#schema_name, Self::#name), }
            }
            Some(place) => {
                let layout = ty::layout(&place.layout);
                quote! { #tag => r.member_as::<#layout, _, _>(#schema_name, Self::#name), }
            }
            None => quote! { #tag => ::core::result::Result::Ok(Self::#name), },
        }
    });
    let writes = members.iter().map(|member| {
        let (name, tag) = (ident(&member.name), number(member.tag));
        match &member.place {
            Some(place) => {
                let apart = side == Side::Owned && member.written_apart;
                let write = writer("member", &place.layout, apart);
                quote! { Self::#name(v) => s.#write(#tag, v), }
            }
            None => quote! { Self::#name => s.uint(#tag), },
        }
    });
    let codec = codec(
        item,
        side,
        quote! {
            match r.uint()? {
                #(#reads)*
                tag => ::core::result::Result::Err(r.unknown_tag(tag)),
            }
        },
        quote! { match self { #(#writes)* } },
    );
    let anonymous = anonymous(item, side);
    quote! {
        #head
        pub enum #name { #(#definitions)* }
        impl ::barewire::Union for #anonymous {
            fn member(&self) -> (u64, &'static str) { match self { #(#named)* } }
        }
        #codec
    }
}

fn pattern(member: &Member) -> TokenStream {
    let name = ident(&member.name);
    match member.place {
        Some(_) => quote! { Self::#name(_) },
        None => quote! { Self::#name },
    }
}

fn enumeration(item: &Item, repr: Primitive, values: &[Value], docs: &TokenStream) -> TokenStream {
    let (head, name) = head(item, docs, Side::Owned);
    let repr = ty::primitive(repr);
    let definitions = values.iter().map(|value| {
        let docs = super::docs(&value.docs, &format!("The value `{}`.", value.schema_name));
        let (name, number) = (ident(&value.name), number(value.number));
        quote! { #docs #name = #number, }
    });
    let all = values.iter().map(|value| ident(&value.name));
    let names = values.iter().map(|value| {
        let (name, schema_name) = (ident(&value.name), &value.schema_name);
        quote! { Self::#name => #schema_name, }
    });
    let numbers = values.iter().map(|value| {
        let (name, number) = (ident(&value.name), number(value.number));
        quote! { #number => Self::#name, }
    });
    let codec = codec(item, Side::Owned, quote! { r.enumeration() }, quote! { s.uint(self.value()) });
    quote! {
        #head
        #[repr(#repr)]
        pub enum #name { #(#definitions)* }
        impl #name {
            /// All values, in the order of the schema.
            pub const ALL: &'static [Self] = &[#(Self::#all),*];
            /// The number on the wire.
            pub const fn value(self) -> u64 { self as u64 }
            /// The name in the schema.
            pub const fn name(self) -> &'static str { match self { #(#names)* } }
        }
        impl ::core::convert::TryFrom<u64> for #name {
            type Error = ::barewire::UnknownValue;
            fn try_from(value: u64) -> ::core::result::Result<Self, ::barewire::UnknownValue> {
                ::core::result::Result::Ok(match value {
                    #(#numbers)*
                    _ => return ::core::result::Result::Err(::barewire::UnknownValue(value)),
                })
            }
        }
        #codec
    }
}

/// The type with `'_` where it has a lifetime.
fn anonymous(item: &Item, side: Side) -> TokenStream {
    let (name, lifetime) = side_name(item, side);
    let lifetime = lifetime.then(|| quote! { <'_> });
    quote! { #name #lifetime }
}

fn side_name(item: &Item, side: Side) -> (Ident, bool) {
    match (side, &item.view) {
        (Side::View, Some(view)) => (ident(view), true),
        (Side::Owned, _) | (Side::View, None) => (ident(&item.name), false),
    }
}

/// The codecs of one side: how to read it from `r`, and how to write it to `s`.
fn codec(item: &Item, side: Side, read: TokenStream, write: TokenStream) -> TokenStream {
    let (name, has_lifetime) = side_name(item, side);
    let decoded = if has_lifetime {
        quote! { #name<'a> }
    } else {
        quote! { #name }
    };
    let anonymous = anonymous(item, side);
    let owned = ident(&item.name);
    let view = match &item.view {
        Some(view) => {
            let view = ident(view);
            quote! { #view<'a> }
        }
        None => quote! { #owned },
    };
    let schema_name = &item.schema_name;
    // One is the default.
    let min_len = (item.min_len != 1).then(|| {
        let min_len = number(item.min_len);
        quote! { const MIN_LEN: usize = #min_len; }
    });
    let width = match item.width {
        Width::Varies => None,
        Width::Fixed => Some(quote! { const WIDTH: ::barewire::Width = ::barewire::Width::Fixed; }),
        Width::Raw => Some(quote! { const WIDTH: ::barewire::Width = ::barewire::Width::Raw; }),
    };
    let len = (item.width != Width::Varies).then(|| {
        let len = number(item.min_len);
        quote! { const LEN: ::core::option::Option<usize> = ::core::option::Option::Some(#len); }
    });
    let in_place = |it: bool| it.then(|| quote! { #[inline(always)] });
    let (read_in_place, write_in_place) = (in_place(item.read_in_place), in_place(item.written_in_place));
    quote! {
        impl<'a> ::barewire::Decode<'a> for #decoded {
            #min_len
            #width
            #read_in_place
            fn read(r: &mut ::barewire::Reader<'a>) -> ::barewire::Result<Self> { #read }
        }
        impl ::barewire::Encode for #anonymous {
            #len
            #write_in_place
            fn write<'s, S: ::barewire::Sink<'s>>(&'s self, s: &mut S) { #write }
        }
        impl ::barewire::Message for #anonymous {
            const NAME: &'static str = #schema_name;
            type View<'a> = #view;
        }
    }
}

fn read(layout: &Layout, name: &str) -> TokenStream {
    if *layout == Layout::Plain {
        return quote! { r.field(#name)? };
    }
    let layout = ty::layout(layout);
    quote! { r.field_as::<#layout, _>(#name)? }
}

fn write(layout: &Layout, apart: bool, value: TokenStream) -> TokenStream {
    let write = writer("field", layout, apart);
    quote! { s.#write(#value) }
}

/// The method of a sink that writes a field or member.
fn writer(what: &str, layout: &Layout, apart: bool) -> TokenStream {
    let apart = if apart { "_apart" } else { "" };
    if *layout == Layout::Plain {
        let method = ident(&format!("{what}{apart}"));
        return quote! { #method };
    }
    let (method, layout) = (ident(&format!("{what}{apart}_as")), ty::layout(layout));
    quote! { #method::<#layout, _> }
}
