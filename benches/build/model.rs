//! Prints the macros by which a peer gets the types of the measured messages, and what compares their values.
//!
//! They are macros so that each peer says in its own file what its types derive and what holds their text.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use crate::shape::{Kind, Shape, Shapes, Ty, ident};

/// All macros; `src/model.rs` says what each of them is for.
pub fn macros(shapes: &Shapes) -> TokenStream {
    let owned = shapes.0.iter().map(|shape| definition(shape, false));
    let borrowed = shapes.0.iter().map(|shape| definition(shape, true));
    let mirrors = shapes.0.iter().map(|shape| mirror(shape, false));
    let borrowed_mirrors = shapes.0.iter().map(|shape| mirror(shape, true));
    let sums_of = |name: fn(&Shape) -> TokenStream, access: Access| {
        let impls = shapes.0.iter().map(|shape| sum(shape, &name(shape), access));
        quote!(#(#impls)*)
    };
    let of_borrowed = sums_of(|shape| lifetime(shape, &shape.name, quote!(<'_>)), Access::Field);
    let of_views = sums_of(our_view, Access::Field);
    let of_refs = sums_of(vbare_ref, Access::Method);
    let of_archived = sums_of(archived, Access::Field);
    quote! {
        macro_rules! owned_model {
            ($(#[$types:meta])* ; $(#[$plain:meta])*) => {
                #(#owned)*
                crate::model::mirrors!();
            };
        }
        macro_rules! borrowed_model {
            ($(#[$types:meta])* ; $(#[$plain:meta])* ; $(#[$fields:meta])*) => {
                #(#borrowed)*
                #(#borrowed_mirrors)*
                #of_borrowed
            };
        }
        macro_rules! mirrors {
            () => { #(#mirrors)* };
        }
        macro_rules! sums_of_views {
            () => { #of_views };
        }
        macro_rules! sums_of_refs {
            () => { #of_refs };
        }
        macro_rules! sums_of_archived {
            () => { #of_archived };
        }
        pub(crate) use {
            borrowed_model, mirrors, owned_model, sums_of_archived, sums_of_refs, sums_of_views,
        };
    }
}

/// How the field of a value is read.
#[derive(Clone, Copy)]
enum Access {
    Field,
    Method,
}

fn definition(shape: &Shape, borrowed: bool) -> TokenStream {
    let name = ident(&shape.name);
    let name = if borrowed { lifetime(shape, &shape.name, quote!(<'a>)) } else { quote!(#name) };
    let attributes = |ty: &Ty| {
        if borrowed && borrows(ty) { quote!($(#[$fields])*) } else { TokenStream::new() }
    };
    match &shape.kind {
        Kind::Struct(fields) => {
            let fields = fields.iter().map(|(name, held)| {
                let (attributes, name, held) = (attributes(held), ident(name), ty(held, borrowed));
                quote!(#attributes pub #name: #held)
            });
            let plain = if shape.plain { quote!($(#[$plain])*) } else { TokenStream::new() };
            quote!($(#[$types])* #plain pub struct #name { #(#fields,)* })
        }
        Kind::Union(members) => {
            let members = members.iter().map(|(name, held)| {
                let name = ident(name);
                let Some(held) = held else { return quote!(#name) };
                let (attributes, held) = (attributes(held), ty(held, borrowed));
                quote!(#name(#attributes #held))
            });
            quote!($(#[$types])* pub enum #name { #(#members,)* })
        }
        Kind::Enum(values) => {
            let values = values.iter().map(|value| ident(value));
            quote!($(#[$types])* pub enum #name { #(#values,)* })
        }
    }
}

fn ty(held: &Ty, borrowed: bool) -> TokenStream {
    let part = |held: &Ty| ty(held, borrowed);
    match held {
        Ty::Number(name) => ident(name).into_token_stream(),
        Ty::Bool => quote!(bool),
        Ty::Str if borrowed => quote!(Text<'a>),
        Ty::Str => quote!(Text),
        Ty::Data if borrowed => quote!(Data<'a>),
        Ty::Data => quote!(Data),
        Ty::Octets(len) => quote!([u8; #len]),
        Ty::Optional(inner) => {
            let inner = part(inner);
            quote!(Option<#inner>)
        }
        Ty::List(element) => {
            let element = part(element);
            quote!(Vec<#element>)
        }
        Ty::Map(key, value) => {
            let (key, value) = (part(key), part(value));
            quote!(Pairs<#key, #value>)
        }
        Ty::Named { name, borrows } => {
            let name = ident(name);
            if borrowed && *borrows { quote!(#name<'a>) } else { quote!(#name) }
        }
    }
}

fn borrows(held: &Ty) -> bool {
    match held {
        Ty::Number(_) | Ty::Bool | Ty::Octets(_) => false,
        Ty::Str | Ty::Data => true,
        Ty::Optional(inner) | Ty::List(inner) => borrows(inner),
        Ty::Map(key, value) => borrows(key) || borrows(value),
        Ty::Named { borrows, .. } => *borrows,
    }
}

/// From our value to that of a peer and back, part by part.
fn mirror(shape: &Shape, borrowed: bool) -> TokenStream {
    let name = ident(&shape.name);
    let own = if borrowed { lifetime(shape, &shape.name, quote!(<'o>)) } else { quote!(#name) };
    let (of, ours) = match &shape.kind {
        Kind::Struct(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, _)| ident(name)).collect();
            (
                quote!(Self { #(#fields: crate::mirror::Mirror::of(&ours.#fields),)* }),
                quote!(crate::ours::#name { #(#fields: crate::mirror::Mirror::ours(&self.#fields),)* }),
            )
        }
        Kind::Union(members) => {
            let arm = |from: TokenStream, to: TokenStream, call: TokenStream| {
                let arms = members.iter().map(|(member, held)| {
                    let member = ident(member);
                    match held {
                        Some(_) => {
                            quote!(#from::#member(held) => #to::#member(crate::mirror::Mirror::#call(held)))
                        }
                        None => quote!(#from::#member => #to::#member),
                    }
                });
                quote!(#(#arms,)*)
            };
            let of = arm(quote!(crate::ours::#name), quote!(Self), quote!(of));
            let ours = arm(quote!(Self), quote!(crate::ours::#name), quote!(ours));
            (quote!(match ours { #of }), quote!(match self { #ours }))
        }
        Kind::Enum(values) => {
            let values: Vec<_> = values.iter().map(|value| ident(value)).collect();
            (
                quote!(match ours { #(crate::ours::#name::#values => Self::#values,)* }),
                quote!(match self { #(Self::#values => crate::ours::#name::#values,)* }),
            )
        }
    };
    quote! {
        impl<'o> crate::mirror::Mirror<'o, crate::ours::#name> for #own {
            fn of(ours: &'o crate::ours::#name) -> Self { #of }
            fn ours(&self) -> crate::ours::#name { #ours }
        }
    }
}

/// Reads every field of `name`.
fn sum(shape: &Shape, name: &TokenStream, access: Access) -> TokenStream {
    let body = match &shape.kind {
        Kind::Struct(fields) => {
            let fields = fields.iter().map(|(name, _)| {
                let name = ident(name);
                match access {
                    Access::Field => quote!(.wrapping_add(crate::sum::Sum::sum(&self.#name))),
                    Access::Method => quote!(.wrapping_add(crate::sum::Sum::sum(&self.#name()))),
                }
            });
            quote!(0u64 #(#fields)*)
        }
        Kind::Union(members) => {
            let arms = (0u64..).zip(members).map(|(tag, (member, held))| {
                let member = ident(member);
                match held {
                    Some(_) => quote!(Self::#member(held) => crate::sum::Sum::sum(held).wrapping_add(#tag)),
                    None => quote!(Self::#member => #tag),
                }
            });
            quote!(match self { #(#arms,)* })
        }
        Kind::Enum(values) => {
            let arms = (0u64..).zip(values).map(|(number, value)| {
                let value = ident(value);
                quote!(Self::#value => #number)
            });
            quote!(match self { #(#arms,)* })
        }
    };
    quote! {
        impl crate::sum::Sum for #name {
            #[inline]
            fn sum(&self) -> u64 { #body }
        }
    }
}

/// A type of ours as it is in a view.
fn our_view(shape: &Shape) -> TokenStream {
    let name = ident(&shape.name);
    let view = format_ident!("{}View", shape.name);
    if shape.varies { quote!(crate::ours::#view<'_>) } else { quote!(crate::ours::#name) }
}

fn vbare_ref(shape: &Shape) -> TokenStream {
    let name = format_ident!("{}Ref", shape.name);
    quote!(#name<'_>)
}

fn archived(shape: &Shape) -> TokenStream {
    format_ident!("Archived{}", shape.name).into_token_stream()
}

fn lifetime(shape: &Shape, name: &str, lifetime: TokenStream) -> TokenStream {
    let name = ident(name);
    if shape.borrows { quote!(#name #lifetime) } else { quote!(#name) }
}
