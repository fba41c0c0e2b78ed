//! A message type for an alias that other types use.
//!
//! The generator makes such an alias a plain `pub type`, which has no codec of its own (`u64` may be `uint` or `u64`).
//! A row may still call its octets a message of it; this prints a newtype that can be judged like any other type.

use barewire_codegen::plan::{Item, Place};
use barewire_codegen::{layout, ty_of};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::value::ident;

/// The newtype `name` and its view for `item`, an alias of what `place` holds.
pub(crate) fn newtype(name: &Ident, item: &Item, place: &Place) -> TokenStream {
    let view = format_ident!("{name}View");
    let (alias, layout) = (ident(&item.name), layout(&place.layout));
    let content = ty_of(&format_ident!("schema"), &place.view);
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
