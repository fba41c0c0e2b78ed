//! Prints the steps between versions that users of vbare write by hand: each field and each member of one version moved into
//! the type of the other.

use proc_macro2::TokenStream;
use quote::quote;

use crate::shape::{Kind, Shape, Shapes, ident};

/// What differs between versions, is measured, and is written in `src/migrate/vbare.rs`.
const BY_HAND: [&str; 3] = ["CommandStartActor", "ToClientTunnelMessage", "ToClientWebSocketMessage"];

/// The steps from one version to another, both of which are modules.
pub fn between(from: (&str, &Shapes), to: (&str, &Shapes)) -> TokenStream {
    let shapes =
        from.1.0.iter().filter_map(|old| Some((old, to.1.0.iter().find(|new| new.name == old.name)?)));
    let steps = shapes.filter_map(|(old, new)| {
        let body = body(old, new, to.0)?;
        let (name, from, to) = (ident(&old.name), ident(from.0), ident(to.0));
        Some(quote! {
            impl Step<#to::#name> for #from::#name {
                fn step(self) -> ::anyhow::Result<#to::#name> { #body }
            }
        })
    });
    quote!(#(#steps)*)
}

/// Nothing where it is written by hand.
fn body(old: &Shape, new: &Shape, to: &str) -> Option<TokenStream> {
    let (name, to) = (ident(&old.name), ident(to));
    let not_measured = quote!(::anyhow::bail!("not measured"));
    match (&old.kind, &new.kind) {
        (Kind::Struct(fields), Kind::Struct(others)) if fields == others => {
            let fields = fields.iter().map(|(field, ty)| {
                let field = ident(field);
                if ty.is_named() { quote!(#field: self.#field.step()?) } else { quote!(#field: self.#field) }
            });
            Some(quote!(Ok(#to::#name { #(#fields,)* })))
        }
        _ if BY_HAND.contains(&old.name.as_str()) => None,
        (Kind::Union(members), Kind::Union(others)) => {
            let arms = members.iter().map(|member @ (own, held)| {
                let own = ident(own);
                match (others.contains(member), held) {
                    (true, None) => quote!(Self::#own => Ok(#to::#name::#own)),
                    (true, Some(ty)) if ty.is_named() => {
                        quote!(Self::#own(held) => Ok(#to::#name::#own(held.step()?)))
                    }
                    (true, Some(_)) => quote!(Self::#own(held) => Ok(#to::#name::#own(held))),
                    (false, None) => quote!(Self::#own => #not_measured),
                    (false, Some(_)) => quote!(Self::#own(_) => #not_measured),
                }
            });
            Some(quote!(match self { #(#arms,)* }))
        }
        (Kind::Enum(values), Kind::Enum(others)) => {
            let arms = values.iter().map(|value| {
                let own = ident(value);
                if others.contains(value) {
                    quote!(Self::#own => Ok(#to::#name::#own))
                } else {
                    quote!(Self::#own => #not_measured)
                }
            });
            Some(quote!(match self { #(#arms,)* }))
        }
        _ => Some(not_measured),
    }
}
